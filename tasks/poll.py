"""poll: ask the due feeds; every one of their entries is an item of the lake when this ends."""

from __future__ import annotations

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE

from tasks.core.errors import EgressDown
from tasks.core.stages import FeedCount, Parcel, PollReport
from tasks.edge.passes import PassRun
from tasks.edge.polling import poll_feeds


@task(name="poll", task_run_name="poll the due feeds", cache_policy=NO_CACHE, persist_result=False)
async def poll(run: Parcel[PassRun]) -> Parcel[PollReport]:
    """Ask all due feeds at once and commit what they list (T1). A feed that fails is a row of the table, no more."""
    report = await poll_feeds(run.content)
    await acreate_table_artifact(
        key="feeds",
        table=[lay_row(count) for count in report.feeds],
        description=f"What each of {len(report.feeds)} feeds answered; {report.not_due} others were not due."
        + (
            " Most that answered the last time fail alike: our own network, so it counts nothing."
            * report.is_egress_ill
        ),
    )
    if report.is_egress_down:
        raise EgressDown(
            f"None of the {len(report.feeds)} feeds asked could be reached: this machine has no way out to them. "
            "Mend its network, or set DATELINE_PROXY; what waits is kept for the next pass."
        )
    return Parcel(report)


def lay_row(count: FeedCount) -> dict[str, str | int]:
    """One line of the table artifact."""
    return {
        "wire": count.wire_id,
        "feed": count.feed_id,
        "outcome": count.outcome,
        "found": count.found,
        "known": count.known,
        "repeated": count.repeated,
        "new": count.new,
        "cause": count.cause or "",
    }
