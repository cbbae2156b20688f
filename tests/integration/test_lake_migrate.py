"""A lake comes to today's layout from any earlier one, as a whole or not at all, and beside those who read it."""

import subprocess
import sys
from contextlib import closing

import duckdb
import pytest

from tasks.core.errors import DatelineError, HomeUnusable, LakeTooNew
from tasks.edge.lake import migrate, statements
from tasks.edge.lake.attach import connect_reader, connect_writer
from tasks.edge.lake.backup import copy_metadata_aside
from tasks.edge.lake.migrate import is_current, latest_migration, migrate_lake, order_views
from tasks.edge.lake.statements import SqlFile, list_sql
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.wash import WASH_MARK
from tasks.edge.lake.write import KEYS, write_lake
from tests.lake_profile import sqlite_only
from tests.lakes import (
    NOW,
    ROOT,
    copy_sql,
    count_snapshots,
    fill_row,
    items,
    locate,
    make_earlier_lake,
    make_lake,
    read_lake,
)

# The first layout that anyone's lake had; from the next one on, each number is a lake that exists somewhere.
FIRST_LAYOUT = 24
# One from before that proves the way; the newest three, and of the others every third: each step is run from several.
EARLIER = sorted({12, *range(FIRST_LAYOUT, latest_migration(), 3), *range(latest_migration() - 3, latest_migration())})


def list_tables(address):
    return {row[0] for row in read_lake(address, "select table_name from duckdb_tables() where database_name = 'lake'")}


def test_a_new_lake_has_a_table_for_every_key(tmp_path):
    address = make_lake(tmp_path)
    assert set(KEYS) | {"migration_facts", "dictionary"} <= list_tables(address)


def test_every_key_is_made_of_columns_of_its_table(tmp_path):
    with closing(connect_reader(make_lake(tmp_path))) as connection:
        for table, key in KEYS.items():
            columns = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
            assert set(key) <= columns, table


def test_migrating_again_does_nothing_and_makes_no_snapshot(tmp_path):
    address = make_lake(tmp_path)
    before = count_snapshots(address)

    assert migrate_lake(address, NOW) == []
    assert count_snapshots(address) == before


def test_asking_whether_a_lake_is_current_makes_nothing(tmp_path):
    assert not is_current(locate(tmp_path / "home"))
    assert list(tmp_path.iterdir()) == []


@sqlite_only
def test_an_empty_file_is_made_a_lake(tmp_path):
    """What is left where the very first process was killed as it began."""
    address = locate(tmp_path)
    address.metadata_file.parent.mkdir()
    address.metadata_file.touch()

    assert not is_current(address)
    assert len(migrate_lake(address, NOW)) == len(list_sql("migrations"))
    assert is_current(address)
    assert not list(address.metadata_file.parent.glob("*.before-*"))


@sqlite_only
def test_a_file_that_is_no_lake_is_refused_in_one_sentence(tmp_path):
    address = locate(tmp_path)
    address.metadata_file.parent.mkdir()
    address.metadata_file.write_text("a letter to my aunt\n" * 200)

    with pytest.raises(DatelineError, match=r"The lake at .* cannot be opened \(.*file is not a database\)"):
        migrate_lake(address, NOW)


@sqlite_only
def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "home").write_text("a file where the home should be")

    with pytest.raises(HomeUnusable, match=r"The folder .*/home/lake cannot be made \(Not a directory\)"):
        migrate_lake(locate(tmp_path / "home"), NOW)


def test_a_newer_datelines_lake_is_refused_with_the_way_out(tmp_path):
    address = make_lake(tmp_path)
    with write_lake(address, "test", NOW, "the future") as lake:
        lake.connection.execute("insert into migration_facts values (9999, '9999_future', '', ?, '9.9')", [NOW])

    with pytest.raises(LakeTooNew, match=r"layout 9999, written by a newer Dateline.*git pull && make setup"):
        migrate_lake(address, NOW)


@pytest.mark.parametrize("number", EARLIER)
@sqlite_only
def test_a_lake_of_an_earlier_layout_keeps_its_rows_and_comes_to_todays(tmp_path, number):
    address = locate(tmp_path)
    written = make_earlier_lake(address, number)

    applied = migrate_lake(address, NOW)

    assert [name[:4] for name in applied] == [f"{n:04}" for n in range(number + 1, latest_migration() + 1)]
    assert is_current(address)
    with closing(connect_reader(address)) as connection:
        for table, row in written.items():
            (stored,) = connection.table(table).select(*row).fetchall()
            assert stored == tuple(row.values()), table
        for view in list_sql("views"):
            connection.table(view.name).fetchall()


@sqlite_only
def test_an_upgrade_copies_the_metadata_aside_and_the_copy_is_the_lake_as_it_was(tmp_path):
    address = locate(tmp_path)
    make_earlier_lake(address, 3)
    migrate_lake(address, NOW)
    (copy,) = address.metadata_file.parent.glob("meta.sqlite.before-*")
    for file in address.metadata_file.parent.glob("meta.sqlite*"):
        if file != copy:
            file.unlink()

    assert copy.name == "meta.sqlite.before-0004-20260301T120000"
    copy.rename(address.metadata_file)
    assert list_tables(address) == {"migration_facts", "run_facts", "poll_facts", "item_facts"}
    assert read_lake(address, "select count(*) from item_facts") == [(1,)]


