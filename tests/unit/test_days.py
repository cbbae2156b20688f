"""Expressions of time in invented copy, each with its window of days, read against Thursday 11 December 2025."""

from datetime import date

import pytest

from tasks.core.days.find import find_days, is_speech_day, read_tense

THURSDAY = date(2025, 12, 11)

WINDOWS = {
    "month_and_day": ("They met on December 3.", "2025-12-03", "2025-12-03", "day"),
    "day_and_month": ("They met on 3 December.", "2025-12-03", "2025-12-03", "day"),
    "abbreviated_month": ("They will meet on Jan. 10.", "2026-01-10", "2026-01-10", "day"),
    "day_with_year": ("They met on March 5, 2024.", "2024-03-05", "2024-03-05", "day"),
    "iso_day": ("The talks of 2025-12-03 failed.", "2025-12-03", "2025-12-03", "day"),
    "day_of_next_year": ("They will meet on February 2.", "2026-02-02", "2026-02-02", "day"),
    "day_of_last_year": ("They met on December 30.", "2024-12-30", "2024-12-30", "day"),
    "range_in_a_month": ("The summit will be held on June 13-15.", "2026-06-13", "2026-06-15", "day"),
    "range_in_words": ("It is scheduled for Jan. 10 to Jan. 11 in Rome.", "2026-01-10", "2026-01-11", "day"),
    "range_with_and": ("They will meet on January 10 and January 11.", "2026-01-10", "2026-01-11", "day"),
    "range_over_months": (
        "It will run from November 30 to December 2, 2026.",
        "2026-11-30",
        "2026-12-02",
        "day",
    ),
    "range_over_new_year": ("It ran from 30 December 2024 to 2 January 2025.", "2024-12-30", "2025-01-02", "day"),
    "mid_month": ("They met in mid-April 2025.", "2025-04-11", "2025-04-20", "part of month"),
    "early_month": ("They will meet in early March.", "2026-03-01", "2026-03-10", "part of month"),
    "late_february_of_a_leap_year": ("They met in late February 2024.", "2024-02-21", "2024-02-29", "part of month"),
    "end_of_month": ("They will meet at the end of January.", "2026-01-21", "2026-01-31", "part of month"),
    "first_half": ("It will open in the first half of May 2026.", "2026-05-01", "2026-05-15", "part of month"),
    "month_ahead": ("They will meet in June.", "2026-06-01", "2026-06-30", "month"),
    "month_behind": ("They met in June.", "2025-06-01", "2025-06-30", "month"),
    "this_month_is_next_too": ("They will meet in December.", "2025-12-01", "2025-12-31", "month"),
    "next_march": ("They will meet next March.", "2026-03-01", "2026-03-31", "month"),
    "month_and_year": ("The March 2024 summit failed.", "2024-03-01", "2024-03-31", "month"),
    "may_needs_a_preposition": ("They met in May.", "2025-05-01", "2025-05-31", "month"),
    "weekday_past": ("They met on Tuesday.", "2025-12-09", "2025-12-09", "day"),
    "weekday_ahead": ("They will meet on Tuesday.", "2025-12-16", "2025-12-16", "day"),
    "same_weekday_is_today": ("They met on Thursday.", "2025-12-11", "2025-12-11", "day"),
    "last_monday": ("They met last Monday.", "2025-12-08", "2025-12-08", "day"),
    "next_thursday_is_not_today": ("They will meet next Thursday.", "2025-12-18", "2025-12-18", "day"),
    "two_weekdays": ("They will meet on Monday and Tuesday.", "2025-12-15", "2025-12-16", "day"),
    "weekday_next_week": ("They will meet on Friday next week.", "2025-12-19", "2025-12-19", "day"),
    "tomorrow": ("They will meet tomorrow.", "2025-12-12", "2025-12-12", "day"),
    "yesterday": ("They met yesterday.", "2025-12-10", "2025-12-10", "day"),
    "next_week": ("They will meet next week.", "2025-12-15", "2025-12-21", "week"),
    "last_month": ("They met last month.", "2025-11-01", "2025-11-30", "month"),
    "later_this_year": ("They will meet later this year.", "2025-12-11", "2025-12-31", "year"),
    "weekend_past": ("They met over the weekend.", "2025-12-06", "2025-12-07", "day"),
    "this_weekend": ("They will meet this weekend.", "2025-12-13", "2025-12-14", "day"),
    "within_two_weeks": ("They will meet within two weeks.", "2025-12-11", "2025-12-25", "week"),
    "in_two_weeks": ("They will meet in two weeks.", "2025-12-22", "2025-12-28", "week"),
    "two_days_ago": ("They met two days ago.", "2025-12-09", "2025-12-09", "day"),
    "by_the_end_of_the_year": ("They will meet by the end of the year.", "2025-12-11", "2025-12-31", "year"),
    "spring": ("They will meet in spring 2026.", "2026-03-01", "2026-05-31", "season"),
    "winter": ("They met in the winter of 2024.", "2024-12-01", "2025-02-28", "season"),
    "quarter": ("They will meet in the first quarter of next year.", "2026-01-01", "2026-03-31", "season"),
    "year": ("They met in 2019.", "2019-01-01", "2019-12-31", "year"),
    "coming_days": ("They will meet in the coming days.", "2025-12-11", "2025-12-18", "week"),
    "every_day_of_a_list": ("Sessions will be held on January 13, 14 and 15.", "2026-01-13", "2026-01-15", "day"),
    "week_of_a_day": ("They will meet in the week of Dec. 15.", "2025-12-15", "2025-12-21", "week"),
    "day_of_the_month": ("They will meet on the 5th.", "2026-01-05", "2026-01-05", "day"),
    "day_of_this_month": ("They met on the 3rd of this month.", "2025-12-03", "2025-12-03", "day"),
    "plan_for_a_day_just_gone": ("The vote was first set for Nov. 30.", "2025-11-30", "2025-11-30", "day"),
    "past_of_a_day_at_hand": ("The 17 December session was put off.", "2025-12-17", "2025-12-17", "day"),
    "passive_of_what_will_be": ("The text will be signed in May.", "2026-05-01", "2026-05-31", "month"),
    "early_in_a_month": ("They met early in February.", "2025-02-01", "2025-02-10", "part of month"),
    "two_months": ("They met in February and March.", "2025-02-01", "2025-03-31", "month"),
    "months_over_new_year": ("It will run between November and February.", "2025-11-01", "2026-02-28", "month"),
    "month_last_year": ("They met in May of last year.", "2024-05-01", "2024-05-31", "month"),
    "month_next_year": ("They will meet in March next year.", "2026-03-01", "2026-03-31", "month"),
    "session_of_a_month": ("He took part in its November session.", "2025-11-01", "2025-11-30", "month"),
    "before_the_end_of_this_month": ("They vote before the end of December.", "2025-12-11", "2025-12-31", "month"),
    "by_the_end_of_a_later_month": ("It must leave by the end of March.", "2025-12-11", "2026-03-31", "month"),
    "by_the_end_of_a_month_gone": ("They agreed by the end of October.", "2025-10-21", "2025-10-31", "part of month"),
    "end_of_next_month": ("It will open at the end of next month.", "2026-01-21", "2026-01-31", "part of month"),
    "first_half_of_next_year": ("They vote in the first half of next year.", "2026-01-01", "2026-06-30", "season"),
    "second_half_of_a_year": ("They vote in the second half of 2026.", "2026-07-01", "2026-12-31", "season"),
    "years": ("He ruled from 2019 to 2023.", "2019-01-01", "2023-12-31", "year"),
    "year_of_a_thing": ("It took power in a 2022 coup.", "2022-01-01", "2022-12-31", "year"),
    "season_ahead": ("They will gather in the spring.", "2026-03-01", "2026-05-31", "season"),
    "season_behind": ("The truce has held since the autumn.", "2025-09-01", "2025-11-30", "season"),
    "season_kept_free": ("Nothing was ruled out for the summer.", "2026-06-01", "2026-08-31", "season"),
    "feast_ahead": ("They promised an answer by Christmas.", "2025-12-25", "2025-12-25", "day"),
    "feast_behind": ("They met on New Year's Eve.", "2024-12-31", "2024-12-31", "day"),
    "before_the_weekend": ("They must vote before the weekend.", "2025-12-11", "2025-12-12", "day"),
    "this_morning": ("They met this morning.", "2025-12-11", "2025-12-11", "day"),
    "last_night": ("Two depots burned last night.", "2025-12-10", "2025-12-11", "day"),
    "this_evening_to_come": ("A text is expected in the evening.", "2025-12-11", "2025-12-11", "day"),
    "past_hours": ("Four villages burned over the past 24 hours.", "2025-12-10", "2025-12-11", "day"),
    "past_weeks": ("They met twice in the last three weeks.", "2025-11-20", "2025-12-11", "week"),
    "hours_to_come": ("Rain is expected in the next 48 hours.", "2025-12-11", "2025-12-13", "day"),
    "three_days_that_ended": ("They ended a three-day round on December 5.", "2025-12-03", "2025-12-05", "day"),
    "two_days_that_opened": ("They opened a two-day summit on Thursday.", "2025-12-11", "2025-12-12", "day"),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_an_expression_is_read_as_its_window(case):
    sentence, first, last, precision = WINDOWS[case]
    spans = find_days(sentence, THURSDAY)

    assert spans, sentence
    span = spans[0]
    assert (span.from_day, span.to_day, span.precision) == (
        date.fromisoformat(first),
        date.fromisoformat(last),
        precision,
    )
    assert sentence[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "sentence",
    [
        "They may march on the capital.",
        "The unit of 400 troops fell back.",
        "He won 51.2% of the vote.",
        "They called him a second-rate envoy.",
        "Some 2025 people took part.",
        "The 31st division moved.",
        "The fall of the city was near.",
        "In the fall of the cabinet all lost.",
        "It is on the 15th floor.",
        "They meet every Monday.",
        "Talks in the evening were held over tea.",
        "They took the overnight train.",
        "It came half a year ago.",
        "They were received by President Sunday Okoro.",
    ],
)
def test_words_that_only_look_like_days_are_none(sentence):
    assert find_days(sentence, THURSDAY) == ()


def test_a_day_that_the_calendar_lacks_is_none():
    assert find_days("They met on February 30, 2025.", THURSDAY) == ()


def test_without_a_reference_only_full_dates_are_read():
    spans = find_days("They met on Tuesday and in June, and earlier on March 5, 2024.", None)

    assert [span.from_day for span in spans] == [date(2024, 3, 5)]


@pytest.mark.parametrize(
    ("sentence", "is_speech"),
    [
        ("The minister said on Monday that talks would resume.", True),
        ("He told reporters late on Monday.", True),
        ("A spokesman on Monday said the talks had failed.", True),
        ("They will meet on Monday, the ministry said.", False),
        ("He said the presidents would meet on Monday.", False),
        ("The leaders held talks on Monday.", False),
    ],
)
def test_the_day_of_speech_is_told_from_the_day_of_the_meeting(sentence, is_speech):
    (span,) = find_days(sentence, THURSDAY)

    assert span.is_speech is is_speech
    assert is_speech_day(sentence, span.start, span.end) is is_speech


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("He landed on December 3 and left the next day.", date(2025, 12, 4)),
        ("He landed on December 3 and left two days later.", date(2025, 12, 5)),
        ("They sat down on Monday; three days earlier a truce had failed.", date(2025, 12, 5)),
    ],
)
def test_a_day_may_count_from_the_one_told_before(sentence, day):
    assert [span.from_day for span in find_days(sentence, THURSDAY)][1:] == [day]


