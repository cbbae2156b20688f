"""Two taggings of the stored archive side by side, day by day: what the lake holds, or what a catalog would say.

    articles of a day --> old side: stored tags, or a catalog's --+--> compare_tags --> changes, article by article
                      --> new side: the same                    --+

Of a catalog only language, dateline and topics are read, and of stored tags no text, so that a day takes moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Protocol

import duckdb

from tasks.core.model import Catalog, Evidence, Tag
from tasks.core.reading import open_reader
from tasks.core.tag_changes import TagChange, compare_tags
from tasks.core.topics.explain import open_explainer
from tasks.core.topics.verdicts import Explanation
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows
from tasks.edge.progress import tell_progress
from tasks.edge.rereading import tell_stored

Row = dict[str, Any]
Tags = Mapping[str, tuple[Tag, ...] | None]  # by article; None where the language is not read, absent where never read

FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9999, 12, 31)


class Side(Protocol):
    """One of the two taggings."""

    def tag_day(self, connection: duckdb.DuckDBPyConnection, day: date, articles: Iterable[Row]) -> Tags:
        """The tags of the articles of a day."""

    def explain(self, article: Row) -> Explanation | None:
        """Why this side tags an article as it does; None where only the tags are known, or the language is not."""


@dataclass(frozen=True, slots=True)
class StoredSide:
    """The tags in the lake: of the current readings, or of those by one version of the rules."""

    rules_version: str | None = None

    def tag_day(self, connection: duckdb.DuckDBPyConnection, day: date, articles: Iterable[Row]) -> Tags:
        """The tags of the articles of a day that were read so."""
        asked = {"day": day, "rules_version": self.rules_version}
        return tags_of(fetch_rows(connection, query("select_day_tags"), asked))

    def explain(self, article: Row) -> Explanation | None:
        """Nothing: the rules of the past are not kept, what they found is."""
        return None


@dataclass(frozen=True, slots=True)
class CatalogSide:
    """The tags that a catalog gives to the stored texts."""

    catalog: Catalog

    def tag_day(self, connection: duckdb.DuckDBPyConnection, day: date, articles: Iterable[Row]) -> Tags:
        """The tags of all articles of a day."""
        reader, wires = open_reader(self.catalog), {wire.wire_id: wire for wire in self.catalog.wires}
        return {row["article_id"]: reader.read_topics(tell_stored(row, wires)) for row in articles}

    def explain(self, article: Row) -> Explanation | None:
        """The verdicts of the catalog's rules; None where they do not know the language."""
        return explain_stored(self.catalog, article)


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article with the tags that it would gain and lose."""

    day: date
    article: Row
    changes: tuple[TagChange, ...]


@dataclass(slots=True)
class Compared:
    """What was compared so far: articles, those that change, and those of which a side has no reading."""

    articles: int = 0
    changed: int = 0
    unread: int = 0
    came: dict[str, int] = field(default_factory=dict)
    went: dict[str, int] = field(default_factory=dict)

    def add(self, changes: Iterable[TagChange]) -> None:
        """Count the changes of one article."""
        for change in changes:
            counts = self.came if change.kind == "came" else self.went
            counts[change.topic] = counts.get(change.topic, 0) + 1


def compare_archive(
    connection: duckdb.DuckDBPyConnection, sides: tuple[Side, Side], bounds: tuple[date, date], compared: Compared
) -> Iterator[ArticleChange]:
    """Each article between two days (both included) whose tags differ, day by day; `compared` counts along."""
    wanted = {"since": bounds[0], "until": bounds[1]}
    days = [row["day"] for row in fetch_rows(connection, query("select_archive_days"), wanted)]
    for number, day in enumerate(days, start=1):
        articles = fetch_rows(connection, query("select_day_articles"), {"day": day})
        old, new = (side.tag_day(connection, day, articles) for side in sides)
        yield from compare_day(day, articles, (old, new), compared)
        tell_progress("compare", number, len(days))


def compare_day(
    day: date, articles: Iterable[Row], tags: tuple[Tags, Tags], compared: Compared
) -> Iterator[ArticleChange]:
    """The articles of one day whose tags differ. A text that is not read has no tags."""
    old, new = tags
    for article in articles:
        article_id = article["article_id"]
        compared.articles += 1
        if article_id not in old or article_id not in new:
            compared.unread += 1
            continue
        changes = compare_tags(old[article_id] or (), new[article_id] or ())
        if changes:
            compared.changed += 1
            compared.add(changes)
            yield ArticleChange(day, article, changes)


def tags_of(rows: Iterable[Row]) -> Tags:
    """The rows of `select_day_tags` as tags by article."""
    found: dict[str, tuple[Tag, ...] | None] = {}
    for article_id, own in groupby(rows, key=lambda row: row["article_id"]):
        listed = list(own)
        topics = groupby((row for row in listed if row["topic"]), key=lambda row: row["topic"])
        found[article_id] = tuple(_tag_of(list(each)) for _, each in topics) if listed[0]["is_read"] else None
    return found


def explain_stored(catalog: Catalog, article: Row) -> Explanation | None:
    """What the rules of a catalog say of a stored article, phrase by phrase; None where they know no such language."""
    opening = open_reader(catalog).open_story(tell_stored(article, {wire.wire_id: wire for wire in catalog.wires}))
    if not opening.is_known:
        return None
    explainer = open_explainer(catalog, opening.lang or "")
    return explainer.explain(article["title"] or None, article["text"], opening.start)


def _tag_of(rows: list[Row]) -> Tag:
    first = rows[0]
    proofs = tuple(
        Evidence(row["text"], row["start_char"], row["end_char"], row["field"], row["zone"], row["rule"], row["weight"])
        for row in rows
        if row["rule"] is not None
    )
    return Tag(first["topic"], first["iptc"], first["plover"], first["score"], first["confidence"], proofs)
