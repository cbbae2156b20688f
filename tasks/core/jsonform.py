"""The public JSON of a reading (DESIGN section 6): plain dicts with ISO dates, in a fixed order of keys."""

from __future__ import annotations

from typing import Any

from tasks.core.model import Dateline, Meeting, Place, Reading, Tag

Json = dict[str, Any]


def reading_json(reading: Reading) -> Json:
    """A reading as it is printed by `dateline read`."""
    return {
        "lang": reading.lang,
        "rules_version": reading.rules_version,
        "dateline": dateline_json(reading.dateline) if reading.dateline else None,
        "topics": None if reading.topics is None else [tag_json(tag) for tag in reading.topics],
        "actors": _listed(reading.actors),
        "quotes": _listed(reading.quotes),
        "citations": _listed(reading.citations),
        "meetings": None if reading.meetings is None else [meeting_json(meeting) for meeting in reading.meetings],
    }


def dateline_json(line: Dateline) -> Json:
    """A dateline."""
    return _dict(line)


def tag_json(tag: Tag) -> Json:
    """A topic tag with its evidence."""
    return _dict(tag)


def meeting_json(meeting: Meeting) -> Json:
    """A meeting; `from` and `to` have their public names here."""
    form = plain_json(meeting)
    return {{"from_day": "from", "to_day": "to"}.get(key, key): value for key, value in form.items()}


def place_json(place: Place | None) -> Json | None:
    """A place, or nothing."""
    return _dict(place) if place else None


def _dict(value: object) -> Json:
    plain: Json = plain_json(value)
    return plain


def _listed(values: tuple[Any, ...] | None) -> list[Json] | None:
    return None if values is None else [plain_json(value) for value in values]


def plain_json(value: Any) -> Any:
    """Any value of the core, with the names that its fields have here; `jsonread` reads it back."""
    if isinstance(value, tuple):
        return [plain_json(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain_json(getattr(value, name)) for name in value.__dataclass_fields__}
    return value.isoformat() if hasattr(value, "isoformat") else value
