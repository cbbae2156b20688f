"""What `dateline doctor` looks at outside the lake: installation, settings, home, catalog, channels, Prefect."""

from __future__ import annotations

import difflib
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from tasks.catalog.load import load_catalog
from tasks.core.errors import BadInput, CatalogBroken, DatelineError
from tasks.core.model import Catalog
from tasks.desk.showing import count
from tasks.edge.alert_channels import list_lines
from tasks.edge.allow import AllowList
from tasks.edge.channel_checks import find_line_faults
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.extensions import open_duckdb
from tasks.edge.passes import open_catalog
from tasks.edge.prefect_server import find_own_server, is_healthy
from tasks.edge.quarantine import Quarantine
from tasks.settings import SERVED_FLAG, SETTINGS, Settings, dateline_version, open_zone

LOCK = Path(__file__).parents[2] / "requirements.lock"
# The parts that decide whether Dateline runs at all; the rest of the lock hangs on these.
PINNED = (
    "prefect", "fastapi", "sqlalchemy", "duckdb", "duckdb-extension-ducklake", "duckdb-extension-sqlite", "polars",
    "feedparser", "aiohttp", "trafilatura", "apprise", "cyclopts",
)  # fmt: skip
LOW_DISK_BYTES = 2_000_000_000  # a day of 44 feeds took well under 1 GB of raw pages and lake

State = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` says what to do about a fault."""

    check: str
    state: State
    what: str
    mend: str | None = None


def check_installation(settings: Settings, lock: Path = LOCK) -> Iterator[Finding]:
    """Versions, pins, and DuckDB's extensions, loaded as a pass would."""
    python = platform.python_version()
    yield Finding("installation", "ok", f"Dateline {dateline_version()}, Python {python}, {sys.platform}")
    pins = dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
    other = [f"{name} {found} instead of {pins[name]}" for name, found in _installed(pins) if found != pins[name]]
    if other:
        yield Finding("pins", "fault", f"other versions than requirements.lock: {', '.join(other)}", "run `make setup`")
    else:
        yield Finding("pins", "ok", f"as in requirements.lock (prefect {pins['prefect']}, duckdb {pins['duckdb']})")
    try:
        names = locate_lake(settings).extensions()
        open_duckdb(names, {}).close()
        yield Finding("extensions", "ok", f"{', '.join(names)} load")
    except DatelineError as error:
        yield Finding("extensions", "fault", str(error), "run `make setup`, or mend DATELINE_LAKE")


def _installed(pins: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in PINNED:
        if name in pins:
            try:
                yield name, version(name)
            except PackageNotFoundError:
                yield name, "nothing"


def check_settings(settings: Settings, environ: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """The environment: values that cannot be used, and names that nobody reads."""
    env = os.environ if environ is None else environ
    faults = list(_setting_faults(settings))
    for name in sorted(env):
        if name.startswith("DATELINE_") and name not in {*SETTINGS, SERVED_FLAG} and "_TEST_" not in name:
            near = difflib.get_close_matches(name, SETTINGS, n=1)
            meant = f"perhaps {near[0]} is meant" if near else "unset it; the README lists the settings"
            yield Finding("settings", "note", f"{name} is set, but no setting has this name", meant)
    yield from faults
    yield from check_proxy(settings)
    if not faults:
        given = [name for name in SETTINGS if env.get(name)]
        yield Finding("settings", "ok", f"set: {', '.join(given) or 'none, all defaults'}")


def _setting_faults(settings: Settings) -> Iterator[Finding]:
    for check in (lambda: open_zone(settings), lambda: AllowList.parse(settings.allow), lambda: locate_lake(settings)):
        try:
            check()
        except DatelineError as error:
            yield Finding("settings", "fault", str(error), "change or unset it")


def check_proxy(settings: Settings) -> Iterator[Finding]:
    """Which of our guarantees rests on the proxy, where there is one."""
    if settings.proxy is None:
        return
    try:
        parts = urlsplit(settings.proxy)
        place = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    except ValueError:
        place, parts = None, urlsplit("")
    if not place or parts.scheme not in {"http", "https"}:
        what = "DATELINE_PROXY is no address of a proxy"
        yield Finding("proxy", "fault", what, "write http://host:port, or unset it")
        return
    what = (
        f"{place} connects for us, so that the very address connected to is public rests on it: here a name is "
        "looked up first and refused where it is private, no more (hosts of DATELINE_ALLOW are reached without it)"
    )
    yield Finding("proxy", "note", what, "have it refuse private, loopback and link-local targets")


def check_home(settings: Settings) -> Iterator[Finding]:
    """The folder, whether it can be written, and room on its disk."""
    home, source = settings.home, settings.home_source
    if not home.is_dir():
        yield Finding("home", "note", f"{home} ({source}) is not there yet", "`dateline run` makes it")
        return
    if not os.access(home, os.W_OK | os.X_OK):
        yield Finding("home", "fault", f"{home} ({source}) cannot be written", "mend its permissions, or give --home")
    free = shutil.disk_usage(home).free
    room = f"{free / 1e9:.1f} GB free"
    if free < LOW_DISK_BYTES:
        yield Finding(
            "home", "fault", f"{home} has only {room}", "make room, or set DATELINE_KEEP_RAW to drop old pages"
        )
    else:
        yield Finding("home", "ok", f"{home} ({source}), {room}")
    yield from _check_quarantine(home)


def _check_quarantine(home: Path) -> Iterator[Finding]:
    """Bodies of feeds that could not be read: they are no fault of this machine, but somebody should know."""
    kept = Quarantine(home).list_kept()
    if kept:
        feeds, latest = len({each.feed_id for each in kept}), kept[-1]
        bodies = count(len(kept), "body", "bodies")
        what = (
            f"{bodies} of {count(feeds, 'feed')} could not be read; the latest is of {latest.feed_id} ({latest.cause})"
        )
        yield Finding("quarantine", "note", what, f"they are kept in {home / 'quarantine'} for a parser that can")


def check_catalog(settings: Settings) -> Iterator[Finding]:
    """The catalog with the user's own laid over it: every fault, one a finding."""
    try:
        catalog = load_catalog(settings.overlay, settings.catalog)
    except CatalogBroken as error:
        for fault in error.faults:
            yield Finding("catalog", "fault", f"{fault.file}: {fault.key}: {fault.problem}", fault.mend)
        return
    feeds = sum(len(wire.feeds) for wire in catalog.wires)
    topics = len({topic.topic for topic in catalog.topics})
    what = f"{count(len(catalog.wires), 'wire')}, {count(feeds, 'feed')}, {count(topics, 'topic')}"
    yield Finding("catalog", "ok", f"{what}, rules {catalog.rules_version}")


def check_channels(settings: Settings) -> Iterator[Finding]:
    """Each alert channel: can it be used at all? Nothing is sent."""
    catalog: Catalog | None = None
    with suppress(CatalogBroken, BadInput):  # told as the catalog's
        catalog = open_catalog(settings)
    listed = list_lines(settings, catalog)
    for fault in listed.faults.values():
        yield Finding("channels", "fault", fault)
    for line in listed.lines:
        faults = list(find_line_faults(line, settings))
        for fault in faults:
            yield Finding("channels", "fault", fault, "correct DATELINE_ALERT_URLS, or channels.toml")
        if not faults:
            yield Finding("channels", "ok", f"{line.label} (`dateline alerts test` tries it)")


def check_prefect(settings: Settings, environ: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Which server a run would join; Prefect itself is not imported."""
    env = os.environ if environ is None else environ
    url = env.get("PREFECT_API_URL", "").strip()
    own = None if url else find_own_server(settings)
    if url and not is_healthy(url):
        mend = "start it, or unset PREFECT_API_URL to run without it"
        yield Finding("prefect", "fault", f"the server at PREFECT_API_URL does not answer ({_host(url)})", mend)
    elif url or own:
        yield Finding("prefect", "ok", f"the server at {_host(url or own or '')} answers")
    else:
        yield Finding(
            "prefect", "note", "no server runs; each `dateline run` starts one for itself", "`dateline serve` keeps one"
        )


def _host(url: str) -> str:
    """The address without a user's name and password."""
    return re.sub(r"//[^/@]*@", "//", url)
