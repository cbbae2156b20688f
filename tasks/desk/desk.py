"""What every command that reads the lake needs: settings, a locked connection, the reader's zone and country names."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import tasks.edge.lake.adhoc as lake
from tasks.catalog.folders import lay_folders
from tasks.catalog.knowledge import load_countries
from tasks.catalog.layers import Layers
from tasks.core.errors import BadInput
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import locate_lake
from tasks.edge.search import bring_index
from tasks.settings import Settings, open_zone, read_settings

_BACK = re.compile(r"(\d{1,6})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Desk:
    """An open lake, and how its reader wants to see it. `now` is the one reading of the clock."""

    settings: Settings
    connection: Any
    now: datetime
    zone: tzinfo

    def ask(self, statement: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of a question as dicts by column name."""
        return lake.ask(self.connection, statement, parameters or None).dicts()


def open_desk(home: Path | None, statement: str = "") -> AbstractContextManager[Desk]:
    """Open the lake of a home for reading; nothing is made. Raises LakeMissing and BadInput."""
    return open_desk_of(read_settings(home), statement)


@contextmanager
def open_desk_of(settings: Settings, statement: str = "") -> Iterator[Desk]:
    """Open the lake of these settings for reading, for a `statement` that searches with the file of words."""
    zone, address = open_zone(settings), locate_lake(settings)
    index = bring_index(settings, address) if lake.calls_search(statement) else None
    with closing(lake.connect_adhoc(address, settings, index)) as connection:
        yield Desk(settings, connection, utc_now(), zone)


def name_countries(settings: Settings) -> Mapping[str, str]:
    """Names of countries by code, by the catalog in use."""
    folders = lay_folders(settings.overlay, settings.catalog)
    return {country.code: country.name for country in load_countries(Layers(folders))}


def parse_since(given: str | None, now: datetime) -> datetime | None:
    """A moment from `2025-12-11`, `2025-12-11T08:00` (UTC) or a span back from now such as `12h`. Raises BadInput."""
    if given is None:
        return None
    back = _BACK.fullmatch(given.strip().lower())
    try:
        if back is not None:
            return now - timedelta(**{_UNITS[back[2]]: int(back[1])})
        moment = datetime.fromisoformat(given.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            f"{given!r} is no day and no span of time; write a day as 2025-12-11, or a span back from now as 12h or 7d."
        ) from error


def since_day(since: datetime | None) -> date:
    """The first day of a question that begins at `since`; the first day of all without it."""
    return since.date() if since else date(1970, 1, 1)


def follow_up(settings: Settings, command: str) -> str:
    """A command as it must be typed to ask this same home."""
    if settings.home_source == "default" or settings.home_source.startswith("DATELINE_HOME"):
        return f"dateline {command}"
    here = Path.cwd()
    shown = f"./{settings.home.relative_to(here)}" if settings.home.is_relative_to(here) else str(settings.home)
    return f"dateline {command} --home {shlex.quote(shown)}"
