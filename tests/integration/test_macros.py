"""The macros answer what an analyst asks in one line, on the stories of a lake that was filled."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tasks.catalog import load
from tasks.edge.lake.adhoc import ask


def rows(desk, statement, **values):
    """What is answered; SINCE stands for the first day of the stories, which are of an earlier year."""
    return list(ask(desk.connection, statement.replace("SINCE", "since := '2025-12-01'"), values or None).rows)


@pytest.mark.parametrize(
    ("text", "words", "has"),
    [
        ("Grain-deal talks", "grain deal", True),
        ("the grain dealer", "grain deal", False),
        ("Gülsüm Bahçeli's clinic", "bahceli", True),
        ("Olivia Hart", "Li", False),
        ("Переговоры в Анкаре", "анкаре", True),
        ("grain", " Grain ", True),
        (None, "grain", None),
    ],
)
def test_words_are_found_whole_whatever_their_case_accents_and_marks(desk, text, words, has):
    assert ask(desk.connection, "select has_words($text, $words)", {"text": text, "words": words}).rows == ((has,),)


@pytest.mark.parametrize(
    ("name", "code"),
    [("EGY", "EGY"), ("egy", "EGY"), (" Kenya ", "KEN"), ("republic of kenya", "KEN"), ("Atlantis", None)],
)
def test_a_country_is_known_by_its_code_and_its_names(desk, name, code):
    assert ask(desk.connection, "select country_code($name)", {"name": name}).rows == ((code,),)


def test_the_countries_are_those_of_the_catalog(desk):
    lines = (Path(load.__file__).parent / "countries.csv").read_text(encoding="utf-8").splitlines()
    known = csv.DictReader(line for line in lines if not line.startswith("#"))
    wanted = [(row["id"], row["name"], row["names"].split(";")) for row in known]
    assert rows(desk, "from countries order by code") == wanted


def test_mentions_come_with_the_words_around_them(desk):
    assert rows(desk, "select name, role, country, context from mentions_of('kerubo', SINCE)") == [
        (
            "Amina Kerubo Otieno",
            "Foreign Minister",
            "KEN",
            'foreign ministry said on Wednesday. "We expect a frank exchange on grain," Kenyan Foreign Minister '
            "Amina Kerubo Otieno told reporters. The Daily Harbour newspaper reported on Tuesday that the two",
        )
    ]


def test_what_is_older_than_a_week_is_asked_for_by_its_first_day(desk):
    assert rows(desk, "from mentions_of('kerubo')") == []
    assert rows(desk, "from who_said('grain')") == []


def test_a_quotation_is_found_by_its_words_and_by_its_speaker(desk):
    said = [("Amina Kerubo Otieno", "We expect a frank exchange on grain,")]
    assert rows(desk, "select speaker, text from who_said('frank exchange', SINCE)") == said
    assert rows(desk, "select speaker, text from who_said(speaker := 'otieno', SINCE)") == said
    assert rows(desk, "select speaker, text from who_said('frank', speaker := 'nobody', SINCE)") == []


def test_a_quotation_about_a_country_is_found_by_any_of_its_names(desk):
    for name in ("KEN", "kenya", "Republic of Kenya"):
        by_name = rows(desk, "select text from quotes_about($given, SINCE)", given=name)
        assert by_name == rows(desk, "select text from who_said(about := $given, SINCE)", given=name)
        assert len(by_name) > 0


def test_the_volume_of_a_topic_has_every_day_and_counts_what_is_below_it(desk):
    asked = "select day, articles, percent from topic_volume('conflict', SINCE, until := '2025-12-12') where day > '2025-12-09'"
    assert rows(desk, asked) == [
        (date(2025, 12, 10), 0, 0.0),
        (date(2025, 12, 11), 1, 100.0),
        (date(2025, 12, 12), 0, None),
    ]


def test_a_summit_has_its_sentences_and_wires_by_id_and_by_the_beginning_of_it(desk):
    ((ident,),) = rows(desk, "select meeting_id from summits")
    for given in (ident, ident[:8], ident.upper()):
        assert [row[0] for row in rows(desk, "select status from summit_timeline($given)", given=given)][:1] == [
            "planned"
        ]
        assert rows(desk, "select wire, stories, minutes_behind from wires_on($given)", given=given) == [
            ("meridian-wire", 1, 0)
        ]
    assert rows(desk, "from summit_timeline('no such meeting')") == []


def test_coverage_of_a_country_tells_why(desk):
    ((title, reasons),) = rows(desk, "select title, reasons from coverage_of('Kenya', SINCE)")
    assert title == "Presidents of Brazil and Kenya to hold summit in Nairobi"
    assert {"dateline", "meeting", "person"} <= set(reasons)


def test_the_tags_of_a_day_are_those_that_were_known_then(desk):
    assert "diplomacy.summit" in {topic for (topic,) in rows(desk, "select topic from as_tagged(current_date, SINCE)")}
    assert rows(desk, "from as_tagged('2025-12-31')") == []
