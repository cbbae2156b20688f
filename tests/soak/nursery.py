"""Passes that are born quickly, to be killed: imports once, then forks one pass a line of its input.

    python -m tests.soak.nursery HOME FEEDS       -> a line of input: the pid of a new pass; then its exit code, a line each

It has one thread and opens nothing itself, so that a fork of it is as good as a fresh process.
"""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from collections.abc import Callable

from tests.dying import run_whole_pass


def main() -> None:
    """Fork passes until the input ends."""
    # What a pass imports on its way is imported here, so that a kill at any moment hits the pass and not its imports.
    import tests.passes  # noqa: F401

    home, feeds = sys.argv[1:3]
    bear_children(lambda _: asyncio.run(run_whole_pass(home, feeds)))


def bear_children(live: Callable[[str], None]) -> None:
    """Fork a child for each line of the input, which it is given; tell its pid, and when it ended its exit code."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                live(line)
                code = 0
            except Exception:  # noqa: BLE001 - a child's last words
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(child, flush=True)  # noqa: T201 - the answer to whoever holds the other end
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
