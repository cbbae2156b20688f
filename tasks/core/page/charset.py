"""What came over the line, before any parse: is it a page at all, and in which characters is it written?"""

from __future__ import annotations

import codecs
import re

MAX_PAGE_BYTES = 5_000_000  # the largest of 258 real pages has 2.2 MB; bombs of 5 MB cost 45 s of parsing

# The first bytes of what is linked from news feeds and is no page.
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"RIFF", "riff"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"OggS", "ogg"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"wOF", "font"),
)
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|meta|title|article|div|p|br|h[1-6]|table|span|script)\b", re.IGNORECASE
)
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b", re.IGNORECASE)
_HEAD_BYTES = 4_096
_SEARCHED_BYTES = 200_000  # some pages open with long comments or blank lines

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Labels that stand for a larger set, as browsers read them (the Encoding Standard's own table, in short).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "big5": "big5hkscs",
}
_ONE_BYTE_WEST = frozenset({"cp1252", "iso8859-15", "cp1254", "mac-roman"})
_TAGS = re.compile(rb"(?is)<(script|style)\b.*?</\1\s*>|<[^>]{0,2000}>")


def name_other_kind(body: bytes, content_type: str | None) -> str | None:
    """Return what `body` is when it is no HTML page ("pdf", "json", "text" ...), or None for a page.

    The bytes decide: a page served as a PDF is a page, a PDF served as a page is not.
    """
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    if body[4:8] == b"ftyp":
        return "mp4"
    head = _as_ascii(body[:_HEAD_BYTES]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")) and not _MARKUP.search(head):
        return "json"
    if _FEED_ROOT.search(head) and not re.search(rb"(?i)<html\b|<!doctype html", head):
        return "feed"
    if _MARKUP.search(_as_ascii(body[:_SEARCHED_BYTES])):
        return None
    return _name_by_type(content_type) or ("binary" if b"\x00" in head else "text")


def _as_ascii(body: bytes) -> bytes:
    """Return the ASCII of UTF-16 bytes (known by their mark), other bytes as they are."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace").encode("ascii", "replace")
    return body


def _name_by_type(content_type: str | None) -> str | None:
    """Return the last part of a media type that is no text: "pdf" of `application/pdf`."""
    media = (content_type or "").partition(";")[0].strip().lower()
    if not media or media.startswith("text/") or "html" in media or media == "application/octet-stream":
        return None
    return re.sub(r"[^a-z0-9.+-]", "", media.rpartition("/")[2])[:40] or None


def decode_page(body: bytes, content_type: str | None) -> str:
    """Return the characters of an HTML page.

    In order: a byte order mark; UTF-8 where the bytes are valid, or valid but for a few stray ones; what the server
    or the page declares, unless the result is plainly not text; detection; UTF-8 with replacement characters.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _list_declared(body, content_type)
    if "iso2022_jp" not in declared and (text := _decode_utf8(body)) is not None:
        return text
    for encoding in declared:
        text = body.decode(encoding, "replace")
        if encoding != "utf-8" and _is_plausible(text, encoding):
            return text
    detected = _detect(body)
    return body.decode(detected or (declared[0] if declared else "utf-8"), "replace")


def _decode_utf8(body: bytes) -> str | None:
    """Return the text if the bytes are UTF-8, at most one in a hundred of the non-ASCII characters being broken."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    foreign = sum(1 for char in text if char > "\x7f")
    return text if text.count("\ufffd") <= foreign / 100 else None


def _list_declared(body: bytes, content_type: str | None) -> list[str]:
    """Return the codecs that the server and the page name, the server first, widened as browsers do."""
    labels = [found[1] for found in [_HTTP_CHARSET.search(content_type or "")] if found]
    head = body[:_HEAD_BYTES]
    labels += [found[1].decode("ascii") for found in (_META_CHARSET.search(head), _XML_CHARSET.search(head)) if found]
    names = [name for label in labels if (name := _name_codec(label))]
    return list(dict.fromkeys(names))


def _name_codec(label: str) -> str | None:
    """Return the Python codec for a charset label, or None when there is no such text codec."""
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding:
        return None
    return _WIDER.get(info.name, info.name)


def _is_plausible(text: str, encoding: str) -> bool:
    """Tell whether the declared codec gave text: few broken characters, and no Cyrillic read as accented Latin."""
    letters = [char for char in text if char > "\x7f" and (char.isalpha() or char == "\ufffd")]
    if not letters:
        return True
    if sum(1 for char in letters if char == "\ufffd") > len(letters) / 50:
        return False
    if encoding not in _ONE_BYTE_WEST:
        return True
    # In no Western language do accented letters stand in rows; in a Russian word read as Latin all of them do.
    return len(re.findall("[\u00c0-\u00ff]{4,}", text)) < 5


def _detect(body: bytes) -> str | None:
    """Return charset-normalizer's best guess from the text between the tags, or None."""
    from charset_normalizer import from_bytes  # 30 ms to import; nearly every page is UTF-8

    visible = _TAGS.sub(b" ", body[:_SEARCHED_BYTES])
    best = from_bytes(b" ".join(visible.split())[:20_000]).best()
    return best.encoding if best else None
