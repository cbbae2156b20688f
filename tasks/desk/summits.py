"""`dateline summits`: the leader-level meetings of the ledger, oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.desk import Desk, follow_up, name_countries, open_desk, parse_since
from tasks.desk.meeting_words import place_json, tell_parties, tell_place, tell_window
from tasks.desk.options import Format, Home, Since
from tasks.desk.showing import note, print_json, print_table
from tasks.edge.lake.statements import query

STATUSES = ("proposed", "planned", "ongoing", "held", "postponed", "cancelled", "ruled_out", "withdrawn")


def list_summits(
    *,
    status: Annotated[str | None, Parameter(help="Only those that are proposed, planned, ongoing, held ...")] = None,
    country: Annotated[str | None, Parameter(help="Only those of this country, by name or code.")] = None,
    since: Since = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """The summits that the wires speak of, each once, with parties, place, window and status."""
    if status is not None and status not in STATUSES:
        raise BadInput(f"There is no status {status!r}; give one of {', '.join(STATUSES)}.")
    with open_desk(home) as desk:
        countries = name_countries(desk.settings)
        code = find_country(country, countries)
        rows = desk.ask(query("select_summits"), status=status, country=code, since=parse_since(since, desk.now))
        if format == "json":
            print_json([summit_json(row) for row in rows])
        elif rows:
            columns = ("when", "who", "where", "status", "wires", "origins", "name", "id")
            print_table(columns, [_cells(row, countries) for row in rows])
        else:
            note(_tell_none(desk, is_filtered=bool(status or country or since)))
    return 0


def summit_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A summit in the public form of DESIGN section 8."""
    names = ("meeting_id", "name", "aliases", "kind", "format", "organisation", "edition", "parties", "host")
    seen = ("date_precision", "status", "first_seen", "last_seen", "wires", "origins", "claims")
    own = {**row, "kind": "summit"}
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
    status = row["status"].replace("_", " ") + (" (review)" if row["needs_review"] else "")
    window, who = tell_window(row["from_day"], row["to_day"]), tell_parties(row, countries)
    numbers = (str(row["wires"]), str(row["origins"]))
    return window, who, tell_place(row, countries), status, *numbers, row["name"] or "", row["meeting_id"][:8]


def _tell_none(desk: Desk, *, is_filtered: bool) -> str:
    if is_filtered:
        return f"No summit fits; all of them: {follow_up(desk.settings, 'summits')}"
    return "No summit has been spoken of yet."
