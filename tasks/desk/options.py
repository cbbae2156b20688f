"""The options that commands share, so that each is spelt and explained once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

Home = Annotated[
    Path | None,
    Parameter(name="--home", help="Folder of the lake and the archive (else DATELINE_HOME, else ./data)."),
]
Format = Annotated[Literal["text", "json"], Parameter(name="--format", help="text for people, json for machines.")]
Since = Annotated[
    str | None, Parameter(name="--since", help="From a day on (2025-12-11), or back from now: 30m, 12h, 7d, 2w.")
]
Limit = Annotated[int, Parameter(name="--limit", help="Rows at most.")]
