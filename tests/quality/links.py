"""Are the states, bodies, capitals and leaders found that people linked? Event sentences of 2020 to 2023 with their links.

    states     links to a state of the table of country codes (CLDR and UN names): the name in the text has its code
    capitals   links to a capital of that table: a place or a government stands there
    bodies     links whose title says that it is a union, a council, a court ... of states, by `_BODIES`
    leaders    a link to a person right behind a link to "President of ...", "Prime Minister of ...": an actor with a role

None of this gold rests on our catalog. A miss is told by its title with how often it was missed.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from urllib.parse import unquote

from tasks.core.reading import open_reader
from tests.catalog import builtin_catalog
from tests.data import DATA
from tests.quality.figures import Figure, say

Kind = Literal["states", "capitals", "bodies", "leaders"]
KINDS: tuple[Kind, ...] = ("states", "capitals", "bodies", "leaders")
EVENTS = DATA / "data" / "labels" / "wcep_2020-04_2023-02.jsonl.gz"
CODES = DATA / "data" / "dictionaries" / "country-codes.csv"
MISSES = 10
_BODIES = re.compile(
    r"(?:European (?:Union|Commission|Council|Parliament)|United Nations(?: Security Council| General Assembly)?|NATO"
    r"|African Union|Arab League|ASEAN|G7|G20|BRICS|OPEC\+?|OSCE|Commonwealth of Nations|Council of Europe"
    r"|.*(?:Organi[sz]ation for .*|Organi[sz]ation of .*|Community of .*States|Cooperation Council|Treaty Organization)"
    r"|World (?:Health|Trade) Organization|International (?:Criminal Court|Court of Justice|Atomic Energy Agency|Monetary Fund)"
    r"|Group of Seven|World Bank)"
)
_OFFICE = re.compile(r"(?:President|Prime Minister|Chancellor|King|Queen|Taoiseach|Premier) of (?:the )?[A-Z]")
_ALSO = {"Turkey": "TUR", "Ivory Coast": "CIV", "Cape Verde": "CPV", "East Timor": "TLS", "Republic of Ireland": "IRL"}


@dataclass(frozen=True, slots=True)
class Linked:
    """A linked stretch of a text: what it is, its title, and the code that it should have."""

    kind: Kind
    title: str
    start: int
    end: int
    code: str = ""


def measure_links() -> Iterator[Figure]:
    """Recall per kind."""
    if not EVENTS.is_file() or not CODES.is_file():
        yield Figure(
            "links: recall", None, 0, "events", "outside", needs="the outside data, folders labels and dictionaries"
        )
        return
    found, missed = judge_links()
    for kind in KINDS:
        number = found[kind] + missed[kind].total()
        yield Figure(f"linked {kind} that are found", found[kind] / number, number, "event sentences", "outside")


def show_links() -> None:
    """Print the commonest misses of each kind."""
    _, missed = judge_links()
    for kind in KINDS:
        told = ", ".join(f"{title} ({number})" for title, number in missed[kind].most_common(MISSES))
        say(f"{kind}: {told}")


@cache
def judge_links() -> tuple[Counter[Kind], dict[Kind, Counter[str]]]:
    """How many were found, and what was missed, by kind."""
    found: Counter[Kind] = Counter()
    missed: dict[Kind, Counter[str]] = {kind: Counter() for kind in KINDS}
    reader = open_reader(builtin_catalog())
    with gzip.open(EVENTS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            linked = list(list_linked(row))
            hits = [(hit.start, hit.end, hit.code, hit.kind) for hit in reader.names.find(row["text"])]
            actors = reader.people.find_actors(row["text"], 0, None) if any(_is_leader(each) for each in linked) else ()
            spans = [(m.start, m.end) for actor in actors if actor.role for m in actor.mentions]
            places = [(place.start, place.end) for place in reader.places.find(row["text"])]
            for each in linked:
                if _is_found(each, hits, spans, places):
                    found[each.kind] += 1
                else:
                    missed[each.kind][each.title] += 1
    return found, missed


def list_linked(row: dict[str, Any]) -> Iterator[Linked]:
    """The links of a sentence that are one of the kinds, where they stand."""
    done, office_end = 0, -2
    for link in row["links"]:
        title = unquote(link["title"]).replace("_", " ").partition("#")[0]
        start = row["text"].find(link["surface"], done)
        if start < 0 or not link["surface"]:
            continue
        done = end = start + len(link["surface"])
        if title in _states():
            yield Linked("states", title, start, end, _states()[title])
        elif title in _capitals():
            yield Linked("capitals", title, start, end)
        elif _BODIES.fullmatch(title):
            yield Linked("bodies", title, start, end)
        elif 0 <= start - office_end <= 1 and not _OFFICE.match(title):
            yield Linked("leaders", title, start, end)
        office_end = end if _OFFICE.match(title) else -2


def _is_leader(linked: Linked) -> bool:
    return linked.kind == "leaders"


def _is_found(
    linked: Linked,
    hits: list[tuple[int, int, str | None, str]],
    actors: list[tuple[int, int]],
    places: list[tuple[int, int]],
) -> bool:
    near = [(code, kind) for start, end, code, kind in hits if start < linked.end and linked.start < end]
    match linked.kind:
        case "states":
            return any(code == linked.code for code, _ in near)
        case "bodies":
            return any(kind == "organisation" for _, kind in near)
        case "capitals":
            return any(start < linked.end and linked.start < end for start, end in places) or bool(near)
        case _:
            return any(start < linked.end and linked.start < end for start, end in actors)


@cache
def _states() -> dict[str, str]:
    rows = [row for row in _codes() if row["is_independent"].strip() == "Yes"]
    names = (
        (row[column].strip(), row["ISO3166-1-Alpha-3"])
        for row in rows
        for column in ("CLDR display name", "UNTERM English Short")
    )
    return {name.removeprefix("the ").removesuffix(" (the)"): code for name, code in names if name} | _ALSO | {
        "United States": "USA", "United Kingdom": "GBR"
    }  # fmt: skip


@cache
def _capitals() -> frozenset[str]:
    return frozenset(
        row["Capital"].strip() for row in _codes() if row["is_independent"].strip() == "Yes" and row["Capital"]
    )


@cache
def _codes() -> list[dict[str, str]]:
    with CODES.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
