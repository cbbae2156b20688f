"""Values of the core as rows of the lake, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tasks.core.model import Article, Item, LedgerMeeting, Meeting, Place, Reading

Row = dict[str, Any]


def item_row(item: Item, entry_key: str, run_id: str) -> Row:
    """An item at its first sight."""
    return {
        "day": item.day,
        "item_id": item.item_id,
        "feed_id": item.feed_id,
        "wire_id": item.wire_id,
        "run_id": run_id,
        "entry_key": entry_key,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content": item.content,
        "author": item.author,
        "published_at": item.published_at,
        "published_source": item.published_source,
        "first_seen_at": item.first_seen_at,
        "is_silent": item.is_silent,
        "is_first_load": item.is_first_load,
    }


def outcome_row(day: date, item_id: str, run_id: str, now: datetime, outcome: str, **parts: Any) -> Row:
    """A step of an item towards its end; `parts` are the other columns of `outcome_facts`."""
    blank: Row = dict.fromkeys(("reason", "cause", "next_try_at", "article_id", "version", "fingerprint"))
    own: Row = {"day": day, "item_id": item_id, "run_id": run_id, "decided_at": now, "outcome": outcome, "attempt": 0}
    return {**blank, **own, **parts}


def item_of(row: Row) -> Item:
    """The item that a row of `select_waiting_items` holds."""
    texts = {name: row[name] or "" for name in ("title", "summary", "content")}
    return Item(**{**row, **texts})


def article_row(article: Article, version: int, day: date, run_id: str, **parts: Any) -> Row:
    """A version of an article; `parts` are change, sketch and origin."""
    return {
        "day": day,
        "article_id": article.article_id,
        "version": version,
        "item_id": article.item.item_id,
        "feed_id": article.item.feed_id,
        "wire_id": article.item.wire_id,
        "run_id": run_id,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "summary": article.summary,
        "authors": list(article.authors),
        "published_at": article.published_at,
        "published_source": article.published_source,
        "page_published_at": article.page_published_at,
        "fetched_at": article.fetched_at,
        "first_seen_at": article.item.first_seen_at,
        "section": article.section or None,
        "title_source": article.sources.title,
        "text_source": article.sources.text,
        "authors_source": article.sources.authors,
        "page_published_source": article.sources.published,
        "section_source": article.sources.section,
        "quality": article.quality,
        "quality_reason": article.reason,
        "content_hash": article.content_hash,
        "archive_file": article.archive_file,
        "archive_offset": article.archive_offset,
        "is_silent": article.item.is_silent,
        "is_first_load": article.item.is_first_load,
        **parts,
    }


def reading_rows(key: Row, reading: Reading, run_id: str, now: datetime) -> Iterator[tuple[str, Row]]:
    """All rows of one reading as (table, row). `key` holds day, article_id, version and rules_version."""
    yield "reading_facts", {**key, **_dateline_parts(reading), "read_at": now, "run_id": run_id}
    for tag in reading.topics or ():
        yield "topic_facts", {**key, **_pick(tag, "topic", "iptc", "plover", "score", "confidence")}
        for proof in tag.evidence:
            span = _pick(proof, "field", "zone", "text", "rule", "weight")
            yield "evidence_facts", {**key, "topic": tag.topic, **span, **_span(proof)}
    for actor in reading.actors or ():
        who = _pick(actor, "name", "role", "country", "organisation")
        for mention in actor.mentions:
            yield (
                "actor_facts",
                {**key, **who, "inferred": list(actor.inferred), "text": mention.text, **_span(mention)},
            )
    for quote in reading.quotes or ():
        said = _pick(quote, "kind", "text", "speaker", "speaker_text", "verb")
        yield "quote_facts", {**key, **said, "about": list(quote.about), **_span(quote)}
    for citation in reading.citations or ():
        yield "citation_facts", {**key, **_pick(citation, "source", "kind", "text"), **_span(citation)}


def claim_rows(key: Row, reading: Reading, wire_id: str, origin: str, published_at: datetime) -> Iterator[Row]:
    """One row per sentence of each meeting of a reading."""
    for seq, meeting in enumerate(reading.meetings or ()):
        shared = {**key, "seq": seq, "wire_id": wire_id, "origin": origin, "published_at": published_at}
        for claim in meeting.claims:
            sentence = {"sentence": claim.text, **_span(claim), "inferred": list(meeting.inferred)}
            yield {**shared, **meeting_parts(meeting), **sentence}


def meeting_parts(meeting: Meeting | LedgerMeeting) -> Row:
    """The columns that claims and meetings of the ledger share."""
    named = _pick(meeting, "kind", "format", "name", "organisation", "edition", "host", "from_day", "to_day")
    more = _pick(meeting, "date_precision", "status", "confidence")
    lists = {"parties": list(meeting.parties), "actors": list(meeting.actors)}
    return {**named, **more, **lists, **place_parts(meeting.place)}


def place_parts(place: Place | None) -> Row:
    """A place as its four columns."""
    return {
        "place": place.name if place else None,
        "place_region": place.region if place else None,
        "place_country": place.country if place else None,
        "place_precision": place.precision if place else None,
    }


def place_of(row: Row) -> Place | None:
    """The place in a row's four columns."""
    if row["place"] is None:
        return None
    return Place(row["place"], row["place_region"], row["place_country"], row["place_precision"])


def ledger_row(meeting: LedgerMeeting, revision: int, run_id: str, now: datetime) -> Row:
    """A row of the ledger after a change."""
    times = _pick(meeting, "first_seen", "last_seen", "status_at", "window_at", "is_told", "needs_review")
    own = {"day": meeting.opened_day, "meeting_id": meeting.meeting_id, "revision": revision}
    return {
        **own,
        **meeting_parts(meeting),
        **times,
        "aliases": list(meeting.aliases),
        "changed_at": now,
        "run_id": run_id,
    }


def ledger_meeting_of(row: Row) -> LedgerMeeting:
    """The meeting in a row of `select_ledger`."""
    plain = (
        "meeting_id", "kind", "format", "name", "organisation", "edition", "host", "from_day", "to_day",
        "date_precision", "status", "confidence", "needs_review", "first_seen", "last_seen", "status_at", "window_at",
        "is_told",
    )  # fmt: skip
    lists: Row = {name: tuple(row[name] or ()) for name in ("aliases", "parties", "actors")}
    kept: Row = {name: row[name] for name in plain}
    return LedgerMeeting(opened_day=row["day"], place=place_of(row), **kept, **lists)


def _dateline_parts(reading: Reading) -> Row:
    line = reading.dateline
    return {
        "lang": reading.lang,
        "is_read": reading.topics is not None,
        "cities": list(line.cities) if line else [],
        "region": line.region if line else None,
        "country": line.country if line else None,
        "filed_on": line.date if line else None,
        "agency": line.agency if line else None,
        "start_char": line.start if line else None,
        "end_char": line.end if line else None,
        "body_start": line.body_start if line else 0,
        "inferred": list(line.inferred) if line else [],
    }


def _pick(value: object, *names: str) -> Row:
    return {name: getattr(value, name) for name in names}


def _span(value: Any) -> Row:
    return {"start_char": value.start, "end_char": value.end}
