"""`dateline read`: stories in, readings out, one JSON object a line. No lake, no network, no Prefect."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

from cyclopts import Parameter

from tasks.catalog.recall import recall_catalog
from tasks.core.errors import BadInput
from tasks.core.jsonform import Json, reading_json
from tasks.core.model import Wire
from tasks.core.reading import Reader, open_reader
from tasks.core.story_lines import LineFault, name_wires, read_line
from tasks.desk.options import Home
from tasks.desk.showing import count, note
from tasks.settings import read_settings


def read_stories(
    file: Annotated[
        Path | None, Parameter(allow_leading_hyphen=True, help="JSON lines; - or nothing for stdin.")
    ] = None,
    /,
    *,
    home: Home = None,
) -> int:
    """Read stories: JSON lines `{url?, title?, text, published_at?, wire?, lang?}` in, readings out, in order."""
    settings = read_settings(home)
    faults = lines = 0
    with open_lines(file) as source:
        catalog = recall_catalog(settings.overlay, settings.catalog)
        reader, wires = open_reader(catalog), name_wires(catalog.wires)
        for lines, line in enumerate(source, 1):
            answer = read_one(reader, wires, lines, line)
            faults += "error" in answer
            # One write and flush a line: whoever reads the other end of the pipe need not wait for the end of the file.
            sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()
    if faults:
        note(f"{faults} of {count(lines, 'line')} could not be read; each has its error in its place.")
    return 0


def read_one(reader: Reader, wires: Mapping[str, Wire], number: int, line: bytes) -> Json:
    """The reading of one line in its public form, or `{"error": ...}`."""
    told = read_line(number, line, wires)
    if isinstance(told, LineFault):
        return {"error": str(told)}
    try:
        return reading_json(reader.read_story(told.story))
    except Exception as error:  # noqa: BLE001 - one odd text must not cost the stream the texts after it
        cause = f"{type(error).__name__}: {error}"
        return {"error": f"Line {number} could not be read, by a fault of the rules ({cause}); please report it."}


@contextmanager
def open_lines(file: Path | None) -> Iterator[BinaryIO]:
    """The lines of a file, or of stdin for `-` and for nothing. Raises BadInput where the file cannot be read."""
    if file is None or str(file) == "-":
        if sys.stdin.isatty():
            note('Waiting for stories, one a line: {"text": "..."}; Ctrl-D ends.')
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read ({error.strerror or error}); give a file of JSON lines, or -."
        ) from error
    with opened:
        yield opened
