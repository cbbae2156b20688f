"""A process that reads stories, one after the other (tasks.edge.story_pool starts it; nobody else does).

python -m tasks.edge.story_worker CPU_SECONDS MEMORY_BYTES

Its first job is the catalog by which it reads: the very one of its parent, whatever the files say by now.
"""

from __future__ import annotations

import pickle
from datetime import datetime
from typing import Any

from tasks.core.jsonform import plain_json
from tasks.core.jsonread import open_decoder
from tasks.core.model import Catalog, Failure, Reading, Story
from tasks.core.reading import Reader
from tasks.edge.serving_jobs import Work, serve_jobs


def write_job(story: Story) -> tuple[list[str | None], bytes]:
    """A story as head and body of a job; of its wire the id goes, since the worker has the wires."""
    published = story.published_at.isoformat() if story.published_at else None
    return [story.title, published, story.lang, story.wire.wire_id if story.wire else None], story.text.encode()


def from_json(values: dict[str, Any]) -> Reading | Failure:
    """The result of a job."""
    kind = Failure if "kind" in values else Reading
    read: Reading | Failure = open_decoder(kind)(values)
    return read


class StoryWork:
    """Stories by one catalog, which comes first."""

    def __init__(self) -> None:
        self.reader: Reader | None = None

    def __call__(self, head: Any, body: bytes) -> dict[str, Any]:
        """Take the catalog (a job without a head), or read one story."""
        if head is None:
            self.reader = Reader(_take_catalog(body))
            return {}
        if self.reader is None:
            raise ValueError("no catalog came before the first story")
        title, published, lang, wire_id = head
        wire = next((wire for wire in self.reader.catalog.wires if wire.wire_id == wire_id), None)
        at = datetime.fromisoformat(published) if published else None
        plain: dict[str, Any] = plain_json(self.reader.read_story(Story(body.decode(), title, at, lang, wire)))
        return plain


def _take_catalog(body: bytes) -> Catalog:
    catalog = pickle.loads(body)  # noqa: S301 - from our own parent; what goes back to it is JSON
    if not isinstance(catalog, Catalog):
        raise TypeError("what came first is no catalog")
    return catalog


def load_work() -> Work:
    """The reading of a story; its slow imports were made at the top."""
    return StoryWork()


if __name__ == "__main__":
    serve_jobs(load_work, "read", "reading the text")
