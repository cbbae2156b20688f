"""Values of the core come back from the lake as they went in."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tasks.core.model import (
    Actor,
    Citation,
    Dateline,
    Evidence,
    Item,
    LedgerMeeting,
    Meeting,
    Mention,
    Place,
    Quote,
    Reading,
    Tag,
)
from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.rows import claim_rows, item_of, item_row, ledger_meeting_of, ledger_row, outcome_row, reading_rows
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows, write_lake
from tests.lakes import DAY, NOW, make_lake

TEXT = "QUITO, March 1 (Norvik) - The president of Ecuador will meet his counterpart in Cartagena."
ITEM = Item(
    item_id="item",
    feed_id="norvik/world",
    wire_id="norvik",
    day=DAY,
    first_seen_at=NOW,
    url="https://norvik.example/1",
    title="Talks are set",
    summary="",
    content="",
    author=None,
    published_at=NOW,
    published_source="feed",
    is_silent=False,
    is_first_load=True,
)
MEETING = Meeting(
    kind="summit",
    format="bilateral",
    name=None,
    organisation=None,
    edition=None,
    parties=("ECU", "PAN"),
    host=None,
    actors=("Ana Torres",),
    place=Place("Cartagena", None, "COL", "city"),
    from_day=date(2026, 3, 5),
    to_day=date(2026, 3, 6),
    date_precision="day",
    status="planned",
    confidence="high",
    inferred=("year",),
    claims=(Mention(TEXT[26:], 26, len(TEXT)), Mention(TEXT[:25], 0, 25)),
)
READING = Reading(
    lang="en",
    rules_version="rules",
    dateline=Dateline(("Quito",), None, "ECU", DAY, "Norvik", 0, 25, 26, ("country", "year")),
    topics=(
        Tag(
            "diplomacy.summit",
            "medtop:1",
            "CONSULT",
            4.0,
            "high",
            (Evidence("meet", 55, 59, "text", "lead", "r", 2.0),),
        ),
    ),
    actors=(
        Actor(
            "Ana Torres", "President", "ECU", None, ("country",), (Mention("president", 30, 39), Mention("his", 60, 63))
        ),
    ),
    quotes=(Quote("indirect", "will meet", 50, 59, None, None, "said", ("PAN",)),),
    citations=(Citation("Norvik", "agency", "Norvik", 16, 22),),
    meetings=(MEETING, replace(MEETING, place=None, from_day=None, to_day=None, date_precision=None)),
)
LEDGER = LedgerMeeting(
    meeting_id="m",
    opened_day=DAY,
    kind="summit",
    format="bilateral",
    name="Cartagena Summit",
    aliases=("Talks of Cartagena",),
    organisation=None,
    edition="2nd",
    parties=("ECU", "PAN"),
    host="COL",
    actors=(),
    place=Place("Cartagena", "Bolívar", "COL", "city"),
    from_day=date(2026, 3, 5),
    to_day=date(2026, 3, 6),
    date_precision="day",
    status="planned",
    confidence="high",
    needs_review=False,
    first_seen=NOW,
    last_seen=NOW,
    status_at=NOW,
    window_at=None,
    is_told=True,
)


@pytest.fixture
def address(tmp_path):
    return make_lake(tmp_path)


def append(address, rows):
    with write_lake(address, "test", NOW, "test") as lake:
        for table, row in rows:
            assert lake.append(table, [row]) == 1, table


def ask(address, name, **parameters):
    with closing(connect_reader(address)) as connection:
        return fetch_rows(connection, query(name), parameters)


def read(address, table):
    with closing(connect_reader(address)) as connection:
        return fetch_rows(connection, f"from {table}")


WAITING = {"now": NOW, "since": DAY - timedelta(days=14), "skip": [""], "most": 10, "wires": None}


@pytest.mark.parametrize(("reason", "look"), [("new", "first"), ("revised", "edited"), (None, "first")])
def test_an_item_that_waits_is_the_item_that_was_seen(address, reason, look):
    step = outcome_row(DAY, "item", "run", NOW, "waiting", reason=reason, attempt=2)
    append(address, [("item_facts", item_row(ITEM, "key", "run")), ("outcome_facts", step)])

    (row,) = ask(address, "select_waiting_items", **WAITING)
    assert item_of(row) == replace(ITEM, attempts=2, look=look)


def test_an_item_that_ended_waits_no_more_also_when_both_facts_are_of_one_moment(address):
    steps = [outcome_row(DAY, "item", "run", NOW, outcome, reason="new") for outcome in ("stored", "waiting")]
    append(address, [("item_facts", item_row(ITEM, "key", "run")), *(("outcome_facts", step) for step in steps)])

    assert ask(address, "select_waiting_items", **WAITING) == []
    (known,) = ask(address, "select_known_items", item_ids=["item"], urls=[], since=DAY)
    assert known["outcome"] == "stored"


def test_an_item_is_not_tried_before_its_time(address):
    step = outcome_row(DAY, "item", "run", NOW, "waiting", next_try_at=NOW + timedelta(minutes=5))
    append(address, [("item_facts", item_row(ITEM, "key", "run")), ("outcome_facts", step)])

    assert ask(address, "select_waiting_items", **WAITING) == []
    assert len(ask(address, "select_waiting_items", **{**WAITING, "now": NOW + timedelta(minutes=5)})) == 1


def test_a_reading_fills_every_column_of_its_tables(address):
    key = {"day": DAY, "article_id": "a", "version": 1, "rules_version": "rules"}
    rows = list(reading_rows(key, READING, "run", NOW))
    rows += [("claim_facts", row) for row in claim_rows(key, READING, "norvik", "norvik", NOW)]
    append(address, rows)

    tables = {table for table, _ in rows}
    assert tables == {f"{name}_facts" for name in "reading topic evidence actor quote citation claim".split()}
    for table in tables:
        expected = [row for name, row in rows if name == table]
        stored = read(address, table)
        assert len(stored) == len(expected), table
        of_commit = {"commit_seq": 1} if "commit_seq" in stored[0] else {}
        assert all({**row, **of_commit} in stored for row in expected), table


def test_a_claim_has_a_row_for_each_sentence_of_each_meeting(address):
    key = {"day": DAY, "article_id": "a", "version": 1, "rules_version": "rules"}
    rows = list(claim_rows(key, READING, "norvik", "norvik", NOW))
    assert [(row["seq"], row["start_char"], row["place"]) for row in rows] == [
        (0, 26, "Cartagena"),
        (0, 0, "Cartagena"),
        (1, 26, None),
        (1, 0, None),
    ]
    assert all(row["sentence"] == TEXT[row["start_char"] : row["end_char"]] for row in rows)


def test_a_reading_in_a_language_without_rules_is_marked_as_not_read(address):
    key = {"day": DAY, "article_id": "a", "version": 1, "rules_version": "rules"}
    ((table, row),) = reading_rows(key, Reading("fr", "rules", None, None, None, None, None, None), "run", NOW)
    append(address, [(table, row)])
    assert [(each["lang"], each["is_read"], each["cities"]) for each in read(address, "readings")] == [
        ("fr", False, [])
    ]


def test_a_meeting_of_the_ledger_comes_back_whole_and_its_highest_revision_counts(address):
    later = replace(LEDGER, place=None, status="postponed", last_seen=NOW + timedelta(hours=1), window_at=NOW)
    append(address, [("meeting_facts", ledger_row(LEDGER, 1, "run", NOW))])
    append(address, [("meeting_facts", ledger_row(later, 2, "run", NOW))])

    (row,) = ask(address, "select_ledger", since=DAY - timedelta(days=30))
    assert ledger_meeting_of(row) == later


def test_a_meeting_that_was_moved_out_of_sight_does_not_come_back_as_it_was(address):
    """Its older revision still lies ahead; the newest says otherwise, and it is the newest that counts."""
    ahead = replace(LEDGER, last_seen=NOW - timedelta(days=90), to_day=DAY + timedelta(days=5))
    moved = replace(ahead, from_day=DAY - timedelta(days=80), to_day=DAY - timedelta(days=79))
    append(address, [("meeting_facts", ledger_row(ahead, 1, "run", NOW))])
    append(address, [("meeting_facts", ledger_row(moved, 2, "run", NOW))])

    assert ask(address, "select_ledger", since=DAY - timedelta(days=30)) == []
