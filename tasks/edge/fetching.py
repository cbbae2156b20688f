"""Fetch the pages of waiting items, a chunk at a time, within a budget of time.

The work comes from the lake, not from the poll of this pass: what an earlier pass left waiting is due here too. Pages
are archived before anyone reads them, and the archive file is closed before its articles commit.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tasks.core.failures import make_failure
from tasks.core.model import Failure, Item, Page
from tasks.core.stages import Fetched
from tasks.edge.archive import Archive
from tasks.edge.clock import monotonic, utc_now
from tasks.edge.http import Response, Web
from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.rows import item_of
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows
from tasks.edge.passes import PassRun
from tasks.edge.progress import tell_progress
from tasks.edge.web import open_web

CHUNK_ITEMS = 200  # some 60 MB of pages at the median size of 254 kB; one transaction and one archive file
PASS_BUDGET_S = 240.0  # a pass every five minutes should end before the next one begins
WAIT_DAYS = 15  # an item is given up within 14 days; one more for the pass that gives it up
FETCHES_AT_ONCE = 40


@dataclass(slots=True)
class FetchBudget:
    """What a pass has left for fetching, and the items that it has tried. Lives as long as the pass."""

    started_at: float = field(default_factory=monotonic)
    tried: set[str] = field(default_factory=set)
    chunks: int = 0

    def is_spent(self) -> bool:
        """True once the pass should leave the rest to the next one."""
        return monotonic() - self.started_at > PASS_BUDGET_S


async def fetch_chunk(run: PassRun, budget: FetchBudget) -> Fetched:
    """The next chunk of waiting items with their pages."""
    items, has_more = select_waiting(run, budget)
    budget.chunks += 1
    budget.tried |= {item.item_id for item in items}
    feed_only, to_fetch, repeats = split_items(run, items)
    fetched = await fetch_pages(run, to_fetch)
    pages = [page for page in fetched.values() if isinstance(page, Page)]
    failures = [(item, fetched[item.item_id]) for item in to_fetch]
    kept = await asyncio.to_thread(archive_pages, run, budget.chunks, pages)
    shared = {page.item.item_id: page for page in kept}
    again = [(repeat, fetched[first.item_id]) for repeat, first in repeats]
    return Fetched(
        number=budget.chunks,
        pages=(
            *kept,
            *(replace(shared[first.item_id], item=repeat) for repeat, first in repeats if first.item_id in shared),
        ),
        failures=tuple((item, failure) for item, failure in (*failures, *again) if isinstance(failure, Failure)),
        feed_only=tuple(feed_only),
        is_last=not has_more or budget.is_spent(),
    )


def select_waiting(run: PassRun, budget: FetchBudget) -> tuple[list[Item], bool]:
    """The due items of the next chunk, and whether more are due after it."""
    with closing(connect_reader(run.address)) as connection:
        rows = fetch_rows(
            connection,
            query("select_waiting_items"),
            {
                "now": run.now,
                "since": run.now.date() - timedelta(days=WAIT_DAYS),
                "skip": sorted(budget.tried),
                "most": CHUNK_ITEMS + 1,
            },
        )
    return [item_of(row) for row in rows[:CHUNK_ITEMS]], len(rows) > CHUNK_ITEMS


def split_items(run: PassRun, items: list[Item]) -> tuple[list[Item], list[Item], list[tuple[Item, Item]]]:
    """Items that need no page, items to fetch, and items that share an address with one of these."""
    wires = run.wires()
    feed_only: list[Item] = []
    first_by_url: dict[str, Item] = {}
    repeats: list[tuple[Item, Item]] = []
    for item in items:
        wire = wires.get(item.wire_id)
        if not item.url or (wire is not None and wire.gives == "subscription"):
            feed_only.append(item)
        elif item.url in first_by_url:
            repeats.append((item, first_by_url[item.url]))
        else:
            first_by_url[item.url] = item
    return feed_only, list(first_by_url.values()), repeats


async def fetch_pages(run: PassRun, items: list[Item]) -> dict[str, Page | Failure]:
    """Each item's page or failure, by item id."""
    done = 0
    gate = asyncio.Semaphore(FETCHES_AT_ONCE)
    tell_progress("fetch", 0, len(items))

    async def fetch(web: Web, item: Item) -> tuple[str, Page | Failure]:
        nonlocal done
        async with gate:
            page = await fetch_page(web, item)
        done += 1
        tell_progress("fetch", done, len(items))
        return item.item_id, page

    async with open_web(run.settings) as web:
        return dict(await asyncio.gather(*(fetch(web, item) for item in items)))


async def fetch_page(web: Web, item: Item) -> Page | Failure:
    """One page, if its site allows us to."""
    url = item.url or ""
    allowed = await web.may_fetch(url)
    if isinstance(allowed, Failure):
        return allowed
    if not allowed:
        return make_failure("robots_disallowed", "the site's robots.txt asks us not to fetch this page")
    response = await web.get(url, kind="page")
    if isinstance(response, Failure):
        return response
    return _page(item, response)


def _page(item: Item, response: Response) -> Page:
    content_type = response.headers.get("content-type", "")
    return Page(item, response.final_url, response.status, content_type, response.body, utc_now())


def archive_pages(run: PassRun, chunk: int, pages: list[Page]) -> list[Page]:
    """The same pages with their place in the archive; the file is whole and closed on return."""
    if not pages:
        return []
    archive = Archive(run.settings.home / "raw")
    with archive.open_file(run.now.date(), f"{run.run_id}-{chunk:03}") as writer:
        kept = []
        for page in pages:
            file, offset = writer.add(
                url=page.url,
                status=page.status,
                content_type=page.content_type,
                body=page.body,
                fetched_at=page.fetched_at,
            )
            kept.append(replace(page, archive_file=file, archive_offset=offset))
    return kept
