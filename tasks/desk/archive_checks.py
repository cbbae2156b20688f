"""What `dateline doctor` looks at in the archive of raw pages: what a crash left unfinished. Reads only."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.desk.checks import Finding
from tasks.desk.showing import count
from tasks.edge.archive import TORN
from tasks.settings import Settings


def check_archive(settings: Settings) -> Iterator[Finding]:
    """Files that a killed pass left and the next one set aside; no article refers to them."""
    folder = settings.home / "raw" / TORN
    torn = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if torn:
        what = f"{count(len(torn), 'unfinished file')} of killed passes in {folder}, the last {torn[-1]}"
        yield Finding("archive", "note", what, "no article needs them: look at them, or delete them")
