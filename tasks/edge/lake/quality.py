"""The checks of `sql/quality`: what stands in the lake that must not, in the last days or of one pass alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import duckdb

from tasks.core.errors import DatelineError
from tasks.core.quality import Fault, Remark, find_fault, tell_fault
from tasks.edge.lake.adhoc import find_parameters
from tasks.edge.lake.attach import LakeAddress, tell_cause
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import list_sql

# An item may still be written 14 days after its first sight.
CHECKED_DAYS = 15
FIRST_DAY = date(1970, 1, 2)  # the day before is that of a migration's own rows, which are gone

_FIRST_DAY_OF_RUN = "select min(day) from reading_facts where day >= $since and run_id = $run_id"


def list_faults(address: LakeAddress, now: datetime, run_id: str) -> list[Remark]:
    """What is amiss after a pass, each in a sentence with what to do; never an error, since the pass itself is done."""
    try:
        with borrow_lake(address) as connection:
            return [Remark(fault.state, tell_fault(fault)) for fault in check_quality(connection, now, run_id=run_id)]
    except (duckdb.Error, DatelineError) as error:
        return [Remark("fault", f"The stored data was not checked ({tell_cause(error)}); run `dateline doctor`.")]


def check_quality(
    connection: duckdb.DuckDBPyConnection, now: datetime, *, run_id: str | None = None, has_all_days: bool = False
) -> Iterator[Fault]:
    """Run every check over the last days, or over all; with a pass, the checks of stories look at its own alone.

    Raises DatelineError where a check cannot be run.
    """
    since = FIRST_DAY if has_all_days else now.date() - timedelta(days=CHECKED_DAYS)
    given = {"since": since, "run_since": _first_day(connection, since, run_id), "now": now, "run_id": run_id}
    for file in list_sql("quality"):
        wanted = {name: given[name] for name in find_parameters(file.text)}
        try:
            rows = connection.execute(file.text, wanted).fetchall()
        except duckdb.Error as error:
            raise DatelineError(f"The check {file.name} of the stored data failed ({tell_cause(error)}).") from error
        fault = find_fault(file.name, file.grain, [str(row[0]) for row in rows])
        if fault is not None:
            yield fault


def _first_day(connection: duckdb.DuckDBPyConnection, since: date, run_id: str | None) -> date:
    """The first day of the stories that a pass read: a late one is of an earlier day."""
    if run_id is None:
        return since
    row = connection.execute(_FIRST_DAY_OF_RUN, {"since": since, "run_id": run_id}).fetchone()
    return row[0] if row and row[0] else since
