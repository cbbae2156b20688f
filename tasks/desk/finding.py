"""Find what a person names: an article by address or the beginning of its id, a meeting by id or name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tasks.core.address.forms import article_id_of
from tasks.core.errors import BadInput
from tasks.desk.desk import Desk
from tasks.edge.lake.statements import query

SHOWN_CHOICES = 5
Row = dict[str, Any]


def find_article(desk: Desk, given: str) -> Row:
    """The row of `articles` that an address or the beginning of an id names. Raises BadInput."""
    wanted = given.strip()
    if re.match(r"https?://", wanted, re.IGNORECASE):
        rows = desk.ask(
            "select * from articles where article_id = $id or url = $url order by day limit 1",
            id=article_id_of(wanted),
            url=wanted,
        )
    else:
        rows = desk.ask(
            "select * from articles where starts_with(article_id, $id) order by day desc, article_id limit $most",
            id=wanted.lower(),
            most=SHOWN_CHOICES + 1,
        )
    if not rows and wanted:
        _tell_forgotten(desk, wanted)
    return choose(rows, "article", given, lambda row: f"{row['article_id'][:12]} ({row['title'][:60]})", "latest")


def find_forgotten(desk: Desk, given: str) -> list[Row]:
    """The rows of `forgotten` that an address or the beginning of an id names."""
    wanted = given.strip()
    if re.match(r"https?://", wanted, re.IGNORECASE):
        known = "select article_id from forget_facts where list_contains(also_ids, $id)"
        return desk.ask(f"select * from forgotten where article_id in ({known})", id=article_id_of(wanted))  # noqa: S608
    return desk.ask("select * from forgotten where starts_with(article_id, $id)", id=wanted.lower()) if wanted else []


def _tell_forgotten(desk: Desk, given: str) -> None:
    if gone := find_forgotten(desk, given):
        when = f"{gone[0]['forgotten_at'].astimezone(desk.zone):%Y-%m-%d}"
        raise BadInput(f"The article {gone[0]['article_id'][:12]} was removed on {when}: {gone[0]['reason']}")


def find_wire(desk: Desk, wire: str) -> str:
    """The id of the wire that an id or a name means. Raises BadInput."""
    rows = desk.ask(
        "select wire_id from wires where lower(wire_id) = $wire or lower(name) = $wire "
        "union select distinct wire_id from articles where lower(wire_id) = $wire",
        wire=wire.strip().lower(),
    )
    if len(rows) != 1:
        raise BadInput(f"There is no wire {wire!r}, or more than one; `dateline feeds` lists their ids.")
    return str(rows[0]["wire_id"])


def find_meeting(desk: Desk, given: str) -> Row:
    """The row of `meetings` that the beginning of an id, a name or an alias means. Raises BadInput."""
    rows = desk.ask(query("select_meeting_like"), given=given.strip(), most=SHOWN_CHOICES + 1) if given.strip() else []
    return choose(rows, "meeting", given, lambda row: f"{row['meeting_id'][:12]} ({row['status']})", "summits")


def choose(rows: list[Row], what: str, given: str, tell: Callable[[Row], str], lister: str) -> Row:
    """The one row; where there is none or more than one, BadInput says what to give instead."""
    if not given.strip() or not rows:
        raise BadInput(f"No {what} has the id or address {given!r}; `dateline {lister}` lists what there is.")
    if len(rows) == 1:
        return rows[0]
    listed = ", ".join(tell(row) for row in rows[:SHOWN_CHOICES])
    more = ", and more" if len(rows) > SHOWN_CHOICES else ""
    raise BadInput(f"{given!r} is the beginning of several {what}s: {listed}{more}; give more of the id.")
