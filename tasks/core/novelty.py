"""What is new? Pure decisions over entries of a feed and versions of an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tasks.core.address import hash_key, identity_url, item_id_of
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


# An entry under a new id is the one known by its address for so long: some feeds make new ids at every poll.
ALIAS_WITHIN = timedelta(hours=48)
# Two titles that share fewer of their words than this are of two stories.
SAME_TITLE = 0.5


def ids_of(feed: Feed, entry: Entry) -> tuple[str, ...]:
    """The ids under which the lake may hold an entry: by its key, and by key and address where the key was reused."""
    first = item_id_of(feed.feed_id, entry.key)
    return (first, _second_id(feed, entry)) if entry.url else (first,)


def _second_id(feed: Feed, entry: Entry) -> str:
    return item_id_of(feed.feed_id, hash_key(entry.key, identity_url(entry.url or "")))


def find_known(
    feed: Feed, entry: Entry, known: Mapping[str, KnownItem], aliases: Mapping[str, KnownItem]
) -> tuple[str, KnownItem | None]:
    """The entry's id, and the item that the lake holds of it. `aliases` are recent items of the feed by address.

    A key that a feed gives to another story makes a new item; a new key for an address and title that are known does
    not.
    """
    item_id = item_id_of(feed.feed_id, entry.key)
    seen = known.get(item_id)
    if seen is not None and _is_other_story(seen, entry):
        item_id = _second_id(feed, entry)
        seen = known.get(item_id)
    alias = aliases.get(identity_url(entry.url)) if seen is None and entry.url else None
    if alias is not None and share_of_words(alias.title, entry.title) >= SAME_TITLE:
        return alias.item_id, alias
    return item_id, seen


def _is_other_story(seen: KnownItem, entry: Entry) -> bool:
    """Has a feed given the item's id away? Both address and title are others then."""
    if not (seen.url and entry.url and seen.title and entry.title):
        return False
    is_elsewhere = identity_url(seen.url) != identity_url(entry.url)
    return is_elsewhere and share_of_words(seen.title, entry.title) < SAME_TITLE


def share_of_words(one: str, other: str) -> float:
    """Of the words of two titles, the share that both have; 1 where neither has any."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) / len(words | others) if words or others else 1.0


def sort_entries(
    feed: Feed, body: FeedBody, known: Mapping[str, KnownItem], now: datetime, *, is_first_load: bool
) -> FeedNews:
    """Split the entries of one body into new items, known ones whose wording changed, and the rest."""
    new: list[tuple[Item, Entry]] = []
    revised: list[tuple[KnownItem, Entry]] = []
    since = (now - ALIAS_WITHIN).date()
    recent = [item for item in known.values() if item.feed_id == feed.feed_id and item.url and item.day >= since]
    aliases = {identity_url(item.url or ""): item for item in recent}
    for entry in body.entries:
        item_id, seen = find_known(feed, entry, known, aliases)
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
