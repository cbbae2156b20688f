"""What becomes of an item: an article from its page, an article from the feed's own words, or another try. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tasks.core.address.forms import article_id_of, article_id_without_url, settle_address
from tasks.core.feed.entries import FUTURE_SLACK, STORY_LENGTH
from tasks.core.model import Article, Failure, Item, Page, Sources
from tasks.core.page.read import PageText
from tasks.core.rights import PageSigns, Visit
from tasks.core.schedule import next_look, next_try
from tasks.core.stages import ItemFailure
from tasks.core.text import clean_text, content_hash


def make_article(item: Item, page: Page, text: PageText) -> Article:
    """The article of a fetched page. The feed's date goes before the page's, which is only kept beside it.

    At a later look the article is the one that the item became, wherever its page has moved.
    """
    url = settle_address(item.url or page.url, page.url, text.canonical)
    title = settle_title(item, text.title)
    signs = PageSigns(text.quality, text.reason, len(text.text), text.published_at is not None, bool(text.authors))
    item = replace(item, visit=replace(item.visit or Visit(), page_title=text.title, signs=signs))
    published_at, source = item.published_at, item.published_source
    if published_at is None and text.published_at is not None and text.published_at <= page.fetched_at + FUTURE_SLACK:
        published_at, source = text.published_at, "page"
    authors = text.authors or ((item.author,) if item.author else ())
    sources = replace(
        text.sources,
        title=text.sources.title if title == text.title and title != item.title else "feed",
        authors=text.sources.authors if text.authors else "feed" if authors else "none",
    )
    return Article(
        item=item,
        article_id=item.before.article_id if item.before else article_id_of(url),
        url=url,
        title=title,
        text=text.text,
        summary=item.summary,
        authors=authors,
        published_at=published_at,
        published_source=source,
        page_published_at=text.published_at,
        lang_hint=text.lang,
        quality=text.quality,
        reason=text.reason,
        content_hash=content_hash(title, text.text),
        fetched_at=page.fetched_at,
        archive_file=page.archive_file,
        archive_offset=page.archive_offset,
        section=text.section,
        sources=sources,
    )


def settle_title(item: Item, page_title: str) -> str:
    """The feed's headline, until the page's own headline changes: from then on that is the story's."""
    before = item.before
    if before is None:
        return item.title or page_title
    is_retitled = (
        before.page_title and page_title and content_hash(page_title, "") != content_hash(before.page_title, "")
    )
    return page_title if is_retitled else before.title or page_title


def make_article_from_feed(item: Item, reason: str, now: datetime) -> Article | None:
    """The article of the feed's own words, or None where it has none beside the title.

    Of a story whose site reserves text and data mining only the summary is kept, even where the feed has all of it.
    """
    content = "" if reason == "tdm_reserved" else item.content
    text = clean_text(content or item.summary)
    if not text:
        return None
    is_full = len(content) >= STORY_LENGTH
    article_id = article_id_of(item.url) if item.url else article_id_without_url(item.wire_id, item.title, text)
    return Article(
        item=item,
        article_id=article_id,
        url=item.url,
        title=item.title,
        text=text,
        summary=item.summary,
        authors=(item.author,) if item.author else (),
        published_at=item.published_at,
        published_source=item.published_source,
        page_published_at=None,
        lang_hint=None,
        quality="ok" if is_full else "summary",
        reason=None if is_full else reason,
        content_hash=content_hash(item.title, text),
        fetched_at=now,
        archive_file=None,
        archive_offset=None,
        sources=Sources(
            title="feed" if item.title else "none",
            text="feed",
            authors="feed" if item.author else "none",
        ),
    )


def settle_failure(item: Item, failure: Failure, now: datetime) -> Article | ItemFailure:
    """Try again later; when there is no later, take the feed's own words; without any, reject with the reason.

    A story that is stored already keeps its text whatever its page answers now.
    """
    attempt, first_seen_at, retry_after_s = item.attempts + 1, item.first_seen_at, failure.retry_after_s
    if failure.is_permanent:
        again = None
    elif item.before is not None:
        again = next_look(attempt, failure.kind, first_seen_at, now, look=item.look, retry_after_s=retry_after_s)
    else:
        again = next_try(attempt, failure.kind, first_seen_at, now, retry_after_s=retry_after_s)
    if again is not None or item.before is not None:
        return ItemFailure(item, failure, again)
    return make_article_from_feed(item, failure.kind, now) or ItemFailure(item, failure, None)
