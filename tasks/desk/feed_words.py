"""What was found at a feed, in one line for people and as values for machines."""

from __future__ import annotations

from collections.abc import Collection
from datetime import tzinfo
from typing import Any

from tasks.core.address.forms import identity_url, redact_url
from tasks.core.feed.finding import FeedFinding
from tasks.core.model import Failure
from tasks.desk.pass_words import explain_kind
from tasks.desk.showing import count, one_line, show_time
from tasks.edge.probing import Probe

_TEXTS = {"full text": "full text in the feed", "summary": "summaries in the feed", "titles": "titles alone"}
_DATES = {
    "with a zone": "dates with a zone",
    "without a zone": "dates without a zone, read as {zone}",
    "none": "no dates",
}


def tell_probe(probe: Probe, languages: Collection[str], zone: tzinfo) -> str:
    """One line: `40 entries, newest 2026-02-17 10:00, in en, dates with a zone, titles alone, pages answer`."""
    if isinstance(probe.finding, Failure):
        return one_line(f"{probe.finding.cause} ({explain_kind(probe.finding.kind)})")
    return one_line(", ".join(part for part in _parts(probe, probe.finding, languages, zone) if part))


def _parts(probe: Probe, found: FeedFinding, languages: Collection[str], zone: tzinfo) -> list[str]:
    return [
        count(found.entries, "entry", "entries"),
        f"newest {show_time(found.newest, zone)}" if found.newest else "",
        tell_language(found.lang or probe.feed.lang, languages),
        _DATES[found.dates].format(zone=probe.feed.zone),
        _TEXTS[found.texts] if found.entries else "",
        tell_page(probe.page),
        f"moved to {redact_url(probe.final_url)}" if probe.final_url and has_moved(probe) else "",
    ]


def tell_language(lang: str | None, languages: Collection[str]) -> str:
    """`in en`, or that nobody reads it."""
    if lang is None:
        return "in a language that cannot be told"
    return f"in {lang}" if lang in languages else f"in {lang}, which is not read: its stories are stored only"


def tell_page(page: Failure | str | None) -> str:
    """How one page of the feed answered."""
    if page is None:
        return "no page to ask"
    if isinstance(page, Failure):
        wants = " (wants a subscription)" if page.kind in {"http_401", "http_402"} else ""
        return f"but a page fails: {page.cause}{wants}"
    return "pages answer" if page == "answers" else "pages answer, but reserve text and data mining"


def has_moved(probe: Probe) -> bool:
    """Did the feed answer from another address than the one that the catalog has?"""
    return probe.final_url is not None and identity_url(probe.final_url) != identity_url(probe.feed.url)


def probe_json(probe: Probe) -> dict[str, Any]:
    """A probe for machines; times in ISO 8601."""
    failure = probe.finding if isinstance(probe.finding, Failure) else None
    found = None if isinstance(probe.finding, Failure) else probe.finding
    parts = ("title", "entries", "newest", "lang", "dates", "texts")
    return {
        "feed": probe.feed.feed_id,
        "wire": probe.feed.wire_id,
        "url": redact_url(probe.feed.url),
        "answers": failure is None,
        "failure": failure.kind if failure else None,
        "cause": failure.cause if failure else None,
        **{part: getattr(found, part, None) for part in parts},
        "final_url": redact_url(probe.final_url) if probe.final_url else None,
        "page": probe.page.kind if isinstance(probe.page, Failure) else probe.page,
    }
