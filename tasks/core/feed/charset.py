"""Feed bytes to text, decided here and not by the parser: one wrong byte must not cost a whole feed its letters.

Order: byte order mark; UTF-8 where the bytes are UTF-8 (whatever was declared); UTF-8 with replacement where nearly all
of them are; what the header or the XML declaration says; what a detector guesses.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

# Other names that feeds use, and the superset that browsers read instead (WHATWG): latin-1 is windows-1252 in the wild.
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "win-1251": "cp1251",
    "x-mac-cyrillic": "mac_cyrillic",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# `<?xm` and `<rss` as the wide encodings write them.
_WIDE_STARTS = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_HTTP_DECLARED = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_REPLACED = re.compile("\ufffd+")
_ESCAPING = {"iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "utf-7"}  # ASCII bytes that are not ASCII text
# Valid UTF-8 characters among all that is not ASCII: above this the rest are slips; single-byte texts reach a few %.
_MOSTLY_UTF8 = 0.50
_SURELY_UTF8 = 0.99
_SAMPLE_BYTES = 60_000  # a detector needs no more, and takes seconds for megabytes


def decode_feed(body: bytes, content_type: str | None) -> tuple[str, tuple[str, ...]]:
    """The text of a feed body, and remarks: `bad_bytes:N` replaced, `charset_guess:NAME:SURE` of a detector, 0 to 1."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _decode(body[len(bom) :], name)
    for start, name in _WIDE_STARTS:
        if body.startswith(start):
            return _decode(body, name)
    declared = _declared(body, content_type)
    if any(name in _ESCAPING for name in declared) and body.isascii() and (b"\x1b" in body or b"~{" in body):
        return _decode(body, next(name for name in declared if name in _ESCAPING))
    try:
        return body.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_mixed(body, declared)


def _decode_mixed(body: bytes, declared: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Bytes that are not wholly UTF-8."""
    others = [name for name in declared if name not in {"utf-8", "utf8"}]
    share = share_of_utf8(body)
    if share > _SURELY_UTF8 or (share >= _MOSTLY_UTF8 and not others):
        return _decode(body, "utf-8")
    for name in others:
        text = _try_decode(body, name)
        if text is not None:
            return text, ()
    guessed, sure = guess_charset(body)
    return _with_remark(_decode(body, guessed), f"charset_guess:{guessed}:{sure:.2f}")


def share_of_utf8(body: bytes) -> float:
    """Of what is not ASCII, the share that is well-formed UTF-8, a run of bytes that are not counting as one slip.

    0 where nothing is well-formed: a surrogate alone is three such bytes, a word of a single-byte text some ten.
    """
    text = body.decode("utf-8", "replace")
    bad = max(len(_REPLACED.findall(text)) - body.count(b"\xef\xbf\xbd"), 0)
    good = sum(1 for character in text if character >= "\x80" and character != "\ufffd")
    return good / (good + bad) if good else 0.0


def guess_charset(body: bytes) -> tuple[str, float]:
    """The likeliest encoding of a body that declares none that fits, and how sure the detector is of it, 0 to 1.

    Sure is the share that is no mess times the share that looks like a known language; windows-1252 at 0 where nothing
    is likely.
    """
    words = b" ".join(re.findall(rb"[^\s<>]*[\x80-\xff][^<>]*", body)[:2000])[:_SAMPLE_BYTES]
    best = from_bytes(words, cp_exclusion=["utf_7"]).best() if words else None
    if best is None:
        return "cp1252", 0.0
    return _ALIASES.get(best.encoding.replace("_", "-"), best.encoding), (1 - best.chaos) * best.coherence


def _declared(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """Names of encodings by the header, then by the XML declaration, that Python knows."""
    in_header = _HTTP_DECLARED.search(content_type or "")
    in_xml = _XML_DECLARED.search(body[:400])
    names = [in_header[1].lower() if in_header else "", in_xml[1].decode("ascii").lower() if in_xml else ""]
    known = [name for name in names if name and _is_text_codec(_ALIASES.get(name, name))]
    # A wide encoding is declared by bodies that are plainly not wide (they have no NUL): re-saved, or a template.
    return tuple(name for name in known if not name.startswith(("utf-16", "utf-32", "ucs-", "iso-10646")))


def _is_text_codec(name: str) -> bool:
    try:
        "".encode(name)
        b"".decode(name)
    except (LookupError, UnicodeError):
        return False
    return True


def _try_decode(body: bytes, name: str) -> str | None:
    try:
        return body.decode(_ALIASES.get(name, name))
    except UnicodeDecodeError as error:
        # windows-125x pages hold stray bytes that stand for nothing; a wholly wrong codec fails early and often.
        text = body.decode(_ALIASES.get(name, name), "replace")
        return text if text.count("\ufffd") <= len(text) / 1000 and error.start > 0 else None


def _decode(body: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    text = body.decode(name, "replace").removeprefix("\ufeff")
    bad = text.count("\ufffd") - (body.count(b"\xef\xbf\xbd") if name == "utf-8" else 0)
    return text, ((f"bad_bytes:{bad}",) if bad > 0 else ())


def _with_remark(decoded: tuple[str, tuple[str, ...]], remark: str) -> tuple[str, tuple[str, ...]]:
    text, remarks = decoded
    return text, (remark, *remarks)
