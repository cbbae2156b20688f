"""Text that breaks tools: 10 MB, NUL bytes, mixed scripts, right to left. Every span is right, or there is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.core.topics.spans import Spans
from tests.quality.judge import open_tagger

# What phrases are made of, between what gets in their way.
PIECES = (
    "An airstrike hit Gaza. |shelling|U.N. envoys |Russia\u2019s |peace\u00adtalks |cease\u2011fire|ceasefire | summit |Kim Jong Un|"
    "\u202eoverride\u202c |\u200f\u0627\u0644\u062d\u0631\u0628 |\u05de\u05dc\u05d7\u05de\u05d4 |\x00|\x00\x00|\ufeff|\u200d|\ud83d\udca5|"
    "I\u0307stanbul |\u0130ran |\ufb01ghting |\u1e9e|\u00bd|\u0301|\n|\n\n|\r\n|\t|\u2028| \u2014 |-|\u2013|' s's |\u00ab|\u00bb|"
    "\u043e\u0431\u0441\u0442\u0440\u0435\u043b\u0430\u043c\u0438 |\u043f\u0435\u0440\u0435\u043c\u0438\u0440\u0438\u044f |\u0420\u043e\u0441\u0441\u0438\u0435\u0439 |"
    "\u0451\u0436|\u0438\u0306|\u4e2d\u56fd|Background\n\n|Sudan |(|)|.|,|4,000 |\U0001f1fa\U0001f1e6"
).split("|")


def spans_are_right(tags, title, text):
    for tag in tags:
        for proof in tag.evidence:
            source = title if proof.field == "title" else text
            assert proof.text
            assert source[proof.start : proof.end] == proof.text
    return True


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.text(max_size=12), st.sampled_from(["en", "ru"]))
def test_every_piece_of_evidence_is_the_text_at_its_offsets(pieces, noise, lang):
    text = noise.join(pieces) + "".join(pieces)
    assert spans_are_right(open_tagger(lang).tag(text[:50], text, min(len(noise), len(text)), lang), text[:50], text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\x00\x00An airstrike\x00 hit Gaza, Israel's army said.", "airstrike"),
        ("\u202eAn airstrike hit Gaza,\u202c Israel\u2019s army said.", "airstrike"),
        (
            "\u0627\u0644\u062d\u0631\u0628: an air\u00adstrike hit Gaza, \u05de\u05dc\u05d7\u05de\u05d4.",
            "air\u00adstrike",
        ),
        ("\ud83d\U0001f4a5\U0001f1fa\U0001f1e6 An air\u2011strike hit \u0130zmir and Kyiv.", "air\u2011strike"),
        ("\u041c\u043e\u0441\u043a\u0432\u0430: An airstrike hit Gaza in \u4e2d\u56fd.", "airstrike"),
    ],
)
def test_a_phrase_among_other_scripts_and_marks_is_found_at_its_place(text, words):
    tags = open_tagger().tag(None, text)
    assert spans_are_right(tags, None, text)
    assert any(proof.text.startswith(words) for tag in tags for proof in tag.evidence)


def test_a_letter_of_another_script_is_no_letter_of_a_phrase():
    assert open_tagger().tag(None, "An \u0430irstrike hit nobody.") == ()


def test_a_text_of_ten_megabytes_is_read_to_its_end():
    story = "A ceasefire in Sudan held.\n\n"
    text = story + "word, and \x00 \u202e more: " * 500_000 + "An airstrike hit Gaza."
    assert len(text) > 9_900_000
    tags = open_tagger().tag(None, text)
    assert spans_are_right(tags, None, text)
    assert max(proof.end for tag in tags for proof in tag.evidence) > len(text) - 20


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=20), st.integers(0, 60), st.integers(1, 9))
def test_no_span_that_overlaps_a_place_is_left_out(spans, at, length):
    every = [(start, start + size) for start, size in spans]
    near = list(Spans(every).near(at, at + length))
    assert [span for span in sorted(every) if span[0] < at + length and at < span[1]] == [
        span for span in near if at < span[1]
    ]
