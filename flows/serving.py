"""`dateline serve`: the schedules of deploy/prefect.yaml, on the server at PREFECT_API_URL or on one of our own.

Prefect's short-lived server inside a process schedules nothing (measured on 3.8.8), so without a server one is run as a
child, on 127.0.0.1, with its files under the home.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from cyclopts import Parameter

from flows.running import open_settings, say, tell_channel_faults
from tasks.desk.options import Home
from tasks.edge.prefect_server import prepare_prefect, rest_collector, run_server
from tasks.settings import SERVED_FLAG, Settings, settle_home

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

ROOT = Path(__file__).parents[1]
RUNS_AT_ONCE = 3  # one of each deployment


def serve_schedules(
    *,
    home: Home = None,
    every: Annotated[int | None, Parameter(help="Seconds between passes, in place of the schedule's own.")] = None,
) -> int:
    """Run the schedules until Ctrl-C: monitor every five minutes, upkeep nightly, reread on demand."""
    os.environ[SERVED_FLAG] = "1"
    settings = open_settings(home.absolute() if home else None)
    settle_home(settings)
    tell_channel_faults(settings)
    with join_server(settings) as url:
        from prefect import serve

        deployments = [build_deployment(table, every) for table in read_deployments()]
        say(f"Prefect's page: {url.removesuffix('/api')}\nHome: {settings.home}\nCtrl-C ends it.")
        os.chdir(ROOT)  # the entrypoints are relative to the checkout
        # The schedules stay on when this process stops: a restart under a supervisor must not leave them paused.
        serve(*deployments, limit=RUNS_AT_ONCE, pause_on_shutdown=False, print_starting_message=False)
    return 0


@contextmanager
def join_server(settings: Settings) -> Iterator[str]:
    """The address of the server: the operator's own, else a child's for as long as the block lasts."""
    server = prepare_prefect(settings)
    if server.url is not None:
        yield server.url
        return
    say("Starting a Prefect server (about 20 s) ...")
    with run_server(settings, meanwhile=import_prefect) as url:
        yield url


def import_prefect(url: str) -> None:
    """Import Prefect for this server while it starts: each takes half as long as the other (measured)."""
    os.environ["PREFECT_API_URL"] = url
    with rest_collector():
        import prefect.deployments.runner  # noqa: F401 - `serve` and the deployments ask for it next


def read_deployments() -> list[dict[str, Any]]:
    """The deployments of deploy/prefect.yaml, the one place that names and schedules them."""
    return list(yaml.safe_load((ROOT / "deploy" / "prefect.yaml").read_text(encoding="utf-8"))["deployments"])


def build_deployment(table: dict[str, Any], every: int | None = None) -> RunnerDeployment:
    """One deployment of prefect.yaml as `serve` takes it: the same name, schedule, limit and tags."""
    from prefect import Flow
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron, Interval

    file, _, name = str(table["entrypoint"]).partition(":")
    schedules = [
        Interval(timedelta(seconds=every or plan["interval"]))
        if "interval" in plan
        else Cron(plan["cron"], timezone=plan["timezone"])
        for plan in table["schedules"]
    ]
    limit = table["concurrency_limit"]
    flow = Flow.from_source(source=ROOT, entrypoint=f"{file}:{name}")
    return flow.to_deployment(  # type: ignore[union-attr, return-value]
        name=table["name"],
        description=table["description"],
        tags=table["tags"],
        schedules=schedules,
        concurrency_limit=ConcurrencyLimitConfig(
            limit=limit["limit"], collision_strategy=ConcurrencyLimitStrategy(limit["collision_strategy"])
        ),
    )
