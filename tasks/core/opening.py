"""The topics of a story without the rest of its reading, and what they need to begin with.

    story --> Opening(text with lines as prose, language, where the prose begins) --> topics

It is what `Reader.read_story` does first (a test holds the two together), at a fifth of what the whole reading takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.core.dateline.read import read_dateline
from tasks.core.flow import restore_words, take_prose
from tasks.core.language import detect_language
from tasks.core.model import Story, Tag
from tasks.core.reading import Reader


@dataclass(frozen=True, slots=True)
class Opening:
    """How a story begins, and its text with lines as prose; `is_known` says that there are rules for its language."""

    text: str
    lang: str
    start: int
    is_known: bool


def open_story(reader: Reader, story: Story) -> Opening:
    """The language of a story, and where its prose begins; both by the reader's own catalog."""
    text = take_prose(story.text)
    lang = detect_language(f"{story.title or ''}\n{text}") or story.lang
    dateline = read_dateline(text, story.wire, story.published_at, reader.places)
    return Opening(text, lang or "", dateline.body_start if dateline else 0, lang in reader.catalog.languages)


def read_topics(reader: Reader, story: Story) -> tuple[Tag, ...] | None:
    """The topics of a story, as `read_story` finds them; None in a language without rules."""
    opening = open_story(reader, story)
    if not opening.is_known:
        return None
    tags = reader.topics.tag(story.title, opening.text, opening.start, lang=opening.lang)
    return tags if opening.text == story.text else restore_words(tags, story.text)
