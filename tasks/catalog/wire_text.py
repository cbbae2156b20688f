"""A wire as the text of its `[[wire]]` entry, and a file of entries with more of them: `wires.py` the other way."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date

from tasks.core.errors import BadInput

Value = str | int | bool | date


def write_entry(values: Mapping[str, Value | None], remark: str) -> str:
    """The entry in TOML under a comment; keys without a value are left out."""
    lines = [f"{key} = {write_value(value)}" for key, value in values.items() if value is not None]
    return "\n".join([f"# {_one_line(remark)}", "[[wire]]", *lines]) + "\n"


def append_entries(text: str, entries: list[str], file: str) -> str:
    """The text of a wires file with these entries at its end; what stands there stays as it is.

    Raises BadInput where the text is not TOML to begin with, or would not be in the end.
    """
    try:
        tomllib.loads(text)
        whole = "\n".join([*([text.rstrip("\n") + "\n"] if text.strip() else []), *entries])
        tomllib.loads(whole)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"The wires file {file} is not valid TOML: {error}; correct that line, and add again."
        ) from error
    return whole


def write_value(value: Value) -> str:
    """One value in TOML. The escapes of JSON are those of TOML, once what does not print is out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(_one_line(value) if isinstance(value, str) else value, ensure_ascii=False)


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
