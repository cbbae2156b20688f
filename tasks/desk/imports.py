"""`dateline import`: stories of one's own into the lake, as if a wire had told them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tasks.core.errors import BadInput, PassRunning
from tasks.core.story_lines import LineFault, StoryLine, name_wires, read_line
from tasks.desk.bars import show_bars
from tasks.desk.desk import follow_up
from tasks.desk.options import Home
from tasks.desk.read import open_lines
from tasks.desk.showing import count, note, say
from tasks.edge.importing import ImportReport, deliver_imported, import_stories
from tasks.edge.passes import PassRun, open_pass


def import_files(
    *files: Annotated[
        Path, Parameter(allow_leading_hyphen=True, help="JSON lines as `dateline read` takes; - is stdin.")
    ],
    alert: Annotated[
        bool, Parameter(negative="", help="Let the stories raise alerts; history is silent else.")
    ] = False,
    home: Home = None,
) -> int:
    """Import stories (JSON lines) through read, store and, with --alert, alert. Importing twice adds nothing."""
    if not files:
        raise BadInput("No file was given; give one or more files of JSON lines, or - for stdin.")
    for file in files:
        if str(file) != "-":
            with open_lines(file):
                pass  # a slip in the last name is told before the first file is stored
    own_sum: dict[str, int] = {}
    with (
        open_pass("import", home=str(home) if home else None, is_alone=False, own_sum=own_sum) as run,
        show_bars(),
    ):
        report = import_stories(run, read_files(run, files), with_alerts=alert)
        own_sum.update(report.total)
    _print_report(report)
    if alert and report.alerts:
        _deliver(run)
    say(f"Look at them: {follow_up(run.settings, 'latest')}")
    return 1 if report.faults else 0


def read_files(run: PassRun, files: tuple[Path, ...]) -> Iterator[tuple[str, StoryLine | LineFault]]:
    """All lines of all files, each with the name of its file."""
    wires = name_wires(run.catalog.wires)
    for file in files:
        with open_lines(file) as source:
            for number, line in enumerate(source, 1):
                yield str(file), read_line(number, line, wires)


def _print_report(report: ImportReport) -> None:
    for fault in report.faults:
        note(fault)
    told = [count(report.stored, "story", "stories") + " stored"]
    told += [f"{report.revised:,} stored as a new version"] if report.revised else []
    told += [f"{report.known:,} there already"] if report.known else []
    told += [f"{count(len(report.faults), 'line')} left out"] if report.faults else []
    told += [f"{count(report.alerts, 'alert')} raised"] if report.alerts else []
    say(", ".join(told) + ".")


def _deliver(run: PassRun) -> None:
    try:
        told = asyncio.run(deliver_imported(run))
    except PassRunning:
        say("A pass is under way, and delivers the alerts at its end or in the next one.")
        return
    for error in told.errors:
        note(error)
    say(f"{count(told.sent, 'alert')} delivered.")
