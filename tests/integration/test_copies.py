"""Copies in a real lake: who repeats whom, whoever was fetched first, and whose reporting the stories are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tasks.core.model import Article, Reading
from tasks.core.stages import ReadChunk
from tasks.core.text import content_hash
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import PassRun
from tasks.edge.storing import store_chunk
from tests.claims import CARTAGENA, at, meet, tell
from tests.homes import ask_lake, begin, write_story
from tests.republished import Press, cut, embed

NOW = at("2025-12-11 12:00")
TEXT = Press(3).write_story(1500)
CLAIM = meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA)
PAIRS = "select wire_id, of_wire_id, basis, similarity, share_of_copy < 0.8, share_of_original < 0.8 from copies order by all"
ORIGINS = "select wire_id, origin from articles order by 1"


def write(wire_id: str, text: str, *, minutes: float = 0) -> tuple[Article, Reading]:
    """A story of a wire, published so many minutes after noon, that tells of no meeting."""
    article, reading = write_story(tell(f"{wire_id}-1", "2025-12-11 12:00", CLAIM, wire_id=wire_id), NOW)
    moment = NOW + timedelta(minutes=minutes)
    item = replace(article.item, published_at=moment)
    told = {"text": text, "title": wire_id, "content_hash": content_hash(wire_id, text), "published_at": moment}
    return replace(article, item=item, **told), replace(reading, meetings=())


def store(run: PassRun, number: int, *pairs: Any) -> None:
    store_chunk(run, ReadChunk(number, pairs, ()), is_import=True)


def test_what_a_chunk_repeats_of_itself_and_of_the_chunk_before_is_found(tmp_path: Path) -> None:
    run, press = begin(tmp_path, NOW), Press(4)
    store(run, 1, write("norvik", TEXT))
    store(run, 2, write("lumen", cut(press, TEXT), minutes=5), write("meridian", embed(press, TEXT), minutes=9))

    assert ask_lake(run, PAIRS) == [
        ("lumen", "norvik", "published", 1.0, False, True),
        ("meridian", "lumen", "published", 1.0, True, False),
        ("meridian", "norvik", "published", 1.0, True, False),
    ]
    assert ask_lake(run, ORIGINS) == [("lumen", "norvik"), ("meridian", "norvik"), ("norvik", "norvik")]


def test_a_later_pass_knows_the_stories_of_earlier_ones(tmp_path: Path) -> None:
    store(begin(tmp_path, NOW), 1, write("norvik", TEXT))
    run = begin(tmp_path, NOW + timedelta(minutes=5))
    store(run, 1, write("lumen", TEXT, minutes=5))

    assert ask_lake(run, "select wire_id, of_wire_id, similarity from copies") == [("lumen", "norvik", 1.0)]


def test_a_copy_that_credits_the_wire_and_was_fetched_before_it_is_still_the_copy(tmp_path: Path) -> None:
    store(begin(tmp_path, NOW), 1, write("lumen", f"{TEXT} (Norvik Press)"))
    run = begin(tmp_path, NOW + timedelta(minutes=5))
    store(run, 1, write("norvik", TEXT, minutes=5))

    assert ask_lake(run, "select wire_id, of_wire_id, basis, day = of_day from copies") == [
        ("lumen", "norvik", "credit", True)
    ]
    assert ask_lake(run, ORIGINS) == [("lumen", "norvik"), ("norvik", "norvik")]


def test_who_published_first_is_the_original_though_fetched_later_and_the_two_have_one_origin(tmp_path: Path) -> None:
    store(begin(tmp_path, NOW), 1, write("lumen", TEXT, minutes=30))
    run = begin(tmp_path, NOW + timedelta(minutes=40))
    store(run, 1, write("norvik", TEXT, minutes=20))

    assert ask_lake(run, "select wire_id, of_wire_id, basis from copies") == [("lumen", "norvik", "published")]
    assert ask_lake(run, "select count(distinct origin) from articles") == [(1,)]


def test_a_run_again_adds_no_pair(tmp_path: Path) -> None:
    run = begin(tmp_path, NOW)
    for number in (1, 2):
        store(run, number, write("norvik", TEXT), write("lumen", TEXT, minutes=5))

    assert ask_lake(run, "select count(*) from copies") == [(1,)]


def test_a_sketch_of_an_earlier_layout_is_read_and_resembles_nothing(tmp_path: Path) -> None:
    run = begin(tmp_path, NOW)
    store(run, 1, write("norvik", TEXT))
    later = begin(tmp_path, NOW + timedelta(minutes=5))
    with write_lake(run.address, "test", NOW, "sketches of 64 bits") as lake:
        lake.connection.execute("update article_facts set sketch = [1::ubigint << 40, 1::ubigint << 41]")
    store(later, 1, write("lumen", TEXT, minutes=5))

    assert ask_lake(later, "select count(*) from copies") == [(0,)]
