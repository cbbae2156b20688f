"""A lake as it stands after months: so many articles a day with all that is read from them, seeded.

    bases     some thousand invented stories, really read (tests/bench/newsroom.py): the rows of their readings
    articles  each a base under an id of its own, followed by paragraphs that few others have; so that spans stay right
    beside    two outcomes an item, a duplicate item in ten, polls every ten minutes, passes, 10,000 meetings with alerts

Rows are multiplied by the database itself, a day in one transaction, which leaves a file a day as upkeep does.
"""

# ruff: noqa: S608 - statements are made of names of our own tables

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tasks.core.copies import sketch_text
from tasks.core.model import Story
from tasks.core.reading import open_reader
from tasks.edge.lake.mirror import mirror_catalog
from tasks.edge.lake.rows import claim_rows, ledger_row, reading_rows
from tasks.edge.lake.write import LakeWriter, describe_table, write_lake
from tasks.edge.passes import PassRun
from tests.bench.newsroom import Newsroom
from tests.catalog import builtin_catalog
from tests.lakes import fill_row
from tests.many_meetings import make_ledger

A_DAY = 20_000
BASES = 6_000
PARAGRAPHS = 60_000
MEETINGS = 10_000
POLLS_A_DAY = 144
LATELY = 400
READERS = 2
RUN = "built"

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built: `days` days that end with the day of `now`, the lake of `run`."""

    run: PassRun
    days: int
    a_day: int = A_DAY
    bases: int = BASES

    def list_days(self) -> list[date]:
        """The days, the first first."""
        last = self.run.now.date()
        return [last - timedelta(days=n) for n in reversed(range(self.days))]


def build_lake(plan: Plan, bases: Mapping[str, pl.DataFrame], tell: Callable[[int], None]) -> None:
    """Write all of it, from what `read_bases` gave; `tell` hears how many articles are there, after each day."""
    run = plan.run
    with write_lake(run.address, "bench", run.now, "the ledger") as lake:
        mirror_catalog(lake, run.catalog, run.now)
        _lay_meetings(plan, lake)
    for number, day in enumerate(plan.list_days()):
        with write_lake(run.address, "bench", run.now, f"the day {day}") as lake:
            _register(lake, bases)
            _lay_day(plan, lake, number, day)
        tell((number + 1) * plan.a_day)


def read_bases(plan: Plan) -> Mapping[str, pl.DataFrame]:
    """The bases as frames, and the rows of their readings by table; `article_id` is the number of the base."""
    each = plan.bases // READERS
    with ProcessPoolExecutor(READERS) as pool:
        parts = list(pool.map(partial(_read_some, each, plan.run.now), range(READERS)))
    rows: Rows = defaultdict(list)
    for part in parts:
        for table, found in part.items():
            rows[table] += found
    room = Newsroom(99)
    rows["prose"] = [{"number": n, "words": room.write_prose()} for n in range(PARAGRAPHS)]
    return {table: pl.DataFrame(found, infer_schema_length=None) for table, found in rows.items()}


def _read_some(count: int, now: datetime, part: int) -> Rows:
    catalog, room = builtin_catalog(), Newsroom(part)
    reader, rows = open_reader(catalog), defaultdict(list)
    for number in range(part * count, (part + 1) * count):
        copy = room.write(now.date(), 500)
        reading = reader.read_story(Story(copy.text, copy.title, now, "en", None))
        key = {"day": now.date(), "article_id": str(number), "version": 1, "rules_version": reading.rules_version}
        rows["base"].append(
            {"number": number, "title": copy.title, "text": copy.text, "sketch": list(sketch_text(copy.text))}
        )
        for table, row in reading_rows(key, reading, RUN, now):
            rows[table].append(row)
        rows["claim_facts"] += claim_rows(key, reading, "wire", "wire", now)
    return dict(rows)


def _register(lake: LakeWriter, bases: Mapping[str, pl.DataFrame]) -> None:
    """The bases as temporary tables of the connection, with the columns that their tables in the lake have."""
    for table, frame in bases.items():
        lake.connection.register("given", frame)
        if table in {"base", "prose"}:
            lake.connection.execute(f"create temp table {table} as select * from given")
        else:
            columns = ", ".join(f"null::{kind} as {name}" for name, kind in _describe(lake.connection, table))
            lake.connection.execute(
                f"create temp table base_{table} as select * from (select {columns}) limit 0;"
                f"insert into base_{table} by name select * from given"
            )
        lake.connection.unregister("given")


def _describe(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    return [(str(row[0]), str(row[1])) for row in connection.execute(f"describe {table}").fetchall()]


_ARTICLES = """
create temp table laid as
select
    n, $day::date as day, md5(concat($day, n)) as article_id, md5(concat('item', $day, n)) as item_id,
    hash(n, $seed) % (select count(*) from base) as base,
    (hash(n, $seed, 1) % $wires)::integer as wire_at, wire_ids[wire_at + 1] as wire_id, feed_ids[wire_at + 1] as feed_id,
    $at::timestamptz + interval (86400.0 * n / $count) second as seen_at
