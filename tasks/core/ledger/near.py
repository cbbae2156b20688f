"""Which meetings of a large ledger can a few claims touch at all? The others need not be made into rows.

    claims of a chunk -> Lookout -> sees(meeting)? for each of ten thousand meetings, by what names it

What it sees holds all that the ledger's index would find for these claims, whatever the claims change on the way: a row
that a claim changes is one that it found. So the decisions are the same as on the whole ledger. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tasks.core.ledger.decide import list_minted_ids
from tasks.core.ledger.key import fold_body, key_of_meeting, name_words, settle_parties
from tasks.core.model import LedgerClaim

Pair = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lookout:
    """What names the meetings of some claims; `lone` are parties of claims that name no other."""

    meeting_ids: frozenset[str]
    bodies: frozenset[str]
    names: frozenset[frozenset[str]]
    parties: frozenset[str]
    pairs: frozenset[Pair]
    lone: frozenset[str]

    def sees(
        self, meeting_id: str, organisation: str | None, parties: Iterable[str], names: Iterable[str | None]
    ) -> bool:
        """Could one of the claims belong to this meeting? `names` are its name and aliases."""
        body = fold_body(organisation)
        if meeting_id in self.meeting_ids or body in self.bodies:
            return True
        named = settle_parties(body, tuple(parties))
        if len(named) == 1 and not self.parties.isdisjoint(named):
            return True
        if not self.lone.isdisjoint(named) or any(pair in self.pairs for pair in combinations(sorted(named), 2)):
            return True
        return any(name_words(name) in self.names for name in names if name)


def look_out(claims: Iterable[LedgerClaim], meeting_ids: Iterable[str] = ()) -> Lookout:
    """What these claims could touch; `meeting_ids` are meetings that are needed whatever they are named."""
    wanted = list(claims)
    keys = [key_of_meeting(claim.meeting) for claim in wanted]
    minted = (one for claim in wanted if claim.meeting.claims for one in list_minted_ids(claim))
    return Lookout(
        meeting_ids=frozenset((*meeting_ids, *minted)),
        bodies=frozenset(key.body for key in keys if key.body is not None),
        names=frozenset(words for key in keys for words in key.names),
        parties=frozenset(party for key in keys for party in key.parties),
        pairs=frozenset(pair for key in keys for pair in combinations(sorted(key.parties), 2)),
        lone=frozenset(party for key in keys if len(key.parties) == 1 for party in key.parties),
    )
