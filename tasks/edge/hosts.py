"""Manners towards one host: few connections at once, a pause where it asks for one, rest where it does not answer.

State lives as long as one `Web`, that is for one stage of a pass. Hosts that the operator allows by name are his own:
for them only the overall bound counts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tasks.core.failures import make_failure
from tasks.core.model import Failure

REST_AFTER = 2  # failures in a row after which a host is left alone
REST_S = 300.0
PAUSE_S = 30.0  # after a 429 that names no time
MAX_PAUSE_S = 86_400.0
PAGE_PAUSE_S = (
    0.5  # from one page of a host to the next, where it asks for nothing: a reader who opens tabs is as quick
)
MAX_DELAY_S = 30.0  # of a crawl-delay: two pages a pass, 36 stories an hour, as many as a newsroom files
MAX_QUEUE_S = 60.0  # a page that would wait longer for its turn waits for the next pass instead
_SILENT_KINDS = frozenset({"dns", "dns_temporary", "connect", "connect_timeout", "timeout"})


@dataclass(slots=True)
class Host:
    """What one host asked for and how it answered; times are of the monotonic clock, in seconds."""

    lanes: asyncio.Semaphore
    failures: int = 0
    rests_until: float = 0.0
    paused_until: float = 0.0
    last_failure: Failure | None = None
    delay_s: float = PAGE_PAUSE_S
    next_turn: float = 0.0


@dataclass(slots=True)
class Hosts:
    """All hosts asked so far. `clock` is a monotonic clock."""

    per_host: int
    connections: int
    clock: Callable[[], float]
    _hosts: dict[str, Host] = field(default_factory=dict)
    _slots: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(self.connections)

    @asynccontextmanager
    async def enter(self, name: str, *, is_own: bool) -> AsyncIterator[None]:
        """Hold one of the host's lanes, then one of all connections: who waits for a lane holds up nobody else."""
        if is_own:
            async with self._slots:
                yield
            return
        async with self._host(name).lanes, self._slots:
            yield

    def excuse(self, name: str) -> Failure | None:
        """Why the host is not asked now, or None where it may be."""
        host = self._host(name)
        now = self.clock()
        if now < host.paused_until:
            wait = int(host.paused_until - now) + 1
            return make_failure("http_429", f"{name} asked us to slow down; it is left alone for {wait} s", wait)
        if now < host.rests_until and host.last_failure is not None:
            cause = f"{host.last_failure.cause}; it is left alone for a while"
            return make_failure(host.last_failure.kind, cause)
        return None

    def record(self, name: str, failure: Failure | None) -> None:
        """Remember how the host answered."""
        host = self._host(name)
        if failure is None or failure.kind not in _SILENT_KINDS:
            host.failures = 0
        else:
            host.failures += 1
            host.last_failure = failure
            if host.failures >= REST_AFTER:
                host.rests_until = self.clock() + REST_S
        if failure is not None and (failure.kind == "http_429" or failure.retry_after_s):
            host.paused_until = self.clock() + min(failure.retry_after_s or PAUSE_S, MAX_PAUSE_S)

    def set_delay(self, name: str, seconds: float) -> None:
        """What robots.txt asks to leave between two pages; never less than our own pause."""
        self._host(name).delay_s = min(max(seconds, PAGE_PAUSE_S), MAX_DELAY_S)

    def take_turn(self, name: str) -> float | None:
        """Seconds to wait for this page's turn, or None where the queue is too long for this pass."""
        host = self._host(name)
        now = self.clock()
        turn = max(now, host.next_turn)
        if turn - now > MAX_QUEUE_S:
            return None
        host.next_turn = turn + host.delay_s
        return turn - now

    def _host(self, name: str) -> Host:
        return self._hosts.setdefault(name, Host(asyncio.Semaphore(self.per_host)))
