"""One meeting of the ledger whole: as it stands, how it changed, and what each wire says of it, in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tasks.desk.desk import Desk
from tasks.desk.meeting_words import place_json, tell_meeting, tell_place, tell_window
from tasks.desk.showing import count, one_line, print_json, say, show_time
from tasks.edge.lake.statements import query

Row = Mapping[str, Any]


def print_meeting(desk: Desk, row: Row, countries: Mapping[str, str], form: str) -> None:
    """The meeting as text or JSON: the row, its history, and its claims in order of publication."""
    claims = desk.ask(query("select_meeting_timeline"), meeting_id=row["meeting_id"])
    history = desk.ask(query("select_meeting_history"), meeting_id=row["meeting_id"])
    if form == "json":
        print_json(meeting_json(row, history, claims))
        return
    say(*_tell_row(desk, row, countries), "", "How it changed")
    say(*(f"  {show_time(step['changed_at'], desk.zone)}  {_tell_step(step, countries)}" for step in history))
    say("", "What the wires say, in order of publication")
    for claim in claims:
        say(*_tell_claim(desk, claim, countries))


def meeting_json(row: Row, history: list[dict[str, Any]], claims: list[dict[str, Any]]) -> dict[str, Any]:
    """The row with `place`, `from` and `to` as in `dateline summits`, its `history` and its `timeline`."""
    apart = {"place", "place_region", "place_country", "place_precision", "from_day", "to_day"}
    kept = {name: value for name, value in row.items() if name not in apart}
    window = {"from": row["from_day"], "to": row["to_day"]}
    return {**kept, "place": place_json(row), **window, "history": history, "timeline": claims}


def _tell_row(desk: Desk, row: Row, countries: Mapping[str, str]) -> Iterator[str]:
    yield f"{row['kind']}: {tell_meeting(row, countries)}"
    if row["aliases"]:
        yield f"  also called {', '.join(row['aliases'])}"
    if row["disputed"]:
        yield f"  DISPUTED: independent origins contradict each other on {' and '.join(row['disputed'])}"
    if row["needs_review"]:
        yield "  to be reviewed: a story fits this meeting and another about equally (`summits merge`, `summits split`)"
    if row["actors"]:
        yield f"  with {', '.join(row['actors'])}"
    seen = f"first told {show_time(row['first_seen'], desk.zone)}, last {show_time(row['last_seen'], desk.zone)}"
    carried = f"{count(row['wires'], 'wire')}, {count(row['origins'], 'independent origin')}"
    yield f"  {carried}; {seen}; id {row['meeting_id']}"


def _tell_step(step: Row, countries: Mapping[str, str]) -> str:
    parts = (
        step["status"].replace("_", " "),
        tell_place(step, countries),
        tell_window(step["from_day"], step["to_day"]),
    )
    return "; ".join(part for part in parts if part)


def _tell_claim(desk: Desk, claim: Row, countries: Mapping[str, str]) -> Iterator[str]:
    origin = f" ({claim['origin']})" if claim["origin"] != claim["wire_id"] else ""
    yield f"  {show_time(claim['published_at'], desk.zone)}  {claim['wire']}{origin}: {_tell_step(claim, countries)}"
    yield f"      “{one_line(claim['sentence'])}”"
    yield f"      {claim['action']}: {claim['reason']}; {claim['url'] or ''} {claim['article_id'][:8]}"
