"""A search finds what the lake says now, the best first, whatever the index beside it is like."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from flows.__main__ import main
from tasks.core.errors import BadInput
from tasks.core.search_words import parse_words
from tasks.desk.desk import open_desk
from tasks.edge.lake.adhoc import ask
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.edge.search import Sought, find_stories, index_file, update_index
from tasks.settings import read_settings
from tests import lake_profile
from tests.stories import write_stories

TITLED = {
    "url": "https://meridian.example/ferry",
    "title": "Ferry strike ends in Harbourton",
    "text": "The ferry crews of Harbourton went back to work on Monday after nine days.",
    "published_at": "2025-12-10T10:00:00Z",
    "wire": "Meridian Wire",
}
MENTIONED = {
    "url": "https://lumen.example/bridge",
    "title": "Bridge opened",
    "text": "A bridge over the strait was opened on Tuesday; it takes the place of a ferry. " + "Masons spoke. " * 40,
    "published_at": "2025-12-11T10:00:00Z",
    "wire": "Agence Lumen",
}
OTHER = {**TITLED, "url": "https://meridian.example/wheat", "title": "Wheat", "text": "Récolte: the wheat is in."}
NEW = {**TITLED, "url": "https://meridian.example/new", "title": "Second ferry", "text": "A second ferry sails."}
CORRECTED = {
    **MENTIONED,
    "text": "A bridge over the strait was opened on Tuesday, beside a tunnel. " + "Masons spoke. " * 40,
}


def store(home: Path, *stories: Any) -> None:
    assert main(["import", str(write_stories(home.parent / "stories.jsonl", stories)), "--home", str(home)]) == 0


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("stored") / "home"
    store(home, TITLED, MENTIONED, OTHER)
    update(home)
    return home


@pytest.fixture
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A home of its own: a copy, but where its lake is a database on a server."""
    home = tmp_path / "home"
    if lake_profile.IS_ON:
        store(home, TITLED, MENTIONED, OTHER)
        update(home)
    else:
        shutil.copytree(request.getfixturevalue("stored"), home)
    return home


def update(home: Path) -> None:
    with closing(connect_reader(locate_lake(read_settings(home, {})))) as lake:
        update_index(home, lake)


def search(home: Path, words: str, **bounds: Any) -> list[str]:
    """The snippets of what is found, the best first."""
    with closing(connect_reader(locate_lake(read_settings(home, {})))) as lake:
        return [row["snippet"] for row in find_stories(home, lake, Sought(parse_words(words), **bounds))]


def count_indexed(home: Path) -> int:
    with closing(sqlite3.connect(index_file(home))) as index:
        return int(index.execute("select count(*) from words").fetchone()[0])


def test_a_title_ranks_before_a_mention_and_the_words_are_marked(home: Path, run_json: Any) -> None:
    rows = run_json("search", "ferry")

    assert [row["title"] for row in rows] == ["Ferry strike ends in Harbourton", "Bridge opened"]
    assert rows[0]["score"] > rows[1]["score"] > 0
    assert "a [[ferry]]" in rows[1]["snippet"]
    assert (rows[1]["wire"], rows[1]["url"]) == ("agence-lumen", MENTIONED["url"])


@pytest.mark.parametrize(
    ("words", "found"),
    [("ferry NOT bridge", 1), ('"ferry crews"', 1), ('"crews ferry"', 0), ("harb*", 1), ("recolte", 1), ("tunnel", 0)],
)
def test_the_ways_to_ask(home: Path, words: str, found: int) -> None:
    assert len(search(home, words)) == found


def test_a_search_is_bound_by_time_wire_and_number(run: Any, run_json: Any) -> None:
    assert [row["title"] for row in run_json("search", "ferry", "--since", "2025-12-11")] == ["Bridge opened"]
    assert len(run_json("search", "ferry", "--wire", "meridian-wire")) == 1
    assert len(run_json("search", "ferry", "--limit", "1")) == 1
    assert run("search", "ferry", "--wire", "nobody")[0] == 2


def test_a_search_for_people_is_two_lines_a_story(run: Any) -> None:
    code, out, err = run("search", "ferry")

    assert (code, len(out.splitlines())) == (0, 4)
    assert "Ferry strike ends in Harbourton" in out
    assert "show" in err


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("search('ferry')", ["Ferry strike ends in Harbourton", "Bridge opened"]),
        ("search('ferry', since := '2025-12-11')", ["Bridge opened"]),
        ("search('ferry', wire := 'meridian-wire')", ["Ferry strike ends in Harbourton"]),
        ("search('ferry', most := 1)", ["Ferry strike ends in Harbourton"]),
        ("search('ferry NOT bridge')", ["Ferry strike ends in Harbourton"]),
        ("search('it''s')", []),
    ],
)
def test_sql_searches_as_the_command_does(run_json: Any, asked: str, found: list[str]) -> None:
    rows = run_json("sql", f"select title from {asked}")  # noqa: S608 - ours
    assert [row["title"] for row in rows] == found


