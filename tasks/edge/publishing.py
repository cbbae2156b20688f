"""The feeds that people already read with: summits.ics, alerts.atom and index.html in the folder of DATELINE_PUBLISH.

lake -> edition -> three texts (tasks/core/publish) -> each file replaced as a whole, where it changed
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tasks.core.errors import DatelineError
from tasks.core.publish.atom import build_atom
from tasks.core.publish.ics import build_calendar
from tasks.core.publish.page import View, build_page
from tasks.core.publish.rows import ATOM, CALENDAR, PAGE
from tasks.edge.lake.attach import LakeAddress
from tasks.edge.lake.told import read_edition
from tasks.edge.whole_file import write_whole
from tasks.settings import Settings, make_folder, open_zone


def publish_feeds(
    settings: Settings, address: LakeAddress, countries: Mapping[str, str], now: datetime
) -> tuple[Path, ...]:
    """Write the three files; returns their paths. `countries` are names by code.

    Raises LakeMissing, BadInput for a zone that is none, HomeUnusable, and DatelineError where a file cannot be
    written: the others are written none the less.
    """
    view = View(now, open_zone(settings), countries)
    edition = read_edition(address, now)
    texts = {
        CALENDAR: build_calendar(edition.summits, countries),
        ATOM: build_atom(edition.alerts, countries),
        PAGE: build_page(edition, view),
    }
    folder = settings.publish_folder
    make_folder(folder)
    faults = [fault for name, text in texts.items() if (fault := _replace(folder / name, text.encode()))]
    if faults:
        raise DatelineError(
            f"{', '.join(faults)} cannot be written; what was there is as it was. "
            "See that the folder can be written and the disk has room, then run `dateline publish`."
        )
    return tuple(folder / name for name in texts)


def _replace(path: Path, data: bytes) -> str | None:
    """Write a file unless it holds the same, so that a web server can say "not modified"; what hindered it, if so."""
    try:
        if not (path.is_file() and path.read_bytes() == data):
            write_whole(path, data)
    except OSError as error:
        return f"{path} ({error.strerror or error})"
    return None
