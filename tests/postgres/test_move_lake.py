"""`dateline move-lake`: all rows in another place, checked; killed, refused and run again without harm."""

import hashlib
import shutil
import signal
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from flows.__main__ import main
from tasks.core.errors import BadInput, DatelineError, LakeMissing, PassRunning
from tasks.edge.lake import moving
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.edge.lake.locks import hold_pass_lock
from tasks.edge.lake.moving import move_lake
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.write import KEYS, write_lake
from tasks.settings import read_settings
from tests import lake_profile
from tests.lakes import DAY, NOW, fill_row, items, read_lake, start_python

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not lake_profile.BUCKET, reason="no Postgres and no store; `make test-postgres` brings both"),
]
FEW = ("item_facts", "alert_facts", "channel_facts")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An empty lake in SQLite: made once, since its DDL takes seconds."""
    home = tmp_path_factory.mktemp("sqlite")
    address = locate_local(home)
    moving.migrate_lake(address, NOW)
    return home


@pytest.fixture(scope="module")
def filled(tmp_path_factory, template):
    """A lake in SQLite with a row in each table, and items of ten days."""
    home = tmp_path_factory.mktemp("filled")
    shutil.copytree(template / "lake", home / "lake")
    with write_lake(locate_local(home), "test", NOW, "test") as lake:
        for table in KEYS:
            lake.append(table, [fill_row(lake.connection, table)])
        parts = {"alert_id": "two", "parties": ["ECU", "PAN"]}
        lake.append("alert_facts", [fill_row(lake.connection, "alert_facts", **parts)])
        days = (DAY - timedelta(days=number // 10) for number in range(100))
        lake.append("item_facts", [row for number, day in enumerate(days) for row in items([number], day)])
    return home


@pytest.fixture
def source(tmp_path, filled):
    """A copy of the filled lake."""
    shutil.copytree(filled / "lake", tmp_path / "home" / "lake")
    return locate_local(tmp_path / "home")


@pytest.fixture
def target(tmp_path):
    """The settings of a lake without rows, as a move finds it that is run again."""
    lake_profile.copy_template(tmp_path / "target")
    yield lake_profile.lead(tmp_path / "target")
    lake_profile.drop_below(tmp_path)


@pytest.fixture
def empty(tmp_path):
    """The settings of a database and a prefix with nothing in them."""
    yield lake_profile.lead(tmp_path / "empty")
    lake_profile.drop_below(tmp_path)


@pytest.fixture
def few(monkeypatch):
    """Only some tables are moved: what is tested is the same of all."""
    monkeypatch.setattr(moving, "KEYS", {table: KEYS[table] for table in FEW})


def locate_local(home):
    place = {"DATELINE_LAKE": f"sqlite:{home}/lake/meta.sqlite", "DATELINE_DATA": f"{home}/lake/data"}
    return locate_lake(read_settings(home, place))


def locate_at(home, place):
    return locate_lake(read_settings(home, place))


def read_all(address):
    """All rows of all tables, as text in order."""
    with closing(connect_reader(address)) as connection:
        return {table: sorted(map(str, connection.table(table).fetchall())) for table in moving.KEYS}


def look_at(folder):
    """All files below a folder with their content."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.parquet")}


def move(source, place, monkeypatch, *more):
    for name, value in place.items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATELINE_LAKE", source.metadata)
    monkeypatch.setenv("DATELINE_DATA", source.data)
    given = ["--to", f"{place['DATELINE_LAKE']} password=hunter2", "--data", place["DATELINE_DATA"]]
    return main(["move-lake", *given, "--home", str(source.home), *more])


def test_one_command_moves_a_lake_to_postgres_and_s3_and_leaves_the_old_one(source, empty, monkeypatch, capsys):
    before, files = read_all(source), look_at(source.home)
    monkeypatch.setattr(moving, "DAYS_AT_ONCE", 3)

    assert move(source, empty, monkeypatch) == 0

    told = capsys.readouterr().out
    place = locate_at(source.home, empty)
    assert read_all(place) == before == read_all(source)
    assert look_at(source.home) == files
    rows = sum(map(len, before.values()))
    assert rows > 100 + len(KEYS)
    assert f"{rows} rows of {len(KEYS)} tables were copied; counts and checksums" in told
    assert f'DATELINE_DATA="{empty["DATELINE_DATA"]}"' in told
    assert "password=..." in told
    assert "hunter2" not in told
    assert "the-secret-of-the-key" not in told
    assert move(source, empty, monkeypatch) == 0
    assert "were there already" in capsys.readouterr().out
    for left in ("raw/", "catalog/", "search.sqlite", str(source.metadata_file)):
        assert left in told


