from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.catalog.folders import BUILT_IN
from tasks.catalog.layers import Layers
from tasks.catalog.places import load_places
from tasks.catalog.wires import load_listed_wires, load_wires, load_wires_file
from tasks.core.address.forms import identity_url
from tasks.core.dateline.read import read_dateline
from tasks.core.errors import BadInput, CatalogBroken
from tasks.core.model import Auth, Feed, Wire
from tasks.core.places import PlaceIndex
from tests.data import DATA, needs_data

LEAST = '[[wire]]\nid = "harbour"\nurl = "https://harbour.example/rss"\n'


def built_in() -> tuple[Wire, ...]:
    layers = Layers((BUILT_IN,))
    wires = load_wires(layers)
    assert layers.faults == []
    return wires


def listed_wires() -> tuple[tuple[Wire, ...], frozenset[str]]:
    layers = Layers((BUILT_IN,))
    listed = load_listed_wires(layers)
    assert layers.faults == []
    return listed


def write(folder: Path, text: str, name: str = "wires.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> tuple[Wire, ...]:
    return load_wires_file(write(folder, text))


def faults_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(CatalogBroken) as caught:
        load(folder, text)
    return [str(fault) for fault in caught.value.faults]


# --- the built-in wires ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wire_id",
    [
        *("tass", "xinhua", "ecns", "anadolu", "yonhap", "ukrinform", "irna"),
        *("un-news", "dw", "bbc", "aljazeera", "france24", "kyodo"),
    ],
)
def test_the_wire_is_watched(wire_id: str) -> None:
    assert wire_id in {wire.wire_id for wire in built_in()}


def test_every_wire_says_who_it_is_and_where_its_feeds_are() -> None:
    for wire in built_in():
        assert wire.name != wire.wire_id
        assert wire.home
        assert wire.ownership
        assert wire.feeds
        assert wire.country or wire.ownership == "organisation", wire.wire_id


def test_at_least_forty_feeds_of_twenty_five_agencies_and_newsrooms_are_on() -> None:
    wires = built_in()

    assert sum(len(wire.feeds) for wire in wires) >= 40
    assert len([wire for wire in wires if wire.tier in {1, 3}]) >= 25
    assert len([wire for wire in wires if wire.tier == 1]) >= 25


def test_every_wire_that_is_listed_has_its_place_and_an_address_of_its_own() -> None:
    listed, _ = listed_wires()

    assert all(wire.region and wire.tier and wire.lang and wire.zone for wire in listed)
    assert all(feed.zone == wire.zone for wire in listed for feed in wire.feeds)
    feeds = [feed for wire in listed for feed in wire.feeds]
    assert len({identity_url(feed.url) for feed in feeds}) == len({feed.feed_id for feed in feeds}) == len(feeds)


def test_a_wire_is_on_where_its_language_is_read_and_off_where_not() -> None:
    listed, off = listed_wires()

    assert {feed.lang for wire in built_in() for feed in wire.feeds} == {"en"}
    assert {wire.wire_id for wire in listed if wire.lang != "en"} == off


def test_no_built_in_wire_wants_a_token() -> None:
    assert {feed.auth for wire in listed_wires()[0] for feed in wire.feeds} == {None}


@needs_data
def test_no_wire_claims_an_answer_that_nobody_saw() -> None:
    manifest = json.loads((DATA / "data" / "feeds_real" / "MANIFEST.json").read_text(encoding="utf-8"))
    rows = manifest if isinstance(manifest, list) else manifest["files"]
    seen = {row["feed_url"]: row["captured"][:10] for row in rows if row["feed_url"] and row["captured"]}

    for wire in listed_wires()[0]:
        if wire.checked is not None:
            assert {seen.get(feed.url) for feed in wire.feeds} == {wire.checked.isoformat()}, wire.wire_id
        else:
            assert wire.floor is None, wire.wire_id


def test_the_readme_names_every_wire() -> None:
    readme = (BUILT_IN.parents[1] / "README.md").read_text(encoding="utf-8")

    for wire in listed_wires()[0]:
        assert f"`{wire.wire_id}`" in readme, wire.wire_id


def styled_wires() -> list[tuple[str, str]]:
    tables = tomllib.loads((BUILT_IN / "wires.toml").read_text(encoding="utf-8"))["wire"]
    return [(table["id"], table["example"]) for table in tables if "example" in table]


