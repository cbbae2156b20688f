"""Deliver the alerts that are due (T3), and call the heartbeat.

    channels of settings and catalog, alerts and attempts of the lake -> plan_deliveries -> for each channel at once:
        message -> channel -> one fact for the attempt, in a transaction of its own

At least once: a crash between the channel's answer and the fact sends the message again, with the same key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.core.address.forms import refuse_url
from tasks.core.alerts.digest import make_message
from tasks.core.alerts.plan import Attempt, Channel, Outcome, Parcel, plan_deliveries, settle_attempt
from tasks.core.errors import ChannelFailed, ChannelUnknown, LakeBusy
from tasks.core.model import Alert, Failure
from tasks.core.stages import AlertReport
from tasks.edge.alert_channels import Line, list_lines
from tasks.edge.lake.alert_rows import Outbox, delivery_row, read_carriers, read_outbox, record_channels
from tasks.edge.lake.locks import describe_holder, hold_delivery_lock
from tasks.edge.lake.write import Row, write_lake
from tasks.edge.sending import open_channel, send_message
from tasks.edge.web import open_web
from tasks.edge.wire_watch import raise_wire_alerts
from tasks.settings import Settings

if TYPE_CHECKING:
    from tasks.edge.passes import PassRun


async def deliver_alerts(run: PassRun) -> AlertReport:
    """Send what is due to every channel, all channels at once; what a channel does not take is tried again later.

    A pass over another shard that delivers now is waited for: it may not know what this one raised, and two that read
    what is due at once would both send it.
    """
    with ExitStack() as held:
        who = describe_holder(f"alert {run.run_id}", run.now)
        try:
            await asyncio.to_thread(held.enter_context, hold_delivery_lock(run.address, who))
        except LakeBusy as busy:
            return AlertReport(errors=(str(busy),))
        return await _deliver(run)


async def _deliver(run: PassRun) -> AlertReport:
    await asyncio.to_thread(raise_wire_alerts, run)
    outbox = await asyncio.to_thread(read_outbox, run.address, run.now)
    listed = list_lines(run.settings, run.catalog)
    channels = await asyncio.to_thread(_meet_channels, run, outbox, listed.lines)
    alerts = await asyncio.to_thread(count_again, run, outbox.alerts, channels)
    parcels = plan_deliveries(channels, alerts, outbox.attempts, run.now)
    desk = _Desk(run, run.country_names(), asyncio.Lock())
    work = [
        desk.serve(line.address, [parcel for parcel in parcels if parcel.channel.channel_id == line.channel_id])
        for line in listed.lines
    ]
    # Every channel ends its own work before an error of one, such as a busy lake, ends the stage.
    done = await asyncio.gather(*work, return_exceptions=True)
    reports = []
    for report in done:
        if isinstance(report, BaseException):
            raise report
        reports.append(report)
    return AlertReport(
        sent=sum(report.sent for report in reports),
        failed=sum(report.failed for report in reports),
        dead=sum(report.dead for report in reports),
        errors=(*listed.faults.values(), *(error for report in reports for error in report.errors)),
    )


async def call_heartbeat(settings: Settings) -> str | None:
    """Call the heartbeat address, if there is one; returns what went wrong, without the path of the address."""
    url = settings.heartbeat_url
    if url is None:
        return None
    refusal = refuse_url(url)
    if refusal is not None:
        return f"DATELINE_HEARTBEAT_URL cannot be called, because {refusal}; give a plain http or https address."
    async with open_web(settings) as web:
        answer = await web.get(url, kind="heartbeat")
    if isinstance(answer, Failure):
        return f"The heartbeat to {urlsplit(url).netloc} was not taken: {answer.cause}."
    return None


def _meet_channels(run: PassRun, outbox: Outbox, lines: Sequence[Line]) -> tuple[Channel, ...]:
    """The channels with their rules; a new one is recorded, so that it gets what is raised from this pass on."""
    known = outbox.channels
    new = [line for line in lines if line.channel_id not in known or run.now < known[line.channel_id].first_seen_at]
    if new:
        with write_lake(run.address, f"alert {run.run_id}", run.now, f"alert {run.run_id} channels") as lake:
            record_channels(lake, new, run.now)
    seen = {channel_id: channel.first_seen_at for channel_id, channel in known.items()} | {
        line.channel_id: run.now for line in new
    }
    return tuple(Channel(line.channel_id, line.label, seen[line.channel_id], line.rules) for line in lines)


def count_again(run: PassRun, alerts: Sequence[Alert], channels: Sequence[Channel]) -> tuple[Alert, ...]:
    """The alerts with the wires and origins that tell of them by now, where a rule waits for more of these."""
    least = max((rule.least_origins or 0 for channel in channels for rule in channel.rules or ()), default=0)
    few = {alert.meeting_id for alert in alerts if alert.meeting_id and alert.origins < least}
    if not few:
        return tuple(alerts)
    wanted = {alert.meeting_id: alert.parties for alert in alerts if alert.meeting_id and alert.meeting_id in few}
    carriers = read_carriers(run.address, run.wires(), wanted, run.now)
    now = {one: asdict(found) for one, found in carriers.items()}
    return tuple(replace(alert, **now.get(alert.meeting_id or "", {})) for alert in alerts)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One stage's work: the pass, names of countries, and a lock so that attempts are recorded one by one."""

    run: PassRun
    countries: Mapping[str, str]
    records: asyncio.Lock

    async def serve(self, address: str, parcels: Sequence[Parcel]) -> AlertReport:
        """Send a channel its parcels in turn; after one that fails it is left alone until the next pass."""
        sent = 0
        for parcel in parcels:
            try:
                # In a thread, because a service of apprise takes a second to import.
                send = await asyncio.to_thread(open_channel, address, self.run.settings)
                await send_message(send, make_message(parcel.alerts, self.countries), address)
            except (ChannelFailed, ChannelUnknown) as error:
                return await self._record_failure(parcel, error, sent)
            await self._record([_attempt_of(parcel, alert_id, "sent", None) for alert_id in parcel.tries], parcel, None)
            sent += len(parcel.alerts)
        return AlertReport(sent=sent)

    async def _record_failure(self, parcel: Parcel, error: ChannelFailed | ChannelUnknown, sent: int) -> AlertReport:
        asked = error.retry_after_s if isinstance(error, ChannelFailed) else None
        attempts = []
        for alert_id, tries in parcel.tries.items():
            outcome, again = settle_attempt(tries + 1, self.run.now, asked)
            attempts.append(_attempt_of(parcel, alert_id, outcome, again))
        await self._record(attempts, parcel, str(error))
        dead = sum(attempt.outcome == "dead" for attempt in attempts)
        given_up = f" ({dead} given up)" if dead else ""
        words = f"{parcel.channel.label}: {error}{given_up}"
        return AlertReport(sent=sent, failed=len(attempts) - dead, dead=dead, errors=(words,))

    async def _record(self, attempts: Sequence[Attempt], parcel: Parcel, error: str | None) -> None:
        rows = [delivery_row(attempt, parcel.channel, error, self.run.now) for attempt in attempts]
        async with self.records:
            await asyncio.to_thread(self._write, rows)

    def _write(self, rows: Sequence[Row]) -> None:
        run = self.run
        with write_lake(run.address, f"alert {run.run_id}", run.now, f"alert {run.run_id} delivery") as lake:
            lake.append("delivery_facts", rows)


def _attempt_of(parcel: Parcel, alert_id: str, outcome: Outcome, again: datetime | None) -> Attempt:
    return Attempt(alert_id, parcel.channel.channel_id, parcel.tries[alert_id] + 1, outcome, again)
