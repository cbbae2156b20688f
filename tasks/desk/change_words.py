"""Changes of tags in words and as JSON: the topic that came or went, and the phrase that did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tasks.core.model import Tag
from tasks.core.tag_changes import TagChange
from tasks.core.topics.verdicts import Explanation, Verdict
from tasks.desk.showing import count, one_line, print_table, say
from tasks.desk.why_words import join_reasons, tell_miss, tell_phrase, tell_points, tell_verdict
from tasks.edge.retagging import ArticleChange, Compared, Side

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
    told = ", ".join(map(tell_phrase, change.phrases[:most]))
    more = f" and {len(change.phrases) - most} more" if len(change.phrases) > most else ""
    return (
        f"the same phrases, other points or another threshold: {told}{more}"
        if change.is_same_words
        else f"{told}{more}"
    )


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


def tell_causes(found: ArticleChange, before: Side, after: Side) -> dict[str, str]:
    """By topic, what the side without the tag says of it, as far as its rules are at hand."""
    causes = {}
    kinds = {change.kind for change in found.changes}
    sides = {"came": before, "went": after}
    explained = {kind: sides[kind].explain(found.article) for kind in kinds}
    for change in found.changes:
        came, told = change.kind == "came", explained[change.kind]
        verdict = told.find(change.topic) if told else None
        if told and verdict and not verdict.is_standing:
            causes[change.topic] = f"{'before' if came else 'now'}: {tell_loss(change, verdict, told)}"
    return causes


def tell_loss(change: TagChange, verdict: Verdict, explanation: Explanation, most: int = 2) -> str:
    """Why a topic does not stand: what happened to the phrases that did it, else how far it came and what it lacked."""
    did_it = {(proof.rule, proof.field, proof.start, proof.end) for proof in change.phrases}
    lost = [
        f"“{one_line(miss.proof.text)}”: {tell_miss(miss)}"
        for miss in verdict.misses
        if (miss.proof.rule, miss.proof.field, miss.proof.start, miss.proof.end) in did_it
    ]
    reasons = [] if lost else join_reasons(verdict, explanation)
    return "; ".join([tell_verdict(verdict), *lost[:most], *reasons])


def tell_total(compared: Compared) -> str:
    """The sum in words: `2 of 1,204 articles change their tags`."""
    total = f"{compared.changed:,} of {count(compared.articles, 'article')} change their tags"
    return f"{total} ({compared.unread:,} have no reading on one side)" if compared.unread else total


def _tell_side(tag: Tag | None) -> str:
    if tag is None:
        return "none"
    return f"{tell_points(tag.score)}{' low' if tag.confidence == 'low' else ''}"
