"""The ledger in the lake: read within the transaction, resolved by the core, its decisions and alerts appended.

    claims of the chunk -> those not decided yet -> resolve_claims -> decision_facts, meeting_facts
                                                                   -> alert_facts, channel_facts (owed from here on)

Runs inside the write transaction of `store`, so that two passes never decide on the same ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tasks.core.alerts.alert import Carriers, make_summit_alert
from tasks.core.ledger.decide import resolve_claims
from tasks.core.model import Article, Decision, LedgerClaim, LedgerMeeting
from tasks.edge.lake.alert_rows import alert_row, channel_rows
from tasks.edge.lake.rows import ledger_meeting_of, ledger_row
from tasks.edge.lake.write import LakeWriter, Row

if TYPE_CHECKING:
    from tasks.edge.passes import PassRun

# A story still speaks of last year's summit; what nobody has named for longer opens a row anew, silently.
LEDGER_DAYS = 400
# Where the very batch brings a later version that no longer tells of the summit.
ALONE = Carriers(1, 1)


@dataclass(frozen=True, slots=True)
class LedgerBatch:
    """The claims of one chunk, and their articles by id and version."""

    claims: tuple[LedgerClaim, ...]
    articles: Mapping[tuple[str, int], Article]


@dataclass(frozen=True, slots=True)
class _Known:
    """The ledger as it stood before the batch: meetings, and the number of the latest revision of each."""

    meetings: Mapping[str, LedgerMeeting]
    revisions: Mapping[str, int]


def store_ledger(run: PassRun, lake: LakeWriter, batch: LedgerBatch) -> int:
    """Resolve the claims and append what follows from them; returns the number of alerts raised."""
    decisions = store_decisions(run, lake, batch.claims)
    return _store_alerts(run, lake, batch, decisions, {each.meeting_id: each.after for each in decisions})


def store_decisions(run: PassRun, lake: LakeWriter, claims: Sequence[LedgerClaim]) -> tuple[Decision, ...]:
    """Resolve the claims that are not decided yet, and append the decisions with the meetings as they then stand."""
    told = _read_decided(lake, claims) if claims else []
    decided = {(row["article_id"], row["version"], row["rules_version"], row["seq"]) for row in told}
    claims = [claim for claim in claims if _key_of(claim) not in decided]
    if not claims:
        return ()
    known = _read_ledger(lake, claims)
    backers = _read_backers(lake, {str(row["meeting_id"]) for row in told}, known.meetings)
    decisions = resolve_claims(known.meetings.values(), claims, backers)
    lake.append("decision_facts", [_decision_row(decision, run) for decision in decisions])
    after = {decision.meeting_id: decision.after for decision in decisions}
    lake.append("meeting_facts", _changed_rows(known, after, run))
    return decisions


def _read_decided(lake: LakeWriter, claims: Sequence[LedgerClaim]) -> list[dict[str, Any]]:
    days = sorted({claim.day for claim in claims})
    article_ids = sorted({claim.article_id for claim in claims})
    return lake.rows("select_decided", {"days": days, "article_ids": article_ids})


def _read_ledger(lake: LakeWriter, claims: Sequence[LedgerClaim]) -> _Known:
    since = min(claim.published_at for claim in claims).date() - timedelta(days=LEDGER_DAYS)
    rows = lake.rows("select_ledger", {"since": since})
    return _Known(
        {row["meeting_id"]: ledger_meeting_of(row) for row in rows},
        {row["meeting_id"]: int(row["revision"]) for row in rows},
    )


def _read_backers(
    lake: LakeWriter, meeting_ids: Iterable[str], meetings: Mapping[str, LedgerMeeting]
) -> dict[str, frozenset[str]]:
    """The articles behind the meetings that an earlier version of these stories told of."""
    wanted = sorted(set(meeting_ids) & set(meetings))
    if not wanted:
        return {}
    rows = lake.rows("select_backers", {"meeting_ids": wanted, "since": _first_day(meetings[one] for one in wanted)})
    backers: dict[str, set[str]] = {}
    for row in rows:
        backers.setdefault(row["meeting_id"], set()).add(row["article_id"])
    return {meeting_id: frozenset(articles) for meeting_id, articles in backers.items()}


def _changed_rows(known: _Known, after: Mapping[str, LedgerMeeting], run: PassRun) -> list[Row]:
    """One revision for each meeting that the batch changed."""
    return [
        ledger_row(meeting, known.revisions.get(meeting_id, 0) + 1, run.run_id, run.now)
        for meeting_id, meeting in after.items()
        if meeting != known.meetings.get(meeting_id)
    ]


def _store_alerts(
    run: PassRun,
    lake: LakeWriter,
    batch: LedgerBatch,
    decisions: Sequence[Decision],
    after: Mapping[str, LedgerMeeting],
) -> int:
    raising = [decision for decision in decisions if decision.raises_new]
    if not raising:
        return 0
    carriers = _read_carriers(lake, [after[decision.meeting_id] for decision in raising])
    rows = []
    for decision in raising:
        claim, meeting = decision.claim, after[decision.meeting_id]
        article = batch.articles[claim.article_id, claim.version]
        wire = run.wires().get(claim.wire_id)
        name = wire.name if wire else claim.wire_id
        carried = carriers.get(decision.meeting_id, ALONE)
        alert = make_summit_alert(decision, meeting, article, name, carried, run.now)
        rows.append(alert_row(alert, claim.day, run.run_id))
    # A channel is owed what is raised from now on, even if this pass dies before it delivers anything.
    lake.append("channel_facts", channel_rows(run.settings.alert_urls, run.now))
    return lake.append("alert_facts", rows)


def _read_carriers(lake: LakeWriter, meetings: Sequence[LedgerMeeting]) -> dict[str, Carriers]:
    """Wires and origins by meeting, with the claims that were appended in this transaction."""
    wanted = [meeting.meeting_id for meeting in meetings]
    rows = lake.rows("select_carriers", {"meeting_ids": wanted, "since": _first_day(meetings)})
    return {row["meeting_id"]: Carriers(row["wires"], row["origins"]) for row in rows}


def _first_day(meetings: Iterable[LedgerMeeting]) -> object:
    """The day before which no claim of these meetings lies: an article's day is not before its publication."""
    return min(min(meeting.opened_day, meeting.first_seen.date()) for meeting in meetings)


def _decision_row(decision: Decision, run: PassRun) -> Row:
    claim = decision.claim
    return {
        "day": claim.day,
        "article_id": claim.article_id,
        "version": claim.version,
        "rules_version": claim.rules_version,
        "seq": claim.seq,
        "meeting_id": decision.meeting_id,
        "action": decision.action,
        "score": decision.score,
        "reason": decision.reason,
        "decided_at": run.now,
        "run_id": run.run_id,
    }


def _key_of(claim: LedgerClaim) -> tuple[str, int, str, int]:
    return claim.article_id, claim.version, claim.rules_version, claim.seq
