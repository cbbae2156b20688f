"""Sequences of stories through reader, lake and ledger, and what the ledger then holds: the golden ones, pass by pass.

A file of tests/golden/ledger has the articles with their pass, and the meetings and alerts that must come of them. A
pass is stored a few minutes after its newest article; on a first load what is older than a day is silent, as `poll` has it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from tasks.catalog.wires import load_wires_file
from tasks.core.model import Article, Catalog, Reading, Story
from tasks.core.reading import Reader, open_reader
from tasks.core.stages import ReadChunk
from tasks.core.story_lines import StoryLine
from tasks.edge.importing import read_article
from tasks.edge.lake.sharing import borrow_lake, share_lake
from tasks.edge.lake.write import fetch_rows
from tasks.edge.passes import PassRun
from tasks.edge.sample import load_sample, sample_wires
from tasks.edge.storing import store_chunk
from tests.catalog import builtin_catalog
from tests.homes import begin

FOLDER = Path(__file__).parent / "golden" / "ledger"
SAMPLE = Path(__file__).parents[1] / "deploy" / "sample"
AFTER = timedelta(minutes=3)
OLD = timedelta(days=1)

_MEETINGS = """
select m.*, (
    select list(distinct regexp_extract(a.url, '[^/]+$') order by regexp_extract(a.url, '[^/]+$'))
    from meeting_claims as c
    inner join articles as a using (day, article_id)
    where c.meeting_id = m.meeting_id
) as articles
from meetings as m
order by m.first_seen, m.meeting_id
"""
_ALERTS = """
select a.*, regexp_extract(a.article_url, '[^/]+$') as article, f.run_id
from alerts as a
inner join lake.alert_facts as f using (alert_id)
order by a.raised_at, a.step
"""
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ending:
    """What a sequence left: meetings as rows, and alerts in the order in which they were raised."""

    meetings: tuple[Told, ...]
    alerts: tuple[Told, ...]


def list_sequences() -> list[Path]:
    """The golden sequences."""
    return sorted(FOLDER.glob("*.toml"))


def open_sequence(path: Path) -> Told:
    """A sequence as it is written."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def open_catalog_of_sample(folder: Path) -> tuple[Catalog, Reader]:
    """The catalog with the wires of the sample, and its reader."""
    file = folder / "wires.toml"
    file.write_text(sample_wires(load_sample(SAMPLE), "http://127.0.0.1:1"), encoding="utf-8")
    catalog = replace(builtin_catalog(), wires=load_wires_file(file))
    return catalog, open_reader(catalog)


def play(sequence: Told, home: Path, shared: Path, *, backwards: bool = False) -> Ending:
    """Store a sequence pass by pass in a new home; `backwards` turns the order of arrival within each pass."""
    catalog, reader = open_catalog_of_sample(shared)
    first = begin(home, sequence["article"][0]["published_at"])
    with share_lake(first.address):  # or each pass opens it anew, which is half of its time
        for number, group in groupby(sequence["article"], key=lambda article: article["pass"]):
            articles = list(group)
            now = max(article["published_at"] for article in articles) + AFTER
            run = replace(first, now=now, catalog=catalog, run_id=f"pass-{number}")
            pairs = [_read(run, reader, article) for article in (reversed(articles) if backwards else articles)]
            store_chunk(run, ReadChunk(number, tuple(pairs), ()), is_import=True)
        return _end(run)


def _read(run: PassRun, reader: Reader, told: Told) -> tuple[Article, Reading]:
    wire = run.wires()[told["wire"]]
    url = f"https://{told['wire']}.example/{told['id']}"
    text = told["text"].strip()
    story = Story(text=text, title=told["title"], published_at=told["published_at"], wire=wire, lang="en")
    is_old = told["published_at"] < run.now - OLD
    is_silent = told.get("silent", False) or (told.get("first_load", False) and is_old)
    pair = read_article(run, reader, StoryLine(1, url, wire.name, story), is_silent=is_silent)
    assert isinstance(pair, tuple), pair
    article, reading = pair
    item = replace(article.item, is_first_load=told.get("first_load", False))
    return replace(article, item=item, content_hash=f"{told['title']} {text}"), reading


def _end(run: PassRun) -> Ending:
    with borrow_lake(run.address) as lake:
        return Ending(tuple(fetch_rows(lake, _MEETINGS)), tuple(fetch_rows(lake, _ALERTS)))


def day_of(value: object) -> object:
    """A day whatever TOML made of it."""
    return value.date() if isinstance(value, datetime) else value


def list_names(rows: Sequence[Told]) -> list[str]:
    """Rows in a word each, for messages."""
    return [f"{row['kind']} {row.get('parties')} {row.get('organisation')} {row.get('status')}" for row in rows]


def judge(sequence: Told, ending: Ending) -> list[str]:
    """What differs from the file; where it says `also_accepted`, a row's days and place may differ and an alert be missing."""
    return [*_judge_meetings(sequence, ending.meetings), *_judge_alerts(sequence, ending.alerts)]


def _judge_meetings(sequence: Told, meetings: Sequence[Told]) -> list[str]:
    wanted = list(sequence.get("meeting", ()))
    found = [row for row in meetings if row["kind"] == "summit" or not sequence.get("other_meetings_allowed")]
    differing: list[str] = []
    for gold in wanted:
        is_open = "also_accepted" in gold
        same = next((row for row in found if _fields_of_row(row, is_open) == _fields_of_gold(gold, is_open)), None)
        if same is None:
            differing.append(f"no row {_fields_of_gold(gold, is_open)}")
        else:
            found.remove(same)
    return differing + [f"a row too many {_fields_of_row(row, is_open=False)}" for row in found]


def _fields_of_gold(gold: Told, is_open: bool) -> tuple[object, ...]:
    kind = "talks" if gold["kind"] == "ministerial" else gold["kind"]
    who = (kind, tuple(sorted(gold.get("parties", ()))), gold["status"], tuple(gold["articles"]))
    if is_open:
        return who
    days = tuple(day_of(gold.get(name)) for name in ("from", "to"))
    return (*who, _fold_place(gold.get("place")), *days, gold["wires"], gold["origins"])


def _fields_of_row(row: Told, is_open: bool) -> tuple[object, ...]:
    kind = "talks" if row["kind"] == "ministerial" else row["kind"]
    who = (kind, tuple(sorted(row["parties"] or ())), row["status"], tuple(row["articles"] or ()))
    if is_open:
        return who
    return (*who, _fold_place(row["place"]), row["from_day"], row["to_day"], row["wires"], row["origins"])


def _judge_alerts(sequence: Told, alerts: Sequence[Told]) -> list[str]:
    wanted = [(_fields_of_alert(gold), gold) for gold in sequence.get("alert", ())]
    raised = [(int(row["run_id"].removeprefix("pass-")), row["kind"], row["article"], row["value"]) for row in alerts]
    differing = []
    for fields, gold in wanted:
        if fields in raised:
            raised.remove(fields)
        elif "not raised" not in gold.get("also_accepted", ""):
            differing.append(f"no alert {fields}")
    return differing + [f"an alert too many {fields}" for fields in raised]


def _fields_of_alert(gold: Told) -> tuple[int, str, str, str]:
    value = "withdrawn" if gold["kind"] == "summit.retracted" else gold["value"]
    return gold["pass"], gold["kind"], gold["article"], value


def _fold_place(name: object) -> str:
    return "".join(str(name or "").casefold().split())
