"""Each fault of the stored data is made in a real lake and told with what to do; a healthy lake tells none."""

from contextlib import closing
from datetime import timedelta

import pytest

from flows.__main__ import main
from tasks.core.quality import Remark, tell_fault
from tasks.desk.pass_report import print_pass
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import connect_reader, connect_writer
from tasks.edge.lake.quality import check_quality, list_faults
from tasks.edge.lake.statements import list_sql
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import record_run
from tests.claims import CARTAGENA, at, meet, tell
from tests.homes import begin, store
from tests.lakes import fill_row, locate

NOW = at("2026-03-01 12:00")
PLAN = tell("norvik-1", "2026-02-28 09:00", meet("ECU", "PAN", on="2026-03-20", place=CARTAGENA), wire_id="norvik")
LATE = tell("norvik-0", "2026-01-02 09:00", meet("EGY", "ETH", on="2026-03-22"), wire_id="norvik")

# What makes the fault, and what is told of it.
DAMAGE = {
    "keys_twice": ("insert into article_facts select * from article_facts", "article norvik-1 1"),
    "spans_astray": ("update claim_facts set start_char = start_char + 1", "norvik-1 claim at 1"),
    "readings_missing": ("delete from reading_facts", "norvik-1 version 1"),
    "rows_missing": ("delete from decision_facts", "norvik-1 has a claim that the ledger did not decide on"),
    "items_without_end": ("delete from outcome_facts", "item of norvik-1 of norvik/world"),
    "items_overdue": (
        "insert into outcome_facts by name select * replace (date '2026-02-10' as day, 'waiting' as outcome) from outcome_facts",
        "item of norvik-1 since 2026-02-10",
    ),
    "days_ahead": (
        "update article_facts set first_seen_at = timestamptz '2026-02-25 09:00'",
        "norvik-1 of norvik, day 2026-02-28, seen 2026-02-25",
    ),
}


def damage(run, statement):
    with closing(connect_writer(run.address)) as connection:
        connection.execute(statement)


def check(run, **options):
    with closing(connect_reader(run.address)) as connection:
        return {fault.check: fault for fault in check_quality(connection, run.now, **options)}


@pytest.fixture
def run(tmp_path):
    run = begin(tmp_path, NOW)
    store(run, PLAN)
    return run


def test_every_check_says_what_a_row_is_and_what_to_do():
    assert len(list_sql("quality")) == len(DAMAGE) + 2
    for file in list_sql("quality"):
        assert file.grain.startswith("One row per ")
        assert ". Fault: " in file.grain or ". Note: " in file.grain


def test_a_healthy_lake_tells_nothing(run):
    assert check(run) == check(run, has_all_days=True) == check(run, run_id=run.run_id) == {}
    assert list_faults(run.address, run.now, run.run_id) == []


@pytest.mark.parametrize("name", DAMAGE)
def test_a_fault_is_told_by_its_check_alone(run, name):
    statement, words = DAMAGE[name]
    damage(run, statement)
    assert check(run).keys() == {name}
    (fault,) = check(run, run_id=run.run_id).values()
    assert fault.state == "fault"
    assert words in fault.first
    assert list_faults(run.address, run.now, run.run_id) == [Remark("fault", tell_fault(fault))]


@pytest.mark.parametrize("ends", ["end_char = 4000", "end_char = start_char", "sentence = 'Other words.'"])
def test_a_span_outside_of_its_text_or_of_other_words_is_astray(run, ends):
    damage(run, f"update claim_facts set {ends}")  # noqa: S608 - our own words
    assert check(run).keys() == {"spans_astray"}


def test_two_commits_of_one_number_are_a_key_that_stands_twice(run):
    damage(run, "insert into commit_facts select * from commit_facts")
    assert check(run, run_id=run.run_id)["keys_twice"].first == ("commit 1",)


def test_a_tag_without_evidence_is_a_row_that_is_missing(run):
    with write_lake(run.address, "test", NOW, "test") as lake:
        tag = {"day": PLAN.day, "article_id": "norvik-1", "version": 1, "rules_version": "rules", "confidence": "high"}
        lake.append("topic_facts", [fill_row(lake.connection, "topic_facts", **tag, topic="conflict.attack")])
    (fault,) = check(run).values()
    assert fault.first == ("norvik-1 has the tag conflict.attack without evidence",)


