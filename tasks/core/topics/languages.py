"""One tagger a language, compiled when the first story in it comes."""

from __future__ import annotations

from tasks.core.model import Catalog, Tag
from tasks.core.topics.tagger import TopicTagger


class TopicTaggers:
    """Tags stories in each language that has topics in the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._taggers: dict[str, TopicTagger] = {}

    def tag(self, title: str | None, text: str, body_start: int = 0, lang: str = "en") -> tuple[Tag, ...]:
        """The topics of a story in one language; none in a language without rules."""
        if lang not in self._catalog.languages:
            return ()
        if lang not in self._taggers:
            self._taggers[lang] = TopicTagger(self._catalog, lang)
        return self._taggers[lang].tag(title, text, body_start, lang)
