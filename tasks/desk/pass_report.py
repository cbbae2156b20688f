"""The end of `dateline run` and `dateline demo`: wires, alerts, what is not read, the sum, where to look next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tasks.core.errors import BadInput
from tasks.core.poll.events import EVENTS
from tasks.core.quality import tell_fault
from tasks.core.summary import count_unexplained, describe_sum
from tasks.desk.desk import Desk, follow_up, name_countries, open_desk_of
from tasks.desk.meeting_words import tell_meeting
from tasks.desk.pass_words import describe_answers, explain_kind
from tasks.desk.showing import count, one_line, print_table, say
from tasks.edge.lake.quality import check_quality
from tasks.edge.lake.statements import query
from tasks.settings import Settings

SHOWN_ALERTS = 12
SHOWN_CAUSES = 3


def print_pass(settings: Settings, run_id: str, *, with_next: bool = True) -> None:
    """Print the end of one pass; `with_next` says where to look next. Raises BadInput where there is no such pass."""
    with open_desk_of(settings) as desk:
        found = desk.ask("select * from runs where run_id = $run", run=run_id)
        if not found:
            raise BadInput(f"The lake at {settings.home} knows no pass {run_id!r}; `dateline sql passes` lists them.")
        run = found[0]
        bounds = {"run_id": run_id, "from_day": run["day"], "to_day": run["day"] + timedelta(days=1)}
        _print_wires(desk, bounds)
        _print_events(desk, bounds)
        _print_ends(desk, bounds)
        _print_not_read(desk, bounds)
        _print_alerts(desk, bounds)
        _print_sum(run)
        _print_faults(desk, run_id)
        if with_next:
            _print_next(settings, ("latest", "summits", "feeds", "sql"))


def print_demo(settings: Settings) -> None:
    """What the demo's two polls left in its lake, and what to try on it."""
    with open_desk_of(settings) as desk:
        _print_contents(desk)
        _print_topics(desk)
        _print_ledger(desk)
        _print_next(
            settings,
            ("latest", "summits", "alerts", "show " + _newest_article(desk), "sql corrections", "sql --examples"),
        )


def _print_wires(desk: Desk, bounds: Mapping[str, Any]) -> None:
    rows = desk.ask(query("select_pass_by_wire"), **bounds)
    if not rows:
        say("No feed was due.")
        return
    columns = ("wire", "feeds", "found", "new", "stored", "duplicate", "rejected", "waiting", "what went wrong")
    print_table(columns, [_wire_cells(row) for row in rows])
    failures = desk.ask(
        "select failure from polls where run_id = $run_id and day between $from_day and $to_day and outcome = 'failed'",
        **bounds,
    )
    say("", describe_answers(sum(row["feeds"] for row in rows), [row["failure"] or "" for row in failures]))


def _wire_cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    numbers = (f"{row[name]:,}" for name in ("found", "new", "stored", "duplicate", "rejected", "waiting"))
    wrong = "; ".join(explain_kind(kind) for kind in row["failures"] or ())
    return row["wire"], f"{row['answered']} of {row['feeds']}", *numbers, wrong


def _print_events(desk: Desk, bounds: Mapping[str, Any]) -> None:
    """What happened to feeds beside their failures, kind by kind, each with the first feeds that it happened to."""
    rows = desk.ask(
        "select event, list(feed_id order by feed_id) as feeds from feed_events "
        "where run_id = $run_id and day between $from_day and $to_day group by event order by event",
        **bounds,
    )
    for row in rows:
        rest = len(row["feeds"]) - SHOWN_CAUSES
        named = ", ".join(row["feeds"][:SHOWN_CAUSES]) + (f" and {rest} more" if rest > 0 else "")
        say(f"{count(len(row['feeds']), 'feed')} ({named}): {EVENTS.get(row['event'], row['event'])}.")


def _print_ends(desk: Desk, bounds: Mapping[str, Any]) -> None:
    ended = desk.ask(query("select_pass_ends"), **bounds)
    for outcome, words in (("rejected", "rejected"), ("waiting", "waiting for another try")):
        rows = [row for row in ended if row["outcome"] == outcome]
        if rows:
            told = [f"{row['items']} because {explain_kind(row['reason'])}" for row in rows[:SHOWN_CAUSES]]
            rest = sum(row["items"] for row in rows[SHOWN_CAUSES:])
            told += [f"{rest} for other reasons"] if rest else []
            say(f"{count(sum(row['items'] for row in rows), 'item')} {words}: {', '.join(told)}.")


