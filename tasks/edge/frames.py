"""What goes over the pipe between a pass and its workers: frames of JSON and raw bytes.

A frame is two lengths (4 bytes each), then JSON, then raw bytes. No pickle: what comes out of a process that parses
hostile bytes must not be able to run code in the parent.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct(">II")


def write_frame(stream: IO[bytes], head: Any, body: bytes = b"") -> None:
    """Write one frame and flush it."""
    text = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Any, bytes] | None:
    """The next frame, or None where the stream ends."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    text_length, body_length = _LENGTHS.unpack(lengths)
    text, body = stream.read(text_length), stream.read(body_length)
    return (json.loads(text), body) if len(text) == text_length and len(body) == body_length else None
