"""robots.txt of each site, asked once per client. Feeds are exempt: their addresses are the operator's own word.

A site without one (4xx) allows everything; one whose robots.txt fails (5xx, 429, no whole answer in time) is left for
later; one that cannot be reached at all is allowed, since the page's own fetch will fail by itself. The body is cut at
500 kB (RFC 9309). What a site said is remembered from pass to pass in `page_web.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from tasks.core.failures import make_failure
from tasks.core.model import Failure

# The site is there, but its rules cannot be read: RFC 9309 asks to keep out.
UNREACHABLE_KINDS = frozenset({"http_5xx", "http_429", "timeout", "truncated", "protocol", "header_too_big"})


@dataclass(slots=True)
class Robots:
    """Rules by site. `fetch` gets the text of one robots.txt; `token` is our name in such files."""

    fetch: Callable[[str], Awaitable[str | Failure]]
    set_delay: Callable[[str, float], None]
    token: str
    _rules: dict[str, asyncio.Task[Protego | Failure]] = field(default_factory=dict)

    async def may_fetch(self, url: str) -> bool | Failure:
        """May the page at `url` be fetched? A Failure (robots_unreachable) where the answer is "not now"."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._read_rules(site))
        # Shielded, so that one caller who gives up does not take the answer from the others.
        rules = await asyncio.shield(self._rules[site])
        return rules if isinstance(rules, Failure) else bool(rules.can_fetch(url, self.token))

    async def close(self) -> None:
        """Stop what is still being asked."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)

    async def _read_rules(self, site: str) -> Protego | Failure:
        text = await self.fetch(f"{site}/robots.txt")
        host = urlsplit(site).hostname or site
        if isinstance(text, Failure):
            if text.kind in UNREACHABLE_KINDS:
                return make_failure("robots_unreachable", f"robots.txt of {host} cannot be read now: {text.cause}")
            text = ""
        rules = Protego.parse(text)
        self.set_delay(host, rules.crawl_delay(self.token) or 0.0)
        return rules
