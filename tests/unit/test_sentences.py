"""Paragraphs and sentences with exact offsets: where they end, and where only an abbreviation does."""

import pytest

from tasks.core.sentences import is_hard_wrapped, is_heading, split_paragraphs, split_sentences


def split(text, start=0):
    sentences = split_sentences(text, start)
    assert all(text[each.start : each.end] == each.text for each in sentences)
    assert all(one.end <= other.start for one, other in zip(sentences, sentences[1:], strict=False))
    return [each.text for each in sentences]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rained.", "It snowed!", "Did it?", "Yes…", "No."],
        ["Mr. Brandt met Gen. Olsen and Sen. Dale on Nov. 3.", "They left."],
        ["J. R. Olsen and A.B. Dale met.", "They left."],
        ["He flew to the U.S. on Monday.", "The U.S. Navy stayed."],
        ["He went to the U.S.", "The ship stayed."],
        ["It opened at 5 p.m. on Monday.", "It closed at 6 p.m.", "Then it rained."],
        ["Profits rose 2.5 percent to $3.1 billion.", "Costs fell."],
        ["“We go. We stay,” he said.", "They left."],
        ["“We go.”", "They stayed."],
        ["“Go!” Krogh said.", "They left."],
        ["He left (it rained. It poured) at noon.", "They stayed."],
        ["It ended.", "“...We go,” he said."],
        ["It ended.", "“@harbour We go,” it said."],
        ["See Fig. 3 and No. 4.", "They left."],
    ],
    ids=lambda value: value[0][:30],
)
def test_sentences_end_where_they_end(sentences):
    text = " ".join(sentences)

    found = split(text)

    # A quotation of two sentences may be split inside; nothing else may, and nothing may be joined.
    assert " ".join(found) == text
    ends = {text.index(sentence) + len(sentence) for sentence in sentences}
    assert ends <= {each.end for each in split_sentences(text)}
    if not any("“We go. We" in sentence for sentence in sentences):
        assert found == sentences


def test_a_heading_is_a_sentence_of_its_own():
    text = "It rained on Monday.\n\nA Wet Week\n\nIt snowed on Friday."

    assert [(each.text, each.is_heading, each.paragraph) for each in split_sentences(text)] == [
        ("It rained on Monday.", False, 0), ("A Wet Week", True, 1), ("It snowed on Friday.", False, 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [("A Wet Week", True), ("2. What was said", True), ("It rained.", False), ("it rained", False), ("", False),
     ("“It rained,”", False), ("A " + "long " * 20, False)],
)  # fmt: skip
def test_a_heading_is_short_and_has_no_full_stop(line, expected):
    assert is_heading(line) is expected


def test_hard_wrapped_lines_are_one_paragraph():
    lines = ["The ministers met on Monday in the old town hall and", "agreed to reopen the bridge over the river Vils which",
             "had been closed since the flood of the spring before", "because its piers were no longer safe for lorries and",
             "buses that carry children to the schools on the other", "bank of the river."]  # fmt: skip
    text = "\n".join(lines) + "\n\n" + "It rained."

    assert is_hard_wrapped(text)
    assert [span.text.count("\n") for span in split_paragraphs(text)] == [5, 0]
    assert len(split(text)) == 2


def test_lines_that_are_paragraphs_are_not_joined():
    text = "\n".join(["It rained.", "It snowed.", "It thawed.", "It froze.", "It rained again.", "It stopped."])

    assert not is_hard_wrapped(text)
    assert len(split_paragraphs(text)) == 6


def test_what_stands_before_the_start_is_left_out():
    text = "OSLO (Meridian) - It rained. It snowed."

    assert split(text, 18) == ["It rained.", "It snowed."]
    assert split(text, len(text)) == []


def test_space_and_lines_without_words_are_no_sentences():
    assert split("") == []
    assert split(" \n\n * * * \n\n ... ") == []