def test_the_next_day_of_no_day_is_none():
    assert find_days("The envoy left the next day.", THURSDAY) == ()


def test_the_year_of_a_thing_dates_no_meeting():
    (span,) = find_days("They discussed the 2015 deal.", THURSDAY)

    assert span.is_speech


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting was postponed until the autumn.",
        "They put off the vote until at least March.",
        "The session was delayed to January 10.",
    ],
)
def test_the_day_that_something_is_put_off_to_dates_no_meeting(sentence):
    (span,) = find_days(sentence, THURSDAY)

    assert span.is_speech


def test_the_day_that_a_postponed_meeting_had_been_set_for_dates_it():
    spans = find_days("They postponed until Monday a session that was set for Friday.", THURSDAY)

    assert [span.is_speech for span in spans] == [True, False]


def test_a_computed_end_is_marked_inferred():
    (span,) = find_days("They ended a three-day round on December 5.", THURSDAY)

    assert span.inferred == ("from",)


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("They will sit down on Friday", "future"),
        ("They sat for hours and signed it on Friday", "past"),
        ("Moscow and Kyiv agreed to hold talks on Friday", "future"),
        ("He flies to Rome on Friday", "future"),
        ("Friday", None),
    ],
)
def test_the_nearest_cue_gives_the_tense(sentence, tense):
    assert read_tense(sentence, sentence.index("Friday")) == tense


def test_may_the_month_is_no_word_of_the_future():
    (span,) = find_days("At a session in Rome in May, the envoy complained about the cost.", THURSDAY)

    assert span.from_day == date(2025, 5, 1)
