"""The example questions of `dateline sql`: each begins with its question, and answers on a lake that was filled."""

import re

import pytest

from flows.__main__ import main
from tasks.desk.desk import open_desk
from tasks.edge.lake.adhoc import ask, find_parameters
from tasks.edge.lake.statements import list_sql

EXAMPLES = list_sql("examples")
VALUES = {
    "rules_version": "", "since": "2025-12-01", "on": "2025-12-31", "name": "Otieno", "words": "grain", "country": "Kenya",
    "topic": "conflict", "meeting": "0", "cursor": "",
}  # fmt: skip


def test_there_are_thirty_examples_or_more():
    assert len(EXAMPLES) >= 30


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_begins_with_its_question_and_answers(example, stories_home):
    assert example.text.startswith("-- ")
    assert example.grain.endswith("?")
    assert re.fullmatch(r"[a-z_]+", example.name)
    given = {name: VALUES[name] for name in find_parameters(example.text)}
    with open_desk(stories_home, example.text) as desk:
        answer = ask(desk.connection, example.text, given or None)
    assert len(answer.columns) > 1


def test_a_macros_call_alone_is_a_question(desk, capsys):
    home = str(desk.settings.home)
    assert main(["sql", "who_said('frank', since := '2025-12-01')", "--format", "csv", "--home", home]) == 0
    assert "We expect a frank exchange on grain," in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("who_said", "who_said is a macro; give it its values: `dateline sql \"who_said(words := '', speaker"),
        ("correction", "Did you mean corrections?"),
        ("qwertz", "no example question. `dateline sql --examples`"),
    ],
)
def test_a_bare_word_that_is_no_example_is_told_what_it_may_be(desk, name, words, capsys):
    assert main(["sql", name, "--home", str(desk.settings.home)]) == 2
    assert words in capsys.readouterr().err


def test_the_list_names_every_example(capsys):
    assert main(["sql", "--examples"]) == 0
    out = capsys.readouterr().out
    for example in EXAMPLES:
        assert example.name in out
        assert example.grain in out
