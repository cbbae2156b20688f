"""The alerts that a batch of stories makes due, appended beside the ledger's decisions.

    decisions -> find_news, against what was last told of the meeting -> summit.new, summit.status, summit.detail
    later versions -> meetings that no current reading speaks of ------> summit.retracted

Runs inside the write transaction of `store`: a change and its alert are one commit, so that a pass that is killed and
run again neither forgets nor repeats one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from tasks.core.alerts.alert import SUMMIT_RETRACTED, WITHDRAWN, Cause, News, find_proof, make_summit_alert
from tasks.core.alerts.carriers import Carriers, group_carriers
from tasks.core.alerts.changes import Told, find_news, told_by
from tasks.core.alerts.retraction import find_new_wording
from tasks.core.model import Article, Decision, LedgerClaim, LedgerMeeting, Mention
from tasks.edge.alert_channels import list_lines
from tasks.edge.lake.alert_rows import alert_row, record_channels
from tasks.edge.lake.rows import place_of
from tasks.edge.lake.write import LakeWriter, Row

if TYPE_CHECKING:
    from tasks.edge.passes import PassRun

# Where the very batch brings a later version that no longer tells of the summit, and of one that was taken back.
ALONE, NOBODY = Carriers(1, 1), Carriers(0, 0)


@dataclass(frozen=True, slots=True)
class Revised:
    """A later version of an article, or the wire's taking it back in the words of `notice`, which is no version."""

    day: date
    article: Article
    version: int
    notice: str = ""

    def replaces(self, version: int) -> bool:
        """Do the claims of this version count no more?"""
        return version <= self.version if self.notice else version < self.version


@dataclass(frozen=True, slots=True)
class LedgerBatch:
    """The claims of one chunk, their articles by id and version, and what replaces earlier versions."""

    claims: tuple[LedgerClaim, ...]
    articles: Mapping[tuple[str, int], Article]
    revised: tuple[Revised, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A meeting that no current reading speaks of since an article was revised or taken back."""

    meeting: LedgerMeeting
    by: Revised


@dataclass(slots=True)
class _Record:
    """What was raised about each meeting so far: as it was last told, how many alerts, and how many of each value."""

    told: dict[str, Told] = field(default_factory=dict)
    steps: Counter[str] = field(default_factory=Counter)
    entered: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def count(self, meeting_id: str, news: News, told: Told) -> tuple[int, int]:
        """Note another alert; returns its step, and how many times the meeting has entered the value."""
        key = meeting_id, news.kind, news.value
        self.told[meeting_id] = told
        self.steps[meeting_id] += 1
        self.entered[key] += 1
        return self.steps[meeting_id], self.entered[key]


@dataclass(frozen=True, slots=True)
class _Due:
    """An alert on its way: what is news of which meeting, by which story, of which day."""

    news: News
    meeting: LedgerMeeting
    cause: Cause
    day: date


def store_alerts(
    run: PassRun, lake: LakeWriter, batch: LedgerBatch, decisions: Sequence[Decision], taken_back: Sequence[TakenBack]
) -> int:
    """Append the alerts of these decisions, and of the meetings that later versions took back; returns how many."""
    summits = [decision.after for decision in decisions if decision.after.kind == "summit"]
    record = _read_record(lake, [*summits, *(back.meeting for back in taken_back)])
    due = [*_list_changes(run, batch, decisions, record), *_list_retractions(run, taken_back, record)]
    if not due:
        return 0
    carriers = _read_carriers(run, lake, {each.meeting.meeting_id: each.meeting for each in due})
    # A channel is owed what is raised from now on, even if this pass dies before it delivers anything.
    record_channels(lake, list_lines(run.settings, run.catalog).lines, run.now)
    return lake.append("alert_facts", [_row(run, each, carriers) for each in due])


def _list_changes(run: PassRun, batch: LedgerBatch, decisions: Iterable[Decision], record: _Record) -> Iterator[_Due]:
    for decision in decisions:
        claim, meeting = decision.claim, decision.after
        for news in find_news(decision, record.told.get(meeting.meeting_id)):
            article = batch.articles[claim.article_id, claim.version]
            proof = find_proof(news, claim.meeting)
            step, n = record.count(meeting.meeting_id, news, told_by(decision))
            cause = Cause(article, claim.version, claim.wire_id, _name(run, claim.wire_id), proof, run.now, step, n)
            yield _Due(news, meeting, cause, claim.day)


def _list_retractions(run: PassRun, taken_back: Iterable[TakenBack], record: _Record) -> Iterator[_Due]:
    """What an alert told and no current reading tells any more, with the former words and those in their place."""
    for back in taken_back:
        meeting, told, by = back.meeting, record.told.get(back.meeting.meeting_id), back.by
        if told is None or told.status == WITHDRAWN or by.article.item.is_silent:
            continue
        news = News(SUMMIT_RETRACTED, WITHDRAWN, told.sentence)
        step, n = record.count(meeting.meeting_id, news, replace(told, status=WITHDRAWN))
        wire_id = by.article.item.wire_id
        # The words of a notice stand in no version that is stored: they have no span.
        proof = Mention(by.notice, 0, 0) if by.notice else find_new_wording(told.sentence, by.article.text)
        cause = Cause(by.article, by.version, wire_id, _name(run, wire_id), proof, run.now, step, n)
        yield _Due(news, meeting, cause, by.day)


def _row(run: PassRun, due: _Due, carriers: Mapping[str, Carriers]) -> Row:
    nobody = NOBODY if due.news.kind == SUMMIT_RETRACTED else ALONE
    alert = make_summit_alert(due.news, due.meeting, due.cause, carriers.get(due.meeting.meeting_id, nobody))
    return alert_row(alert, due.day, run.run_id)


def _read_record(lake: LakeWriter, meetings: Sequence[LedgerMeeting]) -> _Record:
    record = _Record()
    if not meetings:
        return record
    wanted = {"meeting_ids": sorted({meeting.meeting_id for meeting in meetings}), "since": first_day(meetings)}
    for row in lake.rows("select_told", wanted):
        told = Told(row["status"], place_of(row), row["from_day"], row["to_day"], row["sentence"])
        record.count(row["meeting_id"], News(row["kind"], row["value"], None), told)
    return record


def _read_carriers(run: PassRun, lake: LakeWriter, meetings: Mapping[str, LedgerMeeting]) -> dict[str, Carriers]:
    """Wires and origins by meeting, with the claims that were appended in this transaction."""
    wanted = {"meeting_ids": sorted(meetings), "since": first_day(meetings.values())}
    parties = {meeting_id: meeting.parties for meeting_id, meeting in meetings.items()}
    return group_carriers(lake.rows("select_carriers", wanted), run.wires(), parties)


def first_day(meetings: Iterable[LedgerMeeting]) -> date:
    """The day before which no claim of these meetings lies: an article's day is not before its publication."""
    return min(min(meeting.opened_day, meeting.first_seen.date()) for meeting in meetings)


def _name(run: PassRun, wire_id: str) -> str:
    wire = run.wires().get(wire_id)
    return wire.name if wire else wire_id
