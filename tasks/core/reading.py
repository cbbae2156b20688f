"""The heart: what does one story say?

    language -> dateline -> topics
                         -> people -> quotes, citations
                                   -> meetings

Each line of `read_story` is one module of the core with its data in the catalog; every claim that it returns carries
the span of the text that proves it.
"""

from __future__ import annotations

from functools import lru_cache

from tasks.core.language import WHOLE_LANGUAGES
from tasks.core.meetings.reader import MeetingReader
from tasks.core.model import Catalog, Dateline, Reading, Story, Tag
from tasks.core.names import NameIndex
from tasks.core.opening import Opening, open_story
from tasks.core.people.home import Houses
from tasks.core.people.reader import PeopleReader
from tasks.core.places import PlaceIndex
from tasks.core.quotes.citations import CitationFinder
from tasks.core.quotes.find import find_quotes
from tasks.core.topics.languages import TopicTaggers

# Raise it when code of the core changes what a reading says: the version of the rules depends on it.
READING_VERSION = 4


class Reader:
    """Reads stories by one catalog, compiled once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.places = PlaceIndex(catalog.places, catalog.countries)
        self.names = NameIndex(catalog)
        self.people = PeopleReader(catalog, self.names)
        self.houses = Houses(catalog)
        self.topics = TopicTaggers(catalog)
        self.citations = CitationFinder(catalog)
        self.meetings = MeetingReader(catalog, self.names, self.places)

    def open(self, story: Story) -> Opening:
        """The language of a story, its dateline, and what of its text is read."""
        return open_story(story, self.places, self.catalog.languages)

    def read_story(self, story: Story) -> Reading:
        """All that a story says. What is not read in its language is None: without rules all but the dateline."""
        opening = self.open(story)
        return opening.restore(self._read(story, opening))

    def read_topics(self, story: Story) -> tuple[Tag, ...] | None:
        """The topics alone, as `read_story` finds them, in a fifth of its time; None in a language without rules."""
        opening = self.open(story)
        return opening.restore(self._tag(story, opening)) if opening.is_known else None

    def _tag(self, story: Story, opening: Opening) -> tuple[Tag, ...]:
        return self.topics.tag(story.title, opening.text, opening.start, lang=opening.lang or "")

    def _read(self, story: Story, opening: Opening) -> Reading:
        text, lang, dateline, start = opening.text, opening.lang, opening.dateline, opening.start
        if not opening.is_known:
            return Reading(lang, self.catalog.rules_version, dateline, None, None, None, None, None)
        topics = self._tag(story, opening)
        if lang not in WHOLE_LANGUAGES:
            return Reading(lang, self.catalog.rules_version, dateline, topics, None, None, None, None)
        day = dateline.date if dateline and dateline.date else (story.published_at and story.published_at.date())
        setting = self.houses.find_setting(dateline, story.wire)
        actors = self.people.find_actors(text, start, day, setting)
        return Reading(
            lang=lang,
            rules_version=self.catalog.rules_version,
            dateline=dateline,
            topics=topics,
            actors=actors,
            quotes=find_quotes(text, start, actors, self.names),
            citations=self.citations.find(text, start, own_names(story, dateline)),
            meetings=self.meetings.find_meetings(story.title, text, dateline, story.published_at, actors),
        )


def own_names(story: Story, dateline: Dateline | None) -> tuple[str | None, ...]:
    """What the house calls itself that wrote a story: the mark in its dateline, its wire's name and mark."""
    wire = story.wire
    return (dateline.agency if dateline else None, *((wire.name, wire.agency) if wire else ()))


@lru_cache(maxsize=4)
def open_reader(catalog: Catalog) -> Reader:
    """The compiled reader of a catalog; catalogs are told apart by identity."""
    return Reader(catalog)


def read(story: Story, catalog: Catalog) -> Reading:
    """What one story says, by one catalog."""
    return open_reader(catalog).read_story(story)
