"""What is new? Pure decisions over entries of a feed and versions of an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tasks.core.address.forms import hash_key, identity_url, item_id_of, story_url
from tasks.core.model import Article, Entry, Feed, FeedBody, Item
from tasks.core.stages import FeedNews, KnownItem
from tasks.core.text import content_hash
from tasks.core.withdrawal import find_withdrawal

# On a feed's first load, what is older than this raises no alert (DESIGN section 8).
FIRST_LOAD_NEWS = timedelta(hours=24)
# A feed whose wording changes at every poll (a counter in the summary) must not make us fetch for ever.
REVISITS_LIMIT = 24
# Edits of older stories are left: the lake's questions about waiting items are bound to this many days.
REVISIT_WITHIN = timedelta(days=14)
# A text shorter than this share of the stored one is a stub, and never replaces it.
STUB_SHARE = 0.5
# No desk corrects a story more often within 24 hours; what does is a live page, or noise that we do not know.
VERSIONS_A_DAY = 12
# Where an address has moved, the text must keep so much of its vocabulary to be the same story.
SAME_STORY_SHARE = 0.5


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
    if alias is not None and compare_titles(alias.title, entry.title) >= SAME_TITLE:
        return alias.item_id, alias
    return item_id, seen


def _is_other_story(seen: KnownItem, entry: Entry) -> bool:
    """Has a feed given the item's id away? Both address and title are others then."""
    if not (seen.url and entry.url and seen.title and entry.title):
        return False
    is_elsewhere = identity_url(seen.url) != identity_url(entry.url)
    return is_elsewhere and compare_titles(seen.title, entry.title) < SAME_TITLE


def compare_titles(one: str, other: str) -> float:
    """Of the words of two titles, the share that both have; 1 where neither has any."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) / len(words | others) if words or others else 1.0


def sort_entries(
    feed: Feed, body: FeedBody, known: Mapping[str, KnownItem], now: datetime, *, is_first_load: bool
) -> FeedNews:
    """Split the entries of one body into new items, known ones whose wording changed, and the rest."""
    new: list[tuple[Item, Entry]] = []
    revised: list[tuple[KnownItem, Entry]] = []
    renamed = 0
    since = (now - ALIAS_WITHIN).date()
    recent = [item for item in known.values() if item.feed_id == feed.feed_id and item.url and item.day >= since]
    aliases = {identity_url(item.url or ""): item for item in recent}
    for entry in body.entries:
        item_id, seen = find_known(feed, entry, known, aliases)
        renamed += seen is not None and item_id not in ids_of(feed, entry)
        if seen is None:
            new.append((make_item(feed, entry, item_id, now, is_first_load=is_first_load), entry))
        elif should_revisit(seen, entry, now.date()):
            revised.append((seen, entry))
    return FeedNews(tuple(new), tuple(revised), len(body.entries) - len(new), renamed)


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
    """The latest version of an article in the lake; `lately` counts its corrections of the last 24 hours."""

    article_id: str
    day: date
    version: int
    item_id: str
    url: str | None
    title: str
    text: str
    content_hash: str
    quality: str
    lately: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a freshly fetched text is to the lake.

    `change` is new, title, text, both or fuller for what is stored; same, poorer, noisy or withdrawn for what is not.
    `words` are those of a withdrawal, or say why a text is not stored; `is_notice`: the wire itself takes it back.
    """

    change: str
    version: int
    day: date
    words: str | None = None
    is_notice: bool = False

    @property
    def is_stored(self) -> bool:
        """True where the text becomes a version."""
        return self.change not in {"same", "poorer", "noisy", "withdrawn"}


_RANK = {"summary": 0, "partial": 1, "ok": 2}


def judge_article(known: KnownArticle | None, article: Article) -> Verdict:
    """Is this text a new article, a new version, or nothing new?"""
    if known is None:
        return Verdict("new", 1, article.item.day)
    if is_same_text(known, article):
        return Verdict("same", known.version, known.day)
    elsewhere = find_elsewhere(known, article)
    notice = None if elsewhere else find_withdrawal(article.title, article.text, len(known.text))
    if elsewhere or notice:
        return Verdict("withdrawn", known.version, known.day, elsewhere or notice, is_notice=notice is not None)
    rank, known_rank = _RANK[article.quality], _RANK.get(known.quality, 2)
    if rank < known_rank or (rank < 2 and len(article.text) < STUB_SHARE * len(known.text)):
        return Verdict("poorer", known.version, known.day)
    if known.lately >= VERSIONS_A_DAY:
        words = f"it changed more than {VERSIONS_A_DAY} times within 24 hours, so this change is not kept"
        return Verdict("noisy", known.version, known.day, words)
    return Verdict(name_change(known, article, is_fuller=rank > known_rank), known.version + 1, known.day)


def is_same_text(known: KnownArticle, article: Article) -> bool:
    """Did nothing change that counts? Both texts are hashed by today's rules: a stored hash may be of earlier ones."""
    stored = content_hash(known.title, known.text)
    if article.content_hash in {known.content_hash, stored}:
        return True
    # Another feed that lists the same text under a headline of its own corrects nothing.
    is_other_item = article.item.item_id != known.item_id
    return is_other_item and content_hash(known.title, article.text) == stored


def find_elsewhere(known: KnownArticle, article: Article) -> str | None:
    """Does the address now lead to another story? The words that say so, or None."""
    is_elsewhere = bool(known.url and article.url) and story_url(known.url or "") != story_url(article.url or "")
    if is_elsewhere and share_words(known.text, article.text) < SAME_STORY_SHARE:
        return f"its address now leads to another story ({article.url})"
    return None


def share_words(one: str, other: str) -> float:
    """The share of the smaller vocabulary that both texts have, 0 to 1."""
    first, second = set(one.lower().split()), set(other.lower().split())
    return len(first & second) / max(min(len(first), len(second)), 1)


def name_change(known: KnownArticle, article: Article, *, is_fuller: bool) -> str:
    """What differs from the latest version: title, text, both, or fuller where a stub became the story."""
    if is_fuller:
        return "fuller"
    if content_hash("", article.text) == content_hash("", known.text):
        return "title"
    return "text" if content_hash(article.title, "") == content_hash(known.title, "") else "both"
