"""The reading of a stored article in its public form (DESIGN section 6), put together from the lake's facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from tasks.core.language import WHOLE_LANGUAGES
from tasks.desk.desk import Desk
from tasks.desk.meeting_words import place_json
from tasks.desk.showing import json_value

Row = dict[str, Any]
Json = dict[str, Any]

_BESIDE_TOPICS = ("actors", "quotes", "citations", "meetings")
# Every question is bound to the article's day, version and rules, so that one partition is read.
_OF_READING = "where day = $day and article_id = $article_id and version = $version and rules_version = $rules_version"


def read_stored(desk: Desk, article: Mapping[str, Any]) -> Json | None:
    """The current reading of a row of `articles` as JSON; None where the article was never read."""
    found = desk.ask(
        "select * from readings where day = $day and article_id = $article_id",
        day=article["day"],
        article_id=article["article_id"],
    )
    if not found:
        return None
    reading = found[0]
    return {
        "lang": reading["lang"],
        "rules_version": reading["rules_version"],
        "dateline": dateline_of(reading),
        **dict.fromkeys(("topics", *_BESIDE_TOPICS)),
        **(_lists_of(desk, reading) if reading["is_read"] else {}),
        **({} if reading["lang"] in WHOLE_LANGUAGES else dict.fromkeys(_BESIDE_TOPICS)),
    }


def dateline_of(reading: Mapping[str, Any]) -> Json | None:
    """The dateline in a row of `readings`."""
    if reading["start_char"] is None:
        return None
    own = {"cities": reading["cities"], "region": reading["region"], "country": reading["country"]}
    more = {"date": reading["filed_on"], "agency": reading["agency"], **_span(reading)}
    return dict(json_value({**own, **more, "body_start": reading["body_start"], "inferred": reading["inferred"]}))


def _lists_of(desk: Desk, reading: Mapping[str, Any]) -> Json:
    key = {name: reading[name] for name in ("day", "article_id", "version", "rules_version")}

    def rows_of(table: str, order: str) -> list[Row]:
        return desk.ask(f"select * from {table} {_OF_READING} order by {order}", **key)  # noqa: S608 - our own names

    evidence = rows_of("evidence_facts", "topic, field desc, start_char, end_char, rule")
    return {
        "topics": topics_of(rows_of("topic_facts", "score desc, topic"), evidence),
        "actors": actors_of(rows_of("actor_facts", "start_char, end_char, name")),
        "quotes": [_quote(row) for row in rows_of("quote_facts", "start_char, end_char")],
        "citations": [_citation(row) for row in rows_of("citation_facts", "start_char, source")],
        "meetings": meetings_of(rows_of("claim_facts", "seq, start_char")),
    }


def topics_of(tags: Iterable[Row], evidence: Iterable[Row]) -> list[Json]:
    """Tags with their evidence, the strongest first."""
    proofs = {topic: list(rows) for topic, rows in groupby(evidence, key=lambda row: row["topic"])}
    names = ("topic", "iptc", "plover", "score", "confidence")
    return [{**_pick(tag, *names), "evidence": [_proof(row) for row in proofs.get(tag["topic"], [])]} for tag in tags]


def actors_of(mentions: Iterable[Row]) -> list[Json]:
    """Persons in order of first mention, each with all mentions."""
    actors: dict[tuple[Any, ...], Json] = {}
    for row in mentions:
        who = _pick(row, "name", "role", "country", "organisation")
        actor = actors.setdefault(tuple(who.values()), {**who, "inferred": row["inferred"], "mentions": []})
        actor["mentions"].append({"text": row["text"], **_span(row)})
    return list(actors.values())


def meetings_of(claims: Iterable[Row]) -> list[Json]:
    """Meetings in the reading's order, each with its sentences."""
    return [_meeting(list(rows)) for _, rows in groupby(claims, key=lambda row: row["seq"])]


def _meeting(rows: list[Row]) -> Json:
    first = rows[0]
    told = _pick(first, "kind", "format", "name", "organisation", "edition", "parties", "host", "actors")
    window = {"from": first["from_day"], "to": first["to_day"]}
    rest = _pick(first, "date_precision", "status", "confidence", "inferred")
    claims = [{"text": row["sentence"], **_span(row)} for row in rows]
    return dict(json_value({**told, "place": place_json(first), **window, **rest, "claims": claims}))


def _proof(row: Row) -> Json:
    return {"text": row["text"], **_span(row), **_pick(row, "field", "zone", "rule", "weight")}


def _quote(row: Row) -> Json:
    return {**_pick(row, "kind", "text"), **_span(row), **_pick(row, "speaker", "speaker_text", "verb", "about")}


def _citation(row: Row) -> Json:
    return {**_pick(row, "source", "kind", "text"), **_span(row)}


def _span(row: Mapping[str, Any]) -> Json:
    return {"start": row["start_char"], "end": row["end_char"]}


def _pick(row: Mapping[str, Any], *names: str) -> Json:
    return {name: row[name] for name in names}
