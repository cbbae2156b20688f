"""The heart: what does one story say?

    language -> dateline -> topics
                         -> people -> quotes, citations
                                   -> meetings

Each line of `read_story` is one module of the core with its data in the catalog; every claim that it returns carries
the span of the text that proves it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from tasks.core.dateline.read import read_dateline
from tasks.core.flow import restore_words, take_prose
from tasks.core.language import WHOLE_LANGUAGES, detect_language
from tasks.core.meetings.reader import MeetingReader
from tasks.core.model import Catalog, Dateline, Reading, Story
from tasks.core.names import NameIndex
from tasks.core.people.reader import PeopleReader
from tasks.core.places import PlaceIndex
from tasks.core.quotes.citations import CitationFinder
from tasks.core.quotes.find import find_quotes
from tasks.core.topics.languages import TopicTaggers

# Raise it when code of the core changes what a reading says: the version of the rules depends on it.
READING_VERSION = 3


class Reader:
    """Reads stories by one catalog, compiled once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.places = PlaceIndex(catalog.places, catalog.countries)
        self.names = NameIndex(catalog)
        self.people = PeopleReader(catalog, self.names)
        self.topics = TopicTaggers(catalog)
        self.citations = CitationFinder(catalog)
        self.meetings = MeetingReader(catalog, self.names, self.places)

    def read_story(self, story: Story) -> Reading:
        """All that a story says. What is not read in its language is None: without rules all but the dateline."""
        prose = take_prose(story.text)
        if prose == story.text:
            return self._read(story)
        return restore_words(self._read(replace(story, text=prose)), story.text)

    def _read(self, story: Story) -> Reading:
        lang = detect_language(f"{story.title or ''}\n{story.text}") or story.lang
        dateline = read_dateline(story.text, story.wire, story.published_at, self.places)
        if lang not in self.catalog.languages:
            return Reading(lang, self.catalog.rules_version, dateline, None, None, None, None, None)
        start = dateline.body_start if dateline else 0
        topics = self.topics.tag(story.title, story.text, start, lang=lang)
        if lang not in WHOLE_LANGUAGES:
            return Reading(lang, self.catalog.rules_version, dateline, topics, None, None, None, None)
        day = dateline.date if dateline and dateline.date else (story.published_at and story.published_at.date())
        actors = self.people.find_actors(story.text, start, day)
        return Reading(
            lang=lang,
            rules_version=self.catalog.rules_version,
            dateline=dateline,
            topics=topics,
            actors=actors,
            quotes=find_quotes(story.text, start, actors, self.names),
            citations=self.citations.find(story.text, start, own_names(story, dateline)),
            meetings=self.meetings.find_meetings(story.title, story.text, dateline, story.published_at, actors),
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
