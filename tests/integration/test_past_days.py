"""The ledger and the articles as they stood on each of several days, and what changed between two of them."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.edge.forgetting import forget
from tasks.edge.lake.forget import Wanted
from tasks.edge.lake.write import write_lake
from tasks.edge.rereading import open_reread, reread_day
from tasks.edge.ruling import merge_meetings, split_meeting
from tests.claims import BOGOTA, CARTAGENA, at, meet, tell
from tests.disputes import TOLD, find_disputes
from tests.homes import CATALOG, ask_lake, begin, store
from tests.lakes import fill_row
from tests.rereads import ReadHere

ON = {"on": "2025-12-20"}
PLAN = tell("norvik-1", "2025-12-11 09:00", meet("ECU", "PAN", place=CARTAGENA, **ON), wire_id="norvik")
OTHER = tell("lumen-1", "2025-12-11 10:00", meet("ECU", "PAN", place=CARTAGENA, **ON), wire_id="lumen")
TWIN = tell("lumen-2", "2025-12-12 10:00", meet("PAN", "COL", name="Pacific Summit", **ON), wire_id="lumen")
MOVED = tell("norvik-1", "2025-12-11 09:00", meet("ECU", "PAN", place=BOGOTA, **ON), wire_id="norvik", version=2)
HELD = tell("meridian-1", "2025-12-14 10:00", meet("EGY", "ETH", on="2025-12-14", status="held"), wire_id="meridian")


def on(day):
    return at(f"2025-12-{day} 12:00")


def take_back(run, claim):
    """The wire's notice in place of the story."""
    with write_lake(run.address, "test", run.now, "visit") as lake:
        own = {"day": claim.day, "article_id": claim.article_id, "visited_at": run.now}
        visit = fill_row(lake.connection, "visit_facts", **own, result="withdrawn", reason="notice", cause="Withdrawn.")
        lake.append("visit_facts", [visit])


def merge_two(run):
    kept, gone = [row[0] for row in ask_lake(run, "select meeting_id from meetings order by first_seen")]
    merge_meetings(run.address, kept, gone, "one summit", run.now)


def split_two(run):
    ((ident,),) = ask_lake(run, "select meeting_id from meetings where parties = ['ECU', 'PAN']")
    split_meeting(run.address, ident, ["lumen-1"], "two after all", run.now)


def reread(run):
    other = replace(run, catalog=replace(CATALOG, rules_version="other rules"))  # by which nothing is found
    with open_reread(other, PLAN.day, PLAN.day, readers=ReadHere(other.catalog)) as under_way:
        reread_day(under_way, PLAN.day)


ACTS = {
    11: lambda run: store(run, PLAN, OTHER),
    12: lambda run: store(run, TWIN),
    13: lambda run: (store(run, MOVED), merge_two(run)),
    14: lambda run: (store(run, HELD), split_two(run)),
    15: lambda run: take_back(run, HELD),
    16: reread,
}


COUNTED = "select meeting_id, claims, wires, origins from meetings where claims > 0 order by meeting_id"
DISPUTED = "select meeting_id, disputed from meetings where claims > 0"
BEHIND = "select meeting_id, count(*), count(distinct wire_id), count(distinct origin) from meeting_claims group by meeting_id"


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """A home after these days, and its ledger as the view `meetings` told it at the end of each.

    What stands behind each meeting is counted by `meeting_claims` too, which is a query of its own.
    """
    home, told = tmp_path_factory.mktemp("past"), {}
    for day, act in ACTS.items():
        run = begin(home, on(day))
        act(run)
        told[day] = ask_lake(run, "from meetings order by meeting_id")
        assert ask_lake(run, COUNTED) == ask_lake(run, f"{BEHIND} order by meeting_id"), day
        assert dict(ask_lake(run, DISPUTED)) == find_disputes(ask_lake(run, TOLD)), day
    return run, told


def test_the_ledger_of_each_day_is_what_the_ledger_said_that_day(past):
    run, told = past
    assert [len(rows) for rows in told.values()] == [1, 2, 1, 3, 3, 3]
    for day, rows in told.items():
        assert ask_lake(run, f"from ledger_on('2025-12-{day}') order by meeting_id") == rows, day
    assert ask_lake(run, "from ledger_on('2025-12-10')") == []
    statuses = "select list(distinct status order by status) from ledger_on('2025-12-{}')"
    assert [ask_lake(run, statuses.format(day))[0][0] for day in (14, 15, 16)] == [
        ["held", "planned"], ["planned", "withdrawn"], ["planned", "withdrawn"],
    ]  # fmt: skip


def test_what_changed_in_the_ledger_is_told_by_meeting_and_field(past):
    run, _ = past
    between = "select change, field, before, after from ledger_between('2025-12-{}', '2025-12-{}') order by all"
    assert ask_lake(run, between.format(10, 11)) == [("new", None, None, "planned")]
    changed = ask_lake(run, between.format(12, 13))
    assert ("changed", "place", "Cartagena, COL", "Bogota, COL") in changed or (
        "changed",
        "name",
        None,
        "Pacific Summit",
    ) in changed
    assert [row[0] for row in changed].count("merged") == 1
    assert ("changed", "status", "held", "withdrawn") in ask_lake(run, between.format(14, 15))
    assert ask_lake(run, between.format(11, 11)) == []


def test_articles_between_two_days_are_new_corrected_and_withdrawn(past):
    run, _ = past
    between = "select change, article_id, version from articles_between('2025-12-{}', '2025-12-{}') order by all"
    assert ask_lake(run, between.format(10, 11)) == [("new", "lumen-1", 1), ("new", "norvik-1", 1)]
    assert ask_lake(run, between.format(12, 16)) == [
        ("corrected", "norvik-1", 2), ("new", "meridian-1", 1), ("withdrawn", "meridian-1", 1),
    ]  # fmt: skip
    titles = "select before, title from articles_between('2025-12-12', '2025-12-13') where change = 'corrected'"
    assert ask_lake(run, titles) == [("norvik-1, version 1", "norvik-1, version 2")]
    assert ask_lake(run, "from articles_between('2025-12-10', '2025-12-16', since := '2025-12-15')") == []


def test_a_page_that_came_back_is_not_withdrawn_between_days_that_saw_it_return(tmp_path):
    run = begin(tmp_path, on(11))
    store(run, PLAN)
    take_back(replace(run, now=on(12)), PLAN)
    with write_lake(run.address, "test", on(13), "visit") as lake:
        own = {"day": PLAN.day, "article_id": PLAN.article_id, "visited_at": on(13)}
        lake.append("visit_facts", [fill_row(lake.connection, "visit_facts", **own, result="same")])
    withdrawn = "select article_id from articles_between('2025-12-11', '2025-12-{}') where change = 'withdrawn'"
    assert ask_lake(run, withdrawn.format(12)) == [("norvik-1",)]
    assert ask_lake(run, withdrawn.format(13)) == []
    claims = "select claims from ledger_on('2025-12-{}')"
    assert [ask_lake(run, claims.format(day)) for day in (11, 12, 13)] == [[(1,)], [(0,)], [(1,)]]


def test_what_was_forgotten_is_told_by_its_id_and_is_not_in_the_past_either(tmp_path):
    run = begin(tmp_path, on(11))
    store(run, PLAN)
    forget(run.settings, Wanted((PLAN.article_id,)), "asked", {}, on(12))
    told = ask_lake(run, "select change, article_id, before, day from articles_between('2025-12-10', '2025-12-12')")
    assert told == [("forgotten", "norvik-1", "asked", date(2025, 12, 11))]
    assert ask_lake(run, "from ledger_on('2025-12-11')") == []
