"""Where the outside data lies that some tests read, and the mark that skips them where it is absent.

`DATELINE_TEST_DATA` names its folder (default `../shared` beside the checkout). Under `DATELINE_REQUIRE_DATA=1` its
absence is a failure instead of a skip. No file of it is ever copied into the project.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("DATELINE_TEST_DATA") or Path(__file__).parents[2] / "shared")

_IS_THERE = (DATA / "data").is_dir() and (DATA / "seed").is_dir()
_IS_REQUIRED = os.environ.get("DATELINE_REQUIRE_DATA") == "1"


def needs_data(test):  # type: ignore[no-untyped-def]
    """Mark a test that reads the outside data: skipped where it is absent, unless it is required."""
    skip = pytest.mark.skipif(not _IS_THERE and not _IS_REQUIRED, reason=f"the outside data is not at {DATA}")
    return pytest.mark.data(skip(test))
