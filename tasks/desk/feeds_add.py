"""`dateline feeds add`: find a feed, look at it, and write its entry into the catalog of one's own.

URL or OPML --> is it watched? --> ask it (a web page: the feeds that it names) --> what it is like --> [[wire]] entry
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from cyclopts import Parameter

from tasks.catalog.recall import recall_catalog
from tasks.catalog.wires import load_wires_file
from tasks.core.address.forms import redact_url
from tasks.core.errors import BadInput
from tasks.core.model import Failure, Feed
from tasks.desk.bars import show_bars
from tasks.desk.feed_words import tell_probe
from tasks.desk.new_wires import Wish, draft_wire, name_wire
from tasks.desk.options import Home
from tasks.desk.showing import count, note, say
from tasks.desk.watched import Watched, feed_of_address, load_watched
from tasks.edge.clock import utc_now
from tasks.edge.overlay import add_entries, wires_file
from tasks.edge.probing import Probe, probe_feeds
from tasks.settings import Settings, open_zone, read_settings


@dataclass(frozen=True, slots=True)
class Sought:
    """A feed that is to be added, and what came of asking it."""

    wish: Wish
    probe: Probe


def add_feeds(
    source: Annotated[str, Parameter(name="URL-or-OPML", help="A feed, a page that names one, or an OPML file.")],
    /,
    *,
    id: Annotated[str | None, Parameter(help="Id of the wire; else from its title.")] = None,
    name: Annotated[str | None, Parameter(help="Name of the wire; else its title.")] = None,
    lang: Annotated[str | None, Parameter(help="Language of its copy, such as en; else as its titles read.")] = None,
    zone: Annotated[str | None, Parameter(help="IANA zone of its dates, where they carry none.")] = None,
    dry_run: Annotated[bool, Parameter(negative=(), help="Only show what would be written.")] = False,
    home: Home = None,
) -> int:
    """Find a feed, show what it is like, and write its entry into the catalog of the home.

    Exits 1 where nothing could be added because no feed answered.
    """
    settings = read_settings(home)
    watched = load_watched(settings)
    asked = [Wish(feed, id, name or listed, lang or feed.lang, zone) for feed, listed in read_source(source)]
    if len(asked) > 1 and (id or name):
        raise BadInput(f"--id and --name are for one feed, and {source} lists {len(asked)}; leave them out.")
    wishes = list(refuse_known(watched, asked))
    with show_bars():
        sought = asyncio.run(seek_feeds(settings, wishes))
    entries = list(draft_entries(settings, watched, sought))
    if entries and not dry_run:
        path = add_entries(settings, entries)
        say("", f"Written to {path}: {count(len(entries), 'wire')}. The next `dateline run` asks it.")
    elif entries:
        say("", f"Nothing was written; without --dry-run it goes to {wires_file(settings)}.")
    return int(bool(wishes) and not entries)


def read_source(source: str) -> list[tuple[Feed, str | None]]:
    """The feeds of an address or of an OPML file, with the names that a file gives. Raises BadInput, CatalogBroken."""
    if "://" in source:
        return [(feed_of_address(source), None)]
    path = Path(source).expanduser()
    if not path.is_file():
        raise BadInput(f"{source!r} is neither an address nor a file; give https://host/path, or an OPML file.")
    if path.suffix.lower() == ".toml":
        raise BadInput(f"The file {source} is not OPML; copy its [[wire]] entries into the wires.toml of your catalog.")
    return [(feed, wire.name) for wire in load_wires_file(path) for feed in wire.feeds]


def refuse_known(watched: Watched, wishes: Sequence[Wish]) -> Iterator[Wish]:
    """The wishes that nobody watches yet. One that stands alone raises BadInput; others of a list are told and left."""
    for wish in wishes:
        told = tell_known(watched, wish.feed.url)
        if told is None:
            yield wish
        elif len(wishes) == 1:
            raise BadInput(told)
        else:
            note(told)


def tell_known(watched: Watched, url: str) -> str | None:
    """That a feed is in the catalog already, in one sentence; None where it is not."""
    known = watched.find_address(url)
    if known is None:
        return None
    wire, feed = known
    stands = f"{redact_url(url)} is in the catalog already, as the feed {feed.feed_id} of {wire.name}"
    if wire.wire_id in watched.off:
        return f'{stands}, which is off; write id = "{wire.wire_id}" and enabled = true under [[wire]] to watch it.'
    return f"{stands}; nothing was added."


async def seek_feeds(settings: Settings, wishes: Sequence[Wish]) -> list[Sought]:
    """Ask each feed; in place of a web page, the first feed that it names and that answers."""
    probes = await probe_feeds(settings, [wish.feed for wish in wishes])
    return [Sought(wish, await follow_links(settings, probe)) for wish, probe in zip(wishes, probes, strict=True)]


async def follow_links(settings: Settings, probe: Probe) -> Probe:
    """The probe of the first feed that the page names; the given one where it is a feed, or no link leads to one."""
    linked = await probe_feeds(settings, [replace(probe.feed, url=url) for url in probe.links])
    return next((found for found in linked if not isinstance(found.finding, Failure)), probe)


def draft_entries(settings: Settings, watched: Watched, sought: Sequence[Sought]) -> Iterator[str]:
    """The entries to write, each told with its finding; what failed or turned out to be known is told and left out."""
    languages = recall_catalog(settings.overlay, settings.catalog).languages
    zone, taken, today = open_zone(settings), watched.names(), utc_now().date()
    for each in sought:
        feed, finding = each.probe.feed, each.probe.finding
        shown = redact_url(feed.url)
        if isinstance(finding, Failure):
            note(f"{shown} was not added: {tell_probe(each.probe, languages, zone)}.")
            continue
        if told := _tell_moved(watched, each):
            note(told)
            continue
        ident, name = name_wire(each.wish, finding, taken)
        taken.add(ident)
        if each.wish.zone:
            feed = replace(feed, zone=each.wish.zone)
        say(f"{name}: {tell_probe(replace(each.probe, feed=feed), languages, zone)}")
        if finding.dates == "without a zone" and not each.wish.zone:
            note(f"The dates of {ident} carry no zone and are read as UTC; give --zone, such as --zone Asia/Seoul.")
        entry = draft_wire(each.wish, each.probe, ident, name, today)
        say("", entry.replace(feed.url, shown).rstrip())
        yield entry


def _tell_moved(watched: Watched, sought: Sought) -> str | None:
    """That the feed that was found, by a link or a redirect, is known although the given address was not."""
    found = (sought.probe.feed.url, sought.probe.final_url or "")
    return next((told for url in found if urlsplit(url).netloc and (told := tell_known(watched, url))), None)
