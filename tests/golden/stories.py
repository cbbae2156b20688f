"""The golden stories: invented copy in the manner of real houses, and how each is read."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tasks.core.jsonform import reading_json
from tasks.core.model import Story
from tasks.core.reading import read
from tests.catalog import builtin_catalog

FOLDER = Path(__file__).parent


def list_cases() -> list[Path]:
    """The folders of all cases, by style and slug."""
    return sorted(path.parent for path in FOLDER.glob("*/*/source.txt"))


def case_name(folder: Path) -> str:
    """The name of a case: `style/slug`."""
    return folder.relative_to(FOLDER).as_posix()


@cache
def open_story(folder: Path) -> Story:
    """The story of a case; a wire in its meta.json is one of the built-in catalog."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    wires = {wire.wire_id: wire for wire in builtin_catalog().wires}
    return Story(
        text=(folder / "source.txt").read_text(encoding="utf-8").rstrip("\n"),
        title=meta.get("title"),
        published_at=datetime.fromisoformat(meta["published_at"]),
        wire=wires[meta["wire"]] if "wire" in meta else None,
    )


def read_story(folder: Path) -> dict[str, Any]:
    """The reading of a case as JSON, without the version of the rules, which changes with every phrase."""
    form = reading_json(read(open_story(folder), builtin_catalog()))
    del form["rules_version"]
    return form


def tell_reading(form: dict[str, Any]) -> str:
    """The text of a reading.json."""
    return json.dumps(form, ensure_ascii=False, indent=1) + "\n"
