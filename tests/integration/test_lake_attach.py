"""Connections: any home, a home that was moved, data elsewhere, and extensions that nobody else can slip in."""

import importlib.util
import os
import shutil
import stat
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tasks.core.errors import DatelineError, LakeMissing
from tasks.edge.lake import extensions
from tasks.edge.lake.adhoc import connect_adhoc, read_data_path
from tasks.edge.lake.attach import connect_reader, connect_writer, locate_lake, tell_cause, unreadable_lake
from tasks.edge.lake.extensions import LOAD_NAMES, find_extension, open_duckdb
from tasks.edge.lake.migrate import migrate_lake
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests.lakes import NOW, items, locate, make_lake, read_lake, start_python


def append(address, rows):
    with write_lake(address, "test", NOW, "test") as lake:
        return lake.append("item_facts", rows)


def test_a_home_may_have_any_name(tmp_path):
    home = tmp_path / "the editor's “Lage” 2026; --"
    address = make_lake(home)

    assert append(address, items(range(50))) == 50
    assert read_lake(address, "select count(*) from item_facts") == [(50,)]


def test_a_home_that_was_moved_is_read_and_written_where_it_is_now(tmp_path):
    append(make_lake(tmp_path / "old"), items(range(50)))
    shutil.move(tmp_path / "old", tmp_path / "new")
    settings = read_settings(tmp_path / "new", {})
    address = locate_lake(settings)

    assert read_lake(address, "select count(title) from item_facts") == [(50,)]
    assert append(address, items(range(100))) == 50
    with closing(connect_adhoc(address, settings)) as connection:
        assert connection.execute("select count(title) from item_facts").fetchone() == (100,)
        assert read_data_path(connection) == f"{tmp_path}/new/lake/data/"
    assert not (tmp_path / "old").exists()


def test_data_may_lie_elsewhere_and_whoever_only_reads_need_not_say_where(tmp_path):
    data = tmp_path / "elsewhere"
    address = locate(tmp_path / "home", DATELINE_DATA=str(data))
    migrate_lake(address, NOW)
    append(address, items(range(50)))

    assert list(data.rglob("*.parquet"))
    settings = read_settings(tmp_path / "home", {})
    assert read_lake(locate_lake(settings), "select count(title) from item_facts") == [(50,)]
    with closing(connect_adhoc(locate_lake(settings), settings)) as connection:
        assert connection.execute("select count(title) from item_facts").fetchone() == (50,)


def test_a_writer_with_other_data_than_the_lakes_is_refused_with_both_named(tmp_path):
    home, first, second = tmp_path / "home", tmp_path / "first", tmp_path / "second"
    migrate_lake(locate(home, DATELINE_DATA=str(first)), NOW)

    words = rf"keeps its data in {first}/, but the settings say {second}/\. Set DATELINE_DATA to {first}/"
    with pytest.raises(DatelineError, match=words):
        append(locate(home, DATELINE_DATA=str(second)), items([1]))
    assert not second.exists()


def test_a_home_without_a_lake_is_said_with_where_it_was_looked_for(tmp_path):
    with pytest.raises(LakeMissing, match=rf"^No lake at {tmp_path} \(--home.*Run `dateline run`, or give --home"):
        connect_reader(locate(tmp_path), "--home")
    assert list(tmp_path.iterdir()) == []


def test_a_kind_of_metadata_that_is_not_known_is_refused(tmp_path):
    with pytest.raises(DatelineError, match="DATELINE_LAKE is mysql:"):
        locate(tmp_path, DATELINE_LAKE="mysql:host=db")


def test_a_lake_in_a_folder_that_cannot_be_written_points_to_the_published_file(tmp_path):
    error = unreadable_lake(locate(tmp_path), "--home", duckdb.IOException("unable to open database file"))
    assert str(error).endswith(f"Make the folder writable, or open {tmp_path}/press.duckdb instead.")


