"""Passes leave a calendar, an Atom feed and a page that strict readers take, each replaced as a whole."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.core.errors import BadInput, DatelineError
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.told import read_edition
from tasks.edge.passes import PassRun
from tasks.edge.publishing import publish_feeds
from tasks.settings import Settings, read_settings
from tests.claims import GENEVA, meet, tell
from tests.fakes import FakeWire, feed, item, ok, status
from tests.homes import COUNTRIES, begin, store
from tests.passes import Lab, ask_home, begin_empty, work_off
from tests.published import first_day, read_atom, read_calendar, read_page, words_of
from tests.sample_acts import run_acts

NAMES = {country.code: country.name for country in COUNTRIES} | {"KEN": "Kenya", "UGA": "Uganda"}
FILES = ("summits.ics", "alerts.atom", "index.html")
NOON = datetime(2025, 12, 11, 12, tzinfo=UTC)


def publish(settings: Settings, now: datetime) -> tuple[Path, ...]:
    return publish_feeds(settings, locate_lake(settings), NAMES, now)


def kept(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


# --- passes over the sample wire -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home after both acts, and the folder into which each act was published, `1` and `2` beside it."""
    folder = tmp_path_factory.mktemp("published")
    out = folder / "out"
    for act, polled_at in run_acts(folder, utc_now()):
        publish(read_settings(folder / "home", {"DATELINE_PUBLISH": str(out)}), polled_at)
        shutil.copytree(out, folder / str(act))
    return folder / "home", folder


def test_a_pass_leaves_three_files_that_strict_readers_take_and_nothing_else(sample_home):
    home, folder = sample_home
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(FILES)
    dated = ask_home(
        home,
        "select meeting_id from summits where from_day is not null and status not in ('ruled_out', 'withdrawn')",
    )
    assert {event["UID"] for event in read_calendar((folder / "2" / "summits.ics").read_bytes())} == {
        f"{row['meeting_id']}@dateline" for row in dated
    }
    alerts = ask_home(home, "select alert_id from alerts order by raised_at desc, step desc, alert_id desc")
    assert [entry.id for entry in read_atom((folder / "2" / "alerts.atom").read_bytes())] == [
        f"urn:dateline:alert:{row['alert_id']}" for row in alerts
    ]


def test_the_summit_of_the_second_act_comes_in_beside_those_of_the_first(sample_home):
    _, folder = sample_home
    before, after = (
        {event["UID"]: event for event in read_calendar((folder / act / "summits.ics").read_bytes())}
        for act in ("1", "2")
    )

    (new,) = after.keys() - before.keys()
    assert after[new]["SUMMARY"] == "Summit: Egypt and Ethiopia"
    assert after[new]["LOCATION"].startswith("Geneva")
    assert before.keys() < after.keys()
    assert all(int(after[uid]["SEQUENCE"]) >= int(before[uid]["SEQUENCE"]) for uid in before)


def test_the_page_tells_what_the_lake_holds(sample_home):
    home, folder = sample_home
    page = read_page((folder / "2" / "index.html").read_bytes())
    sections = {section.get("aria-labelledby"): words_of(section) for section in page.iter("section")}

    assert "Egypt and Ethiopia" in sections["coming"]
    assert "Every wire that was asked has brought something new." in sections["silent"]
    (run,) = ask_home(home, "from runs order by started_at desc limit 1")
    assert run["run_id"] in sections["pass"]
    assert f"found {run['found']} = known {run['known']}" in sections["pass"]
    for alert in ask_home(home, "from alerts"):
        assert " ".join(alert["sentence"].split()) in sections["alerts"]


def test_a_reader_keeps_the_file_that_it_has_opened_while_another_takes_its_place(sample_home):
    home, folder = sample_home
    settings = read_settings(home, {"DATELINE_PUBLISH": str(folder / "again")})
    publish(settings, utc_now())
    old = kept(folder / "again")
    with (folder / "again" / "index.html").open("rb") as reader:
        half = reader.read(100)
        publish(settings, utc_now() + timedelta(hours=1))
        assert half + reader.read() == old["index.html"]

    assert kept(folder / "again")["index.html"] != old["index.html"]


def test_a_file_that_did_not_change_is_left_alone(sample_home):
    home, folder = sample_home
    settings = read_settings(home, {"DATELINE_PUBLISH": str(folder / "same")})
    publish(settings, utc_now())
    before = {name: (folder / "same" / name).stat().st_ino for name in FILES}
    publish(settings, utc_now() + timedelta(hours=1))
    after = {name: (folder / "same" / name).stat().st_ino for name in FILES}

    assert {name for name in FILES if before[name] != after[name]} == {"index.html"}


