"""A story that stands in several blocks: what is set like the paragraphs that were extracted belongs to it.

Some layouts cut a story in two, around an advertisement or a barrier, and an extractor takes one of the blocks. The
paragraphs of a story carry one class, which those of teasers and notices beside it do not.
"""

from __future__ import annotations

from typing import Any

_LEAST = 40  # characters of a paragraph that counts: shorter ones are buttons and notes
_LEAST_TAKEN, _LEAST_LEFT = 2, 3  # paragraphs
# So much more than was taken must have been left out, or notices of one class with the story would come with it. On
# 258 real pages there is 0.97 where a story is cut in two, and at most 0.39 where it is whole.
_LEFT_OUT = 0.5


def list_kin(tree: Any, text: str) -> list[str]:
    """All paragraphs of the story's kind, where the extracted `text` lacks a third of them or more; else nothing."""
    taken = " ".join(text.split())
    for kind, count in _count_classes(tree).items():
        # A cheap test that most whole stories fail: their kind has no more paragraphs than were taken.
        if count <= text.count("\n\n") + 1:
            continue
        words = dict.fromkeys(" ".join(p.text_content().split()) for p in tree.iter("p") if p.get("class") == kind)
        known = [each for each in words if len(each) >= _LEAST and each in taken]
        left = [each for each in words if len(each) >= _LEAST and each not in taken]
        is_the_story = len(known) >= _LEAST_TAKEN and _sum_length(known) * 2 > len(taken)
        if is_the_story and len(left) >= _LEAST_LEFT and _sum_length(left) > _LEFT_OUT * len(taken):
            return [each for each in words if each]
    return []


def _count_classes(tree: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for paragraph in tree.iter("p"):
        if kind := paragraph.get("class"):
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def _sum_length(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))
