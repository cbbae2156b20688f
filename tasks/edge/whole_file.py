"""Small files that are replaced as a whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes, *, is_synced: bool = False) -> None:
    """Put the bytes where they are read from in one step; its folder must be there. Raises OSError, and leaves no half.

    Only with `is_synced` does it wait for the disk; else a power failure may take the file.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("wb") as stream:
            stream.write(data)
            if is_synced:
                stream.flush()
                os.fsync(stream.fileno())
        half.replace(path)
    finally:
        with suppress(OSError):  # it has its name by now, or what went wrong is raised
            half.unlink()
