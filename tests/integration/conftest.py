"""Fixtures of several files: a wire of the test's own, and its place in the lake that its file has `begun`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tasks.edge.passes import PassRun
from tests.fakes import FakeWire
from tests.passes import Lab


@pytest.fixture
def lab(begun: PassRun, request: pytest.FixtureRequest) -> Lab:
    return Lab(begun, request.node.name)


@pytest.fixture
def wire() -> Iterator[FakeWire]:
    with FakeWire() as fake:
        yield fake
