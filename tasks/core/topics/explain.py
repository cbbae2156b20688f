"""Why topics stand and why others do not: the tagger's own search, with what each phrase lacked.

    story --the same search--> phrases --+--> evidence, weighed as the tagger weighs it
                                         +--> near misses: without company, masked, part of a name, said already
                                         +--> a verdict a topic: score, threshold, what would have let it stand

Nothing of this runs while stories are tagged. What would have let a class stand is found by asking the score again with
one thing changed, so that it is true whatever the score is made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from tasks.core.model import Catalog, Evidence, Tag, TopicRule
from tasks.core.topics.matcher import Match
from tasks.core.topics.patterns import LEADER, NUMBER, WARRING_INSIDE, split_context
from tasks.core.topics.scores import STRONG, Context, Hit, score_class, suppress, weigh_hits
from tasks.core.topics.sentences import Sentences
from tasks.core.topics.tagger import TopicTagger, _cuts, _is_in_class, _is_masked, _Part
from tasks.core.topics.verdicts import Change, Explanation, Miss, Taken, Verdict, WhatIf

_CHANGES: tuple[Change, ...] = ("no other subject", "a party", "two parties", "a state at war", "a strong phrase")


@dataclass(frozen=True, slots=True)
class _Sight:
    """All that the tagger saw of a story, and what it left out."""

    hits: tuple[Hit, ...]
    misses: tuple[Miss, ...]
    context: Context
    tags: dict[str, Tag]


class TopicExplainer(TopicTagger):
    """A tagger that explains itself; `tag` is that of every tagger."""

    def explain(self, title: str | None, text: str, body_start: int = 0) -> Explanation:
        """The verdicts on a story whose prose begins at `body_start` of `text`, in this tagger's language."""
        parts = self._search(title, text, body_start)
        hits = tuple(hit for part in parts for hit in self._hits(part))
        misses = tuple(miss for part in parts for miss in self._misses(part))
        context = self._read_context(parts, suppress(each for part in parts for each in self._others(part)))
        tags = {tag.topic: tag for tag in (self._decide(hits, context) if hits else ())}
        sight = _Sight(hits, misses, context, tags)
        taken = tuple(each for part in parts for each in self._taken(part))
        return Explanation(tuple(self._judge(rule, sight) for rule in self._rules), taken)

    def _judge(self, rule: TopicRule, sight: _Sight) -> Verdict:
        root = rule.topic.partition(".")[0]
        is_root = rule.topic == root
        members = {each.topic for each in self._rules if _is_in_class(each, root)} if is_root else {rule.topic}
        hits = [hit for hit in sight.hits if hit.topic in members]
        weighed = weigh_hits(hits)
        tag = sight.tags.get(rule.topic)
        score = score_class(root, weighed, sight.context) if is_root else _sum_weights(weighed)
        above = sight.tags.get(root)
        verdict = Verdict(
            topic=rule.topic,
            score=tag.score if tag else score,
            threshold=rule.threshold,
            confidence=tag.confidence if tag else None,
            evidence=tuple(hit.evidence for hit in weighed),
            misses=(*(miss for miss in sight.misses if miss.topic == rule.topic), *_counted(rule.topic, hits, weighed)),
            waits_for=root if not is_root and (above is None or above.confidence == "low") else None,
        )
        return _weigh_changes(verdict, weighed, sight.context) if is_root and weighed else verdict

    def _misses(self, part: _Part) -> Iterator[Miss]:
        """The phrases of a part that a mask, a name or a lack of company kept from counting."""
        kept = self._unmasked(part.found)
        contexts = [match for match in kept if self._uses[match.phrase].kind == "context"]
        sentences = Sentences(part.found.folded, contexts, part.found.names)
        standing = set(kept)
        for match in part.found.matches:
            use = self._uses[match.phrase]
            if use.phrase is None:
                continue
            proof = self._hit(part, match, use.topic, use.phrase).evidence
            if match not in standing:
                yield self._tell_taker(part, match, use.topic, proof)
                continue
            named = (*split_context(use.phrase.rule)[1], WARRING_INSIDE)
            lacks = [
                name if name == WARRING_INSIDE else f"@{name}"
                for name, need in zip(named, use.needs, strict=False)
                if not sentences.hold(match, (need,), self._at_war)
            ]
            if lacks:
                yield Miss(use.topic, proof, "company", tuple(lacks))

    def _tell_taker(self, part: _Part, match: Match, topic: str, proof: Evidence) -> Miss:
        names = [name for name in part.found.names if name.name.kind != NUMBER]
        for mask in part.found.matches:
            is_mask = self._uses[mask.phrase].kind == "mask"
            if is_mask and _is_masked(match, mask.at, mask.to) and not any(_cuts(mask, n.at, n.to) for n in names):
                rule = f"{self._uses[mask.phrase].topic}: {self._patterns[mask.phrase]}"
                return Miss(topic, proof, "mask", by=self._prove(part, mask, rule, 0.0))
        for name in names:
            if name.name.kind == LEADER and _cuts(match, name.at, name.to):
                start, end = part.span(name)
                by = Evidence(part.source[start:end], start, end, part.field, proof.zone, name.name.spelling, 0.0)
                return Miss(topic, proof, "name", by=by)
        return Miss(topic, proof, "name")

    def _taken(self, part: _Part) -> Iterator[Taken]:
        """The phrases of other subjects that take points, as `_others` counts them, with where they stand."""
        counting = Counter(self._others(part))
        for match in part.found.matches:
            use = self._uses[match.phrase]
            if use.kind != "suppressor":
                continue
            proof = self._prove(part, match, f"{use.topic}: {self._patterns[match.phrase]}", use.weight)
            key = part.found.folded.plain[match.at : match.to], proof.zone, use.weight
            if counting[key] > 0:
                counting[key] -= 1
                yield Taken(use.topic, proof)

    def _prove(self, part: _Part, match: Match, rule: str, weight: float) -> Evidence:
        start, end = part.span(match)
        return Evidence(part.source[start:end], start, end, part.field, part.zone(start), rule, weight)


