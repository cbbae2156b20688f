"""One question to the network: the connection, the redirects, the deadline and the body, within limits.

address --guard--> connection --> status --redirect?--> next hop (gate again) ... --> bounded body --> Response
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from tasks.core.address.forms import encode_url, redact_url
from tasks.core.failures import make_failure
from tasks.core.model import Failure
from tasks.edge.allow import AllowList
from tasks.edge.clock import utc_now
from tasks.edge.guard import BlockedAddress, Guard, GuardedResolver
from tasks.edge.http_faults import name_error, name_status
from tasks.edge.inflate import BodyFault, BodyReader

CONNECT_S = 10.0
MAX_REDIRECTS = 5
MAX_FIELD_BYTES = 32_768  # one header field; content security policies of news sites pass the client's default of 8 kB
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOVED = frozenset({301, 308})
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may take: bytes of the body (as sent, and unpacked), and seconds from first to last.

    With `cut`, a longer body is cut instead of refused.
    """

    max_bytes: int
    total_s: float
    cut: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with status 2xx or 304. Header names are in lower case; `chain` lists the addresses that redirected.

    `moved_to` is where permanent redirects (301, 308) led from the first hop on, before any other kind.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    chain: tuple[str, ...]
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A request without its address. `secret` are headers for the first host alone; a redirect elsewhere drops them."""

    method: str
    headers: Mapping[str, str]
    limits: Limits
    body: bytes | None = None
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class _Hop:
    """Where a redirect leads, and whether the server says that it is for good."""

    url: str
    is_permanent: bool = False


class Exchanger:
    """Holds the client and its guard while open; knows nothing of hosts, pauses or robots.txt."""

    def __init__(self, allow: AllowList, user_agent: str, proxy: str | None) -> None:
        self._allow = allow
        self._user_agent = user_agent
        self._proxy = URL(proxy) if proxy else None
        hops = allow
        if self._proxy is not None and self._proxy.host and self._proxy.port:
            hops = allow.extend(self._proxy.host, self._proxy.port)  # the one private hop, for connections only
        self._guard = Guard(allow)
        self._hop_guard = Guard(hops)
        self._hops = hops
        self._session: aiohttp.ClientSession | None = None
        self._resolver: GuardedResolver | None = None

    async def open(self) -> None:
        """Make the client. aiohttp wants a running loop for it."""
        self._resolver = GuardedResolver(self._hop_guard, self._hops)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._resolver, socket_factory=self._hop_guard.open_socket, force_close=True, limit=0
            ),
            trust_env=False,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT_S),
            max_field_size=MAX_FIELD_BYTES,
            max_line_size=MAX_FIELD_BYTES,
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
        if self._resolver is not None:
            await self._resolver.close()

    async def exchange(self, url: str, ask: Ask, *, is_plain: bool = False) -> Response | Failure:
        """One request with all its redirects under one deadline; `is_plain` asks for a body that is not packed."""
        chain: list[str] = []
        address = moved_to = url
        is_moving = True
        try:
            async with asyncio.timeout(ask.limits.total_s):
                while True:
                    step = await self._step(address, ask, tuple(chain), is_plain=is_plain)
                    if isinstance(step, Response) and moved_to != url:
                        return replace(step, moved_to=moved_to)
                    if not isinstance(step, _Hop):
                        return step
                    chain.append(address)
                    address = step.url
                    is_moving = is_moving and step.is_permanent
                    moved_to = address if is_moving else moved_to
                    if address in chain or len(chain) > MAX_REDIRECTS:
                        return _name_loop([*chain, address])
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, BodyFault) as error:
            return name_error(error, urlsplit(address).netloc)

    async def _step(self, url: str, ask: Ask, chain: tuple[str, ...], *, is_plain: bool) -> Response | Failure | _Hop:
        """One request to one address."""
        await self._check_target(url)
        assert self._session is not None, "the client is used inside its `async with` block"  # noqa: S101 - for mypy
        request = self._session.request(
            ask.method,
            URL(url, encoded=True),
            headers=self._headers(ask, is_plain=is_plain) | (dict(ask.secret) if stays_home((*chain, url)) else {}),
            data=ask.body,
            allow_redirects=False,
            proxy=self._proxy_for(url),
        )
        async with request as answer:
            headers = _read_headers(answer)
            host = urlsplit(url).netloc
            if answer.status in _REDIRECTS and ask.method == "GET":
                hop = _follow(url, headers.get("location", ""), chain)
                return replace(hop, is_permanent=answer.status in _MOVED) if isinstance(hop, _Hop) else hop
            if answer.status == 304:
                return Response(chain[0] if chain else url, url, 304, headers, b"", chain)
            if not 200 <= answer.status < 300:
                return name_status(answer.status, headers, host, utc_now())
            body = await _read_body(answer, headers, ask.limits)
            if not body and not ask.limits.may_be_empty:
                return make_failure("empty_body", f"{host} answered {answer.status} with an empty body")
            return Response(chain[0] if chain else url, url, answer.status, headers, body, chain)

    def _headers(self, ask: Ask, *, is_plain: bool) -> dict[str, str]:
        own = {"User-Agent": self._user_agent, "Accept-Encoding": "identity" if is_plain else "gzip"}
        sent = {**ask.headers, **own}
        return {name: value for name, value in sent.items() if value and value.isprintable()}

    def _proxy_for(self, url: str) -> URL | None:
        """The proxy, but for hosts that the operator allows by name: these are on this side of it."""
        return None if self._proxy is None or is_allowed(self._allow, url) else self._proxy

    async def _check_target(self, url: str) -> None:
        """Refuse literal addresses at once, and, where a proxy connects for us, names that we know to be private."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        if not self._guard.permits_host(host, port):
            raise BlockedAddress(f"{host} is not a public address")
        if self._proxy_for(url) is None or self._resolver is None:
            return
        try:
            found = await self._resolver.look_up(host, port)
        except socket.gaierror:
            return  # behind a proxy names of the outside often have no address of their own: the proxy resolves them
        if found and not any(self._guard.permits(result["host"], port) for result in found):
            raise BlockedAddress(f"{host} has only addresses that are not public, such as {found[0]['host']}")


