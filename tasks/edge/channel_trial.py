"""Try the channels: a message that says that it is a test, on the very way that alerts take."""

from __future__ import annotations

import asyncio

from tasks.core.alerts.channel_label import scheme_of
from tasks.core.alerts.digest import make_test_message
from tasks.core.errors import BadInput, ChannelFailed, ChannelUnknown
from tasks.core.model import Catalog
from tasks.edge.alert_channels import Line, list_lines
from tasks.edge.clock import utc_now
from tasks.edge.sending import open_channel, send_message
from tasks.settings import Settings


async def try_lines(settings: Settings, catalog: Catalog, name: str | None = None) -> list[tuple[str, str]]:
    """Send a test to every channel, or to those that `name` means; returns each with what it answered.

    A name is that of the catalog, a scheme, a part of what `dateline doctor` shows of a channel, or how its id begins.
    Raises BadInput where none is meant.
    """
    listed = list_lines(settings, catalog)
    meant = [line for line in listed.lines if name is None or _is_meant(line, name)]
    unset = [(own, f"failed: {fault}") for own, fault in listed.faults.items() if name in {None, own}]
    if not meant and not unset:
        labels = ", ".join(line.label for line in listed.lines)
        raise BadInput(f"No alert channel is called {name!r}; DATELINE_ALERT_URLS and channels.toml name {labels}.")
    message = make_test_message(utc_now())

    async def ask(line: Line) -> tuple[str, str]:
        try:
            answer = await send_message(open_channel(line.address, settings), message, line.address)
        except (ChannelUnknown, ChannelFailed) as error:
            answer = f"failed: {error}"
        return line.label, answer

    return [*await asyncio.gather(*map(ask, meant)), *unset]


def _is_meant(line: Line, name: str) -> bool:
    wanted = name.strip().lower()
    return bool(wanted) and (
        wanted == scheme_of(line.address)
        or wanted in line.label.lower()
        or line.channel_id.startswith(wanted.lstrip("#"))
    )
