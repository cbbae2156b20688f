"""Every SQL file runs on a real lake, is explained word for word, and asks one day for the files of one day."""

import re
from contextlib import closing
from datetime import timedelta

import pytest

from tasks.edge.lake.adhoc import attach_index
from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.statements import list_sql
from tasks.edge.lake.write import write_lake
from tasks.edge.search import index_file, update_index
from tests.lakes import DAY, NOW, fill_row, items, make_lake

DAYS = [DAY - timedelta(days=back) for back in range(3)]
VIEWS = [view.name for view in list_sql("views")]

# Values for the parameters of all queries; the days of a query bound it as a pass would.
VALUES = {
    "article_ids": ["article-0000"],
    "item_ids": ["item-0000"],
    "ids": ["article-0000"],
    "wire_id": "norvik",
    "urls": ["https://norvik.example/story-1"],
    "meeting_ids": ["m"],
    "skip": [""],
    "wires": ["norvik"],
    "after": None,
    "since": DAYS[-1],
    "run_since": DAYS[-1],
    "from_day": DAY,
    "to_day": DAY,
    "now": NOW,
    "lately": NOW,
    "an_hour_ago": NOW,
    "a_day_ago": NOW,
    "too_late": NOW - timedelta(days=4),
    "run_id": "run",
    "most": 10,
    "day": DAY,
    "days": DAYS,
    "until": DAY,
    "rules_version": "other rules",
    "kind": "summit.new",
    "wire": "lumen",
    "topic": "conflict",
    "status": "planned",
    "country": "EGY",
    "prefix": "rules",
    "meeting_id": "meeting-0001 2025-12-11",
    "given": "meeting",
}

# Views over days of articles, where a question about a day must not read the files of other days. The others are
# folds over all days by their nature (a meeting has claims of many days) or small.
BY_DAY = [
    "actors", "article_versions", "articles", "citations", "copies", "items", "polls", "quotes", "readings", "runs",
    "topic_evidence", "topics", "topics_low", "visits",
]  # fmt: skip


MACROS = list_sql("macros")
# An argument for each parameter of the macros, as a person would write it.
CALLED = {
    "person": "'x'", "subject": "'x'", "words": "'x'", "speaker": "'x'", "about": "'Egypt'", "nation": "'EGY'",
    "country": "'egypt'", "meeting": "'meeting-0001'", "topic": "'conflict'", "text": "'x'",
    "wire": "'x'", "cursor": "''", "most": "5", "on_day": f"'{DAY}'", "since": f"date '{DAYS[-1]}'", "until": f"'{DAY}'",
    "from_day": f"'{DAYS[-1]}'", "to_day": f"'{DAY}'",
}  # fmt: skip
# Macros over days of articles, called for the days since one. The others fold the ledger, which is of all days, or tell
# what was forgotten of any day.
BOUND = {
    "mentions_of": "mentions_of('x', since := '{day}')",
    "who_said": "who_said('x', since := '{day}')",
    "quotes_about": "quotes_about('x', since := '{day}')",
    "coverage_of": "coverage_of('EGY', since := '{day}')",
    "topic_volume": f"topic_volume('x', since := '{{day}}', until := '{DAY}')",
    "as_tagged": f"as_tagged('{DAY}', since := '{{day}}')",
    "readings_on": f"readings_on('{DAY}', since := '{{day}}')",
    "tags_between": f"tags_between('{DAYS[-1]}', '{DAY}', since := '{{day}}')",
}


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    """A lake with files of three days in every table that has a day, and its file of words."""
    home = tmp_path_factory.mktemp("home")
    address = make_lake(home)
    for day in DAYS:
        with write_lake(address, "test", NOW, "test") as lake:
            tables = [row[0] for row in lake.connection.execute("show tables").fetchall() if row[0].endswith("_facts")]
            for table in tables:
                plain = fill_row(lake.connection, table)
                if "day" in plain and table != "item_facts":
                    lake.append(table, [tell_apart(plain, number, day) for number in range(15)])
            lake.append("item_facts", [{**row, "item_id": f"{row['item_id']} {day}"} for row in items(range(15), day)])
    with closing(connect_reader(address)) as connection:
        update_index(home, connection)
        connection.execute(attach_index(index_file(home)))
        yield connection


def tell_apart(plain, number, day):
    """A row of its own key, whatever the table's key is."""
    keys = ("item_id", "article_id", "meeting_id", "alert_id", "run_id", "rules_version")
    own = {key: f"{key.removesuffix('_id')}-{number:04} {day}" for key in keys if key in plain}
    rules = {"rules_version": "rules"} if "article_id" in plain and "rules_version" in plain else {}
    confidence = {"confidence": "low" if number % 2 else "high"} if "confidence" in plain else {}
    return {**plain, **own, **rules, **confidence, "day": day}


def parameters_of(statement):
    names = set(re.findall(r"\$(\w+)", statement))
    assert names <= VALUES.keys(), f"give a value for {names - VALUES.keys()}"
    return {name: VALUES[name] for name in names}


