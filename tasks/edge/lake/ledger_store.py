"""The ledger in the lake: read within the transaction, resolved by the core, its decisions and alerts appended.

    claims of the chunk -> those not decided yet -> resolve_claims -> decision_facts, meeting_facts
                                                                   -> alert_facts, channel_facts (owed from here on)

Runs inside the write transaction of `store`, so that two passes never decide on the same ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tasks.core.ledger.decide import resolve_claims
from tasks.core.ledger.near import look_out
from tasks.core.model import Decision, LedgerClaim, LedgerMeeting
from tasks.edge.lake.ledger_alerts import LedgerBatch, TakenBack, first_day, store_alerts
from tasks.edge.lake.rows import ledger_meeting_of, ledger_row
from tasks.edge.lake.write import LakeWriter, Row

if TYPE_CHECKING:
    from tasks.edge.passes import PassRun

# A story still speaks of last year's summit; what nobody has named for longer opens a row anew, silently.
LEDGER_DAYS = 400
# A memory that says its day is looked for that far back, and its row about that day.
MEMORY_DAYS, MEMORY_SLACK = 5 * 366, 31


@dataclass(frozen=True, slots=True)
class _Known:
    """The ledger about the batch, as it stood before: meetings, and the number of the latest revision of each."""

    meetings: Mapping[str, LedgerMeeting]
    revisions: Mapping[str, int]


def store_ledger(run: PassRun, lake: LakeWriter, batch: LedgerBatch) -> int:
    """Resolve the claims and append what follows from them; returns the number of alerts raised."""
    told = _read_decided(lake, batch)
    decisions = _decide(run, lake, batch.claims, told)
    return store_alerts(run, lake, batch, decisions, _list_taken_back(lake, batch, told))


def store_decisions(run: PassRun, lake: LakeWriter, claims: Sequence[LedgerClaim]) -> tuple[Decision, ...]:
    """Resolve the claims that are not decided yet, and append the decisions with the meetings as they then stand."""
    return _decide(run, lake, claims, _read_decided(lake, LedgerBatch(tuple(claims), {})))


def _decide(run: PassRun, lake: LakeWriter, claims: Sequence[LedgerClaim], told: Sequence[Row]) -> tuple[Decision, ...]:
    decided = {(row["article_id"], row["version"], row["rules_version"], row["seq"]) for row in told}
    claims = [claim for claim in claims if _key_of(claim) not in decided]
    if not claims:
        return ()
    own = {str(row["meeting_id"]) for row in told}
    known = _read_ledger(lake, claims, own)
    backers = _read_backers(lake, own, known.meetings)
    decisions = resolve_claims(known.meetings.values(), claims, backers)
    lake.append("decision_facts", [_decision_row(decision, run) for decision in decisions], are_new=True)
    after = {decision.meeting_id: decision.after for decision in decisions}
    lake.append("meeting_facts", _changed_rows(known, after, run))
    return decisions


def _list_taken_back(lake: LakeWriter, batch: LedgerBatch, told: Sequence[Row]) -> list[TakenBack]:
    """The meetings that replaced versions of the batch's articles told of, and that nobody tells of now."""
    revised = {each.article.article_id: each for each in batch.revised}
    backed = {
        str(row["meeting_id"]): by
        for row in told
        if (by := revised.get(row["article_id"])) is not None and by.replaces(row["version"])
    }
    if not backed:
        return []
    return [TakenBack(meeting, backed[meeting.meeting_id]) for meeting in _list_untold(lake, backed)]


def _list_untold(lake: LakeWriter, meeting_ids: Iterable[str]) -> list[LedgerMeeting]:
    """Those of these meetings that no current reading tells of, in order."""
    meetings = [
        ledger_meeting_of(row) for row in lake.rows("select_meeting_rows", {"meeting_ids": sorted(meeting_ids)})
    ]
    if not meetings:
        return []
    # Claims are asked from the day on that the rows give: to look through all of them took a second.
    wanted = {"meeting_ids": [meeting.meeting_id for meeting in meetings], "since": first_day(meetings)}
    told = {row["meeting_id"] for row in lake.rows("select_carriers", wanted)}
    return [meeting for meeting in meetings if meeting.meeting_id not in told]


def _read_decided(lake: LakeWriter, batch: LedgerBatch) -> list[dict[str, Any]]:
    """What was decided on any version of the batch's articles before."""
    asked = {(claim.day, claim.article_id) for claim in batch.claims}
    asked |= {(each.day, each.article.article_id) for each in batch.revised}
    if not asked:
        return []
    days, article_ids = sorted({day for day, _ in asked}), sorted({article_id for _, article_id in asked})
    return lake.rows("select_decided", {"days": days, "article_ids": article_ids})


def _read_ledger(lake: LakeWriter, claims: Sequence[LedgerClaim], own: Iterable[str]) -> _Known:
    """The meetings that these claims could touch, and those of `own`: some hundreds of ten thousand.

    The others stay in the frame: to make dicts and rows of them took as long as to read them (measured).
    """
    ledger = lake.frame("select_ledger", {"since": min(map(_reach_back, claims))})
    seen, named = look_out(claims, own).sees, ledger.select("meeting_id", "organisation", "parties", "name", "aliases")
    near = [
        seen(meeting_id, organisation, parties or (), (name, *(aliases or ())))
        for meeting_id, organisation, parties, name, aliases in named.iter_rows()
    ]
    rows = list(ledger.filter(near).iter_rows(named=True))
    return _Known(
        {row["meeting_id"]: ledger_meeting_of(row) for row in rows},
        {row["meeting_id"]: int(row["revision"]) for row in rows},
    )


def _reach_back(claim: LedgerClaim) -> date:
    """The day from which on the meeting of a claim may have been told: of a memory with its day, about that day."""
    told = claim.published_at.date()
    usual = told - timedelta(days=LEDGER_DAYS)
    held = claim.meeting.from_day
    is_memory = held is not None and told - timedelta(days=MEMORY_DAYS) <= held < usual
    return held - timedelta(days=MEMORY_SLACK) if held is not None and is_memory else usual


def _read_backers(
    lake: LakeWriter, meeting_ids: Iterable[str], meetings: Mapping[str, LedgerMeeting]
) -> dict[str, frozenset[str]]:
    """The articles behind the meetings that an earlier version of these stories told of."""
    wanted = sorted(set(meeting_ids) & set(meetings))
    if not wanted:
        return {}
    rows = lake.rows("select_backers", {"meeting_ids": wanted, "since": first_day(meetings[one] for one in wanted)})
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
