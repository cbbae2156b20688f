"""Contestants take turns: each reads the same few pages, then the next does, so that noise falls on all alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.bench.contest.gold import PAGES, GoldPage

ROOT = Path(__file__).parents[3]
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
LOT = 43  # pages of a turn: a sixth of all, two seconds of the fastest
CHUNK = 200  # pages of a commit at least: what a pass takes
Row = dict[str, Any]


class Program:
    """A program of the contest that answers lines of JSON with lines of JSON."""

    def __init__(self, module: str, *arguments: str, python: Path | str = sys.executable) -> None:
        self.name = f"{module} {' '.join(arguments)}"
        self.errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the program
        self.process = subprocess.Popen(
            [str(python), "-m", f"tests.bench.contest.{module}", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
        )
        self.hello: Row = self.hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.stdin is not None and self.process.stdout is not None:
            self.process.stdin.close()
            self.process.stdout.close()
        self.process.wait()
        self.errors.close()

    def hear(self) -> Row:
        """The next answer. Raises RuntimeError where the program ended."""
        line = self.process.stdout.readline() if self.process.stdout is not None else ""
        if not line:
            code = self.process.wait()
            self.errors.seek(0)
            raise RuntimeError(f"{self.name} ended with {code}: {self.errors.read()[-2000:]}")
        answer: Row = json.loads(line)
        return answer

    def ask(self, question: Any) -> Row:
        """Ask, and wait for the answer."""
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
        return self.hear()


@dataclass(slots=True)
class Tally:
    """What a contestant gave and took in one round: rows in the order of the pages, seconds of CPU of each lot."""

    rows: list[Row] = field(default_factory=list)
    lots: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    rss: int = 0
    more: Row = field(default_factory=dict)

    def add(self, answer: Mapping[str, Any]) -> None:
        """One more lot."""
        self.rows += answer["rows"]
        self.lots.append(answer["cpu_s"])
        self.wall_s += answer["wall_s"]
        self.rss = answer["rss"]

    @property
    def cpu_s(self) -> float:
        """CPU of the round."""
        return sum(self.lots)


Round = dict[str, Tally]


def least_cpu(rounds: Sequence[Round], name: str) -> float:
    """Seconds for all pages, of each lot the least of the rounds: what other work on the machine adds is left out."""
    return sum(map(min, zip(*(each[name].lots for each in rounds if name in each), strict=True)))


def name_files(pages: Sequence[GoldPage]) -> list[tuple[str, str]]:
    """The pages as contestants are told of them."""
    return [(str(PAGES / page.page), page.url) for page in pages]


def cut_lots(pages: Sequence[GoldPage]) -> Iterator[list[tuple[str, str]]]:
    """The pages in lots."""
    files = name_files(pages)
    return (files[first : first + LOT] for first in range(0, len(files), LOT))


def take_turns(readers: Mapping[str, Program], pipeline: Program, pages: Sequence[GoldPage]) -> Round:
    """Every reader and the pipeline over all pages, lot by lot; the pipeline commits after each chunk."""
    tallies = {name: Tally() for name in readers}
    ours = Tally()
    pipeline.ask({"do": "open"})
    waiting = 0
    for number, lot in enumerate(cut_lots(pages), 1):
        for name, reader in readers.items():
            tallies[name].add(reader.ask(lot))
        ours.lots.append(pipeline.ask({"do": "pages", "pages": lot})["cpu_s"])
        waiting += len(lot)
        if waiting >= CHUNK or number * LOT >= len(pages):
            ours.lots.append(pipeline.ask({"do": "commit"})["cpu_s"])
            waiting = 0
    done = pipeline.ask({"do": "close"})
    ours.rows, ours.wall_s, ours.rss, ours.more = done["rows"], done["wall_s"], done["rss"], done
    return {**tallies, "pipeline": ours}
