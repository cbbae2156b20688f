"""Topics, suppressing domains and sentence contexts from `topics/*.toml`, PLOVER's categories from `plover.toml`.

Every fault of every file is noted at once.
README.md beside this file says how the rules are written. Shapes: `[[topic]]`, `[[suppressor]]` and `[[context]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.core.model import Example, Phrase, Suppressor, TopicRule
from tasks.core.topics.patterns import BUILT_IN_CONTEXTS, GAP, SLOTS, PatternFault, check_pattern, split_context

TOPIC_FILES = "topics/*.toml"
PLOVER_FILE = "plover.toml"
WEIGHTS = {"strong": 3.0, "medium": 1.5, "weak": 0.7}

_KINDS = frozenset({"topic", "suppressor", "context"})
_HEAVIEST = 5.0
_HIGHEST_THRESHOLD = 20.0
_TOPIC_ID = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)?")
_IPTC = re.compile(r"medtop:\d{8}")
_PLOVER_CATEGORIES = (
    "ACCUSE, AGREE, AID, ASSAULT, COERCE, CONCEDE, CONSULT, COOPERATE, MOBILIZE, PROTEST, REJECT, REQUEST, RETREAT,"
    " SANCTION, SUPPORT, THREATEN"
)
_TOPIC_KEYS: dict[str, type | tuple[type, ...]] = {
    **{"id": str, "enabled": bool, "label": str, "definition": str, "iptc": str, "lang": str},
    **{"threshold": (int, float), "also": list, "masks": list, "examples": list, **dict.fromkeys(WEIGHTS, list)},
}
_SUPPRESSOR_KEYS: dict[str, type | tuple[type, ...]] = {
    **{"id": str, "enabled": bool, "lang": str, "weight": (int, float), "phrases": list}
}
_PLOVER_KEYS: dict[str, type | tuple[type, ...]] = {"id": str, "enabled": bool, "category": str}
_CONTEXT_KEYS: dict[str, type | tuple[type, ...]] = {"id": str, "enabled": bool, "words": list}
_NAMED_LIST = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class _Desk:
    """The layers, and the named word lists that phrases may use as `@list` and `{list}`.

    `known` are the topics that stand, `off` those that are switched off, `plover` the categories by topic.
    """

    layers: Layers
    contexts: Mapping[str, str]
    known: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    plover: Mapping[str, str] = field(default_factory=dict)

    def report(self, entry: CatalogEntry, problem: str, mend: str) -> None:
        """Note a fault of an entry."""
        self.layers.fault(entry.file, entry.where(), problem, mend)


def load_topics(layers: Layers) -> tuple[tuple[TopicRule, ...], tuple[Suppressor, ...]]:
    """All topics in the order of their ids' first sight, and all suppressors; faults go to `layers.faults`.

    A topic that is switched off takes the topics below it along.
    """
    names = layers.files(TOPIC_FILES)
    for name in names:
        _check_kinds(layers, name)
    every = [entry for name in names for entry in layers.all_entries(name, "topic")]
    off = {entry.id for entry in every if not entry.values.get("enabled", True)}
    topics = [entry for entry in every if entry.id not in off and entry.id.partition(".")[0] not in off]
    domains = [entry for name in names for entry in layers.entries(name, "suppressor")]
    known = frozenset(entry.id for entry in topics)
    desk = _Desk(layers, _load_contexts(layers, names), known, frozenset(entry.id for entry in every) - known)
    desk = replace(desk, plover=_load_plover(desk))
    _check_ids(desk, every)
    _check_ids(desk, domains)
    rules = tuple(_read_topic(desk, entry) for entry in topics if _check_keys(desk, entry, _TOPIC_KEYS))
    suppressors = tuple(
        _read_suppressor(desk, entry) for entry in domains if _check_keys(desk, entry, _SUPPRESSOR_KEYS)
    )
    layers.faults[:] = dict.fromkeys(layers.faults)
    return rules, suppressors


def _load_plover(desk: _Desk) -> dict[str, str]:
    categories: dict[str, str] = {}
    for entry in desk.layers.entries(PLOVER_FILE, "plover"):
        if not _check_keys(desk, entry, _PLOVER_KEYS) or entry.id in desk.off:
            continue
        category = entry.values.get("category", "")
        if entry.id not in desk.known:
            desk.report(entry, "names no topic", "correct the id, or remove the entry")
        elif category not in _PLOVER_CATEGORIES.split(", "):
            desk.report(entry, f"has the category {category!r}", f"use one of {_PLOVER_CATEGORIES}")
        else:
            categories[entry.id] = category
    return categories


def _check_kinds(layers: Layers, name: str) -> None:
    """A misspelt `[[topics]]` would be passed over in silence otherwise; broken TOML is reported by the layers."""
    for folder in layers.folders:
        path = folder / name
        for kind in (layers.document(path).keys() if path.is_file() else set()) - _KINDS:
            layers.fault(name, kind, "is not known here", "use [[topic]], [[suppressor]] or [[context]]")


def _load_contexts(layers: Layers, names: list[str]) -> dict[str, str]:
    contexts: dict[str, str] = {}
    desk = _Desk(layers, {})
    entries = [entry for name in names for entry in layers.entries(name, "context")]
    _check_ids(desk, entries)
    for entry in entries:
        if entry.id in BUILT_IN_CONTEXTS:
            desk.report(entry, "has the name of a built-in context", "rename it")
        elif entry.id in SLOTS:
            desk.report(entry, "has the name of a slot", "rename it")
        elif _check_keys(desk, entry, _CONTEXT_KEYS):
            words = [pattern for pattern, _ in _read_patterns(desk, entry, "words")]
            if words:
                contexts[entry.id] = f"({'|'.join(words)})"
            else:
                desk.report(entry, "has no words", 'give it words = ["..."]')
    return contexts


def _check_ids(desk: _Desk, entries: list[CatalogEntry]) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.id in seen:
            desk.report(entry, f"stands also in {seen[entry.id]}", "rename or remove one of the two")
        seen[entry.id] = entry.file


def _check_keys(desk: _Desk, entry: CatalogEntry, keys: Mapping[str, type | tuple[type, ...]]) -> bool:
    """Whether all keys are known and of the right type; reports each that is not."""
    is_sound = True
    for key, value in entry.values.items():
        if key not in keys:
            desk.report(entry, f"has the unknown key {key}", f"use one of {', '.join(keys)}")
        elif not isinstance(value, keys[key]) or (isinstance(value, bool) and keys[key] is not bool):
            desk.report(entry, f"has {key} = {value!r}, which is of the wrong type", f"see {key} in README.md")
            is_sound = False
    return is_sound


def _read_topic(desk: _Desk, entry: CatalogEntry) -> TopicRule:
    _check_topic(desk, entry)
    values = entry.values
    return TopicRule(
        topic=entry.id,
        label=_need_text(desk, entry, "label"),
        definition=_need_text(desk, entry, "definition"),
        iptc=values.get("iptc"),
        plover=desk.plover.get(entry.id),
        lang=values.get("lang", "en"),
        threshold=_read_number(desk, entry, "threshold", 2.0, _HIGHEST_THRESHOLD),
        phrases=tuple(_read_phrases(desk, entry)),
        masks=tuple(pattern for pattern, _ in _read_patterns(desk, entry, "masks")),
        also=tuple(other for other in values.get("also", ()) if other in desk.known),
        examples=tuple(_read_examples(desk, entry)),
    )


def _check_topic(desk: _Desk, entry: CatalogEntry) -> None:
    values = entry.values
    parent, dot, _ = entry.id.partition(".")
    if not _TOPIC_ID.fullmatch(entry.id):
        desk.report(entry, "is no topic id", "write it as parent.child in small letters, such as conflict.attack")
    elif dot and parent not in desk.known:
        desk.report(entry, f"has the unknown parent {parent}", f"add a topic {parent}, or correct the id")
    for other in values.get("also", ()):
        if other not in desk.known | desk.off or "." in str(other):
            desk.report(entry, f"counts also for {other!r}, which is no parent topic", "name one such as conflict")
    if "iptc" in values and not _IPTC.fullmatch(values["iptc"]):
        desk.report(entry, f"has the iptc code {values['iptc']!r}", "write it as medtop:20000640")


def _read_suppressor(desk: _Desk, entry: CatalogEntry) -> Suppressor:
    phrases = tuple(pattern for pattern, _ in _read_patterns(desk, entry, "phrases"))
    if not phrases:
        desk.report(entry, "has no phrases", 'give it phrases = ["..."]')
    weight = _read_number(desk, entry, "weight", 1.2, _HEAVIEST, least=0.0)
    return Suppressor(entry.id, entry.values.get("lang", "en"), weight, phrases)


def _read_phrases(desk: _Desk, entry: CatalogEntry) -> Iterator[Phrase]:
    for strength, weight in WEIGHTS.items():
        for pattern, raw in _read_patterns(desk, entry, strength):
            text, needs = split_context(pattern)
            own = raw.get("weight", weight) if isinstance(raw, dict) else weight
            if not isinstance(own, int | float) or not 0 < own <= _HEAVIEST:
                desk.report(entry, f"has the weight {own!r} in {strength}", f"use a number up to {_HEAVIEST:g}")
                continue
            written = raw["text"] if isinstance(raw, dict) else raw
            yield Phrase(text, float(own), f"{entry.id}: {written}", _read_needs(desk, entry, written, needs))


def _read_needs(desk: _Desk, entry: CatalogEntry, written: str, needs: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for need in needs:
        if need in BUILT_IN_CONTEXTS:
            found.append(need)
        elif need in desk.contexts:
            found.append(desk.contexts[need])
        else:
            desk.report(entry, f"{written!r} needs the unknown context {need}", "add a [[context]], or correct it")
    return tuple(found)


def _read_patterns(desk: _Desk, entry: CatalogEntry, key: str) -> Iterator[tuple[str, Any]]:
    """Each phrase of a list with its word lists filled in, and as it was written; malformed ones are reported."""
    for raw in entry.values.get(key, ()):
        written = raw.get("text") if isinstance(raw, dict) and raw.keys() <= {"text", "weight"} else raw
        if not isinstance(written, str) or not written.strip():
            desk.report(entry, f"has {raw!r} in {key}", 'write a phrase, or { text = "...", weight = 2.0 }')
            continue
        pattern = _NAMED_LIST.sub(lambda found: desk.contexts.get(found[1], found[0]), written)
        try:
            _check_written(pattern, key)
        except PatternFault as fault:
            desk.report(entry, f"{written!r} in {key} {fault}", "see the notation in README.md")
            continue
        yield pattern, raw


def _check_written(pattern: str, key: str) -> None:
    """Raise PatternFault where a phrase is malformed, or uses what only phrases of a topic may use."""
    words, needs = split_context(pattern)
    if needs and key not in WEIGHTS:
        raise PatternFault("needs a context, which only phrases of a topic may")
    if GAP in words and key in ("words", "phrases"):
        raise PatternFault("has a gap, which only phrases and masks of a topic may")
    check_pattern(words)


def _read_examples(desk: _Desk, entry: CatalogEntry) -> list[Example]:
    examples = []
    for number, raw in enumerate(entry.values.get("examples", ()), start=1):
        if _is_example(raw):
            examples.append(Example(raw["text"], raw["match"], raw.get("title")))
        else:
            desk.report(entry, f"example {number} is malformed", 'write { text = "...", match = true }')
    for wanted, word in ((True, "positive"), (False, "negative")):
        if not any(example.match is wanted for example in examples):
            desk.report(entry, f"has no {word} example", f"add one with match = {str(wanted).lower()}")
    return examples


def _is_example(raw: Any) -> bool:
    return (
        isinstance(raw, dict)
        and raw.keys() <= {"text", "match", "title"}
        and isinstance(raw.get("text"), str)
        and isinstance(raw.get("match"), bool)
        and isinstance(raw.get("title", ""), str)
    )


def _need_text(desk: _Desk, entry: CatalogEntry, key: str) -> str:
    value: str = entry.values.get(key, "")
    if not value.strip():
        desk.report(entry, f"has no {key}", f"give it a text for {key}")
    return value.strip()


def _read_number(
    desk: _Desk, entry: CatalogEntry, key: str, default: float, most: float, *, least: float = 0.1
) -> float:
    value = entry.values.get(key, default)
    if not least <= value <= most:
        desk.report(entry, f"has {key} = {value}, out of range", f"use a number from {least:g} to {most:g}")
    return float(value)
