"""Twins of one story: the AMP, mobile and print page of an article, and the same page with noise at its end.

Twins share a key, not an address: which of them answers, only its server knows. What wraps another address (a viewer of
AMP pages, a search engine's redirect) is unwrapped for good, since its own rel=canonical leads to another site.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from tasks.core.address.domains import registrable_domain

_HOSTS = re.compile(r"^(?:amp|m|mobile|mobil|touch|wap|print)\.(?=.)")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SUFFIX = re.compile(r"[._-](?:amp|print)(?=\.s?html?$|$)", re.IGNORECASE)
_SEGMENTS = frozenset({"amp", "print", "printable"})
_END_NOISE = re.compile(r"(?:[.,;:!]|%(?:20|22|27|5D|7D|E2%80%9[9D]|C2%A0))+$", re.IGNORECASE)
_FORMS = {
    "amp": {"", "1", "true", "yes", "0"},
    "print": {"", "1", "true", "yes", "y"},
    "printable": {"", "1", "true", "yes"},
    "mobile": {"", "1", "0", "true", "yes", "y"},
    "m": {"1", "0"},  # how one large host of weblogs calls its mobile pages; other values may name a story
    "output": {"amp", "print"},
    "outputtype": {"amp"},
    "view": {"amp", "print", "mobile"},
    "format": {"amp", "print"},
}
_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}")


def fold_twins(identity: str) -> str:
    """An identity (`host/path?query`, see `identity_url`) as its twins have it too."""
    address, _, query = identity.partition("?")
    host, slash, path = address.partition("/")
    path = _fold_path(slash + path)
    kept = "&".join(piece for piece in query.split("&") if piece and not _is_form(piece))
    return _fold_host(host) + path + (f"?{kept}" if kept else "")


def unwrap_url(url: str) -> str | None:
    """The address inside a wrapper's, or None where it is no wrapper."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path
    if host.endswith(".cdn.ampproject.org"):  # /c/s/<host>/<path>: c for content, s for https
        found = re.match(r"/(?:[a-z]/)?(s/)?([^/]+\..+)$", path)
    elif _GOOGLE.fullmatch(host) and path.startswith("/amp/"):
        found = re.match(r"/amp/(s/)?([^/]+\..+)$", path)
    elif _GOOGLE.fullmatch(host) and path == "/url":
        named = parse_qs(parts.query)
        inner = (named.get("url") or named.get("q") or [""])[0]
        return inner if inner.startswith(("http://", "https://")) else None
    else:
        return None
    if found is None:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"http{'s' if found[1] else ''}://{unquote(found[2], errors='replace')}{query}"


def _fold_host(host: str) -> str:
    bare = _HOSTS.sub("", host).removeprefix("www.")
    is_of_one_site = bare != host and "." in bare and registrable_domain(bare) == registrable_domain(host)
    return bare if is_of_one_site else host


def _fold_path(path: str) -> str:
    path = _INDEX.sub("", _END_NOISE.sub("", _SESSION.sub("", path)).rstrip("/"))
    segments = path.split("/")[1:]
    if len(segments) > 1 and segments[-1].lower() in _SEGMENTS:
        segments = segments[:-1]
    if len(segments) > 1 and segments[0].lower() in _SEGMENTS:
        segments = segments[1:]
    folded = "".join(f"/{segment}" for segment in segments)
    return _SUFFIX.sub("", folded) if "." in folded.rpartition("/")[2] else folded


def _is_form(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return value.lower() in _FORMS.get(name.lower(), ())
