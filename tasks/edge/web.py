"""The way out, opened by the settings: what may be reached, through which proxy, under which name."""

from __future__ import annotations

from tasks.edge.http import AllowList, Web
from tasks.settings import Settings


def open_web(settings: Settings) -> Web:
    """The client for every address that a feed, a page or a redirect supplies; an async context manager."""
    return Web(AllowList.parse(settings.allow), settings.user_agent, settings.proxy)
