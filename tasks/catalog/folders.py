"""Which folders make up a catalog, the later laid over the earlier."""

from __future__ import annotations

from pathlib import Path

BUILT_IN = Path(__file__).parent


def lay_folders(overlay: Path | None, replacement: Path | None) -> tuple[Path, ...]:
    """The built-in folder with `overlay` over it where there is one; or `replacement` alone."""
    if replacement is not None:
        return (replacement,)
    return (BUILT_IN, overlay) if overlay is not None and overlay.is_dir() else (BUILT_IN,)
