"""Readers of the published files, written by the standards alone: they know nothing of how the files are built, forgive
nothing, and say what is wrong by an assertion.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import feedparser
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT_LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)'
)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "PRODID", "UID"}
_ONCE = {
    "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "URL", "SEQUENCE", "TRANSP",
    "LAST-MODIFIED", "CREATED", "CLASS",
}  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """One content line of a calendar, unfolded; a TEXT is unescaped."""

    name: str
    parameters: str
    value: str


def read_calendar(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar by RFC 5545: property -> value. A day is kept as `YYYYMMDD`."""
    lines = [_read_line(line) for line in unfold(data)]
    assert lines[0] == Line("BEGIN", "", "VCALENDAR")
    assert lines[-1] == Line("END", "", "VCALENDAR")
    outer: list[Line] = []
    components: list[tuple[str, list[Line]]] = []
    open_parts: list[str] = []
    for line in lines[1:-1]:
        if line.name == "BEGIN":
            if not open_parts:
                components.append((line.value, []))
            open_parts.append(line.value)
        elif line.name == "END":
            assert open_parts.pop() == line.value
        elif open_parts:
            components[-1][1].append(line)
        else:
            assert not components, "properties of the calendar stand before its components"
            outer.append(line)
    assert not open_parts
    counted = Counter(line.name for line in outer)
    assert counted["PRODID"] == counted["VERSION"] == 1
    assert {line.value for line in outer if line.name == "VERSION"} == {"2.0"}
    assert max(counted.values()) == 1
    assert components, "a calendar holds at least one component"
    events = [_read_event(listed) for name, listed in components if name == "VEVENT"]
    assert len({event["UID"] for event in events}) == len(events)
    return events


def unfold(data: bytes) -> list[str]:
    """The content lines of a calendar, each made of lines of at most 75 octets."""
    assert data.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data), "every line ends with CR and LF"
    physical = data[:-2].split(b"\r\n")
    assert max(map(len, physical)) <= 75, "lines of at most 75 octets"
    folded = [line.decode("utf-8", "strict") for line in physical]  # each by itself: no character is cut
    assert all(folded)
    logical: list[str] = []
    for line in folded:
        if line[0] in " \t":
            logical[-1] += line[1:]
        else:
            logical.append(line)
    return logical


def _read_line(line: str) -> Line:
    match = _CONTENT_LINE.fullmatch(line)
    assert match, line
    assert not _CONTROL.search(line), line
    name, value = match["name"].upper(), match["value"]
    return Line(name, match["parameters"], unescape(value) if name in _TEXTS else value)


def unescape(value: str) -> str:
    """A value of the type TEXT as it is meant."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), f"no TEXT: {value}"
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def _read_event(lines: list[Line]) -> dict[str, str]:
    counted = Counter(line.name for line in lines)
    assert counted["UID"] == counted["DTSTAMP"] == counted["DTSTART"] == 1
    assert all(counted[name] <= 1 for name in _ONCE)
    assert "DURATION" not in counted
    event = {line.name: line.value for line in lines}
    parameters = {line.name: line.parameters for line in lines}
    assert parameters["DTSTART"] == parameters["DTEND"] == ";VALUE=DATE"
    assert first_day(event) <= last_day(event)
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        datetime.strptime(event[name], "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 - the form alone
    assert event["STATUS"] in {"TENTATIVE", "CONFIRMED", "CANCELLED"}
    assert re.fullmatch(r"\d+", event["SEQUENCE"])
    if "URL" in event:
        assert re.fullmatch(r"https?://[!-~]+", event["URL"])
    return event


def first_day(event: dict[str, str]) -> date:
    """The first day of an event."""
    return date.fromisoformat(event["DTSTART"])


def last_day(event: dict[str, str]) -> date:
    """Its last day: the one before DTEND."""
    return date.fromordinal(date.fromisoformat(event["DTEND"]).toordinal() - 1)


def read_atom(data: bytes) -> list[Any]:
    """The entries of an Atom feed as feedparser gives them, after RFC 4287's own rules were asked of the XML."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert element.findtext(f"{ATOM}id").startswith("urn:")
        assert _MOMENT.fullmatch(element.findtext(f"{ATOM}updated"))
        assert element.findtext(f"{ATOM}author/{ATOM}name").strip()
        for link in element.findall(f"{ATOM}link"):
            assert re.fullmatch(r"https?://[!-~]+|alerts\.atom|index\.html", link.get("href"))
    entries = root.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    parsed = feedparser.parse(io.BytesIO(data))  # noqa: TID251 - bytes, no address
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert len(parsed.entries) == len(entries)
    return list(parsed.entries)


def read_page(data: bytes) -> Any:
    """The page as a tree, after it was seen to hold no script, no outside resource and no other link than it may."""
    root = html.document_fromstring(data.decode("utf-8", "strict"))
    assert data.startswith(b"<!doctype html>")
    assert root.get("lang") == "en"
    allowed = {
        "html", "head", "meta", "title", "link", "style", "body", "header", "main", "section", "footer", "h1", "h2", "h3",
        "p", "ol", "ul", "li", "dl", "dt", "dd", "div", "span", "time", "blockquote", "a", "bdi",
    }  # fmt: skip
    assert {element.tag for element in root.iter()} <= allowed
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in {"src", "style", "srcset"}]
        assert re.fullmatch(r"https?://[!-~]+|summits\.ics|alerts\.atom", element.get("href", "alerts.atom"))
    style = root.findtext(".//style")
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    sealed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{sealed}'"]
    names = root.xpath("//@id")
    assert len(set(names)) == len(names)
    assert set(root.xpath("//section/@aria-labelledby")) == set(names)
    assert len(root.findall(".//h1")) == len(root.findall(".//main")) == 1
    return root


def words_of(element: Any) -> str:
    """What a person reads of an element."""
    return " ".join(element.text_content().split())
