"""`dateline why`: each tag of a stored reading with its evidence in its sentence, and the topics that nearly stood.

The tags are those that the lake holds, by the rules that read the story. What nearly stood is found by today's rules,
which is said wherever the two differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.core.model import Evidence
from tasks.core.topics.verdicts import Explanation, Miss, Verdict
from tasks.desk.desk import Desk, follow_up, open_desk
from tasks.desk.finding import find_article
from tasks.desk.options import Format, Home
from tasks.desk.showing import one_line, print_json, say
from tasks.desk.stored_reading import read_stored
from tasks.desk.why_words import Contexts, tell_miss, tell_points, tell_reasons, tell_rule, tell_verdict
from tasks.edge.passes import open_catalog
from tasks.edge.retagging import explain_stored

NEAR_TOPICS, NEAR_PHRASES = 6, 3  # as many are listed unless a topic is asked for

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One article, what the lake says of it, and what today's rules say (None where they do not know its language)."""

    row: Json
    reading: Json | None
    explanation: Explanation | None
    rules_today: str
    contexts: Contexts
    topic: str | None

    @property
    def tags(self) -> list[Json]:
        """The stored tags that are asked for, also those of low confidence."""
        tags = (self.reading or {}).get("topics") or []
        return [tag for tag in tags if self.topic in (None, tag["topic"])]

    @property
    def is_of_today(self) -> bool:
        """True where today's rules are those that read the story."""
        return self.reading is not None and self.reading["rules_version"] == self.rules_today

    def near(self) -> list[Verdict]:
        """By today's rules: the topic that is asked for, or else those that nearly stood, the nearest first."""
        verdicts = self.explanation.verdicts if self.explanation else ()
        if self.topic is not None:
            return [verdict for verdict in verdicts if verdict.topic == self.topic]
        near = [verdict for verdict in verdicts if not verdict.is_standing and (verdict.evidence or verdict.misses)]
        return sorted(near, key=lambda verdict: -verdict.score / verdict.threshold)


