"""What changes between two taggings of one story, and which phrase did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tasks.core.model import Evidence, Tag


@dataclass(frozen=True, slots=True)
class TagChange:
    """A topic that came or went, with what each side kept of it (a low one is kept, and is no tag).

    `phrases` did it, the weightiest first: those that only the side with the tag has, or that weigh otherwise there.
    Where both sides have the same ones, `is_same_words` is true, they are all, and the points alone moved.
    """

    kind: Literal["came", "went"]
    topic: str
    before: Tag | None
    after: Tag | None
    phrases: tuple[Evidence, ...]
    is_same_words: bool


def compare_tags(before: Iterable[Tag], after: Iterable[Tag]) -> tuple[TagChange, ...]:
    """The topics that stand on one side alone: those that came in the order of `after`, then those that went."""
    old, new = {tag.topic: tag for tag in before}, {tag.topic: tag for tag in after}
    came = [_tell_change("came", tag, old.get(topic), old.values()) for topic, tag in new.items() if _is_one(tag)]
    went = [_tell_change("went", tag, new.get(topic), new.values()) for topic, tag in old.items() if _is_one(tag)]
    return tuple(change for change in (*came, *went) if change is not None)


def _tell_change(kind: Literal["came", "went"], own: Tag, other: Tag | None, others: Iterable[Tag]) -> TagChange | None:
    if other is not None and _is_one(other):
        return None
    known = {_key_of(proof) for tag in others for proof in tag.evidence}
    phrases = _by_weight([proof for proof in own.evidence if _key_of(proof) not in known])
    before, after = (other, own) if kind == "came" else (own, other)
    return TagChange(kind, own.topic, before, after, phrases or _by_weight(own.evidence), not phrases)


def _by_weight(proofs: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(proofs, key=lambda proof: (-proof.weight, proof.field != "title", proof.start, proof.end)))


def _is_one(tag: Tag) -> bool:
    return tag.confidence != "low"


def _key_of(proof: Evidence) -> tuple[object, ...]:
    return proof.rule, proof.field, proof.start, proof.end, proof.weight