def test_other_rows_are_refused_and_stay(source, target, few):
    place = locate_at(source.home, target)
    with write_lake(place, "test", NOW, "test") as lake:
        lake.append("item_facts", items([9_000]))
    with pytest.raises(DatelineError, match=r"holds rows already \(item_facts\), and nothing was moved"):
        move_lake(source, place, NOW)
    assert read_lake(place, "select item_id from item_facts") == [("item-9000",)]


KILLED = """
import os, signal, sys
from tasks.edge.lake import moving
from tests.lakes import NOW
from tests.postgres.test_move_lake import FEW, locate_at, locate_local
from tests import lake_profile

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

home, target, point = sys.argv[1:]
moving.KEYS = {table: moving.KEYS[table] for table in FEW}
setattr(moving, point, die)
moving.move_lake(locate_local(home), locate_at(home, lake_profile.lead(lake_profile.Path(target))), NOW)
"""


@pytest.mark.parametrize("point", ["_check", "Moved"])
def test_a_move_that_is_killed_is_run_again(source, target, few, tmp_path, point):
    """When all is copied, and when all is committed."""
    place, before = locate_at(source.home, target), read_all(source)
    killed = start_python(KILLED, str(source.home), str(tmp_path / "target"), point)
    _, err = killed.communicate()
    assert killed.returncode == -signal.SIGKILL, err
    if point != "Moved":
        assert not any(read_all(place).values())

    assert move_lake(source, place, NOW).was_there is (point == "Moved")
    assert read_all(place) == before


def test_a_copy_that_is_not_the_same_is_not_kept(source, target, few, monkeypatch):
    place, whole = locate_at(source.home, target), moving._copy

    def lose(connection, table, days):
        return 0 if table == "alert_facts" else whole(connection, table, days)

    monkeypatch.setattr(moving, "_copy", lose)
    with pytest.raises(DatelineError, match="The copy of alert_facts did not come out as it was, so nothing was kept"):
        move_lake(source, place, NOW)
    assert not any(read_all(place).values())


def test_nothing_is_moved_while_a_pass_runs_on_either_side(source, target):
    place = locate_at(source.home, target)
    for address in (source, place):
        with hold_pass_lock(address, "monitor 7"), pytest.raises(PassRunning, match="monitor 7"):
            move_lake(source, place, NOW)


def test_a_moved_lake_is_written_and_kept_like_any_other_and_can_be_moved_back(source, target, few, template, tmp_path):
    place = locate_at(source.home, target)
    move_lake(source, place, NOW)
    with write_lake(place, "test", NOW, "test") as lake:
        assert lake.append("item_facts", items(range(110))) == 10
    assert keep_lake(place, NOW, None).duplicates == ()

    shutil.copytree(template / "lake", tmp_path / "back" / "lake")
    back = locate_local(tmp_path / "back")
    move_lake(place, back, NOW)
    assert read_all(back) == read_all(place)
    assert read_lake(back, "select count(*) from item_facts") == [(111,)]


def test_two_lakes_cannot_share_their_files_or_metadata(source, target):
    place = locate_at(source.home, target)
    with pytest.raises(BadInput, match="--to names the lake that is to be moved"):
        move_lake(source, source, NOW)
    for data in (source.data, f"{source.home}/lake/", f"{source.data}deeper/"):
        with pytest.raises(BadInput, match="give another place with --data"):
            move_lake(source, replace(place, data=data), NOW)


def test_no_lake_and_an_earlier_lake_are_not_moved(source, empty, tmp_path):
    place = locate_at(source.home, empty)
    with pytest.raises(LakeMissing):
        move_lake(locate_local(tmp_path / "none"), place, NOW)
    with write_lake(source, "test", NOW, "test") as lake:
        lake.connection.execute("delete from migration_facts where name = 'views'")
    with pytest.raises(DatelineError, match="bring it forward with `dateline upkeep`"):
        move_lake(source, place, NOW)
    with psycopg.connect(place.server) as server:
        assert server.execute("select to_regclass('ducklake_metadata')").fetchone() == (None,)


def test_a_database_that_is_not_there_is_named(source, target):
    missing = target["DATELINE_LAKE"].replace("dbname=lake_", "dbname=none_")
    with pytest.raises(DatelineError, match="make the database, or mend DATELINE_LAKE"):
        move_lake(source, locate_at(source.home, {**target, "DATELINE_LAKE": missing}), NOW)
