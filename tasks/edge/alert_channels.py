"""Every channel that alerts go to: those of DATELINE_ALERT_URLS, which get all, and the named ones of the catalog.

DATELINE_ALERT_URLS ------------------------------> Line(address, rules None)
channels.toml [desk] url = "env:SLACK_URL" --------> Line(address, rules), the variable read now; no value: a fault
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from tasks.core.alerts.channel_label import channel_id_of, label_channel
from tasks.core.model import AlertRule, Catalog
from tasks.settings import Settings

ENV = "env:"


@dataclass(frozen=True, slots=True)
class Line:
    """A channel by its address, a secret; `rules` None means every alert; `name` is that of the catalog."""

    address: str
    rules: tuple[AlertRule, ...] | None = None
    name: str = ""

    @property
    def channel_id(self) -> str:
        """The id of the channel: two lines to one address are one channel."""
        return channel_id_of(self.address)

    @property
    def label(self) -> str:
        """The channel for people, without what opens it: `desk: slack #1a2b3c`."""
        shown = label_channel(self.address)
        return f"{self.name}: {shown}" if self.name else shown


@dataclass(frozen=True, slots=True)
class Lines:
    """The channels that have an address, each once, and by name a sentence for each that has none."""

    lines: tuple[Line, ...]
    faults: Mapping[str, str]


def list_lines(settings: Settings, catalog: Catalog | None, environ: Mapping[str, str] | None = None) -> Lines:
    """All channels, without a catalog those of the settings; an address that stands in both gets every alert, once."""
    env = os.environ if environ is None else environ
    lines: dict[str, Line] = {}
    faults: dict[str, str] = {}
    for address in settings.alert_urls:
        line = Line(address)
        lines.setdefault(line.channel_id, line)
    for channel in catalog.channels if catalog else ():
        name = channel.url.removeprefix(ENV)
        address = env.get(name, "").strip() if channel.url.startswith(ENV) else channel.url
        if not address:
            faults[channel.name] = (
                f"The alert channel {channel.name} of channels.toml wants its address from the environment variable "
                f"{name}, which is not set; set it where Dateline runs, or take the channel out."
            )
            continue
        line = Line(address, channel.rules, channel.name)
        lines.setdefault(line.channel_id, line)
    return Lines(tuple(lines.values()), faults)
