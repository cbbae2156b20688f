"""Fixtures that several tests share. Prefect's are made once for the whole run: its start takes half a minute."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from tests import lake_profile

lake_profile.install()  # before anything imports the settings

# No test asserts a time, and by default hypothesis does: 200 ms an example, which a busy machine exceeds.
hypothesis.settings.register_profile("dateline", deadline=None)
hypothesis.settings.load_profile("dateline")

os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests reaches them."""
    for name in list(os.environ):
        if name.startswith("DATELINE_") and not name.startswith(("DATELINE_TEST_", "DATELINE_REQUIRE_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """A real Prefect server on loopback for the whole test run; its API address."""
    from tasks.edge.prefect_server import prepare_prefect, run_server
    from tasks.settings import read_settings

    home: Path = tmp_path_factory.mktemp("prefect-home")
    environ = dict(os.environ)
    prepare_prefect(read_settings(home, {}), os.environ)
    try:
        with run_server(read_settings(home, {})) as url:
            os.environ["PREFECT_API_URL"] = url
            yield url
    finally:
        os.environ.clear()
        os.environ.update(environ)
