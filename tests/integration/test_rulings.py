"""What an analyst rules of the ledger: merged rows, split rows, disputes, and one meeting shown whole."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tasks.core.errors import BadInput
from tasks.desk.alerts_follow import follow_alerts
from tasks.edge.ruling import merge_meetings, split_meeting
from tests.claims import BOGOTA, CARTAGENA, at, meet, tell
from tests.homes import ask_lake, begin, store

NOW = at("2025-12-11 12:00")
PLAN = tell("norvik-1", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20", place=CARTAGENA), wire_id="norvik")
TWIN = tell("lumen-1", "2025-12-11 10:00", meet("PAN", "COL", name="Pacific Summit", on="2025-12-20"), wire_id="lumen")
ROWS = "select parties, name, status, wires, claims from meetings order by first_seen"


@pytest.fixture
def home(tmp_path):
    return tmp_path


def ids(run):
    return [row[0] for row in ask_lake(run, "select meeting_id from meetings order by first_seen")]


def merged(tmp_path):
    run = begin(tmp_path, NOW)
    store(run, PLAN, TWIN)
    kept, gone = ids(run)
    merge_meetings(run.address, kept, gone, "one summit, told of three", NOW + timedelta(hours=1))
    return run, kept, gone


def test_a_merged_meeting_has_the_claims_of_both_and_the_other_id_leads_to_it(tmp_path, run_json):
    run, kept, gone = merged(tmp_path)

    ((parties, name, status, wires, claims),) = ask_lake(run, ROWS)
    assert (parties, name, status, wires, claims) == (["ECU", "PAN"], "Pacific Summit", "planned", 2, 2)
    assert ask_lake(run, "select distinct meeting_id from alerts") == [(kept,)]
    assert run_json("summits", gone[:10])["meeting_id"] == kept
    for given in (kept, gone, gone[:10], "Pacific Summit", "pacific summit"):
        told = "select meeting_id, count(*) from summit_timeline($given) group by all"
        assert ask_lake(run, told.replace("$given", f"'{given}'")) == [(kept, 2)], given


def test_what_is_told_later_of_either_is_told_of_the_survivor_and_alerts_once(tmp_path):
    _, kept, _ = merged(tmp_path)
    run = begin(tmp_path, NOW + timedelta(days=1))
    off = tell("lumen-2", "2025-12-12 10:00", meet("ECU", "PAN", on="2025-12-20", status="cancelled"), wire_id="lumen")

    assert store(run, off).alerts == 1
    assert ids(run) == [kept]
    assert ask_lake(run, "select kind, value, before from alerts order by raised_at desc limit 1") == [
        ("summit.status", "cancelled", "planned")
    ]


def test_a_merge_into_a_meeting_that_is_merged_itself_leads_to_the_last(tmp_path):
    run, kept, _ = merged(tmp_path)
    third = tell("lumen-3", "2025-12-11 11:00", meet("EGY", "ETH", on="2025-12-28"), wire_id="lumen")
    store(begin(tmp_path, NOW + timedelta(hours=2)), third)
    (last,) = [one for one in ids(run) if one != kept]

    merge_meetings(run.address, last, kept, "", NOW + timedelta(hours=3))

    assert ids(run) == [last]
    assert ask_lake(run, "select count(distinct meeting_id), count(*) from meeting_claims") == [(1, 3)]
    assert ask_lake(run, "select meeting_id, count(distinct known_id) from meeting_names group by all") == [(last, 3)]


def test_a_split_takes_its_articles_to_a_row_of_their_own(tmp_path):
    run = begin(tmp_path, NOW)
    other = tell("lumen-1", "2025-12-11 10:00", meet("ECU", "PAN", on="2025-12-20"), wire_id="lumen")
    store(run, PLAN, other)
    (meeting_id,) = ids(run)

    into = split_meeting(run.address, meeting_id, ["lumen-1"], "another one", NOW + timedelta(hours=1))

    told = "select meeting_id, article_id from meeting_claims order by article_id"
    assert ask_lake(run, told) == [(into, "lumen-1"), (meeting_id, "norvik-1")]
    assert ask_lake(run, "select place from meetings order by first_seen") == [("Cartagena",), (None,)]


def test_a_name_goes_with_the_articles_that_are_split_off(tmp_path, run_json):
    run, kept, _ = merged(tmp_path)

    into = split_meeting(run.address, kept, ["lumen-1"], "another one", NOW + timedelta(hours=2))

    told = "select meeting_id, article_id from summit_timeline('Pacific Summit')"
    assert ask_lake(run, told) == [(into, "lumen-1")]
    assert ask_lake(run, "select meeting_id, known_id from meeting_names where name is not null") == [(into, into)]
    assert run_json("summits", "Pacific Summit")["meeting_id"] == into


@pytest.mark.parametrize("way", ["split", "chain"])
def test_what_a_forgotten_story_said_is_in_no_row_of_the_meetings_that_it_passed_through(tmp_path, run, way):
    opened, kept, _ = merged(tmp_path)
    if way == "split":
        split_meeting(opened.address, kept, ["lumen-1"], "another one", NOW + timedelta(hours=2))
    else:
        third = tell("lumen-3", "2025-12-11 11:00", meet("EGY", "ETH", on="2025-12-28"), wire_id="lumen")
        store(begin(tmp_path, NOW + timedelta(hours=2)), third)
        (last,) = [one for one in ids(opened) if one != kept]
        merge_meetings(opened.address, last, kept, "", NOW + timedelta(hours=3))

    assert run("forget", "lumen-1", "--reason", "asked to")[0] == 0

    rows = ask_lake(opened, "select name, aliases, parties from meeting_facts")
    assert len(rows) > 0
    assert not any("Pacific Summit" in (name, *(aliases or ())) or "COL" in parties for name, aliases, parties in rows)
    assert ask_lake(opened, "select count(name) from meeting_names") == [(0,)]


def test_a_split_that_leaves_nothing_is_refused(tmp_path):
    run = begin(tmp_path, NOW)
    store(run, PLAN)

    with pytest.raises(BadInput, match="stay with it"):
        split_meeting(run.address, ids(run)[0], ["norvik-1"], "", NOW)


@pytest.mark.parametrize(
    ("parts", "disputed"),
    [
        ({"place": BOGOTA}, ["place"]),
        ({"on": "2025-12-22"}, ["date"]),
        ({"place": CARTAGENA}, []),
        ({}, []),
    ],
)
def test_two_origins_that_contradict_each_other_within_a_day_are_a_dispute(tmp_path, parts, disputed):
    run = begin(tmp_path, NOW)
    other = tell("lumen-1", "2025-12-11 10:00", meet("ECU", "PAN", **{"on": "2025-12-20", **parts}), wire_id="lumen")

    store(run, PLAN, other)

    assert ask_lake(run, "select disputed from summits") == [(disputed,)]


@pytest.mark.parametrize(("status", "disputed"), [("cancelled", ["status"]), ("ongoing", []), ("planned", [])])
def test_a_meeting_that_is_held_by_one_origin_and_called_off_by_another_is_a_dispute(tmp_path, status, disputed):
    run = begin(tmp_path, NOW)
    held, other = (
        tell(f"{wire}-1", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-11", status=said), wire_id=wire)
        for wire, said in (("norvik", "held"), ("lumen", status))
    )

    store(run, held, other)

    assert ask_lake(run, "select disputed from summits") == [(disputed,)]


def test_a_change_that_a_wire_tells_a_week_later_is_no_dispute(tmp_path):
    store(begin(tmp_path, NOW), PLAN)
    run = begin(tmp_path, NOW + timedelta(days=7))

    store(run, tell("lumen-1", "2025-12-18 10:00", meet("ECU", "PAN", on="2025-12-29"), wire_id="lumen"))

    assert ask_lake(run, "select disputed from summits") == [([],)]


def test_a_meeting_is_shown_with_every_wires_words_and_its_changes(tmp_path, run):
    store(begin(tmp_path, NOW), PLAN)
    off = tell("lumen-2", "2025-12-12 10:00", meet("ECU", "PAN", on="2025-12-20", status="postponed"), wire_id="lumen")
    store(begin(tmp_path, NOW + timedelta(days=1)), off)
    (meeting_id,) = ids(begin(tmp_path, NOW))

    _, shown, _ = run("summits", meeting_id[:8])

    assert "Ecuador, Panama; Cartagena, Colombia; 2025-12-20; postponed" in shown
    assert shown.index("planned; Cartagena") < shown.index("postponed; Cartagena") < shown.index("What the wires say")
    assert "norvik: planned" in shown
    assert "lumen: postponed" in shown


def test_merge_and_split_are_commands(tmp_path, run):
    home = begin(tmp_path, NOW)
    store(home, PLAN, TWIN)
    kept, gone = ids(home)

    assert run("summits", "merge", kept[:8], "Pacific Summit", "--reason", "one")[0] == 0
    code, _, refusal = run("summits", "merge", kept[:8], gone[:8])
    assert (code, "are one meeting already" in refusal) == (2, True)
    assert run("summits", "split", kept[:8], "lumen-1")[0] == 0
    assert len(ids(home)) == 2


def test_alerts_are_followed_until_they_are_interrupted(tmp_path, capsys):
    store(begin(tmp_path, NOW), PLAN)
    waits = []

    def wait(_):
        waits.append(store(begin(tmp_path, NOW + timedelta(minutes=5)), TWIN).alerts)
        if len(waits) > 1:
            raise KeyboardInterrupt

    assert follow_alerts(tmp_path, None, "2025-12-11", "json", wait) == 0
    assert [json.loads(line)["article_id"] for line in capsys.readouterr().out.splitlines()] == ["norvik-1", "lumen-1"]
