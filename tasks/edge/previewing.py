"""What a reread would change: the archive read by today's rules over the lake, in memory, with nothing written.

stored readings ------------------------------------------+--> tags that come and go, article by article
today's readings, laid over the lake --> current readings-+
                                     --> ledger ------------> meetings that come, go and change; alerts
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from tasks.core.model import Decision
from tasks.core.topics.verdicts import Explanation
from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.ledger_store import store_decisions
from tasks.edge.lake.overlaid import OverlaidLake, lay_over
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows
from tasks.edge.passes import PassRun
from tasks.edge.progress import tell_progress
from tasks.edge.rereading import lay_readings, list_archive_days, read_unread
from tasks.edge.retagging import ArticleChange, Compared, DayTags, StoredSide, Tags, compare_day

Row = dict[str, Any]

# What the ledger and the views of meetings and alerts ask for; tags are compared as they are read, and not kept.
_OVERLAID = ("reading_facts", "claim_facts", "decision_facts", "meeting_facts", "activation_facts")
_CURRENT = StoredSide()
_COLUMNS = ("kind", "name", "organisation", "parties", "place", "place_country", "from_day", "to_day", "status")


@dataclass(frozen=True, slots=True)
class RereadSide:
    """The tags after a reread: those of the texts that were read now, and the current ones of those read earlier."""

    fresh: Tags

    def tag_day(self, connection: duckdb.DuckDBPyConnection, day: date, articles: Iterable[Row]) -> Tags:
        """The tags of the articles of a day, by the readings that are current in the overlaid lake."""
        return {**_CURRENT.tag_day(connection, day, articles), **self.fresh}

    def prove(self, connection: duckdb.DuckDBPyConnection, day: date, tags: Tags, article_ids: Sequence[str]) -> Tags:
        """The same with their evidence."""
        earlier = [article_id for article_id in article_ids if article_id not in self.fresh]
        return {**_CURRENT.prove(connection, day, tags, earlier), **self.fresh}

    def explain(self, article: Row) -> Explanation | None:
        """Nothing: whoever asks has today's rules."""
        return None


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """A meeting of the ledger before and after; None where it is not there, or no reading speaks of it."""

    meeting_id: str
    before: Row | None
    after: Row | None

    @property
    def changed(self) -> tuple[str, ...]:
        """The columns in which the two differ."""
        if self.before is None or self.after is None:
            return ()
        return tuple(name for name in _COLUMNS if self.before[name] != self.after[name])


@dataclass(slots=True)
class Preview:
    """What a reread would do, filled while `preview_reread` goes on; `raised` is complete at its end, like the rest.

    A reread raises no alert of its own: `raised` are the decisions that would, had the stories come today.
    """

    compared: Compared = field(default_factory=Compared)
    read: int = 0
    meetings: tuple[MeetingChange, ...] = ()
    raised: list[Decision] = field(default_factory=list)
    fallen: tuple[Row, ...] = ()


def preview_reread(run: PassRun, bounds: tuple[date, date], preview: Preview) -> Iterator[ArticleChange]:
    """Each article between two days (both included) whose tags a reread would change. Raises LakeMissing."""
    with closing(connect_reader(run.address, run.settings.home_source)) as stored:
        stored.execute("BEGIN")
        before, alerts = _read_meetings(stored), _read_alerts(stored)
        lake = lay_over(stored, _OVERLAID)
        with closing(lake.connection):
            days = list_archive_days(stored, bounds)
            for number, day in enumerate(days, start=1):
                yield from _preview_day(run, stored, lake, day, preview)
                tell_progress("compare", number, len(days))
            after, standing = _read_meetings(lake.connection), _read_alerts(lake.connection)
    preview.meetings = tuple(_compare_meetings(before, after))
    preview.fallen = tuple(row for alert_id, row in alerts.items() if alert_id not in standing)


def _preview_day(
    run: PassRun, stored: duckdb.DuckDBPyConnection, lake: OverlaidLake, day: date, preview: Preview
) -> Iterator[ArticleChange]:
    wanted = {"day": day, "rules_version": run.catalog.rules_version}
    read = list(read_unread(run, lake, day))
    preview.read += len(read)
    batch = lay_readings(run, day, read, as_reread=False)
    for table in _OVERLAID:
        lake.append(table, batch.rows.get(table, []))
    lake.append("activation_facts", [{**wanted, "activated_at": run.now}])
    preview.raised += [each for each in store_decisions(run, lake, batch.claims) if each.raises_new]
    articles = fetch_rows(stored, query("select_day_articles"), {"day": day})
    fresh = RereadSide({row["article_id"]: reading.topics for row, reading in read})
    sides = (_CURRENT, stored), (fresh, lake.connection)
    old, new = (DayTags(side, asked, day, side.tag_day(asked, day, articles)) for side, asked in sides)
    yield from compare_day(articles, old, new, preview.compared)


def _read_meetings(connection: duckdb.DuckDBPyConnection) -> dict[str, Row]:
    """The meetings of which a current reading speaks, by id."""
    return {row["meeting_id"]: row for row in fetch_rows(connection, query("select_live_meetings"))}


def _read_alerts(connection: duckdb.DuckDBPyConnection) -> dict[str, Row]:
    """The alerts that stand, by id."""
    return {row["alert_id"]: row for row in fetch_rows(connection, query("select_standing_alerts"))}


def _compare_meetings(before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[MeetingChange]:
    for meeting_id in dict.fromkeys((*before, *after)):
        change = MeetingChange(meeting_id, before.get(meeting_id), after.get(meeting_id))
        if change.before is None or change.after is None or change.changed:
            yield change
