"""`dateline feeds check` and `feeds add` against loopback wires: what is told, what is written, what is refused."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.__main__ import main
from tests.fakes import FakeWire, feed, item, ok, redirect, status

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, wire: FakeWire, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `dateline feeds ...` on a home that is not there yet: its exit code, stdout and stderr."""
    monkeypatch.setenv("DATELINE_ALLOW", wire.host)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["feeds", *arguments, "--home", str(home)])
        return code, *capsys.readouterr()

    return call


def harbour(wire: FakeWire, path: str = "/rss", **dated: str) -> str:
    """A feed of two stories whose first page answers."""
    wire.say("/story/1", ok(b"<html><body>A story</body></html>"))
    return wire.say(path, feed(item(1, link=wire.url("/story/1"), **dated) + item(2, **dated), title="Harbour Wire"))


def watch(home: Path, text: str) -> None:
    (home / "catalog").mkdir(parents=True)
    (home / "catalog" / "wires.toml").write_text(text, encoding="utf-8")


def written(home: Path) -> list[dict[str, Any]]:
    path = home / "catalog" / "wires.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["wire"] if path.exists() else []


# --- check -----------------------------------------------------------------------------------------------------------


def test_each_feed_is_told_in_one_line_and_nothing_is_stored(run: Run, wire: FakeWire, home: Path) -> None:
    code, out, _ = run("check", harbour(wire), wire.say("/gone", status(410)))

    assert code == 0
    good, bad, _, total = out.splitlines()
    assert good.startswith(f"ok     {wire.url('/rss')}: 2 entries, newest 2026-02-17 10:00, in en, dates with a zone")
    assert good.endswith("summaries in the feed, pages answer")
    assert bad.startswith(f"FAILS  {wire.url('/gone')}: {wire.host} answered 410 Gone")
    assert total == "1 of 2 feeds answered: 1 moved."
    assert not home.exists()


def test_a_wire_of_one_s_own_is_checked_by_its_id_its_name_and_the_id_of_its_feed(
    run: Run, wire: FakeWire, home: Path
) -> None:
    feeds = (
        f'[{{ id = "harbour-world", url = "{harbour(wire)}" }}, {{ id = "harbour-b", url = "{harbour(wire, "/b")}" }}]'
    )
    watch(home, f'[[wire]]\nid = "harbour"\nname = "Harbour Wire"\nenabled = false\nfeeds = {feeds}\n')

    for names, checked in {"harbour": 2, "harbour wire": 2, "harbour-b": 1}.items():
        code, out, _ = run("check", names, "--format", "json")
        assert (code, len(json.loads(out))) == (0, checked)


def test_a_check_for_machines_has_every_finding(run: Run, wire: FakeWire) -> None:
    _, out, _ = run("check", wire.say("/old", redirect(harbour(wire))), "--format", "json")

    (found,) = json.loads(out)
    assert found["answers"]
    assert (found["entries"], found["lang"], found["dates"], found["texts"]) == (2, "en", "with a zone", "summary")
    assert (found["final_url"], found["page"]) == (wire.url("/rss"), "answers")


@pytest.mark.parametrize(
    ("robots", "page", "told"),
    [
        ("User-agent: *\nDisallow: /story", status(200), "robots.txt asks us not to fetch its pages"),
        ("", status(402), "402 Payment Required (wants a subscription)"),
        ("", status(403), "but a page fails"),
        ("", ok(b"<html>x</html>", tdm_reservation="1"), "reserve text and data mining"),
    ],
)
def test_a_page_that_may_not_be_had_is_told(run: Run, wire: FakeWire, robots: str, page: Any, told: str) -> None:
    url = harbour(wire)
    wire.say("/robots.txt", ok(robots.encode(), "text/plain"))
    wire.say("/story/1", page)

    code, out, _ = run("check", url)

    assert code == 0
    assert told in out


def test_no_answer_at_all_is_exit_code_1(run: Run, wire: FakeWire) -> None:
    assert run("check", wire.url("/none"))[0] == 1


@pytest.mark.parametrize(
    ("name", "told"), [("tas", "is tass meant?"), ("qqqq", "`dateline feeds` lists them"), ("file:///x", "its scheme")]
)
def test_what_is_no_feed_is_one_sentence(run: Run, name: str, told: str) -> None:
    code, _, err = run("check", name)

    assert code == 2
    assert told in err
    assert err.count("\n") == 1


