"""Does a rule of the catalog want an alert? What a rule leaves empty, it does not ask. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from fnmatch import fnmatchcase

from tasks.core.ledger.key import fold, fold_body
from tasks.core.model import Alert, AlertRule, Place

_CONFIDENCE = {"low": 0, "medium": 1, "high": 2}


def wants(rule: AlertRule, alert: Alert) -> bool:
    """Is all that the rule asks true of the alert? An alert about a wire has no parties, place or confidence."""
    return (
        _is_one(rule.kinds, alert.kind)
        and _is_one(rule.statuses, alert.status)
        and (not rule.parties or bool(set(rule.parties) & set(alert.parties)))
        and (not rule.organisations or fold_body(alert.organisation) in map(fold_body, rule.organisations))
        and (not rule.places or bool({fold(place) for place in rule.places} & _places_of(alert)))
        and (not rule.wires or alert.wire_id in rule.wires)
        and _is_sure(rule, alert)
        and (rule.least_origins is None or alert.origins >= rule.least_origins)
    )


def _is_one(patterns: tuple[str, ...], value: str) -> bool:
    return not patterns or any(fnmatchcase(value, pattern) for pattern in patterns)


def _places_of(alert: Alert) -> set[str]:
    place = alert.place
    return {fold(part) for part in (place.name, place.region, place.country) if part} if place else set()


def _is_sure(rule: AlertRule, alert: Alert) -> bool:
    least = rule.least_confidence
    return least is None or _CONFIDENCE.get(alert.confidence or "", 0) >= _CONFIDENCE[least]


def sample_alert(parts: Mapping[str, object]) -> Alert:
    """An alert of these parts, all others blank: what the examples of a rule mean. `place` and lists are words."""
    told = dict(parts)
    place, parties = told.pop("place", None), told.pop("parties", ())
    blank = {field.name: None for field in fields(Alert)}
    counts = {"wires": 1, "origins": 1, "step": 1, "sources": (), "sides": (), "status": "", "kind": ""}
    where = Place(str(place), None, None, "city") if place else None
    listed = tuple(str(party) for party in parties) if isinstance(parties, list | tuple) else ()
    return Alert(**{**blank, **counts, **told, "place": where, "parties": listed})  # type: ignore[arg-type]
