"""Whose reporting a story is: the wires and outlets that it credits, and what a copy inherits. Pure.

A story credits an outlet by citing it ("Lumen reported"), by the agency in its dateline, by its by-line, or by signing
off with its name: "(Norvik Press)", "Source: Norvik Press".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tasks.core.copies import Copied
from tasks.core.model import Catalog, Reading

CITING = "citing "  # before the name of an outlet that is no wire of ours: an origin of its own
LEAD_LENGTH = 600  # characters after the dateline in which a credited outlet is what the story leans on

_SIGNATURE_LENGTH = 200  # characters of the last line, of which the last are looked at
_WORDS = r"(?:(?i:source|via|by|from|with|reporting by)\b[:\s]*)?"
_NAME = r"([^()\[\]\n]{2,40}?)\s*[)\]]?\s*\.?\s*\Z"
_SIGNED = (
    re.compile(rf"(?:\A|\s)[(\[–—-]\s*{_WORDS}{_NAME}"),
    re.compile(rf"\A{_WORDS}{_NAME}"),
)
_BY_LINE = re.compile(r"\s*(?:,|/|;|\band\b|\bwith\b)\s*")


def name_sources(catalog: Catalog) -> dict[str, str]:
    """Wire id, or `citing NAME` for an outlet that is not watched, by each name and agency mark in lower case."""
    wires = {name.lower(): wire.wire_id for wire in catalog.wires for name in (wire.name, wire.agency) if name}
    names: dict[str, str] = {}
    for outlet in catalog.outlets:
        if outlet.kind in {"outlet", "agency"}:
            called = [name.lower() for name in (outlet.name, *outlet.aliases)]
            wire = next((wires[name] for name in called if name in wires), None)
            names |= dict.fromkeys(called, wire or CITING + outlet.name)
    return names | wires


def list_credits(text: str, authors: Iterable[str], reading: Reading, names: Mapping[str, str]) -> list[str]:
    """Whose reporting a story says that it is, as wire ids or `citing NAME`; what it leans on most comes first."""
    dateline = reading.dateline
    marks = [dateline.agency] if dateline and dateline.agency else []
    marks += [part for author in authors for part in _BY_LINE.split(author)]
    last = text.rstrip().rpartition("\n")[2][-_SIGNATURE_LENGTH:].strip()
    signed = [pattern.search(last) for pattern in _SIGNED]
    marks += [found[1] for found in signed if found]
    marked = [names[mark.strip().lower()] for mark in marks if mark.strip().lower() in names]
    cited = [names.get(source.lower(), CITING + source) for source in lead_sources(reading)]
    return list(dict.fromkeys([*marked, *cited]))


def lead_sources(reading: Reading) -> list[str]:
    """Outlets and agencies that the lead, or a sentence of a meeting, credits.

    The lead of a story that tells of meetings ends with the last of them: what is cited after it is not about these.
    """
    start = reading.dateline.body_start if reading.dateline else 0
    meetings = reading.meetings or ()
    told = max((meeting.claims[0].end for meeting in meetings if meeting.claims), default=LEAD_LENGTH + start)
    spans = [(start, min(start + LEAD_LENGTH, told))]
    spans += [(claim.start, claim.end) for meeting in meetings for claim in meeting.claims]
    return [
        citation.source
        for citation in reading.citations or ()
        if citation.kind in {"outlet", "agency"} and any(low <= citation.start < high for low, high in spans)
    ]


def name_origin(wire_id: str, credited: Sequence[str], copies: Sequence[Copied]) -> str:
    """Whose reporting a text is: the origin of the article it repeats, of the source it credits, or the wire's own.

    `copies` are its pairs, the most similar first. Where it is the original of a story that was stored before it, it
    takes that one's origin, which cannot be changed any more: so the two count as one.
    """
    others = [pair.original if pair.copy.wire_id == wire_id else pair.copy for pair in copies]
    repeated = [pair.original.origin for pair in copies if pair.copy.wire_id == wire_id]
    if repeated:
        return repeated[0]
    sources = [source for source in credited if source != wire_id]
    if sources:
        return sources[0]
    return others[0].origin if others else wire_id
