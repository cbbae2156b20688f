"""How much of what careful readers found in our golden stories the program finds, and how much that is not there.

quotes    right: of the kind, by the speaker, and at least `_SHARE` of the characters of both are the same ones
citations right: the source, but for an article before it, and the kind, in words that overlap
actors    right: the person's name and the role, letter for letter but for case and hyphens; of the persons that both
          name, each mention by its words and the country
days      right: first and last day and precision, of an expression that shares words with the gold's
meetings  paired by the sentences that they share; each field is right or not, a meeting without a pair has none right
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.quality.figures import Figure, say
from tests.quality.gold_stories import Form, GoldStory, read_gold_stories
from tests.quality.meetings import Tally, Tell, fold_words, ignore, measure_meetings, pair_meetings

_SHARE = 0.6
# Houses whose stories are not looked at while rules are made; only their sums were seen.
_HELD_OUT = frozenset(("ansa", "dpa", "interfax", "kyodo", "pti", "yonhap"))
_DIRECT, _INDIRECT = ("direct", "mixed"), ("indirect", "mixed")
# name of the figure -> goal for precision, for recall
_GOALS: dict[str, tuple[float | None, float | None]] = {
    "direct quotes": (0.95, 0.90),
    "indirect quotes": (0.85, 0.65),
    "citations": (None, None),
    "actors with role": (0.92, 0.85),
}


def measure_readings() -> Iterator[Figure]:
    """All figures over the stories whose misses were read, and over those that nobody looked at while rules were made."""
    for is_held_out in (False, True):
        stories = list_half(is_held_out=is_held_out)
        data = f"{len(stories)} golden stories, {'held out' if is_held_out else 'learnt from'}"
        yield from _measure_half(stories, data)


def list_half(*, is_held_out: bool) -> list[GoldStory]:
    """The stories of the houses that are held out, or of the others."""
    return [each for each in read_gold_stories() if (each.name.partition("/")[0] in _HELD_OUT) is is_held_out]


def _measure_half(stories: Sequence[GoldStory], data: str) -> Iterator[Figure]:
    for name, judge in _JUDGES.items():
        found, gold = judge(stories, ignore)
        most, least = _GOALS[name]
        yield Figure(f"{name}: precision", found.right / max(1, found.number), found.number, data, "own", at_least=most)
        yield Figure(f"{name}: recall", gold.right / max(1, gold.number), gold.number, data, "own", at_least=least)
    yield from _measure_persons(stories, data)
    found, gold = judge_days(stories, ignore)
    yield Figure(
        "days: first, last and precision", gold.right / max(1, gold.number), gold.number, data, "own", at_least=0.95
    )
    yield Figure("days: found ones that are there", found.right / max(1, found.number), found.number, data, "own")
    yield from measure_meetings(stories, data)


def show_readings(what: str) -> None:
    """Print what is wrong in the stories learnt from: quotes, citations, actors, mentions, country, days or meetings."""

    def tell(story: str, fault: str, words: object) -> None:
        say(f"{story:32} {fault:10} {words}")

    stories = list_half(is_held_out=False)
    for name, judge in _JUDGES.items():
        if what in name:
            judge(stories, tell)
    for part in _OF_PERSONS:
        if what == part:
            judge_persons(stories, _OF_PERSONS[part], tell)
    if what == "days":
        judge_days(stories, tell)
    if what == "meetings":
        pair_meetings(stories, tell)


def judge_quotes(stories: Sequence[GoldStory], kinds: Sequence[str], tell: Tell) -> tuple[Tally, Tally]:
    """Quotes of these kinds: how many of those found are there, and how many of those there are found.

    A mixed quote may answer to either kind, so that only the pure kind (the first) is counted.
    """
    found, gold = Tally(), Tally()
    for each in stories:
        there = [(quote, _locate(each, quote)) for quote in each.gold["quotes"]]
        read = [(quote, (quote["start"], quote["end"])) for quote in each.found["quotes"] or ()]
        for quote, span in read:
            if quote["kind"] == kinds[0] and not found.count(_answers(quote, span, there, kinds)):
                tell(each.name, "not there", f"{quote['speaker']}: {quote['text']}")
        for quote, span in there:
            if quote["kind"] == kinds[0] and not gold.count(_answers(quote, span, read, kinds)):
                tell(each.name, "missed", f"{quote['speaker']}: {quote['text']}")
    return found, gold


def _answers(
    quote: Form, span: tuple[int, int], others: Sequence[tuple[Form, tuple[int, int]]], kinds: Sequence[str]
) -> bool:
    return any(
        other["kind"] in kinds
        and _share(span, there) >= _SHARE
        and fold_words(other["speaker"] or "") == fold_words(quote["speaker"] or "")
        for other, there in others
    )


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Characters that two spans share, of those that either covers."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _locate(story: GoldStory, form: Form) -> tuple[int, int]:
    start = story.story.text.find(form["text"], form.get("start", 0))
    return start, start + len(form["text"])


def judge_citations(stories: Sequence[GoldStory], tell: Tell) -> tuple[Tally, Tally]:
    """Sources that a story leans on: how many of those found are there, and how many of those there are found."""
    found, gold = Tally(), Tally()
    for each in stories:
        there = [(_source(citation), _locate(each, citation)) for citation in each.gold["citations"]]
        read = [(_source(citation), _locate(each, citation)) for citation in each.found["citations"] or ()]
        for citation in read:
            if not found.count(_is_cited(citation, there)):
                tell(each.name, "not there", citation[0])
        for citation in there:
            if not gold.count(_is_cited(citation, read)):
                tell(each.name, "missed", citation[0])
    return found, gold


_Cited = tuple[tuple[str, str], tuple[int, int]]


def _source(citation: Form) -> tuple[str, str]:
    return re.sub(r"\A(?:an?|the) ", "", fold_words(citation["source"])), citation["kind"]


def _is_cited(citation: _Cited, others: Sequence[_Cited]) -> bool:
    return any(citation[0] == other[0] and _share(citation[1], other[1]) > 0 for other in others)


def judge_actors(stories: Sequence[GoldStory], tell: Tell) -> tuple[Tally, Tally]:
    """Persons with a role: name and role."""
    found, gold = Tally(), Tally()
    for each in stories:
        there = {_person(actor) for actor in each.gold["actors"] if actor["role"]}
        read = {
            _person(actor) for actor in each.found["actors"] or () if actor["role"] and "role" not in actor["inferred"]
        }
        for person in sorted(read):
            if not found.count(person in there):
                tell(each.name, "not there", person)
        for person in sorted(there):
            if not gold.count(person in read):
                tell(each.name, "missed", person)
    return found, gold


def _measure_persons(stories: Sequence[GoldStory], data: str) -> Iterator[Figure]:
    """What is told of the persons that both name: mentions by their words, and the country."""
    for what, take in _OF_PERSONS.items():
        found, gold = judge_persons(stories, take, ignore)
        yield Figure(f"actors: {what}: precision", found.right / max(1, found.number), found.number, data, "own")
        yield Figure(f"actors: {what}: recall", gold.right / max(1, gold.number), gold.number, data, "own")


def judge_persons(
    stories: Sequence[GoldStory], take: Callable[[Form], Sequence[str]], tell: Tell
) -> tuple[Tally, Tally]:
    """Of the persons that gold and reading name: how many of these values stand on the other side as well."""
    found, gold = Tally(), Tally()
    for each in stories:
        there = {fold_words(actor["name"]): take(actor) for actor in each.gold["actors"]}
        read = {fold_words(actor["name"]): take(actor) for actor in each.found["actors"] or ()}
        for name in sorted(there.keys() & read.keys()):
            for value in read[name]:
                if not found.count(value in there[name]):
                    tell(each.name, "not there", (name, value))
            for value in there[name]:
                if not gold.count(value in read[name]):
                    tell(each.name, "missed", (name, value))
    return found, gold


def _list_mentions(actor: Form) -> list[str]:
    """The words of each mention, once."""
    texts = (mention if isinstance(mention, str) else mention["text"] for mention in actor["mentions"])
    return sorted({fold_words(text) for text in texts})


def _list_country(actor: Form) -> list[str]:
    return [actor["country"]] if actor["country"] else []


_OF_PERSONS: dict[str, Callable[[Form], Sequence[str]]] = {"mentions": _list_mentions, "country": _list_country}


def _person(actor: Form) -> tuple[str, str]:
    return fold_words(actor["name"]), fold_words(actor["role"])


def judge_days(stories: Sequence[GoldStory], tell: Tell) -> tuple[Tally, Tally]:
    """Expressions of time behind the dateline: those found, and those of the gold."""
    found, gold = Tally(), Tally()
    for each in stories:
        told = [
            (" ".join(day["text"].split()), str(day["from"]), str(day["to"]), day["precision"])
            for day in each.gold["days"]
        ]
        for day in each.days:
            if not found.count(_is_answered(day, told)):
                tell(each.name, "not there", day)
        head = (each.gold["dateline"] or {}).get("text", "")
        for day in told:
            if day[0] in head and _count_words(each.story.text, day[0]) == 1:
                continue
            if not gold.count(_is_answered(day, each.days)):
                near = [other for other in each.days if _have_words(other[0], day[0])]
                tell(each.name, "missed", (*day, "found", near))
    return found, gold


def _is_answered(day: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    return any(day[1:] == other[1:] and _have_words(day[0], other[0]) for other in others)


def _have_words(one: str, other: str) -> bool:
    return _count_words(one, other) > 0 or _count_words(other, one) > 0


def _count_words(text: str, words: str) -> int:
    """How often these whole words stand in the text: "Jan 2" is none in "Jan 24"."""
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text))


_JUDGES: dict[str, Callable[[Sequence[GoldStory], Tell], tuple[Tally, Tally]]] = {
    "direct quotes": lambda stories, tell: judge_quotes(stories, _DIRECT, tell),
    "indirect quotes": lambda stories, tell: judge_quotes(stories, _INDIRECT, tell),
    "citations": judge_citations,
    "actors with role": judge_actors,
}
