"""How a story begins, which every reading of it asks first: what of it is read, in which language, and from where on.

story --> Opening(text with lines as prose, language, dateline, where the prose begins)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tasks.core.dateline.read import read_dateline
from tasks.core.flow import Value, restore_words, take_prose
from tasks.core.language import detect_language
from tasks.core.model import Dateline, Story
from tasks.core.places import PlaceIndex


@dataclass(frozen=True, slots=True)
class Opening:
    """How a story begins, and its text with lines as prose; `is_known` says that there are rules for its language."""

    source: str
    text: str
    lang: str | None
    dateline: Dateline | None
    is_known: bool

    @property
    def start(self) -> int:
        """Where the prose begins."""
        return self.dateline.body_start if self.dateline else 0

    def restore(self, value: Value) -> Value:
        """What was read of the prose, in the words of the story as it was sent."""
        return value if self.text == self.source else restore_words(value, self.source)


def open_story(story: Story, places: PlaceIndex, languages: Collection[str]) -> Opening:
    """The language of a story, its dateline, and what of its text is read; `languages` are those with rules."""
    text = take_prose(story.text)
    lang = detect_language(f"{story.title or ''}\n{text}") or story.lang
    dateline = read_dateline(text, story.wire, story.published_at, places)
    return Opening(story.text, text, lang, dateline, lang in languages)
