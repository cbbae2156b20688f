"""What came of each visit to a page, as rows: the decision of robots.txt, reservations, corrections and withdrawals.

A look at a stored story (1 h and 1 d after its first text) changes nothing of its item's outcome: its fact alone says
that it was taken. So a pass that is killed before the commit looks again, and one that is killed after it does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tasks.core.model import Item
from tasks.core.novelty import Verdict
from tasks.core.rights import Visit
from tasks.core.schedule import GONE_KINDS, LOOKS
from tasks.core.stages import ItemFailure
from tasks.edge.fetching import look_bounds
from tasks.edge.lake.write import LakeWriter, Row
from tasks.edge.passes import PassRun

_ALL = 1_000_000  # more looks than one chunk can hold


def select_open(run: PassRun, lake: LakeWriter, items: Iterable[Item]) -> set[str]:
    """The ids of those items that wait as they did, or are still to be looked at.

    The others were ended, or tried in vain, since they were asked for: by another pass, or by this very chunk, whose
    commit was kept though its answer was lost.
    """
    listed = list(items)
    planned = {item.item_id for item in listed if item.look in LOOKS}
    waiting = {item.item_id: item for item in listed if item.look not in LOOKS}
    asked = {"item_ids": list(waiting), "since": min((item.day for item in waiting.values()), default=None)}
    rows = lake.rows("select_still_waiting", asked) if waiting else []
    untried = {row["item_id"] for row in rows if row["attempts"] == waiting[row["item_id"]].attempts}
    due = lake.rows("select_due_looks", look_bounds(run, [], _ALL)) if planned else []
    return untried | ({row["item_id"] for row in due} & planned)


def text_visit_row(run: PassRun, item: Item, article_id: str, verdict: Verdict) -> Row | None:
    """The fact of a visit that gave a text; None where no page was visited (imports, the feed's own words).

    A wire's own notice that it takes the story back is kept wherever it comes from.
    """
    if item.visit is None and item.look == "first" and not verdict.is_notice:
        return None
    if verdict.change == "new":
        result = "stored"
    elif verdict.is_stored:
        result = "changed"
    else:
        is_other = item.look == "first" and verdict.change in {"same", "poorer"}
        result = "duplicate" if is_other else verdict.change
    reason = "notice" if verdict.is_notice else verdict.change
    parts = {"reason": reason, "cause": verdict.words, "article_id": article_id, "version": verdict.version}
    return _visit_row(run, item, verdict.day, result, None, **parts)


def failed_visit_row(run: PassRun, failed: ItemFailure) -> Row | None:
    """The fact of a visit that gave none: a stored story is withdrawn where its page is gone, else the visit failed."""
    item, before, failure = failed.item, failed.item.before, failed.failure
    if item.visit is None and item.look == "first":
        return None
    if before is None:
        result = "waiting" if failed.next_try_at else "rejected"
    else:
        result = "withdrawn" if failure.kind in GONE_KINDS else "failed"
    kept = {"article_id": before.article_id, "version": before.version} if before else {}
    parts = {"reason": failure.kind, "cause": failure.cause, **kept}
    return _visit_row(run, item, before.day if before else item.day, result, failed.next_try_at, **parts)


def _visit_row(run: PassRun, item: Item, day: date, result: str, next_try_at: datetime | None, **parts: Any) -> Row:
    visit = item.visit or Visit()
    signs = visit.signs
    return {
        "day": day,
        "item_id": item.item_id,
        "visited_at": run.now,
        "run_id": run.run_id,
        "look": item.look,
        "attempt": item.attempts + 1,
        "result": result,
        "next_try_at": next_try_at,
        "article_id": None,
        "version": None,
        "status": visit.status,
        "robots": visit.robots,
        "tdm_reservation": visit.rights.reservation,
        "tdm_policy": visit.rights.policy,
        "page_title": visit.page_title or None,
        "wire_id": item.wire_id,
        "is_first_load": item.is_first_load,
        "quality": signs.quality if signs else None,
        "quality_reason": signs.reason if signs else None,
        "text_length": signs.length if signs else None,
        "has_day": signs.has_day if signs else None,
        "has_authors": signs.has_authors if signs else None,
        "archive_file": visit.archive_file,
        "archive_offset": visit.archive_offset,
        **parts,
    }
