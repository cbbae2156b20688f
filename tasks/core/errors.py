"""The errors of Dateline; every one carries the thing it is about.

DatelineError                 one sentence: the thing, the cause, the next step
├── CatalogBroken             every fault of the catalog at once
├── HomeUnusable              the home folder is missing, relative or not writable
├── LakeMissing               a command that only reads found no lake
├── LakeTooNew                the lake was written by a newer Dateline
├── LakeBusy                  another process holds the write lock, and has for minutes
│   └── PassRunning           another process holds the pass lock: a pass is under way
├── EgressDown                no feed at all could be reached
├── QueryRefused              SQL that would write, or that does not parse
├── BadInput                  what the user gave cannot be used (a file, an id, an option)
├── ChannelUnknown            an alert URL that no channel understands
└── ChannelFailed             a channel did not take a message

Expected failures of one feed, page or story are values (`model.Failure`), not exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass


class DatelineError(Exception):
    """Base of all expected errors: `str(error)` is the one sentence a user reads."""


class HomeUnusable(DatelineError):
    """The home folder cannot be used."""


class LakeMissing(DatelineError):
    """There is no lake where one was to be read."""


class LakeTooNew(DatelineError):
    """The lake was written by a newer Dateline than this one."""


class LakeBusy(DatelineError):
    """Another process holds the lock; `holder` says who."""

    def __init__(self, message: str, holder: str = "") -> None:
        super().__init__(message)
        self.holder = holder


class PassRunning(LakeBusy):
    """A pass is under way already; this one has nothing to do."""


class EgressDown(DatelineError):
    """Every feed that was asked failed on the way: the network of this machine is down, or shut."""


class QueryRefused(DatelineError):
    """A statement that may not run on a read-only connection, or that is wrong."""


class BadInput(DatelineError):
    """Something the user gave cannot be used."""


class ChannelUnknown(DatelineError):
    """No channel understands this alert URL."""


class ChannelFailed(DatelineError):
    """A channel did not take a message; the sentence has no secrets in it. `retry_after_s` is what it asked for."""

    def __init__(self, message: str, retry_after_s: int | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the catalog: where it is, what is wrong, how to mend it; `line` counts from 1, where it is known."""

    file: str
    key: str
    problem: str
    mend: str
    line: int | None = None

    def __str__(self) -> str:
        at = f":{self.line}" if self.line else ""
        return f"{self.file}{at}: {self.key}: {self.problem} ({self.mend})"


class CatalogBroken(DatelineError):
    """The catalog has faults; all are listed, one a line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        listed = "\n".join(f"  {fault}" for fault in faults)
        plural = "fault" if len(faults) == 1 else "faults"
        super().__init__(f"The catalog has {len(faults)} {plural}; mend them and run again:\n{listed}")
