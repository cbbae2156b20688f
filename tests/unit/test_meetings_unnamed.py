"""Parties that a sentence only counts or means, trips to meetings, and meetings beside others."""

from datetime import UTC, date, datetime

from tasks.core.model import Story
from tasks.core.reading import open_reader
from tests.catalog import builtin_catalog

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
OPENING = "Norwegian President Tor Halvorsen will meet Chilean President Ines Rojas in Oslo on March 20. "


def read(text):
    meetings = open_reader(builtin_catalog()).read_story(Story(text, None, NOW, "en", None)).meetings
    return [
        (each.kind, each.parties, each.place.name if each.place else None, each.from_day, each.status)
        for each in meetings
    ]


def test_the_two_sides_are_those_of_whom_the_story_told():
    told = read(OPENING + "The two sides held consultations in Lima on February 3.")

    assert told[1] == ("talks", ("CHL", "NOR"), "Lima", date(2026, 2, 3), "held")


def test_ministers_of_both_countries_hold_a_ministerial():
    told = read(OPENING + "The foreign ministers of both countries will meet in Santiago on March 12.")

    assert told[1] == ("ministerial", ("CHL", "NOR"), "Santiago", date(2026, 3, 12), "planned")


def test_the_two_countries_finance_ministers_are_ministers():
    told = read(OPENING + "The two countries’ finance ministers met in Lima on February 3.")

    assert told[1][:2] == ("ministerial", ("CHL", "NOR"))


def test_envoys_of_the_two_presidents_hold_talks_and_no_summit():
    told = read(OPENING + "Envoys of the two presidents met in Geneva on February 3.")

    assert told[1][:3] == ("talks", ("CHL", "NOR"), "Geneva")


def test_they_last_met_as_what_they_are():
    told = read(OPENING + "They last met in Lima in May 2024.")

    assert told[1] == ("summit", ("CHL", "NOR"), "Lima", date(2024, 5, 1), "held")


def test_of_several_pairs_told_of_long_ago_nobody_is_guessed():
    others = (
        "Danish President Lars Holm met Peruvian President Ana Quispe in Lima on Monday. The fish was good. It rained. "
    )
    told = read(OPENING + others + "The two sides will hold talks in Bergen on March 25.")

    assert [parties for _, parties, *_ in told] == [("CHL", "NOR"), ("DNK", "PER")]


def test_a_round_belongs_to_the_talks_before():
    text = (
        "Delegations of Ghana and Togo ended talks in Accra on Monday. A first round was held in Lome on February 10."
    )

    assert read(text)[1] == ("talks", ("GHA", "TGO"), "Lome", date(2026, 2, 10), "held")


def test_the_blocs_ministers_are_those_of_the_only_body():
    text = "The leaders of the African Union (AU) gathered in Addis Ababa on Monday. "
    told = read(text + "The bloc's foreign ministers will meet in Nairobi on June 10.")

    assert told[0][:3] == ("summit", (), "Addis Ababa")
    assert told[1] == ("ministerial", (), "Nairobi", date(2026, 6, 10), "planned")


def test_leaders_on_the_sidelines_meet_where_and_when_the_others_do():
    text = "The leaders of the African Union gathered in Addis Ababa on Monday. "
    told = read(text + "On the sidelines, the presidents of Kenya and Ghana met for an hour.")

    assert told[1] == ("summit", ("GHA", "KEN"), "Addis Ababa", date(2026, 3, 2), "held")


def test_a_trip_to_talks_is_one_meeting_in_the_place_of_the_trip():
    text = "Norwegian Foreign Minister Ana Lind will travel to Santiago on Monday for talks with her Chilean opposite number."

    assert read(text) == [("ministerial", ("CHL", "NOR"), "Santiago", date(2026, 3, 9), "planned")]


