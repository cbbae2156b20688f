"""What hinders a channel before anything is sent: no address, one that no channel understands, one that is refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from tasks.core.alerts.channel_label import WEBHOOK, scheme_of
from tasks.core.errors import BadInput, ChannelUnknown
from tasks.core.model import Catalog
from tasks.edge.alert_channels import Line, list_lines
from tasks.edge.allow import AllowList
from tasks.edge.guard import Guard
from tasks.edge.sending import open_channel
from tasks.settings import Settings

_PORTS = {"http": 80, "https": 443}


def find_channel_faults(settings: Settings, catalog: Catalog) -> list[str]:
    """A sentence for each channel that cannot be used as it is set, with the mend."""
    listed = list_lines(settings, catalog)
    return [*listed.faults.values(), *(fault for line in listed.lines for fault in find_line_faults(line, settings))]


def find_line_faults(line: Line, settings: Settings) -> Iterator[str]:
    """Why one channel cannot be used; nothing is sent."""
    try:
        open_channel(line.address, settings)
        refusal = _refusal_of(line, settings)
    except (ChannelUnknown, BadInput) as error:
        yield str(error)
    else:
        if refusal is not None:
            yield refusal


def _refusal_of(line: Line, settings: Settings) -> str | None:
    """Our webhook's host, where it is not public and nobody allowed it, with the very setting that allows it."""
    scheme, _, plain = scheme_of(line.address).partition("+")
    if scheme != WEBHOOK:
        return None
    parts = urlsplit(line.address.partition("+")[2])
    host, port = parts.hostname or "", parts.port or _PORTS.get(plain, 443)
    allow = AllowList.parse(settings.allow)
    if allow.has_name(host, port):
        return None
    addresses = _look_up(host, port)
    if not addresses or any(Guard(allow).permits(address, port) for address in addresses):
        return None
    name = f"[{host}]" if ":" in host else host
    return (
        f"The alert channel {line.label} is refused, because {host} is not public ({addresses[0]}); where it is meant, "
        f"set DATELINE_ALLOW={','.join(part for part in (settings.allow.strip(), f'{name}:{port}') if part)}"
    )


def _look_up(host: str, port: int) -> list[str]:
    """The addresses of a host; none where its name is not known now, which the delivery itself will tell."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []
