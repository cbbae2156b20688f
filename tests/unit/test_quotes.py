"""Who said what: direct, indirect and mixed speech, whose it is, and what is no speech at all."""

from functools import cache

import pytest

from tasks.core.names import NameIndex
from tasks.core.people.reader import PeopleReader
from tasks.core.quotes.find import find_quotes
from tasks.core.quotes.marks import find_quotations
from tests.catalog import builtin_catalog

CAST = "Danish Foreign Minister Ane Krogh met Finnish President Aino Varis and economist Pekka Lund. "


@cache
def open_names():
    return NameIndex(builtin_catalog())


@cache
def open_people():
    return PeopleReader(builtin_catalog(), open_names())


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
    "according to a pronoun": ("Krogh came. According to her, the bridge will open in May.", "the bridge will open in May",
                               "Ane Krogh", "according to"),
    "according to a title and a name": ("The bridge will open, according to the bank's economist Pekka Lund.",
                                        "The bridge will open", "Pekka Lund", "according to"),
    "a day before a further clause": ("The new bridge will open, Krogh said Tuesday, but Lund doubts it.",
                                      "The new bridge will open", "Ane Krogh", "said"),
    "that after a long setting": ("Krogh said in a brief note to both of the towns that the toll was two euros.",
                                  "the toll was two euros", "Ane Krogh", "said"),
    "that after an aside": ("Krogh noted, among other things, that the bridge was old.", "the bridge was old", "Ane Krogh",
                            "noted"),
    "that before a setting": ("Krogh said that, despite the rain, the bridge was open.",
                              "despite the rain, the bridge was open", "Ane Krogh", "said"),
    "in papers": ("Krogh said in court records that the bridge was old.", "the bridge was old", "Ane Krogh", "said"),
    "a clause with another in it": ("Krogh said on Thursday she had told Lund that the bridge was old.",
                                    "she had told Lund that the bridge was old", "Ane Krogh", "said"),
    "that for this": ("Krogh said that was a small scandal.", "that was a small scandal", "Ane Krogh", "said"),
    "a clause about the subject": ("A senior official, who spoke in Oslo, said the bridge was old.", "the bridge was old", None,
                                   "said"),
    "an adverb behind the verb": ("Krogh said repeatedly that the bridge was old.", "the bridge was old", "Ane Krogh", "said"),
    "interrupted": ("The bridge, Krogh said, will be closed from Monday.",
                    "The bridge, Krogh said, will be closed from Monday", "Ane Krogh", "said"),
    "a name and who that is": ("The bridge is safe now, according to Pekka Lund, an economist.", "The bridge is safe now",
                               "Pekka Lund", "according to"),
    "denied reports": ("Krogh denied reports that the bridge would close.", "the bridge would close", "Ane Krogh", "denied"),
    "rejected claims": ("Krogh rejected claims by the opposition that the bridge was unsafe.", "the bridge was unsafe",
                        "Ane Krogh", "rejected"),
    "not ruled out": ("Krogh did not rule out that the bridge would stay closed.", "the bridge would stay closed",
                      "Ane Krogh", "did not rule out"),
    "quoted by somebody": ("Krogh was quoted by a local news agency as saying that the bridge was old.", "the bridge was old",
                           "Ane Krogh", "saying"),
    "many judge": ("Engineers describe the bridge as moderately safe.", "the bridge as moderately safe", None, "describe"),
    "a house and what it is": ("Pekka Lund of the Sund Institute, a think tank in Oslo, Norway, said the bridge was old.",
                               "the bridge was old", "Pekka Lund", "said"),
    "a namesake of an agency": ("Economist Petra Moen said the bridge was old.", "the bridge was old", "Petra Moen", "said"),
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
    "a judgement and speech": (
        "Krogh regretted the delay and said the bridge was “a gift to both towns.”",
        "the bridge was “a gift to both towns.”",
    ),
    "a quoted end behind the speaker": (
        "The bridge, Krogh said, “is older than the railway.”",
        "The bridge, Krogh said, “is older than the railway.”",
    ),
    "what is asked": (
        "Krogh urged both towns to “open the bridge at once.”",
        "both towns to “open the bridge at once.”",
    ),
    "a clause with a verb that is quoted": (
        "Krogh said on the radio that the bridge “is the oldest of all bridges in the kingdom.”",
        "the bridge “is the oldest of all bridges in the kingdom.”",
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
        "According to officials, the bridge would open in May.",
        "According to a friend of Krogh, the bridge would open in May.",
        "According to Krogh's office, the bridge would open in May.",
        "The report on the bridge says little.",
        "No group claimed it by phone on Monday evening.",
        "No official said the bridge would open.",
        "The self-styled king of the bridge, known as Bo, came late.",
        "Krogh spoke in a report that was published on Monday.",
        "Krogh wrote in a note that was found on Monday.",
        "In the end, Krogh agreed.",
        "The Sund Courier reported that the bridge was old.",
        "State television said that the bridge was old.",
        "Krogh denied allegations at that time by two clerks.",
        "A local channel, citing witnesses, reported a fire on the bridge.",
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
        ("Ane Krogh", "Krogh", "said"), ("Ane Krogh", "Krogh", "said"), (None, None, None)
    ]  # fmt: skip


