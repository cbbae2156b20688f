"""`dateline forget`: remove articles, or all of a wire, with a reason; the reason and the ids are all that stays."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.desk import Desk, name_countries, open_desk
from tasks.desk.finding import find_article, find_forgotten, find_wire
from tasks.desk.options import Home
from tasks.desk.showing import count, note, say
from tasks.edge.clock import utc_now
from tasks.edge.forgetting import Forgotten, forget
from tasks.edge.lake.forget import Wanted
from tasks.edge.lake.migrate import read_layout

_FIRST_LAYOUT = 35  # with `forgotten`


def forget_articles(
    *articles: str,
    reason: Annotated[str, Parameter(help="Why; it is kept, so name nobody in it who is to be forgotten.")],
    wire: Annotated[str | None, Parameter(help="All that a wire ever said, by its id or name.")] = None,
    home: Home = None,
) -> int:
    """Remove articles (by address or the beginning of their ids) for good: no file of the home has their words then.

    What was sent, your own backups and exports, and what other wires copied lie outside of that.
    """
    if not reason.strip():
        raise BadInput('Give the reason in words (--reason "..."): it is all that is kept beside the ids.')
    if bool(articles) == (wire is not None):
        raise BadInput("Give the articles that are to go, or one wire with --wire, and not both.")
    with open_desk(home) as desk:
        wanted = Wanted((), find_wire(desk, wire)) if wire else Wanted(_find_all(desk, articles))
        copied = _count_copies(desk, wanted)
    done = forget(desk.settings, wanted, reason.strip(), name_countries(desk.settings), utc_now())
    say(_tell(done, wanted))
    _remark(desk, wanted, copied)
    return 0


def _find_all(desk: Desk, articles: tuple[str, ...]) -> tuple[str, ...]:
    """The whole ids, also of what was removed before: a command that was killed is run again."""
    found = []
    for given in articles:
        gone = find_forgotten(desk, given) if read_layout(desk.connection)[0] >= _FIRST_LAYOUT else []
        found.append(str((gone[0] if len(gone) == 1 else find_article(desk, given))["article_id"]))
    return tuple(dict.fromkeys(found))


def _count_copies(desk: Desk, wanted: Wanted) -> int:
    """How many stories of other wires repeat the text."""
    (row,) = desk.ask(
        "select count(distinct c.article_id) as copies from copies as c "
        "left join articles as a on a.day = c.of_day and a.article_id = c.of_article_id "
        "where (list_contains($ids::varchar[], c.of_article_id) or a.wire_id = $wire) "
        "and not list_contains($ids::varchar[], c.article_id) and c.wire_id is distinct from $wire",
        ids=list(wanted.article_ids),
        wire=wanted.wire_id,
    )
    return int(row["copies"])


def _tell(done: Forgotten, wanted: Wanted) -> str:
    if not done.articles and not done.items:
        return "There was nothing left to remove; old snapshots and files of the lake were cleaned once more."
    what = f"all of {wanted.wire_id}" if wanted.wire_id else "what was named"
    parts = [
        f"{count(done.articles, 'article')} in {count(done.versions, 'version')} with all readings",
        f"the words of {count(done.items, 'item')}",
        f"{count(done.pages, 'raw page')}",
        *([f"{count(done.bodies, 'kept feed body', 'kept feed bodies')}"] if done.bodies else []),
        *([f"{count(done.torn, 'torn archive file')}"] if done.torn else []),
        *([f"{count(done.meetings_gone, 'meeting')} of which nobody else tells"] if done.meetings_gone else []),
        f"every earlier snapshot of the lake and {count(done.copies, 'copy', 'copies')} of its metadata",
    ]
    told = f"Removed {what}: {', '.join(parts[:-1])} and {parts[-1]}"
    folded = f"; {count(done.meetings_left, 'meeting')} made anew from what others tell" if done.meetings_left else ""
    return f"{told}{folded}; published files are written anew, and the reason stays in `forgotten`."


def _remark(desk: Desk, wanted: Wanted, copied: int) -> None:
    if copied:
        note(f"{count(copied, 'story', 'stories')} of other wires repeat the text, and stay: `from copies` lists such.")
    if wanted.wire_id:
        note("Its feeds are asked as before; `enabled = false` in catalog/wires.toml of the home ends that.")
    note("A folder that `dateline export` wrote holds the words until the next `dateline export` to it.")
    files = [url for url in desk.settings.alert_urls if url.startswith("file:")]
    if files:
        note(f"Not touched, since it is yours: what alerts wrote to {', '.join(files)}.")
    if (desk.settings.home / "prefect").is_dir():
        note("Prefect's own events may hold the sentence of an alert until Prefect drops them (7 days by default).")
    if desk.settings.lake.startswith("postgres:"):
        note("Postgres keeps dead rows until VACUUM FULL, and its WAL and backups are yours to clean.")
