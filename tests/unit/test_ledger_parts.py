"""What of two meetings is compared: editions, names, places and times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tasks.core.alerts.alert import Cause, News, make_summit_alert
from tasks.core.alerts.carriers import Carriers
from tasks.core.alerts.channel_label import label_channel
from tasks.core.ledger.decide import resolve_claims
from tasks.core.ledger.key import fold, key_of_meeting, name_words, read_edition
from tasks.core.ledger.place import fit_places
from tasks.core.ledger.score import judge_correction, judge_fit
from tasks.core.ledger.time import Window, fit_times, window_of
from tasks.core.model import Place
from tests.claims import CARTAGENA, COLOMBIA, GENEVA, at, meet, tell
from tests.homes import write_story

ALASKA = Place("Alaska", None, "USA", "region")
ANCHORAGE = Place("Anchorage", "Alaska", "USA", "city")


@pytest.mark.parametrize(
    ("edition", "ordinal", "year"),
    [
        ("38th", 38, None),
        ("thirty-eighth", 38, None),
        ("Third", 3, None),
        ("XVI", 16, None),
        ("XL", 40, None),
        ("2026", None, 2026),
        ("the 9th, of 2022", 9, 2022),
        ("G20", None, None),
        ("annual", None, None),
        (None, None, None),
    ],
)
def test_an_edition_is_an_ordinal_or_a_year(edition, ordinal, year):
    assert read_edition(edition) == (ordinal, year)


def test_the_year_may_stand_in_the_name():
    assert key_of_meeting(meet(name="2026 Andes Summit")).year == 2026


def test_a_name_is_its_telling_words():
    assert name_words("The 3rd Andes Summit") == name_words("andes summit meeting") == {"andes"}
    assert name_words("the summit") == frozenset()
    assert fold("Sharm el-Sheikh") == fold("sharm el sheikh")


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        (ANCHORAGE, ANCHORAGE, "same"),
        (ALASKA, ANCHORAGE, "same"),
        (ALASKA, Place("Juneau", None, "USA", "city"), "silent"),
        (ALASKA, Place("Reno", "Nevada", "USA", "city"), "apart"),
        (Place("United States", None, "USA", "country"), ANCHORAGE, "country"),
        (Place("Europe", None, None, "country"), GENEVA, "silent"),
        (COLOMBIA, COLOMBIA, "same"),
        (CARTAGENA, Place("Cartagena", None, "ESP", "city"), "apart"),
        (CARTAGENA, Place("Cali", None, "COL", "city"), "apart"),
        (None, GENEVA, "silent"),
    ],
)
def test_how_two_places_fit(one, other, fit):
    assert fit_places(one, other) == fit_places(other, one) == fit


@pytest.mark.parametrize(
    ("first", "last", "status", "window"),
    [
        pytest.param("2025-12-23", "2025-12-24", "planned", ("2025-12-23", "2025-12-24"), id="both ends"),
        pytest.param("2025-12-24", "2025-12-23", "planned", ("2025-12-23", "2025-12-24"), id="turned about"),
        pytest.param("2025-12-23", None, "planned", ("2025-12-23", "2026-01-22"), id="an open end"),
        pytest.param("2025-12-01", None, "held", ("2025-12-01", "2025-12-11"), id="held, so over by now"),
        pytest.param(None, "2025-12-31", "planned", ("2025-12-01", "2025-12-31"), id="an open beginning"),
    ],
)
def test_a_window_with_an_open_end_is_bounded(first, last, status, window):
    days = [date.fromisoformat(day) if day else None for day in (first, last)]

    assert window_of(*days, status, date(2025, 12, 11)) == Window(*map(date.fromisoformat, window))


def test_without_days_there_is_no_window():
    assert window_of(None, None, "planned", date(2025, 12, 11)) is None


def row_of(told: str, meeting, **parts):
    (decision,) = resolve_claims((), [tell("row", told, meeting)])
    return replace(decision.after, **parts)


@pytest.mark.parametrize(
    ("row", "claim", "fit"),
    [
        pytest.param(meet(), meet(on="2025-12-20"), "silent", id="a plan without a day, and a day after it"),
        pytest.param(meet(), meet(on="2025-11-20", status="held"), "apart", id="a plan, and what was before it"),
        pytest.param(meet(), meet(on="2026-09-20"), "silent", id="a plan, and a day told soon after"),
        pytest.param(meet(status="held"), meet(on="2025-12-20"), "apart", id="a memory, and a plan"),
        pytest.param(meet(status="held"), meet(on="2025-06-20", status="held"), "silent", id="two memories"),
        pytest.param(meet(status="held"), meet(), "apart", id="a memory, and a plan without a day"),
        pytest.param(meet(on="2025-12-20"), meet(status="held"), "apart", id="a day ahead, and a memory"),
        pytest.param(meet(on="2025-12-20"), meet(), "silent", id="a day ahead, and a plan"),
        pytest.param(meet(on="2025-12-20"), meet(on="2025-12-23"), "same", id="three days apart"),
        pytest.param(meet(on="2025-12-20"), meet(on="2025-12-24"), "apart", id="four days apart"),
    ],
)
def test_how_two_times_fit(row, claim, fit):
    assert fit_times(row_of("2025-12-10 10:00", row), tell("claim", "2025-12-11 10:00", claim)) == fit


def test_a_plan_without_a_day_is_forgotten_in_time():
    assert fit_times(row_of("2025-06-10 10:00", meet()), tell("claim", "2025-12-11 10:00", meet())) == "apart"


@pytest.mark.parametrize(
    ("known", "told", "reason"),
    [
        pytest.param(meet(kind="visit"), meet(), "another kind of meeting", id="kind"),
        pytest.param(
            meet("RUS", organisation="African Union"),
            meet("RUS", organisation="Arab League"),
            "another organisation",
            id="body",
        ),
        pytest.param(meet(on="2025-12-20"), meet("ECU", "PER", on="2025-12-20"), "other parties", id="parties"),
    ],
)
def test_a_clash_says_what_clashes(known, told, reason):
    row, claim = row_of("2025-12-10 10:00", known), tell("claim", "2025-12-11 10:00", told)

    fit = judge_fit(row, key_of_meeting(row), claim, key_of_meeting(told))

    assert (fit.verdict, fit.reason, fit.is_accepted) == ("clash", reason, False)


def test_a_later_version_about_something_else_corrects_nothing():
    row = row_of("2025-12-10 10:00", meet("ECU", "PAN", on="2025-12-20"))
    other = meet("EGY", "ETH", on="2026-01-20")

    fit = judge_correction(row, key_of_meeting(row), tell("row", "2025-12-10 10:00", other), key_of_meeting(other))

    assert fit.verdict == "clash"


def test_the_alert_of_a_bodys_summit_goes_by_the_body():
    meeting = replace(meet(format="organisation", organisation="African Union", on="2025-12-20"), parties=())
    claim, now = tell("a", "2025-12-11 09:00", meeting), at("2025-12-11 12:00")
    (decision,) = resolve_claims((), [claim])
    story, _ = write_story(claim, now)

    cause = Cause(story, 1, "norvik", "Norvik Press", meeting.claims[0], now, step=1, n=1)
    alert = make_summit_alert(News("summit.new", "new", None), decision.after, cause, Carriers(2, 1))

    assert (alert.name, alert.wires, alert.origins, alert.value) == ("African Union", 2, 1, "new")
    assert (alert.sentence, alert.article_url, alert.raised_at) == (meeting.claims[0].text, story.url, now)


def test_an_address_that_cannot_be_split_is_shown_without_its_host():
    assert label_channel("webhook+https://[desk").startswith("webhook+https://? #")
