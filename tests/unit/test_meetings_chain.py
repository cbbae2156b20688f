"""Several sentences of one article about one meeting are one meeting; different meetings stay apart."""

import json
from datetime import UTC, date, datetime

from tasks.core.dateline.read import read_dateline
from tasks.core.meetings.reader import MeetingReader
from tasks.core.names import NameIndex
from tasks.core.people.reader import PeopleReader
from tasks.core.places import PlaceIndex
from tests.catalog import builtin_catalog
from tests.data import DATA, needs_data

CATALOG = builtin_catalog()
READER = MeetingReader(CATALOG)
PEOPLE = PeopleReader(CATALOG, NameIndex(CATALOG))
PLACES = PlaceIndex(CATALOG.places, CATALOG.countries)
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)


def read(text, published=NOW):
    line = read_dateline(text, None, published, PLACES)
    start, day = (line.body_start, line.date) if line else (0, None)
    day = day or (published and published.date())
    return READER.find_meetings(None, text, line, published, PEOPLE.find_actors(text, start, day))


def claims(meeting):
    return [claim.text for claim in meeting.claims]


def test_heading_place_and_parties_in_three_sentences_are_one_summit():
    text = (
        "NAIROBI, December 11. /NVP/. Kenya and Malawi will reopen a rail link, officials said on Thursday.\n\n"
        "Mombasa Summit\n\n"
        "The Mombasa Summit was held at a naval base near the city of Mombasa in mid-June 2025. "
        "The meeting between the leaders of Kenya and Malawi lasted an hour. The summit was closed."
    )
    (summit,) = read(text)

    assert (summit.kind, summit.name, summit.parties) == ("summit", "Mombasa Summit", ("KEN", "MWI"))
    assert (summit.from_day, summit.to_day, summit.date_precision) == (
        date(2025, 6, 11),
        date(2025, 6, 20),
        "part of month",
    )
    assert (summit.place.name, summit.place.country, summit.status) == ("Mombasa", "KEN", "held")
    assert len(summit.claims) == 3
    assert "Mombasa Summit" not in claims(summit)


def test_the_meeting_and_the_sides_attach_to_the_talks_before_them():
    text = (
        "Armenia and Georgia held talks in Batumi on December 3. An aide described the meeting as useful. "
        "The sides discussed a tunnel. The weather was fine."
    )
    (talks,) = read(text)

    assert claims(talks) == [
        "Armenia and Georgia held talks in Batumi on December 3.",
        "An aide described the meeting as useful.",
        "The sides discussed a tunnel.",
    ]


def test_a_bare_summit_never_opens_a_meeting():
    assert read("The summit was long. Ministers from many countries spoke at the summit.") == ()


def test_two_sentences_with_the_same_parties_merge():
    text = (
        "The presidents of Chile and Bolivia will meet in Lima on January 9. "
        "The Chile-Bolivia summit will be the first in nine years."
    )
    (summit,) = read(text)

    assert len(summit.claims) == 2
    assert (summit.confidence, summit.status) == ("high", "planned")


def test_other_parties_are_another_meeting():
    text = (
        "The presidents of Chile and Bolivia will meet in Lima on January 9. "
        "The presidents of Chile and Uruguay met in Montevideo on Tuesday."
    )
    first, second = read(text)

    assert (first.parties, first.status) == (("BOL", "CHL"), "planned")
    assert (second.parties, second.status) == (("CHL", "URY"), "held")


def test_an_earlier_meeting_of_the_two_leaders_is_one_of_its_own_and_no_claim_of_the_next_one():
    text = (
        "Finnish President Aino Salo and Norwegian Prime Minister Kari Dahl will hold a summit in Oslo on December 19. "
        "The two leaders last met in Helsinki in March 2024."
    )
    summit, earlier = read(text)

    assert (summit.from_day, summit.place.name) == (date(2025, 12, 19), "Oslo")
    assert len(summit.claims) == 1
    assert (earlier.kind, earlier.parties, earlier.place.name) == ("summit", ("FIN", "NOR"), "Helsinki")
    assert (earlier.from_day, earlier.status) == (date(2024, 3, 1), "held")


def test_a_meeting_at_another_summit_is_a_meeting_of_its_own():
    text = (
        "Turkish President Recep Tayyip Erdogan and Serbian President Aleksandar Vucic met on Tuesday on the sidelines "
        "of the NATO summit in Madrid."
    )
    first, second = read(text)

    assert (first.format, first.parties) == ("bilateral", ("SRB", "TUR"))
    assert (second.organisation, second.parties, second.place.name) == ("NATO", (), "Madrid")


