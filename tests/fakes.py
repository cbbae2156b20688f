"""A wire that misbehaves on request: a loopback HTTP server on a raw socket that plays a script of answers.

    with FakeWire() as wire:
        wire.say("/feed", feed(ITEMS, etag='"1"'))            # the same answer for ever; 304 where the ETag matches
        wire.say("/page", status(503), ok(b"<html>...</html>"))  # first this, then that
        ... wire.url("/feed"), wire.requests ...

It writes bytes by hand, because an HTTP library would mend the faults. It runs in a thread of its own, so that it
serves tests with and without an event loop, and needs neither pytest nor anything outside the standard library.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import ssl
import threading
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

RSS = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came. Header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Play = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the wire says: `play` writes it. The helpers below make the usual ones."""

    play: Play


def ok(
    body: bytes, content_type: str = HTML, *, etag: str | None = None, packed: bool = False, **headers: str
) -> Answer:
    """200 with a body; with an ETag, 304 to whoever has it; `packed` with gzip where the client takes it."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if etag is not None:
            named["ETag"] = etag
            if request.headers.get("if-none-match") == etag:
                writer.write(head(304, named))
                return
        sent = body
        if packed and "gzip" in request.headers.get("accept-encoding", ""):
            sent, named["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        writer.write(head(200, {"Content-Type": content_type, "Content-Length": str(len(sent)), **named}) + sent)

    return Answer(play)


def feed(items: str, *, etag: str | None = None, packed: bool = False, title: str = "Fake Wire") -> Answer:
    """200 with an RSS feed that holds these items."""
    return ok(rss(items, title), RSS, etag=etag, packed=packed)


def rss(items: str, title: str = "Fake Wire") -> bytes:
    """An RSS 2.0 document as bytes."""
    opening = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
    return f"{opening}<link>https://wire.example/</link>{items}</channel></rss>".encode()


def item(number: int, title: str = "", *, link: str = "", date: str = "Tue, 17 Feb 2026 10:00:00 GMT") -> str:
    """One RSS item with an id, a link, a date and a deck."""
    address = link or f"https://wire.example/story/{number}"
    name = title or f"Envoys meet for round {number}"
    return (
        f"<item><guid isPermaLink='false'>story-{number}</guid><title>{name}</title><link>{address}</link>"
        f"<pubDate>{date}</pubDate><description>Round {number} of the talks opened on Tuesday.</description></item>"
    )


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """Any status, with headers given by name (`Retry_After="60"`)."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return raw(head(code, {"Content-Length": str(len(body)), **named}) + body)


def redirect(location: str, code: int = 302) -> Answer:
    """A redirect without a body."""
    return status(code, Location=location)


def raw(*parts: bytes) -> Answer:
    """These bytes and nothing else, then the end of the connection."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return Answer(play)


def packed(body: bytes, *, cut: int = 0, encoding: str = "gzip") -> Answer:
    """A gzip body, `cut` bytes short although the length is honest; or any body under any encoding's name."""
    sent = body[: len(body) - cut]
    return raw(head(200, {"Content-Type": RSS, "Content-Encoding": encoding, "Content-Length": str(len(sent))}) + sent)


def short(body: bytes, stated: int) -> Answer:
    """A body that ends before the length that the header states."""
    return raw(head(200, {"Content-Type": RSS, "Content-Length": str(stated)}) + body)


def endless(part: bytes = b"x" * _BLOCK) -> Answer:
    """A body without length that never ends."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"Content-Type": HTML}))
        while True:
            writer.write(part)
            await writer.drain()

    return Answer(play)


def drip(opening: bytes, part: bytes = b"x", *, every_s: float = 0.05) -> Answer:
    """An opening, then a little more from time to time for ever."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(opening)
        while True:
            await writer.drain()
            await asyncio.sleep(every_s)
            writer.write(part)

    return Answer(play)


def hang() -> Answer:
    """The connection is taken and nothing is said."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    return Answer(play)


def reset() -> Answer:
    """The connection is aborted before an answer."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    return Answer(play)


def head(code: int, headers: dict[str, str]) -> bytes:
    """Status line and headers; the wire answers once per connection and says so."""
    lines = [f"HTTP/1.1 {code} Fake", *(f"{name}: {value}" for name, value in headers.items()), "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def gzip_zeros(size: int) -> bytes:
    """A gzip body that inflates to `size` zero bytes, made in steps."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    step = bytes(1 << 20)
    return b"".join([*(packer.compress(step) for _ in range(size >> 20)), packer.flush()])


@dataclass(slots=True)
class FakeWire:
    """The server, a context manager. What it has no script for is 404. With `tls` it speaks nothing else."""

    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    most_at_once: int = 0
    _scripts: dict[str, list[Answer]] = field(default_factory=dict)
    _now: int = 0
    _port: int = 0
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    _stop: asyncio.Event | None = None

    def say(self, path: str, *answers: Answer) -> str:
        """Play these answers for a path, one a request, the last for ever. Returns the address."""
        self._scripts[path] = list(answers)
        return self.url(path)

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self._port}{path}"

    @property
    def host(self) -> str:
        """`127.0.0.1:port`, as an allow-list writes it."""
        return f"127.0.0.1:{self._port}"

    def asked(self, path: str) -> list[Request]:
        """The requests for one path so far."""
        return [request for request in self.requests if request.path == path]

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), name="fake-wire", daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._stop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        talks: set[asyncio.Task[None]] = set()

        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talk = asyncio.create_task(self._talk(reader, writer))
            talks.add(talk)
            talk.add_done_callback(talks.discard)

        server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=self.tls)
        self._port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        for talk in list(talks):
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                request = await _read_request(reader)
                if not request.method:
                    writer.write(head(400, {"Content-Length": "0"}))
                    return
                self.requests.append(request)
                await self._pick(request.path).play(request, writer)
                await writer.drain()
        finally:
            self._now -= 1
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    def _pick(self, path: str) -> Answer:
        script = self._scripts.get(path, [status(404)])
        return script.pop(0) if len(script) > 1 else script[0]


async def _read_request(reader: asyncio.StreamReader) -> Request:
    first = await reader.readexactly(1)
    if first == b"\x16":  # a TLS greeting, which has no empty line to wait for
        return Request("", "", {}, b"")
    lines = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:]) if value}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, body)