def is_allowed(allow: AllowList, url: str) -> bool:
    """Does the operator's list name this address?"""
    parts = urlsplit(url)
    return allow.has(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))


def stays_home(hops: Sequence[str]) -> bool:
    """Are all hops on the host and port of the first? What has once led elsewhere does not come home again.

    From http to https on one host counts as home.
    """
    first = urlsplit(hops[0])
    homes = {_origin(hops[0])} | ({(first.hostname, 443)} if _origin(hops[0])[1] == 80 else set())
    return all(_origin(hop) in homes for hop in hops)


def _origin(url: str) -> tuple[str | None, int]:
    parts = urlsplit(url)
    return parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _follow(url: str, location: str, chain: tuple[str, ...]) -> _Hop | Failure:
    """The next hop. From https to http is refused; many sites do so only by mistake, so https is tried first."""
    host = urlsplit(url).netloc
    # An @ after the # is read as a user name by some parsers; the fragment is gone once the address is encoded.
    is_usable = bool(location.strip()) and "@" not in location.partition("#")[2]
    target = encode_url(location, base=url) if is_usable else None
    if target is None:
        return make_failure("bad_redirect", f"{host} redirects to no web address ({redact_url(location)[:100]!r})")
    if url.startswith("https:") and target.startswith("http:"):
        upgraded = "https:" + target.removeprefix("http:")
        if upgraded in {url, *chain} or urlsplit(upgraded).port is not None:
            return make_failure("insecure_redirect", f"{host} redirects from https to plain http")
        return _Hop(upgraded)
    return _Hop(target)


def _name_loop(chain: list[str]) -> Failure:
    shown = " -> ".join(map(redact_url, chain))
    return make_failure("redirect_loop", f"the redirects do not end: {shown[:600]}")


def _read_headers(answer: aiohttp.ClientResponse) -> dict[str, str]:
    """Names in lower case, repeated headers joined by a comma; bytes that are no UTF-8 replaced, so that they store."""
    headers: dict[str, str] = {}
    for name, value in answer.headers.items():
        clean = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        key = name.lower()
        headers[key] = f"{headers[key]}, {clean}" if key in headers else clean
    return headers


async def _read_body(answer: aiohttp.ClientResponse, headers: Mapping[str, str], limits: Limits) -> bytes:
    """The body within its limits; a length that the header states is judged before a byte is read."""
    reader = BodyReader(headers.get("content-encoding", ""), limits.max_bytes, cut=limits.cut)
    length = answer.content_length
    if length is not None and length > limits.max_bytes and not limits.cut:
        raise BodyFault("too_big", f"the body of {length:,} bytes is larger than {limits.max_bytes:,}")
    async for chunk in answer.content.iter_chunked(_CHUNK):
        reader.add(chunk)
        if reader.is_full:
            break
    return reader.finish()
