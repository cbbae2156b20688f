"""Fetch the pages of waiting items, a chunk at a time, within a budget of time; and look again at stories that matter.

The work comes from the lake, not from the poll of this pass: what an earlier pass left waiting is due here too. Pages
are archived before anyone reads them, and the archive file is closed before its articles commit.

    robots.txt -> tdmrep.json -> page -> its own reservation -> archive
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tasks.core.address.forms import is_home_page
from tasks.core.failures import make_failure
from tasks.core.model import Before, Failure, Item, Page, Wire
from tasks.core.rights import Rights, Visit, join_rights, read_rights
from tasks.core.schedule import GIVE_UP_AFTER, LATE, LOOKS
from tasks.core.shards import WHOLE, choose_wires, may_meet, shard_of_run
from tasks.core.stages import Fetched
from tasks.edge.archive import TORN, Archive, set_torn_aside
from tasks.edge.clock import monotonic, utc_now
from tasks.edge.http import Response
from tasks.edge.lake.rows import item_of
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows
from tasks.edge.page_web import PageWeb, open_page_web
from tasks.edge.passes import PassRun
from tasks.edge.progress import tell_progress

if TYPE_CHECKING:
    import duckdb

# A chunk is one transaction and one archive file. To commit costs nearly the same for 50 stories as for 500, so it is
# mostly the weight of the pages that ends one: all are held until they are read (their median is 254 kB).
CHUNK_ITEMS, CHUNK_BYTES = 500, 64 << 20
PASS_BUDGET_S = 240.0  # a pass every five minutes should end before the next one begins
WAIT_DAYS = 15  # an item is given up within 14 days; one more for the pass that gives it up
FETCHES_AT_ONCE = 40
# The oldest day of an article that may be due for a look: waited to the end, stored, looked at late.
LOOK_DAYS = (GIVE_UP_AFTER + LOOKS["1 d"] + LATE).days + 1

_LOGGER = logging.getLogger("dateline.archive")

Got = tuple[Item, Page | Failure]


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
    """The next chunk of waiting items, and of stories to look at again, with their pages."""
    if not budget.chunks:
        tell_torn(run)
    items, has_more = select_work(run, budget)
    budget.chunks += 1
    feed_only, to_fetch, repeats = split_items(run, items)
    got = await fetch_pages(run, to_fetch, budget)
    got |= {repeat.item_id: share_page(repeat, got[first.item_id]) for repeat, first in repeats if first.item_id in got}
    budget.tried |= got.keys() | {item.item_id for item in feed_only}
    has_more |= len(got) + len(feed_only) < len(items)
    kept = await asyncio.to_thread(archive_pages, run, budget.chunks, list(got.values()))
    return Fetched(
        number=budget.chunks,
        pages=tuple(kept),
        failures=tuple((item, failure) for item, failure in got.values() if isinstance(failure, Failure)),
        feed_only=tuple(feed_only),
        is_last=not has_more or budget.is_spent(),
    )


def tell_torn(run: PassRun) -> None:
    """Set aside what a killed pass left in the archive, and say so; what a pass over other wires writes now stays."""
    folder = run.settings.home / "raw"
    for name in set_torn_aside(folder, lambda name: may_meet(run.shard, shard_of_run(name))):
        _LOGGER.warning(
            "A pass was killed while it wrote %s; no article refers to it. It lies in %s now.", name, folder / TORN
        )


def select_work(run: PassRun, budget: FetchBudget) -> tuple[list[Item], bool]:
    """The items of the next chunk, those that wait before those to look at again, and whether more are due after it."""
    since, skip = run.now.date() - timedelta(days=WAIT_DAYS), sorted(budget.tried)
    with borrow_lake(run.address) as connection:
        wires = list_own_wires(run, connection)
        bounds = {"now": run.now, "since": since, "skip": skip, "most": CHUNK_ITEMS + 1, "wires": wires}
        rows = fetch_rows(connection, query("select_waiting_items"), bounds)
        room = CHUNK_ITEMS + 1 - len(rows)
        waiting = [row["item_id"] for row in rows]
        if room:
            rows += fetch_rows(connection, query("select_due_looks"), look_bounds(run, [*skip, *waiting], room, wires))
        items = [item_of(row) for row in rows[:CHUNK_ITEMS]]
        again = [item.item_id for item in items if item.look != "first"]
        known = {"item_ids": again, "since": run.now.date() - timedelta(days=LOOK_DAYS)}
        before = fetch_rows(connection, query("select_before"), known) if again else []
    return add_before(items, before), len(rows) > CHUNK_ITEMS


def list_own_wires(run: PassRun, connection: duckdb.DuckDBPyConnection) -> list[str] | None:
    """The wires whose items are this pass's work; None for all."""
    if run.shard == WHOLE:
        return None
    return choose_wires(run.shard, (row["wire_id"] for row in fetch_rows(connection, query("select_wire_ids"))))


def look_bounds(run: PassRun, skip: list[str], most: int, wires: list[str] | None = None) -> dict[str, Any]:
    """What `select_due_looks` asks by; `wires` None means those of all."""
    hour, day = LOOKS["1 h"], LOOKS["1 d"]
    moments = {"an_hour_ago": run.now - hour, "a_day_ago": run.now - day, "too_late": run.now - day - LATE}
    since = run.now.date() - timedelta(days=LOOK_DAYS)
    return {"now": run.now, "since": since, "skip": skip or [""], "most": most, "wires": wires, **moments}


