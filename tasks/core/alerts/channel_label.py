"""An alert channel as it may be shown and stored: its kind and host, and nothing that opens it.

Whole addresses of messengers are secrets (`tgram://token/chat`), and so are paths of webhooks. So only the scheme, the
host of a webhook and the path of a file are shown, with six digits of the id to tell two channels apart.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from tasks.core.address.forms import hash_key

WEBHOOK = "webhook"
_OPEN = frozenset({"log", "file"})  # their addresses hold no secret
_SCHEME = re.compile(r"[a-z][a-z0-9]*(?:[+.-][a-z0-9]+)*$", re.IGNORECASE)
# Shorter pieces of an address are ports, words of paths and versions rather than secrets.
_SECRET_LENGTH = 5


def channel_id_of(address: str) -> str:
    """The id of a channel: a hash of its address."""
    return hash_key("channel", address)


def scheme_of(address: str) -> str:
    """The scheme in lower case; empty where there is none."""
    scheme, mark, _ = address.partition(":")
    return scheme.lower() if mark and _SCHEME.match(scheme) else ""


def label_channel(address: str) -> str:
    """The channel for people: `log`, `file:/var/alerts.jsonl`, `webhook+https://hooks.example #1a2b3c`."""
    scheme = scheme_of(address)
    if scheme == "log":
        return "log"
    if scheme == "file":
        return address
    mark = f"#{channel_id_of(address)[:6]}"
    if scheme.startswith(f"{WEBHOOK}+"):
        return f"{scheme}://{_host_of(address)} {mark}"
    return f"{scheme or 'unknown'} {mark}"


def cut_secrets(words: str, address: str) -> str:
    """What a channel answered, without the pieces of its address that may be secrets."""
    if scheme_of(address) in _OPEN:
        return words
    rest = address.partition("://")[2] or address.partition(":")[2]
    pieces = {rest, *re.split(r"[/?&=:@#]", rest)}
    pieces |= {unquote(piece) for piece in pieces}
    host = _host_of(address) if scheme_of(address).startswith(f"{WEBHOOK}+") else ""
    for piece in sorted(pieces, key=len, reverse=True):
        if len(piece) >= _SECRET_LENGTH and piece not in host:
            words = words.replace(piece, "***")
    return words


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2]
    except ValueError:
        return "?"
