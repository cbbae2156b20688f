"""`dateline reread --diff`: the tags, meetings and alerts that would come and go. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tasks.core.errors import BadInput
from tasks.core.model import Decision
from tasks.desk.bars import show_bars
from tasks.desk.change_words import change_json, counts_json, print_change, print_counts, tell_causes, tell_total
from tasks.desk.desk import name_countries
from tasks.desk.meeting_words import tell_meeting
from tasks.desk.options import Format
from tasks.desk.showing import one_line, print_json, say
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.rows import meeting_parts
from tasks.edge.passes import PassRun, open_catalog
from tasks.edge.previewing import MeetingChange, Preview, preview_reread
from tasks.edge.rereading import FIRST_DAY, LAST_DAY
from tasks.edge.retagging import CatalogSide, StoredSide
from tasks.settings import Settings

Json = dict[str, Any]


def preview_archive(settings: Settings, days: tuple[date | None, date | None], format: Format) -> int:
    """Print what a reread of these days (both included) would change. Raises LakeMissing, CatalogBroken, BadInput."""
    bounds = days[0] or FIRST_DAY, days[1] or LAST_DAY
    if bounds[0] > bounds[1]:
        raise BadInput(f"--since {bounds[0]} is after --until {bounds[1]}; give them the other way round.")
    run = PassRun("preview", "reread", utc_now(), settings, open_catalog(settings), locate_lake(settings))
    sides, preview = (StoredSide(), CatalogSide(run.catalog)), Preview()
    with show_bars():
        changes = preview_reread(run, bounds, preview)
        if format == "json":
            listed = [change_json(found, tell_causes(found, *sides)) for found in changes]
            print_json(_tell_json(run, preview, listed))
            return 0
        for found in changes:
            print_change(found, tell_causes(found, *sides))
    _print_rest(run, preview)
    return 0


def _print_rest(run: PassRun, preview: Preview) -> None:
    countries = name_countries(run.settings)
    print_counts(preview.compared)
    unread = f"today's rules ({run.catalog.rules_version}), which have not read {preview.read:,} of them yet"
    say(f"{tell_total(preview.compared)} by {unread}.")
    for title, changes in _part_meetings(preview).items():
        if changes:
            say(f"Meetings that would {title}:", *(f"  {_tell_change(each, countries)}" for each in changes))
    if preview.raised:
        say("Alerts that would come, had the stories come today (a reread itself raises none):")
        say(*(f"  + {_tell_raised(each, countries)}" for each in preview.raised))
    if preview.fallen:
        say("Alerts that would stand no more, since no story would tell of their meeting:")
        say(*(f"  - {row['kind']}  {tell_meeting(row, countries)}" for row in preview.fallen))
    if not preview.meetings:
        say("No meeting of the ledger would change.")
    say("Nothing was written.")


def _part_meetings(preview: Preview) -> dict[str, list[MeetingChange]]:
    return {
        "come": [change for change in preview.meetings if change.before is None],
        "go": [change for change in preview.meetings if change.after is None],
        "change": [change for change in preview.meetings if change.changed],
    }


def _tell_change(change: MeetingChange, countries: Mapping[str, str]) -> str:
    row = change.after or change.before or {}
    sign = "+" if change.before is None else "-" if change.after is None else "~"
    told = f"{sign} {change.meeting_id[:8]} {row['kind']}  {tell_meeting(row, countries)}"
    if not change.changed or change.before is None or change.after is None:
        return told
    moved = (f"{name} {_tell(change.before[name])} -> {_tell(change.after[name])}" for name in change.changed)
    return f"{told} ({'; '.join(moved)})"


def _tell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _tell_raised(decision: Decision, countries: Mapping[str, str]) -> str:
    told = tell_meeting(meeting_parts(decision.after), countries)
    sentence = decision.claim.meeting.claims[0].text
    return f"summit.new  {told}  “{one_line(sentence)}” ({decision.claim.article_id[:8]})"


def _tell_json(run: PassRun, preview: Preview, changes: list[Json]) -> Json:
    meetings = {
        name: [{"meeting_id": each.meeting_id, "before": each.before, "after": each.after} for each in listed]
        for name, listed in _part_meetings(preview).items()
    }
    raised = [
        {
            **meeting_parts(each.after),
            "kind": "summit.new",
            "meeting_id": each.meeting_id,
            "article_id": each.claim.article_id,
            "sentence": each.claim.meeting.claims[0].text,
        }
        for each in preview.raised
    ]
    head = {"rules_version": run.catalog.rules_version, "read": preview.read}
    alerts = {"come": raised, "go": list(preview.fallen)}
    return {**head, **counts_json(preview.compared), "changes": changes, "meetings": meetings, "alerts": alerts}
