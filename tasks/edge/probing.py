"""Look at feeds without storing anything: each is asked once, and one page of each, if its site allows that.

feeds --GET--> body --examine_feed--> what it is like --first entry--> robots.txt --> one page --> Probe
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.core.failures import make_failure
from tasks.core.feed.finding import EAST, WEST, FeedFinding, examine_feed
from tasks.core.feed.links import find_feed_links
from tasks.core.model import Failure, Feed
from tasks.edge.clock import utc_now
from tasks.edge.feed_reader import FeedReader
from tasks.edge.http import Response, Web
from tasks.edge.progress import tell_progress
from tasks.edge.tokens import read_token
from tasks.edge.web import open_web
from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of one feed: a finding, or a failure and the feeds that the web page in its place names.

    `page` is None where no page was asked for, else the page's failure or "answers" or "reserved".
    """

    feed: Feed
    finding: FeedFinding | Failure
    final_url: str | None = None
    links: tuple[str, ...] = ()
    page: Failure | str | None = None


async def probe_feeds(settings: Settings, feeds: Sequence[Feed]) -> list[Probe]:
    """Ask all feeds at once, with the manners of a pass; the probes stand in the order of the feeds."""
    done, reader = 0, FeedReader(None)
    tell_progress("check", 0, len(feeds))

    async def probe(web: Web, feed: Feed) -> Probe:
        nonlocal done
        found = await probe_feed(web, feed, reader)
        done += 1
        tell_progress("check", done, len(feeds))
        return found

    async with open_web(settings) as web, reader:
        return list(await asyncio.gather(*(probe(web, feed) for feed in feeds)))


async def probe_feed(web: Web, feed: Feed, reader: FeedReader) -> Probe:
    """One feed and one of its pages."""
    token = read_token(feed)
    if isinstance(token, Failure):
        return Probe(feed, token)
    response = await web.get(feed.url, kind="feed", secret=token)
    if isinstance(response, Failure):
        return Probe(feed, response)
    finding = await read_finding(response, feed, reader)
    if isinstance(finding, Failure):
        return Probe(feed, finding, response.final_url, find_feed_links(response.body, response.final_url))
    page = await probe_page(web, finding.page) if finding.page else None
    return Probe(feed, finding, response.final_url, page=page)


async def read_finding(response: Response, feed: Feed, reader: FeedReader) -> FeedFinding | Failure:
    """What the body is like, or why it is no feed."""
    content_type, now = response.headers.get("content-type"), utc_now()
    read = await reader.read(feed, response.body, content_type, now)
    if isinstance(read, Failure):
        return read
    zones = (replace(feed, zone=zone) for zone in (EAST, WEST))
    return examine_feed(read, *[await reader.read(moved, response.body, content_type, now) for moved in zones])


async def probe_page(web: Web, url: str) -> Failure | str:
    """Can pages of this site be fetched? "answers", "reserved" (the site reserves its rights), or a failure."""
    allowed = await web.may_fetch(url)
    if isinstance(allowed, Failure):
        return allowed
    if not allowed:
        return make_failure("robots_disallowed", "the site's robots.txt asks us not to fetch its pages")
    response = await web.get(url)
    if isinstance(response, Failure):
        return response
    return "reserved" if is_reserved(response) else "answers"


def is_reserved(response: Response) -> bool:
    """Does the answer reserve text and data mining (TDMRep)?"""
    return response.headers.get("tdm-reservation", "").strip() == "1"
