"""The SQL files say in their own comments what their relations and columns mean."""

import re
from pathlib import Path

import pytest

from tasks.edge.lake import statements
from tasks.edge.lake.dictionary import list_columns, made_table
from tasks.edge.lake.statements import list_sql, literal, query, read_sql

ALL = [
    (folder, file) for folder in ("migrations", "views", "macros", "queries", "quality") for file in list_sql(folder)
]
FILES = pytest.mark.parametrize(("folder", "file"), ALL, ids=lambda value: getattr(value, "name", value))


@FILES
def test_every_file_says_first_what_a_row_is(folder, file):
    assert file.grain.startswith(("One row", "One value", "What is added to "))
    assert file.grain.endswith(".")


@FILES
def test_every_file_holds_no_tab_no_select_star_from_a_view_and_no_long_line(folder, file):
    assert "\t" not in file.text
    assert all(len(line) <= 130 for line in file.text.splitlines())


@pytest.mark.parametrize("file", list_sql("migrations"), ids=lambda file: file.name)
def test_a_migration_makes_one_table_or_adds_columns_and_says_of_each_what_it_is(file):
    altered = re.findall(r"^alter table (\w+)\s+add column (\w+)", file.text, re.MULTILINE)
    made = [(made_table(file), column) for column, _ in file.columns]
    assert [(table, column) for table, column, _ in list_columns(file)] == (altered or made)
    assert file.columns


@pytest.mark.parametrize("file", list_sql("macros"), ids=lambda file: file.name)
def test_a_macros_file_makes_the_macro_of_its_name_and_explains_each_parameter(file):
    """No default is NULL: DuckLake 1.5.5 keeps it as the word, and then no lake that has it can be read."""
    head, opened, rest = file.text.partition(f"create or replace macro {file.name}(\n")
    assert opened, head
    lines = rest.partition("\n) as")[0].splitlines()
    assert len(lines) == len(file.parameters) > 0
    assert all(parameter.isidentifier() or parameter.endswith(" := ''") for parameter, _ in file.parameters)


def test_migrations_are_numbered_without_a_gap():
    assert [int(file.name[:4]) for file in list_sql("migrations")] == list(range(len(list_sql("migrations"))))


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("    day date not null,            -- the day", ("day", "the day")),
        ("    remarks varchar[],            -- mended", ("remarks", "mended")),
        ("    last boolean not null -- the end", ("last", "the end")),
        ("    add column tries integer;     -- how often", ("tries", "how often")),
        ("    a.url,                        -- address", ("url", "address")),
        ("    w.name as wire,               -- its name", ("wire", "its name")),
        ("    split_part(t.topic, '.', 1) as root, -- first part", ("root", "first part")),
        ("    end as health,                -- ok or not", ("health", "ok or not")),
    ],
)
def test_a_comment_behind_a_column_is_its_meaning(tmp_path, monkeypatch, line, column):
    write_sql(tmp_path, "views/one.sql", f"-- One row per test.\nselect\n{line}\nfrom t;\n")
    monkeypatch.setattr(statements, "SQL", tmp_path)
    assert read_sql.__wrapped__("views/one.sql").columns == (column,)


def test_a_comment_on_a_line_of_its_own_is_no_column(tmp_path, monkeypatch):
    write_sql(tmp_path, "views/two.sql", "-- One row per test.\nselect\n    -- the day\n    day\nfrom t;\n")
    monkeypatch.setattr(statements, "SQL", tmp_path)
    assert read_sql.__wrapped__("views/two.sql").columns == ()


def test_a_macros_parameters_are_told_from_its_columns(tmp_path, monkeypatch):
    head = "-- One row per test.\ncreate or replace macro three(\n    word,   -- which\n    since := ''  -- from when\n) as table\n"
    write_sql(tmp_path, "macros/three.sql", f"{head}select\n    t.day         -- the day\nfrom t;\n")
    monkeypatch.setattr(statements, "SQL", tmp_path)
    file = read_sql.__wrapped__("macros/three.sql")
    assert file.parameters == (("word", "which"), ("since := ''", "from when"))
    assert file.columns == (("day", "the day"),)
    assert file.call == "three(word, since := '')"


def write_sql(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_query_is_found_by_its_name():
    assert query("select_feed_states").startswith("-- One row per feed")


@pytest.mark.parametrize(("words", "sql"), [("plain", "'plain'"), ("l'été's", "'l''été''s'"), ("", "''")])
def test_a_literal_keeps_its_quotes(words, sql):
    assert literal(words) == sql
