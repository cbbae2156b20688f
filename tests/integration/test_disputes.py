"""Meetings on which origins contradict each other: the ledger's SQL against plain Python, over random claims."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.write import LakeWriter, write_lake
from tests.disputes import TOLD, find_disputes
from tests.lakes import DAY, NOW, fill_row, make_lake

MEETINGS = 120
STATUSES = ("planned", "planned", "planned", "ongoing", "held", "postponed", "cancelled", "ruled_out", "proposed")
DISPUTED = "select meeting_id, disputed from meetings where claims > 0"


def test_random_ledgers_are_disputed_as_plain_python_has_it(tmp_path: Path) -> None:
    address = make_lake(tmp_path)
    with write_lake(address, "test", NOW, "claims") as lake:
        lay_claims(lake, random.Random(11))
    with closing(connect_reader(address)) as reader:
        found = dict(reader.execute(DISPUTED).fetchall())
        wanted = find_disputes(reader.execute(TOLD).fetchall())

    assert found == wanted
    fields = Counter(field for fields in wanted.values() for field in fields)
    assert len(wanted) == MEETINGS
    assert all(5 < fields[name] < MEETINGS - 5 for name in ("place", "date", "status")), fields


def lay_claims(lake: LakeWriter, dice: random.Random) -> None:
    """Up to nine claims a meeting by four origins, within three days; a third of the meetings are told nearly alike."""
    rows: dict[str, list[dict[str, Any]]] = {}

    def add(table: str, **parts: Any) -> None:
        rows.setdefault(table, []).append(fill_row(lake.connection, table, **parts))

    for meeting in range(MEETINGS):
        meeting_id, is_calm = f"meeting-{meeting:03}", meeting % 3 == 0
        add("meeting_facts", day=DAY, meeting_id=meeting_id, revision=1)
        # No two in one minute: which of them is an origin's latest word is nowhere said.
        for number, minutes in enumerate(dice.sample(range(4320), dice.randint(1, 9))):
            key = {"day": DAY, "article_id": f"{meeting_id}-{number}", "version": 1, "rules_version": "rules"}
            add("reading_facts", **key)
            add("decision_facts", **key, seq=0, meeting_id=meeting_id)
            told = NOW - timedelta(minutes=minutes)
            add(
                "claim_facts", **key, seq=0, published_at=told, origin=dice.choice("abcd"), **say(dice, is_calm=is_calm)
            )
    for table, found in rows.items():
        lake.append(table, found, are_new=True)


def say(dice: random.Random, *, is_calm: bool) -> dict[str, Any]:
    """What one claim says of its meeting, with fields that it leaves open."""
    first = date(2026, 5, 1) + timedelta(days=0 if is_calm else dice.randint(0, 2))
    has_days = dice.random() < 0.7
    return {
        "place": "Cebu" if is_calm and dice.random() < 0.9 else dice.choice(["Cebu", "Quito", None]),
        "place_precision": dice.choice(["city", "city", "city", "city", "city", "country", None]),
        "from_day": first if has_days else None,
        "to_day": first + timedelta(days=dice.randint(0, 1)) if has_days else None,
        "date_precision": dice.choice(["day", "day", "day", "week"]) if has_days else None,
        "status": "planned" if is_calm and dice.random() < 0.9 else dice.choice(STATUSES),
    }
