"""What is new? Pure decisions over entries of a feed and versions of an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tasks.core.address import item_id_of
from tasks.core.model import Article, Entry, Feed, FeedBody, Item
from tasks.core.stages import FeedNews, KnownItem
from tasks.core.text import content_hash

# On a feed's first load, what is older than this raises no alert (DESIGN section 8).
FIRST_LOAD_NEWS = timedelta(hours=24)
# A feed whose wording changes at every poll (a counter in the summary) must not make us fetch for ever.
REVISITS_LIMIT = 24
# Edits of older stories are left: the lake's questions about waiting items are bound to this many days.
REVISIT_WITHIN = timedelta(days=14)
# A text shorter than this share of the stored one is a stub, and never replaces it.
STUB_SHARE = 0.5


def sort_entries(
    feed: Feed, body: FeedBody, known: Mapping[str, KnownItem], now: datetime, *, is_first_load: bool
) -> FeedNews:
    """Split the entries of one body into new items, known ones whose wording changed, and the rest."""
    new: list[tuple[Item, Entry]] = []
    revised: list[tuple[KnownItem, Entry]] = []
    for entry in body.entries:
        item_id = item_id_of(feed.feed_id, entry.key)
        seen = known.get(item_id)
        if seen is None:
            new.append((make_item(feed, entry, item_id, now, is_first_load=is_first_load), entry))
        elif should_revisit(seen, entry, now.date()):
            revised.append((seen, entry))
    return FeedNews(tuple(new), tuple(revised), len(body.entries) - len(new))


def make_item(feed: Feed, entry: Entry, item_id: str, now: datetime, *, is_first_load: bool) -> Item:
    """An entry at its first sight. Its day is fixed here for good."""
    is_old = entry.published_at is None or entry.published_at < now - FIRST_LOAD_NEWS
    return Item(
        item_id=item_id,
        feed_id=feed.feed_id,
        wire_id=feed.wire_id,
        day=now.date(),
        first_seen_at=now,
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        content=entry.content,
        author=entry.author,
        published_at=entry.published_at,
        published_source=entry.published_source,
        is_silent=is_first_load and is_old,
        is_first_load=is_first_load,
    )


def should_revisit(seen: KnownItem, entry: Entry, today: date) -> bool:
    """Did the wire edit an entry whose story has ended already? One that still waits is fetched anyway."""
    is_open = seen.outcome == "stored" and seen.revisits < REVISITS_LIMIT and today - seen.day <= REVISIT_WITHIN
    return is_open and entry.fingerprint != seen.fingerprint


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """The latest version of an article in the lake."""

    article_id: str
    day: date
    version: int
    item_id: str
    title: str
    content_hash: str
    quality: str
    length: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a freshly fetched text is to the lake.

    `change` is new, title, text or fuller for what is stored, and same or poorer for what is not.
    """

    change: str
    version: int
    day: date

    @property
    def is_stored(self) -> bool:
        """True where the text becomes a version."""
        return self.change not in {"same", "poorer"}


_RANK = {"summary": 0, "partial": 1, "ok": 2}


def judge_article(known: KnownArticle | None, article: Article) -> Verdict:
    """Is this text a new article, a new version, or nothing new?"""
    if known is None:
        return Verdict("new", 1, article.item.day)
    if article.content_hash == known.content_hash or _is_other_headline(known, article):
        return Verdict("same", known.version, known.day)
    rank, known_rank = _RANK[article.quality], _RANK.get(known.quality, 2)
    if rank < known_rank or (rank < 2 and len(article.text) < STUB_SHARE * known.length):
        return Verdict("poorer", known.version, known.day)
    return Verdict(_name_change(known, article, is_fuller=rank > known_rank), known.version + 1, known.day)


def _is_other_headline(known: KnownArticle, article: Article) -> bool:
    """Does another feed list the same text under a headline of its own? That corrects nothing."""
    is_other_item = article.item.item_id != known.item_id
    return is_other_item and content_hash(known.title, article.text) == known.content_hash


def _name_change(known: KnownArticle, article: Article, *, is_fuller: bool) -> str:
    if is_fuller:
        return "fuller"
    return "title" if len(article.text) == known.length and article.title != known.title else "text"
