"""Who said what: direct, indirect and mixed speech, whose it is, and what is no speech at all."""

from functools import cache

import pytest

from tasks.catalog.load import load_catalog
from tasks.core.names import NameIndex
from tasks.core.people.reader import PeopleReader
from tasks.core.quotes.find import find_quotes
from tasks.core.quotes.marks import find_quotations

CAST = "Danish Foreign Minister Ane Krogh met Finnish President Aino Varis and economist Pekka Lund. "


@cache
def open_names():
    return NameIndex(load_catalog())


@cache
def open_people():
    return PeopleReader(load_catalog(), open_names())


def read(text, start=0):
    quotes = find_quotes(text, start, open_people().find_actors(text, start, None), open_names())
    done = start
    for quote in quotes:
        assert text[quote.start : quote.end] == quote.text
        assert quote.start >= done, "quotes do not overlap"
        assert quote.speaker_text is None or quote.speaker_text in text
        done = quote.end
    return quotes


def tell(text):
    return [(quote.kind, quote.text, quote.speaker, quote.speaker_text, quote.verb) for quote in read(text)]


DIRECT = {
    "verb behind the name": ('"We are ready," Krogh said.', "We are ready,", "Ane Krogh", "Krogh", "said"),
    "verb before the name": ("“We are ready,” said Krogh.", "We are ready,", "Ane Krogh", "Krogh", "said"),
    "pointed marks": ("« We are ready », said Krogh.", "We are ready", "Ane Krogh", "Krogh", "said"),
    "a role for the name": ("“We are ready,” the Finnish president noted.", "We are ready,", "Aino Varis",
                            "the Finnish president", "noted"),
    "several sentences": ("“We are ready. We wait,” Lund told reporters in Oslo.", "We are ready. We wait,", "Pekka Lund",
                          "Lund", "told"),
    "insertions in brackets": ('"One of his [Lund\'s] aims was peace," Krogh said.', "One of his [Lund's] aims was peace,",
                               "Ane Krogh", "Krogh", "said"),
    "a colon": ("Krogh replied: “We are ready.”", "We are ready.", "Ane Krogh", "Krogh", "replied"),
    "a comma before": ("Krogh told the parliament, “We are ready.”", "We are ready.", "Ane Krogh", "Krogh", "told"),
    "an apposition": ("“We are ready,” Lund, who was late, said.", "We are ready,", "Pekka Lund", "Lund", "said"),
    "a question": ("“Are we ready now?” asked Krogh.", "Are we ready now?", "Ane Krogh", "Krogh", "asked"),
    "an unnamed speaker": ("“We are ready,” a tired clerk told Krogh.", "We are ready,", None, "a tired clerk", "told"),
    "an office": ("“We are ready,” the ministry said.", "We are ready,", None, "the ministry", "said"),
    "a quoted one": ("“We are ready,” the agency quoted Krogh as saying.", "We are ready,", "Ane Krogh", "Krogh", "saying"),
    "two speakers": ("“We are ready,” Krogh and Varis wrote.", "We are ready,", None, "Krogh and Varis", "wrote"),
}  # fmt: skip


@pytest.mark.parametrize("case", DIRECT.values(), ids=DIRECT)
def test_direct_speech_is_attributed(case):
    sentence, *expected = case

    assert tell(CAST + sentence) == [("direct", *expected)]


