"""`file:PATH` appends one alert a line as JSON; a relative path counts from the home.

An alert may stand there twice, after a crash: `alert_id` tells. A line that a crash cut off is closed before the next.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tasks.core.alerts.alert import alert_json
from tasks.core.alerts.digest import Message
from tasks.core.errors import ChannelFailed
from tasks.edge.sending import Send, unknown_channel
from tasks.settings import Settings


def open_channel(address: str, settings: Settings) -> Send:
    """The file at the address. Raises ChannelUnknown where it names none."""
    written = address.partition(":")[2]
    path = settings.home / Path(written.removeprefix("//") if written.startswith("//") else written).expanduser()
    if not written.strip("/") or path.is_dir():
        raise unknown_channel(address, "it names no file")

    async def send(message: Message) -> str:
        # A message without an alert is a test.
        objects: list[Mapping[str, Any]] = [alert_json(alert) for alert in message.alerts] or [message.body]
        lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in objects]
        try:
            await asyncio.to_thread(append_lines, path, lines)
        except OSError as error:
            raise ChannelFailed(f"{path} cannot be written ({error.strerror or error})") from error
        return f"written to {path}"

    return send


def append_lines(path: Path, lines: Sequence[str]) -> None:
    """Append whole lines and see them to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell() > 0:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write("".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())
