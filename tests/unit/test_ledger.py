"""Which meeting a claim belongs to, and what the ledger then says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tasks.core.ledger.decide import resolve_claims
from tasks.core.model import Decision, LedgerClaim, LedgerMeeting, Place
from tests.claims import BOGOTA, CARTAGENA, COLOMBIA, GENEVA, at, meet, tell

PLAN = tell("norvik", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA))
AU = {"format": "organisation", "organisation": "African Union"}


def stand(decisions: Sequence[Decision]) -> dict[str, LedgerMeeting]:
    return {decision.meeting_id: decision.after for decision in decisions}


def only(*claims: LedgerClaim) -> LedgerMeeting:
    """The one meeting that all these claims are of."""
    rows = stand(resolve_claims((), claims))
    assert len(rows) == 1, [decision.reason for decision in resolve_claims((), claims)]
    return next(iter(rows.values()))


def count(*claims: LedgerClaim) -> int:
    return len(stand(resolve_claims((), claims)))


def told(*claims: LedgerClaim) -> list[str]:
    """The stories that raise `summit.new`, in order."""
    return [decision.claim.article_id for decision in resolve_claims((), claims) if decision.raises_new]


# --- one meeting or two ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA), id="told alike"),
        pytest.param(meet("ECU", "PAN"), id="neither place nor day"),
        pytest.param(meet("ECU", "PAN", on="2025-12-24"), id="a day later by another clock"),
        pytest.param(meet("ECU", "PAN", on="2025-12-01..2025-12-31", date_precision="month"), id="only the month"),
        pytest.param(meet("ECU", "PAN", place=COLOMBIA), id="only the country"),
        pytest.param(meet("ECU", "PAN", on="2025-12-23", place=BOGOTA), id="moved to another city"),
        pytest.param(meet("ECU", "PAN", on="2026-02-10", place=CARTAGENA), id="moved by seven weeks"),
        pytest.param(meet("ECU", "PAN", on="2026-02-10", place=BOGOTA), id="moved in place and time"),
        pytest.param(meet("ECU", "PAN", on="2025-12-23", status="postponed"), id="postponed"),
        pytest.param(meet("ECU", "PAN", status="cancelled"), id="cancelled, without a day"),
        pytest.param(meet("COL", "ECU", "PAN", on="2025-12-23", place=CARTAGENA), id="the host counted in"),
    ],
)
def test_a_later_story_is_of_the_same_meeting(other):
    assert count(PLAN, tell("meridian", "2025-12-12 08:00", other)) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(meet("ECU", "PER", on="2025-12-23", place=CARTAGENA), id="another party"),
        pytest.param(meet("ECU", "PAN", on="2025-12-23", kind="ministerial"), id="ministers"),
        pytest.param(meet("ECU", "PAN", on="2025-08-02", status="held"), id="one in the past"),
        pytest.param(meet("ECU", "PAN", status="held"), id="held before the plan's day"),
        pytest.param(meet("ECU", "PAN", on="2026-06-20"), id="a plan half a year on"),
        pytest.param(meet("COL", "ECU", "PAN"), id="three, without place or day"),
        pytest.param(meet("ECU", "PAN", on="2025-12-12", status="held", place=BOGOTA), id="held elsewhere before it"),
    ],
)
def test_another_meeting_gets_a_row_of_its_own(other):
    assert count(PLAN, tell("meridian", "2025-12-12 08:00", other)) == 2


def test_a_plan_told_after_a_summit_was_held_is_the_next_one():
    held = tell("lumen", "2025-12-23 18:00", meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA, status="held"))
    again = tell("lumen-2", "2025-12-24 09:00", meet("ECU", "PAN", status="planned"))

    assert count(PLAN, held, again) == 2


def test_the_plan_of_a_slower_wire_does_not_open_a_second_row_once_the_summit_was_held():
    held = tell("lumen", "2025-12-23 18:00", meet("ECU", "PAN", on="2025-12-23", status="held"))
    late = tell("bosphor", "2025-12-23 20:00", meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA))

    row = only(PLAN, held, late)

    assert row.status == "held"


def test_a_plan_whose_day_went_by_is_not_moved_to_next_year():
    again = tell("lumen", "2026-02-20 09:00", meet("ECU", "PAN", on="2026-04-02", place=BOGOTA))

    assert count(PLAN, again) == 2


def test_a_summit_told_as_held_a_little_after_its_day_was_moved():
    held = tell("lumen", "2026-01-08 18:00", meet("ECU", "PAN", on="2026-01-08", place=CARTAGENA, status="held"))

    row = only(PLAN, held)

    assert (row.from_day, row.status) == (date(2026, 1, 8), "held")


def test_two_summits_held_in_different_cities_are_two():
    one = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2025-12-01", place=CARTAGENA, status="held"))
    other = tell("b", "2025-12-02 11:00", meet("ECU", "PAN", on="2025-12-01", place=GENEVA, status="held"))

    assert count(one, other) == 2


@pytest.mark.parametrize(("day", "rows"), [("2025-12-12", 1), ("2025-12-20", 2)])
def test_two_accounts_of_a_summit_in_one_city_may_differ_by_two_weeks(day, rows):
    one = tell("a", "2025-12-21 10:00", meet("ECU", "PAN", on="2025-12-01", place=CARTAGENA, status="held"))
    other = tell("b", "2025-12-22 11:00", meet("ECU", "PAN", on=day, place=CARTAGENA, status="held"))

    assert count(one, other) == rows


def test_a_city_lies_within_its_region_and_country():
    city = Place("Antalya", "Mediterranean", "TUR", "city")
    region = Place("Mediterranean", None, "TUR", "region")
    one = tell("a", "2025-12-02 10:00", meet("NER", "TCD", on="2025-12-20", place=region))
    other = tell("b", "2025-12-02 11:00", meet("NER", "TCD", on="2025-12-20", place=city))

    assert only(one, other).place == city


def test_calls_on_two_days_are_two_calls():
    first = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", kind="call", status="held", on="2025-12-02"))
    second = tell("b", "2025-12-05 10:00", meet("ECU", "PAN", kind="call", status="held", on="2025-12-05"))

    assert count(first, second) == 2


def test_talks_that_another_wire_calls_ministers_talks_are_one():
    talks = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", kind="talks", on="2025-12-05"))
    ministers = tell("b", "2025-12-02 11:00", meet("ECU", "PAN", kind="ministerial", on="2025-12-05"))

    assert only(talks, ministers).kind == "ministerial"


def test_a_summit_is_found_by_its_name_and_place_alone():
    named = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2025-12-20", place=CARTAGENA, name="Cartagena Summit"))
    alone = tell(
        "b",
        "2025-12-03 10:00",
        replace(meet(name="The Cartagena summit", place=CARTAGENA), parties=(), format="bilateral"),
    )

    row = only(named, alone)

    assert (row.parties, row.name, row.aliases) == (("ECU", "PAN"), "Cartagena Summit", ("The Cartagena summit",))


def test_a_bare_summit_opens_no_meeting():
    assert resolve_claims((), [tell("a", "2025-12-02 10:00", replace(meet(), parties=()))]) == ()


def test_one_party_and_a_place_do_not_say_which_summit_it_is():
    (decision,) = resolve_claims((), [PLAN, tell("meridian", "2025-12-12 08:00", meet("ECU", place=CARTAGENA))])

    assert decision.claim == PLAN


def test_a_bare_summit_is_the_last_one_of_its_story():
    bare = tell("norvik", "2025-12-11 09:00", replace(meet(status="postponed"), parties=()), seq=1)

    first, second = resolve_claims((), [PLAN, bare])

    assert (second.action, second.meeting_id, second.after.status) == ("attach", first.meeting_id, "postponed")


def test_two_plans_of_one_story_stay_two():
    later = tell("norvik", "2025-12-11 09:00", meet("ECU", "PAN", on="2026-01-20", place=BOGOTA), seq=1)

    assert count(PLAN, later) == 2


def test_meetings_opened_by_one_sentence_have_ids_of_their_own():
    visit = tell("norvik", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-23", kind="visit"), seq=1)

    assert count(PLAN, visit) == 2


def test_of_two_that_fit_alike_none_is_chosen():
    spring = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2026-03-20", place=CARTAGENA))
    same_story = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2026-01-20", place=BOGOTA), seq=1)
    vague = tell("b", "2025-12-03 10:00", meet("ECU", "PAN"))

    *_, decision = resolve_claims((), [spring, same_story, vague])

    assert (decision.action, decision.raises_new, decision.after.needs_review) == ("review", False, True)


# --- organisations ---------------------------------------------------------------------------------------------------


def au(article: str, told: str, **parts: object) -> LedgerClaim:
    return tell(article, told, replace(meet(**{**AU, **parts}), parties=()))


def test_two_names_of_a_body_are_one():
    council = replace(meet(format="organisation", organisation="European Council", on="2025-12-18"), parties=())
    union = replace(meet(format="organisation", organisation="European Union", on="2025-12-18..2025-12-19"), parties=())

    assert count(tell("a", "2025-12-10 10:00", council), tell("b", "2025-12-10 11:00", union)) == 1


def test_a_body_and_its_summit_with_a_state_are_two():
    alone = replace(meet(format="organisation", organisation="European Union", on="2025-12-18"), parties=())
    with_state = meet("CHN", "EUU", format="bilateral", organisation="European Union", on="2025-12-18")

    assert count(tell("a", "2025-12-10 10:00", alone), tell("b", "2025-12-10 11:00", with_state)) == 2


def test_a_body_that_plans_two_summits_has_two():
    december = au("a", "2025-11-10 10:00", on="2025-12-18")
    february = au("b", "2025-11-10 11:00", on="2026-02-12")

    assert count(december, february) == 2


def test_a_shelved_summit_of_a_body_is_moved():
    put_off = au("b", "2025-11-20 11:00", on="2025-12-18", status="postponed")
    anew = au("c", "2025-11-25 11:00", on="2026-02-12")

    row = only(au("a", "2025-11-10 10:00", on="2025-12-18"), put_off, anew)

    assert (row.status, row.from_day) == ("planned", date(2026, 2, 12))


def test_editions_are_meetings_of_their_own():
    last = au("a", "2025-11-10 10:00", on="2025-12-18", edition="38th")
    following = au("b", "2025-11-10 11:00", edition="39th")

    assert count(last, following) == 2


def test_an_edition_that_one_wire_gets_wrong_is_for_review():
    right = au("a", "2025-11-10 10:00", on="2025-12-18", edition="38th")
    wrong = au("b", "2025-11-10 11:00", on="2025-12-18", edition="39th")

    _, decision = resolve_claims((), [right, wrong])

    assert (decision.action, decision.after.needs_review, decision.after.edition) == ("review", True, "38th")


# --- what the row says -----------------------------------------------------------------------------------------------


def test_the_latest_word_by_publication_is_the_status():
    off = tell("lumen", "2025-12-20 09:00", meet("ECU", "PAN", on="2025-12-23", status="cancelled"))

    assert only(PLAN, off).status == "cancelled"


def test_a_late_article_turns_nothing_back():
    off = tell("lumen", "2025-12-20 09:00", meet("ECU", "PAN", on="2025-12-23", status="cancelled"))
    before = resolve_claims((), [off])[-1].after

    late = resolve_claims([before], [PLAN])[-1].after

    assert (late.status, late.status_at, late.place) == ("cancelled", at("2025-12-20 09:00"), CARTAGENA)


def test_a_preview_run_after_a_postponement_does_not_undo_it():
    off = tell("lumen", "2025-12-20 09:00", meet("ECU", "PAN", on="2025-12-23", status="postponed"))
    preview = tell("bosphor", "2025-12-20 09:40", meet("ECU", "PAN", on="2025-12-23"))

    assert only(PLAN, off, preview).status == "postponed"


def test_a_new_date_after_a_postponement_is_a_plan_again():
    off = tell("lumen", "2025-12-20 09:00", meet("ECU", "PAN", on="2025-12-23", status="postponed"))
    anew = tell("bosphor", "2025-12-20 11:00", meet("ECU", "PAN", on="2026-01-15"))

    row = only(PLAN, off, anew)

    assert (row.status, row.from_day, row.window_at) == ("planned", date(2026, 1, 15), at("2025-12-20 11:00"))


def test_a_postponed_summit_keeps_the_day_it_had_been_set_for():
    off = tell("lumen", "2025-12-20 09:00", meet("ECU", "PAN", on="2025-12-24", status="postponed"))

    assert only(PLAN, off).from_day == date(2025, 12, 23)


def test_a_possibility_takes_nothing_from_a_plan():
    maybe = tell("lumen", "2025-12-12 09:00", meet("ECU", "PAN", status="proposed"))

    assert only(PLAN, maybe).status == "planned"


def test_a_day_is_finer_than_a_month_whoever_speaks_last():
    month = meet("ECU", "PAN", on="2025-12-01..2025-12-31", date_precision="month")

    before, after = tell("a", "2025-12-10 09:00", month), tell("b", "2025-12-12 09:00", month)

    row = only(before, PLAN, after)

    assert (row.from_day, row.to_day, row.date_precision) == (date(2025, 12, 23), date(2025, 12, 23), "day")


def test_a_report_from_the_second_day_leaves_the_window():
    plan = tell("a", "2025-12-10 09:00", meet("ECU", "PAN", on="2025-12-23..2025-12-24"))
    report = meet("ECU", "PAN", on="2025-12-24", status="ongoing", inferred=("from", "to"))

    row = only(plan, tell("b", "2025-12-24 09:00", report))

    assert (row.from_day, row.to_day, row.status) == (date(2025, 12, 23), date(2025, 12, 24), "ongoing")


def test_parties_of_a_long_list_are_gathered():
    one = tell("a", "2025-12-10 09:00", meet("AUT", "CZE", "SVK", on="2025-12-23", format="multilateral"))
    other = tell("b", "2025-12-10 10:00", meet("AUT", "CZE", "HUN", "SVK", on="2025-12-23", format="multilateral"))

    assert only(one, other).parties == ("AUT", "CZE", "HUN", "SVK")


def test_two_parties_stay_two():
    host_too = tell("b", "2025-12-11 10:00", meet("COL", "ECU", "PAN", on="2025-12-23", place=CARTAGENA))

    row = only(PLAN, host_too)

    assert (row.parties, row.format) == (("ECU", "PAN"), "bilateral")


def test_one_party_told_first_is_joined_by_the_other():
    first = tell("a", "2025-12-10 09:00", meet("ECU", on="2025-12-23", place=CARTAGENA))

    assert only(first, PLAN).parties == ("ECU", "PAN")


def test_a_summit_that_goes_on_after_the_first_report_is_ongoing_again():
    first = tell("a", "2025-12-23 18:00", meet("ECU", "PAN", on="2025-12-23", status="held", place=CARTAGENA))
    second = tell("b", "2025-12-24 08:00", meet("ECU", "PAN", on="2025-12-24", status="ongoing"))

    assert only(first, second).status == "ongoing"


def test_a_slower_report_of_the_same_day_does_not_make_it_ongoing_again():
    first = tell("a", "2025-12-23 18:00", meet("ECU", "PAN", on="2025-12-23", status="held", place=CARTAGENA))
    second = tell("b", "2025-12-23 18:20", meet("ECU", "PAN", on="2025-12-23", status="ongoing"))

    assert only(first, second).status == "held"


def test_three_meetings_that_one_sentence_opens_have_three_ids():
    kinds = [
        tell("a", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-23", kind=kind), seq=seq, rules_version=rules)
        for seq, (kind, rules) in enumerate((("summit", "r1"), ("visit", "r1"), ("conference", "r1")))
    ]
    again = tell("a", "2025-12-11 09:00", meet("EGY", "ETH", on="2025-12-23", kind="visit"), seq=1, rules_version="r2")

    assert count(*kinds, again) == 4


# --- corrections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "corrected",
    [
        pytest.param(meet("ECU", "PAN", on="2025-12-01", place=BOGOTA, status="held"), id="another city"),
        pytest.param(meet("ECU", "PAN", on="2025-10-01", place=CARTAGENA, status="held"), id="another day"),
        pytest.param(meet("ECU", "PER", on="2025-12-01", place=CARTAGENA, status="held"), id="another party"),
    ],
)
def test_a_corrected_story_opens_no_second_row(corrected):
    wrong = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2025-12-01", place=CARTAGENA, status="held"))
    right = tell("a", "2025-12-02 10:00", corrected, version=2)

    row = only(wrong, right)

    assert (row.parties, row.place, row.from_day) == (corrected.parties, corrected.place, corrected.from_day)


def test_a_correction_in_a_later_pass_finds_its_row_by_the_articles_behind_it():
    wrong = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2025-12-01", place=CARTAGENA, status="held"))
    right = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2025-12-01", place=BOGOTA, status="held"), version=2)
    (opened,) = resolve_claims((), [wrong])

    (decision,) = resolve_claims([opened.after], [right], {opened.meeting_id: frozenset({"a"})})

    assert (decision.action, decision.meeting_id, decision.after.place) == ("attach", opened.meeting_id, BOGOTA)


def test_a_correction_of_one_story_leaves_what_others_told():
    wire = tell("b", "2025-12-02 09:00", meet("ECU", "PAN", on="2025-12-01", place=CARTAGENA, status="held"))
    wrong = tell("a", "2025-12-02 10:00", wire.meeting)
    right = tell("a", "2025-12-02 10:00", meet("ECU", "PAN", on="2025-12-01", place=BOGOTA, status="held"), version=2)

    assert only(wire, wrong, right).place == CARTAGENA


def test_a_correction_of_a_told_summit_tells_nobody_again():
    right = tell("norvik", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-24", place=BOGOTA), version=2)

    assert told(PLAN, right) == ["norvik"]


# --- summit.new ------------------------------------------------------------------------------------------------------


def test_a_summit_is_told_once_whoever_tells_it_again():
    others = [tell(name, f"2025-12-11 1{n}:00", PLAN.meeting) for n, name in enumerate(("meridian", "lumen"))]

    assert told(PLAN, *others) == ["norvik"]


@pytest.mark.parametrize(
    ("meeting", "is_due"),
    [
        pytest.param(meet(status="proposed"), True, id="proposed without a day"),
        pytest.param(meet(status="planned"), True, id="planned without a day"),
        pytest.param(meet(status="held"), False, id="held without a day"),
        pytest.param(meet(status="postponed"), False, id="postponed without a day"),
        pytest.param(meet(status="postponed", on="2025-12-20"), True, id="postponed"),
        pytest.param(meet(status="ruled_out", on="2025-12-20"), False, id="ruled out"),
        pytest.param(meet(status="held", on="2025-11-11"), True, id="ended 30 days ago"),
        pytest.param(meet(status="held", on="2025-11-10"), False, id="ended 31 days ago"),
        pytest.param(meet(on="2025-12-20", confidence="low"), False, id="of low confidence"),
        pytest.param(meet(on="2025-12-20", kind="talks"), False, id="no summit"),
    ],
)
def test_what_is_news(meeting, is_due):
    assert told(tell("a", "2025-12-11 10:00", meeting)) == (["a"] if is_due else [])


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param({"is_silent": True}, id="a silent story"),
        pytest.param({"meeting": meet(status="ruled_out")}, id="a denial"),
        pytest.param({"meeting": meet(on="2025-12-23", confidence="low")}, id="a faint claim"),
    ],
)
def test_a_row_opened_without_an_alert_leaves_it_due(opening):
    first = replace(tell("a", "2025-12-10 10:00", meet(on="2025-12-23")), **opening)

    assert told(first, PLAN) == ["norvik"]


def test_the_same_claims_against_their_own_ledger_raise_nothing():
    rows = stand(resolve_claims((), [PLAN])).values()

    (again,) = resolve_claims(rows, [replace(PLAN, article_id="copy")])

    assert (again.action, again.raises_new) == ("attach", False)


def test_a_claim_without_words_proves_nothing():
    assert resolve_claims((), [tell("a", "2025-12-11 10:00", meet(on="2025-12-20", claims=()))]) == ()


STORIES = (
    PLAN,
    tell("meridian", "2025-12-11 09:30", meet("ECU", "PAN", place=COLOMBIA)),
    tell("lumen", "2025-12-12 09:30", meet("ECU", "PAN", on="2025-12-23", status="postponed")),
    tell("hanriver", "2025-12-14 09:30", meet("ECU", "PAN", on="2026-01-15", place=BOGOTA)),
    tell("bosphor", "2026-01-15 19:30", meet("ECU", "PAN", on="2026-01-15", place=BOGOTA, status="held")),
    tell("easternstar", "2025-12-12 09:30", meet("EGY", "ETH", on="2025-12-28", place=GENEVA)),
)


@given(some.permutations(STORIES))
def test_the_order_in_which_stories_arrive_in_a_batch_does_not_matter(claims):
    assert stand(resolve_claims((), claims)) == stand(resolve_claims((), STORIES))


@given(some.integers(0, len(STORIES)))
def test_a_batch_may_be_cut_in_two(cut):
    first = stand(resolve_claims((), sorted(STORIES, key=lambda claim: claim.published_at)[:cut]))
    rest = resolve_claims(first.values(), sorted(STORIES, key=lambda claim: claim.published_at)[cut:])

    assert {**first, **stand(rest)} == stand(resolve_claims((), STORIES))
