"""The lake's metadata is lost: a copy comes into its place, and with it all that was written after the copy."""

import os
import re
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from flows.__main__ import main
from tasks.core.errors import BadInput, DatelineError
from tasks.edge.clock import utc_now
from tasks.edge.lake import locks
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.edge.lake.locks import hold_pass_lock
from tasks.edge.lake.migrate import migrate_lake
from tasks.edge.lake.restore import choose_copy, list_copies, restore_lake
from tasks.edge.lake.scrub import scrub_lake
from tasks.edge.lake.statements import list_sql
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.write import KEYS, write_lake
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tasks.settings import read_settings
from tests.lakes import NOW, items, locate, make_lake, read_lake
from tests.passes import run_pass

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
TOLD = [*KEYS, *(view.name for view in list_sql("views"))]


def address_of(home):
    return locate_lake(read_settings(home, {}))


def tell_lake(home):
    """All facts, and all that the views say."""
    with closing(connect_reader(address_of(home))) as lake:
        return {name: sorted(map(repr, lake.execute(f"from {name}").fetchall())) for name in TOLD}


def destroy(home):
    """The metadata as a bad disk leaves it."""
    for path in (home / "lake").glob("meta.sqlite-*"):
        path.unlink()
    (home / "lake" / "meta.sqlite").write_bytes(os.urandom(100_000))


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A home with a pass, its upkeep, a second pass that corrects and tells more, and another upkeep with merges."""
    folder, now = tmp_path_factory.mktemp("lived"), utc_now()
    home = folder / "home"
    with SampleServer(SAMPLE, now) as server:
        wires = folder / "sample.toml"
        wires.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        allow = server.base_url.removeprefix("http://")
        run_pass(home, wires, allow=allow, now=now)
        keep_lake(address_of(home), now, None)
        after_first = tell_lake(home)
        server.show(2)
        run_pass(home, wires, allow=allow, now=now + timedelta(minutes=5))
        keep_lake(address_of(home), now + timedelta(minutes=9), None)
        with write_lake(address_of(home), "test", now, "one row, which DuckLake would keep in its metadata") as lake:
            lake.append("item_facts", items([1]), are_new=True)
        yield home, wires, server, allow, after_first


@pytest.fixture
def home(lived, tmp_path):
    return Path(shutil.copytree(lived[0], tmp_path / "home"))


def test_the_oldest_copy_and_the_files_make_the_whole_lake_again(lived, home, capsys):
    before = tell_lake(home)
    assert before != lived[4]
    destroy(home)

    assert main(["restore", "--home", str(home)]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if "backup" in line and "whole" in line]
    assert len(listed) == 2
    assert main(["restore", listed[-1], "--home", str(home)]) == 0
    told = capsys.readouterr().out
    assert "is the lake's metadata again" in told
    assert re.search(r"[1-9]\d* rows written after it came back .* article [1-9]", told)
    assert "meta.sqlite.broken-" in told

    assert tell_lake(home) == before
    for table, key in KEYS.items():
        twice = f"select 1 from {table} group by {', '.join(key)} having count(*) > 1"  # noqa: S608 - our own
        assert read_lake(address_of(home), twice) == [], table
    assert main(["doctor", "--home", str(home)]) == 0
    assert "All is well." in capsys.readouterr().out


def test_the_next_pass_after_a_restore_finds_all_known_and_upkeep_loses_nothing(lived, home):
    _, wires, _, allow, _ = lived
    before = read_lake(address_of(home), "select count(*), count(distinct article_id) from article_versions")
    destroy(home)
    copies = list_copies(address_of(home))
    restore_lake(address_of(home), choose_copy(copies, "newest"), utc_now())

    done = run_pass(home, wires, allow=allow, now=utc_now() + timedelta(minutes=30))
    assert done.unexplained == (0, 0)
    assert done.sum["new"] == 0
    keep_lake(address_of(home), NOW.replace(year=2200), None)
    assert read_lake(address_of(home), "select count(*), count(distinct article_id) from article_versions") == before


def test_a_restore_that_is_run_again_adds_nothing(home):
    destroy(home)
    copy = choose_copy(list_copies(address_of(home)), "newest")
    restore_lake(address_of(home), copy, utc_now())
    told = tell_lake(home)
    restore_lake(address_of(home), copy, utc_now() + timedelta(seconds=2))
    assert tell_lake(home) == told


def test_a_file_of_a_transaction_that_was_cut_is_told_and_stays_for_a_day(tmp_path):
    address = make_lake(tmp_path)
    with write_lake(address, "test", NOW, "test") as lake:
        lake.append("item_facts", items(range(30)))
    keep_lake(address, NOW, None)
    stray = address.home / "lake" / "data" / "main" / "item_facts" / "ducklake-zz.parquet"
    stray.write_bytes(b"half a file")
    os.utime(stray, (0, 0))

    done = restore_lake(address, list_copies(address)[0], utc_now())

    assert (done.rows, done.unreadable) == ({}, [stray])
    assert keep_lake(address, utc_now(), None).orphans_removed == 0
    assert read_lake(address, "select count(*) from item_facts") == [(30,)]


def test_copies_that_are_damaged_or_name_files_that_are_gone_are_refused(tmp_path):
    address = make_lake(tmp_path)
    with write_lake(address, "test", NOW, "test") as lake:
        lake.append("item_facts", items(range(30)))
    keep_lake(address, NOW, None)
    damaged = address.metadata_file.with_name("meta.sqlite.backup-20260302T120000")
    damaged.write_bytes(b"SQLite format 3\0" + os.urandom(50_000))
    assert [bool(copy.fault) for copy in list_copies(address)] == [True, False]
    assert choose_copy(list_copies(address), "newest").path.name == "meta.sqlite.backup-20260301T120000"
    with pytest.raises(BadInput, match="it is damaged"):
        choose_copy(list_copies(address), damaged.name)

    next((tmp_path / "lake" / "data").rglob("item_facts/**/*.parquet")).unlink()
    with pytest.raises(BadInput, match="There is no copy 'newest' that could be restored"):
        choose_copy(list_copies(address), "newest")
    with pytest.raises(BadInput, match=r"1 of the \d+ files that it names are gone or cut"):
        choose_copy(list_copies(address), "meta.sqlite.backup-20260301T120000")


def test_a_lake_whose_metadata_is_gone_is_not_taken_for_a_new_one(tmp_path, capsys):
    """A pass would make an empty lake, and upkeep then sweep away what no metadata names."""
    address = make_lake(tmp_path)
    keep_lake(address, NOW, None)
    for path in (tmp_path / "lake").glob("meta.sqlite*"):
        if "backup" not in path.name:
            path.unlink()
    with pytest.raises(DatelineError, match=r"is gone, but copies of it are there; `dateline restore`"):
        migrate_lake(address, NOW)
    assert not address.metadata_file.exists()

    assert main(["doctor", "--home", str(tmp_path)]) == 1
    assert "is gone, copies of it are there" in capsys.readouterr().out


def test_no_restore_while_a_pass_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "PASS_WAIT_S", 0.0)
    address = make_lake(tmp_path)
    keep_lake(address, NOW, None)
    kept = address.metadata_file.read_bytes()
    with hold_pass_lock(address, "a pass"), pytest.raises(DatelineError, match=r"already running \(a pass\)"):
        restore_lake(address, list_copies(address)[0], NOW)
    assert address.metadata_file.read_bytes() == kept


def test_where_there_is_no_copy_that_is_said(tmp_path, capsys):
    assert main(["restore", "--home", str(tmp_path)]) == 1
    assert "There is no copy of the lake's metadata" in capsys.readouterr().out
    assert list_copies(locate(tmp_path)) == []


def test_what_a_restore_put_aside_goes_when_an_article_is_forgotten(tmp_path):
    """It holds rows, and bounds of columns, as the copies do."""
    address = make_lake(tmp_path)
    keep_lake(address, NOW, None)
    restore_lake(address, list_copies(address)[0], NOW)
    assert list((tmp_path / "lake").glob("meta.sqlite.broken-*"))
    with locks.hold_upkeep_lock(address, "forget"):
        scrub_lake(address, NOW)
    assert not list((tmp_path / "lake").glob("meta.sqlite.broken-*"))
