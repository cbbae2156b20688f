"""The sum of a pass in words: for Prefect's page, and for the name of the run. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tasks.core.stages import AlertReport, PollReport


def describe_sum(total: Mapping[str, Any]) -> tuple[str, str]:
    """Idea 1 as two equations: found = known + repeated + new; new = stored + duplicate + rejected + waiting."""
    polled = "found {found:,} = known {known:,} + repeated {repeated:,} + new {new:,}".format(**total)
    ended = "new {new:,} = stored {stored:,} + duplicate {duplicate:,} + rejected {rejected:,} + waiting {waiting:,}"
    return polled, ended.format(**total)


def count_unexplained(total: Mapping[str, Any]) -> int:
    """What the two equations do not explain: always 0."""
    polled = total["found"] - total["known"] - total["repeated"] - total["new"]
    ended = total["new"] - total["stored"] - total["duplicate"] - total["rejected"] - total["waiting"]
    return int(abs(polled) + abs(ended))


def name_pass(now: datetime, total: Mapping[str, Any], polled: PollReport) -> str:
    """`monitor 11:05: 31 of 44 feeds, 312 new, 2 alerts`."""
    answered = sum(feed.outcome != "failed" for feed in polled.feeds)
    told = f"{total['alerts']} alert{'' if total['alerts'] == 1 else 's'}"
    return f"monitor {now:%H:%M}: {answered} of {len(polled.feeds)} feeds, {total['new']:,} new, {told}"


def describe_pass(
    run_id: str,
    total: Mapping[str, Any],
    polled: PollReport,
    told: AlertReport,
    raised: Sequence[Mapping[str, Any]],
    faults: Sequence[str] = (),
) -> str:
    """The pass as Markdown: its sum, what is amiss in the stored data, its failures, its alerts."""
    lines = [f"## Pass {run_id}", "", *(f"- {words}" for words in describe_sum(total))]
    lines.append(f"- unexplained {count_unexplained(total)}")
    lines.append(f"- alerts: {len(raised)} raised, {told.sent} delivered, {told.failed} to be tried again")
    if faults:
        lines += ["", "### Amiss in the stored data", "", *(f"- {fault}" for fault in faults)]
    failed = [feed for feed in polled.feeds if feed.outcome == "failed"]
    if failed:
        lines += ["", "### Feeds without an answer", ""]
        lines += [f"- `{feed.feed_id}`: {feed.cause}" for feed in failed]
    if raised:
        lines += ["", "### Alerts", ""]
        lines += [
            f"- **{row['kind']}** {row['wire']}: “{row['sentence']}” ({row['article_url'] or 'no link'})"
            for row in raised
        ]
    return "\n".join(lines)
