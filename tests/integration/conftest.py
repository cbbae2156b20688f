"""Fixtures of several files: a wire of the test's own, its place in the lake that its file has `begun`, commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.__main__ import main
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


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run one command on the home of the file: its exit code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--home", str(home)])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def run_json(run: Callable[..., tuple[int, str, str]]) -> Callable[..., Any]:
    """Run one command that goes well: what it answers for machines."""

    def call(*arguments: str) -> Any:
        code, out, _ = run(*arguments, "--format", "json")
        assert code == 0
        return json.loads(out)

    return call
