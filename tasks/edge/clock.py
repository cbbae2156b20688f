"""The one place that reads the clock. Everything else takes `now` as an argument."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The wall clock as an aware UTC datetime."""
    return datetime.now(UTC)  # noqa: TID251 - this module is the one reader of the wall clock


def monotonic() -> float:
    """Seconds of a clock that never goes back, for measuring how long something took."""
    return time.monotonic()


def wait(seconds: float) -> None:
    """Let time pass, for the few places that wait for another process."""
    time.sleep(seconds)
