"""`dateline alerts`: what was raised, and where it went; `dateline alerts test` tries the channels."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
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
    follow: Annotated[bool, Parameter(help="Then wait for new ones, until Ctrl-C.", negative="")] = False,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The alerts raised, oldest first, with the sentence that proves each and the channels that took it."""
    if follow:
        from tasks.desk.alerts_follow import follow_alerts

        return follow_alerts(home, kind, since, format)
    with open_desk(home) as desk:
        start = parse_since(since, desk.now)
        rows = read_alerts(desk, kind, start)
        if format == "json":
            sent = group_deliveries(desk.ask(query("select_latest_deliveries"), day=since_day(start)))
            print_json([row_json(row, sent.get(row["alert_id"], [])) for row in rows])
        elif rows:
            countries = name_countries(desk.settings)
            for row in rows:
                say(*tell_alert(desk, row, countries))
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


def read_alerts(desk: Desk, kind: str | None, since: datetime | None) -> list[dict[str, Any]]:
    """The alerts since then, of one kind where one is given, oldest first."""
    return desk.ask(query("select_alerts"), day=since_day(since), since=since, kind=kind, most=None)


def group_deliveries(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Deliveries by alert, the alert's id taken out."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["alert_id"], []).append({name: row[name] for name in row if name != "alert_id"})
    return grouped


def row_json(row: Mapping[str, Any], deliveries: list[dict[str, Any]]) -> dict[str, Any]:
    """A row of `alerts` in its public form."""
    return alert_json(alert_of(row), stands=row["stands"], deliveries=deliveries)


def tell_alert(desk: Desk, row: Mapping[str, Any], countries: Mapping[str, str]) -> list[str]:
    """An alert on four lines: a table would leave its sentence no room."""
    withdrawn = "" if row["stands"] else " (withdrawn: no current reading speaks of it)"
    carried = f"{count(row['wires'], 'wire')}, {count(row['origins'], 'independent origin')}"
    carried += f" ({'; '.join(map(one_line, row['sources']))})" if row["sources"] else ""
    before = f" (before: {one_line(row['before'])})" if row["before"] else ""
    went = f"went to {', '.join(row['delivered_to'])}" if row["delivered_to"] else "no channel has taken it yet"
    return [
        f"{show_time(row['raised_at'], desk.zone)}  {row['kind']}  {tell_meeting(row, countries)}{before}{withdrawn}",
        f"    “{one_line(row['sentence'])}”",
        f"    {row['wire']}{' ' + row['article_url'] if row['article_url'] else ''}",
        f"    {carried}; {went}; id {row['alert_id'][:8]}",
    ]