@sqlite_only
def test_a_copy_of_the_metadata_leaves_the_locks_of_this_process_alone(tmp_path):
    """A lock that is lost lets the last reader elsewhere take the WAL away under an open connection."""
    address = make_lake(tmp_path)
    # SQLite's shared lock lies on these bytes of the file; an open transaction holds it.
    probe = (
        "import fcntl, sys\nfile = open(sys.argv[1], 'r+b')\n"
        "try: fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)\n"
        "except OSError: print('held')\nelse: print('free')"
    )
    with closing(connect_writer(address)) as connection:
        connection.execute("BEGIN")
        connection.execute("select count(*) from item_facts").fetchall()
        copy_metadata_aside(address, "test", NOW)
        done = subprocess.run(
            [sys.executable, "-c", probe, str(address.metadata_file)], capture_output=True, text=True, cwd=ROOT
        )

    assert done.stdout == "held\n"


@sqlite_only
def test_a_copy_that_cannot_be_written_is_said_and_nothing_is_changed(tmp_path):
    address = locate(tmp_path)
    make_earlier_lake(address, 23)
    address.metadata_file.with_name("meta.sqlite.before-0024-20260301T120000").mkdir()

    with pytest.raises(DatelineError, match=r"cannot be copied .*nothing was changed without that copy"):
        migrate_lake(address, NOW)
    assert "dictionary" not in list_tables(address)


def test_an_upgrade_that_fails_leaves_the_lake_as_it_was(tmp_path, monkeypatch):
    address = make_lake(tmp_path)
    before, snapshots = list_tables(address), count_snapshots(address)
    sql = copy_sql(tmp_path)
    (sql / "migrations" / "8001_good.sql").write_text("-- One row per test.\ncreate table good (id varchar);\n")
    (sql / "migrations" / "8002_bad.sql").write_text("-- One row per fault.\ncreate table bad (id nosuchtype);\n")
    monkeypatch.setattr(statements, "SQL", sql)

    with pytest.raises(duckdb.CatalogException):
        migrate_lake(address, NOW)

    assert list_tables(address) == before
    assert count_snapshots(address) == snapshots


def test_a_lake_whose_upgrade_was_killed_before_the_wash_is_washed_by_the_next(tmp_path, monkeypatch):
    address = make_lake(tmp_path)
    upgrade_to_the_future(tmp_path, monkeypatch)
    washed = []

    def die(_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate, "wash_tables", die)
    with pytest.raises(KeyboardInterrupt):
        migrate_lake(address, NOW)
    monkeypatch.setattr(migrate, "wash_tables", lambda lake, **_: washed.append(lake))

    assert not is_current(address)
    assert migrate_lake(address, NOW) == []
    assert is_current(address)
    assert len(washed) == 1


def test_the_wash_takes_its_own_rows_away_and_nothing_else(tmp_path):
    address = make_lake(tmp_path)
    old = NOW.replace(year=1970, month=1, day=1).date()
    with write_lake(address, "test", NOW, "old stories") as lake:
        lake.append("item_facts", items(range(3), old))
        lake.append("channel_facts", [fill_row(lake.connection, "channel_facts", channel_id="")])
        lake.connection.execute("delete from migration_facts where name = 'views'")

    migrate_lake(address, NOW)

    assert read_lake(address, "select count(*) from item_facts where day = date '1970-01-01'") == [(3,)]
    assert read_lake(address, "select channel_id from channel_facts") == [("",)]
    assert read_lake(address, "select min(number) from migration_facts") == [(0,)]
    with closing(connect_reader(address)) as connection:
        for table in list_tables(address):
            assert WASH_MARK not in str(connection.table(table).fetchall()), table


def upgrade_to_the_future(tmp_path, monkeypatch):
    sql = copy_sql(tmp_path)
    (sql / "migrations" / "8003_more.sql").write_text(
        "-- What is added to channels.\nalter table channel_facts\n    add column tries integer;     -- how often\n"
    )
    (sql / "migrations" / "8004_later_facts.sql").write_text(
        "-- One row per later thing.\ncreate table later_facts (\n    day date not null,            -- its day\n"
        "    name varchar not null         -- its name\n);\nalter table later_facts set partitioned by (day);\n"
    )
    (sql / "views" / "copies.sql").unlink()
    (sql / "views" / "later.sql").write_text(
        "-- One row per later thing.\ncreate or replace view later as\nselect\n"
        "    day,                          -- its day\n    name                          -- its name\n"
        "from later_facts;\n"
    )
    (sql / "macros" / "wires_on.sql").unlink()
    (sql / "macros" / "earliest.sql").write_text(
        "-- One row per thing of a name.\ncreate or replace macro earliest(\n    word   -- its name\n) as table\n"
        "select\n    later.day      -- its day\nfrom later\nwhere named_so(later.name, word);\n"
    )
    (sql / "macros" / "named_so.sql").write_text(
        "-- One value: true where it is named so.\ncreate or replace macro named_so(\n    text,  -- a name\n"
        "    word   -- another\n) as has_words(text, word);\n"
    )
    monkeypatch.setattr(statements, "SQL", sql)


