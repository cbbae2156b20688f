"""Read the golden stories again and rewrite their readings: `make golden`. Look at the diff before you commit it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

if __name__ == "__main__":  # also as a plain script: python tests/golden/rewrite.py
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.golden.stories import list_cases, read_story, tell_reading


def rewrite_readings(folders: Iterable[Path]) -> list[Path]:
    """Write every reading.json that would change; the folders of these."""
    changed: list[Path] = []
    for folder in folders:
        told = tell_reading(read_story(folder))
        path = folder / "reading.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != told:
            path.write_text(told, encoding="utf-8")
            changed.append(folder)
    return changed


def main() -> None:
    """Rewrite all cases and say which changed."""
    cases = list_cases()
    changed = rewrite_readings(cases)
    for folder in changed:
        sys.stdout.write(f"rewritten: {folder.parent.name}/{folder.name}\n")
    sys.stdout.write(f"{len(changed)} of {len(cases)} readings changed\n")


if __name__ == "__main__":
    main()
