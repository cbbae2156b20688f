"""Cases of this project, with all topics that each should have: tests/golden/topics and tests/golden/known_misses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden"


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A story of ours. `topics` must stand, with their parents; `may` may; `kind` is what goes wrong in a known miss."""

    name: str
    lang: str
    title: str | None
    text: str
    topics: frozenset[str]
    may: frozenset[str]
    kind: str

    def is_right(self, found: frozenset[str]) -> bool:
        """Whether all its topics were found, and no class that it has not; a topic too many within a class passes."""
        classes = {topic for topic in found if "." not in topic}
        return self.topics <= found and classes <= self.topics | self.may


def read_own_cases() -> list[OwnCase]:
    """The cases that must be read rightly; a folder is a language."""
    return _read(sorted((GOLDEN / "topics").glob("*/*.toml")))


def read_known_misses() -> list[OwnCase]:
    """The cases that are read wrongly today; a file is a language."""
    return _read(sorted((GOLDEN / "known_misses").glob("*.toml")))


def _read(paths: list[Path]) -> list[OwnCase]:
    return [_case(raw, path) for path in paths for raw in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def _case(raw: dict[str, object], path: Path) -> OwnCase:
    lang = path.parent.name if path.parent.name != "known_misses" else path.stem
    title, kind = raw.get("title"), raw.get("kind", "")
    return OwnCase(
        name=str(raw["id"]),
        lang=lang,
        title=str(title) if title else None,
        text=str(raw["text"]),
        topics=_with_parents(raw["topics"]),
        may=_with_parents(raw.get("may", [])),
        kind=str(kind),
    )


def _with_parents(topics: object) -> frozenset[str]:
    assert isinstance(topics, list)
    return frozenset({*topics, *(topic.partition(".")[0] for topic in topics)})
