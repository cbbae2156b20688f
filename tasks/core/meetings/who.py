"""Participants as countries, organisation, hosts and names: what the entities around an anchor amount to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import DEMONYM, ROLE_LEADER, STATE, Entity, collect_codes
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.scene import Scene
from tasks.core.meetings.sighting import Where, Who
from tasks.core.model import MeetingKind, Organisation

_HEADS = re.compile(rf"{ROLE_LEADER}|\bheads? of (?:state|government)\b|\bleaders\b|\bpresidential\b|\bpresidents\b")
_OFFICIAL = re.compile(r"\b(?:state|official|working|(?:[a-z]+|\d+)-day)\s(?:state\s|official\s|working\s)?$")
_NEAR = 60
_EU = "EUU"
_KINDS_OF_BODIES: frozenset[MeetingKind] = frozenset(("summit", "ministerial", "conference"))


def read_who(
    scene: Scene, anchor: Anchor, people: Participants, kind: MeetingKind, organisations: Mapping[str, Organisation]
) -> Who:
    """Who takes part in the anchor's meeting, as the model counts it."""
    organisation = _find_organisation(people, kind, organisations)
    codes = _list_codes(people, organisation if kind in _KINDS_OF_BODIES else None)
    named: list[Entity] = sorted((*people.parties, *people.attending), key=lambda each: each.start)
    return Who(
        codes=codes,
        organisation=organisation,
        actors=tuple(dict.fromkeys(name for each in named for name in each.names)),
        hosts=tuple(dict.fromkeys(code for each in people.hosts for code in each.codes)),
        has_leader=_has_leader(scene, people, anchor),
        is_unnamed_pair=people.is_unnamed_pair,
        unnamed=people.unnamed,
        is_of_body=people.is_of_body,
        is_theirs=people.is_theirs,
        has_stateless=any(each.is_person and each.level and not each.codes for each in people.parties),
        is_official_visit=kind == "visit" and _OFFICIAL.search(scene.code[: anchor.start][-_NEAR:]) is not None,
        visitors=tuple(codes) if kind == "visit" else (),
    )


def settle_states(scene: Scene, people: Participants, where: Where) -> None:
    """`A's minister met President X in Kyiv`: who has an office, but no country, has that of the place."""
    country = where.place.country if where.place else None
    known = collect_codes(each for each in people.parties if not _is_stateless(each))
    loose = [each for each in people.parties if _is_stateless(each)]
    if not known and country is not None and len(loose) == 1 and len(people.parties) == 1 and not loose[0].codes:
        # "The Belarusian ministry denied reports of a visit of Minister X to Kyiv".
        nations = _list_nations(scene) - {country}
        people.parties = (
            [replace(loose[0], codes=tuple(nations), is_inferred=True)] if len(nations) == 1 else people.parties
        )
        return
    if not known and len(loose) == 2 and _are_abroad(loose, country):
        # "Prime Minister X and President Y met in Busan", in copy from Tokyo: one of them is of the place.
        people.parties = [
            replace(each, codes=(country or "",), is_inferred=True) if each is loose[1] else each
            for each in people.parties
        ]
        return
    if country is None or country in known or len(known) != 1 or len(loose) != 1:
        return
    if loose[0].codes and not set(loose[0].codes) <= known:
        return
    # "Egypt gets figures since President X and Prime Minister Y of Ethiopia met in Geneva": X is no Swiss president.
    named = _list_nations(scene) - known - {country}
    if len(named) == 1:
        (country,) = named
    elif loose[0] is people.parties[0]:
        return
    people.parties = [
        replace(each, codes=(country,), is_inferred=True) if each is loose[0] else each for each in people.parties
    ]


def _list_nations(scene: Scene) -> set[str]:
    """The countries that the sentence names beside its persons."""
    return collect_codes(each for each in scene.entities if each.kind in (STATE, DEMONYM))


def _are_abroad(loose: list[Entity], country: str | None) -> bool:
    """Have two leaders only the dateline's country, and did they meet in another?"""
    is_pair = {each.codes for each in loose} == {loose[0].codes} and all(each.level == "leader" for each in loose)
    return is_pair and country is not None and bool(loose[0].codes) and country not in loose[0].codes


def suppose_state(people: Participants) -> Participants:
    """The same with a country, as yet unknown, for those who have an office but no country."""
    parties = [replace(each, codes=("?",)) if each.is_person and not each.codes else each for each in people.parties]
    return replace(people, parties=parties)


def _is_stateless(entity: Entity) -> bool:
    """Has it an office, but no country, or only that of the dateline?"""
    has_office = entity.is_person and entity.level in ("leader", "minister") and not entity.organisation
    return has_office and not entity.is_group and (not entity.codes or entity.is_home)


def add_destination(who: Who, where: Where) -> Who:
    """A visit's parties: the visitors' countries and the one that they visit; without either there are none."""
    country = where.place.country if where.place else None
    if country is None or not who.codes:
        return replace(who, codes={})
    return replace(who, codes={**who.codes, country: who.codes.get(country, "country" in where.inferred)})


def _find_organisation(
    people: Participants, kind: MeetingKind, organisations: Mapping[str, Organisation]
) -> Organisation | None:
    """The body whose meeting it is; of a summit only one whose leaders are known to meet."""
    if kind not in _KINDS_OF_BODIES:
        return _find_body_of_official(people, organisations)
    names = [each.organisation for each in (*people.organisations, *people.parties) if each.organisation]
    known = [organisations[name] for name in names if name in organisations]
    with_leaders = [each for each in known if each.leaders_meeting]
    if with_leaders or kind == "summit":
        return with_leaders[0] if with_leaders else None
    return known[0] if known else None


def _find_body_of_official(people: Participants, organisations: Mapping[str, Organisation]) -> Organisation | None:
    """`Uzbek President X met UN envoy Y`: the body on one side, where states stand on the other."""
    officials = [
        each.organisation for each in people.parties if each.is_person and each.organisation and not each.codes
    ]
    is_with_state = any(each.codes and each.is_person for each in people.parties)
    return organisations.get(officials[0]) if len(set(officials)) == 1 and officials[0] and is_with_state else None


def _list_codes(people: Participants, organisation: Organisation | None) -> dict[str, bool]:
    """The parties: none at an organisation's own summit; with the EU and one state, both."""
    codes: dict[str, bool] = {}
    for each in people.parties:
        for code in each.codes:
            codes[code] = codes.get(code, True) and each.is_inferred
    if organisation is None:
        return codes
    if not people.is_pair and not _is_with_states(people):
        return {}
    others = {code: is_inferred for code, is_inferred in codes.items() if code != organisation.code}
    if organisation.code == _EU and len(others) == 1:
        others[_EU] = False
    return others


def _is_with_states(people: Participants) -> bool:
    """`an EU summit with Turkey`, `talks between ASEAN and China`: a body on one side, states on the other."""
    bodies = [each for each in (*people.parties, *people.organisations) if each.organisation]
    states = [each for each in people.parties if each.codes and not each.organisation]
    return bool(bodies) and bool(states) and not any(each.is_person for each in states)


def _has_leader(scene: Scene, people: Participants, anchor: Anchor) -> bool:
    if any(each.level == "leader" for each in (*people.parties, *people.attending, *people.hosts)):
        return True
    low, high = max(0, anchor.start - _NEAR), anchor.end + _NEAR
    if any(each.is_group and each.level == "leader" for each in scene.between(low, high)):
        return True
    return _HEADS.search(scene.code[low:high]) is not None
