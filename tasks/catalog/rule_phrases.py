"""The words of topic rules: word lists, phrases with weights and company, masks, examples (notation: README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tasks.catalog.layers import CatalogEntry
from tasks.catalog.rule_desk import RuleDesk, entry_lang, lay_own_over
from tasks.core.model import Example, Phrase
from tasks.core.topics.patterns import (
    BUILT_IN_CONTEXTS,
    GAP,
    SLOTS,
    PatternFault,
    check_pattern,
    check_spellings,
    split_context,
)

WEIGHTS = {"strong": 3.0, "medium": 1.5, "weak": 0.7}
HEAVIEST = 5.0

_MOST_SPELLINGS = 100_000  # of one list; all of the built-in ones together are 70,000 (measured)
_CONTEXT_KEYS: dict[str, type | tuple[type, ...]] = {"id": str, "enabled": bool, "lang": str, "words": list}
_NAMED_LIST = re.compile(r"\{([a-z_]+)\}")


def load_contexts(desk: RuleDesk, names: list[str]) -> dict[tuple[str, str], str]:
    """The word lists of all files as one phrase each, by language and id."""
    contexts: dict[tuple[str, str], str] = {}
    entries = [entry for name in names for entry in desk.layers.all_entries(name, "context")]
    desk.check_ids(entries)
    for entry in lay_own_over(entries):
        if entry.id in BUILT_IN_CONTEXTS:
            desk.report(entry, "has the name of a built-in context", "rename it")
        elif entry.id in SLOTS:
            desk.report(entry, "has the name of a slot", "rename it")
        elif desk.check_keys(entry, _CONTEXT_KEYS):
            words = [pattern for pattern, _ in read_patterns(desk, entry, "words")]
            if words:
                contexts[entry_lang(entry), entry.id] = f"({'|'.join(words)})"
            else:
                desk.report(entry, "has no words", 'give it words = ["..."]')
    return contexts


def read_phrases(desk: RuleDesk, entry: CatalogEntry) -> Iterator[Phrase]:
    """The phrases of a topic in one language, strong ones first."""
    for strength, weight in WEIGHTS.items():
        for pattern, raw in read_patterns(desk, entry, strength):
            text, needs = split_context(pattern)
            own = raw.get("weight", weight) if isinstance(raw, dict) else weight
            written = raw["text"] if isinstance(raw, dict) else raw
            if not isinstance(own, int | float) or not 0 < own <= HEAVIEST:
                told = f"has the weight {own!r} in {strength}"
                desk.report(entry, told, f"use a number up to {HEAVIEST:g}", written)
                continue
            yield Phrase(text, float(own), f"{entry.id}: {written}", _read_needs(desk, entry, written, needs))


def read_patterns(desk: RuleDesk, entry: CatalogEntry, key: str) -> Iterator[tuple[str, Any]]:
    """Each phrase of a list with its word lists filled in, and as it was written; malformed ones are reported."""
    lang = entry_lang(entry)
    spellings = 0
    for raw in entry.values.get(key, ()):
        written = raw.get("text") if isinstance(raw, dict) and raw.keys() <= {"text", "weight"} else raw
        if not isinstance(written, str) or not written.strip():
            desk.report(entry, f"has {raw!r} in {key}", 'write a phrase, or { text = "...", weight = 2.0 }', key)
            continue
        pattern = _NAMED_LIST.sub(lambda found: desk.contexts.get((lang, found[1]), found[0]), written)
        try:
            spellings += _check_written(pattern, key)
        except PatternFault as fault:
            desk.report(entry, f"{written!r} in {key} {fault}", "see the notation in README.md", written)
            continue
        yield pattern, raw
    if spellings > _MOST_SPELLINGS:
        told = f"{key} stands for {spellings:,} spellings, more than {_MOST_SPELLINGS:,}"
        desk.report(entry, told, "leave out alternatives that hardly occur", key)


def check_contradictions(desk: RuleDesk, entry: CatalogEntry) -> None:
    """Report each phrase that stands twice among the phrases of a topic, or among its masks as well."""
    seen: dict[str, str] = {}
    for key in (*WEIGHTS, "masks"):
        for raw in entry.values.get(key, ()):
            written = raw.get("text") if isinstance(raw, dict) else raw
            if not isinstance(written, str):
                continue
            plain = " ".join(written.split())
            before = seen.setdefault(plain, key)
            if before == key:
                continue
            told = f"{written!r} stands in {before} and in {key}"
            desk.report(entry, told, "keep one of the two: a mask takes away, a phrase counts", written)


def read_examples(desk: RuleDesk, entry: CatalogEntry) -> Iterator[Example]:
    """The examples of a topic in one language; at least one of each kind must be there."""
    matches = set()
    for number, raw in enumerate(entry.values.get("examples", ()), start=1):
        if not _is_example(raw):
            told = f"example {number} is malformed"
            desk.report(entry, told, 'write { text = "...", match = true }', "examples")
            continue
        matches.add(raw["match"])
        yield Example(raw["text"], raw["match"], raw.get("title"))
    for wanted, word in ((True, "positive"), (False, "negative")):
        if wanted not in matches:
            desk.report(entry, f"has no {word} example", f"add one with match = {str(wanted).lower()}", "examples")


def _read_needs(desk: RuleDesk, entry: CatalogEntry, written: str, needs: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for need in needs:
        words = desk.contexts.get((entry_lang(entry), need))
        if need in BUILT_IN_CONTEXTS:
            found.append(need)
        elif words is not None:
            found.append(words)
        else:
            told = f"{written!r} needs the unknown context {need}"
            desk.report(entry, told, "add a [[context]], or correct it", written)
    return tuple(found)


def _check_written(pattern: str, key: str) -> int:
    """How many spellings a phrase stands for.

    Raises PatternFault where it is malformed, would match everywhere, or uses what only phrases of a topic may use.
    """
    words, needs = split_context(pattern)
    if needs and key not in WEIGHTS:
        raise PatternFault("needs a context, which only phrases of a topic may")
    if GAP in words and key in ("words", "phrases"):
        raise PatternFault("has a gap, which only phrases and masks of a topic may")
    check_pattern(words)
    return check_spellings(words, has_company=bool(needs) or key == "words")


def _is_example(raw: Any) -> bool:
    return (
        isinstance(raw, dict)
        and raw.keys() <= {"text", "match", "title"}
        and isinstance(raw.get("text"), str)
        and isinstance(raw.get("match"), bool)
        and isinstance(raw.get("title", ""), str)
    )
