"""`dateline feeds`: how each feed is, and when it is asked next; `check` and `add` have files of their own."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from tasks.desk.desk import Desk, open_desk
from tasks.desk.options import Format, Home
from tasks.desk.showing import note, print_json, print_table, show_time
from tasks.edge.lake.statements import query

app = App(name="feeds")


@app.default
def list_feeds(
    *,
    wire: Annotated[str | None, Parameter(help="Only feeds of this wire, by id or name.")] = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The feeds with their health, last answer and next poll."""
    with open_desk(home) as desk:
        rows = desk.ask(query("select_feeds_of_wire"), wire=wire and wire.lower())
        if format == "json":
            print_json(rows)
        elif rows:
            columns = ("feed", "health", "last answer", "next poll", "new", "what is wrong")
            print_table(columns, [_cells(desk, row) for row in rows])
        else:
            note("No feed fits; without --wire all are listed.")
    return 0


# By name, so that the list itself starts without the HTTP client.
app.command("tasks.desk.feeds_check:check_feeds", name="check", help="Ask feeds, store nothing, say what came.")
app.command("tasks.desk.feeds_add:add_feeds", name="add", help="Find a feed and write its entry.")


def _cells(desk: Desk, row: dict[str, Any]) -> tuple[str, ...]:
    answered, following = (show_time(row[name], desk.zone) for name in ("answered_at", "next_poll_at"))
    wrong = row["cause"] or row["failure"] or ""
    return row["feed_id"], row["health"], answered, following, str(row["new_items"]), wrong if row["failures"] else ""
