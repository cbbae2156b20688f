"""Verdicts on topics in words: what a phrase lacked, what took the points, what would have let a class stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.core.model import Evidence
from tasks.core.sentences import Sentence, split_sentences
from tasks.core.topics.verdicts import Change, Explanation, Miss, Taken, Verdict, WhatIf
from tasks.desk.showing import one_line
from tasks.desk.spans import mark_spans

_NEEDS = {
    "@country": "a state",
    "@countries": "two states",
    "@parties": "two states or organisations",
    "@warring": "a state at war",
    "{warring}": "a state at war within the phrase",
}
_CHANGES: dict[Change, str] = {
    "no other subject": "no words of other subjects were there",
    "a party": "a state or an organisation were named",
    "two parties": "title and lead named two states or organisations",
    "a state at war": "title or lead named a state at war",
    "a strong phrase": "one of its phrases in title or lead were a strong one",
}
_LONGEST_SENTENCE, _AROUND = 800, 200  # characters; a text without full stops is one sentence however long it is
_LONGEST_RULE = 100  # characters; word lists are filled in, so that a mask may run to thousands


class Contexts:
    """The sentences of a stored story, in which its spans are shown."""

    def __init__(self, title: str, text: str) -> None:
        self._sources = {"title": title, "text": text}
        self._sentences = split_sentences(text)
        self._starts = [sentence.start for sentence in self._sentences]

    def find(self, proof: Evidence) -> Sentence:
        """The sentence of a span: for one in the title all of it, of a very long one what stands around the span."""
        source = self._sources[proof.field]
        sentence = Sentence(source, 0, len(source), is_heading=True, paragraph=0)
        if proof.field == "text":
            at = bisect_right(self._starts, proof.start) - 1
            is_within = at >= 0 and proof.end <= self._sentences[at].end
            sentence = (
                self._sentences[at]
                if is_within
                else Sentence(proof.text, proof.start, proof.end, is_heading=False, paragraph=0)
            )
        if sentence.end - sentence.start <= _LONGEST_SENTENCE:
            return sentence
        start, end = max(sentence.start, proof.start - _AROUND), min(sentence.end, proof.end + _AROUND)
        return replace(sentence, text=source[start:end], start=start, end=end)

    def mark(self, proof: Evidence) -> str:
        """The sentence with the span marked, on one line."""
        sentence = self.find(proof)
        return one_line(mark_spans(sentence.text, [(proof.start - sentence.start, proof.end - sentence.start)]))


def tell_points(points: float) -> str:
    """Points without needless zeros: `4`, `4.5`."""
    return f"{points:.2f}".rstrip("0").rstrip(".") or "0"


def tell_rule(rule: str) -> str:
    """A rule as the catalog writes it, cut where it is long."""
    return rule if len(rule) <= _LONGEST_RULE else f"{rule[:_LONGEST_RULE]} ..."


def tell_phrase(proof: Evidence) -> str:
    """A phrase with its points and its rule: `“peace talks” +4.5 (diplomacy.talks: peace talks)`."""
    return f"“{one_line(proof.text)}” +{tell_points(proof.weight)} ({tell_rule(proof.rule)})"


def tell_verdict(verdict: Verdict) -> str:
    """How far a topic came: `diplomacy: 3.1 of 4.5 points, low: kept for SQL, no tag`."""
    if not verdict.evidence:
        return f"{verdict.topic}: no phrase of it counts here"
    told = f"{verdict.topic}: {tell_points(verdict.score)} of {tell_points(verdict.threshold)} points"
    if verdict.is_standing:
        return f"{told}, stands ({verdict.confidence})"
    short = round(verdict.threshold - verdict.score, 2)
    by = f", short by {tell_points(short)}" if short > 0 else ""
    return f"{told}{by}, low: kept for SQL, no tag" if verdict.confidence == "low" else f"{told}{by}, does not stand"


def tell_reasons(verdict: Verdict, explanation: Explanation) -> list[str]:
    """Why a topic that does not stand does not, beside its phrases: its class, other subjects, what would have done."""
    if verdict.is_standing:
        return []
    lines = []
    if verdict.waits_for:
        above = explanation.find(verdict.waits_for)
        lines.append(f"Its class does not stand ({tell_verdict(above)})." if above else "Its class does not stand.")
    together = sum(proof.weight for proof in verdict.evidence)
    if not verdict.waits_for and together - verdict.taken > verdict.score + 0.01:
        lines.append(
            f"Its phrases weigh {tell_points(together)} together; the gates of its class, or what the body alone "
            f"may count for, let {tell_points(verdict.score)} through."
        )
    if verdict.taken > 0:
        lines.append(f"Other subjects take {tell_points(verdict.taken)} points: {tell_taken(explanation.taken)}.")
    lines += [f"It would stand ({tell_points(each.score)}) if {_tell_changes(each)}." for each in verdict.what_ifs]
    return lines


def tell_taken(taken: Iterable[Taken]) -> str:
    """The words that took points, by their subject: `sport: “coach”, “derby”`."""
    by_domain: dict[str, dict[str, None]] = {}
    for each in taken:
        by_domain.setdefault(each.domain, {})[f"“{one_line(each.proof.text)}”"] = None
    return "; ".join(f"{domain}: {', '.join(words)}" for domain, words in by_domain.items())


def tell_miss(miss: Miss) -> str:
    """What a phrase lacked, or what took it."""
    if miss.kind == "company":
        return f"its sentence lacks {' and '.join(map(_tell_need, miss.lacks))}"
    if miss.kind == "counted":
        if miss.by is None:
            return "said twice already: a third time is no evidence"
        return f"its words count already, by {tell_rule(miss.by.rule)}"
    if miss.by is None:
        return "it is part of a person's name"
    words = f"“{one_line(miss.by.text)}”"
    if miss.kind == "name":
        return f"it is part of the name {words}"
    return f"{words} takes it away, a mask of {tell_rule(miss.by.rule)}"


def tell_why_not(verdict: Verdict, explanation: Explanation, most: int = 3) -> str:
    """All of it in one sentence, for reports: how far it came and what was missing."""
    phrases = (
        f"“{one_line(miss.proof.text)}” ({tell_rule(miss.proof.rule)}): {tell_miss(miss)}"
        for miss in _first(verdict.misses, most)
    )
    return "; ".join([tell_verdict(verdict), *phrases, *join_reasons(verdict, explanation)])


def join_reasons(verdict: Verdict, explanation: Explanation) -> list[str]:
    """The reasons as parts of a longer sentence."""
    return [f"{reason[0].lower()}{reason[1:].rstrip('.')}" for reason in tell_reasons(verdict, explanation)]


def tell_why(verdict: Verdict, most: int = 3) -> str:
    """Why a topic stands, in one sentence: its points and its weightiest phrases."""
    heaviest = sorted(verdict.evidence, key=lambda proof: -proof.weight)[:most]
    return "; ".join([tell_verdict(verdict), *map(tell_phrase, heaviest)])


def _first(misses: Sequence[Miss], most: int) -> Sequence[Miss]:
    return [miss for miss in misses if miss.kind != "counted"][:most]


def _tell_need(need: str) -> str:
    return f"{need} ({_NEEDS.get(need, 'a word of that list')})"


def _tell_changes(what_if: WhatIf) -> str:
    return " and ".join(_CHANGES[change] for change in what_if.changes)
