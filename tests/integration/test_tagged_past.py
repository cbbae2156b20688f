"""As tagged under other rules, and as tagged on a day: questions to the lake, after the archive was read again."""

import json
from datetime import UTC, datetime

import pytest

from flows.__main__ import main
from tasks.edge.passes import open_pass
from tests.homes import begin
from tests.rereads import reread_all
from tests.stories import HARVEST, SHELLING, SUMMIT, write_stories

FIRST, LATER = datetime(2030, 3, 1, 9, tzinfo=UTC), datetime(2030, 3, 5, 9, tzinfo=UTC)
GRAIN = """[[topic]]
id = "diplomacy.grain"
label = "Grain"
definition = "Talks about grain. Not: harvests."
threshold = 2.0
strong = ["exchange on grain"]
examples = [{ text = "An exchange on grain.", match = true }, { text = "Grain rots.", match = false }]
"""


def reread(home, now):
    with open_pass("reread", home=str(home), is_alone=False, now=now) as run:
        reread_all(run)
        return run.catalog.rules_version


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Stories that were read on import, again on 1 March 2030 and, with a topic more, on 5 March."""
    folder = tmp_path_factory.mktemp("past")
    begin(folder / "home", datetime(2025, 12, 12, tzinfo=UTC))
    path = write_stories(folder / "stories.jsonl", [SUMMIT, SHELLING, HARVEST])
    assert main(["import", str(path), "--home", str(folder / "home")]) == 0
    mine = folder / "home" / "catalog" / "topics" / "mine.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text(GRAIN.replace("exchange on", "trade in"), encoding="utf-8")
    reread(folder / "home", FIRST)
    mine.write_text(GRAIN, encoding="utf-8")
    reread(folder / "home", LATER)
    return folder / "home"


@pytest.fixture
def ask(home, capsys):
    def call(name, *values):
        code = main(["sql", name, *[f"--set={value}" for value in values], "--format", "json", "--home", str(home)])
        out, err = capsys.readouterr()
        return json.loads(out) if code == 0 else (code, err)

    return call


def versions(ask):
    return [
        row["rules_version"] for row in ask("select rules_version from rules where readings > 0 order by recorded_at")
    ]


def test_the_tags_under_other_rules_are_those_that_they_gave(ask):
    _, first, later = versions(ask)
    before = {row["topic"] for row in ask("tagged_under", f"rules_version={first}", "since=2025-12-01")}
    after = {row["topic"] for row in ask("tagged_under", f"rules_version={later[:8]}", "since=2025-12-01")}
    assert after - before == {"diplomacy.grain"}
    assert {row["stands_today"] for row in ask("tagged_under", f"rules_version={first}", "since=2025-12-01")} == {True}


def test_the_tags_on_a_day_are_by_the_rules_of_that_day(ask):
    def topics(on):
        return {row["topic"] for row in ask("tagged_on", f"on={on}", "since=2025-12-01")}

    assert topics("2030-03-05") - topics("2030-03-04") == {"diplomacy.grain"}
    assert topics("2030-03-04") == topics("2030-03-01")
    assert topics("2020-01-01") == set()
    assert topics("2030-03-06") == {row["topic"] for row in ask("select topic from topics")}


def test_days_bound_both_questions(ask):
    assert ask("tagged_on", "on=2030-03-06", "since=2025-12-12") == []
    assert ask("tagged_under", "rules_version=", "since=2025-12-12") == []


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("tagged_on", [], "The question asks for since, on; give --set since=... --set on=..."),
        ("tagged_on", ["on=2030-01-01"], "The question asks for since; give --set since=..."),
        ("select 1", ["x=1"], "The question has no $x; leave --set x out, or write $x in it."),
        ("select '$x'", ["x=1"], "The question has no $x"),
        ("select $x", ["x"], "--set x names no value; write --set NAME=VALUE."),
    ],
)
def test_a_value_that_is_missing_or_too_many_is_named(name, values, words, ask):
    code, err = ask(name, *values)
    assert code == 2
    assert words in err


def test_any_question_takes_values_in_any_format(home, tmp_path, capsys):
    file = tmp_path / "answer.parquet"
    question = "select topic from topics where topic = $topic"
    assert main(["sql", question, "--set", "topic=diplomacy.grain", "-o", str(file), "--home", str(home)]) == 0
    assert file.read_bytes().startswith(b"PAR1")
    assert main(["sql", question, "--set", "topic=a=b", "--format", "csv", "--home", str(home)]) == 0
    assert capsys.readouterr().out.splitlines() == ["topic"]


def test_tags_that_came_between_two_days_tell_why(ask):
    def changes(first, last):
        rows = ask(f"select change, because, topic from tags_between('{first}', '{last}', since := '2025-12-01')")  # noqa: S608
        return {tuple(row.values()) for row in rows}

    assert changes("2030-03-04", "2030-03-05") == {("came", "other rules", "diplomacy.grain")}
    assert changes("2030-03-05", "2030-03-04") == {("went", "other rules", "diplomacy.grain")}
    assert changes("2030-03-01", "2030-03-04") == set()
    assert {(change, because) for change, because, _ in changes("2020-01-01", "2030-03-05")} == {
        ("came", "new article")
    }
    assert ask("from tags_between('2030-03-04', '2030-03-05', since := '2025-12-13')") == []


def test_the_reading_of_a_day_is_by_the_rules_of_that_day(ask):
    _, first, later = versions(ask)
    asked = "select distinct rules_version from readings_on('{}', since := '2025-12-01')"
    assert [ask(asked.format(day)) for day in ("2030-03-01", "2030-03-05")] == [
        [{"rules_version": first}], [{"rules_version": later}],
    ]  # fmt: skip
