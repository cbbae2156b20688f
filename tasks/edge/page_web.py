"""The way out for pages: what a site says in robots.txt and tdmrep.json is asked once a day and remembered in the home.

    cache/sites/robots-<hash>.json, cache/sites/tdm-<hash>.json      one file a site, its words and when they were read

RFC 9309: rules may be used for 24 hours; while a site's robots.txt fails (5xx) nothing of it is fetched, and after 24
hours of that the last good copy counts again. What the memory cannot keep is only asked again.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tasks.core.address.forms import encode_url, hash_key
from tasks.core.model import Failure
from tasks.core.rights import TDM_PATH, Rights, read_tdm_file
from tasks.edge.http import AllowList, Web
from tasks.edge.robots import UNREACHABLE_KINDS
from tasks.edge.whole_file import write_whole
from tasks.settings import Settings

FRESH = timedelta(hours=24)
ASK_AGAIN = timedelta(hours=1)  # after a tdmrep.json that failed
# Statuses by which a site says that it has no such file. A network that fails says nothing.
_ABSENT_KINDS = frozenset({"http_401", "http_402", "http_403", "http_404", "http_410", "http_451", "http_4xx"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What a site said last: `text` is None where it never answered, `failing_since` is set while it fails."""

    text: str | None
    asked_at: str
    failing_since: str | None = None

    def age(self, now: datetime) -> timedelta:
        """Time since it was asked; below zero where the clock went back."""
        return now - datetime.fromisoformat(self.asked_at)


@dataclass(frozen=True, slots=True)
class SiteMemory:
    """The words of sites in one folder, as of `now`."""

    folder: Path
    now: datetime

    def recall(self, what: str, site: str) -> Kept | None:
        """What is remembered of a site, or None."""
        try:
            return Kept(**json.loads(self._path(what, site).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, what: str, site: str, kept: Kept) -> None:
        """Remember; a folder that cannot be written costs a question to the site, nothing else."""
        path = self._path(what, site)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(asdict(kept)).encode())

    def _path(self, what: str, site: str) -> Path:
        return self.folder / f"{what}-{hash_key(site)}.json"


class PageWeb(Web):
    """The client with the manners that pages need: robots.txt from memory, and the reservations of TDMRep."""

    def __init__(self, allow: AllowList, user_agent: str, proxy: str | None, *, memory: SiteMemory) -> None:
        super().__init__(allow, user_agent, proxy)
        self._memory = memory
        self._tdm: dict[str, asyncio.Task[str]] = {}

    async def ask_rights(self, url: str) -> Rights:
        """What the site's tdmrep.json says of the page; nothing where it has none or cannot be read."""
        address = encode_url(url)
        if address is None:
            return Rights()
        site = _site_of(address)
        if site not in self._tdm:
            self._tdm[site] = asyncio.create_task(self._read_tdm(site))
        return read_tdm_file(await asyncio.shield(self._tdm[site]), address)

    async def __aexit__(self, *error: Any) -> None:
        for task in self._tdm.values():
            task.cancel()
        await asyncio.gather(*self._tdm.values(), return_exceptions=True)
        await super().__aexit__(*error)

    async def _fetch_robots(self, url: str) -> str | Failure:
        site, now = _site_of(url), self._memory.now
        kept = self._memory.recall("robots", site)
        if kept is not None and kept.text is not None and not kept.failing_since and is_fresh(kept, now, FRESH):
            return kept.text
        answer = await super()._fetch_robots(url)
        text = settle_robots(kept, answer, now)
        if text is not None:
            self._memory.keep("robots", site, text)
        return answer if text is None or not has_waited_out(text, now) else text.text or answer

    async def _read_tdm(self, site: str) -> str:
        kept = self._memory.recall("tdm", site)
        if kept is not None and is_fresh(kept, self._memory.now, ASK_AGAIN if kept.failing_since else FRESH):
            return kept.text or ""
        answer = await self.get(f"{site}{TDM_PATH}", kind="robots")
        now = self._memory.now.isoformat()
        if isinstance(answer, Failure) and answer.kind not in _ABSENT_KINDS:
            text = kept.text if kept is not None else None
            self._memory.keep("tdm", site, Kept(text, now, failing_since=now))
            return text or ""
        text = "" if isinstance(answer, Failure) else answer.body.decode("utf-8", "replace")
        # Many sites answer any address with their front page: only what may be JSON is worth keeping.
        text = text if text.lstrip("\ufeff \t\r\n").startswith("[") else ""
        self._memory.keep("tdm", site, Kept(text, now))
        return text


def settle_robots(kept: Kept | None, answer: str | Failure, now: datetime) -> Kept | None:
    """What to remember of an answer about robots.txt: None where the network failed, which says nothing of the site."""
    if not isinstance(answer, Failure) or answer.kind in _ABSENT_KINDS:
        return Kept("" if isinstance(answer, Failure) else answer, now.isoformat())
    if answer.kind not in UNREACHABLE_KINDS:
        return None
    since = kept.failing_since if kept is not None else None
    asked_at = kept.asked_at if kept is not None else now.isoformat()
    return Kept(kept.text if kept is not None else None, asked_at, since or now.isoformat())


def has_waited_out(kept: Kept, now: datetime) -> bool:
    """Has a robots.txt failed for so long that its last good copy counts again?"""
    return kept.text is not None and bool(kept.failing_since) and now - _moment(kept.failing_since) >= FRESH


def is_fresh(kept: Kept, now: datetime, limit: timedelta) -> bool:
    """May it still be used? What lies in the future was kept by another clock."""
    return timedelta(0) <= kept.age(now) < limit


def open_page_web(settings: Settings, now: datetime) -> PageWeb:
    """The client for pages by the settings; an async context manager."""
    memory = SiteMemory(settings.home / "cache" / "sites", now)
    return PageWeb(AllowList.parse(settings.allow), settings.user_agent, settings.proxy, memory=memory)


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text or "")


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