def test_a_feed_whose_token_is_not_set_fails_alone(
    run: Run, wire: FakeWire, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth = '{ header = "X-Key", env = "HARBOUR_KEY" }'
    watch(home, f'[[wire]]\nid = "harbour"\nurl = "{harbour(wire)}"\nauth = {auth}\n')

    code, out, _ = run("check", "harbour")
    assert code == 1
    assert "HARBOUR_KEY, which is not set" in out
    assert not wire.requests

    monkeypatch.setenv("HARBOUR_KEY", "s3cret-key")
    code, out, _ = run("check", "harbour")
    assert code == 0
    assert "s3cret" not in out
    assert [request.headers.get("x-key") for request in wire.requests] == ["s3cret-key", None, None]


# --- add -------------------------------------------------------------------------------------------------------------


def test_an_added_feed_is_shown_written_and_watched(run: Run, wire: FakeWire, home: Path) -> None:
    url = harbour(wire)

    code, out, err = run("add", url)

    assert (code, err) == (0, "")
    assert out.startswith("Harbour Wire: 2 entries")
    (entry,) = written(home)
    assert isinstance(entry.pop("checked"), date)
    assert entry == {"id": "harbour-wire", "name": "Harbour Wire", "lang": "en", "url": url}
    assert run("check", "harbour-wire")[0] == 0


def test_a_dry_run_writes_nothing(run: Run, wire: FakeWire, home: Path) -> None:
    code, out, _ = run("add", harbour(wire), "--dry-run")

    assert code == 0
    assert 'id = "harbour-wire"' in out
    assert not home.exists()


def test_what_the_user_says_of_a_feed_goes_before_what_was_found(run: Run, wire: FakeWire, home: Path) -> None:
    url = harbour(wire, date="17 Feb 2026 10:00")

    code, out, _ = run("add", url, "--id", "hw", "--name", "The Harbour", "--lang", "de", "--zone", "Asia/Seoul")

    assert code == 0
    assert "dates without a zone, read as Asia/Seoul" in out
    (entry,) = written(home)
    assert (entry["id"], entry["name"], entry["lang"], entry["zone"]) == ("hw", "The Harbour", "de", "Asia/Seoul")


def test_dates_without_a_zone_ask_for_one(run: Run, wire: FakeWire) -> None:
    assert "give --zone" in run("add", harbour(wire, date="17 Feb 2026 10:00"))[2]


def test_the_feed_that_a_page_names_is_found(run: Run, wire: FakeWire, home: Path) -> None:
    url = harbour(wire)
    link = b'<link rel="alternate" type="application/rss+xml" href="%s">'
    front = wire.say(
        "/front", ok(b"<html><head>" + link % b"/none" + link % b"/rss" + b"</head><body>News</body></html>")
    )

    assert run("add", front)[0] == 0
    assert [entry["url"] for entry in written(home)] == [url]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("https://tass.com/rss/v2.xml", "in the catalog already, as the feed tass-all of TASS"),
        ("http://www.tass.com/rss/v2.xml/", "in the catalog already, as the feed tass-all of TASS"),
        ("https://tass.ru/rss/all.xml", "which is off; write id"),
        ("nosuch.opml", "neither an address nor a file"),
        ("ftp://harbour.example/rss", "its scheme is ftp"),
    ],
)
def test_what_cannot_be_added_is_one_sentence_and_asks_nobody(run: Run, home: Path, source: str, told: str) -> None:
    code, _, err = run("add", source)

    assert code == 2
    assert told in err
    assert err.count("\n") == 1
    assert not home.exists()


def test_the_same_feed_is_not_added_twice_not_even_by_another_address(run: Run, wire: FakeWire, home: Path) -> None:
    url = harbour(wire)
    run("add", url)

    code, _, err = run("add", url)
    assert (code, "nothing was added" in err) == (2, True)
    code, _, err = run("add", wire.say("/old", redirect(url)))
    assert (code, "nothing was added" in err) == (1, True)
    assert len(written(home)) == 1


def test_what_does_not_answer_is_not_added(run: Run, wire: FakeWire, home: Path) -> None:
    code, _, err = run("add", wire.url("/none"))

    assert code == 1
    assert err.count("\n") == 1
    assert "was not added" in err
    assert not home.exists()


def test_an_id_that_is_taken_and_a_zone_that_is_none_are_refused(run: Run, wire: FakeWire, home: Path) -> None:
    url = harbour(wire)

    assert "The id tass is taken" in run("add", url, "--id", "tass")[2]
    assert "unknown zone 'Seoul'" in run("add", url, "--zone", "Seoul")[2]
    assert written(home) == []


def test_a_list_of_subscriptions_adds_what_answers_and_tells_the_rest(
    run: Run, wire: FakeWire, home: Path, tmp_path: Path
) -> None:
    urls = [harbour(wire), harbour(wire, "/two"), wire.url("/none"), "https://tass.com/rss/v2.xml"]
    outlines = "".join(f'<outline text="Wire {number}" xmlUrl="{url}"/>' for number, url in enumerate(urls))
    path = tmp_path / "mine.opml"
    path.write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")

    code, out, err = run("add", str(path))

    assert code == 0
    assert [(entry["id"], entry["name"]) for entry in written(home)] == [("wire-0", "Wire 0"), ("wire-1", "Wire 1")]
    assert "2 wires" in out
    assert "/none was not added" in err
    assert "as the feed tass-all of TASS; nothing was added" in err
    assert "leave them out" in run("add", str(path), "--id", "x")[2]


def test_entries_go_behind_what_stands_in_the_file(run: Run, wire: FakeWire, home: Path) -> None:
    watch(home, '# mine\n[[wire]]\nid = "tass"\nevery = "20m"\n')

    run("add", harbour(wire))

    assert [entry["id"] for entry in written(home)] == ["tass", "harbour-wire"]
    assert (home / "catalog" / "wires.toml").read_text(encoding="utf-8").startswith("# mine\n")


def test_a_catalog_in_place_of_the_built_in_one_gets_the_entry(
    run: Run, wire: FakeWire, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_CATALOG", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()

    assert run("add", harbour(wire))[0] == 0
    assert 'id = "harbour-wire"' in (tmp_path / "own" / "wires.toml").read_text(encoding="utf-8")
    assert not home.exists()


def test_a_secret_in_an_address_is_written_but_not_shown(run: Run, wire: FakeWire, home: Path) -> None:
    code, out, err = run("add", harbour(wire, "/rss?token=s3cret"))

    assert code == 0
    assert "s3cret" not in out + err
    assert written(home)[0]["url"].endswith("?token=s3cret")
