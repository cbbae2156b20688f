"""`dateline topics`: what is watched, and how much of it came."""

from __future__ import annotations

from datetime import timedelta

from tasks.desk.desk import open_desk, parse_since, since_day
from tasks.desk.options import Format, Home, Since
from tasks.desk.showing import note, print_json, print_table
from tasks.edge.lake.statements import query

DEFAULT_DAYS = 7


def list_topics(*, since: Since = None, format: Format = "text", home: Home = None) -> int:
    """The topics that are watched, with the articles of the last seven days (or since --since) and of all time."""
    with open_desk(home) as desk:
        start = parse_since(since, desk.now) or desk.now - timedelta(days=DEFAULT_DAYS)
        rows = desk.ask(query("select_topic_counts"), day=since_day(start))
        if format == "json":
            print_json(rows)
        elif rows:
            cells = [
                (row["topic"], row["label"], str(row["recent_articles"]), str(row["articles"]), row["iptc"] or "")
                for row in rows
            ]
            print_table(("topic", "name", f"since {since_day(start)}", "in all", "IPTC"), cells)
        else:
            note("No topic is known yet: the lake was never filled.")
    return 0
