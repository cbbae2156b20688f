"""The command `dateline` on a real lake: what goes in, what comes out, and with which exit code."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows.__main__ import main
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.extensions import open_duckdb
from tasks.edge.lake.locks import hold_pass_lock
from tasks.settings import read_settings
from tests.homes import begin
from tests.published import read_atom, read_calendar, read_page
from tests.stories import HARVEST, SHELLING, STORIES, SUMMIT, write_stories

ROOT = Path(__file__).parents[2]
DATELINE = [sys.executable, "-m", "flows"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home into which the stories were imported, with alerts to a file."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATELINE_ALERT_URLS", f"file:{folder / 'alerts.jsonl'}")
        path = write_stories(folder / "stories.jsonl", STORIES)
        assert main(["import", str(path), "--alert", "--home", str(folder)]) == 0
    return folder


@pytest.fixture
def fresh(tmp_path):
    """The home of an empty lake, for tests that import into one of their own."""
    begin(tmp_path / "home", datetime(2025, 12, 12, tzinfo=UTC))
    return tmp_path / "home"


# --- read ------------------------------------------------------------------------------------------------------------


def test_readings_come_out_in_order_one_a_line_with_errors_in_their_place(tmp_path, capsys):
    path = write_stories(tmp_path / "stories.jsonl", [SUMMIT, "oops", {"title": "no text"}, SHELLING])

    assert main(["read", str(path)]) == 0

    out, err = capsys.readouterr()
    first, second, third, fourth = map(json.loads, out.splitlines())
    assert first["meetings"][0]["parties"] == ["BRA", "KEN"]
    assert second["error"].startswith("Line 2 is not JSON")
    assert third["error"].startswith('Line 3 has no "text"')
    assert "conflict" in {tag["topic"] for tag in fourth["topics"]}
    assert "2 of 4 lines" in err


def test_every_span_of_a_reading_is_its_text(tmp_path, capsys):
    assert main(["read", str(write_stories(tmp_path / "stories.jsonl", [SUMMIT]))]) == 0
    reading = json.loads(capsys.readouterr().out)
    proofs = [proof for tag in reading["topics"] for proof in tag["evidence"]]
    mentions = [mention for actor in reading["actors"] for mention in actor["mentions"]]
    claims = [claim for meeting in reading["meetings"] for claim in meeting["claims"]]
    assert proofs
    assert claims
    for part in [*proofs, *mentions, *claims, *reading["quotes"], *reading["citations"]]:
        source = SUMMIT["title"] if part.get("field") == "title" else SUMMIT["text"]
        assert source[part["start"] : part["end"]] == part["text"]


def test_a_language_without_rules_is_not_read_rather_than_empty(tmp_path, capsys):
    assert main(["read", str(write_stories(tmp_path / "stories.jsonl", [HARVEST]))]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["lang"] == "fr"
    assert reading["topics"] is None


def test_a_file_that_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["read", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_stories_come_from_stdin_and_nothing_heavy_is_imported(arguments):
    program = (
        "import sys; from flows.__main__ import main; code = main(['read', *sys.argv[1:]]); "
        "heavy = {'prefect', 'trafilatura', 'duckdb', 'aiohttp', 'polars', 'apprise'} & sys.modules.keys(); "
        "sys.exit(f'imported: {heavy}' if heavy else code)"
    )
    given = json.dumps(SHELLING)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], input=given, capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["lang"] == "en"


def test_a_reading_is_out_before_the_input_ends():
    with subprocess.Popen([*DATELINE, "read"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as reader:
        reader.stdin.write(json.dumps(SHELLING).encode() + b"\n")
        reader.stdin.flush()
        assert json.loads(reader.stdout.readline())["lang"] == "en"
        reader.stdin.close()
    assert reader.returncode == 0


def test_a_reader_that_has_gone_ends_the_command_quietly(tmp_path):
    path = write_stories(tmp_path / "stories.jsonl", [SHELLING] * 400)
    with subprocess.Popen(
        [*DATELINE, "read", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as reader:
        reader.stdout.readline()
        reader.stdout.close()
        assert reader.stderr.read() == b""
    assert reader.returncode == 0


def test_the_help_imports_no_command():
    program = (
        "import sys; from flows.__main__ import main; main(['--help']); main(['nonsense']); "
        "sys.exit(str({'prefect', 'duckdb'} & sys.modules.keys() or '') or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


# --- import ----------------------------------------------------------------------------------------------------------


def test_importing_twice_adds_nothing(home, run):
    before = run("sql", "from article_versions order by all", "--format", "json")[1]
    code, out, _ = run("import", str(home / "stories.jsonl"), "--alert")
    assert code == 0
    assert out.startswith("0 stories stored, 3 there already.")
    assert run("sql", "from article_versions order by all", "--format", "json")[1] == before


def test_every_item_of_an_import_has_an_end_and_its_sum_comes_out(run_json):
    runs = run_json("sql", "select * from runs order by started_at")
    assert {row["flow"] for row in runs} == {"import"}
    assert {(row["status"], row["unexplained"]) for row in runs} == {("finished", 0)}
    assert (runs[0]["found"], runs[0]["new"], runs[0]["stored"], runs[0]["alerts"]) == (3, 3, 3, 1)
    assert run_json("sql", "select distinct outcome from items") == [{"outcome": "stored"}]


def test_an_imported_story_carries_the_day_on_which_it_was_published(run_json):
    days = run_json("sql", "select day, published_source from articles order by day")
    assert [row["day"] for row in days] == ["2025-12-10", "2025-12-11", "2025-12-11"]
    assert {row["published_source"] for row in days} == {"import"}


def test_a_corrected_story_is_a_new_version(fresh, tmp_path, capsys):
    corrected = {**SUMMIT, "text": SUMMIT["text"].replace("December 20", "December 21")}
    path = write_stories(tmp_path / "stories.jsonl", [SUMMIT, corrected])
    home = ["--home", str(fresh)]

    assert main(["import", str(path), *home]) == 0
    assert capsys.readouterr().out.startswith("1 story stored, 1 stored as a new version.")
    assert main(["summits", "--format", "json", *home]) == 0
    (summit,) = json.loads(capsys.readouterr().out)
    assert summit["from"] == "2025-12-21"


def test_imported_history_is_silent_and_does_not_need_the_pass_lock(fresh, tmp_path, capsys):
    path = write_stories(tmp_path / "stories.jsonl", [SUMMIT])
    with hold_pass_lock(locate_lake(read_settings(fresh, {})), "a pass of another process"):
        assert main(["import", str(path), "--home", str(fresh)]) == 0
    capsys.readouterr()
    assert main(["alerts", "--format", "json", "--home", str(fresh)]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_alerts_of_an_import_are_left_to_the_pass_that_is_under_way(fresh, tmp_path, capsys):
    path = write_stories(tmp_path / "stories.jsonl", [SUMMIT])
    with hold_pass_lock(locate_lake(read_settings(fresh, {})), "a pass of another process"):
        assert main(["import", str(path), "--alert", "--home", str(fresh)]) == 0
    assert "A pass is under way" in capsys.readouterr().out


def test_lines_that_cannot_be_imported_are_named_and_the_others_stored(fresh, tmp_path, capsys):
    bad_address = {**SHELLING, "url": "meridian.example/no-scheme"}
    path = write_stories(tmp_path / "stories.jsonl", [SUMMIT, "oops", bad_address])
    assert main(["import", str(path), "--home", str(fresh)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("1 story stored, 2 lines left out.")
    assert f"{path}: Line 2 is not JSON" in err
    assert f'{path}: Line 3 has a "url"' in err


def test_a_slip_in_the_last_file_is_told_before_anything_is_stored(tmp_path, capsys):
    path = write_stories(tmp_path / "stories.jsonl", [SUMMIT])
    home = tmp_path / "home"
    assert main(["import", str(path), str(tmp_path / "none.jsonl"), "--home", str(home)]) == 2
    assert not home.exists()
    assert main(["import", "--home", str(home)]) == 2
    assert "No file was given" in capsys.readouterr().err


# --- latest, show ----------------------------------------------------------------------------------------------------


def test_the_latest_articles_come_newest_first_with_their_topics(run_json):
    rows = run_json("latest")
    assert [row["title"] for row in rows] == [HARVEST["title"], SHELLING["title"], SUMMIT["title"]]
    assert rows[0]["topics"] is None
    assert "conflict" in rows[1]["topics"]
    assert "diplomacy.summit" in rows[2]["topics"]


def test_latest_can_be_narrowed_by_topic_wire_and_time(run_json):
    assert [row["title"] for row in run_json("latest", "--topic", "diplomacy.summit")] == [SUMMIT["title"]]
    assert [row["title"] for row in run_json("latest", "--wire", "agence-lumen")] == [HARVEST["title"]]
    assert [row["title"] for row in run_json("latest", "--since", "2025-12-11T08:30")] == [HARVEST["title"]]
    assert len(run_json("latest", "--limit", "1")) == 1


@pytest.mark.parametrize(
    ("option", "value"), [("--topic", "diplomacy.sumit"), ("--wire", "nobody"), ("--since", "soon")]
)
def test_a_slip_in_a_filter_is_named_not_an_empty_list(run, option, value):
    code, _, err = run("latest", option, value)
    assert code == 2
    assert value in err


def test_a_story_is_shown_with_its_evidence_marked(run):
    code, out, _ = run("show", SUMMIT["url"])
    assert code == 0
    assert SUMMIT["title"] in out
    assert "[[" in out
    assert out.replace("[[", "").replace("]]", "").count(SUMMIT["text"]) == 1
    assert "Brazil, Kenya; Nairobi, Kenya; 2025-12-20; planned" in out


def test_a_story_in_another_language_is_said_to_be_not_read(run):
    code, out, _ = run("show", HARVEST["url"])
    assert code == 0
    assert "Not read: no rules know its language (fr)." in out


def test_a_stored_reading_is_what_read_says_of_the_same_story(run_json, tmp_path, capsys):
    shown = run_json("show", SUMMIT["url"])
    assert shown["text"] == SUMMIT["text"]
    assert main(["read", str(write_stories(tmp_path / "stories.jsonl", [SUMMIT]))]) == 0
    reading = json.loads(capsys.readouterr().out)
    for each in (shown["reading"], reading):
        each["topics"].sort(key=lambda tag: tag["topic"])
        each["citations"].sort(key=lambda citation: (citation["start"], citation["source"]))
        for tag in each["topics"]:
            tag["evidence"].sort(key=lambda proof: (proof["field"], proof["start"], proof["end"], proof["rule"]))
    assert shown["reading"] == reading
    assert list(shown["reading"]) == list(reading)


def test_an_article_is_named_by_any_unambiguous_beginning_of_its_id(run, run_json):
    (row,) = run_json("latest", "--topic", "diplomacy.summit")
    assert run_json("show", row["article_id"][:10])["url"] == SUMMIT["url"]
    code, _, err = run("show", "zzzz")
    assert code == 2
    assert "No article has the id or address 'zzzz'" in err


def test_an_ambiguous_beginning_lists_at_most_five(fresh, tmp_path, capsys):
    stories = [{**SHELLING, "title": f"Report {number}"} for number in range(40)]
    path = write_stories(tmp_path / "stories.jsonl", stories)
    home = ["--home", str(fresh)]
    assert main(["import", str(path), *home]) == 0
    capsys.readouterr()
    assert main(["latest", "--limit", "100", "--format", "json", *home]) == 0
    rows = json.loads(capsys.readouterr().out)
    firsts = [row["article_id"][0] for row in rows]
    common = max(firsts, key=firsts.count)

    assert main(["show", common, *home]) == 2

    err = capsys.readouterr().err
    assert err.count("(Report ") == min(firsts.count(common), 5)
    assert "give more of the id" in err


# --- summits, alerts, topics, feeds ----------------------------------------------------------------------------------


def test_a_summit_has_the_public_form(run_json):
    (summit,) = run_json("summits")
    assert list(summit) == [
        "meeting_id", "name", "aliases", "kind", "format", "organisation", "edition", "parties", "host", "place",
        "from", "to", "date_precision", "status", "first_seen", "last_seen", "wires", "origins", "claims",
    ]  # fmt: skip
    assert (summit["kind"], summit["parties"], summit["from"], summit["status"]) == (
        "summit",
        ["BRA", "KEN"],
        "2025-12-20",
        "planned",
    )
    assert summit["place"] == {"name": "Nairobi", "region": None, "country": "KEN", "precision": "city"}


def test_summits_can_be_narrowed_and_are_told_with_countries_by_name(run, run_json):
    assert len(run_json("summits", "--country", "kenya", "--status", "planned")) == 1
    assert run_json("summits", "--country", "FRA") == []
    assert run("summits", "--status", "dreamt of")[0] == 2
    assert "Brazil, Kenya" in run("summits")[1]


def test_an_alert_has_the_public_form_and_says_where_it_went(run_json):
    (alert,) = run_json("alerts")
    assert list(alert) == [
        "alert_id", "kind", "meeting_id", "wire_id", "value", "article_id", "article_url", "wire", "sentence", "title",
        "parties", "place", "from", "to", "status", "wires", "origins", "raised_at", "stands", "deliveries",
        "before", "name", "organisation", "confidence", "sources", "sides", "start", "end", "is_first_load",
    ]  # fmt: skip
    assert (alert["kind"], alert["article_url"], alert["stands"]) == ("summit.new", SUMMIT["url"], True)
    assert alert["sentence"] in SUMMIT["text"]
    assert [(sent["outcome"], sent["attempts"]) for sent in alert["deliveries"]] == [("sent", 1)]


def test_an_alert_is_told_in_words(run):
    code, out, _ = run("alerts", "--kind", "summit.new")
    assert code == 0
    assert "summit.new  Brazil, Kenya; Nairobi, Kenya; 2025-12-20; planned" in out
    assert "1 wire, 1 independent origin (meridian-wire citing Daily Harbour); went to file" in out


def test_the_channels_can_be_tried(home, run, monkeypatch):
    monkeypatch.setenv("DATELINE_ALERT_URLS", f"file:{home / 'tried.jsonl'}")
    assert run("alerts", "test")[0] == 0
    assert (home / "tried.jsonl").read_text(encoding="utf-8")
    code, _, err = run("alerts", "test", "nosuch")
    assert code == 2
    assert "nosuch" in err


def test_topics_are_listed_with_their_articles(run_json):
    counted = {row["topic"]: (row["articles"], row["recent_articles"]) for row in run_json("topics")}
    assert counted["diplomacy.summit"] == (1, 0)
    assert {row["topic"]: row["recent_articles"] for row in run_json("topics", "--since", "2025-12-01")}[
        "diplomacy.summit"
    ] == 1


def test_feeds_that_were_never_asked_say_so(run_json):
    assert {row["health"] for row in run_json("feeds")} == {"never asked"}
    assert run_json("feeds", "--wire", "nobody") == []


# --- sql -------------------------------------------------------------------------------------------------------------


def test_sql_answers_in_every_format(run, home):
    question = "select title, day from articles where wire_id = 'agence-lumen'"
    assert HARVEST["title"] in run("sql", question)[1]
    assert json.loads(run("sql", question, "--format", "json")[1]) == [{"title": HARVEST["title"], "day": "2025-12-11"}]
    rows = list(csv.reader(io.StringIO(run("sql", question, "--format", "csv")[1])))
    assert rows == [["title", "day"], [HARVEST["title"], "2025-12-11"]]
    target = home / "answer.parquet"
    assert run("sql", question, "-o", str(target))[0] == 0
    assert pl.read_parquet(target).schema["day"] == pl.Date


@pytest.mark.parametrize(
    "statement",
    [
        "drop table article_facts",
        "delete from article_facts",
        "copy articles to 'x.csv'",
        "attach 'x.db'",
        "select 1; select 2",
        "selekt",
    ],
)
def test_sql_that_does_not_read_is_refused_in_one_sentence(run, statement):
    code, out, err = run("sql", statement)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_sql_cannot_read_files_outside_the_lake(run, tmp_path):
    (tmp_path / "secret.txt").write_text("the plan", encoding="utf-8")
    statement = f"select * from read_text('{tmp_path / 'secret.txt'}')"  # noqa: S608 - what is tried
    code, out, err = run("sql", statement)
    assert (code, out) == (2, "")
    assert "the plan" not in err


def test_a_question_comes_by_pipe_or_by_the_name_of_an_example(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("select 41 + 1 as answer"))
    assert json.loads(run("sql", "--format", "json")[1]) == [{"answer": 42}]
    assert json.loads(run("sql", "passes", "--format", "json")[1])[0]["flow"] == "import"
    code, _, err = run("sql", "pases")
    assert code == 2
    assert "no example question" in err


def test_the_prompt_answers_goes_on_after_an_error_and_ends_quietly(run, monkeypatch):
    lines = iter(["selekt;", "mentions_of('nobody at all');", "select 41 + 1 as answer;"])

    def type_line(_prompt):
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", type_line)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    code, out, err = run("sql")
    assert code == 0
    assert "42" in out
    assert err.count("is no SQL and no example question") == 1


def test_the_schema_tells_every_public_relation_and_column(run_json):
    told = {(row["relation"], row["column"]) for row in run_json("sql", "--schema")}
    assert {("articles", ""), ("articles", "title"), ("summits", "parties"), ("runs", "unexplained")} <= told


def test_the_statements_of_attach_open_the_lake(run):
    code, out, _ = run("sql", "--attach")
    attach, attach_words = (line.strip() for line in out.splitlines() if line.strip().startswith("ATTACH"))
    assert code == 0
    assert run("search", "grain")[0] == 0
    with open_duckdb(
        ("ducklake", "sqlite"), {}
    ) as connection:  # the wheels stand in for INSTALL: nothing is downloaded
        connection.execute(attach)
        connection.execute("USE lake")
        assert connection.execute("select count(*) from articles").fetchone() == (3,)
        connection.execute(attach_words)
        assert connection.execute("select count(*) from search('grain')").fetchone() == (2,)


# --- upkeep, doctor --------------------------------------------------------------------------------------------------


def test_publish_writes_a_file_that_any_duckdb_opens(home, run):
    code, out, _ = run("publish")
    assert code == 0
    assert str(home / "press.duckdb") in out
    with duckdb.connect(str(home / "press.duckdb"), read_only=True) as press:
        assert press.execute("select count(*) from articles").fetchone() == (3,)


@pytest.mark.parametrize("command", ["publish", "upkeep"])
def test_calendar_atom_feed_and_page_are_written_where_the_settings_say(command, run, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_PUBLISH", str(tmp_path / "out"))
    code, out, _ = run(command)
    assert code == 0
    for name, read in (("summits.ics", read_calendar), ("alerts.atom", read_atom), ("index.html", read_page)):
        assert str(tmp_path / "out" / name) in out
        assert len(read((tmp_path / "out" / name).read_bytes())) > 0


def test_upkeep_keeps_what_was_asked_before(run):
    before = run("sql", "from articles order by all", "--format", "json")[1]
    assert run("upkeep")[0] == 0
    assert run("sql", "from articles order by all", "--format", "json")[1] == before


@pytest.mark.parametrize("command", ["upkeep", "publish"])
def test_upkeep_without_a_lake_makes_none(command, tmp_path, capsys):
    assert main([command, "--home", str(tmp_path / "none")]) == 1
    assert not (tmp_path / "none").exists()
    assert "No lake at" in capsys.readouterr().err


def test_the_doctor_finds_a_sound_home_well(run):
    code, out, _ = run("doctor")
    assert (code, "FAULT" in out) == (0, False)
    for check in ("installation", "pins", "home", "catalog", "lake", "passes", "feeds", "channels", "prefect"):
        assert f"  {check}: " in out


def test_the_doctor_exits_1_where_the_last_pass_is_too_old(run, run_json):
    assert run("doctor", "--max-age", "15m")[0] == 1
    assert run("doctor", "--max-age", "a while")[0] == 2
    assert {finding["state"] for finding in run_json("doctor")} <= {"ok", "note"}


def test_the_doctor_names_faults_of_settings_and_catalog_with_their_mend(tmp_path, monkeypatch, capsys):
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "wires.toml").write_text('[[wire]]\nid = "broken"\n', encoding="utf-8")
    monkeypatch.setenv("DATELINE_ALERT_URLS", "nosuch://x")
    assert main(["doctor", "--home", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "FAULT  catalog: " in out
    assert "FAULT  channels: " in out
    assert "2 faults found." in out
