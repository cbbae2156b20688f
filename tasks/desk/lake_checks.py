"""What `dateline doctor` looks at in the lake: layout, files, passes, feeds' health. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from tasks.core.errors import DatelineError, LakeMissing
from tasks.core.quality import describe_fault
from tasks.core.shards import Shard, shard_of_run
from tasks.desk.checks import Finding
from tasks.desk.desk import Desk, open_desk_of
from tasks.desk.showing import count, describe_age, show_time
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.edge.lake.backup import find_copies
from tasks.edge.lake.migrate import latest_migration, read_layout
from tasks.edge.lake.quality import CHECKED_DAYS, check_quality
from tasks.edge.lake.statements import list_sql, query
from tasks.edge.lake.upkeep import count_files
from tasks.settings import Settings

MANY_FILES = 20_000  # upkeep merges a day's small files; as many as this make every question slow
STUCK = timedelta(hours=2)
RESTORE = "`dateline restore` puts a copy in place"


def check_lake(settings: Settings, max_age: timedelta | None, *, has_all_days: bool = False) -> Iterator[Finding]:
    """All of the lake, the stored data of the last days or of all; one finding where there is no lake."""
    try:
        yield from _check_layout(settings)
        with open_desk_of(settings) as desk:
            yield from check_passes(desk, max_age)
            yield from check_feeds(desk)
            yield from check_layouts(desk)
            if read_layout(desk.connection)[0] == latest_migration():
                yield from check_data(desk, has_all_days=has_all_days)
    except LakeMissing:
        if find_copies(locate_lake(settings), "backup", "before", "broken"):
            yield Finding("lake", "fault", f"its metadata at {settings.home} is gone, copies of it are there", RESTORE)
            return
        state = "fault" if max_age else "note"
        yield Finding("lake", state, f"there is none at {settings.home} yet", "`dateline run` makes it")  # type: ignore[arg-type]
    except DatelineError as error:
        copies = find_copies(locate_lake(settings), "backup", "before")
        yield Finding("lake", "fault", str(error), f"where its metadata is broken, {RESTORE}" if copies else None)


def _check_layout(settings: Settings) -> Iterator[Finding]:
    address = locate_lake(settings)
    with closing(connect_reader(address, settings.home_source)) as connection:
        number, _ = read_layout(connection)
        files = count_files(connection)
    newest = latest_migration()
    if number > newest:
        mend = "upgrade with `git pull && make setup`"
        yield Finding("lake", "fault", f"layout {number} of a newer Dateline; this one knows {newest}", mend)
    elif number < newest:
        yield Finding("lake", "note", f"layout {number}, the newest is {newest}", "the next `dateline run` upgrades it")
    elif files > MANY_FILES:
        yield Finding("lake", "fault", f"{files:,} files", "run `dateline upkeep`, every night")
    else:
        yield Finding("lake", "ok", f"layout {number}, {count(files, 'file')}")


def check_passes(desk: Desk, max_age: timedelta | None) -> Iterator[Finding]:
    """The last pass that finished, passes that failed or stuck, and sums that do not come out."""
    rows = desk.ask("select * from runs where flow = 'monitor' order by started_at desc limit 100")
    finished = next((row for row in rows if row["status"] == "finished"), None)
    yield _tell_age(desk, finished, max_age)
    yield from _check_shards(desk, rows, max_age)
    if rows and rows[0]["status"] == "failed":
        what = f"the last pass ({rows[0]['run_id']}) failed: {rows[0]['error']}"
        yield Finding("passes", "fault", what, "mend the cause and run again; nothing committed is lost")
    elif rows and rows[0]["status"] == "unfinished" and desk.now - rows[0]["started_at"] > STUCK:
        what = (
            f"the last pass ({rows[0]['run_id']}) began {show_time(rows[0]['started_at'], desk.zone)} and never ended"
        )
        yield Finding("passes", "fault", what, "see whether its process still runs; the next pass takes its work over")
    for row in rows:
        if row["unexplained"]:
            what = f"pass {row['run_id']} leaves {row['unexplained']} items unexplained"
            yield Finding("passes", "fault", what, "please report it, with `dateline sql passes`")


def _tell_age(desk: Desk, finished: dict[str, Any] | None, max_age: timedelta | None) -> Finding:
    if finished is None:
        return Finding("passes", "fault" if max_age else "note", "no pass has finished yet", "`dateline run`")
    age: timedelta = desk.now - finished["ended_at"]
    when = f"the last pass finished {show_time(finished['ended_at'], desk.zone)} ({describe_age(age)} ago)"
    if max_age is not None and age > max_age:
        mend = "see that `dateline serve` or the timer runs"
        return Finding("passes", "fault", f"{when}, more than {describe_age(max_age)}", mend)
    return Finding("passes", "ok", when)


def _check_shards(desk: Desk, rows: Sequence[dict[str, Any]], max_age: timedelta | None) -> Iterator[Finding]:
    """The shares of the wires whose monitor is missing, where the newest pass was over a share."""
    of = shard_of_run(rows[0]["run_id"]).of if rows else 1
    ended = {shard_of_run(row["run_id"]): row["ended_at"] for row in reversed(rows) if row["status"] == "finished"}
    for shard in (Shard(number, of) for number in range(1, of + 1) if of > 1):
        at = ended.get(shard)
        if at is None or (max_age is not None and desk.now - at > max_age):
            when = f"since {show_time(at, desk.zone)}" if at else "lately"
            mend = f"see that a worker runs `dateline run --shard {shard}`; nobody else asks its wires"
            yield Finding("passes", "fault" if max_age else "note", f"no pass over {shard} has finished {when}", mend)


def check_feeds(desk: Desk) -> Iterator[Finding]:
    """How many feeds are well; those that fail again and again by name."""
    rows = desk.ask("select feed_id, health, trouble, cause, answered_at from feeds where is_enabled order by feed_id")
    ill = [row for row in rows if row["health"] in {"degraded", "failing", "dead"}]
    for row in rows:
        if row["trouble"]:
            yield Finding("feeds", "note", f"{row['feed_id']} {row['trouble']}", "see `dateline feeds`")
    for row in ill:
        since = _since(row["answered_at"], desk)
        yield Finding(
            "feeds",
            "note",
            f"{row['feed_id']} is {row['health']}{since}: {row['cause'] or 'no words'}",
            "see `dateline feeds`",
        )
    well = sum(row["health"].startswith("ok") for row in rows)
    unasked = sum(row["health"] == "never asked" for row in rows)
    if rows and not well and ill:
        yield Finding("feeds", "fault", "no feed answers", "check the network, DATELINE_PROXY and DATELINE_ALLOW")
    else:
        yield Finding("feeds", "ok", f"{well} of {count(len(rows), 'feed')} answer, {unasked} not asked yet")


def check_layouts(desk: Desk) -> Iterator[Finding]:
    """Wires whose pages are no longer read as they were."""
    for row in desk.ask(query("select_broken_layouts")):
        since = show_time(row["broken_since"] or row["since"], desk.zone)
        what = f"the pages of {row['wire']} since {since}: {row['trouble'] or 'not yet as they were'}"
        yield Finding("layout", "note", what, f"look at {row['example_url'] or 'one of its pages'}")


def check_data(desk: Desk, *, has_all_days: bool) -> Iterator[Finding]:
    """The stored data itself: keys, spans, ends, days."""
    found = list(check_quality(desk.connection, desk.now, has_all_days=has_all_days))
    for fault in found:
        yield Finding("data", fault.state, describe_fault(fault), fault.mend)
    if not found:
        checked = "all days" if has_all_days else f"the last {CHECKED_DAYS} days"
        yield Finding("data", "ok", f"{count(len(list_sql('quality')), 'check')} of {checked} found nothing amiss")


def _since(answered_at: datetime | None, desk: Desk) -> str:
    return f" (last answer {show_time(answered_at, desk.zone)})" if answered_at else " (never answered)"
