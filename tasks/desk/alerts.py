"""`dateline alerts`: what was raised, and where it went; `dateline alerts test` tries the channels."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from cyclopts import App, Parameter

from tasks.core.alerts.alert import alert_json
from tasks.desk.desk import Desk, name_countries, open_desk, parse_since, since_day
from tasks.desk.meeting_words import tell_meeting
from tasks.desk.options import Format, Home, Since
from tasks.desk.showing import count, note, one_line, print_json, print_table, say, show_time
from tasks.edge.lake.alert_rows import alert_of
from tasks.edge.lake.statements import query

app = App(name="alerts")


@app.default
def list_alerts(
    *,
    kind: Annotated[str | None, Parameter(help="Only alerts of this kind, such as summit.new.")] = None,
    since: Since = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The alerts raised, oldest first, with the sentence that proves each and the channels that took it."""
    with open_desk(home) as desk:
        start = parse_since(since, desk.now)
        rows = desk.ask(query("select_alerts"), day=since_day(start), since=start, kind=kind, most=None)
        if format == "json":
            sent = group_deliveries(desk.ask(query("select_latest_deliveries"), day=since_day(start)))
            print_json([_json(row, sent.get(row["alert_id"], [])) for row in rows])
        elif rows:
            countries = name_countries(desk.settings)
            for row in rows:
                say(*_tell(desk, row, countries))
        else:
            note("No alert fits." if kind or since else "No alert has been raised yet.")
    return 0


@app.command(name="test")
def try_channels(channel: str | None = None, /, *, home: Home = None) -> int:
    """Send a marked test through the real path of each channel (or one), and say what it answered."""
    from tasks.edge.channel_trial import try_lines
    from tasks.edge.passes import open_catalog
    from tasks.settings import read_settings

    settings = read_settings(home)
    answers = asyncio.run(try_lines(settings, open_catalog(settings), channel))
    print_table(("channel", "answer"), answers)
    return int(any(answer.startswith("failed") for _, answer in answers))


def group_deliveries(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Deliveries by alert, the alert's id taken out."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["alert_id"], []).append({name: row[name] for name in row if name != "alert_id"})
    return grouped


def _json(row: Mapping[str, Any], deliveries: list[dict[str, Any]]) -> dict[str, Any]:
    return alert_json(alert_of(row), stands=row["stands"], deliveries=deliveries)


def _tell(desk: Desk, row: Mapping[str, Any], countries: Mapping[str, str]) -> list[str]:
    """An alert on four lines: a table would leave its sentence no room."""
    withdrawn = "" if row["stands"] else " (withdrawn: no current reading speaks of it)"
    carried = f"{count(row['wires'], 'wire')}, {count(row['origins'], 'independent origin')}"
    went = f"went to {', '.join(row['delivered_to'])}" if row["delivered_to"] else "no channel has taken it yet"
    return [
        f"{show_time(row['raised_at'], desk.zone)}  {row['kind']}  {tell_meeting(row, countries)}{withdrawn}",
        f"    “{one_line(row['sentence'])}”",
        f"    {row['wire']}{' ' + row['article_url'] if row['article_url'] else ''}",
        f"    {carried}; {went}; id {row['alert_id'][:8]}",
    ]
