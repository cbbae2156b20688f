"""Progress of a pass as bars on the terminal; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tasks.edge.progress import listen

STAGES = {
    "poll": "feeds asked",
    "fetch": "pages fetched",
    "extract": "pages extracted",
    "read": "stories read",
    "import": "stories imported",
    "check": "feeds looked at",
    "compare": "days compared",
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
def show_bars() -> Iterator[None]:
    """Draw bars on stderr while the block runs, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress, listen(Bars(progress).hear):
        yield
