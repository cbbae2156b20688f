"""Short stories of ours: those that must be read rightly, and those that are known to be misread."""

from collections import Counter

import pytest

from tests.quality.cases import Case
from tests.quality.judge import find_topics
from tests.quality.own_cases import GOLDEN, read_known_misses, read_own_cases

CASES = read_own_cases()
MISSES = read_known_misses()


def find(case):
    return find_topics(Case("", "", case.title, case.text), case.lang)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.lang}-{case.name}")
def test_a_case_has_its_topics_and_no_other_class(case):
    found = find(case)
    assert case.topics <= found
    assert {topic for topic in found if "." not in topic} <= case.topics | case.may


@pytest.mark.parametrize("case", MISSES, ids=lambda case: f"{case.lang}-{case.name}")
def test_a_known_miss_is_still_one_else_it_moves_to_the_cases(case):
    assert not case.is_right(find(case))


def test_there_are_enough_of_both_and_a_third_are_hard_negatives():
    english = [case for case in CASES if case.lang == "en"]
    assert len(english) >= 200
    assert sum(not case.topics for case in english) * 3 >= len(english)
    assert len(MISSES) >= 20
    assert all(case.kind for case in MISSES)


def test_each_case_has_a_name_of_its_own():
    names = Counter((case.lang, case.name) for case in (*CASES, *MISSES))
    assert [name for name, count in names.items() if count > 1] == []


def test_the_readme_tells_how_many_misreadings_are_known_and_of_which_kinds():
    readme = " ".join((GOLDEN.parents[1] / "README.md").read_text(encoding="utf-8").split())
    assert f"{len(MISSES)} misreadings of topics are known" in readme
    kinds = Counter(case.kind for case in MISSES)
    assert [kind for kind, number in kinds.items() if f"{kind} ({number})" not in readme] == []
