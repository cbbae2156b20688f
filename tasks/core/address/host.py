"""The host part of an address in its one form: lower case, punycode, default port dropped."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Letters, digits, hyphens and (seen in the wild) underscores; labels of at most 63 characters.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


def normalise_netloc(parts: SplitResult) -> str | None:
    """Host and port of a split address, or None where the host cannot be one."""
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    name = normalise_host(host or "")
    if name is None:
        return None
    is_default = port is None or port == _DEFAULT_PORTS.get(parts.scheme.lower())
    return name if is_default else f"{name}:{port}"


def normalise_host(host: str) -> str | None:
    """`MÜLLER.example.` -> `xn--mller-kva.example`; IPv6 in brackets; None where it is no host name."""
    if ":" in host:
        return _normalise_ipv6(host)
    if any(not character.isascii() and unicodedata.category(character) in {"Nd", "No"} for character in host):
        return None  # circled and full-width digits become ASCII ones in some parsers: ①②⑦.⓪.⓪.①
    ascii_name = _to_ascii(host.rstrip("."))
    if ascii_name is None or len(ascii_name) > 253:
        return None
    labels = ascii_name.split(".")
    if _NUMBER.fullmatch(labels[-1]) and not _is_dotted_quad(ascii_name):
        return None  # 127.1, 0, 0x7f000001, 2130706433: some parsers make a (private) address of them
    return ascii_name if all(_LABEL.fullmatch(label) for label in labels) else None


def _is_dotted_quad(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _to_ascii(host: str) -> str | None:
    if host.isascii():
        return host.lower()
    try:
        return unicodedata.normalize("NFC", host.lower()).encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _normalise_ipv6(host: str) -> str | None:
    try:
        return f"[{ipaddress.IPv6Address(host)}]" if "%" not in host else None
    except ValueError:
        return None
