"""Can two places be that of one meeting? Equal, one within the other, unsaid, or apart."""

from __future__ import annotations

from typing import Literal

from tasks.core.ledger.key import fold
from tasks.core.model import Place

# `same`: one place, or one inside the other; `country`: no more than the country agrees; `silent`: nothing to compare.
PlaceFit = Literal["same", "country", "silent", "apart"]

_RANK = {"country": 0, "region": 1, "city": 2}


def fit_places(known: Place | None, told: Place | None) -> PlaceFit:
    """Compare two places as far as both are given."""
    if known is None or told is None:
        return "silent"
    if known.country and told.country and known.country != told.country:
        return "apart"
    wide, narrow = sorted((known, told), key=lambda place: _RANK[place.precision])
    if fold(wide.name) in {fold(narrow.name), fold(narrow.region or "")}:
        return "same"
    if wide.precision == "country":
        return "country" if wide.country is not None and wide.country == narrow.country else "silent"
    if wide.precision == "region" and narrow.precision == "city":
        return "apart" if narrow.region else "silent"
    return "apart"


def is_narrower(one: Place, other: Place) -> bool:
    """Does the first say more precisely where than the second?"""
    return _RANK[one.precision] > _RANK[other.precision]