@pytest.mark.parametrize(("wire_id", "example"), styled_wires())
def test_the_example_of_a_dateline_is_read(wire_id: str, example: str) -> None:
    layers = Layers((BUILT_IN,))
    places = PlaceIndex(load_places(layers))
    wire = next(wire for wire in load_wires(layers) if wire.wire_id == wire_id)

    line = read_dateline(example, wire, datetime(2026, 11, 2, tzinfo=UTC), places)

    assert line is not None
    assert line.agency == wire.agency
    assert example[line.start] == example[0]
    assert example[line.body_start :][:1].isupper()


# --- one entry -------------------------------------------------------------------------------------------------------


def test_an_id_and_an_address_are_enough(tmp_path: Path) -> None:
    (wire,) = load(tmp_path, LEAST)

    assert wire == Wire(
        wire_id="harbour",
        name="harbour",
        country=None,
        ownership=None,
        lang=None,
        agency=None,
        zone="UTC",
        dateline=None,
        gives="full text",
        checked=None,
        home=None,
        feeds=(Feed("harbour", "harbour", "https://harbour.example/rss", None, "UTC", 600),),
    )


def test_feeds_take_from_their_wire_what_they_do_not_say(tmp_path: Path) -> None:
    (wire,) = load(
        tmp_path,
        """
        [[wire]]
        id = "harbour"
        lang = "en"
        zone = "Asia/Manila"
        every = "15m"
        gives = "subscription"
        checked = 2026-02-17
        feeds = [
          { id = "harbour-world", url = "https://harbour.example/world" },
          { id = "harbour-fr", url = "https://harbour.example/fr", lang = "fr", zone = "Europe/Paris", every = "90s" },
        ]
        """,
    )

    assert wire.gives == "subscription"
    assert wire.checked == date(2026, 2, 17)
    assert wire.feeds == (
        Feed("harbour-world", "harbour", "https://harbour.example/world", "en", "Asia/Manila", 900),
        Feed("harbour-fr", "harbour", "https://harbour.example/fr", "fr", "Europe/Paris", 90),
    )


def test_a_token_is_known_by_the_name_of_its_variable_and_a_feed_may_have_its_own(tmp_path: Path) -> None:
    (wire,) = load(
        tmp_path,
        """
        [[wire]]
        id = "harbour"
        auth = { header = "Authorization", env = "HARBOUR_TOKEN" }
        feeds = [
          "https://harbour.example/world",
          { url = "https://harbour.example/trade", auth = { header = "X-Key", env = "TRADE_KEY" } },
        ]
        """,
    )

    assert [feed.auth for feed in wire.feeds] == [Auth("Authorization", "HARBOUR_TOKEN"), Auth("X-Key", "TRADE_KEY")]


def test_region_tier_and_floor_are_read(tmp_path: Path) -> None:
    (wire,) = load(tmp_path, LEAST + 'region = "Asia"\ntier = 1\nfloor = 20')

    assert (wire.region, wire.tier, wire.floor) == ("Asia", 1, 20)


def test_a_feed_without_an_id_keeps_its_id_when_the_list_changes(tmp_path: Path) -> None:
    one = 'feeds = ["https://harbour.example/a", "https://harbour.example/b"]'
    other = 'feeds = ["https://harbour.example/c", "https://harbour.example/b"]'

    (before,) = load(tmp_path, f'[[wire]]\nid = "harbour"\n{one}')
    (after,) = load(tmp_path, f'[[wire]]\nid = "harbour"\n{other}')

    assert before.feeds[1].feed_id == after.feeds[1].feed_id != before.feeds[0].feed_id


