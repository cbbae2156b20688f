"""What people type becomes an expression that FTS5 takes, or one sentence; nothing they type means more than it says."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.errors import BadInput
from tasks.core.search_words import parse_words


@pytest.mark.parametrize(
    ("given_words", "expression"),
    [
        ("summit", '"summit"'),
        ("peace deal", '("peace" AND "deal")'),
        ('"peace deal"', '"peace deal"'),
        ("ceasef*", '"ceasef" *'),
        ('"peace de"*', '"peace de" *'),
        ("a OR b c", '("a" OR ("b" AND "c"))'),
        ("(a OR b) AND c", '(("a" OR "b") AND "c")'),
        ("a NOT b c", '(("a" NOT "b") AND "c")'),
        ("a and not b", '("a" AND "and" AND "not" AND "b")'),
        ("title:x", '"title:x"'),
        ("NEAR(a)", '("NEAR" AND "a")'),
        ("trade & talks", '("trade" AND "talks")'),
        ("Київ", '"Київ"'),
    ],
)
def test_words_become_an_expression(given_words, expression):
    assert parse_words(given_words) == expression


@pytest.mark.parametrize(
    ("given_words", "told"),
    [
        ("", "no letter"),
        ("* - ' ;", "no letter"),
        ('"', "no other half"),
        ('peace "deal', "no other half"),
        ("NOT a", "lacks a word before 'NOT'"),
        ("a AND", "lacks a word at its end"),
        ("a OR OR b", "lacks a word"),
        ("(a", "open at the end"),
        ("a)", "never opened"),
        ("a ()", "lacks a word"),
        ("(" * 500 + "a", "too many brackets"),
        ("a " * 65, "65 words"),
        ("a" * 1001, "1,001 characters"),
    ],
)
def test_a_bad_search_is_one_sentence(given_words, told):
    with pytest.raises(BadInput, match=told) as error:
        parse_words(given_words)
    assert "\n" not in str(error.value)


@given(st.text(alphabet=st.sampled_from("ab\"*()^:-+{}\\'; \x00\udc80éЯNOTADR"), max_size=40))
def test_whatever_is_typed_is_taken_or_refused(words):
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table t using fts5 (title, text)")
    try:
        expression = parse_words(words)
    except BadInput:
        return
    finally:
        base.execute("insert into t values ('a', 'b')")
    base.execute("select * from t where t match ?", [expression]).fetchall()
