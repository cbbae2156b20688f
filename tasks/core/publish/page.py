"""One page of all that is told: coming summits, alerts, silent wires, the last pass. No script, nothing from outside.

The page's own policy tells the browser the same: it loads nothing at all, and takes the one style sheet that has this
hash. Pure. Every piece of copy is escaped, and keeps to itself where it is written from right to left.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from html import escape

from tasks.core.alerts.digest import describe_counts, describe_window, title_of
from tasks.core.publish.atom import WITHDRAWN
from tasks.core.publish.rows import ATOM, CALENDAR, Edition, LastPass, SilentWire, ToldAlert, ToldSummit
from tasks.core.publish.style import STYLE
from tasks.core.publish.words import (
    MOST_NAME,
    find_link,
    name_summit,
    take_days,
    tell,
    tell_place,
    tell_source,
    tell_window,
)
from tasks.core.summary import count_unexplained, describe_sum

SHOWN_SUMMITS = 200
SHOWN_ALERTS = 30

_COMING = frozenset({"proposed", "planned", "ongoing", "postponed", "cancelled"})
_UNDATED = frozenset({"proposed", "planned", "ongoing"})
_MARKED = frozenset({"postponed", "cancelled"})
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
_LATEST = date.max


@dataclass(frozen=True, slots=True)
class View:
    """When and for whom the page is made: names of countries by code, the zone in which times are shown."""

    now: datetime
    zone: tzinfo
    countries: Mapping[str, str]

    def show(self, moment: datetime) -> str:
        """A moment as an element: `24 November 2026, 13:49 UTC`."""
        local = moment.astimezone(self.zone)
        words = f"{describe_window(local.date(), local.date())}, {local:%H:%M} {local.tzname()}"
        return f'<time datetime="{moment.isoformat(timespec="seconds")}">{escape(words)}</time>'


def build_page(edition: Edition, view: View) -> str:
    """The page as one HTML document."""
    lines = (
        *_open(view),
        "<main>",
        *_lay_summits(edition.summits, view),
        *_lay_alerts(edition.alerts, view),
        *_lay_silent(edition.silent, view),
        *_lay_pass(edition.last_pass, view),
        "</main>",
        f'<footer><p>Subscribe: <a href="{CALENDAR}">calendar of summits</a>, <a href="{ATOM}">alerts (Atom)</a>. '
        "What stands here was read by a program; the sentence and its source are the proof.</p></footer>",
        "</body>",
        "</html>",
    )
    return "\n".join(lines) + "\n"


def pick_coming(summits: Sequence[ToldSummit], today: date) -> list[ToldSummit]:
    """The summits whose window has not ended, by their first day, then those that have no day yet."""
    picked = []
    for summit in summits:
        days = take_days(summit)
        if (days is None and summit.status in _UNDATED) or (days and days[1] >= today and summit.status in _COMING):
            picked.append((days or (_LATEST, _LATEST), summit.meeting_id, summit))
    return [summit for *_, summit in sorted(picked, key=lambda each: each[:2])]


def _open(view: View) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield "<title>Summits on the wires</title>"
    yield f'<link rel="alternate" type="application/atom+xml" title="Alerts" href="{ATOM}">'
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<header>"
    yield "<h1>Summits on the wires</h1>"
    yield f'<p class="small"><span>Dateline</span><span>As of {view.show(view.now)}</span></p>'
    yield "</header>"


def _lay_summits(summits: Sequence[ToldSummit], view: View) -> Iterator[str]:
    coming = pick_coming(summits, view.now.astimezone(view.zone).date())
    yield from _begin("coming", "Coming summits", "" if coming else "No wire speaks of a coming summit.")
    if coming:
        yield "<ol>"
        for summit in coming[:SHOWN_SUMMITS]:
            yield from _lay_summit(summit, view)
        yield "</ol>"
    if len(coming) > SHOWN_SUMMITS:
        yield f'<p class="small">And {len(coming) - SHOWN_SUMMITS:,} more: see the calendar.</p>'
    yield "</section>"


def _lay_summit(summit: ToldSummit, view: View) -> Iterator[str]:
    status = f'<span class="mark">{summit.status}</span>' if summit.status in _MARKED else escape(summit.status)
    facts = (escape(tell_place(summit, view.countries)), status, "to be reviewed" if summit.needs_review else "")
    yield '<li class="entry">'
    yield f'<p class="when">{escape(tell_window(summit)) or "No day told yet"}</p>'
    yield "<div>"
    yield f'<h3 dir="auto">{escape(name_summit(summit, view.countries))}</h3>'
    yield f'<p class="facts">{" · ".join(filter(None, facts))}</p>'
    yield f'<blockquote dir="auto">“{escape(tell(summit.sentence))}”</blockquote>'
    yield from _link(summit.url, tell_source(summit.wire, summit.title))
    yield f'<p class="source">{describe_counts(summit.wires, summit.origins)}</p>'
    yield "</div>"
    yield "</li>"


def _lay_alerts(alerts: Sequence[ToldAlert], view: View) -> Iterator[str]:
    yield from _begin("alerts", "Last alerts", "" if alerts else "No alert has been raised yet.")
    if alerts:
        yield "<ol>"
        for told in alerts[:SHOWN_ALERTS]:
            yield from _lay_alert(told, view)
        yield "</ol>"
    yield "</section>"


def _lay_alert(told: ToldAlert, view: View) -> Iterator[str]:
    alert = told.alert
    title = tell(title_of(alert, view.countries), 2 * MOST_NAME)
    yield '<li class="entry">'
    yield f'<p class="when">{view.show(alert.raised_at)}</p>'
    yield "<div>"
    yield f'<h3 dir="auto">{escape(title)}</h3>'
    if not told.stands:
        yield f'<p class="facts mark">{WITHDRAWN}</p>'
    if alert.meeting_id is None:  # it is about a wire, in our own words
        yield f"<p>{escape(tell(alert.sentence))}</p>"
        yield from _link(alert.article_url, "An example")
    else:
        yield f'<blockquote dir="auto">“{escape(tell(alert.sentence))}”</blockquote>'
        yield from _link(alert.article_url, tell_source(alert.wire, alert.title))
        yield f'<p class="source">{describe_counts(alert.wires, alert.origins)} when it was raised</p>'
    yield "</div>"
    yield "</li>"


def _lay_silent(silent: Sequence[SilentWire], view: View) -> Iterator[str]:
    told = "Nothing new for a day from these." if silent else "Every wire that was asked has brought something new."
    yield from _begin("silent", "Silent wires", told)
    if silent:
        yield '<ul class="silent">'
        for wire in silent:
            since = f"last new story {view.show(wire.new_at)}" if wire.new_at else "no story so far"
            cause = f"; {escape(tell(wire.cause, MOST_NAME))}" if wire.cause else ""
            yield f'<li><bdi>{escape(tell(wire.wire, MOST_NAME))}</bdi> <span class="small">{since}{cause}</span></li>'
        yield "</ul>"
    yield "</section>"


def _lay_pass(last: LastPass | None, view: View) -> Iterator[str]:
    yield from _begin("pass", "Last pass", "" if last else "No pass has ended yet.")
    if last:
        found, ended = describe_sum(last.total)
        asked, failed = last.total["feeds_asked"], last.total["feeds_failed"]
        facts = {
            "Ended": f"{view.show(last.ended_at)}, {escape(last.status)}",
            "Feeds": f"{asked - failed:,} of {asked:,} answered",
            "Entries": escape(found),
            "New items": escape(ended),
            "Unexplained": f"{count_unexplained(last.total):,}",
            "Alerts raised": f"{last.total['alerts']:,}",
            "Pass": escape(tell(last.run_id)),
        }
        yield "<dl>"
        for name, value in facts.items():
            yield f"<div><dt>{name}</dt> <dd>{value}</dd></div>"
        yield "</dl>"
    yield "</section>"


def _begin(ident: str, heading: str, told: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{ident}">'
    yield f'<h2 id="{ident}">{heading}</h2>'
    if told:
        yield f'<p class="small">{told}</p>'


def _link(url: str | None, source: str) -> Iterator[str]:
    """Whose words it is, as a link where there is one."""
    link = find_link(url)
    named = escape(source or link or "")
    if link:
        named = f'<a href="{escape(link)}" rel="noopener noreferrer nofollow">{named}</a>'
    if named:
        yield f'<p class="source" dir="auto">{named}</p>'