def explain_article(
    article: str,
    /,
    *,
    topic: Annotated[str | None, Parameter(help="Only this topic: why it stands, or why it does not.")] = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """Each tag of a stored story (by address or the beginning of its id) with its evidence, and what nearly stood."""
    with open_desk(home) as desk:
        row = find_article(desk, article)
        case = open_case(desk, row, topic)
        if format == "json":
            print_json(tell_case(case))
        else:
            _print_case(desk, case)
    return 0


def open_case(desk: Desk, row: Json, topic: str | None) -> Case:
    """Read an article's stored reading and explain it by today's rules. Raises BadInput and CatalogBroken."""
    catalog = open_catalog(desk.settings)
    reading = read_stored(desk, row)
    stored = {tag["topic"] for tag in (reading or {}).get("topics") or ()}
    if topic is not None and topic not in stored | {rule.topic for rule in catalog.topics}:
        raise BadInput(f"There is no topic {topic!r}; `dateline topics` lists them.")
    explanation = explain_stored(catalog, row)
    return Case(row, reading, explanation, catalog.rules_version, Contexts(row["title"] or "", row["text"]), topic)


def tell_case(case: Case) -> Json:
    """The JSON form: the stored tags, and the verdicts of today's rules on what is asked for."""
    head = {name: case.row[name] for name in ("article_id", "version", "day", "wire_id", "wire", "url", "title")}
    reading = case.reading or {"lang": None, "rules_version": None, "topics": None}
    is_read = reading["topics"] is not None
    taken = case.explanation.taken if case.explanation else ()
    return {
        **head,
        "lang": reading["lang"],
        "rules_version": reading["rules_version"],
        "rules_today": case.rules_today,
        "topics": [_tag_json(case, tag) for tag in case.tags] if is_read else None,
        "near_misses": [_verdict_json(case, verdict) for verdict in case.near()] if case.explanation else None,
        "other_subjects": [{"domain": each.domain, **_proof_json(case, each.proof)} for each in taken],
    }


def _tag_json(case: Case, tag: Json) -> Json:
    return {**tag, "evidence": [_proof_json(case, Evidence(**proof)) for proof in tag["evidence"]]}


def _verdict_json(case: Case, verdict: Verdict) -> Json:
    plain = asdict(verdict)
    lists = {"evidence": [_proof_json(case, proof) for proof in verdict.evidence]}
    misses = [{**_proof_json(case, miss.proof), **_miss_json(miss)} for miss in verdict.misses]
    why = tell_reasons(verdict, case.explanation) if case.explanation else []
    return {**plain, "stands": verdict.is_standing, **lists, "misses": misses, "why": why}


def _miss_json(miss: Miss) -> Json:
    by = asdict(miss.by) if miss.by else None
    return {"kind": miss.kind, "lacks": list(miss.lacks), "by": by, "why": tell_miss(miss)}


def _proof_json(case: Case, proof: Evidence) -> Json:
    sentence = case.contexts.find(proof)
    return {**asdict(proof), "sentence": {"text": sentence.text, "start": sentence.start, "end": sentence.end}}


def _print_case(desk: Desk, case: Case) -> None:
    say(one_line(case.row["title"] or "(no title)"), f"id {case.row['article_id']}", "")
    _print_stored(desk, case)
    if case.explanation is None:
        return
    if case.topic is not None:
        _print_verdicts(case, case.near(), f"By today's rules ({case.rules_today}):", most=None)
        return
    near = case.near()
    _print_verdicts(case, near[:NEAR_TOPICS], f"What nearly stood, by today's rules ({case.rules_today}):")
    if len(near) > NEAR_TOPICS:
        say(f"Of {len(near) - NEAR_TOPICS} more, some phrase was there: --topic T tells of one, --format json of all.")


def _print_stored(desk: Desk, case: Case) -> None:
    reading = case.reading
    if reading is None or reading["topics"] is None:
        say(f"Not read: no rules knew its language ({(reading or {}).get('lang') or 'unknown'}).")
        if case.explanation is not None:
            today = [verdict.topic for verdict in case.explanation.verdicts if verdict.is_standing]
            tags = f"would tag it {', '.join(today)}" if today else "would give it no tag"
            say(f"Today's rules know it, and {tags} ({follow_up(desk.settings, 'reread')}).", "")
        return
    standing = [tag for tag in case.tags if tag["confidence"] != "low"]
    none = f"It is not tagged {case.topic}." if case.topic else "It has no tag."
    say(f"Why its tags stand, by the rules that read it ({reading['rules_version']}):" if standing else none)
    for tag in standing:
        codes = ", ".join(code for code in (tag["iptc"], tag["plover"]) if code)
        say(f"{tag['topic']}: {tell_points(tag['score'])} points, {tag['confidence']}{f' ({codes})' if codes else ''}")
        _print_proofs(case, (Evidence(**proof) for proof in tag["evidence"]))
    say("")
    if not case.is_of_today:
        _print_other_rules(desk, case, {tag["topic"] for tag in standing})


def _print_other_rules(desk: Desk, case: Case, stored: set[str]) -> None:
    """What today's rules, which are not those that read the story, would make of it."""
    today = {
        verdict.topic for verdict in (case.explanation.verdicts if case.explanation else ()) if verdict.is_standing
    }
    asked = {case.topic} if case.topic else today | stored
    changes = [*(f"+{topic}" for topic in sorted((today - stored) & asked))]
    changes += [f"-{topic}" for topic in sorted((stored - today) & asked)]
    told = f"would change its tags: {', '.join(changes)}" if changes else "would tag it the same"
    say(f"Other rules than today's read it. Today's {told} ({follow_up(desk.settings, 'reread')}).", "")


def _print_verdicts(case: Case, verdicts: Iterable[Verdict], title: str, most: int | None = NEAR_PHRASES) -> None:
    listed = list(verdicts)
    if not listed:
        return
    say(title)
    for verdict in listed:
        say(tell_verdict(verdict))
        _print_proofs(case, verdict.evidence[:most])
        misses = [miss for miss in verdict.misses if most is None or miss.kind != "counted"]
        for miss in misses[:most]:
            say(f"  {'also' if miss.kind == 'counted' else 'nearly':<13} {case.contexts.mark(miss.proof)}")
            say(f"                {tell_rule(miss.proof.rule)} (+{tell_points(miss.proof.weight)}): {tell_miss(miss)}")
        left = len(verdict.evidence[most:]) + len(misses[most:]) if most is not None else 0
        if left:
            say(f"  and {left} more: --topic {verdict.topic}")
        say(*(f"  {reason}" for reason in tell_reasons(verdict, case.explanation or Explanation((), ()))))


def _print_proofs(case: Case, proofs: Iterable[Evidence]) -> None:
    for proof in proofs:
        say(f"  +{tell_points(proof.weight):<5} {proof.zone:<6} {case.contexts.mark(proof)}")
        say(f"                {tell_rule(proof.rule)}")
