"""The lake in Postgres and S3 where it is other than in SQLite: between machines, and on a server that others share.

Run by `make test-postgres`, which brings a server of its own (`with_postgres.sh`). Each test has a database and a prefix of its own.
"""

import os
import re
import signal
from contextlib import closing
from datetime import date

import duckdb
import psycopg
import pytest

from tasks.core.errors import DatelineError, LakeMissing, QueryRefused
from tasks.edge import rereading
from tasks.edge.lake.adhoc import ask
from tasks.edge.lake.attach import connect_reader, connect_writer, locate_lake
from tasks.edge.lake.exporting import export_days
from tasks.edge.lake.locks import hold_pass_lock, read_holder
from tasks.edge.lake.migrate import is_current, latest_migration, migrate_lake
from tasks.edge.lake.publish import publish_press
from tasks.edge.lake.restore import list_copies
from tasks.edge.lake.statements import list_sql
from tasks.edge.lake.upkeep import find_duplicates, keep_lake
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import PassRun
from tasks.edge.previewing import Preview, preview_reread
from tasks.settings import read_settings
from tests import lake_profile
from tests.homes import CATALOG
from tests.lakes import DAY, NOW, count_snapshots, fill_row, items, make_earlier_lake, read_lake, start_python
from tests.rereads import reread_all

SERVER = os.environ.get("DATELINE_TEST_POSTGRES", "")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not lake_profile.BUCKET, reason="no Postgres and no store; `make test-postgres` brings both"),
]
COUNT = "select count(*), count(distinct item_id) from item_facts"


@pytest.fixture
def settings(tmp_path):
    """A database of its own on the server, and a prefix of its own in the store; no lake yet."""
    yield read_settings(tmp_path, lake_profile.lead(tmp_path))
    lake_profile.drop_below(tmp_path)


@pytest.fixture
def address(settings):
    lake_profile.copy_template(settings.home)
    return locate_lake(settings)


def append(address, rows):
    with write_lake(address, "test", NOW, "test") as lake:
        return lake.append("item_facts", rows)


def test_asking_whether_a_lake_is_current_makes_no_table(settings):
    address = locate_lake(settings)

    assert not is_current(address)
    with pytest.raises(LakeMissing):
        connect_reader(address)
    with pytest.raises(LakeMissing):
        connect_writer(address)
    with psycopg.connect(address.metadata.removeprefix("postgres:")) as server:
        assert server.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone() == (0,)


def test_a_lake_of_an_earlier_layout_keeps_its_rows_and_comes_to_todays(settings):
    address = locate_lake(settings)
    written = make_earlier_lake(address, 12)

    assert len(migrate_lake(address, NOW)) == latest_migration() - 12
    with closing(connect_reader(address)) as connection:
        for table, row in written.items():
            assert connection.table(table).select(*row).fetchall() == [tuple(row.values())], table
        for view in list_sql("views"):
            connection.table(view.name).fetchall()


WRITER = """
import os
import sys
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import PassRun
from tasks.edge.previewing import Preview, preview_reread
from tasks.settings import read_settings
from tests.homes import CATALOG
from tests.lakes import DAY, NOW, items

lake, data, home, name = sys.argv[1:]
address = locate_lake(read_settings(home, {**os.environ, "DATELINE_LAKE": lake, "DATELINE_DATA": data}))
print("ready", flush=True)
sys.stdin.readline()
for batch in range(5):
    with write_lake(address, name, NOW, "a batch") as lake:
        new = lake.append("item_facts", items(range(batch * 20, batch * 20 + 20)))
        if name == "stuck":
            print("stuck", flush=True)
            sys.stdin.readline()
    print(new, flush=True)
"""


def start_writer(settings, name):
    """A writer on another machine, as far as the lake can tell: with a home of its own."""
    return start_python(WRITER, settings.lake, settings.data, str(settings.home / name), name)


def test_two_machines_that_write_the_same_keys_make_no_duplicates(settings, address):
    writers = [start_writer(settings, name) for name in ("one", "two")]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    outputs = [writer.communicate("go\n") for writer in writers]

    assert [err for _, err in outputs] == ["", ""]
    assert sum(int(new) for out, _ in outputs for new in out.split()) == 100
    assert read_lake(address, COUNT) == [(100, 100)]
    with closing(connect_reader(address)) as connection:
        assert find_duplicates(connection, NOW) == ()


def test_a_writer_that_is_killed_in_its_transaction_leaves_nothing_and_frees_the_lock(settings, address):
    stuck = start_writer(settings, "stuck")
    stuck.stdin.write("go\n")
    stuck.stdin.flush()
    assert [stuck.stdout.readline() for _ in range(2)] == ["ready\n", "stuck\n"]
    assert read_holder(address, "write").startswith(f"stuck, process {stuck.pid} on ")
    stuck.send_signal(signal.SIGKILL)
    stuck.communicate()

    assert append(address, items(range(30))) == 30
    assert read_lake(address, COUNT) == [(30, 30)]


