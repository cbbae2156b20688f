"""What the doctor says of the disk, by the archive's days and the lake's own list of files."""

from datetime import timedelta

import pytest

from tasks.desk import disk_checks
from tasks.desk.disk_checks import check_disk
from tasks.edge.clock import utc_now
from tasks.edge.disk_use import measure_growth
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests.lakes import fill_row, make_lake

TODAY = utc_now().date()
MB = 1_000_000


@pytest.fixture
def home(tmp_path):
    """A home with two whole days and a bit of today."""
    address = make_lake(tmp_path)
    for back, raw in ((2, 30 * MB), (1, 50 * MB), (0, 5 * MB)):
        day = TODAY - timedelta(days=back)
        folder = tmp_path / "raw" / day.isoformat()
        folder.mkdir(parents=True)
        with (folder / "pass-001.warc.gz").open("wb") as file:
            file.truncate(raw)
        with write_lake(address, "test", utc_now(), "test") as lake:
            article = fill_row(lake.connection, "article_facts", day=day)
            lake.append("article_facts", [{**article, "article_id": f"{back} {n}"} for n in range(15)])
    (tmp_path / "raw" / "torn").mkdir()
    return tmp_path


def tell(home, free, monkeypatch, **environ):
    monkeypatch.setattr(disk_checks, "free_bytes", lambda folder: free)
    (finding,) = check_disk(read_settings(home, environ))
    return finding


def test_a_day_is_the_mean_of_the_whole_days_of_pages_and_lake(home):
    growth = measure_growth(read_settings(home, {}), TODAY)
    assert growth.raw == 40 * MB
    assert growth.raw_days_held == 3
    metadata = (home / "lake" / "meta.sqlite").stat().st_size / 3
    assert metadata < growth.rest < metadata + 100_000  # two small files of articles


@pytest.mark.parametrize(("days", "state"), [(1000, "ok"), (29, "note"), (2, "fault")])
def test_little_room_is_noted_and_a_fault_in_time(home, days, state, monkeypatch):
    free = int(measure_growth(read_settings(home, {}), TODAY).total * days)
    finding = tell(home, free, monkeypatch)
    assert (finding.check, finding.state, finding.mend) == ("disk", state, "DATELINE_KEEP_RAW bounds the raw pages")
    assert "of which 40 MB raw pages" in finding.what


def test_pages_that_are_kept_for_a_time_end_growing(home, monkeypatch):
    finding = tell(home, 100 * MB, monkeypatch, DATELINE_KEEP_RAW="3")
    assert finding.state == "ok"
    assert finding.what.endswith("(raw pages are kept for 3 days)")


def test_a_new_home_has_no_day_to_judge_by(tmp_path, monkeypatch):
    make_lake(tmp_path)
    finding = tell(tmp_path, 120_000 * MB, monkeypatch)
    assert (finding.state, finding.what) == ("ok", "no whole day to judge by yet; 120 GB free")
    assert list(check_disk(read_settings(tmp_path / "none", {}))) == []
