"""Addresses and keys: one form for one address, and the hashes by which items and articles are known.

    what a feed writes --refuse_url--> plain http(s) --canonical_url--> the address we keep --article_id_of--> its key

The canonical form stays an address that a server answers: scheme, www and a trailing slash are kept as written, because
some servers know only one of the two forms. The *key* is hashed without them (`identity_url`), so that http and https,
www and bare, `/a` and `/a/` are one article.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from tasks.core.address.domains import registrable_domain
from tasks.core.address.host import normalise_netloc
from tasks.core.address.tracking import is_tracking_parameter
from tasks.core.address.twins import fold_twins, unwrap_url

MAX_URL_LENGTH = 2048  # characters; longer addresses are session state or an attack, and many servers refuse them

_WRAPPERS = 3  # around one address
_KEY_DIGITS = 24  # 96 bits: no collision to be expected in 10^12 keys
_EDGE_BLANKS = "".join(map(chr, range(33))) + "\x7f\xa0\u200b\ufeff"
_LINE_BREAKS = re.compile(r"[\t\r\n]+")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
# Everything a path or query may hold as it is (RFC 3986), the percent sign for escapes that stand already.
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SECRET_NAME = re.compile(
    r"(?:^|[_-])key(?!word)|apikey|token|secret|passw|pwd|sig(?:nature)?$|auth(?!or)|session|credential|hash",
    re.IGNORECASE,
)


def hash_key(*parts: str) -> str:
    """The first 24 hex digits of SHA-256 over the parts, joined by the unit separator (U+001F)."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]


def item_id_of(feed_id: str, key: str) -> str:
    """The id of an entry of a feed: the same entry has it at every poll."""
    return hash_key(feed_id, key)


def article_id_of(url: str) -> str:
    """The id of the article at an address, whatever tracking, scheme, `www.` or trailing slash it is written with.

    Its AMP, mobile and print pages have it too.
    """
    return hash_key(story_url(url))


def article_id_without_url(wire_id: str, title: str, text: str) -> str:
    """The id of a story that has no address: its wire, title and first 500 characters."""
    return hash_key(wire_id, " ".join(title.split()), text[:500])


def refuse_url(url: str) -> str | None:
    """Why this address must not be asked, in a few words, or None where it is a plain http(s) address.

    Every door to the network asks this first; what it lets through is still checked at the connection.
    """
    if not url or len(url) > MAX_URL_LENGTH:
        return "it is empty" if not url else f"it is longer than {MAX_URL_LENGTH} characters"
    if _CONTROL.search(url) or "\\" in url:
        return "it holds blanks, control characters or a backslash"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it cannot be read as an address"
    if parts.scheme.lower() not in {"http", "https"}:
        return f"its scheme is {parts.scheme[:20] or 'missing'}, not http or https"
    if "@" in parts.netloc or "@" in parts.fragment:
        return "it holds a user name, or an @ after the #"
    if port == 0 or normalise_netloc(parts) is None:
        return "it has no usable host"
    return None


