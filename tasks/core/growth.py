"""How fast a home grows, and how long its disk lasts. Pure arithmetic on bytes by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LOOKED_BACK = 14  # days; two weeks even out the days of the week
DAYS_NOTED, DAYS_FAULT = 30, 3

_STEPS = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


@dataclass(frozen=True, slots=True)
class Growth:
    """Bytes a day: of raw pages, and of all the rest; and how many days of raw pages are kept."""

    raw: float
    rest: float
    raw_days_held: int = 0
    raw_days_kept: int | None = None

    @property
    def total(self) -> float:
        """All that one day adds."""
        return self.raw + self.rest


def average_days(by_day: Mapping[date, int], today: date) -> float:
    """Bytes of a whole day: the mean of up to 14 days before today, from the first that has any; 0 without one."""
    first = today - timedelta(days=LOOKED_BACK)
    counted = {day: size for day, size in by_day.items() if first <= day < today}
    if not counted:
        return 0.0
    return sum(counted.values()) / (today - min(counted)).days


def days_until_full(growth: Growth, free: int) -> float | None:
    """Days until `free` bytes are used; None where nothing grows. Raw pages grow only until their keeping time."""
    if growth.raw_days_kept is None:
        return free / growth.total if growth.total > 0 else None
    left = max(growth.raw_days_kept - growth.raw_days_held, 0)
    if growth.total * left >= free:
        return free / growth.total if growth.total > 0 else None
    return left + (free - growth.total * left) / growth.rest if growth.rest > 0 else None


def describe_growth(growth: Growth, free: int) -> str:
    """`about 41 MB a day, of which 36 MB raw pages; 120 GB free: about 8 years`."""
    room = f"{show_bytes(free)} free"
    if growth.total <= 0:
        return f"no whole day to judge by yet; {room}"
    left = days_until_full(growth, free)
    lasts = f"about {show_days(left)}" if left is not None else "nothing grows"
    raw = f", of which {show_bytes(growth.raw)} raw pages" if growth.raw > 0 else ""
    kept = growth.raw_days_kept
    bound = f" (raw pages are kept for {kept} day{'' if kept == 1 else 's'})" if kept is not None else ""
    return f"about {show_bytes(growth.total)} a day{raw}; {room}: {lasts}{bound}"


def show_bytes(size: float) -> str:
    """`41 MB`, in powers of ten as disks are sold."""
    for step, unit in _STEPS:
        if size >= step:
            return f"{size / step:.3g} {unit}" if size < 999.5 * step else f"{size / step:.0f} {unit}"
    return f"{size:.0f} B"


def show_days(days: float) -> str:
    """`8 years`, `5 months`, `12 days` or `less than a day`."""
    if days < 1:
        return "less than a day"
    if days < 90:
        return f"{days:.0f} day{'' if round(days) == 1 else 's'}"
    if days < 730:
        return f"{days / 30.44:.0f} months"
    return f"{days / 365.25:,.0f} years" if days < 365.25 * 1000 else "more than 1,000 years"
