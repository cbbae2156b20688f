"""Writing: once and whole, whoever writes at the same time and whenever the power goes."""

import re
import signal
from contextlib import closing
from datetime import timedelta

import pytest

from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.upkeep import find_duplicates
from tasks.edge.lake.write import KEYS, write_lake
from tests.lake_profile import sqlite_only
from tests.lakes import DAY, NOW, count_snapshots, fill_row, items, make_lake, read_lake, start_python

COUNT = "select count(*), count(distinct item_id) from item_facts"

# Appends the same items as everyone else, in five transactions; each is told when it is committed.
WRITER = """
import sys
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests.lakes import NOW, fill_row, items

address = locate_lake(read_settings(sys.argv[1], {}))
print("ready", flush=True)
sys.stdin.readline()
for batch in range(5):
    rows = items(range(batch * 20, batch * 20 + 20))
    with write_lake(address, sys.argv[2], NOW, "a batch") as lake:
        new = lake.append("item_facts", rows)
        outcomes = [fill_row(lake.connection, "outcome_facts", item_id=row["item_id"]) for row in rows]
        lake.append("outcome_facts", outcomes)
    print(batch, new, flush=True)
"""

# Holds an open transaction until it is killed.
STUCK = """
import sys
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests.lakes import NOW, items

address = locate_lake(read_settings(sys.argv[1], {}))
with write_lake(address, "the one that dies", NOW, "never") as lake:
    print(lake.append("item_facts", items(range(500))), flush=True)
    sys.stdin.readline()
"""


def append(address, table, rows):
    with write_lake(address, "test", NOW, "test") as lake:
        return lake.append(table, rows)


def test_a_key_that_stands_twice_in_a_batch_is_written_once_and_the_first_counts(tmp_path):
    address = make_lake(tmp_path)
    first, second = items([1]), [{**items([1])[0], "title": "Another wording"}]

    assert append(address, "item_facts", first + second + items([2])) == 2
    assert read_lake(address, "select title from item_facts order by 1") == [("Story 1",), ("Story 2",)]


def test_the_same_rows_again_are_no_rows_and_no_snapshot(tmp_path):
    address = make_lake(tmp_path)
    append(address, "item_facts", items(range(60)))
    before = count_snapshots(address)

    assert append(address, "item_facts", items(range(60))) == 0
    assert count_snapshots(address) == before


def test_of_rows_half_known_the_other_half_is_new(tmp_path):
    address = make_lake(tmp_path)
    append(address, "item_facts", items(range(30)))

    assert append(address, "item_facts", items(range(60))) == 30
    assert read_lake(address, COUNT) == [(60, 60)]


def test_an_item_that_is_seen_again_on_another_day_keeps_its_day(tmp_path):
    address = make_lake(tmp_path)
    append(address, "item_facts", items([1]))

    assert append(address, "item_facts", items([1], DAY + timedelta(days=1))) == 0
    assert read_lake(address, "select day from item_facts") == [(DAY,)]


@pytest.mark.parametrize("table", [table for table in KEYS if table != "commit_facts"])  # which each commit writes
def test_every_table_takes_a_row_once(lake_for_all, table):
    with write_lake(lake_for_all, "test", NOW, "test") as lake:
        row = fill_row(lake.connection, table)
        row.pop("commit_seq", None)  # which the commit itself gives
        assert lake.append(table, [row, row]) == 1
        assert lake.append(table, [row]) == 0
        (stored,) = lake.connection.table(table).select(*row).fetchall()
    assert stored == tuple(row.values())


@pytest.fixture(scope="module")
def lake_for_all(tmp_path_factory):
    return make_lake(tmp_path_factory.mktemp("home"))


def test_text_comes_back_as_it_was_written(tmp_path):
    address = make_lake(tmp_path)
    words = "“Мы встретимся” — 会谈 🕊️ l'Élysée; drop table item_facts; --\n\tend"
    append(address, "item_facts", [{**items([1])[0], "title": words}])
    assert read_lake(address, "select title from item_facts") == [(words,)]


