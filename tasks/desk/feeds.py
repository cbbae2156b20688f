"""`dateline feeds`: how each feed is, and when it is asked next; `check` and `add` have files of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from cyclopts import App, Parameter

from tasks.desk.desk import Desk, open_desk
from tasks.desk.options import Format, Home
from tasks.desk.showing import describe_age, note, print_json, print_table, show_time
from tasks.edge.lake.statements import query

app = App(name="feeds")


@app.default
def list_feeds(
    *,
    wire: Annotated[str | None, Parameter(help="Only feeds of this wire, by id or name.")] = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The feeds with their health, last new item, next poll, overlap, longest delay to expect and last error."""
    with open_desk(home) as desk:
        rows = desk.ask(query("select_feeds_of_wire"), wire=wire and wire.lower())
        if format == "json":
            print_json(rows)
        elif rows:
            columns = ("feed", "health", "last new", "next poll", "overlap", "delay", "gaps", "last error")
            print_table(columns, [_cells(desk, row) for row in rows])
            for broken in desk.ask(query("select_broken_layouts")):
                note(f"{broken['wire']}: {broken['trouble'] or 'its pages are not yet as they were'}")
            note(
                "overlap: entries known at the last poll; delay: from the feed to us, at worst; gaps: polls in 60 days "
                "at which no known entry was left (`dateline sql gaps`)."
            )
        else:
            note("No feed fits; without --wire all are listed.")
    return 0


# By name, so that the list itself starts without the HTTP client.
app.command("tasks.desk.feeds_check:check_feeds", name="check", help="Ask feeds, store nothing, say what came.")
app.command("tasks.desk.feeds_add:add_feeds", name="add", help="Find a feed and write its entry.")


def _cells(desk: Desk, row: dict[str, Any]) -> tuple[str, ...]:
    new, following = (show_time(row[name], desk.zone) for name in ("new_at", "next_poll_at"))
    overlap = "" if row["overlap"] is None else f"{row['overlap']:.0%}"
    delay = describe_age(timedelta(seconds=row["longest_delay_s"])) if row["longest_delay_s"] is not None else ""
    return row["feed_id"], row["health"], new, following, overlap, delay, str(row["gaps"]), _tell_error(desk, row)


def _tell_error(desk: Desk, row: dict[str, Any]) -> str:
    """What is amiss now; else what last went wrong, with its time."""
    now = [row["trouble"], (row["cause"] or row["failure"]) if row["outcome"] == "failed" else None]
    told = "; ".join(part for part in now if part)
    if told or not row["last_cause"]:
        return told
    return f"{show_time(row['failed_at'], desk.zone)}: {row['last_cause']} (answers again)"