def test_sql_finds_what_came_after_the_index_and_joins_it_with_the_lake(
    home: Path, run_json: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    store(home, NEW, CORRECTED)
    capsys.readouterr()

    joined = "select a.title, f.snippet, f.score from search('ferry') as f join articles as a using (day, article_id)"
    rows = run_json("sql", joined)

    assert sorted(row["title"] for row in rows) == ["Ferry strike ends in Harbourton", "Second ferry"]
    assert all("[[" in row["snippet"] and row["score"] > 0 for row in rows)


def test_of_equal_stories_the_newest_comes_first(home: Path, run_json: Any, capsys: pytest.CaptureFixture[str]) -> None:
    copies = [
        {**NEW, "url": f"https://meridian.example/copy-{day}", "published_at": f"2025-12-{day}T10:00:00Z"}
        for day in (12, 14, 13)
    ]
    store(home, *copies)
    capsys.readouterr()

    assert [row["url"][-2:] for row in run_json("search", "sails")] == ["14", "13", "12"]
    told = [row["published_at"][:10] for row in run_json("sql", "select published_at from search('sails')")]
    assert told == ["2025-12-14", "2025-12-13", "2025-12-12"]


def test_sql_cannot_write_the_index(run: Any) -> None:
    code, _, err = run("sql", "delete from search_index.stories")

    assert (code, "only reads" in err) == (2, True)


def test_words_in_sql_mean_what_they_mean_to_the_command(home: Path) -> None:
    dice = random.Random(7)
    parts = [*'ab"*()^:-+{};', " ", " ", " AND ", " OR ", " NOT ", "ferry", "strait", "it's", "é"]
    typed = ["".join(dice.choices(parts, k=dice.randint(1, 9))) for _ in range(600)]
    with closing(sqlite3.connect(index_file(home))) as index, open_desk(home) as desk:
        same = [words for words in typed if is_taken(words)]
        for words in same:
            ((terms,),) = ask(desk.connection, "select search_terms($words)", {"words": words}).rows
            ids = [
                index.execute("select rowid from words where words match ? order by 1", [expression]).fetchall()
                for expression in (parse_words(words), terms)
            ]
            assert ids[0] == ids[1], words
    assert len(same) > 100


def is_taken(words: str) -> bool:
    try:
        return bool(parse_words(words))
    except BadInput:
        return False


def test_what_came_after_the_index_is_found_and_what_was_corrected_is_not(home: Path) -> None:
    store(home, NEW, CORRECTED)

    found = search(home, "ferry")

    assert len(found) == 2
    assert "[[Ferry]]" in found[0] or "[[ferry]]" in found[0]
    assert not any("strait" in snippet for snippet in found)
    assert len(search(home, "tunnel")) == 1
    assert count_indexed(home) == 4


def test_an_index_that_cannot_be_written_is_brought_up_to_date_in_memory(home: Path) -> None:
    with closing(sqlite3.connect(index_file(home), isolation_level=None)) as other:
        other.execute("begin exclusive")
        store(home, NEW, CORRECTED)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tasks.edge.search.WAIT_S", 0.0)
            assert len(search(home, "ferry")) == 2
        other.execute("rollback")
    assert count_indexed(home) == 3


@pytest.mark.parametrize("damage", ["gone", "no database", "cut", "zeros", "no tables", "other layout"])
def test_a_damaged_index_is_made_anew_and_gives_the_same_answer(home: Path, damage: str) -> None:
    whole, path = search(home, "ferry"), index_file(home)
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage in {"no tables", "other layout"}:
        with closing(sqlite3.connect(path)) as index:
            index.execute("drop table stories" if damage == "no tables" else "pragma user_version = 99")
            index.commit()
    else:
        bytes_left = {"no database": b"x" * 9000, "cut": data[:5000], "zeros": data[:4096] + bytes(len(data) - 4096)}
        path.write_bytes(bytes_left[damage])

    assert search(home, "ferry") == whole
    assert count_indexed(home) == 3


def test_a_forgotten_article_is_found_no_more(home: Path, run: Any) -> None:
    assert run("forget", TITLED["url"], "--reason", "asked to")[0] == 0

    assert len(search(home, "ferry")) == 1
    assert b"Harbourton" not in index_file(home).read_bytes()


@pytest.mark.parametrize("words", ['"', "NOT x", "", "(("])
def test_a_search_that_says_nothing_is_one_sentence(run: Any, words: str) -> None:
    code, out, err = run("search", words)

    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_search_without_a_lake_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "ferry", "--home", str(tmp_path / "none")]) == 1
    assert not (tmp_path / "none").exists()
