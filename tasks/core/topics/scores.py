"""From phrases found to the score of a class of topics: zones, repeats, contexts, suppressors, gates.

The numbers come from measurements on labelled news sentences (2020 to 2023) and hand-coded event sentences; a strong
phrase weighs 3, a medium one 1.5, a weak one 0.7, and the two classes pass at 4.0 (conflict) and 4.5 (diplomacy).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.core.model import Confidence, Evidence, Zone

ZONE_FACTOR: dict[Zone, float] = {"title": 2.0, "lead": 1.5, "body": 1.0, "background": 0.4}
NEAR = frozenset({"title", "lead"})  # where a story says what it is about
STRONG = 3.0
SURE = 4.0  # a phrase so heavy that it needs no state beside it: a roadside bomb is no figure of speech
WEAK = 0.7

_REPEAT = 0.4  # the second time in a zone; a third time is no evidence
_MOST_REPEATS = 2
_SUPPRESSOR_REPEAT = 0.3
_BODY_ONLY = 0.6  # what is named neither in the title nor in the lead is seldom what a story is about
# What the body may add to the score of title and lead, beside as much again; of the rest only this share counts,
# because a long story mentions much that it is not about.
_BACKED = 3.0
_BEYOND = 0.15
_LOW_BAND = 0.6  # of the threshold
_HIGH_BAND = 2.0
_SHUT = 1.9  # under every threshold and its low band
_SUPPRESSED = (1.0, 1.0, 0.75, 0.5)  # what suppressors count for by the number of strong phrases
_UNSURE = 3.0  # in the low band of conflict
_MANY = 2  # different phrases that speak of a conflict although no state is named


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a topic in a text. `words` are the folded words, `base` the phrase's weight before the zone."""

    topic: str
    rule: str
    words: str
    base: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Context:
    """What else a story says: parties (states, organisations) in title and lead, one at war there, any party at all."""

    parties: int
    any_party: bool
    at_war: bool
    suppression: float


def weigh_hits(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that count, none overlapping another, each with its weight after zone and repeats, in text order."""
    chosen: list[Hit] = []
    seen: dict[tuple[str, Zone], int] = {}
    for hit in sorted(hits, key=_rank):
        key = (hit.words, hit.evidence.zone)
        times = seen.get(key, 0)
        if times < _MOST_REPEATS and not any(_overlap(hit.evidence, other.evidence) for other in chosen):
            seen[key] = times + 1
            chosen.append(_with_weight(hit, _REPEAT if times else 1.0))
    return sorted(chosen, key=lambda each: _position(each.evidence))


def score_class(root: str, hits: Sequence[Hit], context: Context) -> float:
    """The score of `conflict` or `diplomacy` from its weighed hits, after contexts, suppressors and gates."""
    if not hits:
        return 0.0
    sight = _look_at(root, hits)
    score = _sum_zones(hits, sight) - context.suppression * _SUPPRESSED[min(sight.strong + sight.is_sure, 3)]
    if root == "conflict":
        score = _gate_conflict(score, sight, context)
    elif root == "diplomacy":
        score = _gate_diplomacy(score, sight, context)
    return round(max(0.0, score), 2)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the hits of a class are like: numbers of different phrases, and whether title or lead speak of it."""

    strong: int
    strong_near: int
    different: int
    is_sure: bool
    is_borne: bool
    is_own: bool


def _look_at(root: str, hits: Sequence[Hit]) -> _Sight:
    near = [hit for hit in hits if hit.evidence.zone in NEAR]
    return _Sight(
        strong=len({hit.words for hit in hits if hit.base >= STRONG}),
        strong_near=len({hit.words for hit in near if hit.base >= STRONG}),
        different=len({hit.words for hit in hits}),
        is_sure=any(hit.base >= SURE for hit in near),
        is_borne=any(hit.base > WEAK for hit in near),
        is_own=any(hit.topic.partition(".")[0] == root for hit in hits),
    )


def _sum_zones(hits: Sequence[Hit], sight: _Sight) -> float:
    """The weights of hits, those of the body in full only as far as title and lead bear them out."""
    body = sum(hit.evidence.weight for hit in hits if hit.evidence.zone not in NEAR)
    near = sum(hit.evidence.weight for hit in hits if hit.evidence.zone in NEAR)
    backed = near + _BACKED
    body = min(body, backed) + max(0.0, body - backed) * _BEYOND
    return (near + body) * (1.0 if sight.is_borne else _BODY_ONLY)


def suppress(found: Iterable[tuple[str, Zone, float]]) -> float:
    """The sum of suppressing phrases (words, zone, weight); repeats of one count less."""
    seen: set[str] = set()
    total = 0.0
    for words, zone, weight in found:
        total += weight * ZONE_FACTOR[zone] * (_SUPPRESSOR_REPEAT if words in seen else 1.0)
        seen.add(words)
    return total


def rate(score: float, threshold: float, hits: Sequence[Hit]) -> Confidence | None:
    """The confidence of a topic; None under the low band. High needs a strong phrase in title or lead."""
    if score < threshold * _LOW_BAND:
        return None
    if score < threshold:
        return "low"
    is_prominent = any(hit.base >= STRONG and hit.evidence.zone in NEAR for hit in hits)
    return "high" if is_prominent and score >= threshold * _HIGH_BAND else "medium"


def _gate_conflict(score: float, sight: _Sight, context: Context) -> float:
    if context.at_war and sight.is_borne:
        score += 1.0
    if sight.strong == 0 and (score < 3.0 or not context.any_party):
        return min(score, _SHUT)
    if not sight.is_own and context.parties < 2 and not context.at_war:
        return min(score, _SHUT)  # only words of peace, and nobody named who could make it: a figure of speech
    if sight.strong < 2 and not context.any_party and sight.different < _MANY and not sight.is_sure:
        return min(score, _UNSURE)
    return score


def _gate_diplomacy(score: float, sight: _Sight, context: Context) -> float:
    if context.parties >= 2 and sight.is_borne:
        score += 1.5
    elif sight.strong < 2:
        score -= 1.5
    if sight.strong_near == 0 and context.parties < 2:
        return min(score, _SHUT)
    if sight.strong < 2 and not context.any_party:
        return min(score, _SHUT)
    return score


def _rank(hit: Hit) -> tuple[float, int, str, int, str, str]:
    proof = hit.evidence
    return (-hit.base * ZONE_FACTOR[proof.zone], proof.start - proof.end, proof.field, proof.start, hit.topic, hit.rule)


def _with_weight(hit: Hit, factor: float) -> Hit:
    proof = hit.evidence
    weight = round(hit.base * ZONE_FACTOR[proof.zone] * factor, 2)
    weighed = Evidence(proof.text, proof.start, proof.end, proof.field, proof.zone, proof.rule, weight)
    return Hit(hit.topic, hit.rule, hit.words, hit.base, weighed)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _position(proof: Evidence) -> tuple[bool, int, int]:
    return (proof.field == "text", proof.start, proof.end)
