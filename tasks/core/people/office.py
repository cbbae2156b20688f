"""What the lexicon of leaders says of a person on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tasks.core.model import Catalog, Leader


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a person. `is_current` tells whether it was held on the day asked for."""

    role: str
    level: str
    country: str | None
    organisation: str | None
    is_current: bool


class Lexicon:
    """The offices of all leaders of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._offices: dict[str, list[Leader]] = {}
        for leader in catalog.leaders:
            self._offices.setdefault(leader.name, []).append(leader)
        self._organisations = {
            name: organisation.name
            for organisation in catalog.organisations
            for name in (organisation.name, *organisation.aliases)
        }

    def office(self, name: str | None, day: date | None) -> Office | None:
        """The office that a person held on a day (None: now), else the last one before it, else the first."""
        offices = self._offices.get(name or "", [])
        if not offices:
            return None
        held = [office for office in offices if _is_held(office, day)]
        chosen = max(held or offices, key=lambda office: _rank(office, day))
        organisation = chosen.organisation
        return Office(
            role=chosen.role,
            level=chosen.level,
            country=chosen.country or None,
            organisation=self._organisations.get(organisation, organisation) if organisation else None,
            is_current=bool(held),
        )


def _is_held(office: Leader, day: date | None) -> bool:
    if day is None:
        return office.until is None
    return (office.since is None or office.since <= day) and (office.until is None or day <= office.until)


def _rank(office: Leader, day: date | None) -> tuple[bool, bool, date]:
    """Offices that began by the day come first, the leader's before others of the same person, the latest of them."""
    since = office.since or date.min
    return day is None or since <= day, office.level == "leader", since
