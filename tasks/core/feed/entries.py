"""One entry of a feed, whatever its format: raw fields in, a clean `Entry` with a stable key out.

    RawEntry --make_entry--> Entry with its own key --settle_keys--> entries whose keys are unique in the feed

The key is the entry's id where it is usable, else its canonical link, else a hash of link, title and date. Stories that
share a key are told apart by link, then by title; exact repeats are counted and dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.core.address.forms import MAX_URL_LENGTH, canonical_url, hash_key, identity_url, is_home_page
from tasks.core.feed.dates import read_feed_date
from tasks.core.model import Entry, Feed
from tasks.core.plain import hides, plain_line, plain_paragraphs

# What a wire's clock may be ahead of ours; more is marked as in the future (reliability notes, row 72).
FUTURE_SLACK = timedelta(minutes=10)
MAX_TITLE, MAX_SUMMARY, MAX_CONTENT = 1_000, 50_000, 1_000_000  # characters
DECK_LENGTH = 500  # characters; what is shorter is no story
STORY_LENGTH = 1_200  # what is at least this long is the story itself, whatever element it stands in
MAX_ID = 1_000  # characters; a longer id is content that slipped into the wrong element
_EMAIL = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*>?")
_UNUSABLE_ID = re.compile(r"[\W_0]*|none|null|undefined|nan|false|true|n/a|guid|id|tag:|urn:uuid:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """The fields of an entry as the feed has them: markup, relative links and odd dates included."""

    ident: str
    link: str
    title: str
    summary: str
    content: str
    author: str
    published: str
    updated: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What all entries of one body share: the feed, its own pages, and when it was polled."""

    feed: Feed
    base: str
    home: str | None
    polled_at: datetime


def make_entry(raw: RawEntry, shelf: Shelf) -> tuple[Entry, tuple[str, ...]]:
    """A clean entry, its key not yet compared with others', and remarks on what had to be mended."""
    url = _page_of(raw, shelf)
    title, summary = plain_line(raw.title[: 4 * MAX_TITLE]), plain_line(raw.summary[: 4 * MAX_SUMMARY])
    content = plain_paragraphs(raw.content[: 4 * MAX_CONTENT])
    if not content and len(summary) >= STORY_LENGTH:
        summary, content = "", plain_paragraphs(raw.summary[: 4 * MAX_CONTENT])
    published_at, source, updated_at = settle_dates(raw, shelf)
    remarks = ["bad_link"] if raw.link.strip() and url is None else []
    if published_at is None and (raw.published.strip() or raw.updated.strip()):
        remarks.append("bad_date")
    if hides(raw.title):
        remarks.append("hidden_marks")
    if source == "feed_future":
        remarks.append("future_date")
    if len(title) > MAX_TITLE or len(summary) > MAX_SUMMARY or len(content) > MAX_CONTENT:
        remarks.append("field_cut")
    title, summary, content = title[:MAX_TITLE].rstrip(), summary[:MAX_SUMMARY].rstrip(), content[:MAX_CONTENT].rstrip()
    if " ".join(content.split()) == summary:  # one text in two fields: a deck, or the whole story
        summary, content = (summary, "") if len(summary) < DECK_LENGTH else ("", content)
    entry = Entry(
        key=_own_key(raw, shelf, url, title),
        url=url,
        title=title,
        summary=summary,
        content=content,
        author=read_author(raw.author),
        published_at=published_at,
        published_source=source,
        updated_at=updated_at,
        fingerprint=fingerprint(title, summary, content, updated_at),
    )
    return entry, tuple(remarks)


def settle_dates(raw: RawEntry, shelf: Shelf) -> tuple[datetime | None, str, datetime | None]:
    """Publication time, its source (`feed`, `feed_updated`, `feed_future`, `none`), and the time of the last edit.

    A time in the future becomes that of the poll, marked so: it must neither lead every list nor be the last word of a
    meeting for years.
    """
    updated_at = read_feed_date(raw.updated, shelf.feed.zone)
    published_at = read_feed_date(raw.published, shelf.feed.zone)
    source = "feed"
    if published_at is None:
        published_at, source = updated_at, "feed_updated" if updated_at else "none"
    if published_at is not None and published_at > shelf.polled_at + FUTURE_SLACK:
        published_at, source = shelf.polled_at, "feed_future"
    return published_at, source, updated_at


def read_author(written: str) -> str | None:
    """`none@none.com (AFP)` -> `AFP`; an e-mail address alone names nobody."""
    name = plain_line(_EMAIL.sub(" ", written[:2000])).strip(" ()<>,;")
    return name[:300] or None


def fingerprint(title: str, summary: str, content: str, updated_at: datetime | None) -> str:
    """Changes when the wire edits the entry; white space does not count."""
    words = (" ".join(part.split()) for part in (title, summary, content))
    return hash_key(*words, updated_at.isoformat() if updated_at else "")


def settle_keys(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], int]:
    """Entries with unique keys in feed order, and how many exact repeats were dropped.

    Where different stories share a key, all of them get a longer one: were the first left as it is, its key would pass
    to another story at the next poll.
    """
    first: dict[tuple[str, str, str], Entry] = {}
    total = 0
    for entry in entries:
        total += 1
        first.setdefault((entry.key, identity_url(entry.url or ""), entry.title), entry)
    kept = list(first.values())
    for part in ("link", "title"):
        kept = _tell_apart(kept, part)
    return tuple(kept), total - len(kept)


def _tell_apart(entries: list[Entry], part: str) -> list[Entry]:
    """Add the link (or title) to every key that stands twice."""
    counts = Counter(entry.key for entry in entries)

    def longer(entry: Entry) -> Entry:
        added = identity_url(entry.url or "") if part == "link" else entry.title
        return replace(entry, key=hash_key(entry.key, added))

    return [longer(entry) if counts[entry.key] > 1 else entry for entry in entries]


def _page_of(raw: RawEntry, shelf: Shelf) -> str | None:
    """The story's own page: never the feed itself, nor the front page of its site."""
    url = canonical_url(raw.link, shelf.base) if raw.link.strip() else None
    if url is None or is_home_page(url) or url in {shelf.home, canonical_url(shelf.feed.url)}:
        return None
    return url


def _own_key(raw: RawEntry, shelf: Shelf, url: str | None, title: str) -> str:
    """The entry's key as far as the entry alone can say."""
    ident = " ".join(raw.ident.split())
    if ident.lower().startswith(("http://", "https://")):
        # An id that is an address is read as one: fragments and tracking in it change from poll to poll.
        address = canonical_url(ident) if len(ident) <= MAX_URL_LENGTH else None
        ident = "" if address is None or address == shelf.home or is_home_page(address) else address
    if ident and len(ident) <= MAX_ID and not _UNUSABLE_ID.fullmatch(ident):
        return ident
    if url is not None:
        return url
    return hash_key(canonical_url(raw.link, shelf.base) or "", title, " ".join((raw.published or raw.updated).split()))
