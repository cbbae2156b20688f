"""Why topics stand and why others do not: the tagger's own search, with what each phrase lacked.

    story --the same search--> phrases --+--> evidence, weighed as the tagger weighs it
                                         +--> near misses: without company, masked, part of a name, said already
                                         +--> a verdict a topic: score, threshold, what would have let it stand

Nothing of this runs while stories are tagged. What would have let a class stand is found by asking the score again with
one thing changed, so that it is true whatever the score is made of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, combinations

from tasks.core.model import Catalog, Evidence, Tag, TopicRule, Zone
from tasks.core.topics.matcher import Match, NameMatch
from tasks.core.topics.patterns import LEADER, NUMBER, WARRING_INSIDE, split_context
from tasks.core.topics.scores import STRONG, Context, Hit, score_class, suppress, weigh_hits
from tasks.core.topics.sentences import Sentences
from tasks.core.topics.spans import Spans
from tasks.core.topics.tagger import Part, TopicTagger, cuts, cuts_any, is_in_class, is_masked
from tasks.core.topics.verdicts import Change, Explanation, Miss, Taken, Verdict, WhatIf

_CHANGES: tuple[Change, ...] = ("no other subject", "a party", "two parties", "a state at war", "a strong phrase")
_MOST_TAKERS = 50  # before the end of a phrase: masks are a few words long, and no more of them hold one place


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
        own = [self._hits(part) for part in parts]
        others = [list(self._others(part, hits)) for part, hits in zip(parts, own, strict=True)]
        context = self._read_context(parts, suppress(chain(*others)))
        hits = tuple(chain(*own))
        tags = {tag.topic: tag for tag in (self._decide(hits, context) if hits else ())}
        sight = _Sight(hits, tuple(chain(*map(self._misses, parts))), context, tags)
        taken = tuple(chain(*map(self._taken, parts, others)))
        return Explanation(tuple(self._judge(rule, sight) for rule in self._rules), taken)

    def _judge(self, rule: TopicRule, sight: _Sight) -> Verdict:
        root = rule.topic.partition(".")[0]
        is_root = rule.topic == root
        members = {each.topic for each in self._rules if is_in_class(each, root)} if is_root else {rule.topic}
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

    def _misses(self, part: Part) -> Iterator[Miss]:
        """The phrases of a part that a mask, a name or a lack of company kept from counting."""
        kept = self._unmasked(part.found)
        contexts = [match for match in kept if self._uses[match.phrase].kind == "context"]
        sentences = Sentences(part.found.folded, contexts, part.found.names)
        standing, takers = set(kept), self._takers(part)
        for match in part.found.matches:
            use = self._uses[match.phrase]
            if use.phrase is None:
                continue
            proof = self._hit(part, match, use.topic, use.phrase).evidence
            if match not in standing:
                yield self._tell_taker(part, takers, match, Miss(use.topic, proof, "name"))
                continue
            named = (*split_context(use.phrase.rule)[1], WARRING_INSIDE)
            lacks = [
                name if name == WARRING_INSIDE else f"@{name}"
                for name, need in zip(named, use.needs, strict=False)
                if not sentences.hold(match, (need,), self._at_war)
            ]
            if lacks:
                yield Miss(use.topic, proof, "company", tuple(lacks))

    def _takers(self, part: Part) -> list[Match | NameMatch]:
        """What may take a phrase away, in the order of the text: masks that cut through no name, and persons."""
        names = [name for name in part.found.names if name.name.kind != NUMBER]
        persons = [name for name in names if name.name.kind == LEADER]
        masks = (match for match in part.found.matches if self._uses[match.phrase].kind == "mask")
        places = Spans((name.at, name.to) for name in names)
        uncut = [mask for mask in masks if not cuts_any(mask, places)]
        return sorted((*uncut, *persons), key=lambda taker: taker.at)

    def _tell_taker(self, part: Part, takers: Sequence[Match | NameMatch], match: Match, miss: Miss) -> Miss:
        """What took a phrase that did not stand: the first mask, else the person's name."""
        last = bisect_left(takers, match.to, key=lambda taker: taker.at)
        near = [taker for taker in takers[:last][-_MOST_TAKERS:] if taker.to > match.at]
        for taker in near:
            if isinstance(taker, Match) and is_masked(match, taker.at, taker.to, has_gap=self._has_gap(match)):
                rule = f"{self._uses[taker.phrase].topic}: {self._patterns[taker.phrase]}"
                return replace(miss, kind="mask", by=self._prove(part, taker, rule, 0.0))
        for taker in near:
            if isinstance(taker, NameMatch) and cuts(match, taker.at, taker.to):
                return replace(miss, by=self._prove(part, taker, taker.name.spelling, 0.0))
        return miss

    def _taken(self, part: Part, others: Iterable[tuple[str, Zone, float]]) -> Iterator[Taken]:
        """The phrases of other subjects that take points, those that the tagger counts, with where they stand."""
        counting = Counter(others)
        for match in part.found.matches:
            use = self._uses[match.phrase]
            if use.kind != "suppressor":
                continue
            proof = self._prove(part, match, f"{use.topic}: {self._patterns[match.phrase]}", use.weight)
            key = part.found.folded.plain[match.at : match.to], proof.zone, use.weight
            if counting[key] > 0:
                counting[key] -= 1
                yield Taken(use.topic, proof)

    def _prove(self, part: Part, match: Match | NameMatch, rule: str, weight: float) -> Evidence:
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
