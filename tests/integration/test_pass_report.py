"""The end of a pass as it is printed, after two real passes over a scripted wire."""

import html
from datetime import timedelta
from email.utils import format_datetime

import pytest

from tasks.core.errors import BadInput
from tasks.desk.pass_report import print_demo, print_pass
from tasks.edge.clock import utc_now
from tasks.settings import read_settings
from tests.fakes import FakeWire, feed, item, ok, status
from tests.passes import run_pass, write_feeds
from tests.stories import HARVEST, SHELLING

NOW = utc_now().replace(microsecond=0)  # a feed's health looks back from the real day
SUMMIT_DAY = (NOW + timedelta(days=9)).date()


def announce(leaders, city):
    """A story that announces a summit for `SUMMIT_DAY`, filed today."""
    told = [f"{day:%B} {day.day}" for day in (NOW, SUMMIT_DAY)]
    opening = (
        f"{city.upper()}, {told[0]} (Harbour) - The presidents of {leaders} will hold a summit in {city} on {told[1]}"
    )
    return {
        "title": f"Presidents of {leaders} to hold summit in {city}",
        "text": (
            f"{opening}, officials in both capitals said.\n\n"
            "Aides have prepared the meeting since spring. They hope to settle the use of the port and of the railway "
            "that leads to it, which both sides have claimed for years."
        ),
    }


NAIROBI, LIMA = announce("Brazil and Kenya", "Nairobi"), announce("Peru and Chile", "Lima")


def page(story):
    """A page that holds the story, long enough for an extractor to find it."""
    filler = (
        "<p>The agency keeps a desk in the port and reports from there every day of the week, in all weathers.</p>" * 3
    )
    words = "".join(f"<p>{html.escape(part)}</p>" for part in story["text"].split("\n\n"))
    return ok(
        f"<html><body><article><h1>{html.escape(story['title'])}</h1>{words}{filler}</article></body></html>".encode()
    )


def entry(wire, number, story, at):
    path = wire.say(f"/story/{number}", page(story)) if story else wire.url(f"/story/{number}")
    return item(
        number, story["title"] if story else "A page that is gone", link=path, date=format_datetime(at, usegmt=True)
    )


@pytest.fixture(scope="module")
def passes(tmp_path_factory):
    """A home after two passes; in the second, a summit is announced."""
    home = tmp_path_factory.mktemp("home")
    with FakeWire() as wire:
        first = "".join(
            entry(wire, number, story, NOW - timedelta(seconds=number))
            for number, story in enumerate([NAIROBI, SHELLING, HARVEST, None], 1)
        )
        second = entry(wire, 5, LIMA, NOW) + first
        urls = {
            "harbour": wire.say("/rss", feed(first), feed(second)),
            "closed": wire.say("/closed", status(403)),
            "web": wire.say("/web", ok(b"<!doctype html><html><body>Welcome</body></html>")),
        }
        feeds = write_feeds(home, urls)
        done = [run_pass(home, feeds, allow=wire.host, now=NOW + timedelta(minutes=10 * turn)) for turn in range(2)]
    return read_settings(home, {}), [each.run_id for each in done]


@pytest.fixture
def printed(passes, capsys):
    settings, run_ids = passes
    print_pass(settings, run_ids[0])
    return capsys.readouterr().out


def test_the_sum_is_printed_and_nothing_is_unexplained(passes, printed):
    assert f"Pass {passes[1][0]} finished: found 4 = known 0 + repeated 0 + new 4; " in printed
    assert "new 4 = stored 3 + duplicate 0 + rejected 0 + waiting 1; unexplained 0" in printed


def test_each_wire_has_a_line_and_the_feeds_that_failed_are_counted_by_kind(printed):
    for wire, answered in (("harbour", "1 of 1"), ("closed", "0 of 1"), ("web", "0 of 1")):
        assert any(line.startswith(wire) and f" {answered} " in line for line in printed.splitlines())
    assert "1 of 3 feeds answered: 1 refused this network, 1 gave no feed." in printed


def test_what_waits_says_why(printed):
    assert "1 item waiting for another try: 1 because there is no such page." in printed


def test_what_is_not_read_because_of_its_language_is_named(printed):
    assert "1 article is stored but not read because of the language: 1 fr." in printed


def test_alerts_are_printed_with_their_sentence_and_address(printed):
    assert f"summit.new  Brazil, Kenya; Nairobi, Kenya; {SUMMIT_DAY}; planned" in printed
    assert "The presidents of Brazil and Kenya will hold a summit in Nairobi on " in printed


def test_every_follow_up_carries_the_home(passes, printed):
    following = printed.partition("Where to look next:")[2].split("\n")
    commands = [line for line in following if line.strip()]
    assert len(commands) >= 3
    assert all(line.endswith(f"--home {passes[0].home}") for line in commands)


def test_the_second_pass_finds_only_what_is_new(passes, capsys):
    settings, run_ids = passes
    print_pass(settings, run_ids[1], with_next=False)
    out = capsys.readouterr().out
    assert "found 5 = known 4 + repeated 0 + new 1; new 1 = stored 1" in out
    assert "Where to look next" not in out


def test_a_pass_that_the_lake_does_not_know_is_named(passes):
    with pytest.raises(BadInput, match="no pass 'nonsense'"):
        print_pass(passes[0], "nonsense")


def test_the_demo_ends_with_the_ledger_the_alert_and_where_to_look(passes, capsys):
    print_demo(passes[0])
    out = capsys.readouterr().out
    assert "In the lake: 4 articles of 1 wire, 0 corrected by their wire, 1 in a language not read." in out
    assert "Most frequent topics: " in out
    assert "The ledger knows 2 summits" in out
    alert = out.partition("The alerts of the second poll")[2]
    assert f"Chile, Peru; Lima, Peru; {SUMMIT_DAY}; planned" in alert
    assert "dateline show " in out