INDIRECT = {
    "said that": ("Krogh said on Monday that the bridge would open in May.", "the bridge would open in May", "Ane Krogh", "said"),
    "said": ("Krogh said the bridge would open in May.", "the bridge would open in May", "Ane Krogh", "said"),
    "behind a comma": ("The bridge will open in May, Krogh said on Monday.", "The bridge will open in May", "Ane Krogh", "said"),
    "turned": ("The bridge will open in May, said Krogh.", "The bridge will open in May", "Ane Krogh", "said"),
    "pointed out": ("Finland's president pointed out that work had begun.", "work had begun", "Aino Varis", "pointed out"),
    "described as": ("Lund described the deal as late and costly.", "the deal as late and costly", "Pekka Lund", "described"),
    "told somebody": ("Lund told the BBC that the deal was late.", "the deal was late", "Pekka Lund", "told"),
    "according to": ("The bridge will open in May, according to Lund.", "The bridge will open in May", "Pekka Lund",
                     "according to"),
    "according to officials": ("According to officials, the bridge will open in May.", "the bridge will open in May", None,
                               "according to"),
    "a shared subject": ("Krogh thanked the workers and said that the bridge would open.", "the bridge would open", "Ane Krogh",
                         "said"),
    "an office": ("The transport ministry warned that the bridge was closed.", "the bridge was closed", None, "warned"),
    "left with a relative clause": ("Krogh said that the bridge would open in May, which Lund doubts.",
                                    "the bridge would open in May", "Ane Krogh", "said"),
    "a title with commas": ("The minister of roads, Ane Krogh, said the bridge would open.", "the bridge would open", "Ane Krogh",
                            "said"),
}  # fmt: skip


@pytest.mark.parametrize("case", INDIRECT.values(), ids=INDIRECT)
def test_indirect_speech_is_attributed(case):
    sentence, text, speaker, verb = case

    assert [(q.kind, q.text, q.speaker, q.verb) for q in read(CAST + sentence)] == [("indirect", text, speaker, verb)]


MIXED = {
    "a quoted part": ("Krogh said the bridge was “a gift to both towns.”", "the bridge was “a gift to both towns.”"),
    "a quoted end before the speaker": (
        'The bridge is "as old as the river," Krogh said.',
        'The bridge is "as old as the river,"',
    ),
    "a judgement": ("Krogh called the delay “a small scandal.”", "the delay “a small scandal.”"),
}


@pytest.mark.parametrize("case", MIXED.values(), ids=MIXED)
def test_words_quoted_in_reported_speech_make_it_mixed(case):
    sentence, text = case

    assert [(q.kind, q.text, q.speaker) for q in read(CAST + sentence)] == [("mixed", text, "Ane Krogh")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The so-called “smart bridge” was closed.",
        "An account called “Army of Crows” was closed.",
        "Krogh did not say when the bridge would open.",
        "Krogh declined to say that the bridge would open.",
        "Krogh was told that the bridge would open.",
        "Krogh would say that the bridge opens.",
        'The bridge is 5\'10" wide and 3" thick.',
        "Kyodo reported that the bridge would open.",
        "According to the Axios news website, the bridge would open.",
        "The report on the bridge says little.",
        "A rule that critics said did nothing was dropped.",
    ],
)
def test_scare_quotes_denials_and_what_an_outlet_reports_are_no_quotes(sentence):
    assert tell(CAST + sentence) == []


def test_a_person_named_inside_a_quotation_is_not_its_speaker():
    text = CAST + "“Lund was right about the bridge,” Krogh said. “Lund is a clever man.”"

    assert [(q.speaker, q.about) for q in read(text)] == [("Ane Krogh", ("Pekka Lund",))] * 2


def test_a_quotation_around_its_speaker_is_two_quotes_of_one():
    text = CAST + "“The bridge,” Krogh said, “will open in May.”"

    assert [(q.text, q.speaker) for q in read(text)] == [
        ("The bridge,", "Ane Krogh"), ("will open in May.", "Ane Krogh")
    ]  # fmt: skip


def test_a_second_quotation_without_a_cue_goes_on_from_the_first():
    text = CAST + "“The bridge is old,” Krogh said. “It will open in May.” It rained. “Nobody spoke of tolls that day.”"

    assert [(q.speaker, q.speaker_text, q.verb) for q in read(text)] == [
        ("Ane Krogh", "Krogh", "said"), ("Ane Krogh", None, None), (None, None, None)
    ]  # fmt: skip


def test_a_quotation_continued_over_paragraphs_has_one_speaker():
    text = (
        f"{CAST}\n\n“The bridge is old, and the river is deep,” Krogh said. “We built it of oak.\n\n"
        "“We built it twice.\n\n“We shall not build it again.”\n\nIt rained."
    )

    quotes = read(text)

    assert [q.text for q in quotes][1:] == ["We built it of oak.", "We built it twice.", "We shall not build it again."]
    assert {q.speaker for q in quotes} == {"Ane Krogh"}


