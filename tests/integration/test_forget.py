"""What an operator removes is in no file of the home afterwards, does not come again, and its reason stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.core.address.forms import article_id_of
from tasks.edge.archive import read_page
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.locks import hold_pass_lock
from tasks.edge.lake.publish import publish_press
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.publishing import publish_feeds
from tasks.edge.quarantine import Kept, Quarantine
from tasks.settings import read_settings
from tests.every_file import find_words
from tests.fakes import FakeWire, feed, ok
from tests.passes import PassDone, ask_home, run_pass, write_feeds

NOW = datetime(2026, 2, 17, 12, tzinfo=UTC)
REASON = "asked to by the publisher"
GONE_TITLE = "Presidents of Brazil and Kenya to hold summit in Nairobi, says Quorrabine"
GONE = (
    "NAIROBI, February 17 (Harbour) - The presidents of Brazil and Kenya will hold a summit in Nairobi on February 27, "
    "the Kenyan foreign ministry said on Tuesday.",
    '"We expect a frank exchange on vellumgrain," Kenyan Foreign Minister Amina Quorrabine told reporters in Ölmarsk.',
    "The Zephyrquay newspaper reported on Monday that the two sides were close to a peace agreement.",
)
GONE_WORDS = ("Quorrabine", "vellumgrain", "Ölmarsk", "Zephyrquay", "brazil-kenya-slug")
KEPT_TITLE = "Four soldiers killed in shelling near Goma"
KEPT = (
    "GOMA, February 17 (Harbour) - Shelling killed four soldiers near Goma on Tuesday, the army said.",
    '"The attack began at dawn," army spokesman Jean Tambourelle told reporters. The governor called for a ceasefire.',
)


def page(title: str, paragraphs: tuple[str, ...]) -> bytes:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}</article></body></html>".encode()


def entry(key: str, link: str, title: str, deck: str = "") -> str:
    return (
        f"<item><guid isPermaLink='false'>{key}</guid><title>{title}</title><link>{link}</link>"
        f"<pubDate>Tue, 17 Feb 2026 10:00:00 GMT</pubDate><description>{deck}</description></item>"
    )


@dataclass(slots=True)
class Desk:
    """A home, and the wire over which its passes go."""

    home: Path
    wire: FakeWire
    gone: str
    kept: str

    def list(self, *entries: str) -> None:
        self.wire.say("/rss", feed("".join(entries)))

    def run_pass(self, minutes: int) -> PassDone:
        feeds = write_feeds(self.home.parent, {"harbour": self.wire.url("/rss")})
        return run_pass(self.home, feeds, allow=self.wire.host, now=NOW + timedelta(minutes=minutes))

    def ask(self, question: str) -> list[dict[str, Any]]:
        return ask_home(self.home, question)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two stories, the one that is to go in two versions; upkeep and publishing have seen them."""
    home = tmp_path_factory.mktemp("stored") / "home"
    with FakeWire() as wire:
        gone = wire.say("/brazil-kenya-slug.html", ok(page(GONE_TITLE, GONE)), ok(page(GONE_TITLE, (*GONE, GONE[0]))))
        desk = Desk(home, wire, gone, wire.say("/goma.html", ok(page(KEPT_TITLE, KEPT))))
        kept = entry("2", desk.kept, KEPT_TITLE)
        desk.list(entry("1", gone, GONE_TITLE, "Told by Quorrabine."), kept)
        desk.run_pass(0)
        desk.list(entry("1", gone, f"{GONE_TITLE} again", "Told by Quorrabine at length."), kept)
        desk.run_pass(10)
        settings = read_settings(home, {})
        keep_lake(locate_lake(settings), NOW, None)
        publish_press(locate_lake(settings), home, NOW)
        publish_feeds(settings, locate_lake(settings), {}, NOW)
        (home / "raw" / "torn").mkdir()
        (home / "raw" / "torn" / "half.warc.gz").write_bytes(b"Quorrabine, cut off")
        told = Kept("harbour", wire.url("/rss"), NOW, None, "xml_bomb", "too deep")
        Quarantine(home).keep(told, f"<rss><link>{gone}</link>".encode())
        Quarantine(home).keep(told, b"<rss><link>https://other.example/</link>")
        yield desk


@pytest.fixture
def desk(stored: Desk, tmp_path: Path) -> Desk:
    """The same in a home of the test's own."""
    shutil.copytree(stored.home, tmp_path / "home")
    return Desk(tmp_path / "home", stored.wire, stored.gone, stored.kept)


@pytest.fixture
def home(desk: Desk) -> Path:
    return desk.home


def forget(run: Any, *given: str) -> str:
    code, out, err = run("forget", *given, "--reason", REASON)
    assert code == 0, err
    return str(out)


RELATIONS = ("articles", "topics", "topic_evidence", "actors", "quotes", "citations", "readings", "article_versions")


def test_the_words_were_in_the_home_before(stored: Desk) -> None:
    found = find_words(stored.home, GONE_WORDS)

    assert {word for words in found.values() for word in words} == {word.casefold() for word in GONE_WORDS}
    for part in ("press.duckdb", "alerts.atom", "meta.sqlite.backup", ".parquet", ".warc.gz", "quarantine", "torn"):
        assert any(part in name for name in found), part
    assert stored.ask("select max(version) as version from article_versions") == [{"version": 2}]
    assert len(stored.ask("from alerts")) == 1


def test_no_file_of_the_home_holds_a_word_of_it_afterwards(desk: Desk, run: Any) -> None:
    said = forget(run, desk.gone)

    assert find_words(desk.home, GONE_WORDS) == {}
    assert said.startswith("Removed what was named: 1 article in 2 versions with all readings, the words of 1 item, ")
    assert "2 raw pages, 1 kept feed body, 1 torn archive file, 1 meeting of which nobody else tells" in said
    assert said.count("\n") == 1


