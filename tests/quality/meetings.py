"""Meetings of golden stories, paired with those that readers found, and the parts of scoring that all judges share.

Two meetings are a pair by the sentences that both rest on; each field is right or not, and a meeting without a pair has
none right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.quality.figures import Figure
from tests.quality.gold_stories import Form, GoldStory

_FIELDS: dict[str, tuple[float, Callable[[Form], Any]]] = {
    "kind": (0.9, lambda meeting: meeting["kind"]),
    "parties": (0.85, lambda meeting: sorted(meeting["parties"])),
    "place": (0.9, lambda meeting: fold_words(meeting["place"]["name"]) if meeting["place"] else None),
    "window": (0.9, lambda meeting: (meeting["from"], meeting["to"])),
    "status": (0.9, lambda meeting: meeting["status"]),
}


Tell = Callable[[str, str, object], None]


def ignore(*_: object) -> None:
    """Nobody wants to know."""


class Tally:
    """How many were right of how many."""

    def __init__(self) -> None:
        self.right = self.number = 0

    def count(self, is_right: bool) -> bool:
        """One more."""
        self.number += 1
        self.right += is_right
        return is_right


def measure_meetings(stories: Sequence[GoldStory], data: str) -> Iterator[Figure]:
    """How many are found, and which of their fields are right."""
    pairs = pair_meetings(stories, ignore)
    there = [gold for gold, _ in pairs if gold is not None]
    paired = [(gold, found) for gold, found in pairs if gold is not None and found is not None]
    read = [found for _, found in pairs if found is not None]
    yield Figure("meetings: found ones that are there", len(paired) / max(1, len(read)), len(read), data, "own")
    yield Figure("meetings: those there that are found", len(paired) / max(1, len(there)), len(there), data, "own")
    right: Counter[str] = Counter()
    for gold, found in paired:
        right.update(field for field, (_, take) in _FIELDS.items() if take(gold) == take(found))
    for field, (goal, _) in _FIELDS.items():
        yield Figure(
            f"meetings: {field}, of those found",
            right[field] / max(1, len(paired)),
            len(paired),
            data,
            "own",
            at_least=goal,
        )
    for field in _FIELDS:
        yield Figure(f"meetings: {field}, of all there", right[field] / max(1, len(there)), len(there), data, "own")


def pair_meetings(stories: Sequence[GoldStory], tell: Tell) -> list[tuple[Form | None, Form | None]]:
    """Meetings of the gold and of the reading, each with its like; what has none stands alone."""
    pairs: list[tuple[Form | None, Form | None]] = []
    for each in stories:
        there, read = list(each.gold["meetings"]), list(each.found["meetings"] or ())
        for gold, found in _list_pairs(there, read):
            there.remove(gold)
            read.remove(found)
            pairs.append((gold, found))
            if wrong := [field for field, (_, take) in _FIELDS.items() if take(gold) != take(found)]:
                tell(each.name, "differs", f"{wrong}: gold {_brief(gold)}, found {_brief(found)}")
        for gold in there:
            tell(each.name, "missed", _brief(gold))
        for found in read:
            tell(each.name, "not there", _brief(found))
        pairs += [(gold, None) for gold in there] + [(None, found) for found in read]
    return pairs


def _list_pairs(there: Sequence[Form], read: Sequence[Form]) -> list[tuple[Form, Form]]:
    """The likest first; each meeting stands in at most one pair."""
    ranked = sorted(
        ((_likeness(gold, found), g, f) for g, gold in enumerate(there) for f, found in enumerate(read)), reverse=True
    )
    taken: list[tuple[int, int]] = []
    for likeness, g, f in ranked:
        if likeness >= 1 and all(g != other and f != another for other, another in taken):
            taken.append((g, f))
    return [(there[g], read[f]) for g, f in taken]


def _likeness(gold: Form, found: Form) -> float:
    """Sentences that both rest on, and then the fields that are equal."""
    told = [fold_words(claim["text"]) for claim in found["claims"]]
    shared = sum(
        any(fold_words(claim) in each or each in fold_words(claim) for each in told) for claim in gold["claims"]
    )
    return shared and shared + sum(take(gold) == take(found) for _, take in _FIELDS.values()) / 3


def _brief(meeting: Form) -> str:
    told = [str(take(meeting)) for _, take in _FIELDS.values()]
    claim = meeting["claims"][0]
    return f"{' '.join(told)} [{(claim if isinstance(claim, str) else claim['text'])[:70]}]"


def fold_words(words: str) -> str:
    """The words in lower case without marks."""
    return " ".join(re.sub(r"[^\w\s]", " ", words.casefold()).split())