def test_a_call_after_the_talks_begins_on_their_last_day():
    text = (
        "On December 6, Serbia and Croatia ended talks in Trieste. After the talks, Vucic had a phone call with Macron."
    )
    talks, call = read(text)

    assert talks.to_day == date(2025, 12, 6)
    assert (call.kind, call.parties, call.from_day, call.to_day) == ("call", ("FRA", "SRB"), date(2025, 12, 6), None)
    assert "parties" in call.inferred


def test_a_later_word_of_postponement_changes_the_plan():
    text = (
        "The leaders of Ghana and Togo were to meet in Accra on December 20. "
        "The summit of Ghana and Togo has been postponed, a spokesman said."
    )
    (summit,) = read(text)

    assert (summit.status, summit.from_day) == ("postponed", date(2025, 12, 20))


def test_hosts_are_read_from_a_later_sentence():
    text = "The presidents of Mali and Benin will meet on December 20. Ghana will host the meeting."
    (summit,) = read(text)

    assert (summit.parties, summit.host) == (("BEN", "MLI"), "GHA")


def test_ministers_may_speak_of_a_leaders_summit():
    text = (
        "The foreign ministers of Laos and Thailand met in Bangkok on Tuesday to prepare a summit of the Lao and Thai "
        "prime ministers in Vientiane in March."
    )
    kinds = {meeting.kind: meeting for meeting in read(text)}

    assert set(kinds) == {"ministerial", "summit"}
    assert kinds["ministerial"].from_day == date(2025, 12, 9)
    assert (kinds["summit"].from_day, kinds["summit"].status) == (date(2026, 3, 1), "planned")


def test_without_any_date_of_reference_weekdays_stay_empty():
    (summit,) = read("The presidents of Chile and Peru will meet in Lima on Monday.", None)

    assert (summit.from_day, summit.date_precision, summit.status) == (None, None, "planned")


def test_every_claim_is_a_sentence_of_the_text_and_reading_twice_gives_the_same():
    text = (
        "OSLO, Dec 11 (Reuters) - The prime ministers of Norway and Iceland met in Oslo on Thursday.\n\n"
        "“The summit was short,” an aide said. The leaders agreed to meet again."
    )
    meetings = read(text)

    assert meetings == read(text)
    assert all(text[claim.start : claim.end] == claim.text for meeting in meetings for claim in meeting.claims)
    assert meetings[0].claims[0].text.startswith("The prime ministers")


def near(found, wanted, also=()):
    return found == wanted or found in also


@needs_data
def test_the_seed_story_is_read_as_its_full_reading_expects():
    text = (DATA / "seed" / "story.txt").read_text(encoding="utf-8")
    expected = json.loads((DATA / "seed" / "expected.json").read_text(encoding="utf-8"))
    required = [meeting for meeting in expected["meetings"] if meeting["required"]]
    line = read_dateline(text, None, None, PLACES)
    found = READER.find_meetings(None, text, line, None, PEOPLE.find_actors(text, line.body_start, line.date))

    assert len(found) == len(required)
    for meeting, wanted in zip(found, required, strict=True):
        also = wanted.get("also_accepted", {})
        place = meeting.place and {
            "name": meeting.place.name,
            "region": meeting.place.region,
            "country": meeting.place.country,
            "precision": meeting.place.precision,
        }
        assert (meeting.kind, meeting.format, meeting.name) == (wanted["kind"], wanted["format"], wanted["name"])
        assert list(meeting.parties) == wanted["parties"]
        assert place == wanted["place"]
        assert near(meeting.from_day and meeting.from_day.isoformat(), wanted["from"], also.get("from", ()))
        assert near(meeting.to_day and meeting.to_day.isoformat(), wanted["to"], also.get("to", ()))
        assert (meeting.date_precision, meeting.status) == (wanted["date_precision"], wanted["status"])
        assert near(meeting.host, wanted["host"], also.get("host", ()))
        spans = {(claim["start"], claim["end"]) for claim in wanted["claims"]}
        assert {(claim.start, claim.end) for claim in meeting.claims} == spans
        assert set(wanted.get("inferred", ())) <= set(meeting.inferred)