def test_who_speaks_after_talks_with_somebody_has_met_them():
    text = "Norwegian Foreign Minister Ana Lind said on Monday after talks with Danish Foreign Minister Lars Holm in Bergen."

    assert read(text + " It rained.")[0][:2] == ("ministerial", ("DNK", "NOR"))


def test_what_is_discussed_with_somebody_by_phone_is_a_call():
    text = (
        "Norwegian President Tor Halvorsen discussed the price of fish with his Danish counterpart by phone on Sunday."
    )

    assert read(text) == [("call", ("DNK", "NOR"), None, date(2026, 3, 1), "held")]


def test_here_is_where_the_story_was_filed():
    text = "OSLO, March 4 (Xinhua) -- Norwegian President Tor Halvorsen met here on Tuesday with Danish President Lars Holm."

    assert read(text) == [("summit", ("DNK", "NOR"), "Oslo", date(2026, 3, 3), "held")]


def test_to_join_the_meeting_of_others_is_no_meeting_of_ones_own():
    told = read(OPENING + "He did not rule out that the leaders of Peru and Bolivia would join the meeting.")

    assert [parties for _, parties, *_ in told] == [("CHL", "NOR")]


def test_to_meet_again_is_another_meeting():
    text = "Delegations of Ghana and Togo ended talks in Accra on Monday, but agreed to meet again next month."
    told = read(text)

    assert [status for *_, status in told] == ["held", "planned"]


def test_a_round_belongs_to_talks_of_any_number_of_parties():
    text = "Water ministers of Egypt, Ethiopia and Sudan will hold talks in Kampala on March 16. "

    assert read(text + "The last round was held in Cairo in September 2025.")[1][:3] == (
        "talks",
        ("EGY", "ETH", "SDN"),
        "Cairo",
    )


def test_in_a_call_told_first_the_speakers_take_part():
    text = "In a phone call on Sunday, Iranian Foreign Minister Ali Rad and his Omani counterpart Said Harthy spoke of the strait."

    assert read(text)[0][:2] == ("call", ("IRN", "OMN"))


def test_a_visit_by_somebody_is_theirs():
    text = "A visit by Norwegian President Tor Halvorsen to Lima was postponed until May."

    assert read(text)[0][:3] == ("visit", ("NOR", "PER"), "Lima")


def test_who_is_received_by_somebody_meets_them():
    text = "Norwegian Foreign Minister Ana Lind was received by Chilean President Ines Rojas in Santiago on Monday."

    assert read(text)[0][:3] == ("talks", ("CHL", "NOR"), "Santiago")


def test_she_is_the_minister_of_the_sentence_before():
    text = "Norwegian Foreign Minister Ana Lind spoke of fish in Oslo. She will meet Danish Foreign Minister Lars Holm on Friday."

    assert read(text) == [("ministerial", ("DNK", "NOR"), None, date(2026, 3, 6), "planned")]


def test_leaders_who_shake_hands_at_a_meeting_hold_it():
    text = "Rwandan President Paul Uwera and Congolese President Jean Kasa shook hands at a meeting in Doha on Monday."

    assert read(text)[0][:3] == ("summit", ("COD", "RWA"), "Doha")


def test_no_meeting_is_ruled_out():
    text = "No meeting between Norwegian President Tor Halvorsen and Chilean President Ines Rojas is planned, an aide said."

    assert [(each[1], each[-1]) for each in read(text)] == [(("CHL", "NOR"), "ruled_out")]


def test_a_conference_of_ministers_is_a_ministerial_whatever_it_is_about():
    text = "Defence ministers of Chad, Niger and Nigeria opened a two-day conference in Niamey on Tuesday."

    assert read(text)[0][:3] == ("ministerial", ("NER", "NGA", "TCD"), "Niamey")


def test_a_president_of_a_state_is_of_that_state():
    text = "President Kwame Boateng of Ghana met President Komlan Amouzou of Togo in Lome on Monday."

    assert read(text)[0][:3] == ("summit", ("GHA", "TGO"), "Lome")
