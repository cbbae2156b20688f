"""`dateline summits`: the leader-level meetings of the ledger, one of them whole, and an analyst's rulings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from cyclopts import App, Parameter

from tasks.core.errors import BadInput
from tasks.desk.desk import Desk, follow_up, name_countries, open_desk, parse_since
from tasks.desk.finding import find_article, find_meeting
from tasks.desk.meeting_words import place_json, tell_parties, tell_place, tell_window
from tasks.desk.options import Format, Home, Since
from tasks.desk.showing import note, print_json, print_table, say
from tasks.desk.summit_page import print_meeting
from tasks.edge.lake.statements import query

app = App(name="summits")

STATUSES = ("proposed", "planned", "ongoing", "held", "postponed", "cancelled", "ruled_out", "withdrawn")
Reason = Annotated[str, Parameter(help="Why, for those who look at the ledger after you.")]


@app.default
def list_summits(
    meeting: Annotated[str | None, Parameter(help="One meeting whole, by the beginning of its id or a name.")] = None,
    /,
    *,
    status: Annotated[str | None, Parameter(help="Only those that are proposed, planned, ongoing, held ...")] = None,
    country: Annotated[str | None, Parameter(help="Only those of this country, by name or code.")] = None,
    since: Since = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The summits that the wires speak of, each once; or one meeting with its claims, wordings and changes."""
    if status is not None and status not in STATUSES:
        raise BadInput(f"There is no status {status!r}; give one of {', '.join(STATUSES)}.")
    with open_desk(home) as desk:
        countries = name_countries(desk.settings)
        if meeting is not None:
            print_meeting(desk, find_meeting(desk, meeting), countries, format)
            return 0
        code = find_country(country, countries)
        rows = desk.ask(query("select_summits"), status=status, country=code, since=parse_since(since, desk.now))
        if format == "json":
            print_json([summit_json(row) for row in rows])
        elif rows:
            columns = ("when", "who", "where", "status", "wires", "origins", "name", "id")
            print_table(columns, [_cells(row, countries) for row in rows])
            note(f"One of them whole: {follow_up(desk.settings, 'summits ' + rows[0]['meeting_id'][:8])}")
        else:
            note(_tell_none(desk, is_filtered=bool(status or country or since)))
    return 0


@app.command(name="merge")
def merge_summits(kept: str, gone: str, /, *, reason: Reason = "", home: Home = None) -> int:
    """Two rows are one meeting: KEPT has the claims of both from now on, and GONE resolves to it."""
    with open_desk(home) as desk:
        one, other = find_meeting(desk, kept), find_meeting(desk, gone)
        if one["meeting_id"] == other["meeting_id"]:
            raise BadInput(f"{kept!r} and {gone!r} are one meeting already ({one['meeting_id'][:8]}).")
        settings, now = desk.settings, desk.now
    from tasks.edge.lake.attach import locate_lake
    from tasks.edge.ruling import merge_meetings

    merge_meetings(locate_lake(settings), one["meeting_id"], other["meeting_id"], reason, now)
    say(f"{other['meeting_id'][:8]} is {one['meeting_id'][:8]} from now on.")
    note(f"See it: {follow_up(settings, 'summits ' + one['meeting_id'][:8])}")
    return 0


@app.command(name="split")
def split_summit(meeting: str, /, *articles: str, reason: Reason = "", home: Home = None) -> int:
    """Some stories tell of another meeting: these ARTICLES of MEETING make a row of their own."""
    with open_desk(home) as desk:
        row = find_meeting(desk, meeting)
        article_ids = [find_article(desk, article)["article_id"] for article in articles]
        settings, now = desk.settings, desk.now
    from tasks.edge.lake.attach import locate_lake
    from tasks.edge.ruling import split_meeting

    into = split_meeting(locate_lake(settings), row["meeting_id"], article_ids, reason, now)
    say(f"These stories tell of {into[:8]} from now on, the others of {row['meeting_id'][:8]}.")
    note(f"See it: {follow_up(settings, 'summits ' + into[:8])}")
    return 0


def summit_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A summit in the public form of DESIGN section 8."""
    names = ("meeting_id", "name", "aliases", "kind", "format", "organisation", "edition", "parties", "host")
    seen = ("date_precision", "status", "first_seen", "last_seen", "wires", "origins", "claims")
    own = {"kind": "summit", **row}
    window = {"from": row["from_day"], "to": row["to_day"]}
    picked = {name: own[name] for name in names}
    return {**picked, "place": place_json(row), **window, **{name: row[name] for name in seen}}


def find_country(given: str | None, countries: Mapping[str, str]) -> str | None:
    """The code of a country given by name or code. Raises BadInput."""
    if given is None:
        return None
    wanted = given.strip().casefold()
    for code, name in countries.items():
        if wanted in {code.casefold(), name.casefold()}:
            return code
    raise BadInput(f"There is no country {given!r}; give its name in English or its three-letter code, such as FRA.")


def _cells(row: Mapping[str, Any], countries: Mapping[str, str]) -> tuple[str, ...]:
    marks = [*(["review"] if row["needs_review"] else []), *(f"{field} disputed" for field in row["disputed"] or ())]
    status = row["status"].replace("_", " ") + (f" ({', '.join(marks)})" if marks else "")
    window, who = tell_window(row["from_day"], row["to_day"]), tell_parties(row, countries)
    numbers = (str(row["wires"]), str(row["origins"]))
    return window, who, tell_place(row, countries), status, *numbers, row["name"] or "", row["meeting_id"][:8]


def _tell_none(desk: Desk, *, is_filtered: bool) -> str:
    if is_filtered:
        return f"No summit fits; all of them: {follow_up(desk.settings, 'summits')}"
    return "No summit has been spoken of yet."