def add_before(items: Iterable[Item], rows: Iterable[dict[str, Any]]) -> list[Item]:
    """The items with what they became at an earlier visit."""
    before = {row["item_id"]: Before(**{name: row[name] for name in row if name != "item_id"}) for row in rows}
    return [replace(item, before=before.get(item.item_id)) for item in items]


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


def share_page(repeat: Item, got: Got) -> Got:
    """What was got for another item at the same address, as this item's."""
    item = replace(repeat, visit=got[0].visit)
    return item, got[1] if isinstance(got[1], Failure) else replace(got[1], item=item)


async def fetch_pages(run: PassRun, items: list[Item], budget: FetchBudget) -> dict[str, Got]:
    """Each item, with what its visit found, and its page or failure; by item id.

    Once the pages weigh CHUNK_BYTES, or the budget is spent, no more visits begin: the other items are left out. Those
    that begin before one is done are always made, so that a pass whose polls took all its time still gets on.
    """
    done, weight, wires = 0, 0, run.wires()
    gate = asyncio.Semaphore(FETCHES_AT_ONCE)
    tell_progress("fetch", 0, len(items))

    async def fetch(web: PageWeb, item: Item) -> tuple[str, Got] | None:
        nonlocal done, weight
        async with gate:
            if weight >= CHUNK_BYTES or (done and budget.is_spent()):
                return None
            got = await fetch_page(web, item, wires.get(item.wire_id))
        done += 1
        weight += len(got[1].body) if isinstance(got[1], Page) else 0
        tell_progress("fetch", done, len(items))
        return item.item_id, got

    async with open_page_web(run.settings, run.now) as web:
        fetched = await asyncio.gather(*(fetch(web, item) for item in items))
    return dict(each for each in fetched if each)


async def fetch_page(web: PageWeb, item: Item, wire: Wire | None) -> Got:
    """One page, if its site allows us to ask for it and to keep it."""
    url = item.url or ""
    robots, refusal = await ask_robots(web, url, wire)
    visit = Visit(robots=robots)
    if refusal is not None:
        return replace(item, visit=visit), refusal
    obeys_tdm = wire is None or wire.tdm == "obey"
    rights = await web.ask_rights(url)
    if rights.is_reserved and obeys_tdm:
        return replace(item, visit=replace(visit, rights=rights)), refuse_reserved(rights)
    response = await web.get(url, kind="page")
    if isinstance(response, Failure):
        return replace(item, visit=replace(visit, rights=rights)), response
    rights = join_rights((rights, read_rights(response.headers, response.body)))
    item = replace(item, visit=replace(visit, rights=rights, status=response.status))
    if rights.is_reserved and obeys_tdm:
        return item, refuse_reserved(rights)
    if is_home_page(response.final_url) and not is_home_page(url):
        return item, make_failure("taken_down", f"the address leads to the front page {response.final_url}")
    return item, _page(item, response)


async def ask_robots(web: PageWeb, url: str, wire: Wire | None) -> tuple[str, Failure | None]:
    """The decision of robots.txt as a word, and the failure where it keeps us out."""
    if wire is not None and wire.robots == "ignore":
        return "ignored", None
    allowed = await web.may_fetch(url)
    if isinstance(allowed, Failure):
        return "unreachable", allowed
    if allowed:
        return "allowed", None
    return "disallowed", make_failure("robots_disallowed", "the site's robots.txt asks us not to fetch this page")


def refuse_reserved(rights: Rights) -> Failure:
    """Why the text of a page is not kept."""
    terms = f"; its terms: {rights.policy}" if rights.policy else ""
    return make_failure("tdm_reserved", f"the site reserves text and data mining, so its text is not kept{terms}")


def _page(item: Item, response: Response) -> Page:
    content_type = response.headers.get("content-type", "")
    return Page(item, response.final_url, response.status, content_type, response.body, utc_now())


def archive_pages(run: PassRun, chunk: int, got: list[Got]) -> list[Page]:
    """The pages among them with their place in the archive; the file is whole and closed on return."""
    pages = [page for _, page in got if isinstance(page, Page)]
    if not pages:
        return []
    places: dict[int, tuple[str, int]] = {}  # by the bytes: two items at one address share them
    archive = Archive(run.settings.home / "raw")
    with archive.open_file(run.now.date(), f"{run.run_id}-{chunk:03}", run.settings.user_agent) as writer:
        for page in pages:
            if id(page.body) not in places:
                places[id(page.body)] = writer.add(
                    url=page.url,
                    status=page.status,
                    content_type=page.content_type,
                    body=page.body,
                    fetched_at=page.fetched_at,
                    facts=tell_visit(page.item),
                )
    return [_place(page, *places[id(page.body)]) for page in pages]


def tell_visit(item: Item) -> Mapping[str, str]:
    """What the archive says beside a page: whose it is, and what its site allows."""
    visit = item.visit or Visit()
    said = {
        "item": item.item_id,
        "feed": item.feed_id,
        "look": item.look,
        "robots": visit.robots,
        "tdm-reservation": visit.rights.reservation,
        "tdm-policy": visit.rights.policy,
    }
    return {name: str(value) for name, value in said.items() if value is not None}


def _place(page: Page, file: str, offset: int) -> Page:
    visit = replace(page.item.visit or Visit(), archive_file=file, archive_offset=offset)
    return replace(page, item=replace(page.item, visit=visit), archive_file=file, archive_offset=offset)
