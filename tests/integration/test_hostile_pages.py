"""Hostile pages in the midst of a run: each is recorded by its kind, and costs no other page anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tasks.edge import pool
from tests.fakes import FakeWire, feed, item, ok
from tests.hostile import hostile_pages
from tests.passes import PassDone, ask_home, run_pass, write_feeds

# What is known of each before: those that a machine may find quick or slow, small or large, may end either way.
KINDS = {
    "300,000 attributes on one tag": {"extract_timeout"},
    "300,000 links": {"extract_memory", "extract_timeout", "extract_crash"},
    "100,000 nested divs": {"extract_empty"},
    "a text of 10 MB": {"too_big"},
}


@pytest.fixture(autouse=True)
def _no_other_workers() -> Iterator[None]:
    pool.close_shared()
    yield
    pool.close_shared()


def story(name: str) -> bytes:
    told = "".join(f"<p>{name}: envoys met for round {n} of their talks in the harbour town.</p>" for n in range(9))
    return f"<html><body><article><h1>{name}</h1>{told}</article></body></html>".encode()


def run_over(folder: Path, bodies: dict[str, bytes]) -> tuple[PassDone, dict[str, dict[str, Any]]]:
    """A pass over a feed with these pages, a sound one before and one behind; its items by their titles."""
    pages = {"Before": story("Before"), **bodies, "After": story("After")}
    with FakeWire() as wire:
        entries = [
            item(n, name, link=wire.say(f"/{n}", ok(body, "text/html"))) for n, (name, body) in enumerate(pages.items())
        ]
        feeds = write_feeds(folder, {"harbour": wire.say("/rss", feed("".join(entries)))})
        done = run_pass(folder / "home", feeds, allow=wire.host)
    return done, {row["title"]: row for row in ask_home(folder / "home", "from items")}


def test_a_run_records_each_hostile_page_by_its_kind_and_stores_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The seconds of CPU are fewer than in a real run, so that the bombs do not take the tests' own time.
    quick = replace(pool.PAGE_LIMITS, cpu_s=3.0)
    monkeypatch.setattr(pool.PagePool.__init__, "__defaults__", (None, quick))
    bodies = {name: page[0] for name, page in hostile_pages().items() if name in KINDS}

    done, ends = run_over(tmp_path, bodies)

    assert done.unexplained == (0, 0)
    assert (ends["Before"]["outcome"], ends["After"]["outcome"]) == ("stored", "stored")
    for name, kinds in KINDS.items():
        articles = ask_home(tmp_path / "home", "from articles")
        told = {ends[name]["reason"], *(row["quality_reason"] for row in articles if row["title"] == name)}
        assert told & kinds, (name, told)


def test_a_page_on_which_the_worker_aborts_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_TRADE", replace(pool._TRADE, module="tests.aborting_worker"))

    done, ends = run_over(tmp_path, {"Fragile": b"<html><body><p>ABORT</p></body></html>"})

    assert done.unexplained == (0, 0)
    assert (ends["Before"]["outcome"], ends["After"]["outcome"]) == ("stored", "stored")
    assert (ends["Fragile"]["outcome"], ends["Fragile"]["reason"]) == ("waiting", "extract_crash")
    assert "exit code -6" in ends["Fragile"]["cause"]


def test_no_page_may_take_more_than_ten_seconds_or_512_mb() -> None:
    assert pool.PAGE_LIMITS.cpu_s <= 10
    assert pool.PAGE_LIMITS.memory <= 512 << 20