def test_a_file_that_cannot_be_written_is_named_and_the_others_are_written(sample_home):
    home, folder = sample_home
    (folder / "blocked" / "summits.ics").mkdir(parents=True)

    with pytest.raises(DatelineError, match=r"summits\.ics .*cannot be written"):
        publish(read_settings(home, {"DATELINE_PUBLISH": str(folder / "blocked")}), utc_now())

    left = sorted(path.name for path in (folder / "blocked").iterdir())
    assert left == sorted(FILES)
    read_page((folder / "blocked" / "index.html").read_bytes())


def test_a_zone_that_is_none_is_told(sample_home):
    home, folder = sample_home
    environ = {"DATELINE_PUBLISH": str(folder / "nowhere"), "DATELINE_TZ": "Middle/Earth"}
    with pytest.raises(BadInput, match="no time zone"):
        publish(read_settings(home, environ), utc_now())
    assert not (folder / "nowhere").exists()


# --- the ledger's changes --------------------------------------------------------------------------------------------


def test_a_meeting_that_is_put_off_is_the_same_event_with_a_greater_sequence(tmp_path):
    planned = tell("norvik", "2025-12-11 09:00", meet("EGY", "ETH", on="2025-12-23", place=GENEVA))
    put_off = tell("lumen", "2025-12-11 10:00", meet("EGY", "ETH", on="2025-12-23", place=GENEVA, status="postponed"))
    run = begin(tmp_path, NOON)
    store(run, planned)
    publish(run.settings, NOON)
    (before,) = read_calendar((tmp_path / "summits.ics").read_bytes())
    store(begin(tmp_path, NOON + timedelta(hours=1)), put_off)
    publish(run.settings, NOON + timedelta(hours=1))
    (after,) = read_calendar((tmp_path / "summits.ics").read_bytes())

    assert before["UID"] == after["UID"]
    assert int(before["SEQUENCE"]) < int(after["SEQUENCE"])
    assert before["DTSTAMP"] < after["DTSTAMP"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "TENTATIVE")
    assert after["SUMMARY"] == "Summit: Egypt and Ethiopia (postponed)"
    assert "lumen" in after["DESCRIPTION"], "the sentence that proves the state, not the one before it"
    assert "2 wires" in after["DESCRIPTION"]


def test_what_is_long_past_leaves_and_what_has_no_day_is_on_the_page_alone(tmp_path):
    run = begin(tmp_path, NOON)
    store(
        run,
        tell("norvik", "2025-12-11 09:00", meet("EGY", "ETH", place=GENEVA)),
        tell("meridian", "2025-12-11 09:00", meet("ECU", "PAN", on="2024-12-09", status="held")),
    )
    edition = read_edition(run.address, NOON)

    assert [summit.parties for summit in edition.summits] == [("EGY", "ETH")]
    publish(run.settings, NOON)
    assert read_calendar((tmp_path / "summits.ics").read_bytes()) == []
    assert "Egypt and Ethiopia" in words_of(read_page((tmp_path / "index.html").read_bytes()).find(".//section"))
    assert read_edition(run.address, NOON + timedelta(days=90)).summits == ()


def test_a_window_reaches_from_its_first_day_to_its_last(tmp_path):
    run = begin(tmp_path, NOON)
    store(run, tell("norvik", "2025-12-11 09:00", meet("EGY", "ETH", on="2025-12-23..2025-12-24", place=GENEVA)))
    publish(run.settings, NOON)
    (event,) = read_calendar((tmp_path / "summits.ics").read_bytes())

    assert (f"{first_day(event)}", event["DTEND"]) == ("2025-12-23", "20251225")


# --- wires that fall silent ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    with begin_empty(tmp_path_factory.mktemp("silent")) as run:
        yield run


def test_a_wire_is_silent_after_a_day_without_a_new_story(lab: Lab) -> None:
    with FakeWire() as wire:
        page = ok(b"<html><body><article><p>The envoys met, and met again.</p></article></body></html>")
        first, second = (item(n, link=wire.say(f"/{n}", page)) for n in (1, 2))
        wire.say("/brisk", feed(first), feed(first + second))
        wire.say("/quiet", feed(first))
        wire.say("/shut", feed(first), status(403))
        urls = {name: wire.url(f"/{name}") for name in ("brisk", "quiet", "shut")}
        run = lab.watch(urls, wire.host)
        asyncio.run(work_off(run))
        between = utc_now()
        begun = read_edition(run.address, between).silent
        asyncio.run(work_off(lab.later(run, 60)))
    a_day_on = read_edition(run.address, between + timedelta(days=1)).silent
    silent = {each.wire.removeprefix(lab.prefix): each for each in a_day_on}

    assert begun == ()
    assert silent.keys() == {"quiet", "shut"}
    assert all(each.new_at and each.new_at < between for each in silent.values())
    assert (silent["quiet"].cause, "403" in (silent["shut"].cause or "")) == (None, True)
