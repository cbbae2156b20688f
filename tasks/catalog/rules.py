"""Topics, suppressing domains and sentence contexts from `topics/`, PLOVER's categories from `plover.toml`.

    topics/*.toml        what a topic means, in every language; a file of an analyst's own may hold its phrases as well
    topics/en/*.toml     its English phrases, masks and examples; English word lists and suppressors
    topics/ru/*.toml     the same in Russian, and so on: a language is a folder

Every fault of every file is noted at once. README.md beside this file says how the rules are written.
Shapes: `[[topic]]`, `[[suppressor]]` and `[[context]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.catalog.lines import find_line
from tasks.catalog.rule_desk import (
    OWN_LANG,
    Keys,
    RuleDesk,
    check_place,
    entry_lang,
    file_lang,
    lay_own_over,
)
from tasks.catalog.rule_phrases import (
    HEAVIEST,
    WEIGHTS,
    check_contradictions,
    load_contexts,
    read_examples,
    read_patterns,
    read_phrases,
)
from tasks.core.model import Suppressor, TopicRule

TOPIC_FILES = "topics/**/*.toml"
PLOVER_FILE = "plover.toml"

_KINDS = frozenset({"topic", "suppressor", "context"})
_HIGHEST_THRESHOLD = 20.0
_TOPIC_ID = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)?")
_IPTC = re.compile(r"medtop:\d{8}")
_PLOVER_CATEGORIES = (
    "ACCUSE, AGREE, AID, ASSAULT, COERCE, CONCEDE, CONSULT, COOPERATE, MOBILIZE, PROTEST, REJECT, REQUEST, RETREAT,"
    " SANCTION, SUPPORT, THREATEN"
)
_WORD_KEYS: Keys = {**dict.fromkeys(WEIGHTS, list), "masks": list, "examples": list}
_SPOKEN_KEYS: Keys = {"id": str, "enabled": bool, "threshold": (int, float), **_WORD_KEYS}
_TOPIC_KEYS: Keys = {**_SPOKEN_KEYS, **dict.fromkeys(("label", "definition", "iptc", "lang"), str), "also": list}
_SUPPRESSOR_KEYS: Keys = {"id": str, "enabled": bool, "lang": str, "weight": (int, float), "phrases": list}
_PLOVER_KEYS: Keys = {"id": str, "enabled": bool, "category": str}


def load_topics(layers: Layers) -> tuple[tuple[TopicRule, ...], tuple[Suppressor, ...]]:
    """All topics in the order of their ids' first sight, each once a language, and all suppressors.

    Faults go to `layers.faults`. A topic that is switched off takes the topics below it along.
    """
    names = layers.files(TOPIC_FILES)
    for name in names:
        check_place(layers, name)
        _check_kinds(layers, name)
    every = [entry for name in names for entry in layers.all_entries(name, "topic")]
    meanings = [entry for entry in every if file_lang(entry.file) is None]
    off = {entry.id for entry in meanings if not entry.values.get("enabled", True)}
    standing = [entry for entry in meanings if entry.id not in off and entry.id.partition(".")[0] not in off]
    domains = [entry for name in names for entry in layers.all_entries(name, "suppressor")]
    known = frozenset(entry.id for entry in standing)
    desk = RuleDesk(layers, known=known, off=frozenset(entry.id for entry in meanings) - known)
    desk = replace(desk, contexts=load_contexts(desk, names), plover=_load_plover(desk))
    desk.check_ids([*every, *domains])
    rules = tuple(_read_topics(desk, standing, [entry for entry in every if file_lang(entry.file)]))
    _check_masks(layers, rules)
    laid = lay_own_over(domains)
    suppressors = tuple(_read_suppressor(desk, entry) for entry in laid if desk.check_keys(entry, _SUPPRESSOR_KEYS))
    layers.faults[:] = dict.fromkeys(layers.faults)
    return rules, suppressors


def _load_plover(desk: RuleDesk) -> dict[str, str]:
    categories: dict[str, str] = {}
    for entry in desk.layers.entries(PLOVER_FILE, "plover"):
        if not desk.check_keys(entry, _PLOVER_KEYS) or entry.id in desk.off:
            continue
        category = entry.values.get("category", "")
        if entry.id not in desk.known:
            desk.report(entry, "names no topic", "correct the id, or remove the entry")
        elif category not in _PLOVER_CATEGORIES.split(", "):
            desk.report(entry, f"has the category {category!r}", f"use one of {_PLOVER_CATEGORIES}", "category")
        else:
            categories[entry.id] = category
    return categories


def _check_kinds(layers: Layers, name: str) -> None:
    """A misspelt `[[topics]]` would be passed over in silence otherwise; broken TOML is reported by the layers."""
    for folder in layers.folders:
        path = folder / name
        for kind in (layers.document(path).keys() if path.is_file() else set()) - _KINDS:
            layers.fault(name, kind, "is not known here", "use [[topic]], [[suppressor]] or [[context]]")


def _read_topics(desk: RuleDesk, meanings: list[CatalogEntry], spoken: list[CatalogEntry]) -> Iterator[TopicRule]:
    """Each topic in each language that has words for it, English first."""
    by_topic: dict[str, list[CatalogEntry]] = {}
    for entry in spoken:
        if entry.id not in desk.known | desk.off:
            desk.report(entry, "has no meaning", "add a [[topic]] of this id to a file of topics/, or correct the id")
        elif desk.check_keys(entry, _SPOKEN_KEYS) and entry.values.get("enabled", True):
            by_topic.setdefault(entry.id, []).append(entry)
    classes = {(entry_lang(entry), entry.id.partition(".")[0]) for entry in spoken}
    for meaning in meanings:
        if not desk.check_keys(meaning, _TOPIC_KEYS):
            continue
        _check_topic(desk, meaning)
        words = {entry_lang(entry): entry for entry in by_topic.get(meaning.id, ())}
        own = {key: value for key, value in meaning.values.items() if key in _WORD_KEYS}
        if own or not words:
            lang = entry_lang(meaning)
            words[lang] = _lay_over(words.get(lang), meaning, own)
        rules = [_read_topic(desk, meaning, words[lang], lang) for lang in sorted(words, key=_own_first)]
        yield from rules
        # A class stands whenever a topic below it does, also in a language that has no phrases for the class itself.
        for lang in sorted({lang for lang, root in classes if root == meaning.id} - words.keys()):
            yield replace(rules[0], lang=lang, phrases=(), masks=(), examples=())


def _own_first(lang: str) -> tuple[bool, str]:
    return (lang != OWN_LANG, lang)


def _lay_over(words: CatalogEntry | None, meaning: CatalogEntry, own: dict[str, object]) -> CatalogEntry:
    """The words of a language with what a file of no language says of the same keys."""
    if words is None:
        return meaning
    return replace(words, values={**words.values, **own}, file=meaning.file)


def _check_masks(layers: Layers, rules: Iterable[TopicRule]) -> None:
    """Report each mask that is a phrase of another topic: it would take that phrase away wherever it stands."""
    phrases = {(rule.lang, phrase.text): rule.topic for rule in rules for phrase in rule.phrases}
    for rule in rules:
        for mask in rule.masks:
            other = phrases.get((rule.lang, mask))
            if other is not None and other != rule.topic:
                line = find_line(layers, TOPIC_FILES, ("topic", rule.topic), mask)
                file = str(line.path) if line else TOPIC_FILES
                told, mend = f"has the mask {mask!r}, which is a phrase of {other}", "remove one of the two"
                layers.fault(file, f"topic[{rule.topic}]", told, mend, line=line.number if line else None)


def _read_topic(desk: RuleDesk, meaning: CatalogEntry, words: CatalogEntry, lang: str) -> TopicRule:
    check_contradictions(desk, words)
    values = meaning.values
    source = words if "threshold" in words.values else meaning
    return TopicRule(
        topic=meaning.id,
        label=desk.need_text(meaning, "label"),
        definition=desk.need_text(meaning, "definition"),
        iptc=values.get("iptc"),
        plover=desk.plover.get(meaning.id),
        lang=lang,
        threshold=desk.read_number(source, "threshold", 2.0, _HIGHEST_THRESHOLD),
        phrases=tuple(read_phrases(desk, words)),
        masks=tuple(pattern for pattern, _ in read_patterns(desk, words, "masks")),
        also=tuple(other for other in values.get("also", ()) if other in desk.known),
        examples=tuple(read_examples(desk, words)),
    )


def _check_topic(desk: RuleDesk, entry: CatalogEntry) -> None:
    values = entry.values
    parent, dot, _ = entry.id.partition(".")
    if not _TOPIC_ID.fullmatch(entry.id):
        desk.report(entry, "is no topic id", "write it as parent.child in small letters, such as conflict.attack")
    elif dot and parent not in desk.known:
        desk.report(entry, f"has the unknown parent {parent}", f"add a topic {parent}, or correct the id")
    for other in values.get("also", ()):
        if other not in desk.known | desk.off or "." in str(other):
            told = f"counts also for {other!r}, which is no parent topic"
            desk.report(entry, told, "name one such as conflict", "also")
    if "iptc" in values and not _IPTC.fullmatch(values["iptc"]):
        desk.report(entry, f"has the iptc code {values['iptc']!r}", "write it as medtop:20000640", "iptc")


def _read_suppressor(desk: RuleDesk, entry: CatalogEntry) -> Suppressor:
    phrases = tuple(pattern for pattern, _ in read_patterns(desk, entry, "phrases"))
    if not phrases:
        desk.report(entry, "has no phrases", 'give it phrases = ["..."]')
    weight = desk.read_number(entry, "weight", 1.2, HEAVIEST, least=0.0)
    return Suppressor(entry.id, entry_lang(entry), weight, phrases)