@pytest.mark.parametrize(
    ("line", "named"),
    [
        pytest.param('langs = "en"', "unknown key langs", id="an unknown key"),
        pytest.param("name = 7", "name = 7, which is of the wrong type", id="a number for a name"),
        pytest.param("checked = 2026-02-17T10:00:00Z", "checked", id="a moment for a day"),
        pytest.param('country = "South Korea"', "alpha-3", id="a country by name"),
        pytest.param('lang = "English"', "two small letters", id="a language by name"),
        pytest.param('zone = "Seoul"', "unknown zone 'Seoul'", id="no zone"),
        pytest.param('zone = "../etc"', "unknown zone", id="a path for a zone"),
        pytest.param('every = "often"', "every = 'often'", id="no time"),
        pytest.param('every = "5s"', "from 60s to 24h", id="impolitely often"),
        pytest.param('gives = "everything"', "use one of full text, summary, subscription", id="gives"),
        pytest.param('home = "harbour.example"', "home", id="a home without a scheme"),
        pytest.param('region = "Atlantis"', "use one of Africa", id="an unknown region"),
        pytest.param("tier = 4", "whole number from 1 to 3", id="an unknown tier"),
        pytest.param("tier = true", "tier = True, which is of the wrong type", id="true for a number"),
        pytest.param("floor = 0", "whole number from 1", id="a floor that is none"),
        pytest.param('auth = "s3cret"', "has auth = a value", id="a token for an auth"),
        pytest.param('auth = { env = "T" }', "without the name of a header", id="an auth without a header"),
        pytest.param('auth = { header = "X Y", env = "T" }', "without the name of a header", id="no header"),
        pytest.param('auth = { header = "Host", env = "T" }', "which Dateline sets itself", id="a header of ours"),
        pytest.param('auth = { header = "X-Key" }', "not the name of a variable", id="an auth without a variable"),
        pytest.param('auth = { header = "X-Key", env = "Bearer s3cret" }', "keep the value out", id="a token as env"),
        pytest.param('auth = { header = "X-Key", env = "T", value = "s3cret" }', "key value", id="a token as a key"),
        pytest.param('feeds = [{ id = "harbour-b" }]', "has no address", id="a feed without an address"),
        pytest.param('feeds = [{ url = "file:///etc/passwd" }]', "its scheme is file", id="a file for a feed"),
        pytest.param('feeds = [{ url = "https://u:p@h.example/" }]', "user name", id="a password in an address"),
        pytest.param('feeds = [{ url = "https://b.example/", evry = "5m" }]', "feeds[1]", id="a feed's unknown key"),
        pytest.param('feeds = [["https://b.example/"]]', "feeds", id="a list for a feed"),
        pytest.param('feeds = ["https://harbour.example/rss"]', "stands 2 times", id="one address twice"),
        pytest.param('feeds = [{ id = "harbour", url = "https://b.example/" }]', "given to 2 feeds", id="one id twice"),
        pytest.param('dateline = "[A-Z]+ -"', "without an example", id="a dateline without an example"),
        pytest.param('example = "OSLO -"', "no dateline", id="an example without a dateline"),
        pytest.param('dateline = "[A-Z"\nexample = "OSLO -"', "no pattern", id="a broken pattern"),
        pytest.param('dateline = "(A+)+ -"\nexample = "AA -"', "repeat inside a repeat", id="a pattern without end"),
        pytest.param('dateline = "(?P<city>[A-Z]+) -"\nexample = "OSLO -"', "group city", id="an unknown group"),
        pytest.param('dateline = "[A-Z]+ --"\nexample = "OSLO - The"', "not match its example", id="no match"),
    ],
)
def test_a_fault_names_the_entry_and_the_mend(tmp_path: Path, line: str, named: str) -> None:
    (fault,) = faults_of(tmp_path, LEAST + line)

    assert fault.startswith("wires.toml: ")
    assert "harbour" in fault
    assert named in fault
    assert "s3cret" not in fault
    assert fault.endswith(")")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, '[[wire]]\nid = "a"\n\n[[wire]]\nid = "b"\nzone = "Mars"\n\n[[wires]]\nid = "c"\n')

    assert len(faults) == 4
    assert sum("has no address" in fault for fault in faults) == 2


def test_broken_toml_is_a_fault_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, '[[wire]]\nid = "a\n')

    assert "line 2" in fault


