"""Agencies' own items of the outside data as plain text: NewsML, NITF, ANPA, IPTC 7901; and Reuters stories of 2017."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

from lxml import etree

from tests.data import DATA

WIRE = DATA / "data" / "wire"
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # of ANPA and IPTC 7901


def read_item(file: str) -> str:
    """The text of an item: the paragraphs of markup, or all characters that can be seen."""
    body = (WIRE / file).read_bytes().removeprefix(b"\xef\xbb\xbf")
    return _read_markup(body) if body.lstrip()[:1] == b"<" else _STEERING.sub("", _decode(body))


def read_reuters() -> list[str]:
    """The texts of the Reuters stories."""
    with gzip.open(WIRE / "reuters_2017q4.csv.gz", "rt", encoding="utf-8") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


def list_items() -> list[str]:
    """All files of items, by their path below the folder."""
    return sorted(path.relative_to(WIRE).as_posix() for path in WIRE.glob("superdesk-*/*") if _is_item(path))


def _is_item(path: Path) -> bool:
    return path.is_file() and path.suffix not in {".json", ".jpg", ".png"}


def _read_markup(body: bytes) -> str:
    encoding = "utf-8" if _is_utf8(body) else "iso-8859-15"  # what some declare is not what they are in
    parser = etree.XMLParser(encoding=encoding, recover=True, resolve_entities=False, no_network=True)
    tree = etree.fromstring(body, parser)
    if tree is None:
        return ""
    paragraphs = (" ".join("".join(each.itertext()).split()) for each in tree.iter("{*}p", "{*}P"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _decode(body: bytes) -> str:
    return body.decode("utf-8" if _is_utf8(body) else "iso-8859-15")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
