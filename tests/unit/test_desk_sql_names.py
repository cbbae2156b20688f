"""What Tab completes at the prompt."""

import pytest

from tasks.desk.sql_names import complete_name, list_names


def complete(begun):
    found = []
    while (name := complete_name(begun, len(found))) is not None:
        found.append(name)
    return found


@pytest.mark.parametrize(
    ("begun", "names"),
    [
        ("topic_vol", ["topic_volume("]),
        ("needs_", ["needs_review"]),
        ("summarize", ["summarize"]),
        ("overn", ["overnight"]),
        ("GRO", ["GROUP"]),
        ("qwertz", []),
        ("", []),
    ],
)
def test_a_name_is_completed_in_the_case_in_which_it_was_begun(begun, names):
    assert complete(begun) == names


def test_names_are_told_in_order_and_each_once():
    names = list_names()
    assert list(names) == sorted(set(names))
    assert {"articles", "who_said(", "dictionary", "article_id"} <= set(names)
