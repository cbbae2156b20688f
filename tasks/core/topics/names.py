"""The names that phrases with slots accept, from the catalog: which class each spelling has and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable

from tasks.core.model import Catalog, Country, GazetteerPlace
from tasks.core.topics.matcher import Name
from tasks.core.topics.patterns import CAPITAL, COUNTRY, LEADER, NATIONALITY, ORGANISATION, PLACE, expand_pattern

NOT_NAMES = "names"  # the suppressor whose phrases hide names: `Washington Post` is not the United States


_KINDS = {"country": COUNTRY, "people": NATIONALITY, "capital": CAPITAL, "organisation": ORGANISATION}


def list_names(catalog: Catalog, lang: str = "en") -> Iterable[Name]:
    """Every spelling that fills a slot or gives a state in a language; the first meaning of a spelling wins."""
    if lang == "en":
        yield from _list_english(catalog)
    for name in catalog.spoken_names:
        if name.lang == lang:
            yield Name(name.spelling, _KINDS[name.kind], name.value)


def list_hidden(catalog: Catalog, lang: str) -> Iterable[str]:
    """Longer spellings in which a name means something else."""
    for domain in catalog.suppressors:
        if domain.domain == NOT_NAMES and domain.lang == lang:
            for words in domain.phrases:
                yield from expand_pattern(words)
    if lang != "en":
        return
    for country in catalog.countries:
        yield from country.masks
    for outlet in catalog.outlets:
        if outlet.kind in ("outlet", "agency"):
            yield from (spelling for spelling in (outlet.name, *outlet.aliases) if " " in spelling)


def _list_english(catalog: Catalog) -> Iterable[Name]:
    for country in catalog.countries:
        yield from _list_country_names(country)
    for place in catalog.places:
        yield from _list_place_names(place)
    for organisation in catalog.organisations:
        for spelling in (organisation.name, *organisation.aliases):
            yield Name(spelling, ORGANISATION, organisation.code or organisation.name)
    for leader in catalog.leaders:
        for spelling in (leader.name, *leader.names, *leader.families):
            yield Name(spelling, LEADER, leader.country)


def _list_place_names(place: GazetteerPlace) -> Iterable[Name]:
    if not place.is_common:  # `Nice` and `Reading` begin sentences that are about no city
        for spelling in (place.name, *place.aliases):
            yield Name(spelling, PLACE, place.country or "")


def _list_country_names(country: Country) -> Iterable[Name]:
    for spelling in dict.fromkeys((country.name, *country.names)):
        yield Name(spelling, COUNTRY, country.code)
    for spelling in country.demonyms:
        yield Name(spelling, NATIONALITY, country.code)
    for capital in (country.capital, *country.capital_names):
        if capital:
            yield Name(capital, CAPITAL, country.code)