from range($count) as r(n), (select $wire_ids as wire_ids, $feed_ids as feed_ids)
"""
# The meetings of which the stories of a day tell: those that were opened last.
_LATELY = """
create temp table lately as
select row_number() over () - 1 as number, meeting_id
from (
    select distinct meeting_id, day from meeting_facts where revision = 1 and day <= $day::date
    order by day desc, meeting_id limit $many
)
"""
_PROSE = " || E'\\n\\n' || ".join(f"p{n}.words" for n in (1, 2, 3))
_JOINS = " ".join(f"join prose as p{n} on p{n}.number = hash(l.n, l.day, {n}) % {PARAGRAPHS}" for n in (1, 2, 3))
_OWN_SKETCH = "list_transform(range(12), lambda x: hash(l.n, l.day, x) % 4294967296)"


def _lay_day(plan: Plan, lake: LakeWriter, number: int, day: date) -> None:
    ask = lake.connection.execute
    wires = [wire for wire in plan.run.catalog.wires if wire.feeds]
    ask(
        _ARTICLES,
        {
            "day": day.isoformat(),
            "seed": number,
            "count": plan.a_day,
            "at": datetime.combine(day, time(), UTC),
            "wires": len(wires),
            "wire_ids": [wire.wire_id for wire in wires],
            "feed_ids": [wire.feeds[0].feed_id for wire in wires],
        },
    )
    told = {"day": "l.day", "article_id": "l.article_id", "item_id": "l.item_id", "wire_id": "l.wire_id"}
    seen = {**told, "feed_id": "l.feed_id", "run_id": f"'{RUN}'", "first_seen_at": "l.seen_at", "version": "1"}
    story = {"url": "'https://wire.example/' || l.article_id", "title": "b.title", "published_at": "l.seen_at"}
    _multiply(
        lake, "item_facts", "laid as l join base as b on b.number = l.base", {**seen, **story, "entry_key": "l.n"}
    )
    twice = {**seen, **story, "item_id": "l.item_id || 'b'", "entry_key": "l.n || 'b'"}
    _multiply(lake, "item_facts", "laid as l join base as b on b.number = l.base where l.n % 10 = 0", twice)
    waits = {
        **seen,
        "decided_at": "l.seen_at",
        "outcome": "'waiting'",
        "reason": "'new'",
        "attempt": "0",
        "article_id": "null",
    }
    ends = {**seen, "decided_at": "l.seen_at + interval 2 minute", "outcome": "'stored'", "reason": "'new'"}
    _multiply(lake, "outcome_facts", "laid as l", waits)
    _multiply(lake, "outcome_facts", "laid as l", ends)
    again = {**ends, "item_id": "l.item_id || 'b'", "outcome": "'duplicate'", "reason": "'same'"}
    _multiply(lake, "outcome_facts", "laid as l where l.n % 10 = 0", again)
    texts = {
        **seen,
        **story,
        "text": f"b.text || E'\\n\\n' || {_PROSE}",
        "fetched_at": "l.seen_at",
        "quality": "'ok'",
        "change": "'new'",
        "content_hash": "md5(l.article_id)",
        "sketch": f"b.sketch[:8] || {_OWN_SKETCH}",
        "origin": "l.wire_id",
    }
    _multiply(lake, "article_facts", f"laid as l join base as b on b.number = l.base {_JOINS}", texts)
    ask(_LATELY, {"day": day.isoformat(), "many": LATELY})
    _lay_readings(lake)
    _lay_polls(plan, lake, day)
    ask(
        "insert into activation_facts by name "
        "select distinct l.day, b.rules_version, l.day as activated_at from laid as l, base_reading_facts as b"
    )
    ask("drop table laid; drop table lately")


_OF_A_READING = ("reading_facts", "topic_facts", "evidence_facts", "actor_facts", "quote_facts", "citation_facts")
# What a story says of its meeting is what the ledger says, but for one in so many, which tells it otherwise.
OTHERWISE = 200
_OF_A_MEETING = ("kind", "parties", "place", "place_region", "place_country", "place_precision", "status")
_OF_A_MEETING += ("from_day", "to_day", "date_precision")


def _lay_readings(lake: LakeWriter) -> None:
    """The rows of each article's base under its own day and id."""
    ask = lake.connection.execute
    own = {"day": "l.day", "article_id": "l.article_id"}
    for table in _OF_A_READING:
        moved = own | ({"read_at": "l.seen_at", "filed_on": "l.day"} if table == "reading_facts" else {})
        ask(
            f"insert into {table} by name select t.* replace ({_replace(moved)}) "
            f"from laid as l join base_{table} as t on t.article_id = l.base::varchar"
        )
    ask(
        "create temp table decided as "
        "select l.day, l.article_id, t.version, t.rules_version, t.seq, 'attach' as action, 0.9 as score, "
        "'same parties' as reason, l.seen_at as decided_at, 'built' as run_id, m.meeting_id "
        "from laid as l join (select distinct article_id, version, rules_version, seq from base_claim_facts) as t "
        "on t.article_id = l.base::varchar "
        "join lately as m on m.number = hash(l.n, l.day, t.seq) % (select count(*) from lately)"
    )
    ask("insert into decision_facts by name from decided")
    told = {"wire_id": "l.wire_id", "origin": "l.wire_id", "published_at": "l.seen_at"}
    told |= {name: f"if(hash(l.n, t.seq) % {OTHERWISE} = 0, t.{name}, m.{name})" for name in _OF_A_MEETING}
    ask(
        f"insert into claim_facts by name select t.* replace ({_replace(own | told)}) "
        "from laid as l join base_claim_facts as t on t.article_id = l.base::varchar "
        "join decided as d on d.article_id = l.article_id and d.seq = t.seq "
        "join (from meeting_facts where revision = 3) as m on m.meeting_id = d.meeting_id"
    )
    ask("drop table decided")


