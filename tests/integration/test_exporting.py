"""The public relations as Parquet by day: what the views say, for tools that know no lake, and only changed days anew."""

import json
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as pads
import pytest

from tasks.core.errors import DatelineError, LakeMissing
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import connect_writer, locate_lake
from tasks.edge.lake.exporting import ACROSS, export_days
from tasks.edge.lake.statements import list_sql
from tasks.edge.lake.write import KEYS
from tasks.settings import read_settings
from tests.lakes import locate, read_lake
from tests.sample_acts import run_acts

EVER = (date.min, date.max)
VIEWS = [view.name for view in list_sql("views")]


def address_of(home):
    return locate_lake(read_settings(home, {}))


def export(home, folder, bounds=EVER):
    return export_days(address_of(home), folder, utc_now(), bounds)


def list_files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")}


def read_folder(folder, relation):
    """What a DuckDB without anything of ours reads, in the order of the names of its columns."""
    path = folder / relation
    if not any(path.rglob("*.parquet")):
        return []
    columns = sorted(duckdb.sql(f"from read_parquet('{path}/**/*.parquet', hive_partitioning => true)").columns)
    listed = ", ".join(columns)
    return duckdb.sql(
        f"select {listed} from read_parquet('{path}/**/*.parquet', hive_partitioning => true) order by all"  # noqa: S608
    ).fetchall()


def read_view(home, relation):
    columns = sorted(row[0] for row in read_lake(address_of(home), f"describe {relation}"))
    return read_lake(address_of(home), f"select {', '.join(columns)} from {relation} order by all")  # noqa: S608


@pytest.fixture(scope="module")
def acts(tmp_path_factory):
    """The sample wire after its first poll and after its second, an export after the first, brought up after the second."""
    folder = tmp_path_factory.mktemp("acts")
    done = []
    for _ in run_acts(folder, utc_now()):
        done.append(export(folder / "home", folder / "export"))
        if len(done) == 1:
            shutil.copytree(folder / "export", folder / "first")
    return folder, done


@pytest.mark.parametrize("relation", VIEWS)
def test_the_files_say_what_the_view_says_also_when_only_what_changed_was_written(acts, relation):
    folder, _ = acts
    assert read_folder(folder / "export", relation) == read_view(folder / "home", relation)


def test_polars_and_pyarrow_read_the_same_with_days_as_days(acts):
    folder, _ = acts
    days = read_lake(address_of(folder / "home"), "select day, count(*) from topics group by day order by day")
    scanned = pl.scan_parquet(folder / "export" / "topics" / "**" / "*.parquet", hive_partitioning=True)
    assert scanned.group_by("day").len().sort("day").collect().rows() == days
    hive = pads.partitioning(pa.schema([("day", pa.date32())]), flavor="hive")
    table = pads.dataset(folder / "export" / "topics", partitioning=hive).to_table(columns=["day", "article_id"])
    assert pl.from_arrow(table).group_by("day").len().sort("day").rows() == days


def test_an_export_of_what_has_not_changed_writes_no_file(acts, tmp_path):
    folder, _ = acts
    export(folder / "home", tmp_path / "mine")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "mine").rglob("*.parquet")}
    again = export(folder / "home", tmp_path / "mine")
    assert (again.written, again.removed) == ([], [])
    known = json.loads((tmp_path / "mine" / "export.json").read_text(encoding="utf-8"))
    (tmp_path / "mine" / "export.json").write_text(json.dumps({**known, "across": "other"}), encoding="utf-8")
    export(folder / "home", tmp_path / "mine")  # asks meetings and the like again, of which no row has changed
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "mine").rglob("*.parquet")} == stamps
    assert not list((tmp_path / "mine").rglob(".part-*"))


def test_days_out_of_bounds_are_left_alone_and_a_day_without_rows_goes(acts, tmp_path):
    folder, _ = acts
    days = [day for (day,) in read_lake(address_of(folder / "home"), "select distinct day from articles order by day")]
    done = export(folder / "home", tmp_path, (days[-1], days[-1]))
    assert done.written == [days[-1]]
    gone = tmp_path / "articles" / "day=1999-01-01"
    gone.mkdir()
    (gone / "part.parquet").write_bytes(b"a day that the lake no longer has")
    assert export(folder / "home", tmp_path, (days[-1], days[-1])).removed == []
    assert export(folder / "home", tmp_path).removed == [date(1999, 1, 1)]
    assert not gone.exists()


def test_the_dictionary_lists_every_relation_with_its_columns_and_their_meaning(acts):
    folder, _ = acts
    listed = json.loads((folder / "export" / "dictionary.json").read_text(encoding="utf-8"))
    assert [each["relation"] for each in listed] == VIEWS
    assert all(column["meaning"] for each in listed for column in each["columns"])
    readme = (folder / "export" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{view}`" in readme for view in VIEWS)


def test_a_day_of_a_relation_that_is_not_named_as_across_days_is_made_of_that_days_facts_alone(stories_home, tmp_path):
    """Else the mark of a day would not tell that its rows have changed."""
    home = Path(shutil.copytree(stories_home, tmp_path / "home"))
    (day,) = read_lake(address_of(home), "select max(day) from articles")[0]
    assert read_lake(address_of(home), "select count(distinct day) > 1 from articles") == [(True,)]
    columns = {name: [row[0] for row in read_lake(address_of(home), f"describe {name}")] for name in (*VIEWS, *KEYS)}
    asked = {name: f"from {name} where day = date '{day}' order by all" for name in set(VIEWS) - ACROSS}
    asked = {name: statement for name, statement in asked.items() if "day" in columns[name]}
    before = {name: read_lake(address_of(home), statement) for name, statement in asked.items()}

    with closing(connect_writer(address_of(home))) as lake:
        for table in KEYS:
            if "day" in columns[table]:
                lake.execute(f"delete from {table} where day <> date '{day}'")  # noqa: S608 - our own

    assert len(before["topics"]) > 0
    assert {name: read_lake(address_of(home), statement) for name, statement in asked.items()} == before


def test_a_folder_that_cannot_be_written_is_one_sentence(acts, tmp_path):
    folder, _ = acts
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatelineError, match=r"The export to .* did not end \(.*\); every file in it is whole"):
        export(folder / "home", tmp_path / "file" / "export")


def test_without_a_lake_no_folder_is_made(tmp_path):
    with pytest.raises(LakeMissing):
        export_days(locate(tmp_path / "none"), tmp_path / "out", utc_now(), EVER)
    assert not (tmp_path / "out").exists()