def test_locks_of_another_lake_on_the_same_server_are_not_ours(address, settings):
    other = locate_lake(read_settings(settings.home, {"DATELINE_LAKE": SERVER, "DATELINE_DATA": "s3://other/"}))
    with hold_pass_lock(address, "ours"), hold_pass_lock(other, "theirs"):
        assert (read_holder(address), read_holder(other)) == ("ours", "theirs")


def test_a_long_reader_holds_no_writer_up(address):
    with closing(connect_reader(address)) as reader:
        reader.execute("BEGIN")
        assert reader.execute(COUNT).fetchall() == [(0, 0)]
        assert append(address, items(range(40))) == 40
        assert reader.execute(COUNT).fetchall() == [(0, 0)]
        reader.execute("COMMIT")
        assert reader.execute(COUNT).fetchall() == [(40, 40)]


def test_upkeep_and_publish_work_beside_a_reader(address, settings):
    with closing(connect_reader(address)) as reader:
        for number in range(3):
            append(address, items(range(number * 30, number * 30 + 30)))
        report = keep_lake(address, NOW, None)
        assert reader.execute(COUNT).fetchall() == [(90, 90)]
        assert publish_press(address, settings.home, NOW).is_file()
    assert report.backup is None
    assert report.files_after < report.files_before
    assert report.duplicates == ()


def test_a_reread_is_foreseen_without_a_write(address, settings):
    with write_lake(address, "test", NOW, "test") as lake:
        lake.append("article_facts", [fill_row(lake.connection, "article_facts", article_id="a", text="Talks opened.")])
    before, preview = count_snapshots(address), Preview()
    run = PassRun("preview", "reread", NOW, settings, CATALOG, address)

    assert list(preview_reread(run, (DAY, DAY), preview)) == []

    assert (preview.read, preview.compared.articles, preview.compared.unread) == (1, 1, 1)
    assert count_snapshots(address) == before
    assert read_lake(address, "from reading_facts") == []


def test_a_reread_by_two_chunks_switches_its_day(address, settings, monkeypatch):
    monkeypatch.setattr(rereading, "CHUNK", 2)
    with write_lake(address, "test", NOW, "test") as lake:
        told = [{"article_id": name, "text": f"Talks opened in hall {name}."} for name in "abc"]
        lake.append("article_facts", [fill_row(lake.connection, "article_facts", **parts) for parts in told])
    run = PassRun("reread", "reread", NOW, settings, CATALOG, address)

    assert [reread_all(run), reread_all(run)] == [3, 0]

    assert read_lake(address, "select count(*), count(distinct article_id) from reading_facts") == [(3, 3)]
    assert read_lake(address, "select day, rules_version from activation_facts") == [(DAY, "rules")]


def test_an_export_holds_what_the_views_say_and_is_not_written_twice(address, tmp_path):
    with write_lake(address, "test", NOW, "test") as lake:
        lake.append("item_facts", items(range(50)))
    done = export_days(address, tmp_path / "export", NOW, (date.min, date.max))
    again = export_days(address, tmp_path / "export", NOW, (date.min, date.max))

    assert (done.written, again.written) == ([DAY], [])
    files = duckdb.read_parquet(f"{tmp_path}/export/items/**/*.parquet", hive_partitioning=True)
    assert files.aggregate("day, count(*)").fetchall() == [(DAY, 50)]


def test_to_restore_is_left_to_postgres(address):
    with pytest.raises(DatelineError, match="pg_restore"):
        list_copies(address)


def test_a_wrong_password_is_not_told(settings):
    lake = f"{settings.lake.replace('host=', 'connect_timeout=5 host=')} password=hunter2".replace("user=", "user=no")
    address = locate_lake(read_settings(settings.home, {"DATELINE_LAKE": lake}))
    with pytest.raises(DatelineError, match="cannot be") as caught:
        migrate_lake(address, NOW)
    assert "hunter2" not in str(caught.value)


def add_article(address, number):
    with write_lake(address, "test", NOW, "test") as lake:
        rows = [fill_row(lake.connection, "article_facts", article_id=f"{number}-{n}") for n in range(15)]
        lake.append("article_facts", rows)


def test_a_load_downstream_takes_what_was_committed_since_its_cursor_and_opens_those_files_alone(address):
    with closing(connect_reader(address)) as reader:
        cursor, taken = "", []
        for number in range(4):
            add_article(address, number)
            rows = ask(reader, "select article_id, cursor from changes_since($cursor)", {"cursor": cursor}).rows
            taken.append({ident for ident, _ in rows})
            before, cursor = cursor, max(place for _, place in rows)
        assert taken == [{f"{number}-{n}" for n in range(15)} for number in range(4)]
        asked = f"explain (analyze, format json) select * from changes_since('{before}')"  # noqa: S608 - our own cursor
        ((_, plan),) = reader.execute(asked).fetchall()
        scans = re.findall(r'"Table": "(\w+)"[^{}]*"Total Files Read": "(\d+)"', plan)
        assert [count for table, count in scans if table == "article_facts"] == ["1"]
        with pytest.raises(QueryRefused, match="is not of this lake"):
            ask(reader, "from changes_since('000000000009-00000000')")