def test_the_wire_in_the_readme_of_the_catalog_loads(tmp_path: Path) -> None:
    readme = (BUILT_IN / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(\[\[wire\]\].*?)```", readme, re.DOTALL)

    (wire,) = load(tmp_path, example)

    assert (wire.floor, wire.feeds[0].auth) == (20, Auth("Authorization", "COURIER_TOKEN"))


# --- the user's own layer --------------------------------------------------------------------------------------------


def overlay(tmp_path: Path, text: str) -> dict[str, Wire]:
    write(tmp_path, text)
    layers = Layers((BUILT_IN, tmp_path))
    wires = load_wires(layers)
    assert layers.faults == []
    return {wire.wire_id: wire for wire in wires}


def test_an_overlay_changes_only_the_keys_that_it_names(tmp_path: Path) -> None:
    before = {wire.wire_id: wire for wire in built_in()}

    after = overlay(tmp_path, '[[wire]]\nid = "tass"\nevery = "20m"\n')

    assert after["tass"].feeds[0].every_s == 1200
    assert after["tass"].name == before["tass"].name
    assert {**after, "tass": None} == {**before, "tass": None}


def test_an_overlay_switches_a_wire_off_and_another_on(tmp_path: Path) -> None:
    after = overlay(tmp_path, '[[wire]]\nid = "tass"\nenabled = false\n\n[[wire]]\nid = "tass-ru"\nenabled = true\n')

    assert "tass" not in after
    assert after["tass-ru"].feeds[0].lang == "ru"


def test_an_overlay_adds_a_wire(tmp_path: Path) -> None:
    assert overlay(tmp_path, LEAST)["harbour"].feeds[0].url == "https://harbour.example/rss"


# --- files of the user's -------------------------------------------------------------------------------------------


OPML = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>My wires</title></head><body>
  <outline text="Agencies">
    <outline type="rss" title="Harbour &amp; Sons" xmlUrl="https://harbour.example/rss" htmlUrl="https://harbour.example/"/>
    <outline text="Nordlicht Ångström" xmlUrl="https://nordlicht.example/feed" language="de-DE"/>
    <outline text="Harbour &amp; Sons" xmlUrl="https://harbour.example/sport"/>
  </outline>
  <outline xmlUrl="https://harbour.example/rss"/>
  <outline xmlUrl="https://bare.example/feed"/>
</body></opml>
"""


def test_an_opml_list_becomes_wires(tmp_path: Path) -> None:
    wires = load_wires_file(write(tmp_path, OPML, "feeds.opml"))

    assert [(wire.wire_id, wire.name, wire.lang, wire.feeds[0].url) for wire in wires] == [
        ("harbour-sons", "Harbour & Sons", None, "https://harbour.example/rss"),
        ("nordlicht-angstrom", "Nordlicht Ångström", "de", "https://nordlicht.example/feed"),
        ("harbour-sons-2", "Harbour & Sons", None, "https://harbour.example/sport"),
        ("bare-example", "bare-example", None, "https://bare.example/feed"),
    ]


def test_an_address_of_an_opml_list_that_cannot_be_asked_is_a_fault(tmp_path: Path) -> None:
    listed = OPML.replace("https://bare.example/feed", "javascript:alert(1)")

    with pytest.raises(CatalogBroken, match=r"feeds\.opml: outline\[feed\]: .*scheme is javascript"):
        load_wires_file(write(tmp_path, listed, "feeds.opml"))


def test_the_entities_of_an_opml_list_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, "hidden words", "secret.txt")
    declared = f'<!DOCTYPE opml [<!ENTITY leak SYSTEM "{secret.as_uri()}">]><opml>'
    listed = OPML.replace('<opml version="2.0">', declared).replace("<title>My wires", "<title>&leak;")

    wires = load_wires_file(write(tmp_path, listed, "feeds.opml"))

    assert len(wires) == 4
    assert "hidden words" not in repr(wires)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param("", "names no feed", id="empty"),
        pytest.param("<opml><body>", "not valid XML", id="XML that is cut"),
        pytest.param("<html><body/></html>", "begins with <html>", id="a web page"),
        pytest.param("<opml><body/></opml>", "names no feed", id="a list of nothing"),
    ],
)
def test_a_file_that_names_no_feeds_is_told_in_one_sentence(tmp_path: Path, text: str | None, named: str) -> None:
    path = tmp_path / "feeds.any"
    if text is not None:
        write(tmp_path, text, path.name)

    with pytest.raises(BadInput, match=named) as caught:
        load_wires_file(path)

    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_sites_word_is_passed_over_only_with_a_note_of_who_allows_it(tmp_path: Path) -> None:
    entry = '[[wire]]\nid = "courier"\nurl = "https://courier.example/rss"\ntdm = "ignore"\n'
    (tmp_path / "noted.toml").write_text(entry + 'note = "licence of 3 March 2026"\n', encoding="utf-8")
    (wire,) = load_wires_file(tmp_path / "noted.toml")
    (tmp_path / "bare.toml").write_text(entry, encoding="utf-8")

    assert (wire.tdm, wire.robots) == ("ignore", "obey")
    with pytest.raises(CatalogBroken, match='tdm = "ignore" without a note'):
        load_wires_file(tmp_path / "bare.toml")
