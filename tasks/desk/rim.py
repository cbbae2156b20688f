"""The rim of every command: an expected error becomes one sentence and an exit code, a traceback only with --debug.

done -> 0    DatelineError -> 1    wrong use -> 2    Ctrl-C -> 130    a closed pipe -> quiet
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from cyclopts.exceptions import CycloptsError

from tasks.core.errors import BadInput, DatelineError, QueryRefused

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130


def run_command(command: Callable[[], object], *, is_debug: bool) -> int:
    """Run one command; its exit code is the number that it returns, 0 where it returns none."""
    try:
        code = command()
        sys.stdout.flush()
    except BrokenPipeError:
        return close_pipe()
    except KeyboardInterrupt:
        return INTERRUPTED
    except (DatelineError, CycloptsError) as error:
        return tell_error(error, is_debug=is_debug)
    except Exception as error:  # noqa: BLE001 - the rim: what nobody expected is named, and kept for --debug
        return tell_fault(error, is_debug=is_debug)
    return code if isinstance(code, int) else 0


def tell_error(error: DatelineError | CycloptsError, *, is_debug: bool) -> int:
    """An expected error as its sentence on stderr; returns the exit code."""
    if is_debug:
        traceback.print_exception(error)
    else:
        sys.stderr.write(f"{' '.join(_lines(str(error))) if isinstance(error, CycloptsError) else error}\n")
    is_wrong_use = isinstance(error, BadInput | QueryRefused | CycloptsError)
    return WRONG_USE if is_wrong_use else FAILED


def tell_fault(error: Exception, *, is_debug: bool) -> int:
    """An error that nobody expected: its name and words, and how to see more."""
    if is_debug:
        traceback.print_exception(error)
    else:
        words = " ".join(_lines(str(error))) or "no further words"
        sys.stderr.write(
            f"Dateline failed in a way that it does not know: {type(error).__name__}: {words}. "
            "Run the command again with --debug to see where, and please report it.\n"
        )
    return FAILED


def close_pipe() -> int:
    """Whoever read our output has gone (`| head`): end quietly, also when Python flushes at its own end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return 0


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
