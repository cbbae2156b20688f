"""`dateline export`: the public relations as plain Parquet files by day, for tools that know no lake."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.bars import show_bars
from tasks.desk.options import Home
from tasks.desk.showing import count, say
from tasks.desk.upkeep import open_lake_of_today
from tasks.edge.clock import utc_now
from tasks.edge.lake.exporting import export_days


def export_files(
    folder: Path,
    *,
    since: Annotated[date | None, Parameter(help="First day to bring up to date.")] = None,
    until: Annotated[date | None, Parameter(help="Last day.")] = None,
    home: Home = None,
) -> int:
    """Write FOLDER/RELATION/day=.../part.parquet for all public relations; later runs bring it up to date.

    Only the days that have changed since are written again, and those that are gone are removed.
    """
    bounds = since or date.min, until or date.max
    if bounds[0] > bounds[1]:
        raise BadInput(f"--since {since} is after --until {until}; give the earlier day first.")
    _, address = open_lake_of_today(home)
    with show_bars():
        done = export_days(address, folder, utc_now(), bounds)
    gone = f", {count(len(done.removed), 'day')} removed" if done.removed else ""
    say(f"{folder}: {count(len(done.written), 'day')} written{gone}, {count(done.days, 'day')} in all (README.md).")
    return 0
