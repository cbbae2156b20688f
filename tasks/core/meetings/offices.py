"""What an office says of who holds it: the level, the country, and whether the dateline's country may be meant."""

from __future__ import annotations

import re
from datetime import date

from tasks.core.meetings.entities import Level
from tasks.core.model import Actor, Leader

LEVELS: dict[str, Level] = {"leader": "leader", "minister": "minister"}
# Who speaks for a state, below its ministers.
_DEPUTY = re.compile(
    r"\b(?:deputy|vice)\b.*\bminister\b|\bnational security advis|\benvoy\b|\bnegotiator\b|\bforeign secretary\b"
    r"|\btrade representative\b",
    re.I,
)
# Offices that say of themselves whose they are.
_STATES_OF_ROLES = {"pope": "VAT", "pontiff": "VAT"}
_EU_OFFICE = re.compile(
    r"\b(?:European Council|European Commission|EU Council|EU Commission)(?:['’]s)? [Pp]resident\b"
    r"|\b[Pp]resident of the (?:European|EU) (?:Council|Commission)\b|\b[Ff]oreign policy chief\b|\b(?:European"
    r"|EU) [Cc]ommissioner\b"
)


def is_at_home(actor: Actor, level: Level | None) -> bool:
    """Is it an office of a state, of which no country is told? Then that of the dateline may be meant."""
    has_office = level in LEVELS or _DEPUTY.search(actor.role or "") is not None
    return actor.country is None and actor.role is not None and has_office and not actor.organisation


def level_on_day(offices: tuple[Leader, ...], day: date | None) -> Level | None:
    """The level of the office held on the day (without a day: held still); None for a person without offices."""
    if not offices:
        return None
    held = {LEVELS.get(office.level, "other") for office in offices if _holds(office, day)}
    return "leader" if "leader" in held else "minister" if "minister" in held else "other"


def _holds(office: Leader, day: date | None) -> bool:
    if day is None:
        return office.until is None
    return (office.since is None or office.since <= day) and (office.until is None or day <= office.until)


def read_seat(actor: Actor) -> str | None:
    """The country or the EU, where the office itself or the words of a mention say whose it is."""
    role = actor.role or ""
    if not role:
        return None
    is_of_eu = _EU_OFFICE.search(role) or any(_EU_OFFICE.search(mention.text) for mention in actor.mentions)
    return "EUU" if is_of_eu else _STATES_OF_ROLES.get(role.casefold())
