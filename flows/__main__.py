"""The `dateline` command: arguments -> calls. Each command is imported only when it is called.

dateline COMMAND ...  -->  this table  -->  flows (with Prefect) or tasks.desk (without)  -->  the rim: exit code
"""

from __future__ import annotations

import difflib
import gc
import sys
from collections.abc import Sequence

from cyclopts import App, Group

from tasks.core.errors import BadInput
from tasks.desk.rim import run_command
from tasks.settings import dateline_version

DEBUG = "--debug"

# A command makes half a million objects that stay before it does anything; to look them over time and again took a
# tenth of the start of `dateline read` (measured).
_OBJECTS_BETWEEN_SWEEPS = 50_000

JOB = Group("The job", sort_key=1)
STORIES = Group("Stories and answers", sort_key=2)
UPKEEP = Group("Upkeep", sort_key=3)

# name -> (where it is, its group, its line in the help): one line here is all that a new command needs.
COMMANDS: dict[str, tuple[str, Group, str]] = {
    "run": ("flows.running:run_pass", JOB, "One pass over the feeds that are due."),
    "demo": ("flows.running:run_demo", JOB, "The same job against the bundled sample wire, in two polls."),
    "serve": ("flows.serving:serve_schedules", JOB, "The schedules, until Ctrl-C."),
    "reread": ("flows.running:reread_archive", JOB, "Read the stored archive again with today's rules."),
    "read": ("tasks.desk.read:read_stories", STORIES, "Stories in, readings out (JSON lines); no lake, no network."),
    "import": ("tasks.desk.imports:import_files", STORIES, "Stories of your own into the lake."),
    "sql": ("tasks.desk.sql:ask_lake", STORIES, "Read-only SQL, example questions, or a prompt."),
    "search": ("tasks.desk.search:search_articles", STORIES, "Articles that hold words, the best first."),
    "latest": ("tasks.desk.latest:list_latest", STORIES, "The newest articles."),
    "show": ("tasks.desk.show:show_article", STORIES, "One stored story with its reading, evidence marked."),
    "summits": ("tasks.desk.summits:app", STORIES, "The summits, each once; one of them whole; `merge`, `split`."),
    "alerts": ("tasks.desk.alerts:app", STORIES, "What was raised and where it went; `alerts test`."),
    "feeds": ("tasks.desk.feeds:app", STORIES, "The feeds' health, and when each is asked next."),
    "topics": ("tasks.desk.topics:list_topics", STORIES, "What is watched, and how much of it came."),
    "rules": ("tasks.desk.rules:app", STORIES, "Test the rules by their examples; what two versions tag otherwise."),
    "upkeep": ("tasks.desk.upkeep:run_upkeep", UPKEEP, "Compact and clean the lake, then publish."),
    "publish": ("tasks.desk.upkeep:publish_files", UPKEEP, "Write press.duckdb, calendar, Atom feed and page now."),
    "export": ("tasks.desk.export:export_files", UPKEEP, "The public relations as Parquet files by day, in a folder."),
    "restore": ("tasks.desk.restore:restore_metadata", UPKEEP, "Put a copy of the lake's metadata in its place again."),
    "move-lake": ("tasks.desk.move_lake:copy_lake", UPKEEP, "Copy the lake to Postgres and S3 (or back), checked."),
    "doctor": ("tasks.desk.doctor:examine", UPKEEP, "Each fault of installation, home, lake and feeds, with its mend."),
    "why": ("tasks.desk.why:explain_article", STORIES, "Why each tag stands, and what was missing for others."),
    "forget": ("tasks.desk.forget:forget_articles", UPKEEP, "Remove an article or a wire for good, with a reason."),
}


def make_app() -> App:
    """The command line, with every command registered and none imported."""
    app = App(
        name="dateline",
        help="Watch the world's wire services: every claim with its words, every summit told once.",
        help_epilogue=f"Every command takes --home FOLDER, --help, and {DEBUG} (a traceback in place of one sentence).",
        version=dateline_version,
        result_action="return_value",
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
    )
    for name, (place, group, line) in COMMANDS.items():
        # An App that is imported brings its own settings; a function gets them here.
        app.command(place, name=name, group=group, help=line)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 the job failed, 2 wrong use."""
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS, *gc.get_threshold()[1:])
    given = list(sys.argv[1:] if arguments is None else arguments)
    tokens = [token for token in given if token != DEBUG]
    return run_command(lambda: call(tokens), is_debug=DEBUG in given)


def call(tokens: Sequence[str]) -> object:
    """Call the command that the tokens name. Raises BadInput where there is none."""
    name = tokens[0] if tokens else ""
    if name and not name.startswith("-") and name not in COMMANDS:
        # Asked for its own words, cyclopts would import every command to find near ones, and with them Prefect.
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        meant = f" Is `dateline {near[0]}` meant?" if near else ""
        raise BadInput(f"There is no command {name!r}.{meant} `dateline --help` lists what there is.")
    return make_app()(list(tokens))


if __name__ == "__main__":
    sys.exit(main())
