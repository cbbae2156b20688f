"""`dateline show`: one stored story with its reading, the evidence marked in its own words."""

from __future__ import annotations

from typing import Any

from tasks.desk.desk import Desk, name_countries, open_desk
from tasks.desk.finding import find_article
from tasks.desk.meeting_words import tell_meeting
from tasks.desk.options import Format, Home
from tasks.desk.showing import is_terminal, one_line, print_json, say, show_time
from tasks.desk.spans import Span, mark_spans, merge_spans
from tasks.desk.stored_reading import read_stored


def show_article(article: str, /, *, format: Format = "text", home: Home = None) -> int:
    """A stored story (by address or the beginning of its id) with its reading; [[marked]] is the topics' evidence."""
    with open_desk(home) as desk:
        row = find_article(desk, article)
        reading = read_stored(desk, row)
        if format == "json":
            print_json({**_head(row), "text": row["text"], "reading": reading})
        else:
            _print_head(desk, row)
            spans = merge_spans(_text_spans(reading))
            _print_text(row["text"], spans)
            _print_reading(desk, reading)
    return 0


def _text_spans(reading: dict[str, Any] | None) -> list[Span]:
    tags = (reading or {}).get("topics") or []
    told = [proof for tag in tags if tag["confidence"] != "low" for proof in tag["evidence"]]
    return [(proof["start"], proof["end"]) for proof in told if proof["field"] == "text"]


def _head(row: dict[str, Any]) -> dict[str, Any]:
    names = ("article_id", "version", "day", "wire_id", "wire", "url", "title", "authors", "published_at")
    more = ("published_source", "first_seen_at", "fetched_at", "quality", "quality_reason", "origin", "archive_file")
    return {name: row[name] for name in (*names, *more)}


def _print_head(desk: Desk, row: dict[str, Any]) -> None:
    told = show_time(row["published_at"], desk.zone) or f"first seen {show_time(row['first_seen_at'], desk.zone)}"
    version = f", version {row['version']}" if row["version"] > 1 else ""
    say(row["title"] or "(no title)", f"{row['wire'] or row['wire_id']}, {told}{version}")
    if row["url"]:
        say(row["url"])
    if row["quality"] != "ok":
        say(f"The text is not whole ({row['quality']}: {row['quality_reason'] or 'no reason given'}).")
    say(f"id {row['article_id']}", "")


def _print_text(text: str, spans: list[Span]) -> None:
    if not is_terminal():
        say(mark_spans(text, spans), "")
        return
    from rich.console import Console
    from rich.text import Text

    styled = Text(text)
    for start, end in spans:
        styled.stylize("bold yellow", start, end)
    Console(highlight=False).print(styled, "")


def _print_reading(desk: Desk, reading: dict[str, Any] | None) -> None:
    if reading is None or reading["topics"] is None:
        lang = reading["lang"] if reading else None
        say(f"Not read: no rules know its language ({lang or 'unknown'}).")
        return
    countries = name_countries(desk.settings)
    _print_dateline(reading["dateline"], countries)
    _print_topics(reading["topics"])
    if reading["actors"] is None:
        say(f"Topics alone are read in its language ({reading['lang']}).")
        return
    _print_list("People", [_actor(actor, countries) for actor in reading["actors"]])
    _print_list("Quotes", [_quote(quote) for quote in reading["quotes"]])
    _print_list("Sources", [f"{citation['source']} ({citation['kind']})" for citation in reading["citations"]])
    _print_list("Meetings", [_meeting(meeting, countries) for meeting in reading["meetings"]])


def _print_dateline(line: dict[str, Any] | None, countries: Any) -> None:
    if line is not None:
        place = ["/".join(line["cities"]), line["region"], countries.get(line["country"], line["country"])]
        told = [*place, line["date"], line["agency"]]
        guessed = f" (not in the text: {', '.join(line['inferred'])})" if line["inferred"] else ""
        say(f"Dateline: {', '.join(part for part in told if part)}{guessed}")


def _print_topics(tags: list[dict[str, Any]]) -> None:
    lines = []
    for tag in tags:
        if tag["confidence"] != "low":
            said = {proof["text"].lower(): proof["text"] for proof in reversed(tag["evidence"])}
            words = ", ".join(f"“{one_line(text)}”" for text in reversed(said.values()))
            lines.append(f"{tag['topic']} ({tag['confidence']}): {words}")
    _print_list("Topics", lines)


def _print_list(title: str, lines: list[str]) -> None:
    if lines:
        say(f"{title}:", *(f"  {line}" for line in lines))


def _actor(actor: dict[str, Any], countries: Any) -> str:
    of = actor["organisation"] or countries.get(actor["country"], actor["country"])
    told = ", ".join(part for part in (actor["role"], of) if part)
    return f"{actor['name']} ({told})" if told else str(actor["name"])


def _quote(quote: dict[str, Any]) -> str:
    who = quote["speaker"] or quote["speaker_text"] or "speaker not resolved"
    return f"{who} {quote['verb'] or ''}".rstrip() + f" ({quote['kind']}): {quote['text']}"


def _meeting(meeting: dict[str, Any], countries: Any) -> str:
    place = meeting["place"] or {"name": None, "country": None}
    told = {"place": place["name"], "place_country": place["country"]}
    window = {"from_day": _day(meeting["from"]), "to_day": _day(meeting["to"])}
    return f"{meeting['kind']}: {tell_meeting({**meeting, **told, **window}, countries)}"


def _day(written: str | None) -> Any:
    from datetime import date

    return date.fromisoformat(written) if written else None
