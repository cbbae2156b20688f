"""`dateline sql` as a person sits before it: a real terminal, keys typed, what is drawn read back."""

from __future__ import annotations

import os
import pty
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PROGRAM = "import sys; from flows.__main__ import main; sys.exit(main(sys.argv[1:]))"
ROOT = Path(__file__).parents[2]
LONG = "select count(distinct md5(concat(a.range, b.range))) from range(1000000) as a, range(1000000) as b"


class Terminal:
    """A terminal in which a command runs: `type` sends keys, `read_to` waits for words."""

    def __init__(self, end: int, process: int) -> None:
        self.end, self.process, self.seen = end, process, ""

    def type(self, keys: str) -> None:
        os.write(self.end, keys.encode())

    def read_to(self, words: str) -> str:
        """All that is drawn until these words, which must come (or the terminal ends)."""
        while words not in self.seen:
            try:
                self.seen += os.read(self.end, 65536).decode("utf-8", "replace")
            except OSError as error:  # Linux: whoever held the other end has gone
                raise AssertionError(f"{words!r} was not drawn: {self.seen[-2000:]}") from error
        before, _, self.seen = self.seen.partition(words)
        return before

    def wait(self) -> int:
        """The exit code."""
        with suppress(OSError):
            while os.read(self.end, 65536):
                pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@contextmanager
def open_terminal(*arguments: str, **environ: str) -> Iterator[Terminal]:
    process, end = pty.fork()
    if process == 0:
        os.chdir(ROOT)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "LINES": "24", "COLUMNS": "120", **environ}
        os.execve(sys.executable, [sys.executable, "-c", PROGRAM, *arguments], env)  # noqa: S606 - our own interpreter
    try:
        yield Terminal(end, process)
    finally:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(process, 0)
        os.close(end)


def test_tab_completes_an_example_is_asked_by_its_name_and_ctrl_c_stops_a_long_question(stories_home: Path) -> None:
    with open_terminal("sql", "--home", str(stories_home)) as terminal:
        terminal.read_to("dateline> ")
        terminal.type("select count(*) as n from artic\t_ver\t;\n")
        assert re.search(r"\b3\b", terminal.read_to("1 row"))
        terminal.read_to("dateline> ")
        terminal.type("wordings;\n")
        terminal.read_to("row")
        terminal.read_to("dateline> ")
        terminal.type(f"{LONG};\n")
        terminal.read_to("Ctrl-C stops it")
        terminal.type("\x03")
        terminal.read_to("Stopped.")
        terminal.read_to("dateline> ")
        terminal.type("exit\n")
        assert terminal.wait() == 0


@pytest.mark.parametrize(("rows", "is_paged"), [(100, True), (3, False)])
def test_only_an_answer_that_is_longer_than_the_terminal_goes_to_the_pager(
    stories_home: Path, rows: int, is_paged: bool
) -> None:
    asked = f"select range as n from range({rows})"  # noqa: S608 - numbers of our own
    with open_terminal("sql", asked, "--home", str(stories_home), PAGER="sed s/^/paged:/") as terminal:
        assert ("paged:" in terminal.read_to(f"{rows} rows")) is is_paged
        assert terminal.wait() == 0
