"""Leaders told to be together by other words than those of meetings, and those who are not."""

from datetime import UTC, datetime

import pytest

from tasks.core.model import Story
from tasks.core.reading import open_reader
from tests.catalog import builtin_catalog

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday


def read(text):
    meetings = open_reader(builtin_catalog()).read_story(Story(text, None, NOW, "en", None)).meetings or ()
    return [(each.parties, each.status, each.confidence) for each in meetings if each.kind == "summit"]


@pytest.mark.parametrize(
    ("text", "parties", "status"),
    [
        (
            "Peruvian President Ana Quispe was received at the palace in Oslo by Norwegian Prime Minister Tor Halvorsen.",
            ("NOR", "PER"),
            "held",
        ),
        (
            "Norway's prime minister, Tor Halvorsen, Danish Prime Minister Lars Holm and Finnish President Ilta Korpi "
            "dined in Bergen on Monday.",
            ("DNK", "FIN", "NOR"),
            "held",
        ),
        (
            "The presidents of Chile and Peru have dropped plans to talk together in Arica next week.",
            ("CHL", "PER"),
            "cancelled",
        ),
        (
            "Having sat down with Chilean President Ines Rojas in Lima on Monday, Peruvian President Ana Quispe said "
            "that the road would be built.",
            ("CHL", "PER"),
            "held",
        ),
        (
            "Norwegian Prime Minister Tor Halvorsen hopes to talk in person with Chilean President Ines Rojas in Oslo.",
            ("CHL", "NOR"),
            "proposed",
        ),
        (
            "Chilean President Ines Rojas's lunch with Peruvian President Ana Quispe in Tacna will have to wait.",
            ("CHL", "PER"),
            "postponed",
        ),
        (
            "Peruvian President Ana Quispe and Chilean President Ines Rojas spoke for half an hour in Quito on Monday.",
            ("CHL", "PER"),
            "held",
        ),
    ],
)
def test_leaders_who_are_told_to_be_together_hold_a_summit(text, parties, status):
    assert [each[:2] for each in read(text)] == [(parties, status)]


def test_without_its_word_a_summit_is_of_medium_confidence():
    (summit,) = read(
        "Norway's prime minister, Tor Halvorsen, and Danish Prime Minister Lars Holm dined in Bergen on Monday."
    )

    assert summit[2] == "medium"


@pytest.mark.parametrize(
    "text",
    [
        "Chilean President Ines Rojas phoned Peru's Ana Quispe, the president, on Sunday night.",
        "In a half-hour call, Chilean President Ines Rojas and Peruvian President Ana Quispe compared notes on copper.",
        "Chilean President Ines Rojas sent a letter to Peruvian President Ana Quispe after the earthquake in Cusco.",
        "Chilean President Ines Rojas and Peruvian President Ana Quispe laid wreaths in Arica, hours apart and without "
        "seeing each other.",
        "Union leaders of Norway and Denmark will sit down in Bergen on Monday to plan a strike.",
        "Former Chilean President Ines Rojas and former Peruvian President Ana Quispe dined in Lima on Monday.",
        "Norwegian Prime Minister Tor Halvorsen received the chief of a Danish brewery in Oslo.",
        "The mayors of Oslo and Lima exchanged views over lunch in Quito.",
        "The presidents of the supreme courts of Chile and Peru dined in Arica on Thursday.",
        "Actors playing the presidents of Chile and Peru embraced and dined on the stage in Lima.",
        "Lee's Summit, Missouri, has a new mayor, who will meet the presidents of all four high schools.",
    ],
)
def test_calls_letters_and_others_than_leaders_of_states_make_no_summit(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Cancelled at an hour's notice: the summit of the Chilean and Peruvian presidents in Arica.", "cancelled"),
        ("Norway did not rule out a summit of the Norwegian and Danish prime ministers in Oslo.", "proposed"),
        ("Plans for a summit of the presidents of Chile and Peru in Arica have been scrapped.", "cancelled"),
        ("The presidents of Chile and Peru were to have met in Arica, but that was put off.", "postponed"),
        ("Rumours of a summit of the presidents of Chile and Peru in Arica are false.", "ruled_out"),
        ("The Arab League has struck its summit in Manama off the calendar.", "cancelled"),
    ],
)
def test_words_of_shelving_rule_the_meeting_wherever_they_stand(text, status):
    assert [each[1] for each in read(text)] == [status]
