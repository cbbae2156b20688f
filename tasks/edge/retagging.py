"""Two taggings of the stored archive side by side, day by day: what the lake holds, or what a catalog would say.

    articles of a day --> old side: stored tags, or a catalog's --+--> compare_tags --> changes, article by article
                      --> new side: the same                    --+

Of a catalog only language, dateline and topics are read, and of stored tags no text, so that a day takes moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
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
from tasks.edge.rereading import list_archive_days, tell_stored

Row = dict[str, Any]
Tags = Mapping[str, tuple[Tag, ...] | None]  # by article; None where the language is not read, absent where never read


class Side(Protocol):
    """One of the two taggings."""

    def tag_day(self, connection: duckdb.DuckDBPyConnection, day: date, articles: Iterable[Row]) -> Tags:
        """The tags of the articles of a day, perhaps without their evidence."""

    def prove(self, connection: duckdb.DuckDBPyConnection, day: date, tags: Tags, article_ids: Sequence[str]) -> Tags:
        """Some of these tags with their evidence."""

    def explain(self, article: Row) -> Explanation | None:
        """Why this side tags an article as it does; None where only the tags are known, or the language is not."""


@dataclass(frozen=True, slots=True)
class StoredSide:
    """The tags in the lake: of the current readings, or of those by one version of the rules.

    `catalog` are the rules that gave them, where they are at hand.
    """

    rules_version: str | None = None
    catalog: Catalog | None = None

    def tag_day(self, connection: duckdb.DuckDBPyConnection, day: date, articles: Iterable[Row]) -> Tags:
        """The tags of the articles of a day that were read so, without the evidence, which is ten times as much."""
        asked = {"day": day, "rules_version": self.rules_version}
        return _tags_of(fetch_rows(connection, query("select_day_tags"), asked), {})

    def prove(self, connection: duckdb.DuckDBPyConnection, day: date, tags: Tags, article_ids: Sequence[str]) -> Tags:
        """The same with the evidence of some articles."""
        if not article_ids:
            return tags
        proofs: dict[tuple[str, ...], list[Evidence]] = {}
        wanted = {"day": day, "article_ids": list(article_ids)}
        for row in fetch_rows(connection, query("select_day_evidence"), wanted):
            proof = Evidence(**{part.name: row[part.name] for part in fields(Evidence)})
            proofs.setdefault((*_key_of(row), row["topic"]), []).append(proof)
        asked = {"day": day, "rules_version": self.rules_version}
        return _tags_of(fetch_rows(connection, query("select_day_tags"), asked), proofs)

    def explain(self, article: Row) -> Explanation | None:
        """The verdicts of its rules, where they are at hand: those of the past are not kept, what they found is."""
        return explain_stored(self.catalog, article) if self.catalog else None


@dataclass(frozen=True, slots=True)
class CatalogSide:
    """The tags that a catalog gives to the stored texts."""

    catalog: Catalog

    def tag_day(self, connection: duckdb.DuckDBPyConnection, day: date, articles: Iterable[Row]) -> Tags:
        """The tags of all articles of a day, with their evidence."""
        reader, wires = open_reader(self.catalog), {wire.wire_id: wire for wire in self.catalog.wires}
        return {row["article_id"]: reader.read_topics(tell_stored(row, wires)) for row in articles}

    def prove(self, connection: duckdb.DuckDBPyConnection, day: date, tags: Tags, article_ids: Sequence[str]) -> Tags:
        """The same tags: they have it."""
        return tags

    def explain(self, article: Row) -> Explanation | None:
        """The verdicts of the catalog's rules; None where they do not know the language."""
        return explain_stored(self.catalog, article)


@dataclass(frozen=True, slots=True)
class DayTags:
    """The tags of one side on one day, and where their evidence is to be had."""

    side: Side
    connection: duckdb.DuckDBPyConnection
    day: date
    tags: Tags

    def prove(self, article_ids: Sequence[str]) -> Tags:
        """The tags with the evidence of these articles."""
        return self.side.prove(self.connection, self.day, self.tags, article_ids)


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
        """Count the changes of an article."""
        self.changed += 1
        for change in changes:
            counts = self.came if change.kind == "came" else self.went
            counts[change.topic] = counts.get(change.topic, 0) + 1


def compare_archive(
    connection: duckdb.DuckDBPyConnection, sides: tuple[Side, Side], bounds: tuple[date, date], compared: Compared
) -> Iterator[ArticleChange]:
    """Each article between two days (both included) whose tags differ, day by day; `compared` counts along."""
    days = list_archive_days(connection, bounds)
    for number, day in enumerate(days, start=1):
        articles = fetch_rows(connection, query("select_day_articles"), {"day": day})
        old, new = (DayTags(side, connection, day, side.tag_day(connection, day, articles)) for side in sides)
        yield from compare_day(articles, old, new, compared)
        tell_progress("compare", number, len(days))


def compare_day(articles: Iterable[Row], old: DayTags, new: DayTags, compared: Compared) -> Iterator[ArticleChange]:
    """The articles of one day whose tags differ. A text that is not read has no tags."""
    differing = [article for article in articles if _differs(article["article_id"], old.tags, new.tags, compared)]
    article_ids = [article["article_id"] for article in differing]
    before, after = old.prove(article_ids), new.prove(article_ids)
    for article in differing:
        changes = compare_tags(before[article["article_id"]] or (), after[article["article_id"]] or ())
        compared.add(changes)
        yield ArticleChange(old.day, article, changes)


def _differs(article_id: str, old: Tags, new: Tags, compared: Compared) -> bool:
    compared.articles += 1
    if article_id not in old or article_id not in new:
        compared.unread += 1
        return False
    one, other = ({tag.topic for tag in side[article_id] or () if tag.confidence != "low"} for side in (old, new))
    return one != other


def explain_stored(catalog: Catalog, article: Row) -> Explanation | None:
    """What the rules of a catalog say of a stored article, phrase by phrase; None where they know no such language."""
    wires = {wire.wire_id: wire for wire in catalog.wires}
    opening = open_reader(catalog).open(tell_stored(article, wires))
    if not opening.is_known:
        return None
    explainer = open_explainer(catalog, opening.lang or "")
    return opening.restore(explainer.explain(article["title"] or None, opening.text, opening.start))


def _tags_of(rows: Iterable[Row], proofs: Mapping[tuple[str, ...], list[Evidence]]) -> Tags:
    """The rows of `select_day_tags` as tags by article, each with its evidence where that is given."""
    found: dict[str, tuple[Tag, ...] | None] = {}
    for article_id, own in groupby(rows, key=lambda row: str(row["article_id"])):
        listed = list(own)
        tags = (_tag_of(row, proofs.get((*_key_of(row), row["topic"]), [])) for row in listed if row["topic"])
        found[article_id] = tuple(tags) if listed[0]["is_read"] else None
    return found


def _tag_of(row: Row, proofs: Iterable[Evidence]) -> Tag:
    return Tag(row["topic"], row["iptc"], row["plover"], row["score"], row["confidence"], tuple(proofs))


def _key_of(row: Row) -> tuple[str, ...]:
    return row["article_id"], str(row["version"]), row["rules_version"]
