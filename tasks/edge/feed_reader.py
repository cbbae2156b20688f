"""Feed bytes to entries during a pass: parsed in a worker that can be killed, what cannot be read is kept.

body -> tasks.edge.workers -> tasks.edge.feed_worker -> FeedBody --what waits in quarantine, too--> FeedBody
                                                     -> Failure  --> quarantine

Every body goes to the worker, small ones too. Its start takes 0.27 s of CPU, of which this process saves 0.09 s for the
parser that it need not import, and happens at the first body that has changed, while other requests are under way; a
poll in which nothing changed starts none. (Measured on 2 cores beside other work: one real body 0.4 s from start to
end, 24 of them 1.6 s of CPU here and 2.5 s by two workers.)

"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from tasks.core.address.forms import redact_url
from tasks.core.model import Failure, Feed, FeedBody
from tasks.edge.feed_worker import from_json, write_job
from tasks.edge.quarantine import Kept, Quarantine, hide_secrets
from tasks.edge.tokens import read_token
from tasks.edge.workers import JobLimits, Trade, WorkerPool

FEED_LIMITS = JobLimits(cpu_s=10.0, wall_s=60.0, memory=512 << 20)
MOST_WORKERS = 2
BODIES_A_WORKER = 12  # bodies that wait before another worker is worth its start
KEPT_A_READ = 4  # kept bodies of one feed that are read again in one pass: each may be a bomb
_LOST = "unreadable_entries:"  # the remark of a body of which some entries could not be read
_NOT_KEPT = frozenset({"empty_body"})  # there is nothing to keep


class FeedReader:
    """Reads bodies for the length of an `async with` block; the first body starts the worker.

    `home` is where the quarantine lies, None to keep nothing. `module` is the worker's program, `version` that of its
    parser.
    """

    def __init__(
        self,
        home: Path | None,
        limits: JobLimits = FEED_LIMITS,
        *,
        module: str = "tasks.edge.feed_worker",
        version: str | None = None,
    ) -> None:
        trade = Trade(module, from_json, "parse", "reading the feed")
        self._pool = WorkerPool(trade, limits, min(os.cpu_count() or 1, MOST_WORKERS))
        self._quarantine = Quarantine(home, version) if home is not None else None
        self._waiting: dict[str, list[Kept]] | None = None
        self._read_again: list[tuple[Kept, bool]] = []
        self._open_jobs = 0

    async def __aenter__(self) -> Self:
        self._pool.__enter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._pool.__exit__, kind, error, trace)

    async def read(self, feed: Feed, body: bytes, content_type: str | None, polled_at: datetime) -> FeedBody | Failure:
        """The entries of a body, and those of kept bodies of the feed that can be read by now (`replayed:N`).

        Beside the failures of `tasks.core.feed.parse.parse_feed`: `parse_timeout`, `parse_memory` and `parse_crash`.
        """
        parsed = await self._parse(feed, body, content_type, polled_at)
        if self._quarantine is None:
            return parsed
        cause = _tell_loss(parsed)
        if cause is not None:
            await asyncio.to_thread(self._keep, feed, body, content_type, polled_at, cause)
        return parsed if isinstance(parsed, Failure) else await self._add_kept(feed, parsed)

    def settle(self) -> None:
        """What was read again is in the lake now, so its bytes may go; called after the commit."""
        if self._quarantine is not None:
            for kept, is_read in self._read_again:
                self._quarantine.settle(kept, is_read=is_read)
            self._read_again.clear()

    async def _parse(
        self, feed: Feed, body: bytes, content_type: str | None, polled_at: datetime
    ) -> FeedBody | Failure:
        self._open_jobs += 1
        self._pool.grow(1 + self._open_jobs // BODIES_A_WORKER)
        try:
            return await asyncio.wrap_future(self._pool.submit(write_job(content_type, feed, polled_at), body))
        finally:
            self._open_jobs -= 1

    def _keep(self, feed: Feed, body: bytes, content_type: str | None, polled_at: datetime, failure: Failure) -> None:
        assert self._quarantine is not None  # noqa: S101 - for mypy
        token = read_token(feed)
        secrets: Sequence[str] = () if isinstance(token, Failure) else tuple(token.values())
        about = Kept(feed.feed_id, redact_url(feed.url), polled_at, content_type, failure.kind, failure.cause)
        self._quarantine.keep(about, hide_secrets(body, feed, secrets))

    async def _add_kept(self, feed: Feed, parsed: FeedBody) -> FeedBody:
        """The body with the entries of kept ones that it does not list itself."""
        for kept in (await self._list_waiting(feed))[:KEPT_A_READ]:
            assert self._quarantine is not None  # noqa: S101 - for mypy
            body = await asyncio.to_thread(self._quarantine.read_body, kept)
            again = await self._parse(feed, body, kept.content_type, kept.kept_at) if body is not None else None
            is_read = isinstance(again, FeedBody) and _tell_loss(again) is None
            self._read_again.append((kept, is_read))
            if isinstance(again, FeedBody):
                parsed = _join(parsed, again)
        return parsed

    async def _list_waiting(self, feed: Feed) -> list[Kept]:
        if self._waiting is None and self._quarantine is not None:
            waiting: dict[str, list[Kept]] = {}
            for kept in await asyncio.to_thread(self._quarantine.list_waiting):
                waiting.setdefault(kept.feed_id, []).append(kept)
            self._waiting = waiting
        return (self._waiting or {}).pop(feed.feed_id, [])


def _tell_loss(parsed: FeedBody | Failure) -> Failure | None:
    """Why the bytes are kept: the body could not be read, or some of its entries could not."""
    if isinstance(parsed, Failure):
        return None if parsed.kind in _NOT_KEPT else parsed
    lost = next((remark for remark in parsed.remarks if remark.startswith(_LOST)), None)
    return Failure("feed_unreadable", f"{lost.removeprefix(_LOST)} of its entries cannot be read") if lost else None


def _join(parsed: FeedBody, again: FeedBody) -> FeedBody:
    listed = {entry.key for entry in parsed.entries}
    more = tuple(entry for entry in again.entries if entry.key not in listed)
    return replace(parsed, entries=(*parsed.entries, *more), remarks=(*parsed.remarks, f"replayed:{len(more)}"))