def _replace(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{expression} as {name}" for name, expression in columns.items())


def _lay_polls(plan: Plan, lake: LakeWriter, day: date) -> None:
    """Every feed each ten minutes, and the passes that did it."""
    feeds = pl.DataFrame([{"feed_id": feed.feed_id, "wire_id": feed.wire_id} for feed in plan.run.feeds()])
    lake.connection.register("asked", feeds)
    at = f"'{day}'::timestamptz + interval (600 * r.n) second"
    polled = {"day": f"date '{day}'", "run_id": f"concat('{day}-', r.n)", "polled_at": at, "next_poll_at": at}
    polled |= {
        "feed_id": "f.feed_id",
        "wire_id": "f.wire_id",
        "outcome": "'read'",
        "body_hash": "md5(concat(f.feed_id, r.n))",
    }
    _multiply(lake, "poll_facts", f"range({POLLS_A_DAY}) as r(n), asked as f", polled | {"failures": "0"})
    for event in ("started", "finished"):
        passes = {
            "day": f"date '{day}'",
            "run_id": f"concat('{day}-', r.n)",
            "flow": "'monitor'",
            "event": f"'{event}'",
        }
        passes |= {"happened_at": at, "error": "null"}
        _multiply(lake, "run_facts", f"range({POLLS_A_DAY}) as r(n)", passes)
    lake.connection.unregister("asked")


def _multiply(lake: LakeWriter, table: str, source: str, parts: Mapping[str, str]) -> None:
    """Rows of a table by expressions over a source; columns that are not named get plain values."""
    plain = pl.DataFrame([fill_row(lake.connection, table)], schema=describe_table(lake.connection, table))
    lake.connection.register("plain", plain)
    columns = ", ".join(
        f"{parts[name]} as {name}" if name in parts else f"(select {name} from plain) as {name}"
        for name in plain.columns
    )
    lake.connection.execute(f"insert into {table} by name select {columns} from {source}")
    lake.connection.unregister("plain")


def _lay_meetings(plan: Plan, lake: LakeWriter) -> None:
    """The ledger, three revisions a meeting, and an alert for each summit that was told."""
    run = plan.run
    meetings = make_ledger(MEETINGS, until=run.now, reach=timedelta(days=plan.days))
    plain = fill_row(lake.connection, "alert_facts")
    lake.append(
        "meeting_facts",
        [ledger_row(meeting, step, RUN, meeting.first_seen) for meeting in meetings for step in (1, 2, 3)],
        are_new=True,
    )
    told = [meeting for meeting in meetings if meeting.is_told]
    own = ("meeting_id", "name", "organisation", "status", "from_day", "to_day")
    lake.append(
        "alert_facts",
        [
            {
                **plain,
                **{name: getattr(meeting, name) for name in own},
                "alert_id": f"alert-{meeting.meeting_id}",
                "day": meeting.opened_day,
                "article_day": meeting.opened_day,
                "kind": "summit.new",
                "value": "new",
                "raised_at": meeting.first_seen,
                "parties": list(meeting.parties),
                "place": None,
            }
            for meeting in told
        ],
        are_new=True,
    )


def measure_folder(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def list_tables(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """The tables of facts of a lake."""
    return [
        row[0]
        for row in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'lake' and schema_name = 'main' order by 1"
        ).fetchall()
    ]
