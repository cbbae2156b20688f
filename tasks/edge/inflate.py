"""A body put together within limits: plain or gzip, never more bytes than asked for, never a half one unnoticed."""

from __future__ import annotations

import zlib

_GZIP_MAGIC = b"\x1f\x8b"
# Names under which servers send a body that is not packed at all; a charset there is a common slip.
PLAIN_ENCODINGS = frozenset({"", "identity", "none", "binary", "utf-8"})
GZIP_ENCODINGS = frozenset({"gzip", "x-gzip"})
# Members of one gzip body: block gzip makes one of each 64 kB, so 10 MB have 160. Each costs a decompressor and a copy
# of the rest of its chunk, which empty members (20 bytes) would make half a million times.
MAX_MEMBERS = 1_000
_STEP = 1 << 20  # bytes inflated at once: zlib's own buffer doubles as it grows, and would hold a bomb twice


class BodyFault(Exception):
    """A body that cannot be used; `kind` is the kind of the failure."""

    def __init__(self, kind: str, cause: str) -> None:
        super().__init__(cause)
        self.kind = kind


class BodyReader:
    """Takes a body in chunks and returns it whole. With `cut`, what is over the limit is left out, not a fault."""

    def __init__(self, encoding: str, max_bytes: int, *, cut: bool = False) -> None:
        name = encoding.strip().lower()
        if name not in PLAIN_ENCODINGS and name not in GZIP_ENCODINGS:
            raise BodyFault("encoding", f"the body is packed as {name[:40]!r}, which was not asked for")
        self._member: zlib._Decompress | None = zlib.decompressobj(31) if name in GZIP_ENCODINGS else None
        self._max_bytes = max_bytes
        self._cut = cut
        self._parts: list[bytes] = []
        self._size = 0
        self._received = 0
        self._members = 1
        self._rest = b""

    @property
    def is_full(self) -> bool:
        """True where nothing more is wanted."""
        return self._cut and self._size >= self._max_bytes

    def add(self, chunk: bytes) -> None:
        """Take the next chunk. Raises BodyFault at the first byte too many, or where it is no gzip."""
        self._received += len(chunk)
        if self._member is None:
            self._keep(chunk, "too_big")
            return
        if self._received > self._max_bytes and not self._cut:
            raise BodyFault("too_big", f"the body is larger than {self._max_bytes:,} bytes, packed as it is")
        self._inflate(self._rest + chunk)

    def finish(self) -> bytes:
        """The whole body. Raises BodyFault where gzip ended in the middle."""
        is_whole = self._member is None or self._member.eof or self._received == 0
        if not is_whole and not self.is_full:
            raise BodyFault("truncated", f"the gzip body ends after {self._received:,} bytes, before its end")
        return b"".join(self._parts)

    def _inflate(self, data: bytes) -> None:
        self._rest = b""
        while data and self._member is not None and not self.is_full:
            if self._member.eof:
                # A legal gzip body may have several members; the decompressor stops silently after the first.
                data = data.lstrip(b"\x00")
                if len(data) < len(_GZIP_MAGIC):
                    self._rest = data
                    return
                if not data.startswith(_GZIP_MAGIC):
                    return  # rubbish after the end, which gzip itself ignores
                self._members += 1
                if self._members > MAX_MEMBERS:
                    raise BodyFault("encoding", f"the gzip body has more than {MAX_MEMBERS:,} members")
                self._member = zlib.decompressobj(31)
            data = self._inflate_some(self._member, data)

    def _inflate_some(self, member: zlib._Decompress, data: bytes) -> bytes:
        """Inflate a step, at most one byte more than is allowed, and return what is still packed."""
        try:
            inflated = member.decompress(data, min(_STEP, self._max_bytes - self._size + 1))
        except zlib.error as error:
            raise BodyFault("encoding", f"the body is said to be gzip, but is not ({error})") from error
        self._keep(inflated, "decoded_too_big")
        return member.unused_data if member.eof else member.unconsumed_tail

    def _keep(self, part: bytes, kind: str) -> None:
        room = self._max_bytes - self._size
        if len(part) > room and not self._cut:
            raise BodyFault(kind, f"the body is larger than {self._max_bytes:,} bytes")
        self._parts.append(part[:room])
        self._size += len(self._parts[-1])
