"""Pages -> clean text, in workers that can be killed; what has no text is settled here."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.core.model import Article, Failure, Item, Wire
from tasks.core.page.read import Field, PageText, Wanted
from tasks.core.settle import make_article, make_article_from_feed, settle_failure
from tasks.core.stages import Extracted, Fetched, ItemFailure
from tasks.edge.passes import PassRun
from tasks.edge.pool import borrow_pool
from tasks.edge.progress import tell_progress

NO_TEXT = Failure("no_text", "the feed gives neither an address nor a text", is_permanent=True)


def extract_chunk(run: PassRun, fetched: Fetched) -> Extracted:
    """Every item of the chunk as an article, or as a failure with its next try."""
    settled: list[Article | ItemFailure] = [
        settle_failure(item, failure, run.now) for item, failure in fetched.failures
    ]
    settled += [_from_feed(item, run) for item in fetched.feed_only]
    settled += _from_pages(run, fetched)
    return Extracted(
        number=fetched.number,
        articles=tuple(article for article in settled if isinstance(article, Article)),
        failures=tuple(failure for failure in settled if isinstance(failure, ItemFailure)),
    )


def _from_pages(run: PassRun, fetched: Fetched) -> list[Article | ItemFailure]:
    settled: list[Article | ItemFailure] = []
    total, wires = len(fetched.pages), run.wires()
    tell_progress("extract", 0, total)
    with borrow_pool() as pool:
        pages = [(page.body, page.content_type, page.url) for page in fetched.pages]
        texts = pool.extract(pages, [_want(page.item, wires) for page in fetched.pages])
        for page, text in zip(fetched.pages, texts, strict=True):
            if isinstance(text, PageText):
                settled.append(make_article(page.item, page, text))
            else:
                settled.append(settle_failure(page.item, text, run.now))
            tell_progress("extract", len(settled), total)
    return settled


def _want(item: Item, wires: Mapping[str, Wire]) -> Wanted:
    """The wire's own rule, and a search for what its feed does not say."""
    wire = wires.get(item.wire_id)
    lacking: list[tuple[Field, bool]] = [("title", not item.title), ("published", item.published_at is None)]
    return Wanted(wire.page if wire else None, tuple(field for field, is_lacking in lacking if is_lacking))


def _from_feed(item: Item, run: PassRun) -> Article | ItemFailure:
    reason = "no address" if not item.url else "subscription"
    return make_article_from_feed(item, reason, run.now) or ItemFailure(item, NO_TEXT, None)
