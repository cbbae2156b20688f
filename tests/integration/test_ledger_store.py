"""The ledger in a real lake: one row per meeting and one alert, whatever comes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.core.stages import ReadChunk
from tasks.edge.lake.ledger_store import LEDGER_DAYS
from tasks.edge.storing import store_chunk
from tests.claims import BOGOTA, CARTAGENA, at, meet, tell
from tests.homes import ask_lake, begin, store, write_story

NOW = at("2025-12-11 12:00")
PLAN = tell("norvik-1", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA), wire_id="norvik")
OTHERS = (
    tell("meridian-1", "2025-12-11 10:00", meet("ECU", "PAN", on="2025-12-23"), wire_id="meridian"),
    tell("lumen-1", "2025-12-11 11:00", meet("ECU", "PAN", place=CARTAGENA), wire_id="lumen"),
)
ALERTS = "select kind, meeting_id, article_id, wire, wires, origins, status, place, stands from alerts"
MEETINGS = "select meeting_id, status, place, wires, claims from meetings"


def test_a_summit_is_stored_with_its_alert_and_proof(tmp_path):
    run = begin(tmp_path, NOW)

    report = store(run, PLAN)

    ((meeting_id, *meeting),) = ask_lake(run, MEETINGS)
    assert report.alerts == 1
    assert meeting == ["planned", "Cartagena", 1, 1]
    assert ask_lake(run, ALERTS) == [
        ("summit.new", meeting_id, "norvik-1", "Norvik Press", 1, 1, "planned", "Cartagena", True)
    ]
    proofs = "select a.sentence = substring(v.text, a.start_char + 1, a.end_char - a.start_char) from alerts as a"
    assert ask_lake(run, f"{proofs} join article_versions as v using (article_id)") == [(True,)]


def test_what_three_wires_tell_in_one_chunk_is_one_alert(tmp_path):
    run = begin(tmp_path, NOW)

    assert store(run, *OTHERS, PLAN).alerts == 1
    assert [row[2:6] for row in ask_lake(run, ALERTS)] == [("norvik-1", "Norvik Press", 3, 3)]
    assert ask_lake(run, "select action, count(*) from meeting_claims group by all order by all") == [
        ("attach", 2),
        ("open", 1),
    ]


def test_what_other_wires_tell_in_later_passes_is_counted_and_not_alerted(tmp_path):
    store(begin(tmp_path, NOW), PLAN)
    for minutes, claim in enumerate(OTHERS, start=1):
        run = begin(tmp_path, NOW + timedelta(minutes=5 * minutes))
        assert store(run, claim).alerts == 0

    assert [row[4:6] for row in ask_lake(run, ALERTS)] == [(1, 1)]
    assert [row[1:] for row in ask_lake(run, MEETINGS)] == [("planned", "Cartagena", 3, 3)]


def test_the_same_stories_again_add_nothing(tmp_path):
    run = begin(tmp_path, NOW)
    store(run, PLAN, *OTHERS)
    tables = ("decision_facts", "meeting_facts", "alert_facts", "channel_facts", "claim_facts")
    before = [ask_lake(run, f"from lake.{table} order by all") for table in tables]

    again = store(begin(tmp_path, NOW + timedelta(minutes=5)), PLAN, *OTHERS)

    assert again.alerts == 0
    assert [ask_lake(run, f"from lake.{table} order by all") for table in tables] == before


def test_silent_stories_open_rows_and_leave_the_alert_due(tmp_path):
    run = begin(tmp_path, NOW)

    assert store(run, replace(PLAN, is_silent=True)).alerts == 0
    assert store(begin(tmp_path, NOW + timedelta(minutes=5)), OTHERS[0]).alerts == 1
    assert len(ask_lake(run, MEETINGS)) == 1


def test_a_change_is_a_revision_and_the_past_stays(tmp_path):
    store(begin(tmp_path, NOW), PLAN)
    run = begin(tmp_path, NOW + timedelta(days=2))
    off = tell("lumen-2", "2025-12-13 11:00", meet("ECU", "PAN", on="2025-12-23", status="postponed"), wire_id="lumen")

    store(run, off)

    revisions = "select revision, status, run_id from lake.meeting_facts order by revision"
    assert [row[:2] for row in ask_lake(run, revisions)] == [(1, "planned"), (2, "postponed")]
    assert [row[1] for row in ask_lake(run, MEETINGS)] == ["postponed"]


def test_a_moved_end_does_not_bring_an_old_revision_back(tmp_path):
    store(begin(tmp_path, NOW), tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2026-04-01")))
    moved = tell("b", "2025-12-12 09:00", meet("ECU", "PAN", on="2025-12-20", place=BOGOTA))
    store(begin(tmp_path, NOW + timedelta(days=1)), moved)

    # So long after that only the first revision's end lies within the ledger's reach.
    later = at("2025-12-21 09:00") + timedelta(days=LEDGER_DAYS)
    memory = tell("c", f"{later:%Y-%m-%d %H:%M}", meet("ECU", "PAN", status="held"))
    run = begin(tmp_path, later)
    store(run, memory)

    assert len(ask_lake(run, MEETINGS)) == 2


@pytest.mark.parametrize("status", ["planned", "held"])
def test_a_correction_in_a_later_pass_opens_no_second_row(tmp_path, status):
    wrong = tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-10", place=CARTAGENA, status=status))
    right = replace(wrong, version=2, meeting=replace(wrong.meeting, place=BOGOTA))
    store(begin(tmp_path, NOW), wrong)

    run = begin(tmp_path, NOW + timedelta(hours=1))
    report = store(run, right)

    assert (report.revised, report.alerts) == (1, 1)
    assert ask_lake(run, "select kind, value, before from alerts where step = 2") == [
        ("summit.detail", "place", "Cartagena, COL")
    ]
    assert [row[1:] for row in ask_lake(run, MEETINGS)] == [(status, "Bogota", 1, 1)]


def test_a_claim_that_a_correction_took_back_leaves_the_meeting_withdrawn(tmp_path):
    wrong = tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20"))
    right = replace(wrong, version=2, meeting=meet("ECU", "PAN", on="2025-12-20", kind="ministerial"))
    store(begin(tmp_path, NOW), wrong)

    run = begin(tmp_path, NOW + timedelta(hours=1))
    store(run, right)

    assert ask_lake(run, "select kind, status from meetings order by kind") == [
        ("ministerial", "planned"),
        ("summit", "withdrawn"),
    ]
    assert ask_lake(run, "select kind, before is not null, stands from alerts order by step") == [
        ("summit.new", False, False),
        ("summit.retracted", True, True),
    ]


def test_two_versions_in_one_chunk_raise_one_alert(tmp_path):
    wrong = tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20"))
    right = replace(wrong, version=2, meeting=meet("ECU", "PAN", on="2025-12-20", kind="ministerial"))
    run = begin(tmp_path, NOW)

    assert store(run, wrong, right).alerts == 1
    assert [row[4:6] for row in ask_lake(run, ALERTS)] == [(1, 1)]


def test_a_memory_that_says_its_day_finds_its_row_years_later(tmp_path):
    store(begin(tmp_path, NOW), tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20", place=CARTAGENA)))
    later = at("2028-03-20 09:00")
    memory = tell("b", "2028-03-20 08:00", meet("ECU", "PAN", on="2025-12-20", status="held"))

    store(run := begin(tmp_path, later), memory)

    assert [row[1:] for row in ask_lake(run, MEETINGS)] == [("held", "Cartagena", 2, 2)]


def test_a_notice_in_place_of_a_story_takes_its_meeting_back(tmp_path):
    article, reading = write_story(tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20")), NOW)
    story = replace(article, text=f"{article.text} {'Fishing in the gulf is on their agenda. ' * 9}")
    notice = replace(
        article, title="STORY WITHDRAWN", text="This story has been withdrawn. Do not use it.", content_hash="2"
    )
    store_chunk(begin(tmp_path, NOW), ReadChunk(0, ((story, reading),), ()), is_import=True)
    run = begin(tmp_path, NOW + timedelta(hours=1))

    report = store_chunk(run, ReadChunk(0, ((notice, replace(reading, meetings=())),), ()), is_import=True)

    assert report.alerts == 1
    assert ask_lake(run, "select status from meetings") == [("withdrawn",)]
    assert ask_lake(run, "select kind, sentence, before from alerts where step = 2") == [
        ("summit.retracted", "This story has been withdrawn.", "The presidents of Ecuador and Panama will meet.")
    ]
    assert ask_lake(run, "select article_id, notice from retractions") == [("a", "This story has been withdrawn.")]
