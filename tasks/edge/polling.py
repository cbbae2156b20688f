"""Ask the feeds that are due, and commit what they said in one transaction (T1).

    due feeds -> conditional GET -> hash -> parse -> what is new? -> polls, validators and new items, all or nothing

A feed that fails is a value with a class, a cause and a next try; it never fails the pass. A validator becomes visible
only with the items that came with it, so a crash between the two loses nothing: the next poll gets the body again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from urllib.parse import urlsplit

from tasks.core.address import redact_url
from tasks.core.model import Failure, Feed, FeedBody
from tasks.core.novelty import ALIAS_WITHIN, ids_of, sort_entries
from tasks.core.schedule import next_poll
from tasks.core.stages import FeedAnswer, FeedCount, FeedNews, FeedState, KnownItem, PollReport
from tasks.edge.clock import monotonic, utc_now
from tasks.edge.feed_reader import FeedReader
from tasks.edge.http import Response, Web
from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.rows import item_row, outcome_row
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import LakeWriter, Row, fetch_rows, write_lake
from tasks.edge.passes import PassRun
from tasks.edge.progress import tell_progress
from tasks.edge.tokens import read_token
from tasks.edge.web import open_web

# Classes of failure that say something about our way out rather than about one feed.
NETWORK_KINDS = frozenset({"dns", "connect", "connect_timeout", "timeout", "reset", "tls"})
PROVING_HOSTS = 3


async def poll_feeds(run: PassRun) -> PollReport:
    """Ask all due feeds at once and store what they list."""
    states = read_feed_states(run)
    due = [feed for feed in run.feeds() if is_due(run, states.get(feed.feed_id))]
    done, reader = 0, FeedReader(run.settings.home)

    async def ask(web: Web, feed: Feed) -> FeedAnswer:
        nonlocal done
        answer = await ask_feed(web, feed, states.get(feed.feed_id, FeedState(feed.feed_id)), reader)
        done += 1
        tell_progress("poll", done, len(due))
        return answer

    tell_progress("poll", 0, len(due))
    async with open_web(run.settings) as web, reader:
        answers = await asyncio.gather(*(ask(web, feed) for feed in due))
    counts = await asyncio.to_thread(record_answers, run, answers)
    reader.settle()
    not_due = len(run.feeds()) - len(due)
    return PollReport(tuple(counts), not_due, is_egress_down=is_egress_down(answers, not_due))


def is_egress_down(answers: Sequence[FeedAnswer], not_due: int) -> bool:
    """Did no feed answer, of so many that it is no fault of theirs? One dead feed that is due alone proves nothing."""
    hosts = {urlsplit(answer.feed.url).hostname for answer in answers}
    has_failed = all(answer.failure is not None and answer.failure.kind in NETWORK_KINDS for answer in answers)
    return bool(answers) and has_failed and (not_due == 0 or len(hosts) >= PROVING_HOSTS)


def read_feed_states(run: PassRun) -> dict[str, FeedState]:
    """What the lake knows of each feed."""
    with closing(connect_reader(run.address)) as connection:
        rows = fetch_rows(connection, query("select_feed_states"))
    return {row["feed_id"]: FeedState(**row) for row in rows}


def is_due(run: PassRun, state: FeedState | None) -> bool:
    """Is it time to ask this feed?"""
    if run.with_all_feeds or state is None or state.next_poll_at is None:
        return True
    return state.next_poll_at <= run.now


async def ask_feed(web: Web, feed: Feed, state: FeedState, reader: FeedReader) -> FeedAnswer:
    """One conditional GET and, where the bytes are new, one parse."""
    token = read_token(feed)
    if isinstance(token, Failure):
        return _answer(feed, state, 0, outcome="failed", failure=token)
    begun = monotonic()
    response = await web.get(feed.url, kind="feed", headers=_validators(state), secret=token)
    took_ms = int((monotonic() - begun) * 1000)
    if isinstance(response, Failure):
        return _answer(feed, state, took_ms, outcome="failed", failure=response)
    if response.status == 304:
        return _answer(feed, state, took_ms, outcome="unchanged", response=response, body_hash=state.body_hash)
    body_hash = hashlib.sha256(response.body).hexdigest()
    if body_hash == state.body_hash:
        return _answer(feed, state, took_ms, outcome="unchanged", response=response, body_hash=body_hash)
    parsed = await reader.read(feed, response.body, response.headers.get("content-type"), utc_now())
    if isinstance(parsed, Failure):
        return _answer(feed, state, took_ms, outcome="failed", failure=parsed, response=response)
    return _answer(feed, state, took_ms, outcome="read", response=response, body_hash=body_hash, body=parsed)


def _validators(state: FeedState) -> dict[str, str]:
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in headers.items() if value}


def _answer(
    feed: Feed,
    state: FeedState,
    took_ms: int,
    *,
    outcome: str,
    failure: Failure | None = None,
    response: Response | None = None,
    body_hash: str | None = None,
    body: FeedBody | None = None,
) -> FeedAnswer:
    headers: Mapping[str, str] = response.headers if response else {}
    is_304 = response is not None and response.status == 304
    return FeedAnswer(
        feed=feed,
        state=state,
        polled_at=utc_now(),
        outcome=outcome,
        status=response.status if response else None,
        failure=failure,
        etag=headers.get("etag") or (state.etag if is_304 else None),
        last_modified=headers.get("last-modified") or (state.last_modified if is_304 else None),
        body_hash=body_hash,
        body=body,
        final_url=response.final_url if response else None,
        took_ms=took_ms,
    )


def record_answers(run: PassRun, answers: Sequence[FeedAnswer]) -> list[FeedCount]:
    """T1: all polls with their validators and all new items, in one transaction."""
    if not answers:
        return []
    message = f"poll {run.run_id}: {len(answers)} feeds"
    with write_lake(run.address, f"poll {run.run_id}", run.now, message) as lake:
        known = read_known_items(lake, answers, run.now)
        news = [_sort(run, answer, known) for answer in answers]
        pairs = list(zip(answers, news, strict=True))
        # While our own network is down nothing is held against a feed: it would be left alone for hours afterwards.
        is_ours = is_egress_down(answers, not_due=1)
        lake.append("item_facts", [item_row(item, entry.key, run.run_id) for new in news for item, entry in new.new])
        lake.append("outcome_facts", [row for new in news for row in waiting_rows(run, new)])
        lake.append("poll_facts", [poll_row(run, answer, new, is_ours=is_ours) for answer, new in pairs])
    return [count_feed(answer, new) for answer, new in pairs]


def read_known_items(lake: LakeWriter, answers: Sequence[FeedAnswer], now: datetime) -> dict[str, KnownItem]:
    """The items of these bodies that the lake holds already."""
    listed = [(answer.feed, entry) for answer in answers if answer.body for entry in answer.body.entries]
    sought = {
        "item_ids": [item_id for feed, entry in listed for item_id in ids_of(feed, entry)],
        "urls": [entry.url for _, entry in listed if entry.url],
        "since": (now - ALIAS_WITHIN).date(),
    }
    rows = lake.rows("select_known_items", sought) if listed else []
    return {row["item_id"]: KnownItem(**{**row, "fingerprint": row["fingerprint"] or ""}) for row in rows}


def _sort(run: PassRun, answer: FeedAnswer, known: Mapping[str, KnownItem]) -> FeedNews:
    if answer.body is None:
        # The same bytes again: every entry of the body is one that we know. A 304 has no body to count.
        same = answer.state.found - answer.state.repeated if answer.status == 200 and answer.failure is None else 0
        return FeedNews((), (), same)
    return sort_entries(answer.feed, answer.body, known, run.now, is_first_load=not answer.state.has_answered)


def waiting_rows(run: PassRun, news: FeedNews) -> list[Row]:
    """New items wait for their first fetch, edited ones for another."""
    fresh: list[Row] = [
        outcome_row(
            item.day, item.item_id, run.run_id, run.now, "waiting",
            reason="new", next_try_at=run.now, fingerprint=entry.fingerprint,
        )
        for item, entry in news.new
    ]  # fmt: skip
    again: list[Row] = [
        outcome_row(
            seen.day, seen.item_id, run.run_id, run.now, "waiting",
            reason="revised", attempt=seen.attempts, next_try_at=run.now, fingerprint=entry.fingerprint,
        )
        for seen, entry in news.revised
    ]  # fmt: skip
    return fresh + again


def poll_row(run: PassRun, answer: FeedAnswer, news: FeedNews, *, is_ours: bool = False) -> Row:
    """The fact of one poll; a failure that `is_ours` does not count towards the feed's failures in a row."""
    count = count_feed(answer, news)
    failures = answer.state.failures + (0 if is_ours else 1) if answer.failure else 0
    following = next_poll(
        answer.feed,
        run.now,
        failures=failures,
        retry_after_s=answer.failure.retry_after_s if answer.failure else None,
    )
    return {
        "day": run.now.date(),
        "run_id": run.run_id,
        "feed_id": answer.feed.feed_id,
        "wire_id": answer.feed.wire_id,
        "polled_at": answer.polled_at,
        "url": redact_url(answer.feed.url),
        "final_url": redact_url(answer.final_url) if answer.final_url else None,
        "outcome": answer.outcome,
        "status": answer.status,
        "failure": count.failure,
        "cause": count.cause,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "body_hash": answer.body_hash,
        "title": answer.body.title if answer.body else None,
        "found": count.found,
        "known": count.known,
        "repeated": count.repeated,
        "new": count.new,
        "revised": len(news.revised),
        "remarks": list(answer.body.remarks) if answer.body else [],
        "failures": failures,
        "next_poll_at": following,
        "took_ms": answer.took_ms,
    }


def count_feed(answer: FeedAnswer, news: FeedNews) -> FeedCount:
    """The count of one feed. `found` is what its body held, counted apart from what became of it."""
    is_same = answer.body is None and answer.status == 200 and answer.failure is None
    body = answer.body
    return FeedCount(
        feed_id=answer.feed.feed_id,
        wire_id=answer.feed.wire_id,
        outcome=answer.outcome,
        failure=answer.failure.kind if answer.failure else None,
        cause=answer.failure.cause if answer.failure else None,
        found=len(body.entries) + body.repeated if body else (answer.state.found if is_same else 0),
        known=news.known,
        repeated=body.repeated if body else (answer.state.repeated if is_same else 0),
        new=len(news.new),
    )
