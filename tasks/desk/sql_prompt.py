"""The prompt of `dateline sql`: statements until Ctrl-D, each beside the running writer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tasks.core.errors import DatelineError
from tasks.desk.desk import Desk, open_desk
from tasks.desk.showing import note
from tasks.desk.sql_names import DELIMITERS, complete_name
from tasks.desk.sql_statement import read_question, read_values
from tasks.settings import Settings, read_settings

PROMPT, MORE = "dateline> ", "     ...> "
_HELP = (
    "A statement ends with ; or an empty line, Tab completes names. `from dictionary` lists all relations and columns, "
    "`dateline sql --examples` questions to begin with, which are asked by their names here too. Ctrl-D ends."
)
HISTORY_LINES = 1000


def run_prompt(home: Path | None, answer: Callable[[Desk, str], None]) -> int:
    """Read statements and print their answers until the input ends. Raises LakeMissing before the first prompt."""
    settings = read_settings(home)
    with open_desk(home):
        note(f"The lake at {settings.home}, read-only. {_HELP}")
    history = load_history(settings)
    while (statement := read_typed()) is not None:
        # A connection each: a pass that upgrades the lake while the prompt is open would break an old one.
        try:
            question = read_question(statement)
            read_values(question, ())
            with open_desk(home, question) as desk:
                answer(desk, question)
        except DatelineError as error:
            note(str(error))
        except KeyboardInterrupt:
            note("Stopped.")
    save_history(history)
    return 0


def read_typed() -> str | None:
    """One statement as typed, over several lines if need be; None where the input ended."""
    lines: list[str] = []
    while True:
        try:
            line = input(MORE if lines else PROMPT)
        except EOFError:
            note("")
            return None
        except KeyboardInterrupt:
            note("")
            lines.clear()
            continue
        if not lines and line.strip().lower() in {"exit", "quit", r"\q", ".quit", ".exit"}:
            return None
        if not lines and line.strip().lower() in {"help", r"\?", ".help"}:
            note(_HELP)
        elif line.strip():
            lines.append(line)
        if lines and (not line.strip() or line.rstrip().endswith(";")):
            return "\n".join(lines)


def load_history(settings: Settings) -> Path | None:
    """Tab, arrow keys and the statements of earlier sessions, where Python has readline; the file that holds them."""
    try:
        import readline
    except ImportError:
        return None
    readline.set_completer(complete_name)
    readline.set_completer_delims(DELIMITERS)
    readline.parse_and_bind("tab: complete")
    history = settings.home / "sql_history"
    if history.is_file():
        readline.read_history_file(history)
    readline.set_history_length(HISTORY_LINES)
    return history


def save_history(history: Path | None) -> None:
    """Keep the statements for the next session; a home that cannot be written keeps none."""
    if history is None:
        return
    import readline

    try:
        readline.write_history_file(history)
    except OSError:
        note(f"The statements are not kept: {history} cannot be written.")
