"""Floors of the summit sentences that rules were learnt from, a little under what is reached."""

import pytest

from tests.quality.summits import measure_summits


@pytest.fixture(scope="module")
def figures():
    return {figure.name: figure.value for figure in measure_summits() if figure.data.endswith("learnt from")}


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("summit mentions: precision", 0.98),
        ("summit mentions: recall", 0.87),
        ("summit mentions: parties, of those found", 0.92),
        ("summit mentions: place, of those found", 0.84),
        ("summit mentions: window, of those found", 0.9),
        ("summit mentions: status, of those found", 0.9),
    ],
)
def test_summits_in_single_sentences_are_read(figures, name, floor):
    assert figures[name] >= floor
