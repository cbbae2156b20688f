"""`dateline run`, `demo` and `reread`: a flow run from the command line, beside a Prefect server or with its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tasks.core.errors import CatalogBroken, DatelineError
from tasks.core.shards import parse_shard
from tasks.desk.bars import show_bars
from tasks.desk.options import Format, Home
from tasks.desk.pass_report import print_demo, print_pass
from tasks.edge.channel_checks import find_channel_faults
from tasks.edge.clock import utc_now
from tasks.edge.passes import make_lake_ready, open_catalog
from tasks.edge.prefect_server import may_be_named_elsewhere, prepare_prefect, rest_collector, start_pass_server
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tasks.settings import SETTINGS, Settings, prepare_home, read_settings

SAMPLE = Path(__file__).parents[1] / "deploy" / "sample"
DEMO_HOME = Path("data-demo")
_STARTING = "Starting Prefect for this pass (about 10 s; `dateline serve` keeps it running) ..."


def run_pass(
    *,
    feeds: Annotated[Path | None, Parameter(help="Other wires: a TOML file like wires.toml, or OPML.")] = None,
    all_feeds: Annotated[bool, Parameter(("--all",), help="Also the feeds that are not due.", negative="")] = False,
    shard: Annotated[
        str | None, Parameter(help="One share of the wires: 1/3, 2/3 and 3/3 may run beside each other.")
    ] = None,
    home: Home = None,
) -> int:
    """One pass over the feeds that are due: poll, fetch, extract, read, store, alert."""
    parse_shard(shard)  # a wrong one is said before Prefect starts
    settings = open_settings(home)
    tell_channel_faults(settings)
    with own_prefect(settings):
        run_id = run_monitor(settings, feeds, all_feeds=all_feeds, shard=shard)
    if run_id is not None:
        print_pass(settings, run_id)
    return 0


def run_demo(*, home: Home = None) -> int:
    """The main job against the bundled sample wire, in two polls; in a home of its own (./data-demo), made anew."""
    folder = (home or DEMO_HOME).absolute()
    clear_demo(folder)
    sample, now = load_sample(SAMPLE), utc_now()
    with SampleServer(sample, now) as server:
        settings = open_demo_settings(folder, server.base_url)
        wires = folder / "sample-wires.toml"
        wires.write_text(sample_wires(sample, server.base_url), encoding="utf-8")
        with own_prefect(settings):
            for act, words in ((1, "First poll"), (2, "Second poll: a summit is announced, a story corrected")):
                server.show(act)
                say(f"\n{words}")
                run_id = run_monitor(settings, wires, all_feeds=True)
                if run_id is not None:
                    print_pass(settings, run_id, with_next=False)
    print_demo(settings)
    return 0


def reread_archive(
    *,
    since: Annotated[date | None, Parameter(help="First day of the archive to read again.")] = None,
    until: Annotated[date | None, Parameter(help="Last day.")] = None,
    diff: Annotated[bool, Parameter(help="Only list what would change; write nothing.", negative="")] = False,
    format: Format = "text",
    home: Home = None,
) -> int:
    """Read the stored archive again with today's rules, day by day; raises no alert. --format is that of --diff."""
    if diff:
        from tasks.desk.reread_diff import preview_archive

        return preview_archive(read_settings(home), (since, until), format)
    settings = open_settings(home)
    with own_prefect(settings):
        from flows.reread import reread

        with show_bars("reread"):
            count = asyncio.run(reread(home=str(settings.home), since=since, until=until))
    say(f"{count:,} articles were read again with today's rules.")
    return 0


def run_monitor(settings: Settings, feeds: Path | None, *, all_feeds: bool, shard: str | None = None) -> str | None:
    """One run of the flow; its id, or None where another pass runs (which is said)."""
    from flows.monitor import monitor

    with show_bars():
        feeds_file = str(feeds.absolute()) if feeds else None

        async def run_once() -> str | None:
            state = await monitor(
                home=str(settings.home), feeds_file=feeds_file, all_feeds=all_feeds, shard=shard, return_state=True
            )
            if state.name == "Skipped":
                say(state.message or "")
                return None
            return str(await state.aresult())

        return asyncio.run(run_once())


@contextmanager
def own_prefect(settings: Settings) -> Iterator[None]:
    """Settle which Prefect this run talks to, say so where it takes a while, and tell errors of ours from Prefect's.

    A server of our own starts on one core while the flows are imported and the lake is made ready on another.
    """
    server = prepare_prefect(settings)
    await_server = start_own_server(settings) if server.url is None and "prefect" not in sys.modules else None
    import_flows()
    make_lake_ready(settings)
    if await_server:
        await_server()
    try:
        yield
    except DatelineError:
        raise
    except Exception as error:
        if server.url is None or "prefect" not in type(error).__module__:
            raise
        raise DatelineError(
            f"The Prefect server at {server.url} did not take the run ({type(error).__name__}). "
            "See that it runs, or unset PREFECT_API_URL to run without it."
        ) from error


def start_own_server(settings: Settings) -> Callable[[], None] | None:
    """Start a server for this command; what waits for it, or None where Prefect is left to settle which it is."""
    say(_STARTING)
    return None if may_be_named_elsewhere(os.environ, Path.cwd()) else start_pass_server(settings)


def import_flows() -> None:
    """Import the job, and with it Prefect: a third of what the start of its server takes (measured)."""
    with rest_collector():
        import flows.monitor  # noqa: F401 - the slow import


def open_settings(home: Path | None) -> Settings:
    """The settings, with a home that can be written."""
    settings = read_settings(home)
    prepare_home(settings)
    return settings


def tell_channel_faults(settings: Settings) -> None:
    """Say at the start what hinders an alert channel, not when the first alert is due."""
    with suppress(CatalogBroken):  # the pass itself tells these
        for fault in find_channel_faults(settings, open_catalog(settings)):
            say(fault)


def open_demo_settings(folder: Path, base_url: str) -> Settings:
    """The settings of the demo: the sample wire allowed, and nothing of the user's own used, least of all a channel."""
    for name in SETTINGS:
        os.environ.pop(name, None)
    os.environ["DATELINE_ALLOW"] = base_url.removeprefix("http://")
    os.environ["DATELINE_ALERT_URLS"] = f"file:{folder / 'alerts.jsonl'}"
    return open_settings(folder)


def clear_demo(folder: Path) -> None:
    """Remove the last demo's home, but for Prefect's own files: its database takes a while to make."""
    if folder.is_dir() and not (folder / "sample-wires.toml").exists() and any(folder.iterdir()):
        raise DatelineError(f"{folder} holds something that no demo made; give the demo another folder with --home.")
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name == "prefect":
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def say(words: str) -> None:
    """A line for the person at the console; stdout is for what they asked for."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
