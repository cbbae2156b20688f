"""Upkeep makes many files few and changes no row, beside those who read."""

import shutil
from contextlib import closing
from datetime import date, timedelta

import pytest

from tasks.core.errors import LakeBusy, LakeMissing
from tasks.edge.lake import locks, upkeep
from tasks.edge.lake.attach import connect_reader, connect_writer
from tasks.edge.lake.publish import publish_press
from tasks.edge.lake.upkeep import BACKUPS_KEPT, drop_old_raw, find_duplicates, keep_lake
from tasks.edge.lake.write import write_lake
from tests.lake_profile import sqlite_only
from tests.lakes import DAY, NOW, fill_row, items, list_data, locate, make_lake, put_data, read_lake

ROWS = "select count(*), count(distinct item_id), sum(length(title)) from item_facts"


def write_passes(address, passes, first=0):
    """Passes of thirty items each: more than DuckLake keeps in its metadata, so each makes a file."""
    for number in range(first, first + passes):
        with write_lake(address, "test", NOW, "test") as lake:
            lake.append("item_facts", items(range(number * 30, number * 30 + 30), DAY - timedelta(days=number % 2)))


def list_files(address):
    """The files of items, also those that the lake has done with."""
    return list_data(address, "item_facts")


def test_the_files_of_many_passes_become_one_a_day_and_no_row_changes(tmp_path):
    address = make_lake(tmp_path)
    write_passes(address, 6)
    before = read_lake(address, ROWS)

    files = "select data_file from ducklake_list_files('lake', 'item_facts')"
    assert len(read_lake(address, files)) == 6

    report = keep_lake(address, NOW, None)

    assert report.files_after < report.files_before
    assert read_lake(address, ROWS) == before
    assert len(read_lake(address, files)) == 2


def test_files_that_were_merged_stay_for_a_day_and_then_go(tmp_path):
    """A reader that began before the merge still reads them."""
    address = make_lake(tmp_path)
    write_passes(address, 4)
    written = list_files(address)
    soon = keep_lake(address, NOW, None)
    assert soon.files_cleaned == 0
    assert written <= list_files(address)

    # DuckLake stamps its files and snapshots by the wall clock, and the wall clock is before 2200.
    later = keep_lake(address, NOW.replace(year=2200), None)

    assert later.files_cleaned > 0
    assert later.snapshots_expired > 0
    assert not written & list_files(address)
    assert read_lake(address, ROWS)[0][:2] == (120, 120)


def test_a_reader_that_stays_connected_reads_on_through_upkeep(tmp_path):
    address = make_lake(tmp_path)
    write_passes(address, 3)
    with closing(connect_reader(address)) as reader:
        assert reader.execute(ROWS).fetchall()[0][:2] == (90, 90)
        keep_lake(address, NOW, None)
        assert reader.execute(ROWS).fetchall()[0][:2] == (90, 90)
        write_passes(address, 2, first=3)
        keep_lake(address, NOW, None)
        assert reader.execute(ROWS).fetchall()[0][:2] == (150, 150)


def test_upkeep_and_publish_keep_out_of_each_others_way(tmp_path, monkeypatch):
    """A transaction of a reader that spans a merge can miss rows, so publish holds a lock that upkeep needs."""
    address = make_lake(tmp_path)
    monkeypatch.setattr(locks, "UPKEEP_WAIT_S", 0.0)
    with locks.hold_upkeep_lock(address, "a publish"):
        with pytest.raises(LakeBusy, match=r"compacted or published \(a publish\)"):
            keep_lake(address, NOW, None)
        with pytest.raises(LakeBusy, match=r"compacted or published \(a publish\)"):
            publish_press(address, tmp_path, NOW)
        write_passes(address, 1)

    assert read_lake(address, ROWS)[0][:2] == (30, 30)


def test_a_pass_writes_between_the_steps_of_upkeep(tmp_path, monkeypatch):
    """No step leaves the lock to the next: whoever waits for it gets in between."""
    address = make_lake(tmp_path)
    write_passes(address, 6)
    monkeypatch.setattr(upkeep, "MERGED_AT_ONCE", 1)
    steps = []

    def call_and_write(connection, address, who, procedure, call=upkeep._call):
        found = call(connection, address, who, procedure)
        if len(steps) < 9:
            write_passes(address, 1, first=6 + len(steps))
        steps.append(procedure.partition("(")[0])
        return found

    monkeypatch.setattr(upkeep, "_call", call_and_write)
    report = keep_lake(address, NOW, None)

    assert steps.count("ducklake_merge_adjacent_files") > 2
    assert report.duplicates == ()
    assert read_lake(address, ROWS)[0][:2] == (180 + 30 * min(len(steps), 9),) * 2


