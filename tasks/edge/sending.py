"""From an alert address to a channel: found by its scheme, one file of `tasks/edge/channels` each, nothing to register.

    log:            -> channels/log.py
    file:PATH       -> channels/file.py
    webhook+https:  -> channels/webhook.py   (what stands before the + names the file)
    anything else   -> channels/apprise.py

A file has one function, `open_channel(address, settings) -> Send`, which raises ChannelUnknown for an address that it
cannot use. A `Send` takes a message, returns the channel's answer in a few words, and raises ChannelFailed.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from importlib.util import find_spec

from tasks.core.alerts.channel_label import cut_secrets, label_channel, scheme_of
from tasks.core.alerts.digest import Message
from tasks.core.errors import ChannelFailed, ChannelUnknown
from tasks.settings import Settings

Send = Callable[[Message], Awaitable[str]]

# From the call to the answer; a channel that takes longer is asked again later.
SEND_S = 30.0
_PACKAGE = "tasks.edge.channels"
_REST = "apprise"


def open_channel(address: str, settings: Settings) -> Send:
    """The way to one channel. Raises ChannelUnknown where no channel understands the address."""
    scheme = scheme_of(address)
    if not scheme:
        raise unknown_channel(address, "it has no scheme")
    kind = scheme.partition("+")[0]
    is_ours = kind.isidentifier() and find_spec(f"{_PACKAGE}.{kind}") is not None
    module = importlib.import_module(f"{_PACKAGE}.{kind if is_ours else _REST}")
    opened: Send = module.open_channel(address, settings)
    return opened


async def send_message(send: Send, message: Message, address: str) -> str:
    """Send within the deadline; returns the answer. Raises ChannelFailed, whose words hold no secrets."""
    try:
        async with asyncio.timeout(SEND_S):
            return cut_secrets(await send(message), address)
    except TimeoutError:
        raise ChannelFailed(f"no answer within {SEND_S:.0f} s") from None
    except ChannelFailed as error:
        raise ChannelFailed(cut_secrets(str(error), address), error.retry_after_s) from None


def unknown_channel(address: str, reason: str) -> ChannelUnknown:
    """The error for an address that no channel can use; its secrets are not shown."""
    return ChannelUnknown(
        f"DATELINE_ALERT_URLS: the channel {label_channel(address)!r} cannot be used, because {reason}; give log:, "
        "file:PATH, webhook+https://HOST/PATH or an address of apprise such as mailto://USER:PASSWORD@HOST."
    )
