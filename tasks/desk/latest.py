"""`dateline latest`: the newest articles, one a row."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.desk import Desk, follow_up, open_desk, parse_since, since_day
from tasks.desk.options import Format, Home, Limit, Since
from tasks.desk.showing import note, print_json, print_table, show_time

_NEWEST = """
with tagged as (
    select day, article_id, list(topic order by score desc, topic) as topics
    from topics
    where day >= $day
    group by day, article_id
)

select
    a.article_id, coalesce(a.published_at, a.first_seen_at) as told_at, a.published_at, a.first_seen_at, a.wire_id,
    coalesce(a.wire, a.wire_id) as wire, a.title, a.url, a.lang, a.quality, a.country, a.version,
    case when a.is_read then coalesce(t.topics, []) end as topics
from articles as a
left join tagged as t on t.day = a.day and t.article_id = a.article_id
where
    a.day >= $day
    and ($since is null or coalesce(a.published_at, a.first_seen_at) >= $since)
    and ($wire is null or lower(a.wire_id) = $wire or lower(a.wire) = $wire)
    and ($topic is null or list_contains(t.topics, $topic))
order by told_at desc, a.article_id
limit $most
"""


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
            _NEWEST, day=since_day(None), since=start, wire=wire and wire.lower(), topic=topic, most=max(limit, 0)
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
