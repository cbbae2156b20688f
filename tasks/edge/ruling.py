"""An analyst's rulings on the ledger: two rows are one meeting, or some stories tell of another one; facts like others.

merge: ruling (gone -> kept)           -> the kept row folded anew from the claims of both
split: a ruling for each article       -> a row of its own from their claims, the old one from what is left

Under the write lock, in one transaction; no decision of the ledger is changed, so that a ruling can be seen and undone
by the next one. Raises no alert.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from tasks.core.errors import BadInput
from tasks.core.ledger.refold import mint_split_id, refold_meeting
from tasks.core.model import LedgerClaim, LedgerMeeting, Meeting, Mention
from tasks.edge.lake.attach import LakeAddress
from tasks.edge.lake.rows import ledger_meeting_of, ledger_row, place_of
from tasks.edge.lake.write import LakeWriter, Row, write_lake

_KEY = ("article_id", "version", "rules_version", "seq")
_OF_CLAIM = (*_KEY, "day", "wire_id", "origin", "published_at")
_OF_MEETING = (
    "kind", "format", "name", "organisation", "edition", "host", "from_day", "to_day", "date_precision", "status",
    "confidence",
)  # fmt: skip


def merge_meetings(address: LakeAddress, kept: str, gone: str, reason: str, now: datetime) -> None:
    """Make one meeting of two: `kept` has the claims of both from now on, and `gone` resolves to it."""
    with write_lake(address, "summits merge", now, f"merge {gone} into {kept}") as lake:
        rows, revisions = read_meetings(lake, [kept, gone])
        earlier = [row["meeting_id"] for row in lake.rows("select_merged_into", {"meeting_id": gone})]
        rulings = [_ruling("merge", one, kept, "", reason, now) for one in (gone, *earlier)]
        lake.append("ruling_facts", rulings)
        before = replace(rows[kept], is_told=rows[kept].is_told or rows[gone].is_told)
        claims = read_claims(lake, [kept]).get(kept, [])
        write_meeting(lake, refold_meeting(claims, kept, before), revisions[kept], now)


def split_meeting(address: LakeAddress, meeting_id: str, article_ids: Sequence[str], reason: str, now: datetime) -> str:
    """Move articles of a meeting to one of their own; returns its id. Raises BadInput where nothing would be left."""
    with write_lake(address, "summits split", now, f"split {meeting_id}") as lake:
        rows, revisions = read_meetings(lake, [meeting_id])
        claims = read_claims(lake, [meeting_id]).get(meeting_id, [])
        moved = [claim for claim in claims if claim.article_id in article_ids]
        left = [claim for claim in claims if claim.article_id not in article_ids]
        if not moved or not left:
            raise BadInput(
                "A split needs articles that tell of the meeting and others that stay with it; "
                f"{len(moved)} of {len(claims)} claims would move."
            )
        into = mint_split_id(meeting_id, article_ids)
        lake.append("ruling_facts", [_ruling("split", meeting_id, into, one, reason, now) for one in article_ids])
        before = rows[meeting_id]
        write_meeting(lake, refold_meeting(left, meeting_id, before), revisions[meeting_id], now)
        write_meeting(lake, refold_meeting(moved, into, before), 0, now)
        return into


def read_meetings(lake: LakeWriter, meeting_ids: Sequence[str]) -> tuple[dict[str, LedgerMeeting], dict[str, int]]:
    """The latest row of each of these meetings, and the number of its revision."""
    rows = lake.rows("select_meeting_rows", {"meeting_ids": list(meeting_ids)})
    return (
        {row["meeting_id"]: ledger_meeting_of(row) for row in rows},
        {row["meeting_id"]: int(row["revision"]) for row in rows},
    )


def read_claims(lake: LakeWriter, meeting_ids: Sequence[str]) -> dict[str, list[LedgerClaim]]:
    """The claims of these meetings, by meeting; the sentences of one claim are rows of their own."""
    rows = lake.rows("select_claims_of", {"meeting_ids": list(meeting_ids)})
    ordered = sorted(rows, key=lambda row: [str(row[name]) for name in _KEY])
    claims: dict[str, list[LedgerClaim]] = {}
    for _, group in groupby(ordered, key=lambda row: [row[name] for name in _KEY]):
        told = list(group)
        claims.setdefault(told[0]["meeting_id"], []).append(_claim_of(told))
    return claims


def _claim_of(rows: Sequence[Mapping[str, Any]]) -> LedgerClaim:
    first: dict[str, Any] = dict(rows[0])
    lists: dict[str, Any] = {name: tuple(first[name] or ()) for name in ("parties", "actors", "inferred")}
    meeting = Meeting(
        **{name: first[name] for name in _OF_MEETING},
        **lists,
        place=place_of(first),
        claims=tuple(Mention(row["sentence"], row["start_char"], row["end_char"]) for row in rows),
    )
    return LedgerClaim(**{name: first[name] for name in _OF_CLAIM}, is_silent=True, meeting=meeting)


def _ruling(action: str, meeting_id: str, into_id: str, article_id: str, reason: str, now: datetime) -> Row:
    return {
        "day": now.date(),
        "action": action,
        "meeting_id": meeting_id,
        "into_id": into_id,
        "article_id": article_id,
        "reason": reason or None,
        "ruled_at": now,
        "run_id": _name_run(now),
    }


def write_meeting(lake: LakeWriter, meeting: LedgerMeeting, revision: int, now: datetime) -> None:
    """Append the row that follows the revision."""
    lake.append("meeting_facts", [ledger_row(meeting, revision + 1, _name_run(now), now)])


def _name_run(now: datetime) -> str:
    return f"ruling-{now:%Y%m%dT%H%M%S}"
