"""Who is named in a story, in which role, for which country, and where: every mention with its exact words.

    names in code -> sightings -> people of this story -> later mentions by surname -> mentions by the role alone

The text decides: its own title for a person comes before what the lexicon of leaders knows, and what only the lexicon
supplied is listed in `inferred`. Unnamed people are never resolved.
"""

from __future__ import annotations

from datetime import date

from tasks.core.model import Actor, Catalog, Mention
from tasks.core.names import NameIndex
from tasks.core.people.cast import Cast, Person
from tasks.core.people.coded_text import CodedText
from tasks.core.people.home import NO_SETTING, STATE_BODY, Home, Setting, holds_state_office, serves_state
from tasks.core.people.office import Lexicon
from tasks.core.people.roles import Holder, find_role_mentions, resolve_role
from tasks.core.people.sightings import find_sightings

_SOLE = frozenset(("leader", "minister"))  # levels of offices of which a country has one each


class PeopleReader:
    """Finds the people of a story by one catalog. May be called from several threads."""

    def __init__(self, catalog: Catalog, names: NameIndex) -> None:
        self._names = names
        self._lexicon = Lexicon(catalog)
        # Two capitalised words that are an outlet or a place are nobody, whatever stands beside them.
        self._bodies = frozenset(organisation.name for organisation in catalog.organisations)
        names_of = [*((outlet.name, *outlet.aliases) for outlet in catalog.outlets)]
        names_of += [(place.name, *place.aliases) for place in catalog.places]
        self._not_persons = frozenset(name.lower() for group in names_of for name in group)

    def find_actors(self, text: str, start: int, day: date | None, setting: Setting = NO_SETTING) -> tuple[Actor, ...]:
        """The people named from `start` on, by first mention; `day` is the day of which the lexicon is asked."""
        coded = CodedText(text, start, self._names)
        cast = Cast()
        for sighting in find_sightings(coded, self._not_persons):
            cast.see(sighting)
        people = cast.people()
        _settle(people, Home(coded.plain, start, self._names.find(text), setting), self._bodies)
        _add_role_mentions(coded, people, self._lexicon, day)
        actors = [_make_actor(text, person, self._lexicon, day) for person in people]
        return tuple(sorted(actors, key=lambda actor: (actor.mentions[0].start, actor.mentions[0].end)))


def _settle(people: list[Person], home: Home, bodies: frozenset[str]) -> None:
    """Whose officials those are whose titles name no country; `bodies` stand above states.

    Of an office that a country has once the person is who is said to hold it, not another one.
    """
    officials = frozenset(person.country for person in people if person.country)
    held = {(title.role, person.country) for person in people for title in person.titles if title.level in _SOLE}
    for person in people:
        body = person.organisation
        is_bare = not (person.country or person.implied_country or person.leader or person.owner)
        is_of_state = body is None or (body not in bodies and (STATE_BODY.search(body) or serves_state(person.titles)))
        if is_bare and is_of_state and holds_state_office(person.titles):
            country = home.find(person.spans[0][0], officials)
            offices = {(title.role, country) for title in person.titles if title.level in _SOLE}
            person.home = None if offices & held else country
            held |= offices


def _add_role_mentions(coded: CodedText, people: list[Person], lexicon: Lexicon, day: date | None) -> None:
    holders = [_make_holder(person, lexicon, day) for person in people]
    by_key = {person.key: person for person in people}
    found: list[tuple[str, tuple[int, int]]] = []
    for mention in find_role_mentions(coded):
        key = resolve_role(mention, holders)
        if key is not None:
            found.append((key, (mention.start, mention.end)))
    for key, span in found:
        by_key[key].add_span(*span)


def _make_holder(person: Person, lexicon: Lexicon, day: date | None) -> Holder:
    office = lexicon.office(person.leader, day)
    known = office if office and (office.is_current or not person.titles) else None
    roles = {title.role for title in person.titles} | ({known.role} if known else set())
    levels = {title.level for title in person.titles if title.level} | ({known.level} if known else set())
    actor = _make_actor("", person, lexicon, day)
    return Holder(
        key=person.key,
        roles=frozenset(roles),
        levels=frozenset(levels),
        country=actor.country,
        organisation=actor.organisation,
        places=tuple(start for start, _ in person.spans),
    )


def _make_actor(text: str, person: Person, lexicon: Lexicon, day: date | None) -> Actor:
    """The person as an actor: stated fields first, then the lexicon's, which are marked."""
    inferred = ["name"] if person.is_name_inferred else []
    office = lexicon.office(person.leader, day)
    inferred += ["role"] if person.is_role_inferred else []
    role, country, organisation = person.role, person.country, person.organisation
    if role is None and office and office.is_current:
        role = office.role
        inferred.append("role")
        if organisation is None and office.organisation:
            organisation = office.organisation
            inferred.append("organisation")
    if country is None:
        country = person.implied_country or (office.country if office else None)
        country = country or _country_of_owner(person, lexicon, day) or person.home
        inferred += ["country"] if country else []
    mentions = tuple(Mention(text[low:high], low, high) for low, high in person.spans)
    return Actor(person.name, role, country, organisation, tuple(inferred), mentions)


def _country_of_owner(person: Person, lexicon: Lexicon, day: date | None) -> str | None:
    """The country of whom the person serves: an aide, a spokesman, an envoy; not of whom a relative is related to."""
    owner = person.owner
    if owner is None:
        return None
    office = lexicon.office(owner.leader, day)
    return owner.country or (office.country if office else None)