def test_nothing_is_kept_of_a_block_that_fails(tmp_path):
    address = make_lake(tmp_path)
    before = count_snapshots(address)

    def write_and_fail():
        with write_lake(address, "test", NOW, "test") as lake:
            lake.append("item_facts", items(range(40)))
            lake.append("channel_facts", [fill_row(lake.connection, "channel_facts")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    assert read_lake(address, COUNT) == [(0, 0)]
    assert count_snapshots(address) == before
    assert append(address, "item_facts", items([1])) == 1


def test_a_commit_says_who_wrote_it(tmp_path):
    address = make_lake(tmp_path)
    with write_lake(address, "test", NOW, "store 20260301T120000-abcdef chunk 3") as lake:
        lake.append("item_facts", items([1]))

    last = "select author, commit_message from lake.snapshots() order by snapshot_id desc limit 1"
    assert read_lake(address, last) == [("dateline", "store 20260301T120000-abcdef chunk 3")]


def test_a_reader_sees_a_transaction_whole_or_not_at_all(tmp_path):
    address = make_lake(tmp_path)
    with closing(connect_reader(address)) as reader:
        with write_lake(address, "test", NOW, "test") as lake:
            lake.append("item_facts", items(range(30)))
            assert reader.execute(COUNT).fetchall() == [(0, 0)]
        assert reader.execute(COUNT).fetchall() == [(30, 30)]


def test_two_processes_that_write_the_same_keys_make_no_duplicates(tmp_path):
    address = make_lake(tmp_path)
    writers = [start_python(WRITER, str(tmp_path), name) for name in ("one", "two")]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    outputs = [writer.communicate("go\n") for writer in writers]

    assert [(writer.returncode, err) for writer, (_, err) in zip(writers, outputs, strict=True)] == [(0, "")] * 2
    assert sum(int(line.split()[1]) for out, _ in outputs for line in out.splitlines()) == 100
    assert read_lake(address, COUNT) == [(100, 100)]
    with closing(connect_reader(address)) as connection:
        assert find_duplicates(connection, NOW) == ()


def test_a_writer_that_is_killed_in_its_transaction_leaves_nothing_and_frees_the_lock(tmp_path):
    address = make_lake(tmp_path)
    stuck = start_python(STUCK, str(tmp_path))
    assert stuck.stdout.readline() == "500\n"
    stuck.kill()
    stuck.communicate()

    assert stuck.returncode == -signal.SIGKILL
    assert read_lake(address, COUNT) == [(0, 0)]
    assert append(address, "item_facts", items(range(500))) == 500


@pytest.mark.parametrize("batches", [1, 3])
def test_what_was_committed_before_a_kill_is_there_and_a_run_after_it_ends_whole(tmp_path, batches):
    """The kill comes right after a commit was told, somewhere in the next transaction."""
    address = make_lake(tmp_path)
    writer = start_python(WRITER, str(tmp_path), "one")
    writer.stdin.write("go\n")
    writer.stdin.flush()
    for _ in range(1 + batches):
        writer.stdout.readline()
    writer.kill()
    told = batches + len(re.findall(r"^\d+ 20$", writer.communicate()[0], re.MULTILINE))

    ((stored, distinct),) = read_lake(address, COUNT)
    assert stored == distinct
    assert stored in {told * 20, told * 20 + 20}  # a commit may be done and not yet told
    assert read_lake(address, "select count(*) from items where outcome is null") == [(0,)]
    again = start_python(WRITER, str(tmp_path), "two").communicate("go\n")
    assert again[1] == ""
    assert read_lake(address, COUNT) == [(100, 100)]


FULL_DISK = """
import resource, sys
from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests.lakes import NOW, items

address = locate_lake(read_settings(sys.argv[1], {}))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    with write_lake(address, "test", NOW, "too much") as lake:
        lake.append("item_facts", [{**row, "content": row["title"] * 40} for row in items(range(5000))])
except DatelineError as error:
    print(error)
"""


@sqlite_only
def test_where_no_more_can_be_written_the_error_is_one_sentence_and_nothing_is_lost(tmp_path):
    """A limit on the size of a file stands for a full disk: the write itself fails."""
    address = make_lake(tmp_path)
    append(address, "item_facts", items(range(10)))

    out, err = start_python(FULL_DISK, str(tmp_path), "20000").communicate()

    assert err == ""
    assert re.fullmatch(r"The lake at .* cannot be written \(.*\), and what was under way is not kept\. See .*\n", out)
    assert read_lake(address, COUNT) == [(10, 10)]
    assert append(address, "item_facts", items(range(20))) == 10


@sqlite_only
def test_a_lake_that_is_gone_is_said_in_one_sentence(tmp_path):
    address = make_lake(tmp_path)
    address.metadata_file.unlink()
    address.metadata_file.mkdir()

    with pytest.raises(DatelineError, match=r"^The lake at .* cannot be written \(.*unable to open database file\)"):
        append(address, "item_facts", items([1]))