def test_a_fault_of_older_days_is_told_where_all_days_are_asked_for(run):
    store(run, LATE)
    damage(run, "delete from reading_facts where article_id = 'norvik-0'")
    assert check(run) == {}
    assert check(run, has_all_days=True).keys() == {"readings_missing"}


def test_a_fault_of_an_earlier_pass_is_told_by_the_doctor_and_not_by_each_pass_after_it(run):
    damage(run, "delete from reading_facts")
    assert check(run).keys() == {"readings_missing"}
    assert check(run, run_id="the next pass") == {}


def test_a_wire_that_brought_far_less_than_it_does_is_noted(tmp_path):
    run = begin(tmp_path, NOW)
    with write_lake(run.address, "test", NOW, "test") as lake:
        for back in range(1, 15):
            day = NOW.date() - timedelta(days=back)
            ended = fill_row(lake.connection, "run_facts", day=day, flow="monitor", event="finished")
            hours = [NOW - timedelta(days=back, hours=hour - 12) for hour in range(13)]
            lake.append("run_facts", [{**ended, "run_id": f"{at_}", "happened_at": at_} for at_ in hours])
            item = fill_row(lake.connection, "item_facts", day=day, wire_id="norvik")
            filed = 2 if back == 1 else 20
            lake.append("item_facts", [{**item, "item_id": f"{day} {number}"} for number in range(filed)])
    assert check(run)["days_thin"].first == ("norvik: 2 stories, usually 20",)
    assert check(run)["days_thin"].state == "note"
    damage(run, f"delete from item_facts where item_id like '{NOW.date() - timedelta(days=8)} 1%'")  # noqa: S608
    damage(run, f"delete from item_facts where item_id > '{NOW.date() - timedelta(days=8)} 1' and day = '2026-02-21'")  # noqa: S608
    assert "days_thin" not in check(run)  # that day of the week is a thin one


def test_a_wire_that_is_silent_is_noted_until_it_is_heard(tmp_path):
    run = begin(tmp_path, NOW)
    with write_lake(run.address, "test", NOW, "test") as lake:
        lake.append(
            "wire_facts", [fill_row(lake.connection, "wire_facts", wire_id="norvik", name="Norvik", is_enabled=True)]
        )
        word = fill_row(lake.connection, "silence_facts", wire_id="norvik", state="silent", why="Its feeds answer.")
        lake.append("silence_facts", [word])
        assert lake.append("silence_facts", [{**word, "wire_id": "gone"}]) == 1
    assert check(run)["wires_silent"].first == ("Norvik since 2026-03-01. Its feeds answer.",)
    with write_lake(run.address, "test", NOW, "test") as lake:
        lake.append("silence_facts", [{**word, "state": "heard", "noticed_at": NOW + timedelta(hours=1)}])
    assert "wires_silent" not in check(run)


def test_the_end_of_a_pass_and_the_doctor_tell_the_fault_and_its_mend(tmp_path, capsys):
    run = begin(tmp_path, utc_now())
    record_run(run, "started")
    store(run, tell("norvik-1", f"{run.now:%Y-%m-%d} 00:00", meet("ECU", "PAN"), wire_id="norvik"))
    record_run(
        run,
        "finished",
        **dict.fromkeys(("found", "known", "repeated", "new", "stored", "duplicate", "rejected", "waiting"), 0),
    )
    damage(run, "delete from reading_facts")

    print_pass(run.settings, run.run_id)
    told = "ersion of an article that no rules ever read: 1 (norvik-1 version 1); run `dateline reread`, and report it"
    assert f"Amiss in the stored data:\n  V{told}." in capsys.readouterr().out
    assert main(["doctor", "--home", str(tmp_path)]) == 1
    assert f"FAULT  data: v{told}\n" in capsys.readouterr().out


def test_a_lake_that_cannot_be_checked_stops_nothing_and_is_told(tmp_path):
    (remark,) = list_faults(locate(tmp_path / "none"), NOW, "run")
    assert remark.state == "fault"
    assert remark.words.startswith("The stored data was not checked (No lake at")


def test_the_demos_lake_is_healthy(demo_home):
    with closing(connect_reader(locate(demo_home))) as connection:
        assert [tell_fault(fault) for fault in check_quality(connection, utc_now(), has_all_days=True)] == []
