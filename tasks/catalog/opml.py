"""A list of subscriptions (OPML), as feed readers export it: each outline with an address becomes a wire."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.catalog.wire_entry import read_wire
from tasks.core.errors import BadInput
from tasks.core.model import Wire

if TYPE_CHECKING:
    from lxml import etree

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_LANG = re.compile(r"[a-z]{2,3}")
_ID_LENGTH = 40


def looks_like_opml(body: bytes) -> bool:
    """Does the file begin as XML does? No TOML begins with an angle bracket."""
    return body.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def read_opml(body: bytes, layers: Layers, name: str) -> tuple[Wire, ...]:
    """The wires of an OPML file in its order, an address that stands twice once; faults go to `layers.faults`.

    Raises BadInput where the file is not OPML.
    """
    root = _parse(body, name)
    outlines: dict[str, etree._Element] = {}
    for outline in root.iter("{*}outline"):
        if url := _address(outline):
            outlines.setdefault(url, outline)
    taken: set[str] = set()
    entries = [_entry(url, outline, name, taken) for url, outline in outlines.items()]
    return tuple(wire for entry in entries if (wire := read_wire(layers, entry)) is not None)


def _parse(body: bytes, name: str) -> etree._Element:
    from lxml import etree  # only now: most catalogs hold no OPML

    # Neither entities nor addresses of the file are followed: it may come from anywhere.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"The feeds file {name} is not valid XML: {error}; export it again as OPML.") from error
    if etree.QName(root).localname.lower() != "opml":
        raise BadInput(
            f"The feeds file {name} is XML but not OPML (it begins with <{etree.QName(root).localname}>); "
            "give a list of subscriptions, or write [[wire]] entries in TOML."
        )
    return root


def _address(outline: etree._Element) -> str | None:
    """The address of a feed; readers spell the attribute in several ways."""
    for key in ("xmlUrl", "xmlurl", "xmlURL"):
        if url := (outline.get(key) or "").strip():
            return url
    return None


def _entry(url: str, outline: etree._Element, file: str, taken: set[str]) -> CatalogEntry:
    title = " ".join((outline.get("title") or outline.get("text") or "").split())
    ident = next(ident for ident in suggest_ids(title, url) if ident not in taken)
    taken.add(ident)
    values = {"id": ident, "url": url}
    if title:
        values["name"] = title
    language = (outline.get("language") or "").strip().lower().partition("-")[0]
    if _LANG.fullmatch(language):
        values["lang"] = language
    return CatalogEntry(ident, values, file, "outline")


def suggest_ids(title: str, url: str) -> Iterator[str]:
    """Ids in order of liking: from the title, else the host; with a number where that is taken."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    base = _NOT_IN_ID.sub("-", ascii_title).strip("-") or _NOT_IN_ID.sub("-", host).strip("-") or "feed"
    base = base[:_ID_LENGTH].strip("-")
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
