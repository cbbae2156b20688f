"""Changes of tags in words and as JSON: the topic that came or went, and the phrase that did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tasks.core.model import Evidence, Tag
from tasks.core.tag_changes import TagChange
from tasks.desk.showing import one_line, print_table, say
from tasks.desk.why_words import tell_points, tell_rule
from tasks.edge.retagging import ArticleChange, Compared

Json = dict[str, Any]
SIGNS = {"came": "+", "went": "-"}


def print_change(found: ArticleChange, reasons: Mapping[str, str]) -> None:
    """An article, each topic that came or went with its phrase, and the reason by topic where there is one."""
    article = found.article
    say(f"{found.day} {article['article_id'][:8]} {one_line(article['title'] or '(no title)')}")
    for change in found.changes:
        say(f"  {SIGNS[change.kind]} {change.topic} ({tell_scores(change)}): {tell_phrases(change)}")
        if change.topic in reasons:
            say(f"      {reasons[change.topic]}")


def tell_scores(change: TagChange) -> str:
    """The points before and after: `none -> 4.5`."""
    return f"{_tell_side(change.before)} -> {_tell_side(change.after)}"


def tell_phrases(change: TagChange, most: int = 2) -> str:
    """The phrases that did it, the weightiest first."""
    told = ", ".join(_tell_phrase(proof) for proof in change.phrases[:most])
    more = f" and {len(change.phrases) - most} more" if len(change.phrases) > most else ""
    return f"the same phrases, other points: {told}{more}" if change.is_same_words else f"{told}{more}"


def change_json(found: ArticleChange, reasons: Mapping[str, str]) -> Json:
    """The same for machines."""
    article = found.article
    changes = [
        {
            "kind": change.kind,
            "topic": change.topic,
            "score_before": change.before.score if change.before else None,
            "score_after": change.after.score if change.after else None,
            "is_same_words": change.is_same_words,
            "phrases": [asdict(proof) for proof in change.phrases],
            "reason": reasons.get(change.topic),
        }
        for change in found.changes
    ]
    own = {name: article[name] for name in ("article_id", "version", "wire_id", "title")}
    return {"day": found.day, **own, "changes": changes}


def print_counts(compared: Compared) -> None:
    """How many articles each topic gained and lost."""
    topics = sorted({*compared.came, *compared.went})
    if topics:
        cells = [(topic, str(compared.came.get(topic, 0)), str(compared.went.get(topic, 0))) for topic in topics]
        print_table(("topic", "came", "went"), cells)


def counts_json(compared: Compared) -> Json:
    """The counts for machines."""
    topics = sorted({*compared.came, *compared.went})
    by_topic = {topic: {"came": compared.came.get(topic, 0), "went": compared.went.get(topic, 0)} for topic in topics}
    plain = {"articles": compared.articles, "changed": compared.changed, "not_compared": compared.unread}
    return {**plain, "topics": by_topic}


def _tell_phrase(proof: Evidence) -> str:
    return f"“{one_line(proof.text)}” +{tell_points(proof.weight)} ({tell_rule(proof.rule)})"


def _tell_side(tag: Tag | None) -> str:
    if tag is None:
        return "none"
    return f"{tell_points(tag.score)}{' low' if tag.confidence == 'low' else ''}"
