"""`dateline rules test` and `rules diff`: an analyst adds one file, and sees it judged."""

import json
from datetime import UTC, datetime
from functools import partial

import pytest

from flows.__main__ import main
from tasks.catalog.recall import recall_catalog
from tests.homes import begin
from tests.stories import HARVEST, SHELLING, SUMMIT, write_stories

FERRY = {
    "url": "https://norvik.example/ferry",
    "title": "Ferry line closed",
    "text": "OSLO, December 12 (Norvik) - Norwegian ferrymen declared a harbour standoff on Friday, the army of Chile said.",
    "published_at": "2025-12-12T08:00:00Z",
    "wire": "Norvik Press",
}
STANDOFF = """[[topic]]
id = "conflict.standoff"
label = "Standoff"
definition = "Ships that face each other. Not: ferries that are late."
threshold = 2.5
strong = ["harbour standoff/n @country"]
medium = ["declare/v .. standoff"]
examples = [
  { text = "A harbour standoff began off Norway and shelling followed.", match = true },
  { text = "The harbour standoff ended off the coast.", match = false },
]
"""


@pytest.fixture
def analyst(tmp_path, monkeypatch):
    """A home without a lake, and a way to lay a file of topics into its catalog."""
    monkeypatch.chdir(tmp_path)

    def lay(text, folder="home/catalog"):
        (tmp_path / folder / "topics").mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "topics" / "mine.toml").write_text(text, encoding="utf-8")
        return tmp_path / folder

    return lay


