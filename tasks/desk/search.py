"""`dateline search`: the stories that hold words, the best first, with the words marked where they stand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.core.search_words import parse_words
from tasks.desk.desk import Desk, follow_up, open_desk, parse_since
from tasks.desk.finding import find_wire
from tasks.desk.options import Format, Home, Limit, Since
from tasks.desk.showing import note, one_line, print_json, say, show_time
from tasks.edge.lake.statements import query
from tasks.edge.search import Sought, find_stories


def search_articles(
    *words: Annotated[str, Parameter(help='Words, "a phrase", pref*, AND, OR, NOT and brackets.')],
    since: Since = None,
    wire: Annotated[str | None, Parameter(help="Only articles of this wire, by id or name.")] = None,
    limit: Limit = 20,
    format: Format = "text",
    home: Home = None,
) -> int:
    """Articles whose title or text holds the words, the best first; [[marked]] in the passage that holds them."""
    expression = parse_words(" ".join(words))
    if limit < 1:
        raise BadInput("Give a --limit of at least 1.")
    with open_desk(home) as desk:
        wire_id = find_wire(desk, wire) if wire else None
        sought = Sought(expression, parse_since(since, desk.now), wire_id, limit)
        rows = _tell_found(desk, find_stories(desk.settings.home, desk.connection, sought))
        if format == "json":
            print_json(rows)
        elif rows:
            for row in rows:
                _print_row(desk, row)
            note(f"One of them in full: {follow_up(desk.settings, 'show ' + rows[0]['article_id'][:8])}")
        else:
            note("No article holds these words; fewer words, OR between them or a pref* find more.")
    return 0


def _tell_found(desk: Desk, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was found with the facts of each article, in the order of the search."""
    if not found:
        return []
    days = sorted({date.fromisoformat(row["day"]) for row in found})
    ids = [row["article_id"] for row in found]
    told = {row["article_id"]: row for row in desk.ask(query("select_found_articles"), days=days, ids=ids)}
    return [
        {**told[row["article_id"]], "score": row["score"], "snippet": row["snippet"]}
        for row in found
        if row["article_id"] in told
    ]


def _print_row(desk: Desk, row: dict[str, Any]) -> None:
    head = (show_time(row["told_at"], desk.zone), row["wire"], row["title"] or "(no title)", row["article_id"][:8])
    say(one_line("  ".join(head)), f"    {one_line(row['snippet'])}")
