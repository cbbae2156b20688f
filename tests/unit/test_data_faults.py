"""Faults of the stored data in words, and on the page of the pass."""

import pytest

from tasks.core.quality import describe_fault, find_fault, tell_fault
from tasks.core.stages import AlertReport, PollReport
from tasks.core.summary import describe_pass

GRAIN = "One row per key that stands twice. Fault: please report it."
NO_SUM = dict.fromkeys(("found", "known", "repeated", "new", "stored", "duplicate", "rejected", "waiting"), 0)


def test_a_check_without_rows_finds_nothing():
    assert find_fault("keys", GRAIN, []) is None


def test_a_fault_is_told_with_its_number_its_first_rows_and_what_to_do():
    fault = find_fault("keys", GRAIN, [f"a{n}" for n in range(1_200)])
    assert describe_fault(fault) == "key that stands twice: 1,200 (a0, a1, a2 and 1,197 more)"
    assert tell_fault(fault) == "Key that stands twice: 1,200 (a0, a1, a2 and 1,197 more); please report it."
    assert tell_fault(find_fault("keys", GRAIN, ["a"])) == "Key that stands twice: 1 (a); please report it."


def test_a_note_is_no_fault():
    assert find_fault("wires", "One row per wire that is silent. Note: ask it.", ["a"]).state == "note"


def test_a_check_that_does_not_say_what_to_do_is_wrong():
    with pytest.raises(ValueError, match="keys does not begin with: One row per WHAT"):
        find_fault("keys", "One row per key.", ["a"])


def test_the_page_of_a_pass_tells_each_fault_and_has_no_heading_without_one():
    polled = PollReport(feeds=(), not_due=0)
    page = describe_pass("run", NO_SUM, polled, AlertReport(), [], ["Key that stands twice: 1 (a); please report it."])
    assert "### Amiss in the stored data\n\n- Key that stands twice: 1 (a); please report it." in page
    assert "Amiss" not in describe_pass("run", NO_SUM, polled, AlertReport(), [])
