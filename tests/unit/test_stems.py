"""Words cut to stems: all forms of a word are one, and spans lead back to whole words of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.topics.matcher import Name, PhraseMatcher
from tasks.core.topics.patterns import COUNTRY, NATIONALITY
from tasks.core.topics.stems import fold_stems, stem_russian


@pytest.mark.parametrize(
    "forms",
    [
        "переговоры переговоров переговорам переговорами переговорах",
        "перемирие перемирия перемирию перемирием перемирии",
        "санкции санкций санкциям санкциями санкциях",
        "российский российская российские российского российскому российским российских российскими",
        "Россия России Россию Россией",
        "Украина Украины Украине Украину Украиной",
        "Иран Ирана Ирану Ираном Иране",
        "ракета ракеты ракету ракетой ракетами ракетах ракет",
        "министр министра министру министром министры министров",
        "обстреляли обстреляла обстрелял",
    ],
)
def test_all_forms_of_a_word_have_one_stem(forms):
    assert len({stem_russian(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", ["война воин", "мир мэр", "посол посольство", "Иран Ирак", "й и"])
def test_words_of_other_meanings_keep_other_stems(words):
    one, other = words.split()
    assert stem_russian(one) != stem_russian(other)


@pytest.mark.parametrize("words", ["бои", "мир", "UN envoys", "2025 г.", ""])
def test_short_and_foreign_words_stay_as_they_are(words):
    assert stem_russian(words) == words


@given(st.text(alphabet="абвгдеёжийлмнорстуьяАМ«»-—\u00a0\u00ad .,\n'U.N0\u202e\x00é", max_size=80))
def test_each_word_of_the_stems_stands_whole_in_the_source(source):
    folded = fold_stems(source, stem_russian)
    assert folded.plain == folded.cased.lower()
    for at in range(len(folded.plain)):
        start, end = folded.source_span(at, at + 1)
        assert 0 <= start < end <= len(source)
        assert start <= folded.source_span(0, len(folded.plain))[1]


def matches(phrases, text, names=()):
    found = PhraseMatcher(phrases, names, stem=stem_russian).find(text)
    return [text[slice(*found.folded.source_span(each.at, each.to))] for each in found.matches]


def test_a_phrase_is_found_in_every_case_and_its_span_covers_whole_words():
    text = "На мирных переговорах, после мирных\u00a0переговоров и за мирными переговорами."
    assert matches(["мирные переговоры"], text) == [
        "мирных переговорах",
        "мирных\u00a0переговоров",
        "мирными переговорами",
    ]


def test_names_fill_slots_in_every_case_and_adjectives_need_no_capital():
    names = [Name("Россия", COUNTRY, "RUS"), Name("турецкий", NATIONALITY, "TUR")]
    text = "Удар по России. Встреча с турецким послом; россией никто не зовёт."
    assert matches(["удар по {country}", "{nationality} посол", "{nationality} послом"], text, names) == [
        "Удар по России",
        "турецким послом",
    ]
    found = PhraseMatcher([], names, stem=stem_russian).find(text)
    assert [each.name.value for each in found.names] == ["RUS", "TUR"]
