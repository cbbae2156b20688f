"""Commands whose names are given but which come with a later release: each says with what, and what does until then."""

from __future__ import annotations

from typing import Annotated, NoReturn

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.options import Home

Words = Annotated[str, Parameter(show=False, allow_leading_hyphen=True)]


def forget(*words: Words, home: Home = None) -> None:
    """Remove an article or a wire with a reason (comes with the archive desk)."""
    _refuse("forget", "the archive desk", "DATELINE_KEEP_RAW bounds how long raw pages stay")


def _refuse(command: str, comes_with: str, meanwhile: str) -> NoReturn:
    raise BadInput(f"`dateline {command}` is not there yet: it comes with {comes_with}; until then {meanwhile}.")
