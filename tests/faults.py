"""What a server can do to a client, each with the class that it must get: for the tests, and for `tests.bench.faults`.

The first 21 are those of a fault server that feed readers were measured against; the others were added since. Nothing
here is made before it is asked for, since a gigabyte takes seconds to pack.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count

from tests.fakes import (
    RSS,
    Answer,
    Request,
    drip,
    endless,
    gzip_zeros,
    hang,
    head,
    item,
    packed,
    raw,
    redirect,
    reset,
    rss,
    short,
    status,
)

BODY = rss(item(1))
GIGABYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, the kind of failure that it must be ("served" where it must be read over), and other paths it needs."""

    name: str
    answer: Callable[[], Answer]
    kind: str
    paths: Mapping[str, Callable[[], Answer]] = field(default_factory=dict)


@cache
def bomb() -> bytes:
    return gzip_zeros(GIGABYTE)


def half_close(opening: bytes) -> Answer:
    """The opening, then the end of what is written while the connection stays open."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(opening)
        writer.write_eof()
        await asyncio.sleep(30)

    return Answer(play)


def slip_then_hang(seconds: float) -> Answer:
    """The first connection is aborted late, which is worth one more try; all others are met with silence."""
    asked = count()

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(3600 if next(asked) else seconds)
        writer.transport.abort()

    return Answer(play)


def one_great_header() -> Answer:
    """200 MB in one header, in blocks."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX-Big: ")
        for _ in range(200):
            writer.write(b"x" * 1_000_000)
            await writer.drain()
        writer.write(b"\r\n\r\n")

    return Answer(play)


def with_length(code: int, size: int, **headers: str) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return head(code, {"Content-Type": RSS, "Content-Length": str(size), **named})


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    told = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    return head(200, {"Content-Type": RSS, "Transfer-Encoding": "chunked"}) + told + end


THE_21 = [
    Fault("gzip bomb of 1 GiB", lambda: packed(bomb()), "decoded_too_big"),
    Fault("brotli that nobody asked for", lambda: packed(b"\x5b" * 1617, encoding="br"), "encoding"),
    Fault("zstd that nobody asked for", lambda: packed(b"\x28\xb5\x2f\xfd" * 8000, encoding="zstd"), "encoding"),
    Fault("gzip within gzip", lambda: packed(gzip.compress(bomb()), encoding="gzip, gzip"), "encoding"),
    Fault("a body that never ends", endless, "too_big"),
    Fault("an honest length of 1 GiB", lambda: raw(with_length(200, GIGABYTE), *[b"x" * 65_536] * 64), "too_big"),
    Fault("a byte now and then", lambda: drip(head(200, {"Content-Type": RSS}), every_s=0.2), "timeout"),
    Fault("a header now and then", lambda: drip(b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n", every_s=0.2), "timeout"),
    Fault("a header of 200 MB", one_great_header, "header_too_big"),
    Fault(
        "100,000 headers",
        lambda: raw(b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 100_000 + b"\r\n"),
        "header_too_big",
    ),
    Fault(
        "redirects without end",
        lambda: redirect("/loop1"),
        "redirect_loop",
        {f"/loop{n}": (lambda n=n: redirect(f"/loop{n + 1}")) for n in range(1, 12)},  # type: ignore[misc]
    ),
    Fault("a redirect to a file", lambda: redirect("file:///etc/passwd"), "bad_redirect"),
    Fault("a redirect to cloud metadata", lambda: redirect("http://169.254.169.254/latest/"), "blocked_address"),
    Fault("a body shorter than its length", lambda: short(b"x" * 127, 1000), "truncated"),
    Fault(
        "a chunk size that is no number",
        lambda: raw(head(200, {"Transfer-Encoding": "chunked"}) + b"ZZZ\r\nabc\r\n"),
        "protocol",
    ),
    Fault("gzip that is plain", lambda: packed(BODY), "encoding"),
    Fault("gzip cut short", lambda: packed(gzip.compress(BODY * 50), cut=20), "truncated"),
    Fault("an empty body", lambda: status(200), "empty_body"),
    Fault("silence", hang, "timeout"),
    Fault("a connection aborted", reset, "reset"),
    Fault("rubbish for a status line", lambda: raw(bytes(range(128, 256)) * 10 + b"\r\n\r\n"), "protocol"),
]
ADDED = [
    Fault("gzip cut in its second member", lambda: packed(gzip.compress(BODY) * 2, cut=9), "truncated"),
    Fault("gzip of 5,000 empty members", lambda: packed(gzip.compress(b"") * 5_000), "encoding"),
    Fault("deflate that nobody asked for", lambda: packed(BODY, encoding="deflate"), "encoding"),
    Fault("fifty encodings", lambda: packed(BODY, encoding=", ".join(["gzip"] * 50)), "encoding"),
    Fault("chunks without an end", lambda: raw(chunked(BODY[:50], end=b"")), "truncated"),
    Fault("a chunk of 4 GiB announced", lambda: raw(head(200, {"Transfer-Encoding": "chunked"}) + b"ffffffff\r\nx"), "truncated"),
    Fault("two lengths", lambda: raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nabcdefg"), "protocol"),
    Fault("a length below nought", lambda: raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc"), "protocol"),
    Fault("a body cut by the close of the write side", lambda: half_close(with_length(200, 1000) + BODY[:99]), "truncated"),
    Fault("a slip late, then silence", lambda: slip_then_hang(0.7), "timeout"),
    Fault("early hints without end", lambda: drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", every_s=0.02), "timeout"),
    Fault("a redirect to itself", lambda: redirect("/fault"), "redirect_loop"),
    Fault("a redirect to nowhere", lambda: redirect(""), "bad_redirect"),
    Fault("a redirect to an address of a megabyte", lambda: redirect("/" + "x" * 1_000_000), "header_too_big"),
    Fault("no HTTP at all", lambda: raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "protocol"),
    Fault("the answer of HTTP/0.9", lambda: raw(BODY), "protocol"),
    Fault("an end in the middle of the headers", lambda: raw(b"HTTP/1.1 200 OK\r\nContent-Le"), "reset"),
]  # fmt: skip
READ_OVER = [
    Fault("gzip of three members", lambda: packed(b"".join(map(gzip.compress, (BODY[:9], BODY[9:99], BODY[99:])))), "served"),
    Fault("rubbish after gzip", lambda: packed(gzip.compress(BODY) + b"rubbish"), "served"),
    Fault("early hints before the answer", lambda: raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", with_length(200, len(BODY)), BODY), "served"),
    Fault("chunks with trailers", lambda: raw(chunked(BODY, end=b"0\r\nX-Checksum: 1\r\n\r\n")), "served"),
    Fault("a body without a length", lambda: raw(head(200, {"Content-Type": RSS}), BODY), "served"),
    Fault("a header that goes on in the next line", lambda: raw(with_length(200, len(BODY), X_Long="one\r\n two"), BODY), "served"),
]  # fmt: skip
FAULTS = [*THE_21, *ADDED, *READ_OVER]
