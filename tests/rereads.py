"""Rereads without Prefect: all days, by workers or in the process of the test, and one that can be killed.

python -m tests.rereads HOME RULES [DIE_AFTER]        dies before its commit of that number, counted from 1
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from tasks.core.model import Catalog, Reading, Story
from tasks.core.reading import open_reader
from tasks.edge import rereading
from tasks.edge.passes import PassRun, open_pass
from tasks.edge.rereading import Readers, open_reread, reread_day


class ReadHere:
    """Readers that read at once, one story after the other."""

    def __init__(self, catalog: Catalog) -> None:
        self.reader = open_reader(catalog)

    def read(self, stories: Sequence[Story]) -> list[Future[Reading]]:
        """Readings that are there already."""
        return [self._read(story) for story in stories]

    def _read(self, story: Story) -> Future[Reading]:
        future: Future[Reading] = Future()
        future.set_result(self.reader.read_story(story))
        return future


def reread_all(run: PassRun, readers: Readers | None = None) -> int:
    """Read every day again that wants it; the articles read."""
    with open_reread(run, readers=readers or ReadHere(run.catalog)) as under_way:
        return sum(reread_day(under_way, day.day) for day in under_way.days)


def with_rules(run: PassRun, rules_version: str) -> PassRun:
    """The same run by other rules, which read alike."""
    return replace(run, catalog=replace(run.catalog, rules_version=rules_version))


def die_before_commit(number: int) -> None:
    """Make this process kill itself within its commit of this number."""
    original, calls = rereading.store_ledger, []

    def store_ledger(*args: object) -> int:
        calls.append(1)
        if len(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args)  # type: ignore[arg-type]

    rereading.store_ledger = store_ledger  # type: ignore[assignment]


if __name__ == "__main__":
    home, rules, *after = sys.argv[1:]
    rereading.CHUNK = 10
    for number in after:
        die_before_commit(int(number))
    with open_pass("reread", home=home, is_alone=False) as opened:
        under_new = with_rules(opened, rules)
        with open_reread(under_new) as under_way:
            sys.exit(sum(reread_day(under_way, day.day) for day in under_way.days) == 0)
