"""Can a sighting be of a draft's meeting? Something must be shared, and nothing may speak against it."""

from __future__ import annotations

from datetime import timedelta

from tasks.core.ledger.key import name_words
from tasks.core.meetings.draft import AHEAD, Draft
from tasks.core.meetings.sighting import Sighting, When
from tasks.core.model import Place

# A sighting without parties completes the draft that stands so few sentences before it.
_COMPLETES = 2
_SLACK = timedelta(days=1)


def is_same(draft: Draft, sighting: Sighting) -> bool:
    """Do both speak of one meeting?"""
    if not _fits_kind(draft, sighting) or not _fits_names(draft, sighting):
        return False
    if sighting.is_again and draft.status in ("held", "ongoing") and sighting.status not in ("held", "ongoing"):
        return False
    if not (fits_place(draft.where.place, sighting.where.place) or _is_one_day(draft, sighting)):
        return False
    if not fits_days(draft.when, sighting.when) or not fits_tense(draft, sighting):
        return False
    if draft.organisation or sighting.who.organisation:
        return _fits_organisation(draft, sighting)
    return _fits_parties(draft, sighting)


def fits_place(known: Place | None, said: Place | None) -> bool:
    """Can both be where one meeting is: one inside the other, or one of them not said?"""
    if known is None or said is None:
        return True
    if known.country and said.country and known.country != said.country:
        return False
    if known.precision == said.precision:
        return known.name == said.name
    if {known.precision, said.precision} == {"city", "region"}:
        city, region = (known, said) if known.precision == "city" else (said, known)
        return city.region is None or city.region == region.name
    return True


def fits_days(known: When, said: When) -> bool:
    """Do the windows meet, a day's difference allowed? What is open or not said fits."""
    if known.days is None or said.days is None:
        return True
    first = (known.days[0] or known.days[1], said.days[0] or said.days[1])
    last = (known.days[1] or known.days[0], said.days[1] or said.days[0])
    if first[0] is None or first[1] is None or last[0] is None or last[1] is None:
        return True
    return first[0] <= last[1] + _SLACK and first[1] <= last[0] + _SLACK


def fits_tense(draft: Draft, sighting: Sighting) -> bool:
    """What is still to come and what was held are two meetings, unless a day or "the" says that they are one."""
    if (draft.when.days and sighting.when.days) or not (draft.is_cued and sighting.is_cued):
        return True
    if "ongoing" in (draft.status, sighting.status) or sighting.reference.is_definite:
        return True
    return (draft.status in AHEAD) == (sighting.status in AHEAD)


def _fits_kind(draft: Draft, sighting: Sighting) -> bool:
    if draft.kind == sighting.kind:
        return True
    pair = {draft.kind, sighting.kind}
    if pair == {"summit", "talks"}:
        return sighting.word != "summit" or draft.kind == "summit"
    return pair == {"ministerial", "talks"} and not sighting.who.has_leader


def _fits_names(draft: Draft, sighting: Sighting) -> bool:
    if draft.edition and sighting.edition and draft.edition != sighting.edition:
        return False
    if draft.name and sighting.name and not name_words(draft.name) & name_words(sighting.name):
        return False
    hosts = (draft.host,) if draft.host else ()
    is_elsewhere = _is_elsewhere(draft.where.place, sighting.who.hosts) or _is_elsewhere(sighting.where.place, hosts)
    return not is_elsewhere


def _is_elsewhere(place: Place | None, hosts: tuple[str, ...]) -> bool:
    """A host in one country and a place in another: two summits of one body."""
    return place is not None and place.country is not None and len(hosts) == 1 and hosts[0] != place.country


def _is_one_day(draft: Draft, sighting: Sighting) -> bool:
    """The same leaders on the same days, told of two halls or cities of one country."""
    known, said = draft.where.place, sighting.where.place
    if known is None or said is None or draft.when.days is None or draft.when.days != sighting.when.days:
        return False
    return known.country == said.country is not None and set(draft.codes) == set(sighting.who.codes)


def _fits_organisation(draft: Draft, sighting: Sighting) -> bool:
    known, said = draft.organisation, sighting.who.organisation
    if known and said:
        is_same_body = known.name == said.name or known.code == "EUU" == said.code
        return is_same_body and set(draft.codes) == set(sighting.who.codes)
    return not draft.codes and not sighting.who.codes and _completes(draft, sighting)


def _fits_parties(draft: Draft, sighting: Sighting) -> bool:
    known, said = set(draft.codes), set(sighting.who.codes)
    if draft.is_region and said:
        # The leaders of eight countries met; two of them met elsewhere.
        return False
    if not known or not said:
        return bool(draft.name and sighting.name) or _completes(draft, sighting)
    if known == said:
        return True
    if not (known <= said or said <= known):
        return False
    is_here = draft.where.place is not None and draft.where.place == sighting.where.place
    if is_here and sighting.number - draft.last <= _COMPLETES:
        return True
    return len(known & said) > 1 and draft.has_word and sighting.word == "summit"


def _completes(draft: Draft, sighting: Sighting) -> bool:
    shares_place = draft.where.place is not None and sighting.where.place is not None
    is_meant = sighting.reference.is_definite or sighting.number == draft.last or shares_place
    return is_meant and sighting.number - draft.last <= _COMPLETES
