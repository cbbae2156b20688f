"""Notice that a wire's pages look other than they did, or that it fell silent: in the first pass of an hour, an alert.

Runs under the delivery lock, before deliveries: what is raised goes out with the pass. The fact of the change and the
alert are one transaction, so that a pass that is killed before it raises again, and one killed after it does not. Once
an hour, since to fold five weeks of visits takes as long as to read ten pages (0.35 s for 90,000 of them, measured).
"""

from __future__ import annotations

from datetime import date, timedelta

from tasks.core.alerts.silence import SILENT, describe_answers, make_silence_alert, settle_voices
from tasks.core.model import Alert
from tasks.core.page.layout import BROKEN, describe_trouble, example_day, make_layout_alert, same_hour, settle_layout
from tasks.edge.alert_channels import list_lines
from tasks.edge.lake.alert_rows import alert_row, record_channels
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import Row, fetch_rows, write_lake
from tasks.edge.passes import PassRun

WATCH_DAYS = 40  # as the view of layouts looks back


def raise_wire_alerts(run: PassRun) -> int:
    """Record the wires whose layout or voice changed; returns the number of alerts raised."""
    since = run.now.date() - timedelta(days=WATCH_DAYS)
    with borrow_lake(run.address) as connection:
        (before,) = fetch_rows(
            connection, query("select_pass_before"), {"run_id": run.run_id, "since": since, "now": run.now}
        )
        if before["began_at"] is not None and same_hour(before["began_at"], run.now):
            return 0
        layouts = fetch_rows(connection, query("select_wire_layout"), {"since": since})
        voices = fetch_rows(connection, query("select_wire_voices"), {"since": since, "now": run.now})
    broke = [(row, state) for row in layouts if (state := settle_layout(row, run.now))]
    fell = settle_voices(voices)
    if not broke and not fell:
        return 0
    alerts = [(make_layout_alert(row, run.now), example_day(row, run.now)) for row, state in broke if state == BROKEN]
    alerts += [(make_silence_alert(row, run.now), run.now.date()) for row, state in fell if state == SILENT]
    facts = {
        "layout_facts": [_layout_fact(run, row, state) for row, state in broke],
        "silence_facts": [_silence_fact(run, row, state) for row, state in fell],
    }
    return _write(run, facts, alerts)


def _write(run: PassRun, facts: dict[str, list[Row]], alerts: list[tuple[Alert, date]]) -> int:
    with write_lake(run.address, f"alert {run.run_id}", run.now, f"alert {run.run_id} wires") as lake:
        for table, rows in facts.items():
            lake.append(table, rows)
        if alerts:
            record_channels(lake, list_lines(run.settings, run.catalog).lines, run.now)
        return lake.append("alert_facts", [alert_row(alert, day, run.run_id) for alert, day in alerts])


def _layout_fact(run: PassRun, row: Row, state: str) -> Row:
    return {
        "day": run.now.date(),
        "wire_id": row["wire_id"],
        "state": state,
        "noticed_at": run.now,
        "since": row["since"] or run.now,
        "trouble": describe_trouble(row) if state == BROKEN else None,
        "run_id": run.run_id,
    }


def _silence_fact(run: PassRun, row: Row, state: str) -> Row:
    return {
        "day": run.now.date(),
        "wire_id": row["wire_id"],
        "state": state,
        "noticed_at": run.now,
        "new_items": row["new_items"],
        "usual": row["usual"],
        "why": describe_answers(row) if state == SILENT else None,
        "run_id": run.run_id,
    }
