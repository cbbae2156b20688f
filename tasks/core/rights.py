"""What a site says about machines that read it: robots.txt decides before a page, TDMRep says what may be kept of it.

TDMRep (W3C community group report of 10 May 2024) states a reservation of text and data mining in three places: a
header, a meta tag, and rules for paths in /.well-known/tdmrep.json. Where two of them differ, the stricter one counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TDM_PATH = "/.well-known/tdmrep.json"
POLICY_LENGTH = 500  # characters of an address that is kept
_RULES = 1_000  # of one tdmrep.json; a site needs a handful
_HEAD_BYTES = 1_000_000  # where meta tags stand; pages with a megabyte of scripts in their head exist
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta\s[^<>]{0,2000}>", re.IGNORECASE)
_NAME = re.compile(rb"""\b(?:name|property)\s*=\s*["']?\s*(tdm-(?:reservation|policy))\b""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rights:
    """A site's word on text and data mining. `reservation` is 1 (reserved), 0 (free) or None (nothing said)."""

    reservation: int | None = None
    policy: str | None = None

    @property
    def is_reserved(self) -> bool:
        """True where the site reserves text and data mining."""
        return self.reservation == 1


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What was read off a page, by which a new layout is noticed; the feed's words do not count."""

    quality: str
    reason: str | None
    length: int
    has_day: bool
    has_authors: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit to a page found beside its text. `robots`: allowed, disallowed, unreachable or ignored."""

    robots: str | None = None
    rights: Rights = Rights()
    status: int | None = None
    archive_file: str | None = None
    archive_offset: int | None = None
    page_title: str = ""
    signs: PageSigns | None = None


def read_rights(headers: Mapping[str, str], body: bytes) -> Rights:
    """What an answer says, in its header (names in lower case) or in its meta tags."""
    said = Rights(_read_flag(headers.get("tdm-reservation", "")), _clean_policy(headers.get("tdm-policy", "")))
    return join_rights((said, _read_meta(body)))


def join_rights(said: Iterable[Rights]) -> Rights:
    """One word out of several: the strictest, with the policy that stands beside it, else with any."""
    given = [rights for rights in said if rights.reservation is not None]
    if not given:
        return Rights()
    strictest = max(given, key=lambda rights: (rights.reservation or 0, rights.policy is not None))
    policies = (rights.policy for rights in (strictest, *given) if rights.policy)
    return Rights(strictest.reservation, next(policies, None))


def read_tdm_file(text: str, url: str) -> Rights:
    """What a site's tdmrep.json says of an address: of the rules that match its path the first counts."""
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError):
        return Rights()
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for rule in rules[:_RULES] if isinstance(rules, list) else ():
        if isinstance(rule, dict) and _matches(rule.get("location"), path):
            return Rights(_read_flag(rule.get("tdm-reservation")), _clean_policy(rule.get("tdm-policy")))
    return Rights()


def _matches(location: object, path: str) -> bool:
    """Patterns are those of robots.txt: a beginning of the path, `*` for anything, `$` for its end."""
    if not isinstance(location, str) or not location.strip() or len(location) > 2_000:
        return False
    pattern = location.strip()
    is_whole = pattern.endswith("$")
    pieces = (pattern.removesuffix("$")).lstrip("/").split("*")
    rest, at = path.lstrip("/"), 0
    for number, piece in enumerate(pieces):
        found = rest.startswith(piece) if number == 0 else rest.find(piece, at) >= 0
        if not found:
            return False
        at = len(piece) if number == 0 else rest.find(piece, at) + len(piece)
    return not is_whole or at == len(rest) or (len(pieces) > 1 and rest.endswith(pieces[-1]))


def _read_meta(body: bytes) -> Rights:
    """The meta tags, found in the bytes: the page is not parsed before it is known whether it may be kept."""
    head = body[:_HEAD_BYTES]
    if b"tdm-" not in head.lower():
        return Rights()
    found: dict[bytes, str] = {}
    for tag in _META.findall(_COMMENT.sub(b"", head)):
        name, content = _NAME.search(tag), _CONTENT.search(tag)
        if name and content:
            value = next((group for group in content.groups() if group is not None), b"")
            found.setdefault(name[1].lower(), value.decode("utf-8", "replace"))
    return Rights(_read_flag(found.get(b"tdm-reservation")), _clean_policy(found.get(b"tdm-policy")))


def _read_flag(value: Any) -> int | None:
    """1 or 0 where that is said; anything else is no word (as the report asks)."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return {"1": 1, "0": 0}.get(text)


def _clean_policy(value: Any) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text[:POLICY_LENGTH] if text.isprintable() and text else None
