"""The feeds that a web page names: `<link rel="alternate" type="application/rss+xml" href="...">`, in its order."""

from __future__ import annotations

from lxml import etree

from tasks.core.address.forms import canonical_url, encode_url

MOST_LINKS = 5
_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"}
)
_HEAD_BYTES = 1_000_000  # a page names its feeds in its head


def find_feed_links(body: bytes, base: str) -> tuple[str, ...]:
    """Absolute addresses, each once, at most five; none where the page names no feed or cannot be read."""
    try:
        root = etree.HTML(body[:_HEAD_BYTES], etree.HTMLParser(no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return ()
    links: dict[str, str] = {}
    for link in root.iter("link") if root is not None else ():
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _TYPES:
            address = encode_url(link.get("href") or "", base)
            if address is not None:
                links.setdefault(canonical_url(address) or address, address)
    return tuple(links.values())[:MOST_LINKS]
