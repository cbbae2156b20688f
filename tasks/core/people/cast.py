"""The people of one story: sightings joined to persons, full names first, then surnames."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tasks.core.names import fold_accents
from tasks.core.people.given import GIVEN
from tasks.core.people.sightings import Sighting
from tasks.core.people.title import Title
from tasks.core.people.words import FAMILY_FIRST

# Roles that say little: a more exact one of the same person is taken instead.
_VAGUE = frozenset(
    (
        "leader",
        "head of state",
        "ruler",
        "Minister",
        "official",
        "head",
        "politician",
        "lawmaker",
        "Secretary",
        "expert",
    )
)
# Levels of those who serve somebody.
_SERVING = frozenset(("aide", "spokesperson", "envoy"))
_NAMESAKES = 20  # of more persons of one name only the last ones are looked at
_SAME_SURNAME = 0.8  # of the letters: a slip of the pen in one mention is still the same person


@dataclass(slots=True)
class Person:
    """One person while a story is read; spans are offsets of the text, titles in the order of the text."""

    key: str
    name: str
    leader: str | None
    spans: list[tuple[int, int]] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    is_name_inferred: bool = False
    is_role_inferred: bool = False  # a counterpart's
    owner: Person | None = None
    home: str | None = None  # the country that the setting tells

    def add_span(self, start: int, end: int) -> None:
        """A further mention, unless it lies inside one that is known; spans stay in order."""
        at = bisect_left(self.spans, (start, end))
        around = self.spans[max(0, at - 1) : at + 1]
        if not any(low <= start and end <= high for low, high in around):
            self.spans.insert(at, (start, end))

    @property
    def role(self) -> str | None:
        """The first role that the text gives, an exact one before a vague one."""
        told = [title for title in self.titles if not title.is_counterpart]
        exact = [title for title in told if title.role not in _VAGUE and not title.words.startswith("then-")]
        return (exact or told)[0].words if told else None

    @property
    def country(self) -> str | None:
        """The country that the words of a title name."""
        return next((title.country for title in self.titles if title.country), None)

    @property
    def organisation(self) -> str | None:
        """The organisation that the words of a title name."""
        return next((title.organisation for title in self.titles if title.organisation), None)

    @property
    def implied_country(self) -> str | None:
        """The country whose seat a title names ("Kremlin spokesman")."""
        return next((title.seat for title in self.titles if title.seat), None)


class Cast:
    """Collects the sightings of one story and makes persons of them."""

    def __init__(self) -> None:
        self._sightings: list[Sighting] = []
        self._persons: dict[str, Person] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}

    def see(self, sighting: Sighting) -> None:
        """Take a sighting; they come in the order of the text."""
        self._sightings.append(sighting)

    def people(self) -> list[Person]:
        """The persons of the story with all sightings that are theirs."""
        # "The words of Pat Miller ... said Miller": who speaks under a surname is a person under the whole name.
        speakers = {_fold(one.name) for one in self._sightings if one.is_speaker and len(one.words) == 1}
        owners = [self._place(one) if _is_full(one, speakers) else None for one in self._sightings]
        last_named: dict[str, int] = {}
        for number, sighting in enumerate(self._sightings):
            person = owners[number] or self._place_short(sighting, last_named)
            owners[number] = person
            if person is not None and (_is_full(sighting, speakers) or person.leader):
                last_named[person.key] = number
        self._fill(owners)
        _share_roles(self._sightings, owners)
        return [person for person in self._persons.values() if person.spans]

    def _fill(self, owners: list[Person | None]) -> None:
        """Give the persons their mentions, titles and whom they serve."""
        for number, sighting in enumerate(self._sightings):
            person = owners[number]
            if person is None:
                continue
            person.add_span(sighting.start, sighting.high)
            person.titles += [sighting.title] if sighting.title else []
            person.owner = person.owner or self._find_owner(number, owners)

    def _place(self, sighting: Sighting) -> Person:
        """The person of a full name: known by it, by another spelling of it, or new."""
        key = sighting.leader or _fold(sighting.name)
        person = self._persons.get(key) or (None if sighting.leader else self._find_alike(sighting))
        if person is None:
            person = Person(key, sighting.leader or sighting.name, sighting.leader)
            self._persons[key] = person
            for surname in _list_surnames(person.name):
                self._by_surname.setdefault(surname, []).append(person)
            self._by_given.setdefault(_fold(person.name).split(" ")[0], []).append(person)
        return person

    def _find_alike(self, sighting: Sighting) -> Person | None:
        """A person whose last names these are, or of the same given name and nearly the same surname."""
        folded = _fold(sighting.name)
        if known := self._by_surname.get(folded):
            return known[0]
        words = folded.split(" ")
        for person in self._by_given.get(words[0], [])[-_NAMESAKES:]:
            others = _fold(person.name).split(" ")
            if len(others) < 2 or len(words) < 2:
                continue
            if words[-1] in others[1:] or SequenceMatcher(None, others[-1], words[-1]).ratio() >= _SAME_SURNAME:
                return person
        return None

    def _place_short(self, sighting: Sighting, last_named: dict[str, int]) -> Person | None:
        """The person of a surname, or of a name that nothing else speaks for; None if nobody is meant."""
        person = self._find_by_surname(sighting, last_named)
        if person is not None:
            return person
        if sighting.leader:
            person = self._place(sighting)
            person.is_name_inferred = True
            return person
        if _is_titled(sighting):
            return self._place(sighting)
        return self._find_by_given_name(sighting) if sighting.is_speaker else None

    def _find_by_surname(self, sighting: Sighting, last_named: dict[str, int]) -> Person | None:
        """Of the persons with this surname, the one named in full last before the sighting, else the first."""
        if sighting.leader and sighting.leader in self._persons:
            return self._persons[sighting.leader]
        bearers = self._by_surname.get(_fold(sighting.name), [])
        return max(bearers[-_NAMESAKES:], key=lambda person: last_named.get(person.key, -1), default=None)

    def _find_by_given_name(self, sighting: Sighting) -> Person | None:
        """Somebody who is called by the given name alone: "Lula said"."""
        bearers = self._by_given.get(_fold(sighting.name), [])
        return bearers[0] if len(bearers) == 1 else None

    def _find_owner(self, number: int, owners: list[Person | None]) -> Person | None:
        sighting = self._sightings[number]
        if sighting.title and sighting.title.is_theirs and sighting.title.level in _SERVING:
            named = next((owner for owner in reversed(owners[max(0, number - 3) : number]) if owner), None)
            return named if named is not owners[number] else None
        for before in range(number - 1, max(-1, number - 5), -1):
            other = self._sightings[before]
            if sighting.owner and other.name == sighting.owner and other.low >= sighting.start:
                return owners[before]
        return None


def _list_surnames(name: str) -> frozenset[str]:
    """The words that name a person alone, folded, the whole name among them."""
    words = _fold(name).split(" ")
    surnames = {" ".join(words[at:]) for at in range(len(words))}
    surnames |= {word for word in words[1:] if len(word) > 2 and word.capitalize() not in GIVEN}
    surnames |= {words[-1].removeprefix(prefix) for prefix in ("al-", "el-") if words[-1].startswith(prefix)}
    if words[0].capitalize() in FAMILY_FIRST:
        surnames.add(words[0])
    return frozenset(surnames)


def _is_full(sighting: Sighting, speakers: set[str]) -> bool:
    """Whether the words name a person in full: of a surname alone another sighting decides."""
    words = sighting.words
    return len(words) > 1 and (sighting.is_person or _fold(words[-1]) in speakers)


def _is_titled(sighting: Sighting) -> bool:
    """Whether a title or an honorific makes one word a person: "Judge Jackson", "Mr Vance"."""
    title = sighting.title
    if title is None:
        return sighting.is_person
    return title.begin is not None and title.level is not None and title.role not in _VAGUE


def _fold(name: str) -> str:
    return name.lower() if name.isascii() else fold_accents(name).lower()


def _share_roles(sightings: list[Sighting], owners: list[Person | None]) -> None:
    """A counterpart has the role of the person named last before."""
    before: Person | None = None
    for sighting, person in zip(sightings, owners, strict=True):
        if person is None:
            continue
        if sighting.title and sighting.title.is_counterpart and before and not person.role:
            shared = next((title for title in before.titles if not title.is_counterpart), None)
            if shared:
                person.titles.append(Title(shared.role, shared.level, words=shared.words))
                person.is_role_inferred = True
        before = person
