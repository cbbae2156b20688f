"""Bodies of feeds that could not be read, kept so that a mended parser can read them: what a wire said is not lost.

    quarantine/2026-02-17/harbour-world-3f2a9c11d0e4.xml.gz       the bytes, secrets cut, packed
    quarantine/2026-02-17/harbour-world-3f2a9c11d0e4.json         feed, address, when, failure, and the parser's version

A body waits until the parser is another than the one that failed on it; then it is read again beside the feed's next
body (`tasks.edge.feed_reader`) and goes once its entries are in the lake. Bounds: 24 bodies a feed, 200 MB and 30 days
in all; the oldest go first.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path

from tasks.core.address.forms import redact_url
from tasks.core.model import Feed
from tasks.edge.tokens import secret_parts
from tasks.edge.whole_file import write_whole

KEEP_DAYS = 30
MAX_BYTES = 200_000_000  # of all bodies as they lie on the disk
MAX_BODY = 10_000_000  # bytes of one body before packing; the way out takes no more from a feed
BODIES_A_FEED = 24  # two hours of a feed that fails at every poll, each time with other bytes
_CORE = Path(__file__).parents[1] / "core"


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands beside the bytes. `reader` is the version of the parser that failed; `place` is the JSON's path."""

    feed_id: str
    url: str
    kept_at: datetime
    content_type: str | None
    failure: str
    cause: str
    size: int = 0
    is_cut: bool = False
    reader: str = ""
    place: str = ""


@cache
def reader_version() -> str:
    """Changes with every change of the code that reads feeds, so that nobody has to remember a number."""
    code = sorted([*(_CORE / "feed").glob("*.py"), *(_CORE / "address").glob("*.py"), _CORE / "plain.py"])
    digest = hashlib.sha256(version("feedparser").encode())
    for file in code:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


class Quarantine:
    """The kept bodies of a home. Made at the first body; a home without any has no folder."""

    def __init__(self, home: Path, reader: str | None = None, *, max_bytes: int = MAX_BYTES) -> None:
        self._folder = home / "quarantine"
        self._max_bytes = max_bytes
        self._reader = reader or reader_version()

    def keep(self, kept: Kept, body: bytes) -> None:
        """Keep a body, unless the same bytes of the feed are kept already.

        A disk that takes nothing is no fault of the feed: the pass itself will say so.
        """
        digest = hashlib.sha256(kept.feed_id.encode() + b"\x1f" + body).hexdigest()[:12]
        name = f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', kept.feed_id)[:80]}-{digest}"
        if any(self._folder.glob(f"*/{name}.json")):
            return
        folder = self._folder / kept.kept_at.date().isoformat()
        stands = replace(kept, size=len(body), is_cut=len(body) > MAX_BODY, reader=self._reader)
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / f"{name}.xml.gz", gzip.compress(body[:MAX_BODY], 1, mtime=0))
            write_whole(folder / f"{name}.json", _to_json(stands))  # last: what has it is whole
            self.sweep(kept.kept_at)

    def list_kept(self) -> list[Kept]:
        """All that is kept, oldest first; what cannot be read is left out."""
        found = [_read(path) for path in sorted(self._folder.glob("*/*.json"))]
        return sorted((kept for kept in found if kept is not None), key=lambda kept: (kept.kept_at, kept.place))

    def list_waiting(self) -> list[Kept]:
        """What another parser failed on, oldest first."""
        return [kept for kept in self.list_kept() if kept.reader != self._reader]

    def read_body(self, kept: Kept) -> bytes | None:
        """The bytes, or None where they are gone or torn."""
        try:
            return gzip.decompress(_body_of(Path(kept.place)).read_bytes())
        except (OSError, EOFError, zlib.error):
            return None

    def settle(self, kept: Kept, *, is_read: bool) -> None:
        """Drop a body whose entries are in the lake; one that this parser cannot read either waits for the next."""
        place = Path(kept.place)
        with contextlib.suppress(OSError):
            if is_read:
                _drop(place)
            else:
                write_whole(place, _to_json(replace(kept, reader=self._reader)))

    def drop_with(self, words: Iterable[str]) -> int:
        """Drop every body that holds one of these words, or cannot be read; returns how many went."""
        marks = [word.encode() for word in words]
        dropped = 0
        for kept in self.list_kept() if marks else []:
            body = self.read_body(kept)
            if body is None or any(mark in body or escape(mark.decode()).encode() in body for mark in marks):
                _drop(Path(kept.place))
                dropped += 1
        return dropped

    def sweep(self, now: datetime) -> int:
        """Drop what is over the bounds, the oldest first; returns how many bodies went."""
        oldest = now.date() - timedelta(days=KEEP_DAYS)
        total, of_feed, dropped = 0, Counter[str](), 0
        for kept in reversed(self.list_kept()):
            place = Path(kept.place)
            total += _size(_body_of(place))
            of_feed[kept.feed_id] += 1
            if kept.kept_at.date() < oldest or total > self._max_bytes or of_feed[kept.feed_id] > BODIES_A_FEED:
                _drop(place)
                dropped += 1
        for folder in self._folder.glob("????-??-??"):
            _sweep_folder(folder, oldest)
        return dropped


def hide_secrets(body: bytes, feed: Feed, token: Sequence[str]) -> bytes:
    """The body without what its server may have echoed: values of the address that look secret, and the token."""
    shown = redact_url(feed.url)
    hidden = [part.partition("=")[2] for part in re.split(r"[?&]", feed.url) if part not in re.split(r"[?&]", shown)]
    userinfo = re.match(r"[a-z]+://([^/@]*)@", feed.url, re.IGNORECASE)
    words = [*hidden, *(userinfo[1].split(":") if userinfo else ()), *token]
    for part in secret_parts(words):
        body = body.replace(part.encode(), b"***")
    return body


def _body_of(place: Path) -> Path:
    return place.with_name(f"{place.stem}.xml.gz")


def _drop(place: Path) -> None:
    with contextlib.suppress(OSError):
        place.unlink()
        _body_of(place).unlink()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sweep_folder(folder: Path, oldest: date) -> None:
    """Drop halves that a crash left in days past, and a folder that is empty."""
    with contextlib.suppress(OSError, ValueError):
        if date.fromisoformat(folder.name) < oldest:
            for path in _files(folder):
                path.unlink()
        folder.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())


def _to_json(kept: Kept) -> bytes:
    values = {**asdict(kept), "kept_at": kept.kept_at.astimezone(UTC).isoformat()}
    del values["place"]
    return (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _read(path: Path) -> Kept | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Kept(**{**values, "kept_at": datetime.fromisoformat(values["kept_at"]), "place": str(path)})
    except (OSError, ValueError, TypeError, KeyError):
        return None
