"""The alert rules of `alerts.toml` and the named channels of `channels.toml`; each value read with its own fault.

[[rule]]                               [desk]
id = "ukraine"                         url = "env:SLACK_URL"
parties = ["UKR"]                      send = ["ukraine"]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

from tasks.catalog.entry_desk import EntryDesk, Kinds
from tasks.catalog.layers import CatalogEntry, Layers
from tasks.core.model import AlertRule, Confidence, Country, NamedChannel

RULES_FILE, CHANNELS_FILE = "alerts.toml", "channels.toml"

_LISTS = ("kinds", "statuses", "parties", "organisations", "places", "wires")
_RULE_KEYS: dict[str, Kinds] = {
    **dict.fromkeys(("id", "label", "least_confidence"), str),
    **dict.fromkeys((*_LISTS, "examples"), list),
    **{"least_origins": int, "enabled": bool},
}
_CHANNEL_KEYS: dict[str, Kinds] = {"id": str, "url": str, "send": list, "enabled": bool}
_CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
_MOST_ORIGINS = 100


def load_alert_rules(layers: Layers, countries: tuple[Country, ...]) -> tuple[AlertRule, ...]:
    """The rules in the order of the file; countries may be told by name. Faults go to `layers.faults`."""
    codes = {word.casefold(): country.code for country in countries for word in (country.code, country.name)}
    read = (_read_rule(layers, entry, codes) for entry in layers.entries(RULES_FILE, "rule"))
    return tuple(rule for rule in read if rule is not None)


def load_channels(layers: Layers, rules: tuple[AlertRule, ...]) -> tuple[NamedChannel, ...]:
    """The channels with their rules. Faults go to `layers.faults`."""
    known = {rule.rule_id: rule for rule in rules}
    read = (_read_channel(layers, entry, known) for entry in layers.named(CHANNELS_FILE, "channel"))
    return tuple(channel for channel in read if channel is not None)


def _read_rule(layers: Layers, entry: CatalogEntry, codes: Mapping[str, str]) -> AlertRule | None:
    desk = EntryDesk(layers, entry.file, entry.where(), entry.values)
    if not desk.check_keys(_RULE_KEYS):
        return None
    lists = {name: tuple(str(one) for one in entry.values.get(name, ())) for name in _LISTS}
    for party in lists["parties"]:
        if party.casefold() not in codes:
            desk.report(f"has the unknown party {party!r}", "write a country's name or alpha-3 code, or EUU for the EU")
    examples = tuple(_read_examples(desk, entry.values.get("examples", ())))
    return AlertRule(
        rule_id=entry.id,
        label=desk.read_text("label") or entry.id,
        kinds=lists["kinds"],
        statuses=lists["statuses"],
        parties=tuple(codes.get(party.casefold(), party) for party in lists["parties"]),
        organisations=lists["organisations"],
        places=lists["places"] + tuple(codes[one.casefold()] for one in lists["places"] if one.casefold() in codes),
        wires=lists["wires"],
        least_confidence=cast("Confidence | None", desk.read_choice("least_confidence", _CONFIDENCES)),
        least_origins=desk.read_number("least_origins", 1, _MOST_ORIGINS),
        examples=examples,
    )


def _read_examples(desk: EntryDesk, given: list[Any]) -> Iterator[tuple[Mapping[str, object], bool]]:
    for example in given:
        if isinstance(example, dict) and isinstance(example.get("match"), bool):
            yield {key: value for key, value in example.items() if key != "match"}, example["match"]
        else:
            desk.report(f"has the example {example!r}", 'write it as { kind = "summit.new", match = true }')


def _read_channel(layers: Layers, entry: CatalogEntry, rules: Mapping[str, AlertRule]) -> NamedChannel | None:
    desk = EntryDesk(layers, entry.file, entry.where(), entry.values)
    if not desk.check_keys(_CHANNEL_KEYS):
        return None
    url = desk.read_text("url")
    if url is None:
        desk.report("has no url", 'give it one, such as url = "env:SLACK_URL"')
        return None
    sent = [str(one) for one in entry.values.get("send", ["all"])]
    for unknown in [one for one in sent if one not in rules]:
        desk.report(f"sends the unknown rule {unknown!r}", f"use ids of alerts.toml: {', '.join(rules)}")
    return NamedChannel(entry.id, url, tuple(rules[one] for one in sent if one in rules))
