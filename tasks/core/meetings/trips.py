"""A trip to a meeting is that meeting: "will travel to Oslo on Monday for talks with X" tells of one, not of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.core.meetings.sighting import Sighting

_FOR = re.compile(r"\barriv\w+\b[^,;]*\sfor\s(?:[a-z-]+\s){0,2}(?:talks|a\smeeting|negotiations|consultations)\b")


def join_trips(seen: Sequence[Sighting]) -> list[Sighting]:
    """The sightings of a sentence without visits that lead to a meeting of it, which takes their place and days."""
    kept = list(seen)
    for visit in [each for each in seen if each.word == "visit" and each.who.codes]:
        meeting = next((each for each in kept if _is_reached(visit, each)), None)
        if meeting is None:
            continue
        where = meeting.where if meeting.where.place else visit.where
        when = meeting.when if meeting.when.days else visit.when
        status = visit.status if visit.status == "ongoing" and meeting.status == "held" else meeting.status
        kept[kept.index(meeting)] = replace(meeting, where=where, when=when, status=status)
        if not _is_long(visit):
            kept.remove(visit)
    return kept


def _is_reached(visit: Sighting, meeting: Sighting) -> bool:
    """Is it a meeting of those who travel with those whom they visit, and not of another time?"""
    codes = set(meeting.who.codes)
    is_of_them = len(codes) > 1 and set(visit.who.codes) <= codes
    is_then = meeting.when.days is None or visit.when.days is None or meeting.when.days == visit.when.days
    is_so = meeting.status == visit.status or (
        visit.status == "ongoing" and _FOR.search(visit.sentence.text) is not None
    )
    return meeting.word != "visit" and is_of_them and is_then and is_so


def _is_long(visit: Sighting) -> bool:
    """`will visit Beijing from Monday to Wednesday and meet X`: the visit is more than the meeting."""
    days = visit.when.days
    return days is not None and visit.when.precision == "day" and None not in days and days[0] != days[1]
