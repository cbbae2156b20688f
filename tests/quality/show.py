"""What a set gets wrong, case by case. The texts are others': they are printed and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from tests.quality.cases import Case, read_coded_events, read_events, read_pages, split_by_day
from tests.quality.datelines import show_datelines
from tests.quality.figures import say
from tests.quality.judge import find_topics, is_right
from tests.quality.links import show_links
from tests.quality.meetings_learnt import show_learnt
from tests.quality.outside import PAGE_LABELS, sort_pages
from tests.quality.people import show_people
from tests.quality.readings import show_readings

_LONGEST = 400


def show(name: str) -> None:
    """Print the wrong cases of the events' first half (the second is not for eyes), of the coded events, or of another set."""
    if name in _OTHERS:
        _OTHERS[name]()
        return
    tuned_on, _ = split_by_day(read_events())
    cases = [case for case in (*tuned_on, *read_coded_events()) if case.group == name]
    if not cases:
        groups = sorted({case.group for case in (*tuned_on, *read_coded_events())})
        say(f"There is no set {name}; there are {', '.join([*groups, *_OTHERS])}.")
        return
    _show_cases(cases)


def _show_cases(cases: Iterable[Case]) -> None:
    for case in cases:
        found = find_topics(case)
        if not is_right(case, found):
            say(f"{', '.join(sorted(found)) or 'nothing'} | {case.text[:_LONGEST]}")


def _show_pages() -> None:
    english, others = sort_pages(read_pages())
    for case, found in (*english, *others):
        is_ours = case.name in PAGE_LABELS["ours"]
        if bool(found) is not is_ours and case.name not in PAGE_LABELS["partly"]:
            say(f"{', '.join(sorted(found)) or 'nothing'} | {case.name} | {case.title}")


_OTHERS: dict[str, Callable[[], None]] = {
    "pages": _show_pages,
    "datelines": show_datelines,
    "links": show_links,
    "people": show_people,
    "learnt": show_learnt,
    **{what: partial(show_readings, what) for what in ("quotes", "citations", "actors", "days", "meetings")},
}