def _print_not_read(desk: Desk, bounds: Mapping[str, Any]) -> None:
    rows = desk.ask(query("select_pass_not_read"), **bounds)
    if rows:
        by_lang = Counter({row["lang"]: row["articles"] for row in rows})
        told = ", ".join(f"{number} {lang}" for lang, number in by_lang.most_common())
        plural = "is" if by_lang.total() == 1 else "are"
        say(f"{count(by_lang.total(), 'article')} {plural} stored but not read because of the language: {told}.")


def _print_alerts(desk: Desk, bounds: Mapping[str, Any]) -> None:
    rows = desk.ask(query("select_raised_alerts"), **bounds)
    if rows:
        say("", f"{count(len(rows), 'alert')} raised:")
        _print_alert_rows(desk, rows[:SHOWN_ALERTS])
    if len(rows) > SHOWN_ALERTS:
        say(f"  and {len(rows) - SHOWN_ALERTS} more: {follow_up(desk.settings, 'alerts')}")


def _print_alert_rows(desk: Desk, rows: list[dict[str, Any]]) -> None:
    countries = name_countries(desk.settings)
    for row in rows:
        before = f" (before: {one_line(row['before'])})" if row["before"] else ""
        say(f"  {row['kind']}  {tell_meeting(row, countries)}{before}", f"    “{one_line(row['sentence'])}”")
        say(f"    {' '.join(part for part in (row['wire'], row['article_url']) if part)}")


def _print_sum(run: Mapping[str, Any]) -> None:
    known = {name: run[name] or 0 for name in ("found", "known", "repeated", "new")}
    total = known | {name: run[name] or 0 for name in ("stored", "duplicate", "rejected", "waiting")}
    equations = "; ".join(describe_sum(total))
    say("", f"Pass {run['run_id']} {run['status']}: {equations}; unexplained {count_unexplained(total)}")


def _print_faults(desk: Desk, run_id: str) -> None:
    """What is amiss in the stored data after this pass, each with what to do."""
    faults = [tell_fault(fault) for fault in check_quality(desk.connection, desk.now, run_id=run_id)]
    if faults:
        say("", "Amiss in the stored data:", *(f"  {fault}" for fault in faults))


def _print_next(settings: Settings, commands: tuple[str, ...]) -> None:
    say("", "Where to look next:", *(f"  {follow_up(settings, command)}" for command in commands))


def _print_contents(desk: Desk) -> None:
    (row,) = desk.ask(
        "select count(*) as articles, count(distinct wire_id) as wires, "
        "count(*) filter (where version > 1) as corrected, count(*) filter (where not is_read) as not_read "
        "from articles"
    )
    told = f"{count(row['articles'], 'article')} of {count(row['wires'], 'wire')}"
    say(
        "",
        f"In the lake: {told}, {row['corrected']} corrected by their wire, {row['not_read']} in a language not read.",
    )


def _print_topics(desk: Desk) -> None:
    rows = desk.ask(
        "select topic, count(*) as articles from topics group by topic order by articles desc, topic limit 12"
    )
    if rows:
        say("", "Most frequent topics: " + ", ".join(f"{row['topic']} {row['articles']}" for row in rows))


def _print_ledger(desk: Desk) -> None:
    countries = name_countries(desk.settings)
    rows = desk.ask("select * from summits order by first_seen, meeting_id")
    if rows:
        say("", f"The ledger knows {count(len(rows), 'summit')}, each one meeting whatever the wires call it:")
        say(*(f"  {tell_meeting(row, countries)} ({count(row['wires'], 'wire')})" for row in rows))
    alerts = desk.ask(
        "select a.* replace (m.wires as wires) "
        "from alerts as a inner join meetings as m on m.meeting_id = a.meeting_id "
        "where not a.is_first_load order by a.raised_at, a.step, a.alert_id"
    )
    if alerts:
        say("", "The alerts of the second poll, one a change, on however many wires it is:")
        _print_alert_rows(desk, alerts)


def _newest_article(desk: Desk) -> str:
    rows = desk.ask("select article_id from articles where is_read order by published_at desc nulls last limit 1")
    return rows[0]["article_id"][:8] if rows else "ARTICLE"
