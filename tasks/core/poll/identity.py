"""Is it still the same feed? A domain that expired, or was taken over, answers under the old address with other copy.

    another title (no word in common) or another host, and hardly an entry that we know   -> held: items raise no alert
    the title and host that we know, or mostly entries that we know                       -> accepted
    held for a week of the same new answers                                               -> accepted: a wire renamed

A rename alone holds nothing: what is mostly known copy is the same wire, whatever it calls itself today.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

HOLD = timedelta(days=7)  # long enough for a person to look; a wire that was really renamed is not mute for ever
_FEW_KNOWN = 0.33
_WORD = re.compile(r"[^\W\d_]{2,}")
# Words of any feed's title, which make no two feeds one.
_COMMON = frozenset({
    "the", "of", "and", "for", "in", "on", "to", "from", "news", "feed", "feeds", "rss", "atom", "xml", "latest", "top",
    "headlines", "home", "www", "com", "online", "official", "site", "daily", "new", "stories", "articles", "all", "en",
})  # fmt: skip


def is_other_title(known: str | None, title: str | None) -> bool:
    """Do two titles of a feed share no word that means something? An empty title says nothing."""
    ours, theirs = _words(known), _words(title)
    if not ours or not theirs:
        return bool(known and title) and _plain(known) != _plain(title)
    return not ours & theirs


def is_other_host(known: str | None, host: str | None) -> bool:
    """Do two hosts belong to different sites, as far as their last two labels tell?"""
    return bool(known and host) and _site(known) != _site(host)


def is_taken_over(
    known: tuple[str | None, str | None], seen: tuple[str | None, str | None], overlap: float | None
) -> bool:
    """Is what answers, by title and host, another feed than the one we know? `overlap`: the share of known entries."""
    is_other = is_other_title(known[0], seen[0]) or is_other_host(known[1], seen[1])
    return is_other and overlap is not None and overlap < _FEW_KNOWN


def is_hold_over(held_since: datetime, now: datetime) -> bool:
    """Has the new answer stood long enough to be the feed's own?"""
    return now - held_since >= HOLD


def _words(title: str | None) -> frozenset[str]:
    return frozenset(_WORD.findall((title or "").casefold())) - _COMMON


def _plain(title: str | None) -> str:
    return " ".join((title or "").casefold().split())


def _site(host: str | None) -> str:
    name = (host or "").lower().rstrip(".")
    return name if name.replace(".", "").isdigit() or ":" in name else ".".join(name.split(".")[-2:])
