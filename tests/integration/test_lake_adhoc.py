"""Ad-hoc SQL reads the lake and nothing else, and can do no harm to it."""

from contextlib import closing

import duckdb
import pytest

from tasks.core.errors import QueryRefused
from tasks.edge.lake.adhoc import ask, connect_adhoc, refuse_writing
from tasks.edge.lake.hints import hint_at
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests.lakes import NOW, items, make_lake

READING = [
    "from articles",
    "select * from items -- all of them",
    "/* first */ with x as (select 1 as one) select one from x;",
    "describe articles",
    "show tables",
    "summarize items",
    "values (1), (2)",
    "explain select * from articles",
    "explain analyze select count(*) from items",
    "explain (analyze, format json) from items",
    "-- why so slow?\nexplain /* really */ analyze from items",
    "pivot items on outcome in ('stored', 'rejected') using count(*)",
    "from dictionary where relation = 'articles'",
    "from lake.snapshots()",
    "select 'a query (of mine)' as words",
]

WRITING = [
    "insert into item_facts select * from item_facts",
    "delete from item_facts",
    "update item_facts set title = 'x'",
    "create table more (id integer)",
    "create temp table more (id integer)",
    "drop view articles",
    "copy (select 1) to '{home}/lake/data/x.csv'",
    "explain analyze copy (select 1) to '{home}/lake/data/x.csv'",
    "explain (analyze, format json) copy (select 1) to '{home}/lake/data/x.csv'",
    "-- harmless\nexplain /* as a lamb */ analyze copy (select 1) to '{home}/lake/data/x.csv'",
    "explain analyze delete from item_facts",
    "attach '{home}/other.duckdb'",
    "detach lake",
    "install spatial",
    "load spatial",
    "set memory_limit = '1GB'",
    "use memory",
    "call ducklake_expire_snapshots('lake', older_than => now())",
    "from ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "select * from \"ducklake_delete_orphaned_files\"('lake', cleanup_all => true)",
    "select * from DuckLake_Expire_Snapshots('lake', older_than => now())",
    "from ducklake_flush_inlined_data('lake')",
    "select * from ducklake_merge_adjacent_files('lake')",
    "select * from query('from duck' || 'lake_cleanup_old_files(''lake'', cleanup_all => true)')",
    "select * from query /* not seen */ ('select 1')",
    "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "pragma enable_profiling",
    "checkpoint",
    "vacuum",
    "export database '{home}/lake/data/out'",
]

OUTSIDE = [
    "select * from read_text('/etc/hostname')",
    "select * from read_csv('{home}/secret.csv')",
    "from '{home}/secret.csv'",
    "select * from glob('{home}/*')",
    "select * from sniff_csv('{home}/secret.csv')",
    "select * from sqlite_scan('{home}/search.sqlite', 'days')",
    "select * from sqlite_query('lake', 'select 1')",
    "select * from postgres_scan('host=127.0.0.1', 'public', 'x')",
    "from duckdb_secrets()",
]


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    """A lake with files that wait to be cleaned away, and a secret beside it."""
    settings = read_settings(tmp_path_factory.mktemp("home"), {})
    address = make_lake(settings.home)
    for step in range(2):
        with write_lake(address, "test", NOW, "test") as lake:
            lake.append("item_facts", items(range(step * 30, step * 30 + 30)))
    keep_lake(address, NOW, None)
    (settings.home / "secret.csv").write_text("word\nhunter2\n")
    with closing(connect_adhoc(address, settings)) as connection:
        yield connection, settings.home


def list_files(home):
    return sorted(path.relative_to(home) for path in (home / "lake").rglob("*") if "meta.sqlite" not in path.name)


@pytest.mark.parametrize("statement", READING)
def test_a_statement_that_reads_is_answered(lake, statement):
    answer = ask(lake[0], statement)
    assert answer.columns


@pytest.mark.parametrize("statement", WRITING)
def test_a_statement_that_would_change_something_is_refused_and_nothing_changes(lake, statement):
    connection, home = lake
    before = list_files(home)

    with pytest.raises(QueryRefused, match="ad-hoc SQL only reads"):
        ask(connection, statement.format(home=home))

    assert list_files(home) == before
    assert ask(connection, "select count(*) from item_facts").rows == ((60,),)


@pytest.mark.parametrize("statement", OUTSIDE)
def test_no_file_outside_the_lake_can_be_read(lake, statement):
    connection, home = lake
    with pytest.raises(QueryRefused, match=r"file system operations are disabled|opens what lies outside the lake"):
        ask(connection, statement.format(home=home))


def test_the_lock_cannot_be_opened_from_inside(lake):
    for statement in ("set enable_external_access = true", "set lock_configuration = false"):
        with pytest.raises(duckdb.InvalidInputException, match="the configuration has been locked"):
            lake[0].execute(statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("select 1; select 2", "Give one statement at a time; this text holds 2."),
        ("  -- nothing", "this text holds 0"),
        ("pivot items on outcome using count(*)", "A PIVOT needs its values: `on kind in"),
        ("selct 1", "The query failed: Parser Error: syntax error at or near"),
        ("from artcles", 'not exist. Did you mean "articles"? Names: `dateline sql "from dictionary"`.'),
        ("from mention_of('x')", 'Did you mean "mentions_of"?'),
        ("select has_word('a', 'b')", 'Did you mean "has_words"?'),
        ("from range_of('x')", 'Did you mean "coverage_of"?'),
        ("from mentions_of", "It is a macro: `from mentions_of(person, since := '')`."),
        ("from has_words", "It is a macro: `select has_words(text, words)`."),
        ("from articles('x')", "It is a relation: `from articles`."),
        ("from mentions_of('x', snce := '2026-01-01')", "mentions_of(person, since := '')"),
        ("select titel from articles", 'not found in FROM clause. Did you mean "title"? Names:'),
        ("select a.titel from articles as a", 'Did you mean "title"?'),
        ("select topic from articles", "It is a column of topic_definitions, topic_evidence, topics, topics_low."),
        ("select qwerty from topics", "Names:"),
        ("select x.day from articles as a", "Candidate tables"),
    ],
)
def test_a_wrong_statement_is_explained_in_one_line(lake, statement, words):
    with pytest.raises(QueryRefused) as caught:
        ask(lake[0], statement)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_macro_that_an_older_lake_has_not_yet_is_promised():
    words = 'Catalog Error: Table Function with name wires_on does not exist! Did you mean "unnest"?'
    assert "not exist. This lake is from before it, and has it after its next `dateline run`. Names:" in hint_at(words)


def test_parameters_are_bound_and_never_part_of_the_statement(lake):
    hostile = "'; drop table item_facts; --"
    assert ask(lake[0], "select $words as words", {"words": hostile}).dicts() == [{"words": hostile}]


def test_a_question_that_needs_much_room_spills_into_the_home(lake):
    """Beside a lock on all files: DuckDB's own room for large sorts lies in the home."""
    connection, home = lake
    assert ask(connection, "select current_setting('temp_directory')").rows == ((str(home / "tmp"),),)


def test_an_explain_without_a_statement_is_refused():
    with pytest.raises(QueryRefused):
        refuse_writing("explain analyze")
