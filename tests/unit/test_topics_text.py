"""Folding makes spellings alike and never loses the way back; sentences end where a reader ends them."""

import pytest

from tasks.core.topics.folded_text import fold_text, sentence_starts


@pytest.mark.parametrize(
    ("source", "cased"),
    [
        ("Goïta", "Goita"),
        ("Türkiye’s envoy", "Turkiye envoy"),
        ("the envoys' plan", "the envoys plan"),
        ("don't", "don't"),
        ("U.N. and U.S.", "UN and US"),
        ("J. Smith", "J. Smith"),
        ("cease-fire", "cease fire"),
        ("Iran–Iraq", "Iran Iraq"),
        ("talks — again", "talks ; again"),
        ("talks -- again", "talks ; again"),
        ("talks – again", "talks ; again"),
        ("a\u00a0b", "a b"),
        ("a   b", "a b"),
        ("a\nb", "a b"),
        ("a\nB", "a\nB"),
        ("a\n\nb", "a\nb"),
        ("soft\u00adhyphen", "softhyphen"),
        ("İzmir", "Izmir"),
        ("em\u2003space", "em space"),
        ("ß", "ß"),
        ("½", "1⁄2"),
        ("“q”", '"q"'),
    ],
)
def test_spellings_are_folded(source, cased):
    folded = fold_text(source)
    assert folded.cased == cased
    assert folded.plain == cased.lower()


@pytest.mark.parametrize(
    ("source", "word", "expected"),
    [
        ("the U.S. envoy", "US", "U.S."),
        ("Türkiye’s envoy", "Turkiye", "Türkiye"),
        ("a  —  b", "b", "b"),
        ("x\u200by-z", "z", "z"),
        ("Azerbaijan’s and Armenia’s", "Armenia", "Armenia"),
    ],
)
def test_a_folded_word_leads_back_to_its_source(source, word, expected):
    folded = fold_text(source)
    at = folded.cased.index(word)
    start, end = folded.source_span(at, at + len(word))
    assert source[start:end] == expected


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("Mr. Ahlin met Gen. Oduya on Dec. 3 in St. Gallen.", 1),
        ('He said "go." She went.', 2),
        ("A line\n\nAnother line", 2),
        ("In the U.S. talks began", 1),
        ("at 3.5 percent", 1),
        ("", 1),
    ],
)
def test_sentences_are_counted_as_a_reader_counts_them(source, count):
    assert len(sentence_starts(fold_text(source))) == count
