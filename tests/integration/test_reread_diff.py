"""`dateline reread --diff`: it tells what a reread then does, and writes nothing, not even while it waits."""

import json
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.__main__ import main
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.edge.lake.locks import hold_write_lock
from tasks.edge.lake.overlaid import lay_over
from tasks.edge.passes import open_pass
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tasks.settings import read_settings
from tests.homes import begin
from tests.lakes import DAY, count_snapshots, fill_row, make_lake, read_lake
from tests.passes import run_pass
from tests.rereads import reread_all
from tests.stories import HARVEST, SHELLING, write_stories
from tests.stories import SUMMIT as LONGER

ROOT = Path(__file__).parents[2]
SAMPLE = load_sample(ROOT / "deploy" / "sample")
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown
SUMMIT = {**LONGER, "text": LONGER["text"].partition("\n\nThe Daily")[0]}  # what tells of one meeting alone
GRAIN = """[[topic]]
id = "diplomacy.grain"
label = "Grain"
definition = "Talks about grain. Not: harvests."
threshold = 2.0
strong = ["exchange on grain"]
masks = ["killed in shelling", "shelling killed"]
examples = [{ text = "An exchange on grain.", match = true }, { text = "Grain rots.", match = false }]
"""
NO_SUMMIT = '[[cue]]\nid = "mountain"\nphrases = ["hold", "nairobi"]\n'  # so that no summit is held in Nairobi
DENIED = '[[cue]]\nid = "ruled_out"\nphrases = ["will hold"]\n'
TAGS = "select article_id, topic, score, confidence from topics order by all"
LISTED = "select article_id, topic from topics"
LIVE = "select meeting_id, status from meetings where claims > 0"
MEETINGS = "select meeting_id, status, parties from meetings order by all"


def lay(home, name, text):
    path = home / "catalog" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def import_stories(folder, *stories):
    begin(folder / "home", datetime(2025, 12, 12, tzinfo=UTC))
    path = write_stories(folder / "stories.jsonl", stories)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATELINE_ALERT_URLS", f"file:{folder / 'alerts.jsonl'}")
        assert main(["import", str(path), "--alert", "--home", str(folder / "home")]) == 0
    return folder / "home"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return import_stories(tmp_path_factory.mktemp("filled"), SUMMIT, SHELLING, HARVEST)