def test_all_examples_of_the_catalog_hold(capsys):
    assert main(["rules", "test", "--home", "nowhere"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("All ")
    for kind in ("topics", "datelines", "cues"):
        assert f" of {kind}" in line


def test_a_file_of_ones_own_is_judged_beside_the_built_in_ones(analyst, capsys):
    assert main(["rules", "test", "--home", "nowhere", "--format", "json"]) == 0
    before = json.loads(capsys.readouterr().out)
    analyst(STANDOFF)
    assert main(["rules", "test", "--home", "home", "--format", "json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert after["examples"] == before["examples"] + 2
    assert (after["failed"], after["faults"]) == ([], [])


def test_an_example_that_fails_is_told_with_its_line_what_came_and_why(analyst, capsys):
    analyst(STANDOFF.replace(" began off Norway and shelling followed", " began"))
    assert main(["rules", "test", "--home", "home"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "home/catalog/topics/mine.toml:9: topic conflict.standoff: an example that must be tagged fails"
    assert out[1] == "  “A harbour standoff began.”"
    assert out[2].startswith("  conflict.standoff: no phrase of it counts here; “harbour standoff”")
    assert "its sentence lacks @country (a state); its class does not stand" in out[2]
    assert out[3].startswith("1 of ")


def test_a_counter_example_that_is_tagged_names_the_phrases(analyst, capsys):
    analyst(STANDOFF.replace("ended off the coast", "off Norway ended in shelling"))
    assert main(["rules", "test", "--home", "home"]) == 1
    first, _, why, *_ = capsys.readouterr().out.splitlines()
    assert first.endswith("mine.toml:10: topic conflict.standoff: an example that must not be tagged fails")
    assert "“harbour standoff” +4.5 (conflict.standoff: harbour standoff/n @country)" in why


def test_faults_are_told_beside_the_examples_that_can_be_run(analyst, capsys):
    folder = analyst(STANDOFF.replace("threshold = 2.5", "threshold = 99"), "other")
    assert main(["rules", "test", "--catalog", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "conflict.standoff" in out.splitlines()[0]
    assert "out of range" in out.splitlines()[0]
    assert "The catalog has 1 fault beside." in out


def test_a_folder_that_is_not_there_is_wrong_use(capsys):
    assert main(["rules", "test", "--catalog", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("There is no folder nowhere; give one")


def test_a_replacement_of_the_catalog_is_tried_alone_and_must_be_there(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATELINE_CATALOG", str(tmp_path / "none"))
    assert main(["rules", "test"]) == 2
    assert (
        capsys.readouterr().err
        == f"DATELINE_CATALOG is {tmp_path / 'none'}, which is no folder; correct it, or unset it.\n"
    )
    (tmp_path / "none").mkdir()
    assert main(["rules", "test"]) == 0
    assert capsys.readouterr().out == "The catalog has no example.\n"


def test_examples_of_datelines_and_cues_are_run_too(tmp_path, capsys):
    (tmp_path / "cues.toml").write_text('[[cue]]\nid = "cancelled"\nexample = "They met."\n', encoding="utf-8")
    (tmp_path / "wires.toml").write_text(
        "[[wire]]\nid = 'courier'\nurl = 'https://courier.example/x'\ndateline = '(?P<place>[a-z]+), GCN -'\n"
        "example = 'salalah, GCN - the two navies met'\n",
        encoding="utf-8",
    )
    assert main(["rules", "test", "--catalog", str(tmp_path), "--format", "json"]) == 1
    failed = {each["ident"]: each for each in json.loads(capsys.readouterr().out)["failed"]}
    assert failed["cancelled"]["came"] == "no phrase of the cue matches"
    assert failed["cancelled"]["where"].endswith("cues.toml:3")
    assert failed.keys() <= {"cancelled", "courier"}


# --- diff ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    begin(folder / "home", datetime(2025, 12, 13, tzinfo=UTC))
    path = write_stories(folder / "stories.jsonl", [SUMMIT, SHELLING, HARVEST, FERRY])
    assert main(["import", str(path), "--home", str(folder / "home")]) == 0
    return folder / "home"


@pytest.fixture
def diff(run):
    return partial(run, "rules", "diff")


@pytest.fixture
def diff_json(run_json):
    return partial(run_json, "rules", "diff")


def test_nothing_changes_while_the_rules_are_those_that_read_the_archive(diff):
    code, out, _ = diff()
    assert (code, out) == (
        0,
        f"0 of 4 articles change their tags between stored and today ({recall_catalog().rules_version}).\n",
    )


def test_a_new_topic_lists_the_stories_that_it_tags_with_the_phrase_that_did_it(analyst, diff, diff_json):
    folder = str(analyst(STANDOFF, "new"))
    told = diff_json("stored", folder)
    assert (told["articles"], told["changed"], told["not_compared"]) == (4, 1, 0)
    assert told["topics"]["conflict.standoff"] == {"came": 1, "went": 0}
    (article,) = told["changes"]
    assert (article["title"], article["day"]) == (FERRY["title"], "2025-12-12")
    change = next(each for each in article["changes"] if each["topic"] == "conflict.standoff")
    assert (change["kind"], change["score_before"]) == ("came", None)
    phrase = change["phrases"][0]
    assert (phrase["text"], phrase["rule"]) == ("harbour standoff", "conflict.standoff: harbour standoff/n @country")
    assert FERRY["text"][phrase["start"] : phrase["end"]] == phrase["text"]

    out = diff("stored", folder)[1]
    assert f"{article['article_id'][:8]} Ferry line closed" in out
    assert "  + conflict.standoff (none -> " in out
    assert "“harbour standoff” +4.5 (conflict.standoff: harbour standoff/n @country)" in out
    assert "conflict.standoff  1     0" in out


def test_what_went_is_told_with_what_took_it(analyst, diff):
    old, new = (
        str(analyst(STANDOFF, "old")),
        str(analyst(STANDOFF + 'masks = ["ferrymen declared a harbour standoff"]\n', "new")),
    )
    code, out, _ = diff(old, new)
    assert code == 0
    assert "  - conflict.standoff (" in out
    assert (
        "“harbour standoff”: “ferrymen declared a harbour standoff” takes it away, a mask of conflict.standoff" in out
    )


def test_what_kept_a_tag_away_before_is_told_while_the_rules_of_then_are_at_hand(analyst, diff_json):
    folder = str(analyst(STANDOFF, "new"))
    for old in ("stored", "plain", recall_catalog().rules_version[:8]):
        (article,) = diff_json(old, folder)["changes"]
        root = next(change for change in article["changes"] if change["topic"] == "conflict")
        assert root["reason"].startswith("before: conflict: "), old


def test_points_that_alone_moved_are_told_as_such(analyst, diff_json):
    old, new = str(analyst(STANDOFF, "old")), str(analyst(STANDOFF.replace("= 2.5", "= 20"), "new"))
    (article,) = diff_json(old, new)["changes"]
    (change,) = article["changes"]
    assert (change["kind"], change["topic"], change["is_same_words"]) == ("went", "conflict.standoff", True)
    assert "short by" in change["reason"]


def test_days_bound_what_is_compared(analyst, diff_json):
    folder = str(analyst(STANDOFF, "new"))
    assert diff_json("stored", folder, "--until", "2025-12-11")["articles"] == 3
    assert diff_json("stored", folder, "--since", "2025-12-12")["changed"] == 1
    assert diff_json("plain", folder, "--since", "2025-12-13")["articles"] == 0


def test_a_stored_version_is_named_by_its_beginning(diff, diff_json):
    version = recall_catalog().rules_version
    told = diff_json(version[:6], "plain")
    assert (told["old"], told["new"], told["changed"]) == (version, version, 0)
    assert diff(version[:6], "zzz")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "'nothing' is no folder and no rules_version that read articles here; give a catalog folder"),
        (["stored", "today", "--since", "2025-12-12", "--until", "2025-12-11"], "is after --until"),
        (["stored", "today", "--since", "soon"], "'soon' is no day"),
    ],
)
def test_a_slip_is_named(arguments, words, diff):
    code, _, err = diff(*arguments)
    assert code == 2
    assert words in err


def test_a_folder_with_faults_is_refused_with_all_of_them(analyst, diff):
    folder = str(analyst(STANDOFF.replace("threshold = 2.5", "threshold = 99").replace("label", "lable"), "new"))
    code, _, err = diff("stored", folder)
    assert code == 1
    assert "conflict.standoff" in err
    assert "lable" in err


def test_comparing_writes_nothing(home, analyst, diff):
    folder = str(analyst(STANDOFF, "new"))

    def list_files():
        # SQLite's own files beside the metadata are there while anybody reads, and say nothing.
        return {path: path.read_bytes() for path in home.rglob("*.*") if path.suffix in {".sqlite", ".parquet"}}

    before = list_files()
    assert diff("stored", folder)[0] == 0
    assert list_files() == before


def test_the_home_s_own_file_is_what_today_means(home, diff_json):
    (home / "catalog" / "topics").mkdir(parents=True)
    mine = home / "catalog" / "topics" / "mine.toml"
    mine.write_text(STANDOFF, encoding="utf-8")
    try:
        assert diff_json()["topics"]["conflict.standoff"] == {"came": 1, "went": 0}
        assert diff_json("today", "plain")["topics"]["conflict.standoff"] == {"came": 0, "went": 1}
    finally:
        mine.unlink()
