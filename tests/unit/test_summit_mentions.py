"""Floors of the summit sentences that rules were learnt from, a little under what is reached."""

import pytest

from tests.quality.summits import measure_summits


@pytest.fixture(scope="module")
def figures():
    return {(figure.data, figure.name): figure.value for figure in measure_summits()}


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("precision", 0.98, 0.98),
        ("recall", 0.92, 0.8),
        ("parties, of those found", 0.92, 0.92),
        ("place, of those found", 0.87, 0.77),
        ("window, of those found", 0.9, 0.82),
        ("status, of those found", 0.92, 0.93),
    ],
)
def test_summits_in_single_sentences_are_read(figures, name, first, second):
    assert figures["summit sentences, learnt from", f"summit mentions: {name}"] >= first
    assert figures["summit sentences, second lot, learnt from", f"summit mentions: {name}"] >= second