def test_the_other_article_is_untouched(desk: Desk, run: Any) -> None:
    kept = f"where article_id = '{article_id_of(desk.kept)}'"
    before = {name: desk.ask(f"from {name} {kept} order by all") for name in RELATIONS}
    assert len(before["topic_evidence"]) > 0
    assert len(before["quotes"]) > 0

    forget(run, article_id_of(desk.gone)[:12])

    assert {name: desk.ask(f"from {name} {kept} order by all") for name in RELATIONS} == before
    assert {name: len(desk.ask(f"from {name}")) for name in RELATIONS} == {
        name: len(rows) for name, rows in before.items()
    }
    (place,) = desk.ask(f"select archive_file, archive_offset from articles {kept}")  # noqa: S608
    assert read_page(desk.home / "raw", place["archive_file"], place["archive_offset"]).body == page(KEPT_TITLE, KEPT)
    assert len(Quarantine(desk.home).list_kept()) == 1


def test_its_id_its_end_and_the_reason_stay(desk: Desk, run: Any) -> None:
    forget(run, desk.gone)

    article_id = article_id_of(desk.gone)
    assert desk.ask(f"select outcome, why, title, url, article_id from items where article_id = '{article_id}'") == [  # noqa: S608
        {
            "outcome": "rejected",
            "why": f"an operator removed it: {REASON}",
            "title": None,
            "url": None,
            "article_id": article_id,
        }
    ]
    assert desk.ask("select article_id, versions, items, reason from forgotten") == [
        {"article_id": article_id, "versions": 2, "items": 1, "reason": REASON}
    ]
    (alert,) = desk.ask("select kind, article_id, sentence, title, name, stands from alerts")
    assert alert == {
        "kind": "summit.new", "article_id": article_id, "sentence": "(forgotten)", "title": None, "name": None,
        "stands": False,
    }  # fmt: skip
    assert desk.ask("from meetings") == []
    code, _, err = run("show", article_id[:10])
    assert (code, REASON in err) == (2, True)


def test_a_feed_that_lists_it_again_does_not_bring_it_back(desk: Desk, run: Any) -> None:
    forget(run, desk.gone)
    asked = len(desk.wire.asked("/brazil-kenya-slug.html"))

    desk.list(entry("1", desk.gone, f"{GONE_TITLE} once more"), entry("2", desk.kept, KEPT_TITLE))
    known = desk.run_pass(60)
    desk.list(entry("new key", desk.gone, GONE_TITLE, "Told by Quorrabine."), entry("2", desk.kept, KEPT_TITLE))
    listed = desk.run_pass(90)

    assert (known.sum["known"], known.sum["new"]) == (2, 0)
    assert (listed.sum["new"], listed.sum["rejected"], listed.unexplained) == (1, 1, (0, 0))
    assert len(desk.wire.asked("/brazil-kenya-slug.html")) == asked
    assert find_words(desk.home, GONE_WORDS) == {}
    assert len(desk.ask("from articles")) == 1


def test_an_import_does_not_bring_it_back(desk: Desk, run: Any, tmp_path: Path) -> None:
    forget(run, desk.gone)
    stories = tmp_path / "stories.jsonl"
    stories.write_text(f'{{"url": "{desk.gone}", "title": "{GONE_TITLE}", "text": "Told by Quorrabine."}}\n')

    assert run("import", str(stories))[0] == 0
    assert find_words(desk.home, GONE_WORDS) == {}


def test_to_remove_it_twice_finds_nothing_left(desk: Desk, run: Any) -> None:
    forget(run, desk.gone)

    assert forget(run, desk.gone).startswith("There was nothing left to remove")
    assert len(desk.ask("from forgotten")) == 1
    assert len(desk.ask("from articles")) == 1


def test_all_of_a_wire_goes_with_the_items_that_have_no_article(desk: Desk, run: Any) -> None:
    desk.list(entry("3", desk.wire.url("/missing.html"), "Missing: Quorrabine speaks"))
    desk.run_pass(30)

    assert "2 articles" in forget(run, "--wire", "harbour")

    assert desk.ask("from articles") == []
    assert find_words(desk.home, (*GONE_WORDS, "Tambourelle")) == {}
    assert desk.ask("select distinct outcome, reason from items") == [{"outcome": "rejected", "reason": "forgotten"}]
    assert len(desk.ask("from items")) == 3
    desk.list(entry("4", desk.wire.say("/new.html", ok(page("Governor speaks", KEPT))), "Governor speaks"))
    assert desk.run_pass(60).sum["stored"] == 1
    assert desk.ask("select title from articles where title = 'Governor speaks'") == [{"title": "Governor speaks"}]


def test_while_a_pass_runs_it_refuses_in_one_sentence_and_removes_nothing(desk: Desk, run: Any) -> None:
    with hold_pass_lock(locate_lake(read_settings(desk.home, {})), "monitor 7"):
        code, _, err = run("forget", desk.gone, "--reason", REASON)

    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("A pass is running (monitor 7)")
    assert len(desk.ask("from articles")) == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["ffffffffff"], "No article has the id"),
        ([], "Give the articles"),
        (["--wire", "nobody"], "There is no wire"),
        (["https://a.example/b", "--wire", "harbour"], "and not both"),
    ],
)
def test_what_cannot_be_meant_is_wrong_use(home: Path, run: Any, given: list[str], words: str) -> None:
    code, _, err = run("forget", *given, "--reason", REASON)

    assert (code, err.count("\n")) == (2, 1)
    assert words in err
