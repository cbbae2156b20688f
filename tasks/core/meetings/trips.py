"""A trip to a meeting is that meeting: "will travel to Oslo on Monday for talks with X" tells of one, not of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.core.meetings.sighting import Sighting


def join_trips(seen: Sequence[Sighting]) -> list[Sighting]:
    """The sightings of a sentence without visits that lead to a meeting of it, which takes their place and days."""
    kept = list(seen)
    for visit in [each for each in seen if each.word == "visit" and each.who.codes]:
        meeting = next((each for each in kept if _is_reached(visit, each)), None)
        if meeting is None:
            continue
        where = meeting.where if meeting.where.place else visit.where
        when = meeting.when if meeting.when.days else visit.when
        kept[kept.index(meeting)] = replace(meeting, where=where, when=when)
        kept.remove(visit)
    return kept


def _is_reached(visit: Sighting, meeting: Sighting) -> bool:
    """Is it a meeting of those who travel with those whom they visit, and not of another time?"""
    codes = set(meeting.who.codes)
    is_of_them = len(codes) > 1 and set(visit.who.codes) <= codes
    is_then = meeting.when.days is None or visit.when.days is None or meeting.when.days == visit.when.days
    return meeting.word != "visit" and is_of_them and is_then and meeting.status == visit.status
