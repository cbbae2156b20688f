"""`dateline latest`: the newest articles, one a row."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.desk import Desk, follow_up, open_desk, parse_since, since_day
from tasks.desk.options import Format, Home, Limit, Since
from tasks.desk.showing import note, print_json, print_table, show_time
from tasks.edge.lake.statements import query


def list_latest(
    *,
    topic: Annotated[str | None, Parameter(help="Only articles with this topic, such as diplomacy.summit.")] = None,
    wire: Annotated[str | None, Parameter(help="Only articles of this wire, by id or name.")] = None,
    since: Since = None,
    limit: Limit = 30,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The newest articles: time, wire, title, topics and the beginning of the id."""
    with open_desk(home) as desk:
        _refuse_unknown(desk, topic, wire)
        start = parse_since(since, desk.now)
        rows = desk.ask(
            query("select_newest_articles"),
            day=since_day(None),
            since=start,
            wire=wire and wire.lower(),
            topic=topic,
            most=max(limit, 0),
        )
        if format == "json":
            print_json([{name: value for name, value in row.items() if name != "told_at"} for row in rows])
        elif rows:
            print_table(("time", "wire", "title", "topics", "id"), [_cells(desk, row) for row in rows])
            note(f"One of them in full: {follow_up(desk.settings, 'show ' + rows[0]['article_id'][:8])}")
        else:
            note("No article fits; without --topic, --wire and --since all are listed.")
    return 0


def _refuse_unknown(desk: Desk, topic: str | None, wire: str | None) -> None:
    """A topic or wire that does not exist is a slip of the pen, not an empty answer. Raises BadInput."""
    if topic and not desk.ask("select 1 from topic_definitions where topic = $topic", topic=topic):
        raise BadInput(f"There is no topic {topic!r}; `dateline topics` lists them.")
    if wire and not desk.ask(
        "select 1 from wires where lower(wire_id) = $wire or lower(name) = $wire "
        "union all (select 1 from articles where lower(wire_id) = $wire limit 1)",
        wire=wire.lower(),
    ):
        raise BadInput(f"There is no wire {wire!r}; `dateline feeds` lists them.")


def _cells(desk: Desk, row: dict[str, Any]) -> tuple[str, ...]:
    topics = "not read" if row["topics"] is None else " ".join(row["topics"])
    title = row["title"] or "(no title)"
    return show_time(row["told_at"], desk.zone), row["wire"], title, topics, row["article_id"][:8]
