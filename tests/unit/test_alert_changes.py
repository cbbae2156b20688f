"""What is news of a meeting, against what was last told of it; and the words that a correction put in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tasks.core.alerts.changes import find_news, told_by
from tasks.core.alerts.retraction import find_new_wording
from tasks.core.ledger.decide import resolve_claims
from tests.claims import BOGOTA, CARTAGENA, COLOMBIA, meet, tell

PLAN = tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20", place=COLOMBIA))


def follow(*claims):
    """The alerts due after each claim in turn, as (kind, value, before)."""
    rows, told, found = {}, {}, []
    for claim in claims:
        for decision in resolve_claims(rows.values(), [claim]):
            news = find_news(decision, told.get(decision.meeting_id))
            if news:
                told[decision.meeting_id] = told_by(decision)
            rows[decision.meeting_id] = decision.after
            found.append([(one.kind.removeprefix("summit."), one.value, one.before) for one in news])
    return found


def later(article, day, **parts):
    silent = parts.pop("is_silent", False)
    return tell(article, f"2025-12-{day} 09:00", meet("ECU", "PAN", **parts), is_silent=silent)


def test_the_first_claim_is_new_and_the_same_again_is_no_news():
    assert follow(PLAN, later("b", 12, on="2025-12-20", place=COLOMBIA)) == [[("new", "new", None)], []]


@pytest.mark.parametrize(
    ("claim", "news"),
    [
        (later("b", 12, on="2025-12-20", status="postponed"), [("status", "postponed", "planned")]),
        (later("b", 12, on="2025-12-20", place=CARTAGENA), [("detail", "place", "Colombia, COL")]),
        (later("b", 12, on="2025-12-27"), [("detail", "date", "2025-12-20")]),
        (
            later("b", 20, on="2025-12-20", place=BOGOTA, status="held"),
            [("status", "held", "planned"), ("detail", "place", "Colombia, COL")],
        ),
        (later("b", 12, on="2025-12-27", is_silent=True), []),
        (later("b", 12, on="2025-12-20", status="cancelled", confidence="low"), []),
    ],
)
def test_a_change_is_told_with_what_stood_before(claim, news):
    assert follow(PLAN, claim)[1] == news


def test_what_a_silent_story_changed_is_told_with_the_first_that_says_so_too():
    silent = later("b", 12, on="2025-12-20", status="cancelled", is_silent=True)
    loud = later("c", 13, on="2025-12-20", status="cancelled")

    assert follow(PLAN, silent, loud)[1:] == [[], [("status", "cancelled", "planned")]]


def test_a_day_that_only_the_tense_gives_is_no_change_of_the_date():
    held = later("b", 21, on="2025-12-21", status="held", inferred=("from", "to"))

    assert follow(PLAN, held)[1] == [("status", "held", "planned")]


def test_a_memory_wakes_nobody():
    memory = tell("b", "2026-03-01 09:00", meet("ECU", "PAN", on="2025-12-20", place=CARTAGENA, status="held"))

    assert follow(PLAN, memory)[1] == []


def test_talks_of_ministers_raise_nothing():
    talks = tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20", kind="ministerial"))
    off = replace(talks, article_id="b", meeting=replace(talks.meeting, status="cancelled"))

    assert follow(talks, off) == [[], []]


def test_the_new_wording_is_the_sentence_most_like_the_former():
    text = "CORRECTION. The ministers of Ecuador and Panama will meet on Saturday. The weather was fine."
    found = find_new_wording("The presidents of Ecuador and Panama will meet on Saturday.", text)

    assert found.text == "The ministers of Ecuador and Panama will meet on Saturday."
    assert text[found.start : found.end] == found.text


def test_an_empty_text_has_no_wording():
    assert (find_new_wording("They met.", "").text, find_new_wording("They met.", "").end) == ("", 0)
