"""Take pages out of the archive: their records become holes of the same length, so that every other offset holds.

A hole is one gzip member, like the records around it: a WARC record of type `metadata` without a word of the page,
filled up in the comment of the gzip header. The file is written anew under a temporary name and renamed.
"""

from __future__ import annotations

import re
import struct
import uuid
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tasks.core.errors import HomeUnusable
from tasks.edge.archive import TORN
from tasks.edge.whole_file import write_whole

_BLOCK = 65_536
_HEAD = struct.pack("<BBBBIBB", 0x1F, 0x8B, 8, 0x10, 0, 0, 255)  # a gzip header with a comment and no time
_NEAR = re.compile(rb"^WARC-(Record-ID|Concurrent-To): *(\S+)", re.MULTILINE)
_HOLE = (
    b"WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:%s>\r\n"
    b"WARC-Date: 1970-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
)


def cut_pages(folder: Path, places: Iterable[tuple[str, int]]) -> int:
    """Cut the pages at these (file, offset) with their requests and facts; returns how many were there.

    What is no longer there is no fault: raw pages may have a keeping time. Raises HomeUnusable where a file cannot be
    written; what was cut before stays cut, and to cut again does no harm.
    """
    cut = 0
    for file, listed in groupby(sorted(places), key=lambda place: place[0]):
        cut += _cut_file(folder / file, {offset for _, offset in listed})
    return cut


def drop_torn(folder: Path) -> int:
    """Remove what crashes left unfinished, which nothing refers to and which may hold any page; how many files."""
    torn = [path for path in (folder / TORN).glob("*") if path.is_file()]
    for path in torn:
        path.unlink()
    return len(torn)


def _cut_file(path: Path, offsets: set[int]) -> int:
    if not path.is_file():
        return 0
    try:
        data = bytearray(path.read_bytes())
        members = list(_list_members(bytes(data)))
        gone = {ids[0] for start, _, ids in members if start in offsets and len(ids) == 1 and not _is_hole(data, start)}
        for start, end, ids in members:
            if gone & set(ids):
                data[start:end] = _make_hole(end - start)
        if gone:
            write_whole(path, bytes(data), is_synced=True)
    except (OSError, zlib.error) as error:
        raise HomeUnusable(
            f"The page cannot be taken out of the archive file {path} ({error}); "
            "mend the rights of its folder, or remove the file, and run the same again."
        ) from error
    return len(gone)


def _list_members(data: bytes) -> Iterator[tuple[int, int, tuple[bytes, ...]]]:
    """Start, end and the ids of each record: its own first, then that of the response beside which it stands."""
    start = 0
    while start < len(data):
        unpack, end, head = zlib.decompressobj(31), start, b""
        while not unpack.eof:
            block = data[end : end + _BLOCK]
            if not block:
                raise zlib.error("a record without its end")
            plain = unpack.decompress(block)
            head = head if b"\r\n\r\n" in head else head + plain
            end += len(block) - len(unpack.unused_data)
        found = dict(_NEAR.findall(head.partition(b"\r\n\r\n")[0]))
        yield start, end, tuple(found[name] for name in (b"Record-ID", b"Concurrent-To") if name in found)
        start = end


def _make_hole(length: int) -> bytes:
    plain = _HOLE % str(uuid.uuid4()).encode()
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(plain) + packer.flush() + struct.pack("<II", zlib.crc32(plain), len(plain))
    filling = length - len(_HEAD) - 1 - len(packed)
    if filling < 0:
        raise zlib.error("a record too short to be one of ours")
    return _HEAD + b" " * filling + b"\0" + packed


def _is_hole(data: bytearray, start: int) -> bool:
    """No record of the archive's own has a comment in its gzip header."""
    return bytes(data[start : start + len(_HEAD)]) == _HEAD
