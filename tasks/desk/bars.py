"""Progress of a pass as bars on the terminal; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tasks.core.pace import describe_speed
from tasks.desk.showing import note
from tasks.edge.progress import PaceTeller, listen

STAGES = {
    "poll": "feeds asked",
    "fetch": "pages fetched",
    "extract": "pages extracted",
    "read": "stories read",
    "import": "stories imported",
    "check": "feeds looked at",
    "compare": "days compared",
    "reread days": "days read again",
    "reread": "articles",
    "export": "days written",
    "move": "rows copied",
}


@dataclass(slots=True)
class StageCount:
    """One stage over all chunks of a pass: each chunk begins at 0 again, the bar goes on."""

    before: int = 0
    total: int = 0
    done: int = 0

    def hear(self, done: int, total: int) -> tuple[int, int]:
        """The sum so far, as (done, total), after hearing of the chunk that is under way."""
        if done < self.done or total != self.total:
            self.before += self.done
        self.done, self.total = done, total
        return self.before + done, self.before + total


@dataclass(slots=True)
class Bars:
    """A listener that draws. `progress` is rich's; a bar appears with the first word of its stage."""

    progress: Any
    tasks: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, StageCount] = field(default_factory=dict)

    def hear(self, stage: str, done: int, total: int) -> None:
        """Draw what a stage says of itself."""
        if stage not in STAGES or total == 0:
            return
        summed, of = self.counts.setdefault(stage, StageCount()).hear(done, total)
        if stage not in self.tasks:
            self.tasks[stage] = self.progress.add_task(STAGES[stage], total=of)
        self.progress.update(self.tasks[stage], completed=summed, total=of)


@contextmanager
def show_bars(line_stage: str | None = None) -> Iterator[None]:
    """Draw bars on stderr while the block runs, if stderr is a terminal.

    Else the pace of `line_stage` stands there now and then in a plain line, where one is named.
    """
    if not sys.stderr.isatty():
        if line_stage is None:
            yield
            return
        with listen(PaceTeller(line_stage, STAGES[line_stage], note).hear):
            yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = [TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    columns += _pace_columns() if line_stage else []
    with Progress(*columns, console=Console(stderr=True)) as progress, listen(Bars(progress).hear):
        yield


def _pace_columns() -> list[Any]:
    """How fast it goes, and how long it will take, for work of which people wait for the end."""
    from rich.progress import ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class SpeedColumn(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{describe_speed(task.speed)}/s" if task.speed else "")

    return [SpeedColumn(), TimeRemainingColumn()]
