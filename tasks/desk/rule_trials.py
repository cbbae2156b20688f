"""The examples of the catalog, each tried on the rules that it belongs to.

topics      examples = [{ text, match }]    the topic must (or must not) stand
datelines   example                         the wire's dateline must be read at its beginning
pages       [wire.page] example, gives      proven while the catalog is read: a slip is a fault
cues        example, not                    the cue must match the one and not the other
alert rules examples = [{ kind, ..., match }] the rule must (or must not) want an alert of these parts
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.catalog.alert_rules import RULES_FILE
from tasks.catalog.layers import Layers
from tasks.catalog.lines import find_line
from tasks.catalog.places import CUES_FILE
from tasks.catalog.rules import TOPIC_FILES
from tasks.catalog.wires import WIRES_FILE
from tasks.core.alerts.rules import sample_alert, wants
from tasks.core.dateline.read import read_dateline
from tasks.core.meetings.cues import CueBook
from tasks.core.model import Catalog, Example, TopicRule, Wire
from tasks.core.places import PlaceIndex
from tasks.core.topics.explain import TopicExplainer, open_explainer
from tasks.desk.why_words import tell_why, tell_why_not


@dataclass(frozen=True, slots=True)
class Trial:
    """An example that was tried. `came` is None where it holds, else what came instead, and why."""

    kind: str
    ident: str
    text: str
    wanted: str
    came: str | None
    where: str = ""


def try_examples(layers: Layers, catalog: Catalog) -> Iterator[Trial]:
    """Every example of the catalog that these layers give; those that fail say where they stand."""
    yield from _try_topics(layers, catalog)
    yield from _try_wires(layers, catalog)
    yield from _try_cues(layers, catalog)
    yield from _try_alert_rules(layers, catalog)


def _try_topics(layers: Layers, catalog: Catalog) -> Iterator[Trial]:
    for rule in catalog.topics:
        for example in rule.examples:
            came = _judge_topic(open_explainer(catalog, rule.lang), rule, example)
            wanted = "must be tagged" if example.match else "must not be tagged"
            where = find_line(layers, TOPIC_FILES, ("topic", rule.topic), example.text) if came else None
            yield Trial("topic", rule.topic, example.text, wanted, came, str(where or ""))


def _judge_topic(explainer: TopicExplainer, rule: TopicRule, example: Example) -> str | None:
    tags = explainer.tag(example.title, example.text, lang=rule.lang)
    if any(tag.topic == rule.topic and tag.confidence != "low" for tag in tags) is example.match:
        return None
    told = explainer.explain(example.title, example.text)
    verdict = told.find(rule.topic)
    if verdict is None:
        return "the topic is not among the rules of its language"
    return tell_why_not(verdict, told) if example.match else tell_why(verdict)


def _try_wires(layers: Layers, catalog: Catalog) -> Iterator[Trial]:
    examples = {entry.id: entry.values.get("example") for entry in layers.entries(WIRES_FILE, "wire")}
    places = PlaceIndex(catalog.places, catalog.countries)
    for wire in catalog.wires:
        example = examples.get(wire.wire_id)
        if wire.dateline and isinstance(example, str):
            came = _judge_dateline(example, wire, places)
            where = find_line(layers, WIRES_FILE, ("wire", wire.wire_id), example) if came else None
            yield Trial("dateline", wire.wire_id, example, "must be read as a dateline", came, str(where or ""))
        if wire.page:
            yield Trial("page", wire.wire_id, wire.page.example, "must give its paragraphs", None)


def _judge_dateline(example: str, wire: Wire, places: PlaceIndex) -> str | None:
    line = read_dateline(example, wire, None, places)
    if line is None:
        return "no dateline is read"
    return None if line.start == 0 else f"the dateline that is read is “{example[line.start : line.end]}”"


def _try_cues(layers: Layers, catalog: Catalog) -> Iterator[Trial]:
    book = CueBook(catalog.cues)
    for entry in layers.entries(CUES_FILE, "cue"):
        for key, is_wanted in (("example", True), ("not", False)):
            text = entry.values.get(key)
            if not isinstance(text, str) or entry.id not in catalog.cues:
                continue
            found = book.find(entry.id, text)
            came = None
            if bool(found) is not is_wanted:
                came = f"it matches “{found[0]}”" if found else "no phrase of the cue matches"
            where = find_line(layers, CUES_FILE, ("cue", entry.id), text) if came else None
            yield Trial("cue", entry.id, text, "must match" if is_wanted else "must not match", came, str(where or ""))


def _try_alert_rules(layers: Layers, catalog: Catalog) -> Iterator[Trial]:
    for rule in catalog.alert_rules:
        for parts, is_wanted in rule.examples:
            came = None
            if wants(rule, sample_alert(parts)) is not is_wanted:
                came = "the rule does not want it" if is_wanted else "the rule wants it"
            told = ", ".join(f"{key} = {value!r}" for key, value in parts.items())
            where = find_line(layers, RULES_FILE, ("rule", rule.rule_id), "") if came else None
            wanted = "must be wanted" if is_wanted else "must not be wanted"
            yield Trial("alert rule", rule.rule_id, told, wanted, came, str(where or ""))
