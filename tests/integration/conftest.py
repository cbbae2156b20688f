"""Fixtures of several files: a wire of the test's own, its place in the lake that its file has `begun`, commands, and
homes that are filled once and only read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.__main__ import main
from tasks.desk.desk import Desk, open_desk
from tasks.edge.clock import utc_now
from tasks.edge.lake import attach
from tasks.edge.passes import PassRun
from tests import lake_profile
from tests.fakes import FakeWire
from tests.passes import Lab
from tests.sample_acts import run_acts
from tests.stories import STORIES, write_stories


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """On Postgres and S3 only the files that are about the lake are read."""
    is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
    return (lake_profile.IS_ON and is_test and not lake_profile.is_chosen(collection_path.name)) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of these files, only the tests that are chosen."""
    here = Path(__file__).parent
    other = [
        item for item in items if item.path.parent == here and not lake_profile.is_chosen(item.path.name, item.name)
    ]
    if lake_profile.IS_ON and other:
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item not in set(other)]


@pytest.fixture(autouse=True)
def _drop_databases(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    folder = request.node.funcargs.get("tmp_path")
    if lake_profile.IS_ON and folder:
        lake_profile.drop_below(folder)


# Workers share the cores: on one thread each, the small lakes of tests take a quarter less CPU (measured).
for config in (attach.WRITER_CONFIG, attach.READER_CONFIG):
    config["threads"] = "1"


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


@pytest.fixture(scope="session")
def stories_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which the invented stories were imported."""
    home = tmp_path_factory.mktemp("stories")
    assert main(["import", str(write_stories(home / "stories.jsonl", STORIES)), "--home", str(home)]) == 0
    return home


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo: two polls of the sample wire, now, with a corrected story in the second."""
    folder = tmp_path_factory.mktemp("demo")
    assert len(list(run_acts(folder, utc_now()))) == 2
    return folder / "home"


@pytest.fixture(scope="module")
def desk(stories_home: Path) -> Iterator[Desk]:
    """What commands ask of the home with the stories."""
    with open_desk(stories_home) as opened:
        yield opened
