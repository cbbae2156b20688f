"""Hard-wrapped copy is read as prose, and its spans are the text's own words."""

from datetime import UTC, datetime

from tasks.core.flow import MOST_READ, flow_lines, restore_words, take_prose
from tasks.core.model import Mention, Story
from tasks.core.reading import open_reader
from tests.catalog import builtin_catalog

WRAPPED = """BRUSSELS, Feb 25 (AFP) - The European Union and
Norway will hold a summit in Oslo on April 9, the Norwegian
Foreign Minister Ana Lind said on Wednesday after a long
day of talks about the prices of fish and the rights of
the crews who catch it in northern waters.

"We need each other," Lind told reporters, who had waited
for her in the rain. She did not say who would come to the
meeting, nor for how long it would last this time."""


def test_line_ends_inside_paragraphs_are_spaces_and_the_length_stays():
    flowed = flow_lines(WRAPPED)

    assert len(flowed) == len(WRAPPED)
    assert "The European Union and Norway will hold" in flowed
    assert flowed.count("\n\n") == 1
    assert flowed.replace("\n", " ") == WRAPPED.replace("\n", " ")


def test_lines_that_are_paragraphs_stay_apart():
    text = "A first paragraph of a story.\nA second paragraph.\nA third one.\nA fourth.\nA fifth.\nA sixth."

    assert flow_lines(text) == text


def test_a_name_that_a_line_end_cuts_is_read_and_its_words_are_the_texts():
    reading = open_reader(builtin_catalog()).read_story(
        Story(WRAPPED, None, datetime(2026, 2, 25, tzinfo=UTC), "en", None)
    )
    lind = next(actor for actor in reading.actors or () if actor.name == "Ana Lind")

    assert (lind.role, lind.country) == ("Foreign Minister", "NOR")
    assert lind.mentions[0].text == "the Norwegian\nForeign Minister Ana Lind"
    assert all(WRAPPED[each.start : each.end] == each.text for each in lind.mentions)
    assert any("\n" in claim.text for meeting in reading.meetings or () for claim in meeting.claims)


def test_words_of_the_title_are_left_alone():
    assert restore_words((Mention("a b", 0, 3),), "a\nb") == (Mention("a\nb", 0, 3),)


def test_a_text_without_end_is_read_to_its_bound():
    text = (
        f"Norway and Chile held talks in Oslo on Monday.{' ' * MOST_READ}Peru and Ghana held talks in Lima on Monday."
    )
    reading = open_reader(builtin_catalog()).read_story(
        Story(text, None, datetime(2026, 2, 25, tzinfo=UTC), "en", None)
    )

    assert len(take_prose(text)) == MOST_READ
    assert [meeting.parties for meeting in reading.meetings or ()] == [("CHL", "NOR")]
