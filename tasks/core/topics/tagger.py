"""Which topics a story is about, each with the words that prove it.

`TopicTagger` is compiled once from the catalog and gives the same bytes for the same text and rules. A topic counts
on its own phrases; its class (`conflict`, `diplomacy`) counts all of them and decides whether the story is of that
class at all. A topic under its threshold is kept with confidence `low`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tasks.core.model import Catalog, Evidence, Phrase, Tag, TopicRule, Zone
from tasks.core.topics.background import BACKGROUND, find_background
from tasks.core.topics.matcher import Found, Match, NameMatch, PhraseMatcher
from tasks.core.topics.names import NOT_NAMES, list_hidden, list_names
from tasks.core.topics.patterns import BUILT_IN_CONTEXTS, GAP, LEADER, NUMBER, ORGANISATION, WARRING_INSIDE
from tasks.core.topics.scores import NEAR, ZONE_FACTOR, Context, Hit, rate, score_class, suppress, weigh_hits
from tasks.core.topics.sentences import Need, Sentences
from tasks.core.topics.spans import Spans
from tasks.core.topics.stems import STEMS

_LEAD = 300  # characters of the body
_LONGEST_LEAD = 450  # where the first paragraph runs on

Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True)
class _Use:
    """What a phrase of the matcher is for."""

    kind: Literal["phrase", "mask", "suppressor", "context", "background"]
    topic: str = ""
    phrase: Phrase | None = None
    needs: tuple[Need, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """The title or the text of a story, searched; `begin`, `lead_end` and `background` are source offsets."""

    field: Field
    source: str
    found: Found
    begin: int
    lead_end: int
    background: int

    def span(self, match: Match | NameMatch) -> tuple[int, int]:
        """Where a match stands in `source`."""
        start, end = self.found.folded.source_span(match.at, match.to)
        return start + self.begin, end + self.begin

    def zone(self, start: int) -> Zone:
        """The zone of an offset of `source`."""
        if self.field == "title":
            return "title"
        if start < self.lead_end:
            return "lead"
        return "body" if start < self.background else "background"


class TopicTagger:
    """Tags stories with the topics of one catalog and one language."""

    def __init__(self, catalog: Catalog, lang: str = "en") -> None:
        """Only topics and suppressors whose `lang` is the one given are used."""
        self._rules = tuple(rule for rule in catalog.topics if rule.lang == lang)
        self._roots = tuple(rule for rule in self._rules if "." not in rule.topic)
        self._classes = {
            root.topic: tuple(rule.topic for rule in self._rules if is_in_class(rule, root.topic))
            for root in self._roots
        }
        self._lang = lang
        self._uses: list[_Use] = []
        self._patterns: list[str] = []
        self._contexts: dict[str, int] = {}
        for rule in self._rules:
            self._add_rule(rule)
        for domain in catalog.suppressors:
            if domain.domain != NOT_NAMES and domain.lang == lang:
                kind: Literal["suppressor", "background"] = (
                    "background" if domain.domain == BACKGROUND else "suppressor"
                )
                for words in domain.phrases:
                    self._add(words, _Use(kind, topic=domain.domain, weight=domain.weight))
        names, hidden = list_names(catalog, lang), list_hidden(catalog, lang)
        self._matcher = PhraseMatcher(self._patterns, names, hidden, stem=STEMS.get(lang))
        self._at_war = frozenset(country.code for country in catalog.countries if country.is_at_war)

    def tag(self, title: str | None, text: str, body_start: int = 0, lang: str = "en") -> tuple[Tag, ...]:
        """The topics of a story whose prose begins at `body_start` of `text`, in the order of the catalog."""
        if lang != self._lang:
            return ()
        parts = self._search(title, text, body_start)
        hits: list[Hit] = []
        others: list[tuple[str, Zone, float]] = []
        for part in parts:
            own = self._hits(part)
            hits += own
            others += self._others(part, own)
        if not hits:
            return ()
        context = self._read_context(parts, suppress(others))
        return self._decide(hits, context)

    def _add(self, pattern: str, use: _Use) -> int:
        self._patterns.append(pattern)
        self._uses.append(use)
        return len(self._patterns) - 1

    def _add_rule(self, rule: TopicRule) -> None:
        for phrase in rule.phrases:
            needs = tuple(self._context(need) for need in phrase.needs)
            needs += (WARRING_INSIDE,) if WARRING_INSIDE in phrase.text else ()
            self._add(phrase.text, _Use("phrase", rule.topic, phrase, needs))
        for mask in rule.masks:
            self._add(mask, _Use("mask", rule.topic))

    def _context(self, need: str) -> Need:
        if need in BUILT_IN_CONTEXTS:
            return need
        if need not in self._contexts:
            self._contexts[need] = self._add(need, _Use("context"))
        return self._contexts[need]

    def _search(self, title: str | None, text: str, body_start: int) -> list[Part]:
        parts: list[Part] = []
        if title:
            parts.append(Part("title", title, self._matcher.find(title), 0, 0, 0))
        body = text[body_start:]
        found = self._matcher.find(body)
        background = self._find_background(found)
        lead_end = body_start + min(_lead_length(body), background)
        parts.append(Part("text", text, found, body_start, lead_end, body_start + background))
        return parts

    def _find_background(self, found: Found) -> int:
        """Where the background section begins in the text that was searched; behind its end where there is none."""
        headings = (match for match in found.matches if self._uses[match.phrase].kind == "background")
        at = find_background(found.folded, headings)
        return len(found.folded.source) if at is None else found.folded.source_span(at, at + 1)[0]

    def _hits(self, part: Part) -> list[Hit]:
        matches = self._unmasked(part.found)
        contexts = [match for match in matches if self._uses[match.phrase].kind == "context"]
        sentences: Sentences | None = None
        hits: list[Hit] = []
        for match in matches:
            use = self._uses[match.phrase]
            if use.phrase is None:
                continue
            if use.needs:
                sentences = sentences or Sentences(part.found.folded, contexts, part.found.names)
                if not sentences.hold(match, use.needs, self._at_war):
                    continue
            hits.append(self._hit(part, match, use.topic, use.phrase))
        return hits

    def _unmasked(self, found: Found) -> list[Match]:
        """Phrases and contexts that no mask takes away, nor the name of a person that they are a part of (`JONG UN`).

        A mask that takes a part of a name is none: `union leader/n` says nothing of European Union leaders.
        """
        names = Spans((name.at, name.to) for name in found.names if name.name.kind != NUMBER)
        persons = Spans((name.at, name.to) for name in found.names if name.name.kind == LEADER)
        wanted: list[Match] = []
        taking: list[tuple[int, int]] = []
        for match in found.matches:
            kind = self._uses[match.phrase].kind
            if kind in ("phrase", "context"):
                wanted.append(match)
            elif kind == "mask" and not cuts_any(match, names):
                taking.append((match.at, match.to))
        if not taking and not persons:
            return wanted
        masks = Spans(taking)
        return [each for each in wanted if not self._is_taken(each, masks) and not cuts_any(each, persons)]

    def _has_gap(self, match: Match) -> bool:
        return GAP in self._patterns[match.phrase]

    def _is_taken(self, match: Match, masks: Spans) -> bool:
        has_gap = self._has_gap(match)
        return any(is_masked(match, at, to, has_gap=has_gap) for at, to in masks.near(match.at, match.to))

    def _hit(self, part: Part, match: Match, topic: str, phrase: Phrase) -> Hit:
        start, end = part.span(match)
        zone = part.zone(start)
        weight = phrase.weight * ZONE_FACTOR[zone]
        proof = Evidence(part.source[start:end], start, end, part.field, zone, phrase.rule, weight)
        return Hit(topic, phrase.rule, part.found.folded.plain[match.at : match.to], phrase.weight, proof)

    def _others(self, part: Part, hits: Sequence[Hit]) -> Iterable[tuple[str, Zone, float]]:
        """Suppressing phrases, without those that are a part of one of our `hits`: `gunmen storm` is no weather."""
        taken = Spans((hit.evidence.start, hit.evidence.end) for hit in hits)
        for match in part.found.matches:
            use = self._uses[match.phrase]
            if use.kind == "suppressor":
                start, end = part.span(match)
                near = taken.near(start, end)
                if not any(at <= start and end <= to and end - start < to - at for at, to in near):
                    yield part.found.folded.plain[match.at : match.to], part.zone(start), use.weight

    def _read_context(self, parts: Sequence[Part], suppression: float) -> Context:
        near: set[str] = set()
        organisations: set[str] = set()
        anywhere = False
        for part in parts:
            for name in part.found.names:
                if not name.name.value:
                    continue
                anywhere = True
                is_near = part.zone(part.span(name)[0]) in NEAR
                if name.name.kind == ORGANISATION:
                    organisations |= {name.name.value} if is_near else set()
                else:
                    near |= {name.name.value} if is_near else set()
        return Context(
            parties=len(near | organisations),
            any_party=anywhere,
            at_war=bool(near & self._at_war),
            suppression=suppression,
        )

    def _decide(self, hits: Sequence[Hit], context: Context) -> tuple[Tag, ...]:
        by_topic: dict[str, list[Hit]] = {}
        for hit in hits:
            by_topic.setdefault(hit.topic, []).append(hit)
        tags: dict[str, Tag] = {}
        for root in self._roots:
            weighed = weigh_hits(hit for topic in self._classes[root.topic] for hit in by_topic.get(topic, ()))
            score = score_class(root.topic, weighed, context)
            confidence = rate(score, root.threshold, weighed)
            if confidence is None:
                continue
            tags[root.topic] = _tag(root, score, confidence, weighed)
            for child in self._rules:
                if child.topic in by_topic and child.topic.startswith(f"{root.topic}."):
                    tag = _decide_child(child, by_topic[child.topic], tags[root.topic])
                    if tag is not None:
                        tags[child.topic] = tag
        return tuple(tags[rule.topic] for rule in self._rules if rule.topic in tags)


def _decide_child(rule: TopicRule, hits: list[Hit], root: Tag) -> Tag | None:
    """A topic under its class: its own phrases against its own threshold, never surer than the class."""
    weighed = weigh_hits(hits)
    score = round(sum(hit.evidence.weight for hit in weighed), 2)
    confidence = rate(score, rule.threshold, weighed)
    if confidence is None:
        return None
    if root.confidence == "low" or confidence == "low":
        return _tag(rule, score, "low", weighed)
    return _tag(rule, score, min(confidence, root.confidence, key=("medium", "high").index), weighed)


def _tag(rule: TopicRule, score: float, confidence: Literal["high", "medium", "low"], hits: Sequence[Hit]) -> Tag:
    proofs = tuple(hit.evidence for hit in hits)
    return Tag(rule.topic, rule.iptc, rule.plover, score, confidence, proofs)


def is_in_class(rule: TopicRule, root: str) -> bool:
    """Whether the phrases of a topic count for this class: its own, or another that the rule names."""
    return rule.topic.partition(".")[0] == root or root in rule.also


def _lead_length(body: str) -> int:
    paragraph = body.find("\n")
    return paragraph if _LEAD < paragraph <= _LONGEST_LEAD else _LEAD


def is_masked(match: Match, at: int, to: int, *, has_gap: bool = False) -> bool:
    """Whether the mask [at, to) holds the match or cuts into it.

    A longer phrase around a mask has its own sense, unless it has a gap: what fell into the gap nobody has chosen, so
    a mask with the phrase's first or last words takes it (`Chile and Peru are in merger talks`).
    """
    if match.to <= at or to <= match.at:
        return False
    if has_gap and (match.at == at or match.to == to):
        return True
    return match.at > at or match.to < to or (match.at, match.to) == (at, to)


def cuts_any(match: Match, names: Spans) -> bool:
    """Whether an end of the match stands within one of the names."""
    return any(cuts(match, at, to) for at, to in names.near(match.at, match.to))


def cuts(match: Match, at: int, to: int) -> bool:
    """Whether an end of the match stands within the name [at, to)."""
    return at < match.at < to or at < match.to < to
