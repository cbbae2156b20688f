"""`dateline rules diff OLD NEW`: which stored articles two versions of the rules tag otherwise, and by which phrase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tasks.catalog.load import load_catalog
from tasks.catalog.recall import recall_catalog
from tasks.core.errors import BadInput
from tasks.core.model import Catalog
from tasks.desk.bars import show_bars
from tasks.desk.change_words import change_json, counts_json, print_change, print_counts, tell_causes, tell_total
from tasks.desk.desk import Desk, open_desk, parse_since
from tasks.desk.options import Format, Home, Since
from tasks.desk.showing import note, print_json, say
from tasks.edge.lake.statements import query
from tasks.edge.passes import open_catalog
from tasks.edge.rereading import FIRST_DAY, LAST_DAY
from tasks.edge.retagging import CatalogSide, Compared, Side, StoredSide, compare_archive

_WAYS = "a catalog folder, `stored`, `today`, `plain`, or the beginning of a rules_version that read articles here"


@dataclass(frozen=True, slots=True)
class Named:
    """A side of the comparison as it was asked for; `rules_version` is None for the readings as they are."""

    name: str
    rules_version: str | None
    side: Side

    def __str__(self) -> str:
        return f"{self.name} ({self.rules_version})" if self.rules_version else self.name


def compare_rules(
    old: Annotated[str, Parameter(help=f"The rules before: {_WAYS}.")] = "stored",
    new: Annotated[str, Parameter(help="The rules after, named in the same way.")] = "today",
    /,
    *,
    since: Since = None,
    until: Annotated[str | None, Parameter(help="Up to a day (2025-12-11), or back from now.")] = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The stored articles whose tags differ between OLD and NEW, with the phrase that did it, and counts per topic.

    OLD and NEW: a folder laid over the built-in catalog, `stored` (the readings now), a rules_version (its stored
    readings), `today` (the catalog in use), `plain` (the built-in one without the home's own).
    """
    with open_desk(home) as desk, show_bars():
        before, after = open_side(desk, old), open_side(desk, new)
        if (
            before.rules_version
            and before.rules_version == after.rules_version
            and type(before.side) is type(after.side)
        ):
            note(f"{before.name} and {after.name} are the same rules ({before.rules_version}): no tag can differ.")
        compared = Compared()
        bounds = find_bounds(desk, since, until)
        changes = compare_archive(desk.connection, (before.side, after.side), bounds, compared)
        if format == "json":
            listed = [change_json(found, tell_causes(found, before.side, after.side)) for found in changes]
            sides = {"old": before.rules_version or before.name, "new": after.rules_version or after.name}
            print_json({**sides, **counts_json(compared), "changes": listed})
            return 0
        for found in changes:
            print_change(found, tell_causes(found, before.side, after.side))
        print_counts(compared)
        say(f"{tell_total(compared)} between {before} and {after}.")
    return 0


def open_side(desk: Desk, given: str) -> Named:
    """What a person means by OLD or NEW. Raises BadInput, and CatalogBroken with every fault of a folder."""
    if given == "stored":
        versions = [row["rules_version"] for row in desk.ask(query("select_rules_like"), prefix="")]
        only = find_rules(desk, versions[0]) if len(versions) == 1 else None
        return Named(given, None, StoredSide(None, only))
    if given == "today":
        catalog = open_catalog(desk.settings)
    elif given == "plain":
        catalog = recall_catalog()
    elif Path(given).expanduser().is_dir():
        catalog = load_catalog(Path(given).expanduser())
    else:
        version = find_version(desk, given)
        return Named("stored", version, StoredSide(version, find_rules(desk, version)))
    return Named(given, catalog.rules_version, CatalogSide(catalog))


def find_rules(desk: Desk, version: str) -> Catalog | None:
    """The rules of a version, if they are the built-in ones or those in use."""
    known = (recall_catalog(), open_catalog(desk.settings))
    return next((catalog for catalog in known if catalog.rules_version == version), None)


def find_version(desk: Desk, given: str) -> str:
    """The rules_version that begins so, of those that read articles here. Raises BadInput."""
    rows = desk.ask(query("select_rules_like"), prefix=given.strip().lower())
    if given.strip() and len(rows) == 1:
        return str(rows[0]["rules_version"])
    if given.strip() and rows:
        listed = ", ".join(str(row["rules_version"]) for row in rows[:5])
        raise BadInput(f"{given!r} is the beginning of several rules_versions: {listed}; give more of it.")
    raise BadInput(
        f"{given!r} is no folder and no rules_version that read articles here; give {_WAYS} "
        '(`dateline sql "from rules"` lists them).'
    )


def find_bounds(desk: Desk, since: str | None, until: str | None) -> tuple[date, date]:
    """The first and the last day that are asked for. Raises BadInput."""
    first, last = parse_since(since, desk.now), parse_since(until, desk.now)
    bounds = first.date() if first else FIRST_DAY, last.date() if last else LAST_DAY
    if bounds[0] > bounds[1]:
        raise BadInput(f"--since {since} is after --until {until}; give them the other way round.")
    return bounds
