"""Who, what, where and when a sentence names: the entities of its scene, from names, persons, places and days."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from tasks.core.days.find import DaySpan, find_days
from tasks.core.meetings.entities import (
    DAY,
    DEMONYM,
    ORG,
    PERSON_OF_LEVEL,
    PLACE,
    ROLE_LEADER,
    ROLE_OF_LEVEL,
    STATE,
    Entity,
    Level,
    collect_codes,
)
from tasks.core.meetings.offices import LEVELS, is_at_home, level_on_day, read_seat
from tasks.core.meetings.scene import Scene
from tasks.core.model import Actor, Catalog, Dateline, Place
from tasks.core.names import NameHit, NameIndex
from tasks.core.places import PlaceHit, PlaceIndex
from tasks.core.sentences import Sentence

# A capital or state before a hyphen and another one is a party ("Moscow-Washington talks"), not where they meet.
_PAIR = re.compile(r"\s?[-–/]\s?[A-Z]")
_PAIR_BEFORE = re.compile(r"[\w.]\s?[-–/]\s?$")
# "the heads of state of A, B and C": states, though "A, B" looks like a town and its country.
_LEADERS_OF = re.compile(
    r"\b(?:leaders|[Pp]residents|[Mm]inisters|premiers|[Hh]eads of (?:state(?: and government)?|government))"
    r"\s(?:of|from)\s(?:the\s)?(?:[A-Z][\w’'-]*,?\s(?:and\s)?(?:the\s)?)*$"
)
# Roles that are verbs in this subject ("Rwanda will host the meeting").
_VERBS = frozenset(("host", "hosts", "chair", "head", "heads"))
_CAPITAL_AFTER = re.compile(r"(?:['’]s)?\scapital\b(?!,?\s(?:city\s)?(?:of\s)?[A-Z])")
_IN_BEFORE = re.compile(r"\b(?:in|at|near)\s(?:the\s)?$", re.I)
# "Kenyan President", "Turkey's president": the title stands right after the country.
_TITLE_GAP = 4
_RECENT = 8  # entities in which the sentence before is looked for
_SEATS = frozenset(("New York", "United Nations", "Geneva", "Brussels", "Strasbourg", "The Hague", "Vienna", "Davos"))
_OF_REGION = re.compile(
    r"\b(?:[Mm]inisters|[Ll]eaders|presidents|heads of (?:state|government))\s(?:of"
    r"|from)\s(?:the\s)?(?:[\w-]+\s){1,6}(?:countries|states|nations)\b"
)
_OF_THEIRS = re.compile(r"\b[Tt]heir\s(?:[\w-]+\s){0,2}(?:talks|meeting|call|conversation|summit|negotiations)\b")
_MANY = ("countries", "states", "nations")
_HE_FIRST = re.compile(r"(?:(?:On|In|At)\s[^,;.]{1,30},?\s|Later,?\s|Earlier,?\s)?(?:He|She|he|she|His|Her)\b")
_NATION_KINDS = ("country", "capital", "demonym")


class Casting:
    """Names, places and roles of one catalog, compiled once; `cast` reads a text with them."""

    def __init__(self, catalog: Catalog, names: NameIndex | None = None, places: PlaceIndex | None = None) -> None:
        self.names = names or NameIndex(catalog)
        self.places = places or PlaceIndex(catalog.places, catalog.countries)
        self.capitals = {country.code: country.capital for country in catalog.countries if country.capital}
        self._levels: dict[str, Level] = {
            name.casefold(): LEVELS.get(role.level, "other")
            for role in catalog.roles
            for name in (role.role, *role.names)
        }

    def cast(self, text: str, actors: tuple[Actor, ...], day: date | None, dateline: Dateline | None = None) -> Cast:
        """The entities of a text; levels of office are those of the day.

        In copy from a country, "Prime Minister X" without another one is that country's, and marked inferred; not in
        copy from the seats of organisations, where all come.
        """
        is_home = dateline is not None and not _SEATS & set(dateline.cities)
        here = self._locate(dateline) if dateline and len(dateline.cities) == 1 else None
        return Cast(text, self, actors, day, dateline.country if dateline and is_home else None, here)

    def _locate(self, dateline: Dateline) -> Place:
        """Where a story was filed, also where the gazetteer does not know the city."""
        city = dateline.cities[0]
        return self.places.look_up(city) or Place(city, dateline.region, dateline.country, "city")

    def level_of_actor(self, actor: Actor, day: date | None) -> Level | None:
        """By the role that the text gives, else by the office held on the day."""
        if not actor.role:
            return level_on_day(self.names.leaders_named(actor.name), day)
        role = actor.role.casefold()
        if role not in self._levels:
            parts = [name for name in self._levels if f" {name} " in f" {role} "]
            self._levels[role] = self._levels[max(parts, key=len)] if parts else "other"
        return self._levels[role]


class Cast:
    """The entities of one text; `scene` gives those of a sentence, joined. `here` is where the story was filed."""

    def __init__(
        self,
        text: str,
        casting: Casting,
        actors: tuple[Actor, ...],
        day: date | None,
        home: str | None,
        here: Place | None,
    ) -> None:
        self.text = text
        self.day = day
        self._home = home
        self.here = here
        self._casting = casting
        self._entities = sorted(self._find(actors), key=lambda each: each.start)
        self._starts = [each.start for each in self._entities]
        self._countries: dict[str, tuple[str, ...]] = {}

    def scene(self, sentence: Sentence) -> Scene:
        """The scene of a sentence, its days included."""
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        days = [_day_entity(span, sentence.start) for span in find_days(sentence.text, self.day)]
        dated = _Spans(days)
        free = (each for each in self._entities[low:high] if not dated.meets(each.start, each.end))
        named = [*map(self._with_country, free), *days]
        scene = Scene(self.text, sentence.start, sentence.end, named, self._find_person(low), self._find_pair(low))
        for each in scene.entities:
            if len(each.names) == 1 and each.codes and not each.is_inferred:
                self._countries.setdefault(each.names[0], each.codes)
        return scene

    def _with_country(self, entity: Entity) -> Entity:
        """A person without a country has that which an earlier sentence gave: "President X of Uruguay", then "X"."""
        if not entity.is_person or entity.codes or len(entity.names) != 1:
            return entity
        codes = self._countries.get(entity.names[0])
        return replace(entity, codes=codes) if codes else entity

    def _find_person(self, number: int) -> Entity | None:
        """The first person of the last sentence before this entity that names one with a country and an office."""
        named = self._list_recent(number)
        if not named:
            return None
        begin = self._find_begin(named[-1])
        if _HE_FIRST.match(self.text, begin + 2):
            # "She will meet X. On Friday she flies to Y": not X, but whom the sentence before meant.
            named = [each for each in named if each.start < begin] or named
            begin = self._find_begin(named[-1])
        first = self._with_country(next(each for each in named if each.start > begin))
        return first if first.codes and first.level else None

    def _find_pair(self, number: int) -> tuple[Entity, ...]:
        """The persons of the sentence before this entity, where they are of two countries."""
        named = self._list_recent(number)
        begin = self._find_begin(named[-1]) if named else 0
        last = [self._with_country(each) for each in named if each.start > begin]
        return tuple(last) if len(collect_codes(last)) == 2 else ()

    def _list_recent(self, number: int) -> list[Entity]:
        """The persons with names shortly before this entity."""
        return [each for each in self._entities[max(0, number - _RECENT) : number] if each.is_person and each.names]

    def _find_begin(self, entity: Entity) -> int:
        """Where the sentence before an entity's ends, as far as a full stop or a line's end tells."""
        return max(self.text.rfind(". ", 0, entity.start), self.text.rfind("\n", 0, entity.start))

    def is_international(self, sentence: Sentence) -> bool:
        """Can the sentence open a meeting: does it name two countries, an organisation, or a summit somewhere?"""
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        named = self._entities[low:high]
        codes = collect_codes(named)
        if _HE_FIRST.match(sentence.text) and (person := self._find_person(low)) is not None:
            codes.update(person.codes)
        if "heir " in sentence.text and _OF_THEIRS.search(sentence.text):
            codes |= collect_codes(self._find_pair(low))
        is_region = any(map(sentence.text.__contains__, _MANY)) and _OF_REGION.search(sentence.text) is not None
        is_named = is_region or "ummit" in sentence.text or "onference" in sentence.text or "orum" in sentence.text
        return len(codes) > 1 or any(each.organisation for each in named) or is_named

    def has_leader_of(self, codes: Iterable[str]) -> bool:
        """Does the text name a leader, with name or title, of one of these countries?"""
        wanted = set(codes)
        if any(each.level == "leader" and wanted & set(each.codes) for each in self._entities if each.is_person):
            return True
        pairs = zip(self._entities, self._entities[1:], strict=False)
        return any(
            role.kind == ROLE_LEADER and wanted & set(nation.codes) and role.start - nation.end <= _TITLE_GAP
            for nation, role in pairs
        )

    def _find(self, actors: tuple[Actor, ...]) -> Iterator[Entity]:
        """Persons first, then places, then names: what is taken stays taken."""
        persons = _keep_outer(self._build_person(actor) for actor in actors)
        taken = _Spans(persons)
        yield from persons
        hits = self._casting.names.find(self.text)
        nations = {hit.start for hit in hits if hit.kind in _NATION_KINDS}
        groups = _Spans(_name_entity(hit) for hit in hits if hit.kind in ("organisation", "leader"))
        located = [hit for hit in self._casting.places.find(self.text) if not taken.meets(hit.start, hit.end)]
        kept = [hit for hit in located if not groups.meets(hit.start, hit.end) and self._is_place(hit, nations)]
        kept += [self._build_capital(hit) for hit in hits if self._is_capital(hit)]
        places = [_place_entity(hit) for hit in kept]
        taken.add(places)
        yield from places
        for hit in hits:
            if not taken.meets(hit.start, hit.end) and not (hit.kind == "role" and hit.text.lower() in _VERBS):
                yield self._build_name(hit)

    def _is_place(self, hit: PlaceHit, nations: set[int]) -> bool:
        """A state or capital is a place unless it stands bare or is one of a pair."""
        if hit.start not in nations:
            return True
        before = self.text[max(0, hit.start - 4) : hit.start]
        if _LEADERS_OF.search(self.text, max(0, hit.start - 90), hit.start):
            return False
        is_pair = _PAIR.match(self.text, hit.end) or _PAIR_BEFORE.search(before)
        return hit.use != "bare" and not is_pair

    def _is_capital(self, hit: NameHit) -> bool:
        """`in the Slovenian capital`, without the name of the city beside it."""
        if hit.kind not in ("demonym", "country") or hit.code not in self._casting.capitals:
            return False
        before = self.text[max(0, hit.start - 12) : hit.start]
        return _CAPITAL_AFTER.match(self.text, hit.end) is not None and _IN_BEFORE.search(before) is not None

    def _build_capital(self, hit: NameHit) -> PlaceHit:
        place = Place(self._casting.capitals[hit.code or ""], None, hit.code, "city")
        return PlaceHit(place, "in", hit.text, hit.start, hit.end, ("place",))

    def _build_person(self, actor: Actor) -> Iterator[Entity]:
        level = self._casting.level_of_actor(actor, self.day)
        is_home = is_at_home(actor, level)
        seat = read_seat(actor) if actor.country is None else None
        country = seat or (self._home if is_home else actor.country)
        codes = (country,) if country else ()
        for mention in actor.mentions:
            if self.text.startswith((" Jr", ", Jr"), mention.end):
                continue
            yield Entity(
                PERSON_OF_LEVEL[level],
                mention.start,
                mention.end,
                codes,
                level,
                (actor.name,),
                actor.organisation,
                is_inferred=is_home or seat is not None or "country" in actor.inferred,
                is_home=is_home and seat is None,
            )

    def _build_name(self, hit: NameHit) -> Entity:
        if hit.kind == "leader":
            level = level_on_day(self._casting.names.leaders_named(hit.name), self.day)
            codes = (hit.code,) if hit.code else ()
            return Entity(PERSON_OF_LEVEL[level], hit.start, hit.end, codes, level, (hit.name,), is_inferred=True)
        if hit.kind == "role":
            return Entity(ROLE_OF_LEVEL[LEVELS.get(hit.level or "", "other")], hit.start, hit.end)
        return _name_entity(hit)


class _Spans:
    """Stretches of the text that are taken."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._taken: list[tuple[int, int]] = []
        self.add(entities)

    def add(self, entities: Iterable[Entity]) -> None:
        self._taken = sorted([*self._taken, *((each.start, each.end) for each in entities)])

    def meets(self, start: int, end: int) -> bool:
        """Does a taken stretch overlap with this one?"""
        at = bisect_left(self._taken, (end, 0))
        return any(taken_end > start for _, taken_end in self._taken[max(0, at - 3) : at])


def _keep_outer(groups: Iterable[Iterable[Entity]]) -> list[Entity]:
    """Without those that lie inside another: "the Thai leader" inside "an aide to the Thai leader, X"."""
    kept: list[Entity] = []
    found = [entity for group in groups for entity in group]
    for each in sorted(found, key=lambda entity: (entity.start, -entity.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _name_entity(hit: NameHit) -> Entity:
    codes = (hit.code,) if hit.code else ()
    if hit.kind == "organisation":
        return Entity(ORG, hit.start, hit.end, codes, organisation=hit.name)
    return Entity(DEMONYM if hit.kind == "demonym" else STATE, hit.start, hit.end, codes)


def _place_entity(hit: PlaceHit) -> Entity:
    codes = (hit.place.country,) if hit.place.country else ()
    return Entity(PLACE, hit.start, hit.end, codes, place=hit)


def _day_entity(span: DaySpan, offset: int) -> Entity:
    return Entity(DAY, span.start + offset, span.end + offset, day=span)
