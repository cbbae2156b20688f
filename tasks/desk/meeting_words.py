"""A meeting in a few words for people: who, where, when, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Row = Mapping[str, Any]


def tell_parties(row: Row, countries: Mapping[str, str]) -> str:
    """Who takes part, countries by name; an organisation's meeting by its name."""
    names = [countries.get(code, code) for code in row.get("parties") or ()]
    organisation = row.get("organisation")
    return ", ".join([organisation, *names] if organisation else names)


def tell_place(row: Row, countries: Mapping[str, str]) -> str:
    """Where it is, as precisely as the texts say: `Anchorage, United States`."""
    country = row.get("place_country")
    name = countries.get(country, country) if country else None
    parts = [row.get("place"), name]
    return ", ".join(part for at, part in enumerate(parts) if part and part not in parts[:at])


def tell_window(first: date | None, last: date | None) -> str:
    """The window: one day, or from one to another; nothing where no text says."""
    if first is None or last is None or first == last:
        day = first or last
        return day.isoformat() if day else ""
    return f"{first.isoformat()} to {last.isoformat()}"


def tell_meeting(row: Row, countries: Mapping[str, str]) -> str:
    """All of it on one line: `Alaska Summit: Russia, United States; Anchorage; 2025-08-15; planned`."""
    parts = (
        tell_parties(row, countries),
        tell_place(row, countries),
        tell_window(row.get("from_day"), row.get("to_day")),
        str(row.get("status") or "").replace("_", " "),
    )
    told = "; ".join(part for part in parts if part)
    return f"{row['name']}: {told}" if row.get("name") else told


def place_json(row: Row) -> dict[str, Any] | None:
    """The place as in a reading (DESIGN section 6), or nothing."""
    if row["place"] is None:
        return None
    return {
        "name": row["place"],
        "region": row["place_region"],
        "country": row["place_country"],
        "precision": row["place_precision"],
    }
