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

from tasks.catalog.load import load_catalog
from tasks.catalog.wires import load_wires_file
from tasks.core.model import Article, Catalog, Reading, Story
from tasks.core.reading import Reader, open_reader
from tasks.core.stages import ReadChunk
from tasks.core.story_lines import StoryLine
from tasks.edge.importing import read_article
from tasks.edge.passes import PassRun
from tasks.edge.sample import load_sample, sample_wires
from tasks.edge.storing import store_chunk
from tests.homes import ask_lake, begin

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
    catalog = replace(load_catalog(), wires=load_wires_file(file))
    return catalog, open_reader(catalog)


def play(sequence: Told, home: Path, shared: Path, *, backwards: bool = False) -> Ending:
    """Store a sequence pass by pass in a new home; `backwards` turns the order of arrival within each pass."""
    catalog, reader = open_catalog_of_sample(shared)
    for number, group in groupby(sequence["article"], key=lambda article: article["pass"]):
        articles = list(group)
        now = max(article["published_at"] for article in articles) + AFTER
        run = replace(begin(home, now), catalog=catalog, run_id=f"pass-{number}")
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
    return Ending(tuple(_rows(run, _MEETINGS)), tuple(_rows(run, _ALERTS)))


def _rows(run: PassRun, statement: str) -> list[Told]:
    names = [row[0] for row in ask_lake(run, f"describe {statement}")]
    return [dict(zip(names, row, strict=True)) for row in ask_lake(run, statement)]


def day_of(value: object) -> object:
    """A day whatever TOML made of it."""
    return value.date() if isinstance(value, datetime) else value


def list_names(rows: Sequence[Told]) -> list[str]:
    """Rows in a word each, for messages."""
    return [f"{row['kind']} {row.get('parties')} {row.get('organisation')} {row.get('status')}" for row in rows]
