"""Sentences of news that others collected and that hold the word "summit": `python -m tests.quality.summits_outside [SEED]`.

Prints how many there are, in how many a summit is read, how many distinct ones the ledger makes of them, and a seeded sample
of 60 (or all, where there are fewer) to be judged by hand: the sentences are printed and kept nowhere.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from tasks.core.ledger.decide import resolve_claims
from tasks.core.model import Decision, LedgerClaim, Meeting, Story
from tasks.core.reading import open_reader
from tests.catalog import builtin_catalog
from tests.quality.cases import Case, read_events
from tests.quality.figures import say

SAMPLE = 60


def main() -> None:
    """Print the counts and the sample."""
    cases = [case for case in read_events() if "summit" in case.text.casefold()]
    reader = open_reader(builtin_catalog())
    read = [(case, _find_summits(reader.read_story(_tell(case)).meetings or ())) for case in cases]
    found = [(case, meetings) for case, meetings in read if meetings]
    decisions = resolve_claims(
        (), [claim for number, pair in enumerate(found) for claim in _list_claims(number, *pair)]
    )
    say(
        f"{len(cases)} sentences, in {len(found)} of them a summit; {len({each.meeting_id for each in decisions})} distinct"
    )
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    for case, meetings in random.Random(seed).sample(found, min(SAMPLE, len(found))):
        say(f"\n{case.day} {case.text}")
        for meeting in meetings:
            say(f"    {_tell_meeting(meeting)}")
    _tell_ledger(decisions)


def _tell(case: Case) -> Story:
    return Story(text=case.text, published_at=datetime.fromisoformat(case.day).replace(hour=12, tzinfo=UTC), lang="en")


def _find_summits(meetings: tuple[Meeting, ...]) -> list[Meeting]:
    return [meeting for meeting in meetings if meeting.kind == "summit"]


def _list_claims(number: int, case: Case, meetings: list[Meeting]) -> Iterator[LedgerClaim]:
    told = datetime.fromisoformat(case.day).replace(hour=12, tzinfo=UTC)
    for seq, meeting in enumerate(meetings):
        yield LedgerClaim(f"a{number}", 1, "rules", seq, told.date(), "events", "events", told, False, meeting)


def _tell_ledger(decisions: tuple[Decision, ...]) -> None:
    """Every meeting of more than one sentence, to be looked over for wrong merges, then the others by parties."""
    rows: dict[str, list[Decision]] = {}
    for decision in decisions:
        rows.setdefault(decision.meeting_id, []).append(decision)
    say("\nThe ledger, by who meets and when")
    for told in sorted(rows.values(), key=lambda told: (str(told[-1].after.organisation), told[-1].after.parties)):
        row = told[-1].after
        days = f"{row.from_day or ''}..{row.to_day or ''}"
        place = row.place.name if row.place else ""
        said = ", ".join(f"{each.claim.published_at:%Y-%m-%d}" for each in told)
        say(f"  {row.organisation or ''} {'-'.join(row.parties)} {row.name or ''} {place} {days} {row.status} [{said}]")


def _tell_meeting(meeting: Meeting) -> str:
    place = meeting.place.name if meeting.place else ""
    who = f"{meeting.organisation or ''} {'-'.join(meeting.parties)}"
    return (
        f"{meeting.confidence} {who} {meeting.name or ''} {place} {meeting.from_day}..{meeting.to_day} {meeting.status}"
    )


if __name__ == "__main__":
    main()
