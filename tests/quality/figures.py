"""One figure of quality, and the line that is printed of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Whose = Literal["own", "outside"]

HEADER = f"{'figure':52} {'value':>9} {'n':>6}  {'goal':>9}  {'':6}  whose    data"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, how many cases it rests on, and the goal: at least or at most so much, or none.

    `data` names the set, `whose` says whether we wrote it or others did; `unit` follows the value. A share has three
    decimals, a count or a speed none. Without a value the figure was not taken, and `needs` says what for.
    """

    name: str
    value: float | None
    number: int
    data: str
    whose: Whose
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    is_share: bool = True
    needs: str = ""

    @property
    def verdict(self) -> Literal["ok", "MISSED", ""]:
        """Whether the goal is reached; empty where there is none or nothing was measured."""
        if self.value is None or (self.at_least is None and self.at_most is None):
            return ""
        is_enough = self.at_least is None or self.value >= self.at_least
        return "ok" if is_enough and (self.at_most is None or self.value <= self.at_most) else "MISSED"

    def tell(self) -> str:
        """The line of the figure."""
        if self.value is None:
            return f"{self.name:52} not run here: needs {self.needs}"
        goal = "" if not self.verdict else f"{'>=' if self.at_least is not None else '<='} {self._goal}"
        value = f"{self._write(self.value)}{self.unit}"
        return f"{self.name:52} {value:>9} {self.number:6}  {goal:>9}  {self.verdict:6}  {self.whose:7}  {self.data}"

    @property
    def _goal(self) -> str:
        goal = self.at_least if self.at_least is not None else self.at_most
        return self._write(goal or 0.0)

    def _write(self, value: float) -> str:
        return f"{value:.3f}" if self.is_share else f"{value:,.0f}"


def say(line: str = "") -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


def print_figures(title: str, figures: Iterable[Figure]) -> None:
    """Print a heading and a line a figure."""
    say(f"\n{title}\n{HEADER}")
    for figure in figures:
        say(figure.tell())