QUERIES = pytest.mark.parametrize("file", list_sql("queries") + list_sql("quality"), ids=lambda file: file.name)


@QUERIES
def test_every_query_runs(connection, file):
    cursor = connection.execute(file.text, parameters_of(file.text) or None)
    assert cursor.description
    cursor.fetchall()


@QUERIES
def test_every_query_can_be_explained(connection, file):
    assert connection.execute(f"explain {file.text}", parameters_of(file.text) or None).fetchall()


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_can_be_read(connection, name):
    connection.table(name).fetchall()


@pytest.mark.parametrize("file", list_sql("views"), ids=lambda file: file.name)
def test_every_column_of_a_view_is_explained_in_its_order(connection, file):
    assert connection.table(file.name).columns == [column for column, _ in file.columns]


@pytest.mark.parametrize("file", list_sql("views"), ids=lambda file: file.name)
def test_a_views_file_makes_the_relation_of_its_name(connection, file):
    assert f"create or replace view {file.name} as" in file.text


def test_every_table_and_column_of_the_lake_has_its_words(connection):
    for kind in ("table", "view", "column"):
        silent = connection.table_function(f"duckdb_{kind}s").filter(
            "database_name = 'lake' and schema_name = 'main' and comment is null"
        )
        if kind == "column":  # DuckLake takes no comment on a view's column: those are in the dictionary
            silent = silent.filter("table_name like '%_facts' or table_name = 'dictionary'")
        assert silent.fetchall() == [], kind


def test_the_dictionary_lists_every_relation_and_column_and_nothing_else(connection):
    columns = (
        "select table_name, column_name from duckdb_columns() where database_name = 'lake' and schema_name = 'main'"
    )
    listed = "select relation, name from dictionary where name is not null"
    relations = (
        "select distinct table_name from (from duckdb_columns() where database_name = 'lake' and schema_name = 'main')"
    )
    listed = f"{listed} and kind in ('table', 'view')"
    assert sorted(connection.execute(columns).fetchall()) == sorted(connection.execute(listed).fetchall())
    assert sorted(connection.execute(relations).fetchall()) == sorted(
        connection.execute("select relation from dictionary where name is null and kind <> 'macro'").fetchall()
    )
    assert connection.execute("select count(*) from dictionary where trim(meaning) = ''").fetchone() == (0,)


def test_the_dictionary_lists_every_macro_with_its_parameters_in_order(connection):
    had = "select function_name, parameters from duckdb_functions() where database_name = 'lake' order by all"
    listed = (
        "select relation, list(name order by position) filter (where kind = 'parameter') from dictionary "
        "where kind in ('macro', 'parameter') group by all order by all"
    )
    assert connection.execute(had).fetchall() == connection.execute(listed).fetchall()
    assert [name for name, _ in connection.execute(had).fetchall()] == [macro.name for macro in MACROS]


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_every_macro_runs_with_and_without_what_may_be_left_out_and_its_columns_are_explained(connection, macro):
    needed = [CALLED[name] for name, _ in macro.parameters if name.isidentifier()]
    optional = [name.removesuffix("''") for name, _ in macro.parameters if not name.isidentifier()]
    given = [name + CALLED[name.split()[0]] for name in optional]
    for arguments in (needed, needed + given):
        asked = f"{macro.name}({', '.join(arguments)})"
        if macro.columns:
            assert connection.sql(f"from {asked}").columns == [column for column, _ in macro.columns]
            connection.sql(f"from {asked}").fetchall()
        else:
            assert len(connection.sql(f"select {asked}").fetchall()) == 1


@pytest.mark.parametrize("name", BOUND)
def test_a_macro_reads_the_files_of_the_days_asked_for_alone(connection, name):
    all_days, last_day = (connection.sql(f"from {BOUND[name].format(day=day)}") for day in (DAYS[-1], DAY))
    assert max(read_files(connection, all_days)) >= len(DAYS)
    assert max(read_files(connection, last_day)) <= 1


@pytest.mark.parametrize("name", VIEWS)
def test_no_public_column_has_a_reserved_name(connection, name):
    reserved = {"from", "to", "end", "at", "window"}
    assert not reserved & set(connection.table(name).columns)


def read_files(connection, relation):
    """How many files each scan of a relation opens, by what DuckDB reports of the run."""
    ((_, plan),) = connection.execute(f"explain (analyze, format json) {relation.sql_query()}").fetchall()
    return [int(count) for count in re.findall(r'"Total Files Read": "(\d+)"', plan)]


@pytest.mark.parametrize("name", BY_DAY)
def test_a_question_about_a_day_reads_the_files_of_that_day_alone(connection, name):
    view = connection.table(name)
    of_the_day = view.filter(f"day = date '{DAY}'")

    assert max(read_files(connection, view)) >= len(DAYS)
    assert max(read_files(connection, of_the_day)) <= 1
    assert of_the_day.aggregate("count(distinct day)").fetchone() == (1,)
