"""Any address that apprise understands: mail, messengers, pagers. Imported only when such a channel is opened.

apprise blocks, so that it works in a thread of its own, which nobody waits for when it takes too long.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import warnings
from typing import Any

from tasks.core.alerts.digest import Message
from tasks.core.errors import ChannelFailed
from tasks.edge.sending import Send, unknown_channel
from tasks.settings import Settings

# Copy must not ring a whole channel, nor make a mention: `@everyone`, `<!channel>`, `<@U123>`.
_CALL = re.compile(r"@(?=everyone|here|channel|all\b)|<(?=[!@#])", re.IGNORECASE)
_GAP = "\u200b"
_LOGGER = logging.getLogger("apprise")
_OPENING = threading.Lock()


def open_channel(address: str, settings: Settings) -> Send:
    """The service at the address. Raises ChannelUnknown where apprise does not know it."""
    with _OPENING, warnings.catch_warnings():
        # Its hundred plugins are imported here, some with modules that Python is about to drop.
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise

        notifier = apprise.Apprise(asset=apprise.AppriseAsset(app_id="Dateline", app_desc="Dateline alerts"))
        _LOGGER.propagate = False  # it would log addresses; what it says of a message is read by `_Ears`
        is_known = notifier.add(address)
    if not is_known:
        raise unknown_channel(address, "no such service is known, or its address is not complete")

    async def send(message: Message) -> str:
        words = {"title": defuse(message.title), "body": defuse(message.text)}
        refusal = await call_in_thread(notifier, **words, body_format=apprise.NotifyFormat.TEXT)
        if refusal is not None:
            raise ChannelFailed(refusal)
        return "the service took it"

    return send


def defuse(text: str) -> str:
    """The text with its calls to everyone broken by a space that is not seen."""
    return _CALL.sub(lambda call: f"{call[0]}{_GAP}", text)


async def call_in_thread(notifier: Any, **words: Any) -> str | None:
    """Notify in a daemon thread, which does not hold up the end of the process; returns why it was refused."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[str | None] = loop.create_future()

    def settle(refusal: str | None) -> None:
        if not done.done():
            done.set_result(refusal)

    def work() -> None:
        ears = _Ears(threading.get_ident())
        _LOGGER.addHandler(ears)
        try:
            refusal = None if notifier.notify(**words) else ears.heard or "the service did not take it"
        except Exception as error:  # noqa: BLE001 - plugins raise what they like, and one must not end the pass
            refusal = f"the service could not be asked ({type(error).__name__}: {error})"
        finally:
            _LOGGER.removeHandler(ears)
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, refusal)

    threading.Thread(target=work, name="alert-channel", daemon=True).start()
    return await done


class _Ears(logging.Handler):
    """Hears the last warning that apprise gives in one thread: it says why only there."""

    def __init__(self, thread: int) -> None:
        super().__init__(logging.WARNING)
        self.thread = thread
        self.heard = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the words of our own thread."""
        if record.thread == self.thread:
            self.heard = " ".join(record.getMessage().split())[:300].rstrip(".")
