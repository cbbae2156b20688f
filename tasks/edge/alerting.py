"""Deliver the alerts that are due (T3), try the channels, call the heartbeat.

    channels of the settings, alerts and attempts of the lake -> plan_deliveries -> for each channel at once:
        message -> channel -> one fact for the attempt, in a transaction of its own

At least once: a crash between the channel's answer and the fact sends the message again, with the same key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.core.address.forms import refuse_url
from tasks.core.alerts.channel_label import channel_id_of, label_channel, scheme_of
from tasks.core.alerts.digest import make_message, make_test_message
from tasks.core.alerts.plan import Attempt, Channel, Outcome, Parcel, plan_deliveries, settle_attempt
from tasks.core.errors import BadInput, ChannelFailed, ChannelUnknown
from tasks.core.model import Failure
from tasks.core.stages import AlertReport
from tasks.edge.clock import utc_now
from tasks.edge.lake.alert_rows import Outbox, channel_rows, delivery_row, read_outbox
from tasks.edge.lake.write import Row, write_lake
from tasks.edge.layouts import raise_layout_alerts
from tasks.edge.sending import open_channel, send_message
from tasks.edge.web import open_web
from tasks.settings import Settings

if TYPE_CHECKING:
    from tasks.edge.passes import PassRun


async def deliver_alerts(run: PassRun) -> AlertReport:
    """Send what is due to every channel, all channels at once; what a channel does not take is tried again later."""
    await asyncio.to_thread(raise_layout_alerts, run)
    outbox = await asyncio.to_thread(read_outbox, run.address, run.now)
    channels = await asyncio.to_thread(_meet_channels, run, outbox)
    parcels = plan_deliveries(channels, outbox.alerts, outbox.attempts, run.now)
    desk = _Desk(run, {country.code: country.name for country in run.catalog.countries}, asyncio.Lock())
    lines = {channel_id_of(address): address for address in run.settings.alert_urls}
    work = [
        desk.serve(address, [parcel for parcel in parcels if parcel.channel.channel_id == channel_id])
        for channel_id, address in lines.items()
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
        errors=tuple(error for report in reports for error in report.errors),
    )


def check_channels(settings: Settings) -> None:
    """See that every channel of the settings can be used, without sending. Raises ChannelUnknown for the first."""
    for address in settings.alert_urls:
        open_channel(address, settings)


async def test_channels(  # for `dateline alerts test`; no test of pytest's
    settings: Settings,
    name: str | None = None,  # noqa: PT028 - as above
) -> list[tuple[str, str]]:
    """Send a test to every channel, or to those that `name` means; returns each with what it answered.

    A name is a scheme, a part of what `dateline doctor` shows of a channel, or the beginning of its id. Raises BadInput
    where none is meant.
    """
    meant = [address for address in settings.alert_urls if name is None or _is_meant(address, name)]
    if not meant:
        labels = ", ".join(map(label_channel, settings.alert_urls))
        raise BadInput(f"No alert channel is called {name!r}; DATELINE_ALERT_URLS names {labels}.")
    message = make_test_message(utc_now())

    async def ask(address: str) -> tuple[str, str]:
        try:
            answer = await send_message(open_channel(address, settings), message, address)
        except (ChannelUnknown, ChannelFailed) as error:
            answer = f"failed: {error}"
        return label_channel(address), answer

    return list(await asyncio.gather(*map(ask, meant)))


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


def _meet_channels(run: PassRun, outbox: Outbox) -> tuple[Channel, ...]:
    """The channels of the settings; a new one is recorded, so that it gets what is raised from this pass on."""
    addresses = dict.fromkeys(run.settings.alert_urls)
    new = [address for address in addresses if channel_id_of(address) not in outbox.channels]
    if new:
        with write_lake(run.address, f"alert {run.run_id}", run.now, f"alert {run.run_id} channels") as lake:
            lake.append("channel_facts", channel_rows(new, run.now))
    known = dict(outbox.channels)
    for address in new:
        channel = Channel(channel_id_of(address), label_channel(address), run.now)
        known[channel.channel_id] = channel
    return tuple(known[channel_id_of(address)] for address in addresses)


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


def _is_meant(address: str, name: str) -> bool:
    wanted = name.strip().lower()
    label = label_channel(address).lower()
    return bool(wanted) and (
        wanted == scheme_of(address) or wanted in label or channel_id_of(address).startswith(wanted.lstrip("#"))
    )
