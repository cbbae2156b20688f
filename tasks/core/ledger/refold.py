"""A meeting folded anew from its claims, after an analyst merged or split it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.core.address.forms import hash_key
from tasks.core.ledger.decide import by_publication
from tasks.core.ledger.fold import fold_claim, open_row
from tasks.core.model import LedgerClaim, LedgerMeeting


def refold_meeting(claims: Sequence[LedgerClaim], meeting_id: str, before: LedgerMeeting) -> LedgerMeeting:
    """The row of these claims, in order of publication, under this id; what was told of `before` stays told.

    Without claims it is `before` under the id.
    """
    ordered = sorted(claims, key=by_publication)
    if not ordered:
        return replace(before, meeting_id=meeting_id)
    row = open_row(ordered[0], meeting_id)
    for claim in ordered[1:]:
        row = fold_claim(row, claim)
    return replace(row, opened_day=before.opened_day, is_told=before.is_told)


def mint_split_id(meeting_id: str, article_ids: Sequence[str]) -> str:
    """The id of the meeting that articles taken from another one tell of."""
    return hash_key("split", meeting_id, *sorted(article_ids))
