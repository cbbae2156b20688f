"""What is published, read back by readers that know the standards alone: calendar, Atom feed and page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.model import Place
from tasks.core.publish.atom import build_atom
from tasks.core.publish.ics import build_calendar, escape_text, fold_line
from tasks.core.publish.page import View, build_page, pick_coming
from tasks.core.publish.rows import Edition, LastPass, SilentWire, ToldAlert, ToldSummit
from tasks.core.publish.words import MOST_SENTENCE, tell
from tests.claims import ALERT, at, raise_alert
from tests.published import first_day, last_day, read_atom, read_calendar, read_page, unescape, unfold, words_of

NOW = datetime(2025, 12, 11, 13, 49, tzinfo=UTC)
COUNTRIES = {"ECU": "Ecuador", "PAN": "Panama", "COL": "Colombia"}
SUMMIT = ToldSummit(
    meeting_id="0a1b2c3d4e5f",
    revision=1,
    changed_at=NOW,
    name=None,
    parties=("ECU", "PAN"),
    place=Place("Cartagena", None, "COL", "city"),
    from_day=date(2025, 12, 23),
    to_day=date(2025, 12, 24),
    status="planned",
    needs_review=False,
    sentence="The presidents of Ecuador and Panama will meet in Cartagena on Dec. 23 and 24; no more, no less.",
    title="Ecuador and Panama to meet",
    url="https://norvik.example/story",
    wire="Norvik Press",
    wires=3,
    origins=2,
)
TOTAL = {
    "found": 65, "known": 56, "repeated": 0, "new": 9, "stored": 8, "duplicate": 0, "rejected": 1, "waiting": 0,
    "alerts": 1, "feeds_asked": 7, "feeds_failed": 2,
}  # fmt: skip
PASS = LastPass("20251211T134931-2b5297", "finished", NOW, TOTAL)
EMPTY = Edition((), (), (), None)

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an end of CDATA": "a ]]> b <![CDATA[ c",
    "entities": "&lt;b&gt; &amp;amp; &notit; &#x0; \" ' `",
    "control characters": "a\x00b\x08c\x0bd\x1be[31mf\x7fg\x85h\x9bi",
    "line ends of a calendar": "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:x",
    "what a calendar escapes": "a;b,c\\d\\n:e\"f;;,,\\\\",
    "turned writing": "\u202egpj.exe\u2066 \u200f\u200eabc\u2069",
    "halves and non-characters": "a\ud800b\udfffc\ufffed\uffffe\ufdd0f\U0001ffffg",
    "very long": "word " * 100_000,
    "one very long word": "x" * 300_000,
    "emoji": "👩‍👩‍👧‍👦🇺🇳" * 40,
    "blanks": " \t\n\u2028\u2029\u3000 ",
    "nothing": "",
}  # fmt: skip


def tell_page(*summits: ToldSummit, alerts: tuple[ToldAlert, ...] = (), zone: Any = UTC, **parts: Any) -> Any:
    edition = replace(EMPTY, summits=summits, alerts=alerts, **parts)
    return read_page(build_page(edition, View(NOW, zone, COUNTRIES)).encode())


def tell_calendar(*summits: ToldSummit) -> list[dict[str, str]]:
    return read_calendar(build_calendar(summits, COUNTRIES).encode())


def tell_atom(*alerts: ToldAlert) -> list[Any]:
    return read_atom(build_atom(alerts, COUNTRIES).encode())


# --- the calendar ----------------------------------------------------------------------------------------------------


def test_an_event_says_who_where_when_and_on_whose_word():
    (event,) = tell_calendar(SUMMIT)

    assert event["UID"] == "0a1b2c3d4e5f@dateline"
    assert (first_day(event), last_day(event)) == (date(2025, 12, 23), date(2025, 12, 24))
    assert (event["SUMMARY"], event["LOCATION"]) == ("Summit: Ecuador and Panama", "Cartagena (Colombia)")
    assert (event["STATUS"], event["URL"]) == ("CONFIRMED", "https://norvik.example/story")
    assert event["DESCRIPTION"].splitlines() == [
        "“The presidents of Ecuador and Panama will meet in Cartagena on Dec. 23 and 24; no more, no less.”",
        "Norvik Press: Ecuador and Panama to meet",
        "https://norvik.example/story",
        "Planned: 23-24 December 2025",
        "Carried by 3 wires, 2 independent origins",
    ]


STATUSES: dict[str, tuple[dict[str, Any], str]] = {
    "planned on a day": ({}, "CONFIRMED"),
    "held": ({"status": "held"}, "CONFIRMED"),
    "ongoing": ({"status": "ongoing"}, "CONFIRMED"),
    "proposed": ({"status": "proposed"}, "TENTATIVE"),
    "postponed": ({"status": "postponed"}, "TENTATIVE"),
    "cancelled": ({"status": "cancelled"}, "CANCELLED"),
    "cancelled in a wide window": ({"status": "cancelled", "to_day": date(2026, 3, 31)}, "CANCELLED"),
    "within a week": ({"to_day": date(2025, 12, 29)}, "CONFIRMED"),
    "within eight days": ({"to_day": date(2025, 12, 30)}, "TENTATIVE"),
    "with an open end": ({"to_day": None}, "TENTATIVE"),
    "in review": ({"needs_review": True}, "TENTATIVE"),
}


@pytest.mark.parametrize("case", STATUSES)
def test_an_event_is_as_sure_as_the_ledger_is(case):
    parts, status = STATUSES[case]
    (event,) = tell_calendar(replace(SUMMIT, **parts))
    assert event["STATUS"] == status


def test_a_change_keeps_the_uid_and_has_a_greater_sequence_and_time():
    later = NOW + timedelta(hours=5)
    moved = replace(SUMMIT, revision=2, changed_at=later, from_day=date(2026, 1, 8), to_day=date(2026, 1, 8))
    (before,), (after,) = tell_calendar(SUMMIT), tell_calendar(moved)

    assert before["UID"] == after["UID"]
    assert int(before["SEQUENCE"]) < int(after["SEQUENCE"])
    assert before["DTSTAMP"] < after["DTSTAMP"]
    assert before["LAST-MODIFIED"] < after["LAST-MODIFIED"]
    assert (first_day(after), last_day(after)) == (date(2026, 1, 8), date(2026, 1, 8))


def test_the_same_rows_give_the_same_bytes_in_any_order():
    other = replace(SUMMIT, meeting_id="ffff")
    assert build_calendar([SUMMIT, other], COUNTRIES) == build_calendar([other, SUMMIT], COUNTRIES)
    assert "\r\n".join(["END:VEVENT", "BEGIN:VEVENT"]) in build_calendar([SUMMIT, other], COUNTRIES)


@pytest.mark.parametrize("status", ["ruled_out", "withdrawn"])
def test_what_was_ruled_out_or_withdrawn_is_no_event(status):
    assert tell_calendar(replace(SUMMIT, status=status)) == []


def test_a_summit_without_a_window_is_no_event():
    assert tell_calendar(replace(SUMMIT, from_day=None, to_day=None)) == []


@pytest.mark.parametrize("day", [date.min, date(999, 5, 3), date.max])
def test_the_first_and_the_last_day_of_all_are_days(day):
    (event,) = tell_calendar(replace(SUMMIT, from_day=day, to_day=day))
    assert abs(first_day(event) - day) <= timedelta(days=1)
    assert first_day(event) == last_day(event)


def test_the_heading_marks_what_apps_do_not_show():
    names = {"status": "postponed", "name": "Cartagena Summit"}
    (event,) = tell_calendar(replace(SUMMIT, **names))
    assert event["SUMMARY"] == "Cartagena Summit (Ecuador and Panama) (postponed)"


@pytest.mark.parametrize("offset", range(8))
def test_a_fold_never_cuts_a_character(offset):
    line = "X" * (70 + offset) + "👩‍👩‍👧‍👦é漢🇺🇳" * 30
    folded = fold_line(line)

    pieces = folded.split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_text_comes_back_from_a_calendar_as_it_went_in(text):
    (line,) = unfold(f"{fold_line(f'NAME:{escape_text(text)}')}\r\n".encode())
    assert unescape(line.removeprefix("NAME:")) == text


# --- the Atom feed ---------------------------------------------------------------------------------------------------


def test_an_alert_is_an_entry_with_its_words_and_its_link():
    (entry,) = tell_atom(ToldAlert(ALERT, stands=True))

    assert entry.id == "urn:dateline:alert:a1"
    assert entry.title == "New summit: Ecuador and Panama, Cartagena (Colombia), 23 December 2025, planned"
    assert (entry.author, entry.link) == ("Norvik Press", "https://norvik.example/story")
    assert entry.updated == "2025-12-11T11:00:00Z"
    assert entry.content[0].type == "text/plain"
    assert ALERT.sentence in entry.content[0].value
    assert "Carried by 3 wires, 2 independent origins" in entry.content[0].value


def test_an_alert_of_which_no_reading_speaks_any_more_says_so():
    (entry,) = tell_atom(ToldAlert(ALERT, stands=False))
    assert entry.title.startswith("Withdrawn: New summit")
    assert entry.content[0].value.startswith("Withdrawn since")


def test_alerts_keep_their_order_and_a_feed_without_any_is_one():
    told = [
        ToldAlert(raise_alert(name, raised), stands=True)
        for name, raised in (("b", "2025-12-12 08:00"), ("a", "2025-12-11 08:00"))
    ]
    assert [entry.id[-1] for entry in tell_atom(*told)] == ["b", "a"]
    assert tell_atom() == []


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_tells_coming_summits_alerts_silent_wires_and_the_last_pass():
    silent = (
        SilentWire("Agence Lumen", at("2025-12-08 10:00"), "the server answered 403"),
        SilentWire("Han River", None, None),
    )
    page = tell_page(SUMMIT, alerts=(ToldAlert(ALERT, stands=False),), silent=silent, last_pass=PASS)

    sections = {section.get("aria-labelledby"): words_of(section) for section in page.iter("section")}
    assert list(sections) == ["coming", "alerts", "silent", "pass"]
    assert "23-24 December 2025 Ecuador and Panama Cartagena (Colombia) · planned" in sections["coming"]
    assert SUMMIT.sentence in sections["coming"]
    assert "Carried by 3 wires, 2 independent origins" in sections["coming"]
    assert ALERT.sentence in sections["alerts"]
    assert "Withdrawn since" in sections["alerts"]
    assert "Agence Lumen last new story 8 December 2025, 10:00 UTC; the server answered 403" in sections["silent"]
    assert "Han River no story so far" in sections["silent"]
    assert "5 of 7 answered" in sections["pass"]
    assert "found 65 = known 56 + repeated 0 + new 9" in sections["pass"]
    assert "Unexplained 0" in sections["pass"]
    assert page.xpath("//section[@aria-labelledby='coming']//a/@href") == [SUMMIT.url]


def test_an_alert_about_a_wire_is_told_in_our_own_words_without_quotation_marks():
    words = {
        "kind": "wire.layout",
        "meeting_id": None,
        "title": "The pages are no longer read",
        "sentence": "3 of 20 are whole.",
    }
    told = ToldAlert(replace(ALERT, **words), stands=True)
    page, (entry,) = tell_page(alerts=(told,)), tell_atom(told)

    assert "The pages are no longer read 3 of 20 are whole. An example" in words_of(page)
    assert "Carried by" not in words_of(page)
    assert (entry.title, entry.tags[0].term) == ("The pages are no longer read", "wire.layout")


def test_an_empty_page_says_so_in_each_of_its_parts():
    page = words_of(tell_page().find("body"))
    for words in ("No wire speaks of a coming summit.", "No alert has been raised yet.", "No pass has ended yet."):
        assert words in page


def test_times_are_shown_in_the_zone_of_the_settings():
    page = tell_page(last_pass=PASS, zone=ZoneInfo("Asia/Tokyo"))
    assert "As of 11 December 2025, 22:49 JST" in words_of(page)
    assert "2025-12-11T13:49:00+00:00" in page.xpath("//time/@datetime")


def test_coming_is_what_has_not_ended_by_its_day_and_then_what_has_no_day():
    today = NOW.date()
    summits = {
        "over": replace(SUMMIT, from_day=today - timedelta(3), to_day=today - timedelta(1)),
        "held today": replace(SUMMIT, from_day=today, to_day=today, status="held"),
        "cancelled": replace(SUMMIT, from_day=today + timedelta(9), to_day=today + timedelta(9), status="cancelled"),
        "undated": replace(SUMMIT, from_day=None, to_day=None),
        "undated and off": replace(SUMMIT, from_day=None, to_day=None, status="postponed"),
        "denied": replace(SUMMIT, status="ruled_out"),
        "under way": replace(SUMMIT, from_day=today - timedelta(1), to_day=today, status="ongoing"),
    }
    named = [replace(summit, meeting_id=name) for name, summit in summits.items()]
    assert [summit.meeting_id for summit in pick_coming(named, today)] == ["under way", "cancelled", "undated"]


# --- copy that means harm --------------------------------------------------------------------------------------------


def spoil(copy: str) -> tuple[ToldSummit, ToldAlert, SilentWire]:
    place = Place(copy, copy, copy, "city")
    summit = replace(SUMMIT, name=copy, parties=(copy,), place=place, sentence=copy, title=copy, wire=copy, url=copy)
    alert = replace(
        ALERT, name=copy, parties=(copy,), place=place, sentence=copy, title=copy, wire=copy, article_url=copy
    )
    return summit, ToldAlert(alert, stands=True), SilentWire(copy, None, copy)


@pytest.mark.parametrize("case", HOSTILE)
def test_copy_stays_copy_whatever_it_holds(case):
    summit, alert, silent = spoil(HOSTILE[case])
    (event,) = tell_calendar(summit)
    (entry,) = tell_atom(alert)
    page = tell_page(summit, alerts=(alert,), silent=(silent,))

    said = tell(HOSTILE[case])
    assert len(said) <= MOST_SENTENCE
    assert said in event["DESCRIPTION"]
    assert said in " ".join(entry.content[0].value.split()) or len(said) == MOST_SENTENCE
    assert page.xpath("//blockquote")[0].text_content() == f"“{said}”"
    assert "URL" not in event
    assert page.xpath("//main//a") == []


@given(st.text())
def test_no_copy_breaks_a_file(copy):
    summit, alert, silent = spoil(copy)
    assert len(tell_calendar(summit)) == len(tell_atom(alert)) == 1
    tell_page(summit, alerts=(alert,), silent=(silent,))


LINKS = {
    "https://wire.example/a?b=1&c=2": "https://wire.example/a?b=1&c=2",
    "https://wire.example/\u202egpj": "https://wire.example/%E2%80%AEgpj",
    "https://wire.example/a\"onclick=alert(1)": "https://wire.example/a%22onclick=alert(1)",
    "javascript:alert(1)": None,
    "data:text/html,x": None,
    "//wire.example/a": None,
    "https://user:secret@wire.example/": None,
    "": None,
    None: None,
}  # fmt: skip


@pytest.mark.parametrize("url", LINKS)
def test_only_plain_web_addresses_are_links(url):
    (event,) = tell_calendar(replace(SUMMIT, url=url))
    (entry,) = tell_atom(ToldAlert(replace(ALERT, article_url=url), stands=True))
    links = tell_page(replace(SUMMIT, url=url)).xpath("//main//a/@href")

    assert event.get("URL") == LINKS[url]
    assert [link.href for link in entry.get("links", [])] == [LINKS[url]] * (LINKS[url] is not None)
    assert links == [LINKS[url]] * (LINKS[url] is not None)