def encode_url(url: str, base: str | None = None) -> str | None:
    """The address as it is asked for, or None where it is no plain http(s) address: ASCII only, nothing left out.

    Relative and `//` addresses are resolved against `base`. Host in lower case and punycode, dot segments resolved,
    escapes in one spelling; parameters stay as they are, the fragment goes, since it is never sent.
    """
    parts = _split(url, base)
    netloc = normalise_netloc(parts) if parts is not None else None
    if parts is None or netloc is None:
        return None
    settled = urlunsplit((parts.scheme.lower(), netloc, _clean_path(parts.path), _encode(parts.query), ""))
    return settled if refuse_url(settled) is None else None


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The one form in which an address is kept, or None where it is no plain http(s) address.

    As `encode_url`, and tracking parameters and empty ones are dropped, the others sorted by name (stable). The path
    keeps its case and its trailing slash. A wrapper's address is what it wraps. Applying it twice changes nothing.
    """
    encoded = encode_url(url, base)
    if encoded is None:
        return None
    for _ in range(_WRAPPERS):
        inner = unwrap_url(encoded)
        encoded = (encode_url(inner) if inner else None) or encoded
    address, _, query = encoded.partition("?")
    pieces = (piece.removeprefix("amp;") for piece in query.split("&"))  # an ampersand that was escaped twice
    kept = [piece for piece in pieces if piece and not is_tracking_parameter(piece.partition("=")[0])]
    sorted_query = "&".join(sorted(kept, key=lambda piece: piece.partition("=")[0]))
    return f"{address}?{sorted_query}" if sorted_query else address


def identity_url(url: str) -> str:
    """What two addresses of one story have in common. Not an address to be asked."""
    canonical = canonical_url(url) or url.strip()
    bare = re.sub(r"^https?://(?:www\.)?", "", canonical)
    address, mark, query = bare.partition("?")
    return address.rstrip("/") + mark + query


def story_url(url: str) -> str:
    """What the twins of one story have in common besides: see `fold_twins`. Not an address to be asked."""
    return fold_twins(identity_url(url))


def settle_address(link: str, final_url: str, canonical_link: str | None) -> str:
    """The address under which a fetched page is known: its rel=canonical, else where the redirects ended, else `link`.

    A rel=canonical is believed only on the same registrable domain, and never where it is the home page.
    """
    final = canonical_url(final_url) or canonical_url(link) or link
    canonical = canonical_url(canonical_link, base=final) if canonical_link else None
    if canonical is not None and is_same_site(canonical, final) and not is_home_page(canonical):
        return canonical
    if is_home_page(final) and not is_home_page(link):
        # The story was taken down and its address leads to the front page: the front page is not the story.
        return canonical_url(link) or link
    return final


def is_same_site(one: str, other: str) -> bool:
    """Do two addresses belong to one registrable domain?"""
    return registrable_domain(urlsplit(one).hostname or "") == registrable_domain(urlsplit(other).hostname or "")


def is_home_page(url: str) -> bool:
    """Is this a site's front page rather than a page of it?"""
    parts = urlsplit(url)
    path = parts.path.strip("/").lower()
    return not parts.query and (not path or re.fullmatch(r"(?:index|home|default)\.\w{2,5}", path) is not None)


def redact_url(url: str) -> str:
    """The address with user name, password and secret-looking parameters cut, for messages and reports."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "(an address that cannot be read)"
    netloc = parts.netloc.rpartition("@")[2]
    query = "&".join(_redact_parameter(piece) for piece in parts.query.split("&")) if parts.query else ""
    return urlunsplit((parts.scheme, netloc, parts.path, query, ""))


def _redact_parameter(piece: str) -> str:
    name, mark, value = piece.partition("=")
    return f"{name}=***" if mark and value and _SECRET_NAME.search(name) else piece


def _split(url: str, base: str | None) -> SplitResult | None:
    """The parts of an address made absolute; None for other schemes, user names, and what has no base."""
    text = _LINE_BREAKS.sub("", url.strip(_EDGE_BLANKS))
    scheme = _SCHEME.match(text)
    is_web = scheme is not None and scheme[1].lower() in {"http", "https"}
    if not text or "\\" in text or (scheme is not None and not is_web) or (scheme is None and base is None):
        return None
    if scheme is not None and not text.startswith("//", scheme.end()):
        return None
    try:
        parts = urlsplit(text if is_web else urljoin(base or "", text))
    except ValueError:
        return None
    return parts if parts.scheme.lower() in {"http", "https"} and "@" not in parts.netloc else None


def _clean_path(path: str) -> str:
    """The path escaped in one way and without dot segments; empty segments stay, since some servers mean them."""
    segments = _encode(path).split("/")
    kept: list[str] = []
    for segment in segments[1:]:
        if segment == ".." and kept:
            kept.pop()
        elif segment not in {".", ".."}:
            kept.append(segment)
    is_folder = segments[-1] in {".", ".."} and bool(kept)
    return "/" + "/".join(kept) + ("/" if is_folder else "")


def _encode(text: str) -> str:
    """One spelling of escapes: unreserved characters plain, all others as upper-case escapes of their UTF-8 bytes."""
    text = _ESCAPE.sub(_unescape_unreserved, _BARE_PERCENT.sub("%25", text))
    return _UNSAFE.sub(_escape, text)


def _unescape_unreserved(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
