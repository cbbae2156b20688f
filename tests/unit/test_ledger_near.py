"""A chunk is decided on the meetings near it as on the whole ledger."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tasks.core.ledger.decide import list_minted_ids, resolve_claims
from tasks.core.ledger.near import look_out
from tasks.core.model import LedgerClaim, LedgerMeeting
from tests.claims import meet, tell
from tests.many_meetings import backers_of, make_claims, make_ledger

AU = {"format": "organisation", "organisation": "African Union"}


def pick(rows: Sequence[LedgerMeeting], claims: Sequence[LedgerClaim]) -> list[LedgerMeeting]:
    sees = look_out(claims, backers_of(claims)).sees
    return [row for row in rows if sees(row.meeting_id, row.organisation, row.parties, (row.name, *row.aliases))]


@pytest.mark.parametrize("seed", range(4))
def test_a_chunk_is_decided_on_what_is_near_it_as_on_the_whole_ledger(seed):
    rows = make_ledger(1_500, seed)
    claims = make_claims(rows, 240, seed + 100)
    kept = 0
    for at in range(0, len(claims), 40):
        chunk = claims[at : at + 40]
        near = pick(rows, chunk)
        kept += len(near)
        assert resolve_claims(near, chunk, backers_of(chunk)) == resolve_claims(rows, chunk, backers_of(chunk))
    assert kept < 6 * len(rows) / 2


@pytest.mark.parametrize(
    ("told", "organisation", "parties", "names", "is_seen"),
    [
        pytest.param(meet("ECU", "PAN"), None, ("COL", "ECU", "PAN"), (None,), True, id="two parties shared"),
        pytest.param(meet("ECU", "PAN"), None, ("COL", "ECU"), (None,), False, id="one of two shared"),
        pytest.param(meet("ECU", "PAN"), None, ("ECU",), (None,), True, id="the only party of the row"),
        pytest.param(meet("ECU"), None, ("COL", "ECU"), (None,), True, id="the only party of the claim"),
        pytest.param(meet(**AU), "The African Union", (), (None,), True, id="the same body"),
        pytest.param(meet(**AU), "European Union", (), (None,), False, id="another body"),
        pytest.param(meet("EUU", "CHE"), "European Council", ("CHE",), (None,), True, id="the union is a party too"),
        pytest.param(
            meet("ECU", name="Andes Accord Summit"), None, (), (None, "The Andes Accord"), True, id="an alias"
        ),
        pytest.param(meet("ECU", "PAN"), None, (), (None,), False, id="nothing shared"),
    ],
)
def test_a_meeting_is_near_by_what_names_it(told, organisation, parties, names, is_seen):
    sees = look_out([tell("norvik", "2025-12-11 09:00", told)]).sees

    assert sees("other", organisation, parties, names) is is_seen


def test_a_meeting_is_near_by_its_id_and_by_one_that_a_claim_could_give():
    claim = tell("norvik", "2025-12-11 09:00", meet("ECU", "PAN"))
    sees = look_out([claim], ["known"]).sees

    assert sees("known", None, (), ())
    assert all(sees(one, None, (), ()) for one in list_minted_ids(claim))