@pytest.fixture
def home(filled, tmp_path):
    shutil.copytree(filled, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def preview(capsys):
    def call(home, *arguments):
        capsys.readouterr()
        assert main(["reread", "--diff", "--format", "json", "--home", str(home), *arguments]) == 0
        return json.loads(capsys.readouterr().out)

    return call


def reread(home):
    with open_pass("reread", home=str(home), is_alone=False) as run:
        reread_all(run)


def ask(home, question):
    return read_lake(locate_lake(read_settings(home, {})), question)


def test_rules_that_changed_nothing_change_nothing(home, preview):
    told = preview(home)
    assert (told["articles"], told["changed"], told["read"]) == (3, 0, 0)
    assert told["meetings"] == {"come": [], "go": [], "change": []}
    assert told["alerts"] == {"come": [], "go": []}


def test_the_tags_that_it_lists_are_those_that_a_reread_then_changes(home, preview):
    before = {(row[0], row[1]) for row in ask(home, TAGS)}
    lay(home, "topics/mine.toml", GRAIN)
    told = preview(home)
    listed = {
        (change["kind"], article["article_id"], change["topic"])
        for article in told["changes"]
        for change in article["changes"]
    }
    reread(home)
    after = {(row[0], row[1]) for row in ask(home, TAGS)}

    assert {("came", *key) for key in after - before} | {("went", *key) for key in before - after} == listed
    assert "diplomacy.grain" in told["topics"]
    assert told["read"] == 3
    assert preview(home)["changed"] == 0


def test_the_ledger_that_it_foresees_is_the_one_that_a_reread_leaves(home, preview):
    lay(home, "cues.toml", DENIED)
    (change,) = preview(home)["meetings"]["change"]
    assert (change["before"]["status"], change["after"]["status"]) == ("planned", "ruled_out")
    reread(home)
    assert ask(home, MEETINGS) == [(change["meeting_id"], "ruled_out", ["BRA", "KEN"])]


def test_a_meeting_of_which_no_story_tells_goes_and_its_alert_stands_no_more(home, preview):
    ((meeting_id,),) = ask(home, "select meeting_id from meetings")
    lay(home, "cues.toml", NO_SUMMIT)
    told = preview(home)
    assert [each["meeting_id"] for each in told["meetings"]["go"]] == [meeting_id]
    assert [(alert["kind"], alert["meeting_id"]) for alert in told["alerts"]["go"]] == [("summit.new", meeting_id)]
    reread(home)
    assert ask(home, "select status from meetings") == [("withdrawn",)]
    assert ask(home, "select stands from alerts") == [(False,)]


def test_a_meeting_that_comes_is_listed_with_the_alert_that_it_would_have_raised(tmp_path, preview):
    lay(tmp_path / "home", "cues.toml", NO_SUMMIT)
    home = import_stories(tmp_path, SUMMIT)
    assert ask(home, "from alerts") == []
    (home / "catalog" / "cues.toml").unlink()

    told = preview(home)

    (meeting,) = told["meetings"]["come"]
    assert (meeting["before"], meeting["after"]["parties"]) == (None, ["BRA", "KEN"])
    (alert,) = told["alerts"]["come"]
    assert (alert["kind"], alert["meeting_id"]) == ("summit.new", meeting["meeting_id"])
    assert alert["sentence"] in SUMMIT["text"]
    reread(home)
    assert ask(home, "select meeting_id from meetings") == [(meeting["meeting_id"],)]
    assert ask(home, "from alerts") == [], "a reread raises none"


def test_what_it_foresees_of_the_whole_sample_is_what_a_reread_leaves(tmp_path, preview):
    """Tags, meetings and standing alerts of 70 stories, after rules that deny some summits and know of other topics."""
    with SampleServer(SAMPLE, NOW) as server:
        feeds = tmp_path / "sample.toml"
        feeds.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        run_pass(tmp_path / "home", feeds, allow=server.base_url.removeprefix("http://"))
    home = tmp_path / "home"
    lay(home, "topics/mine.toml", GRAIN.replace("exchange on grain", "(summit|truce|army)"))
    lay(home, "cues.toml", DENIED + NO_SUMMIT.replace('"hold", "nairobi"', '"vientiane", "valletta"'))
    tags, meetings = set(ask(home, LISTED)), set(ask(home, LIVE))
    alerts = set(ask(home, "select alert_id from alerts where stands"))

    told = preview(home)
    reread(home)

    came = {(a["article_id"], c["topic"]) for a in told["changes"] for c in a["changes"] if c["kind"] == "came"}
    went = {(a["article_id"], c["topic"]) for a in told["changes"] for c in a["changes"] if c["kind"] == "went"}
    assert set(ask(home, LISTED)) == (tags | came) - went
    ledger = told["meetings"]
    gone = {(each["meeting_id"], each["before"]["status"]) for each in (*ledger["go"], *ledger["change"])}
    new = {(each["meeting_id"], each["after"]["status"]) for each in (*ledger["come"], *ledger["change"])}
    assert set(ask(home, LIVE)) == (meetings - gone) | new
    fallen = {(alert["alert_id"],) for alert in told["alerts"]["go"]}
    assert set(ask(home, "select alert_id from alerts where stands")) == alerts - fallen
    assert came
    assert new
    assert gone


def test_people_read_it_in_words(home, capsys):
    lay(home, "topics/mine.toml", GRAIN)
    lay(home, "cues.toml", NO_SUMMIT)
    assert main(["reread", "--diff", "--home", str(home)]) == 0
    out = capsys.readouterr().out
    assert "  + diplomacy.grain (none -> 4.5): “exchange on grain” +4.5 (diplomacy.grain: exchange on grain)" in out
    assert "Meetings that would go:" in out
    assert "- summit.new  Brazil, Kenya; Nairobi, Kenya; 2025-12-20; planned" in out
    assert out.endswith("Nothing was written.\n")


def test_nothing_is_written_and_no_lock_is_asked_for(home, preview):
    lay(home, "topics/mine.toml", GRAIN)
    lay(home, "cues.toml", NO_SUMMIT)
    address = locate_lake(read_settings(home, {}))
    snapshots, facts = count_snapshots(address), read_lake(address, "select count(*) from reading_facts")

    def list_files():
        # SQLite's own memory of who reads is there while anybody reads, and says nothing.
        return {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".sqlite-shm"}

    before = list_files()
    with hold_write_lock(address, "a pass of another process"):
        assert preview(home)["changed"] > 0
    after = list_files()
    own = {path for path in after if path.name.endswith((".lock", "-wal"))}

    assert {path: body for path, body in after.items() if path not in own} == {
        path: body for path, body in before.items() if path not in own
    }
    assert count_snapshots(address) == snapshots
    assert read_lake(address, "select count(*) from reading_facts") == facts


def test_days_bound_it(home, preview):
    lay(home, "topics/mine.toml", GRAIN)
    assert preview(home, "--since", "2025-12-11")["articles"] == 2
    assert preview(home, "--until", "2025-12-10")["articles"] == 1
    assert main(["reread", "--diff", "--since", "2025-12-11", "--until", "2025-12-10", "--home", str(home)]) == 2


def test_a_home_without_a_lake_is_not_made(tmp_path, capsys):
    assert main(["reread", "--diff", "--home", str(tmp_path / "none")]) == 1
    assert "No lake at" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_prefect_is_not_needed(home):
    program = (
        "import sys; from flows.__main__ import main; code = main(['reread', '--diff', '--home', sys.argv[1]]); "
        "sys.exit('prefect was imported' if 'prefect' in sys.modules else code)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(home)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


# --- what it stands on -----------------------------------------------------------------------------------------------


def test_what_is_laid_over_a_lake_is_seen_by_the_lakes_own_views_and_by_nobody_else(tmp_path):
    address = make_lake(tmp_path)
    with closing(connect_reader(address)) as stored:
        lake = lay_over(stored, ("reading_facts", "topic_facts"))
        with closing(lake.connection):
            for table in ("reading_facts", "topic_facts"):
                row = fill_row(lake.connection, table, confidence="high") if table == "topic_facts" else None
                row = row or fill_row(lake.connection, table)
                assert lake.append(table, [row, row]) == 1
            assert lake.connection.execute("select day, topic from topics").fetchall() == [(DAY, "x")]
            assert stored.execute("select count(*) from topics").fetchall() == [(0,)]
            assert lake.append("topic_facts", []) == 0
    assert read_lake(address, "select count(*) from topics") == [(0,)]
