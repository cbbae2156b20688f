"""A pass from its first breath to its last: settings, catalog, lake, pass lock, and the facts of its start and end."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tasks.catalog.recall import recall_catalog
from tasks.catalog.wires import load_wires_file
from tasks.core.errors import DatelineError
from tasks.core.model import Catalog, Feed, Wire
from tasks.core.shards import WHOLE, Shard, holds_wire, parse_shard
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import LakeAddress, locate_lake
from tasks.edge.lake.locks import describe_holder, hold_pass_lock
from tasks.edge.lake.migrate import is_current, migrate_lake
from tasks.edge.lake.mirror import mirror_catalog
from tasks.edge.lake.sharing import borrow_lake, share_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows, write_lake
from tasks.settings import Settings, dateline_version, prepare_home, read_settings, settle_home

NO_SUM = dict.fromkeys(("found", "known", "repeated", "new", "stored", "duplicate", "rejected", "waiting", "alerts"), 0)


@dataclass(frozen=True, slots=True)
class PassRun:
    """One pass as every stage knows it. `now` is the one reading of the clock that decisions are made by."""

    run_id: str
    flow: str
    now: datetime
    settings: Settings
    catalog: Catalog
    address: LakeAddress
    with_all_feeds: bool = False
    has_own_wires: bool = True
    shard: Shard = WHOLE

    def wires(self) -> dict[str, Wire]:
        """All wires by id, those of other shards too."""
        return {wire.wire_id: wire for wire in self.catalog.wires}

    def country_names(self) -> dict[str, str]:
        """The names of countries by code."""
        return {country.code: country.name for country in self.catalog.countries}

    def feeds(self) -> tuple[Feed, ...]:
        """The feeds of the catalog that this pass asks: those of its shard."""
        return tuple(feed for wire in self.catalog.wires if holds_wire(self.shard, wire.wire_id) for feed in wire.feeds)


def open_catalog(settings: Settings, feeds_file: Path | None = None) -> Catalog:
    """The catalog by the settings; with a feeds file (TOML or OPML), its wires in place of the catalog's."""
    catalog = recall_catalog(settings.overlay, settings.catalog)
    return replace(catalog, wires=load_wires_file(feeds_file)) if feeds_file else catalog


def make_lake_ready(settings: Settings) -> None:
    """Make or upgrade the lake while Prefect starts, unless a pass runs. What hinders it, the pass itself will tell."""
    address, now = locate_lake(settings), utc_now()
    who = describe_holder("the start of a pass", now)
    with suppress(DatelineError):
        if not is_current(address):
            if address.is_sqlite:
                address.metadata_file.parent.mkdir(parents=True, exist_ok=True)
            with hold_pass_lock(address, who):
                migrate_lake(address, now)


@contextmanager
def open_pass(
    flow: str,
    *,
    home: str | None = None,
    feeds_file: str | None = None,
    with_all_feeds: bool = False,
    is_alone: bool = True,
    shard: str | None = None,
    own_sum: Mapping[str, int] | None = None,
    now: datetime | None = None,
) -> Iterator[PassRun]:
    """Begin a pass, hold the pass lock while it runs, and record how it ended.

    Imports, rereads and upkeep are not `is_alone`: they run beside a monitor and queue on the write lock only. An
    import polls nothing and its items carry other days, so that it fills an `own_sum` by the time it ends.
    A `shard` such as `2/3` is a pass over its share of the wires, beside those over the others.
    Raises PassRunning where another pass runs, BadInput, HomeUnusable, CatalogBroken and LakeTooNew.
    """
    share = parse_shard(shard)
    settings = read_settings(home)
    settle_home(settings)
    catalog = open_catalog(settings, Path(feeds_file) if feeds_file else None)
    prepare_home(settings)
    address = locate_lake(settings)
    begun = now or utc_now()
    run_id = f"{begun:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}{share.mark}"
    if address.is_sqlite:
        address.metadata_file.parent.mkdir(parents=True, exist_ok=True)
    who = describe_holder(f"{flow} {run_id}", begun)
    with hold_pass_lock(address, who, share) if is_alone else nullcontext(), share_lake(address):
        migrate_lake(address, begun)
        run = PassRun(run_id, flow, begun, settings, catalog, address, with_all_feeds, feeds_file is None, share)
        record_run(run, "started")
        try:
            yield run
        except BaseException as error:
            record_run(run, "failed", error=f"{type(error).__name__}: {error}", **sum_run(run))
            raise
        record_run(run, "finished", **(own_sum or sum_run(run)))


def record_run(run: PassRun, event: str, **parts: Any) -> None:
    """A fact of the pass itself: started, finished with its sum, or failed."""
    row = {
        "day": run.now.date(),
        "run_id": run.run_id,
        "flow": run.flow,
        "event": event,
        "happened_at": run.now if event == "started" else utc_now(),
        "host": f"{socket.gethostname()}:{os.getpid()}",
        "version": dateline_version(),
        **dict.fromkeys((*NO_SUM, "feeds_asked", "feeds_failed", "error")),
        **parts,
    }
    with write_lake(run.address, f"{run.flow} {run.run_id}", run.now, f"{run.flow} {run.run_id} {event}") as lake:
        if event == "started":
            mirror_catalog(lake, run.catalog, run.now, is_whole=run.has_own_wires)
        lake.append("run_facts", [row])


def sum_run(run: PassRun) -> dict[str, Any]:
    """The sum of idea 1 for this pass, counted from the facts in the lake."""
    with borrow_lake(run.address) as connection:
        return fetch_rows(connection, query("select_run_sum"), _own_facts(run))[0]


def read_raised(run: PassRun) -> list[dict[str, Any]]:
    """The alerts that this pass raised, oldest first."""
    with borrow_lake(run.address) as connection:
        return fetch_rows(connection, query("select_raised_alerts"), _own_facts(run))


def read_health(run: PassRun) -> list[dict[str, Any]]:
    """Each feed with its health, the worst first; plain values only."""
    with borrow_lake(run.address) as connection:
        rows = fetch_rows(connection, query("select_feed_health"))
    return [{name: str(value) if isinstance(value, datetime) else value for name, value in row.items()} for row in rows]


def _own_facts(run: PassRun) -> dict[str, Any]:
    """The facts of this pass: one that runs over midnight keeps the day of its start, and so do its items."""
    return {"run_id": run.run_id, "from_day": run.now.date(), "to_day": run.now.date() + timedelta(days=1)}