def list_macros(address):
    named = "select distinct function_name from duckdb_functions() where database_name = 'lake' order by all"
    return [name for (name,) in read_lake(address, named)]


def test_macros_of_the_future_come_after_what_they_name_and_those_that_are_gone_go(tmp_path, monkeypatch):
    address = make_lake(tmp_path)
    assert list_macros(address) == [file.name for file in list_sql("macros")]
    upgrade_to_the_future(tmp_path, monkeypatch)

    migrate_lake(address, NOW)

    assert list_macros(address) == [file.name for file in list_sql("macros")]
    assert {"earliest", "named_so"} <= set(list_macros(address))
    assert "wires_on" not in list_macros(address)
    assert read_lake(address, "from earliest('x')") == []


def test_a_lake_from_before_the_macros_gets_them(tmp_path, monkeypatch):
    address = make_lake(tmp_path / "home")
    sql = copy_sql(tmp_path)
    of_macros = [sql / "views" / f"{name}.sql" for name in ("meetings", "summits")]
    for later in (*(sql / "macros").iterdir(), *of_macros):
        later.unlink()
    monkeypatch.setattr(statements, "SQL", sql)
    migrate_lake(address, NOW)
    assert list_macros(address) == []
    monkeypatch.undo()

    assert not is_current(address)
    assert migrate_lake(address, NOW) == []
    assert list_macros(address) == [file.name for file in list_sql("macros")]
    assert read_lake(address, "select count(*) > 0 from dictionary where kind = 'parameter'") == [(True,)]


def test_columns_tables_and_views_of_the_future_come_with_their_words(tmp_path, monkeypatch):
    address = make_lake(tmp_path)
    upgrade_to_the_future(tmp_path, monkeypatch)

    assert migrate_lake(address, NOW) == ["8003_more", "8004_later_facts"]

    columns = "select table_name, column_name, comment from duckdb_columns() where database_name = 'lake'"
    assert read_lake(address, f"{columns} and (column_name = 'tries' or table_name = 'later_facts') order by 1, 2") == [
        ("channel_facts", "tries", "how often"),
        ("later_facts", "day", "its day"),
        ("later_facts", "name", "its name"),
    ]
    entries = "select relation, kind, name, position from dictionary"
    wanted = "relation in ('later', 'copies') or name = 'tries'"
    assert read_lake(address, f"{entries} where {wanted} order by all") == [
        ("channel_facts", "table", "tries", 4),
        ("later", "view", "day", 1),
        ("later", "view", "name", 2),
        ("later", "view", None, 0),
    ]
    assert read_lake(address, "select count(*) from duckdb_views() where view_name = 'copies'") == [(0,)]


def make_lake_that_inlines(home, monkeypatch):
    """A lake as they were before every row was kept in a file."""
    address = locate(home)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "keep_rows_in_files", lambda _: None)
        migrate_lake(address, NOW)
    return address


def live_through(address, reader, tmp_path, monkeypatch):
    """A long-lived reader asks after each step of an upgrade, a pass and an upkeep; what it was told."""
    told = [reader.execute("select count(*) from articles").fetchone()]
    upgrade_to_the_future(tmp_path, monkeypatch)
    migrate_lake(address, NOW)
    for step in range(2):
        with write_lake(address, "test", NOW, "a pass") as lake:
            lake.append("channel_facts", [fill_row(lake.connection, "channel_facts", channel_id=f"{step}")])
            lake.append("item_facts", items(range(step * 30, step * 30 + 30)))
        told.append(reader.execute("select count(*) from items").fetchone())
        keep_lake(address, NOW, None)
        told.append(reader.execute("select count(*) from items").fetchone())
        told.append(reader.execute("select count(*) from channel_facts").fetchone())
    return told


def test_a_long_lived_reader_lives_through_upgrade_pass_and_upkeep(tmp_path, monkeypatch):
    address = make_lake_that_inlines(tmp_path, monkeypatch)
    with closing(connect_reader(address)) as reader:
        told = live_through(address, reader, tmp_path, monkeypatch)
    assert told == [(0,), (30,), (30,), (1,), (60,), (60,), (2,)]


def test_without_the_wash_that_reader_does_not_live(tmp_path, monkeypatch):
    """A fault of DuckLake 1.5.5 that the wash is for: where this test fails, the wash has had its day."""
    address = make_lake_that_inlines(tmp_path, monkeypatch)
    monkeypatch.setattr(migrate, "wash_tables", lambda _, **__: None)
    with closing(connect_reader(address)) as reader, pytest.raises(duckdb.Error, match="inlined_data"):
        live_through(address, reader, tmp_path, monkeypatch)


def test_views_that_need_each_other_in_a_circle_are_a_fault():
    circle = [SqlFile("a", "select * from b", "", ()), SqlFile("b", "select * from a", "", ())]
    with pytest.raises(ValueError, match=r"circle: \['a', 'b'\]"):
        order_views(circle)
