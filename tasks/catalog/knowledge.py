"""What the catalog knows of the world: countries, leaders, roles, organisations and the outlets that stories cite.

Each loader takes the layers and gives a tuple of model values in the order of the file. A faulty row is left out and
its fault noted in `layers.faults`, with the file, the entry, the cause and the mend. Cells of a CSV file that hold
several values part them with a semicolon.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.core.model import Country, Leader, Organisation, Outlet, Role

COUNTRIES_FILE = "countries.csv"
LEADERS_FILE = "leaders.csv"
ROLES_FILE = "roles.toml"
ORGANISATIONS_FILE = "organisations.toml"
OUTLETS_FILE = "outlets.toml"
# Everything that `load_*` reads; the rules version is a hash over these.
KNOWLEDGE_FILES = (COUNTRIES_FILE, LEADERS_FILE, ROLES_FILE, ORGANISATIONS_FILE, OUTLETS_FILE)

ROLE_LEVELS = frozenset(
    (
        "leader",
        "royal",
        "elect",
        "former",
        "deputy",
        "minister",
        "envoy",
        "aide",
        "spokesperson",
        "military",
        "official",
    )
    + ("legislator", "party", "business", "expert", "private")
)
OUTLET_KINDS = ("outlet", "agency", "official", "document")


def load_countries(layers: Layers) -> tuple[Country, ...]:
    """Countries by alpha-3 code, from countries.csv."""
    found = []
    for entry in layers.rows(COUNTRIES_FILE):
        if not _is_country_code(entry.id):
            _report(layers, entry, "is not an alpha-3 code", "use three capital letters, such as FRA")
            continue
        if not (name := _need_text(layers, entry, "name")):
            continue
        found.append(
            Country(
                code=entry.id,
                name=name,
                names=_split_cell(entry, "names") or (name,),
                demonyms=_split_cell(entry, "demonyms"),
                capital=_read_text(entry, "capital"),
                is_at_war=str(entry.values.get("is_at_war", "")).lower() == "true",
                capital_names=_split_cell(entry, "capital_names"),
                masks=_split_cell(entry, "masks"),
            )
        )
    return tuple(found)


def load_leaders(layers: Layers) -> tuple[Leader, ...]:
    """Office holders with the days between which they held the office, from leaders.csv."""
    found = []
    for entry in layers.rows(LEADERS_FILE):
        needed = [_need_text(layers, entry, key) for key in ("name", "role", "level")]
        country, organisation = _read_text(entry, "country"), _read_text(entry, "organisation")
        if not all(needed) or not (country or organisation):
            if all(needed):
                _report(layers, entry, "has neither country nor organisation", "say for whom the office is held")
            continue
        name, role, level = (value or "" for value in needed)
        if level not in ROLE_LEVELS:
            _report(layers, entry, f"has the unknown level {level!r}", f"use one of {', '.join(sorted(ROLE_LEVELS))}")
            continue
        since, until = _read_day(layers, entry, "since"), _read_day(layers, entry, "until")
        if since and until and since > until:
            _report(layers, entry, f"ends ({until}) before it begins ({since})", "correct one of the two days")
            continue
        names = _split_cell(entry, "names") or (name,)
        families = _split_cell(entry, "families")
        found.append(Leader(name, names, families, country or "", role, level, since, until, organisation))
    return tuple(found)


def load_roles(layers: Layers) -> tuple[Role, ...]:
    """Role phrases with their level, from the `[[role]]` entries of roles.toml."""
    found = []
    for entry in layers.entries(ROLES_FILE, "role"):
        role, level = _need_text(layers, entry, "role"), _need_text(layers, entry, "level")
        names = _read_list(layers, entry, "names")
        if not (role and level and names):
            if role and level:
                _report(layers, entry, "has no names", 'give the phrases as names = ["foreign minister"]')
            continue
        if level not in ROLE_LEVELS:
            _report(layers, entry, f"has the unknown level {level!r}", f"use one of {', '.join(sorted(ROLE_LEVELS))}")
            continue
        found.append(Role(role, names, level))
    return tuple(found)


def load_organisations(layers: Layers) -> tuple[Organisation, ...]:
    """Organisations whose meetings are known, from the `[[organisation]]` entries of organisations.toml."""
    found = []
    for entry in layers.entries(ORGANISATIONS_FILE, "organisation"):
        if not (name := _need_text(layers, entry, "name")):
            continue
        members = _read_list(layers, entry, "members")
        if wrong := [member for member in members if not _is_country_code(member)]:
            _report(layers, entry, f"has members that are no alpha-3 codes: {', '.join(wrong)}", "use codes like FRA")
            continue
        found.append(
            Organisation(
                name,
                _read_list(layers, entry, "aliases"),
                _read_text(entry, "code"),
                members,
                _read_text(entry, "leaders_meeting"),
            )
        )
    return tuple(found)


def load_outlets(layers: Layers) -> tuple[Outlet, ...]:
    """Sources that stories cite, from the `[[outlet]]` entries of outlets.toml."""
    found = []
    for entry in layers.entries(OUTLETS_FILE, "outlet"):
        name, kind = _need_text(layers, entry, "name"), _need_text(layers, entry, "kind")
        if not (name and kind):
            continue
        matched = [known for known in OUTLET_KINDS if known == kind]
        if not matched:
            _report(layers, entry, f"has the unknown kind {kind!r}", f"use one of {', '.join(OUTLET_KINDS)}")
            continue
        found.append(Outlet(name, _read_list(layers, entry, "aliases"), matched[0]))  # type: ignore[arg-type]
    return tuple(found)


def _report(layers: Layers, entry: CatalogEntry, problem: str, mend: str) -> None:
    layers.fault(entry.file, entry.where(), problem, mend)


def _is_country_code(code: str) -> bool:
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def _read_text(entry: CatalogEntry, key: str) -> str | None:
    value = entry.values.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _need_text(layers: Layers, entry: CatalogEntry, key: str) -> str | None:
    value = _read_text(entry, key)
    if value is None:
        _report(layers, entry, f"has no {key}", f"give it a text for {key}")
    return value


def _split_cell(entry: CatalogEntry, key: str) -> tuple[str, ...]:
    return _keep_unique(str(entry.values.get(key, "")).split(";"))


def _read_list(layers: Layers, entry: CatalogEntry, key: str) -> tuple[str, ...]:
    value = entry.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        _report(layers, entry, f"has {key} that are no list of texts", f'write {key} = ["...", "..."]')
        return ()
    return _keep_unique(value)


def _keep_unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _read_day(layers: Layers, entry: CatalogEntry, key: str) -> date | None:
    value = _read_text(entry, key)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        _report(layers, entry, f"has {key} = {value!r}, which is no day", "write it as 2024-07-05, or leave it empty")
        return None