def test_what_somebody_adds_is_a_quote_of_its_own():
    text = CAST + "The bridge will open in May, Krogh said, adding that the toll would be two euros."

    assert [(q.text, q.speaker, q.verb) for q in read(text)] == [
        ("The bridge will open in May", "Ane Krogh", "said"), ("the toll would be two euros", "Ane Krogh", "adding")
    ]  # fmt: skip


PRONOUNS = {
    "who spoke before": ("Krogh said the bridge was old. “It will open in May,” she said.", "Ane Krogh"),
    "who was named before": ("Krogh visited the bridge. “It will open in May,” she said.", "Ane Krogh"),
    "not who was named after with": ("Krogh came with Varis. “It will open in May,” she said.", "Ane Krogh"),
    "nobody after an unnamed speaker": ("A tired clerk said the bridge was old. “It will open,” he said.", None),
    "nobody for a thing": ("The ministry said the bridge was old. “It will open in May,” it said.", None),
    "he is not she": ("Economist Maria Lund praised it. “It will open in May,” he said.", None),
}


@pytest.mark.parametrize("case", PRONOUNS.values(), ids=PRONOUNS)
def test_a_pronoun_is_who_spoke_or_was_named_last(case):
    sentences, speaker = case

    quote = read(CAST.split(" and ")[0] + ". " + sentences)[-1]

    assert (quote.kind, quote.speaker) == ("direct", speaker)


def test_about_lists_persons_and_countries_named_but_not_the_speaker():
    text = CAST + "“Krogh knows that Aino Varis wants Norway and Chad in, and Finnish firms out,” Krogh said."

    assert read(text)[0].about == ("Aino Varis", "NOR", "TCD")


def test_the_country_of_a_title_is_not_spoken_of():
    (quote,) = read("The Finland President Aino Varis is ready, said Danish Foreign Minister Ane Krogh.")

    assert quote.about == ("Aino Varis",)


def test_reported_speech_inside_reported_speech_is_the_outer_speakers():
    text = CAST + "Krogh told Varis by phone that the bridge would open, the ministry said."

    assert [(q.text, q.speaker, q.speaker_text) for q in read(text)] == [
        ("Krogh told Varis by phone that the bridge would open", None, "the ministry")
    ]  # fmt: skip


def test_a_heading_and_the_dateline_are_not_read():
    text = "OSLO (Meridian) - The bridge will open, Danish Foreign Minister Ane Krogh said.\n\nKrogh says it opens\n\nIt rained."

    assert [q.text for q in read(text, start=18)] == ["The bridge will open"]


def test_a_text_without_speech_has_no_quotes():
    assert read("") == ()
    assert read("It rained on Monday.") == ()


MARKS = {
    "curly": ("He “may” go.", ["may"]),
    "straight": ('He "may" go, "she" too.', ["may", "she"]),
    "inside brackets": ('(“may”) and ["so"]', ["may", "so"]),
    "single where there are no double ones": ("‘We go,’ he said.", ["We go,"]),
    "apostrophes are none": ("The workers' union isn't here, 'tis said.", []),
    "lost line ends": ("“We go. “We stay.” So.", ["We go.", "We stay."]),
    "a mark that is never closed": ("“We go\n\nHe went.", ["We go"]),
}


@pytest.mark.parametrize("case", MARKS.values(), ids=MARKS)
def test_quotation_marks_are_paired(case):
    text, inside = case

    found = find_quotations(text, 0)

    assert [text[q.start : q.end] for q in found] == inside
    assert all(q.outer_start <= q.start <= q.end <= q.outer_end for q in found)


@pytest.mark.parametrize(
    "unit", ["he said ", '"a" ', "“word ", "Putin's aide ", "said, ", '"a".\n', "“Yes,” he said. "]
)
def test_hostile_text_is_read_without_a_fault(unit):
    assert isinstance(read(unit * 300), tuple)