def test_what_a_killed_writer_left_behind_is_swept(tmp_path):
    address = make_lake(tmp_path)
    write_passes(address, 1)
    put_data(address, "item_facts", "ducklake-stray.parquet", b"half a file")

    assert keep_lake(address, NOW.replace(year=2200), None).orphans_removed == 1
    assert "ducklake-stray.parquet" not in list_files(address)


def test_rows_that_were_deleted_leave_the_files_too(tmp_path):
    """What an operator had to forget must not stay on the disk."""
    address = make_lake(tmp_path)
    with write_lake(address, "test", NOW, "test") as lake:
        lake.append("item_facts", [{**row, "title": "secret-word"} for row in items(range(50))])
    keep_lake(address, NOW, None)
    with write_lake(address, "test", NOW, "test") as lake:
        lake.connection.execute("delete from item_facts")

    keep_lake(address, NOW, None)
    keep_lake(address, NOW.replace(year=2200), None)

    assert list_files(address) == set()


@sqlite_only
def test_the_metadata_is_copied_first_and_only_the_newest_copies_are_kept(tmp_path):
    address = make_lake(tmp_path)
    kept_for_ever = address.metadata_file.with_name("meta.sqlite.before-0025-20260101T000000")
    kept_for_ever.touch()
    for number in range(BACKUPS_KEPT + 2):
        address.metadata_file.with_name(f"meta.sqlite.backup-202601{number + 1:02}T000000").touch()

    report = keep_lake(address, NOW, None)

    copies = sorted(path.name for path in address.metadata_file.parent.glob("meta.sqlite.backup-*"))
    assert report.backup == copies[-1] == "meta.sqlite.backup-20260301T120000"
    assert len(copies) == BACKUPS_KEPT
    assert kept_for_ever.exists()


@sqlite_only
def test_a_copy_of_the_metadata_brings_the_lake_of_that_moment_back(tmp_path):
    """As the runbook says: the copy in the place of the metadata, without the files of the WAL beside it."""
    address = make_lake(tmp_path / "home")
    write_passes(address, 2)
    report = keep_lake(address, NOW, None)
    write_passes(address, 2, first=2)
    keep_lake(address, NOW + timedelta(hours=2), None)
    shutil.move(tmp_path / "home", tmp_path / "restored")

    restored = locate(tmp_path / "restored")
    copy = restored.metadata_file.with_name(report.backup)
    for beside in ("-wal", "-shm"):
        restored.metadata_file.with_name(f"meta.sqlite{beside}").unlink(missing_ok=True)
    copy.replace(restored.metadata_file)

    assert read_lake(restored, ROWS)[0][:2] == (60, 60)
    write_passes(restored, 3)
    assert read_lake(restored, ROWS)[0][:2] == (90, 90)


def test_a_key_that_stands_twice_is_reported_with_its_table(tmp_path):
    address = make_lake(tmp_path)
    with closing(connect_writer(address)) as connection:  # past `append`, which lets no key in twice
        row = fill_row(connection, "topic_facts")
        for _ in range(2):
            connection.table("topic_facts").insert([*row.values()])

    assert keep_lake(address, NOW, None).duplicates == ("topic_facts",)


def test_duplicates_are_looked_for_among_the_last_days_only(tmp_path):
    address = make_lake(tmp_path)
    with closing(connect_writer(address)) as connection:
        row = fill_row(connection, "topic_facts", day=date(2020, 1, 1))
        for _ in range(2):
            connection.table("topic_facts").insert([*row.values()])
        assert find_duplicates(connection, NOW) == ()


def test_upkeep_of_no_lake_makes_none(tmp_path):
    with pytest.raises(LakeMissing):
        keep_lake(locate(tmp_path), NOW, None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("days", "gone"), [(None, 0), (1, 2), (2, 1), (30, 0)])
def test_raw_pages_past_their_keeping_time_go(tmp_path, days, gone):
    for day in ("2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "pass.warc.gz").write_bytes(b"pages")
    (tmp_path / ".staged").mkdir()

    assert drop_old_raw(tmp_path, date(2026, 3, 1), days) == gone
    assert len(list(tmp_path.iterdir())) == 5 - gone


def test_no_raw_pages_are_no_fault(tmp_path):
    assert drop_old_raw(tmp_path / "raw", DAY, 7) == 0