@lru_cache(maxsize=8)
def open_explainer(catalog: Catalog, lang: str) -> TopicExplainer:
    """The compiled explainer of a catalog's rules for one language; catalogs are told apart by identity."""
    return TopicExplainer(catalog, lang)


def _counted(topic: str, hits: Iterable[Hit], weighed: Sequence[Hit]) -> Iterator[Miss]:
    """Phrases of a topic whose words count already: for a weightier rule that overlaps, or as often as may be."""
    counting = {(hit.rule, hit.evidence.field, hit.evidence.start, hit.evidence.end) for hit in weighed}
    for hit in hits:
        proof = hit.evidence
        if hit.topic != topic or (hit.rule, proof.field, proof.start, proof.end) in counting:
            continue
        over = (other.evidence for other in weighed if _overlap(other.evidence, proof))
        yield Miss(topic, proof, "counted", by=next(over, None))


def _weigh_changes(verdict: Verdict, weighed: Sequence[Hit], context: Context) -> Verdict:
    """What other subjects took from a class, and the fewest changes that would have let it stand."""
    free = _score_changed(verdict.topic, weighed, context, ("no other subject",))
    taken = round(max(0.0, free - verdict.score), 2)
    if verdict.is_standing:
        return replace(verdict, taken=taken)
    for number in (1, 2, 3):
        tried = (
            WhatIf(changes, _score_changed(verdict.topic, weighed, context, changes))
            for changes in combinations(_CHANGES, number)
        )
        enough = tuple(what_if for what_if in tried if what_if.score >= verdict.threshold)
        if enough:
            return replace(verdict, taken=taken, what_ifs=enough)
    return replace(verdict, taken=taken)


def _score_changed(root: str, weighed: Sequence[Hit], context: Context, changes: Iterable[Change]) -> float:
    hits = list(weighed)
    for change in changes:
        if change == "no other subject":
            context = replace(context, suppression=0.0)
        elif change == "a party":
            context = replace(context, any_party=True)
        elif change == "two parties":
            context = replace(context, any_party=True, parties=max(2, context.parties))
        elif change == "a state at war":
            context = replace(context, any_party=True, parties=max(1, context.parties), at_war=True)
        else:  # a strong phrase that weighs nothing: what its class asks of a story, without its points
            hits.append(Hit(root, "", "\0", STRONG, Evidence("", -1, -1, "text", "lead", "", 0.0)))
    return score_class(root, hits, context)


def _sum_weights(weighed: Iterable[Hit]) -> float:
    return round(sum(hit.evidence.weight for hit in weighed), 2)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end
