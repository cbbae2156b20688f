"""Small files that are replaced as a whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Put the bytes where they are read from in one step; its folder must be there. Raises OSError, and leaves no half.

    For files that may be lost with a power failure: nothing waits for the disk.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        half.write_bytes(data)
        half.replace(path)
    finally:
        with suppress(OSError):  # it has its name by now, or what went wrong is raised
            half.unlink()
