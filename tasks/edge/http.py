"""The one way out: every address that a feed, a page, a redirect or a channel supplies is asked here.

    gate (what the address says) -> manners (robots, pauses, lanes) -> guard, deadline, redirects, bounded body

Expected failures are values, of the kinds in `tasks.core.failures`. Nothing is decompressed but by our own bounded
reader; proxies of the environment are ignored; the guard judges the very address of each connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

from tasks.core.address.forms import encode_url, redact_url, refuse_url
from tasks.core.failures import make_failure
from tasks.core.model import Failure
from tasks.edge.allow import AllowList
from tasks.edge.clock import monotonic
from tasks.edge.exchange import Ask, Exchanger, Limits, Response, is_allowed
from tasks.edge.hosts import Hosts
from tasks.edge.robots import Robots
from tasks.edge.tokens import hide_secret

__all__ = ["LIMITS", "AllowList", "Kind", "Limits", "Response", "Web"]

Kind = Literal["feed", "page", "robots", "heartbeat", "webhook"]

LIMITS: Mapping[Kind, Limits] = {
    "feed": Limits(10_000_000, 20.0),
    "page": Limits(5_000_000, 20.0),
    "robots": Limits(500_000, 10.0, cut=True, may_be_empty=True),
    "heartbeat": Limits(100_000, 10.0, cut=True, may_be_empty=True),
    "webhook": Limits(100_000, 20.0, cut=True, may_be_empty=True),
}
_ACCEPT = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}
_RETRIED = frozenset({"reset", "encoding"})  # worth one more try at once, the second time without gzip
_LATER_S = 900  # when a page is asked for again whose host has too long a queue in this pass


class Web:
    """The client, an async context manager. One per stage of a pass: its manners towards hosts live as long as it.

    `connections` bounds all exchanges at once, `per_host` those with one public host.
    """

    def __init__(
        self,
        allow: AllowList,
        user_agent: str,
        proxy: str | None = None,
        *,
        limits: Mapping[Kind, Limits] = LIMITS,
        connections: int = 100,
        per_host: int = 2,
    ) -> None:
        self._allow = allow
        self._limits = limits
        self._exchanger = Exchanger(allow, user_agent, proxy)
        self._hosts = Hosts(per_host, connections, monotonic)
        self._robots = Robots(self._fetch_robots, self._hosts.set_delay, user_agent.partition("/")[0])

    async def __aenter__(self) -> Self:
        await self._exchanger.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._robots.close()
        await self._exchanger.close()

    async def get(
        self,
        url: str,
        kind: Kind = "page",
        headers: Mapping[str, str] | None = None,
        *,
        secret: Mapping[str, str] | None = None,
    ) -> Response | Failure:
        """GET an address, redirects followed. 2xx and 304 are responses, everything else is a failure with its kind.

        `secret` are headers that only the host of the address sees, and only over https or where the operator's list
        names the host; they stand in no message.
        """
        sent = {"Accept": _ACCEPT.get(kind, "*/*"), **(headers or {})}
        if secret and _is_open(url) and not is_allowed(self._allow, url):
            return make_failure("token_unsafe", f"{redact_url(url)[:200]} is plain http, which shows a token to all")
        answer = await self._ask(url, Ask("GET", sent, self._limits[kind], secret=secret or {}), is_page=kind == "page")
        return hide_secret(answer, secret or {})

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Response | Failure:
        """POST to a webhook. A redirect is a failure, and nothing is sent twice."""
        return await self._ask(url, Ask("POST", dict(headers or {}), self._limits["webhook"], body))

    async def may_fetch(self, url: str) -> bool | Failure:
        """Does the site's robots.txt allow us this page? A Failure where it cannot say now (robots_unreachable)."""
        encoded = encode_url(url)
        return await self._robots.may_fetch(encoded) if encoded is not None else True

    async def _fetch_robots(self, url: str) -> str | Failure:
        response = await self.get(url, kind="robots")
        return response if isinstance(response, Failure) else response.body.decode("utf-8", "replace")

    async def _ask(self, url: str, ask: Ask, *, is_page: bool = False) -> Response | Failure:
        """Gate, manners, exchange."""
        refusal, address = refuse_url(url), encode_url(url)
        if refusal is not None or address is None:
            return make_failure(
                "bad_url", f"{redact_url(url)[:200]!r} is not asked: {refusal or 'it has no usable host'}"
            )
        host = urlsplit(address).hostname or ""
        if is_allowed(self._allow, address):
            async with self._hosts.enter(host, is_own=True):
                return await self._exchange(address, ask)
        wait = self._hosts.take_turn(host) if is_page else 0.0
        if wait is None:
            return make_failure("http_429", f"{host} wants pauses between pages, and many pages wait", _LATER_S)
        await asyncio.sleep(wait)
        async with self._hosts.enter(host, is_own=False):
            outcome = self._hosts.excuse(host)
            if outcome is not None:
                return outcome
            answer = await self._exchange(address, ask)
        self._hosts.record(host, answer if isinstance(answer, Failure) else None)
        return answer

    async def _exchange(self, address: str, ask: Ask) -> Response | Failure:
        """The exchange; a connection lost before the answer, or gzip that is none, is tried once more.

        Both tries have one deadline, so that a server cannot have it twice.
        """
        begun = monotonic()
        answer = await self._exchanger.exchange(address, ask)
        if not isinstance(answer, Failure) or answer.kind not in _RETRIED or ask.method != "GET":
            return answer
        left = max(ask.limits.total_s - (monotonic() - begun), 0.0)
        return await self._exchanger.exchange(
            address, replace(ask, limits=replace(ask.limits, total_s=left)), is_plain=True
        )


def _is_open(url: str) -> bool:
    """Would all on the way read what is sent there?"""
    return refuse_url(url) is None and url.lower().startswith("http:")
