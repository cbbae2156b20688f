"""The archive read again with other rules: new readings, the same meetings, and no alert."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tasks.edge.rereading import reread_stored, select_days
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tests.homes import ask_lake
from tests.passes import begin_pass, run_pass

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown
COUNTS = (
    "select (select count(*) from topics), (select count(*) from actors), (select count(*) from quotes),"
    " (select count(*) from alerts)"
)
LEDGER = "select meeting_id, kind, status, claims from meetings order by all"


@contextmanager
def stored_sample(folder):
    with SampleServer(SAMPLE, NOW) as server:
        feeds = folder / "sample.toml"
        feeds.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        allowed = server.base_url.removeprefix("http://")
        run_pass(folder / "home", feeds, allow=allowed)
        with begin_pass(folder / "home", feeds, allow=allowed) as run:
            yield run


def test_a_day_read_again_is_of_the_new_rules_and_changes_neither_ledger_nor_alerts(tmp_path):
    with stored_sample(tmp_path) as run:
        counts, ledger = ask_lake(run, COUNTS), ask_lake(run, LEDGER)
        articles = ask_lake(run, "select count(*) from articles")[0][0]
        later = replace(run, catalog=replace(run.catalog, rules_version="other rules"))

        (day,) = select_days(later, None, None)
        read, again = reread_stored(later, day), reread_stored(later, day)

        assert (read, again) == (articles, 0), "a second time adds nothing"
        assert ask_lake(run, "select distinct rules_version from readings") == [("other rules",)]
        assert ask_lake(run, COUNTS) == counts
        assert ask_lake(run, LEDGER) == ledger
