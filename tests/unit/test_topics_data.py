"""Floors of quality on sentences that nobody here wrote; tests/bench/topics.py prints all figures."""

from itertools import islice

import pytest

from tasks.core.topics.tagger import TopicTagger
from tests.bench.topics import Case, find_classes, is_right, read_coded_sentences, read_event_sentences, read_pages
from tests.data import needs_data
from tests.rules_catalog import load_rules

TAGGER = TopicTagger(load_rules())


def share(cases, is_hit):
    found = [is_hit(case, find_classes(TAGGER, case)) for case in cases]
    assert found
    return sum(found) / len(found)


def events(*names, every=1):
    wanted = {f"events: {name}" for name in names}
    return list(islice((case for case in read_event_sentences() if case.group in wanted), 0, None, every))


@needs_data
@pytest.mark.parametrize(("name", "floor"), [("Armed conflicts and attacks", 0.66), ("International relations", 0.62)])
def test_events_of_our_subject_are_found(name, floor):
    assert share(events(name, every=3), is_right) >= floor


@needs_data
@pytest.mark.parametrize(
    ("names", "ceiling"), [(("Sports",), 0.01), (("Health and environment",), 0.01), (("Arts and culture",), 0.05)]
)
def test_other_news_is_left_alone(names, ceiling):
    assert (
        share(events(*names, every=1 if names != ("Health and environment",) else 5), lambda _, found: bool(found))
        <= ceiling
    )


@needs_data
@pytest.mark.parametrize(("groups", "floor"), [(("ASSAULT", "FIGHT"), 0.8), (("CONSULT",), 0.8)])
def test_coded_events_are_found(groups, floor):
    wanted = {f"coded: {group}" for group in groups}
    assert share([case for case in read_coded_sentences() if case.group in wanted], is_right) >= floor


@needs_data
def test_pages_that_mislead_word_lists_are_left_alone():
    hard = [case for case in read_pages() if case.group == "pages: hard negatives"]
    assert [case.title for case in hard if find_classes(TAGGER, case)] == []


@needs_data
def test_every_piece_of_evidence_stands_in_the_stored_text():
    cases = [*islice(read_event_sentences(), 0, None, 100), *islice(read_pages(), 0, None, 4)]
    for case in cases:
        for tag in TAGGER.tag(case.title, case.text):
            for proof in tag.evidence:
                source = case.title if proof.field == "title" else case.text
                assert source[proof.start : proof.end] == proof.text


def test_a_second_class_beside_the_right_one_is_no_error():
    assert is_right(Case("", "conflict", None, ""), {"conflict", "diplomacy"})
    assert not is_right(Case("", "neither", None, ""), {"diplomacy"})