def test_a_short_sentence_behind_a_quotation_goes_on_from_it():
    text = CAST + "“The bridge is old,” Krogh said. “We wait.” It rained. The “old bridge” is closed."

    assert [(q.text, q.speaker) for q in read(text)] == [("The bridge is old,", "Ane Krogh"), ("We wait.", "Ane Krogh")]


def test_speech_in_a_clause_about_the_subject_ends_with_the_clause():
    text = CAST + "Krogh, who said she was ill, told reporters that the bridge was old."

    assert [(q.text, q.speaker) for q in read(text)] == [
        ("she was ill", "Ane Krogh"),
        ("the bridge was old", "Ane Krogh"),
    ]


def test_what_a_speaker_denies_ends_where_she_goes_on():
    text = CAST + "Krogh denied that the bridge was old and said it would open in May."

    assert [(q.text, q.verb) for q in read(text)] == [
        ("the bridge was old", "denied"),
        ("it would open in May", "said"),
    ]


def test_a_quotation_continued_over_paragraphs_has_one_speaker():
    text = (
        f"{CAST}\n\n“The bridge is old, and the river is deep,” Krogh said. “We built it of oak.\n\n"
        "“We built it twice.\n\n“We shall not build it again.”\n\nIt rained."
    )

    quotes = read(text)

    assert [q.text for q in quotes][1:] == ["We built it of oak.", "We built it twice.", "We shall not build it again."]
    assert {q.speaker for q in quotes} == {"Ane Krogh"}


def test_a_paragraph_of_a_quotation_with_a_speaker_of_its_own_is_a_quote_of_its_own():
    text = f"{CAST}\n\n“The bridge is old,” said Krogh. “We built it of oak.\n\n“We built it twice,” she added.\n"

    assert [(q.text, q.verb) for q in read(text)][1:] == [
        ("We built it of oak.", "said"),
        ("We built it twice,", "added"),
    ]


def test_lines_that_are_wrapped_part_no_words_of_a_quote():
    text = (
        "Danish Foreign Minister Ane Krogh was in Oslo on\nMonday to see the new bridge over the sound,\nwhich is closed.\n\n"
        "The old bridge was closed in the winter, Krogh\nsaid on Monday, and the council of the town had\nnot told her. "
        '"We shall open the bridge in the\nspring," Krogh told the council, and noted\nthat the toll would be two euros.'
    )

    assert [(q.text, q.speaker) for q in read(text)] == [
        ("The old bridge was closed in the winter", "Ane Krogh"),
        ("We shall open the bridge in the\nspring,", "Ane Krogh"),
        ("the toll would be two euros", "Ane Krogh"),
    ]


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


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (
            "Speaking in Lima, minister Ana Conti said two more rounds would follow.",
            "indirect",
            "two more rounds would follow",
        ),
        ("Two ships left, the Joint Chiefs of Staff (JCS) said.", "indirect", "Two ships left"),
        ("Ana Conti said “the key points” had been discussed.", "mixed", "“the key points” had been discussed"),
        ("Minister Ana Conti denied the report, calling it “a fairy tale”.", "mixed", "it “a fairy tale”"),
        ("Minister Ana Conti came and promised “boots by nightfall.”", "mixed", "“boots by nightfall.”"),
    ],
)
def test_clauses_behind_an_opening_and_judgements_by_the_way_are_read(text, kind, told):
    (quote,) = read(text)[-1:]

    assert (quote.kind, quote.text) == (kind, told)


def test_a_spokesperson_may_be_she():
    text = "Party spokesperson Ana Conti rejected the claim.\n“They shot. We answered,” she told reporters."

    assert read(text)[-1].speaker == "Ana Conti"