READ = """
import os, sys
from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.settings import read_settings
os.setuid(65534)
try:
    connect_reader(locate_lake(read_settings(sys.argv[1], {})))
except DatelineError as error:
    print(error)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="needs the right to become another user")
def test_another_user_who_may_not_write_is_told_so_when_no_writer_is_there():
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        make_lake(Path(home))
        out, err = start_python(READ, home).communicate()

    assert err == ""
    assert "lies in a folder that cannot be written" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("no route\nmore\nlines", "no route"),
        ('at "dbname=l password=hunter2 host=h": refused.', 'at "dbname=l password=*** host=h": refused'),
        ("password='two words' host=h", "password=*** host=h"),
        ("postgres://press:hunter2@db/lake refused", "postgres://press:***@db/lake refused"),
        ("", "OSError"),
    ],
)
def test_a_cause_is_one_line_without_a_password(words, told):
    assert tell_cause(OSError(words)) == told


def test_nothing_is_downloaded_and_nothing_unsigned_can_be_loaded_afterwards(tmp_path):
    address = make_lake(tmp_path)
    for connect in (connect_reader, connect_writer, connect_reader):
        with closing(connect(address)) as connection:
            for name in ("allow_unsigned_extensions", "autoinstall_known_extensions", "autoload_known_extensions"):
                assert connection.execute("select current_setting(?)", [name]).fetchone() == (False,), name
            with pytest.raises(duckdb.InvalidInputException):
                connection.execute("SET allow_unsigned_extensions = true")


def test_an_extension_is_checked_before_it_is_first_loaded(tmp_path, monkeypatch):
    """A file of which one byte differs from the signed one is refused."""
    forged = tmp_path / "ducklake.duckdb_extension"
    body = bytearray(find_extension("ducklake").read_bytes())
    body[len(body) // 2] ^= 1
    forged.write_bytes(body)
    monkeypatch.setattr(extensions, "find_extension", lambda _: forged)
    monkeypatch.setattr(extensions, "_checked", set())

    with pytest.raises(duckdb.IOException, match="signature"):
        open_duckdb(("ducklake",), {})


@pytest.mark.parametrize("name", LOAD_NAMES)
def test_every_extension_loads_without_a_network(name):
    with closing(open_duckdb((name,), {})) as connection:
        found = "select loaded from duckdb_extensions() where extension_name = ?"
        assert connection.execute(found, [LOAD_NAMES[name]]).fetchone() == (True,)


def test_an_extension_that_is_not_installed_is_named(monkeypatch):
    with pytest.raises(DatelineError, match=r"extension spatial for .* is not installed; run `make setup` again"):
        find_extension("spatial")


def test_a_folder_that_others_can_write_lends_no_extension(tmp_path, monkeypatch):
    """In a shared folder such as /tmp its name can be guessed, and made before us."""
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    name = f"dateline-extensions-{os.getuid()}-{duckdb.__version__}"
    (theirs / "share" / name).mkdir(parents=True)
    (theirs / "share" / name).chmod(0o777)
    monkeypatch.setattr(extensions.sys, "prefix", str(theirs))
    monkeypatch.setattr(extensions.tempfile, "gettempdir", lambda: str(ours))

    found = find_extension("sqlite")

    assert found == ours / name / "sqlite_scanner.duckdb_extension"
    assert found.resolve().name == "sqlite.duckdb_extension"
    assert stat.S_IMODE((ours / name).stat().st_mode) == 0o700
    assert list((theirs / "share" / name).iterdir()) == []


@pytest.mark.skipif(importlib.util.find_spec("pandas") is not None, reason="pandas is installed, and found once")
def test_a_list_of_values_does_not_make_duckdb_search_for_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    class Finder:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            searched.append(name)

    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    with closing(open_duckdb((), {})) as connection:
        found = connection.execute("select len($ids)", {"ids": [str(n) for n in range(50)]}).fetchall()

    assert found == [(50,)]
    assert "pandas" not in searched
