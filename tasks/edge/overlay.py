"""The user's own catalog folder as a place to write to: a file is replaced as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

from tasks.catalog.wire_text import append_entries
from tasks.catalog.wires import WIRES_FILE
from tasks.core.errors import BadInput, HomeUnusable
from tasks.edge.whole_file import write_whole
from tasks.settings import Settings, make_folder


def wires_file(settings: Settings) -> Path:
    """Where wires of one's own stand: in DATELINE_CATALOG where that replaces the catalog, else in the home."""
    return (settings.catalog or settings.overlay) / WIRES_FILE


def add_entries(settings: Settings, entries: list[str]) -> Path:
    """Put entries at the end of the wires file; returns the file. Raises BadInput and HomeUnusable."""
    path = wires_file(settings)
    make_folder(path.parent)
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        write_whole(path, append_entries(text, entries, str(path)).encode())
    except UnicodeDecodeError as error:
        raise BadInput(f"The wires file {path} is not UTF-8; save it as UTF-8, and add again.") from error
    except OSError as error:
        raise HomeUnusable(
            f"The wires file {path} cannot be written ({error.strerror or error}); mend its permissions, and add again."
        ) from error
    return path
