"""Ask the feeds that are due, and hand what they said to the record (T1).

    due feeds -> good lane | lane of the known bad -> conditional GET -> hash -> parse -> record_answers

A feed that fails is a value with a class, a cause and a next try; it never fails the pass. A feed where nothing changed
is neither read from the lake nor parsed: a 304, or a hash, is all that is looked at.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta

from tasks.core.address.forms import redact_url
from tasks.core.failures import make_failure
from tasks.core.model import Failure, Feed, FeedBody
from tasks.core.poll.fold import wants_full
from tasks.core.poll.interval import RATE_DAYS
from tasks.core.poll.lanes import BAD_AT_ONCE, DEADLINE_S, authority_of, deadline_of, is_due, split_lanes
from tasks.core.poll.moves import address_of, forget_other_address
from tasks.core.poll.verdicts import is_egress_down, is_egress_ill
from tasks.core.stages import FeedAnswer, FeedMemory, FeedState, PollReport
from tasks.edge.allow import AllowList
from tasks.edge.clock import monotonic, utc_now
from tasks.edge.exchange import is_allowed
from tasks.edge.feed_reader import FeedReader
from tasks.edge.http import Response, Web
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows
from tasks.edge.passes import PassRun
from tasks.edge.poll_record import record_answers
from tasks.edge.progress import tell_progress
from tasks.edge.tokens import read_token
from tasks.edge.web import open_web

PER_HOST = 2  # feeds of one public host that are asked at once, as `Web` allows it


async def poll_feeds(run: PassRun) -> PollReport:
    """Ask all due feeds at once and store what they list."""
    states = read_feed_states(run)
    due = [feed for feed in run.feeds() if is_due(states.get(feed.feed_id), run.now, is_anyway=run.with_all_feeds)]
    good, bad = split_lanes(due, states)
    reader = FeedReader(run.settings.home)
    async with open_web(run.settings) as web, reader:
        desk = PollDesk(web, reader, AllowList.parse(run.settings.allow), run, states, len(due))
        tell_progress("poll", 0, len(due))
        answers = await desk.ask_all(good, bad)
    counts = await asyncio.to_thread(record_answers, run, answers)
    reader.settle()
    not_due = len(run.feeds()) - len(answers)
    is_down = is_egress_down(answers, len(run.feeds()) - len(due))
    return PollReport(tuple(counts), not_due, is_egress_down=is_down, is_egress_ill=is_egress_ill(answers))


def read_feed_states(run: PassRun) -> dict[str, FeedState]:
    """What the lake knows of each feed."""
    since = run.now.date() - timedelta(days=RATE_DAYS)
    with borrow_lake(run.address) as connection:
        rows = fetch_rows(connection, query("select_feed_states"), {"since": since})
    kept = {part.name for part in fields(FeedMemory)}
    states = {}
    for row in rows:
        # A null is of a poll of an earlier layout, or of none: the memory then begins as that of a new feed.
        memory = FeedMemory(**{name: row[name] for name in kept if row[name] is not None})
        known = {name: value for name, value in row.items() if name not in kept}
        states[row["feed_id"]] = FeedState(**{**known, "hours": tuple(row["hours"] or ())}, memory=memory)
    return states


@dataclass(slots=True)
class PollDesk:
    """One poll of many feeds: its lanes, and the hosts that asked for a pause meanwhile."""

    web: Web
    reader: FeedReader
    allow: AllowList
    run: PassRun
    states: Mapping[str, FeedState]
    due: int
    begun: float = field(default_factory=monotonic)
    done: int = 0
    paused: set[str] = field(default_factory=set)
    hosts: dict[str, asyncio.Semaphore] = field(
        default_factory=lambda: defaultdict(lambda: asyncio.Semaphore(PER_HOST))
    )
    bad_lane: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(BAD_AT_ONCE))

    async def ask_all(self, good: Sequence[Feed], bad: Sequence[Feed]) -> list[FeedAnswer]:
        """The answers of both lanes; a feed whose turn did not come, or whose host wants a pause, has none."""
        asked = await asyncio.gather(*map(self._ask_good, good), *map(self._ask_bad, bad))
        return [answer for answer in asked if answer is not None]

    async def _ask_bad(self, feed: Feed) -> FeedAnswer | None:
        """Within a lane that is narrow, and only as long as the answer can be there before the whole lane must end."""
        async with self.bad_lane:
            deadline = deadline_of(self.states[feed.feed_id])
            if monotonic() - self.begun + deadline > DEADLINE_S + 1.0:
                return None
            return await self._ask_good(feed)

    async def _ask_good(self, feed: Feed) -> FeedAnswer | None:
        state = forget_other_address(feed, self.states.get(feed.feed_id, FeedState(feed.feed_id)))
        url = address_of(feed, state.memory)
        host = authority_of(url)
        if is_allowed(self.allow, url):  # the operator's own host: no manners towards it
            answer = await self._ask(feed, state, url, host)
        else:
            async with self.hosts[host]:
                answer = await self._ask(feed, state, url, host)
        self.done += 1
        tell_progress("poll", self.done, self.due)
        return answer

    async def _ask(self, feed: Feed, state: FeedState, url: str, host: str) -> FeedAnswer | None:
        if host in self.paused:
            return None
        answer = await ask_feed(self.web, Asking(feed, state, url, wants_full(state, self.run.now)), self.reader)
        if answer.failure is not None and answer.failure.retry_after_s:
            self.paused.add(host)
        return answer


@dataclass(frozen=True, slots=True)
class Asking:
    """One feed to ask, and how: at which address, and whether for the body whatever the validator says."""

    feed: Feed
    state: FeedState
    url: str
    is_full: bool

    def validators(self) -> dict[str, str]:
        """The headers of a conditional GET, as the last body came with them."""
        headers = {"If-None-Match": self.state.etag, "If-Modified-Since": self.state.last_modified}
        return {name: value for name, value in headers.items() if value}


async def ask_feed(web: Web, asking: Asking, reader: FeedReader) -> FeedAnswer:
    """One GET and, where the bytes are new, one parse."""
    feed, state = asking.feed, asking.state
    begun = monotonic()
    response = await _get(web, asking, {} if asking.is_full else asking.validators())
    took_ms = int((monotonic() - begun) * 1000)
    if isinstance(response, Failure):
        return _answer(asking, took_ms, outcome="failed", failure=response)
    if response.status == 304:
        return _answer(asking, took_ms, outcome="unchanged", response=response, body_hash=state.body_hash)
    body_hash = hashlib.sha256(response.body).hexdigest()
    if body_hash == state.body_hash:
        return _answer(asking, took_ms, outcome="unchanged", response=response, body_hash=body_hash)
    has_lied = asking.is_full and await _has_lied(web, asking, response)
    parsed = await reader.read(feed, response.body, response.headers.get("content-type"), utc_now())
    if isinstance(parsed, Failure):
        return _answer(asking, took_ms, outcome="failed", failure=parsed, response=response)
    return _answer(
        asking, took_ms, outcome="read", response=response, body_hash=body_hash, body=parsed, has_lied=has_lied
    )


async def _get(web: Web, asking: Asking, headers: Mapping[str, str]) -> Response | Failure:
    token = read_token(asking.feed)
    if isinstance(token, Failure):
        return token
    deadline = deadline_of(asking.state)
    try:
        async with asyncio.timeout(deadline):
            return await web.get(asking.url, kind="feed", headers=headers, secret=token)
    except TimeoutError:
        return make_failure("timeout", f"{authority_of(asking.url)} did not answer in full within {deadline:.0f} s")


async def _has_lied(web: Web, asking: Asking, response: Response) -> bool:
    """Would the validator have hidden this other body? It is the same as before, or is still answered with 304."""
    validators, state = asking.validators(), asking.state
    if not validators or state.memory.has_lying_etag:
        return False
    mark, before = (response.headers.get("etag"), state.etag) if state.etag else (None, None)
    if before is None:
        mark, before = response.headers.get("last-modified"), state.last_modified
    if mark == before:
        return True
    again = await _get(web, asking, validators)
    return isinstance(again, Response) and again.status == 304


def _answer(
    asking: Asking,
    took_ms: int,
    *,
    outcome: str,
    failure: Failure | None = None,
    response: Response | None = None,
    body_hash: str | None = None,
    body: FeedBody | None = None,
    has_lied: bool = False,
) -> FeedAnswer:
    state = asking.state
    headers: Mapping[str, str] = response.headers if response else {}
    is_304 = response is not None and response.status == 304
    return FeedAnswer(
        feed=asking.feed,
        state=state,
        polled_at=utc_now(),
        outcome=outcome,
        status=response.status if response else None,
        failure=failure,
        etag=headers.get("etag") or (state.etag if is_304 else None),
        last_modified=headers.get("last-modified") or (state.last_modified if is_304 else None),
        body_hash=body_hash,
        body=body,
        final_url=redact_url(response.final_url) if response else None,
        took_ms=took_ms,
        url=asking.url,
        moved_to=response.moved_to if response else None,
        is_full=asking.is_full and bool(asking.validators()),
        has_lied=has_lied,
    )
