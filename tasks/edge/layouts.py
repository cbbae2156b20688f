"""Notice that a wire's pages look other than they did, in the first pass of an hour: an alert when they break.

Runs under the pass lock, before deliveries: what is raised goes out with the pass. The fact of the change and the alert
are one transaction, so that a pass that is killed before it raises again, and one killed after it does not. Once an
hour, since to fold five weeks of visits takes as long as to read ten pages (0.35 s for 90,000 of them, measured).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tasks.core.page.layout import describe_trouble, example_day, make_layout_alert, same_hour, settle_layout
from tasks.edge.alert_channels import list_lines
from tasks.edge.lake.alert_rows import alert_row, channel_rows
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import Row, fetch_rows, write_lake
from tasks.edge.passes import PassRun

LAYOUT_DAYS = 40  # as the view looks back


def raise_layout_alerts(run: PassRun) -> int:
    """Record the wires whose layout broke or is well again; returns the number of alerts raised."""
    since = run.now.date() - timedelta(days=LAYOUT_DAYS)
    with borrow_lake(run.address) as connection:
        (before,) = fetch_rows(connection, query("select_pass_before"), {"run_id": run.run_id, "since": since})
        if before["began_at"] is not None and same_hour(before["began_at"], run.now):
            return 0
        rows = fetch_rows(connection, query("select_wire_layout"), {"since": since})
    changes = [(row, state) for row in rows if (state := settle_layout(row, run.now))]
    if not changes:
        return 0
    alerts = [
        alert_row(make_layout_alert(row, run.now), example_day(row, run.now), run.run_id)
        for row, state in changes
        if state == "broken"
    ]
    with write_lake(run.address, f"alert {run.run_id}", run.now, f"alert {run.run_id} layout") as lake:
        lake.append("layout_facts", [_fact(run, row, state) for row, state in changes])
        if alerts:
            lake.append("channel_facts", channel_rows(list_lines(run.settings, run.catalog).lines, run.now))
        return lake.append("alert_facts", alerts)


def _fact(run: PassRun, row: dict[str, Any], state: str) -> Row:
    return {
        "day": run.now.date(),
        "wire_id": row["wire_id"],
        "state": state,
        "noticed_at": run.now,
        "since": row["since"] or run.now,
        "trouble": describe_trouble(row) if state == "broken" else None,
        "run_id": run.run_id,
    }
