"""What `dateline doctor` says of the disk: how fast the home grows, and how long there is room. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tasks.core.errors import DatelineError
from tasks.core.growth import DAYS_FAULT, DAYS_NOTED, days_until_full, describe_growth
from tasks.desk.checks import Finding, State
from tasks.edge.clock import utc_now
from tasks.edge.disk_use import free_bytes, measure_growth
from tasks.settings import Settings


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Bytes a day and days until the disk is full; nothing where there is no lake, which is told as the lake's."""
    with suppress(DatelineError):
        growth, free = measure_growth(settings, utc_now().date()), free_bytes(settings.home)
        left = days_until_full(growth, free)
        state: State = "ok"
        if left is not None and left < DAYS_NOTED:
            state = "fault" if left < DAYS_FAULT else "note"
        bounds = growth.raw > 0 and growth.raw_days_kept is None
        mend = "DATELINE_KEEP_RAW bounds the raw pages" if bounds else "make room" if state != "ok" else None
        yield Finding("disk", state, describe_growth(growth, free), mend)
