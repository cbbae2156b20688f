"""`dateline alerts --follow`: each alert as it is raised, until Ctrl-C. As JSON, one alert a line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from tasks.desk.alerts import read_alerts, row_json, tell_alert
from tasks.desk.desk import Desk, name_countries, open_desk, parse_since
from tasks.desk.showing import json_value, say

PAUSE_S = 5.0  # passes come every few minutes


def follow_alerts(
    home: Path | None, kind: str | None, since: str | None, form: str, wait: Callable[[float], object] = time.sleep
) -> int:
    """Print the alerts since `since` (else none that are there already), then each new one. Ends with Ctrl-C."""
    try:
        for lines in _watch(home, kind, since, form, wait):
            say(*lines)
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 0
    return 0


def _watch(
    home: Path | None, kind: str | None, since: str | None, form: str, wait: Callable[[float], object]
) -> Iterator[list[str]]:
    seen: set[str] = set()
    start: datetime | None = None
    while True:
        # The lake is opened anew each time: a reader that stays holds up nothing, but upkeep would take its files away.
        with open_desk(home) as desk:
            start = start or parse_since(since, desk.now) or desk.now
            yield from _news(desk, kind, start, seen, form)
        wait(PAUSE_S)


def _news(desk: Desk, kind: str | None, start: datetime, seen: set[str], form: str) -> Iterator[list[str]]:
    countries = name_countries(desk.settings)
    for row in read_alerts(desk, kind, start):
        if row["alert_id"] not in seen:
            seen.add(row["alert_id"])
            told = json.dumps(json_value(row_json(row, [])), ensure_ascii=False)
            yield [told] if form == "json" else tell_alert(desk, row, countries)
