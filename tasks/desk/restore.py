"""`dateline restore`: the copies of the lake's metadata, and one of them put in its place again."""

from __future__ import annotations

from datetime import datetime

from tasks.desk.desk import follow_up
from tasks.desk.options import Home
from tasks.desk.showing import count, describe_age, print_table, say
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.restore import Copy, Restored, choose_copy, list_copies, restore_lake
from tasks.settings import Settings, read_settings


def restore_metadata(copy: str | None = None, *, home: Home = None) -> int:
    """List the copies of the lake's metadata; with the name of one, or `newest`, put it in place.

    For the day on which `meta.sqlite` is lost or broken. What was written after the copy is brought back from the
    lake's Parquet files; the broken file stays beside it.
    """
    settings, now = read_settings(home), utc_now()
    address = locate_lake(settings)
    copies = list_copies(address)
    if copy is None:
        return _list(settings, copies, now)
    done = restore_lake(address, choose_copy(copies, copy), now)
    say(*_tell(done, now), f"Look it over with `{follow_up(settings, 'doctor')}`, then start the service again.")
    return 0


def _list(settings: Settings, copies: list[Copy], now: datetime) -> int:
    if not copies:
        say(f"There is no copy of the lake's metadata in {settings.home / 'lake'}; `dateline upkeep` makes them.")
        return 1
    rows = [
        (each.path.name, f"{describe_age(now - each.made_at)} ago", f"{each.size / 1e6:,.1f} MB", each.fault or "whole")
        for each in copies
    ]
    print_table(("copy", "made", "size", "state"), rows)
    say(f"Stop the service, then `{follow_up(settings, 'restore newest')}` (or the name of another) puts it in place.")
    return 0


def _tell(done: Restored, now: datetime) -> list[str]:
    rows = sum(done.rows.values())
    parts = ", ".join(f"{table.removesuffix('_facts')} {n:,}" for table, n in sorted(done.rows.items()))
    lines = [f"{done.copy.path.name}, made {describe_age(now - done.copy.made_at)} ago, is the lake's metadata again."]
    if rows:
        lines.append(f"{count(rows, 'row')} written after it came back from the lake's files: {parts}.")
    else:
        lines.append("No row was written after it.")
    if done.unreadable:
        lost = f"{count(len(done.unreadable), 'file')} could not be read (such as {done.unreadable[0]})"
        lines.append(f"{lost}; upkeep leaves them for a day. What they held is polled again while the feeds list it.")
    if done.aside:
        lines.append(f"The one before lies in {done.aside}; remove it when all is well.")
    return lines
