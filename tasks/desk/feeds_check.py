"""`dateline feeds check`: ask feeds and one page of each, store nothing, and say in a line each what came."""

from __future__ import annotations

import asyncio

from tasks.catalog.recall import recall_catalog
from tasks.core.address.forms import redact_url
from tasks.core.model import Failure
from tasks.desk.bars import show_bars
from tasks.desk.feed_words import probe_json, tell_probe
from tasks.desk.options import Format, Home
from tasks.desk.pass_words import describe_answers
from tasks.desk.showing import print_json, say
from tasks.desk.watched import load_watched, pick_feeds
from tasks.edge.probing import probe_feeds
from tasks.settings import open_zone, read_settings


def check_feeds(*names: str, format: Format = "text", home: Home = None) -> int:
    """Ask feeds (all that are on, or those of a WIRE, FEED or URL) and one page of each; nothing is stored.

    Exits 1 where not one of them answered.
    """
    settings = read_settings(home)
    zone = open_zone(settings)
    watched = load_watched(settings)
    feeds = pick_feeds(watched, names)
    languages = recall_catalog(settings.overlay, settings.catalog).languages
    with show_bars():
        probes = asyncio.run(probe_feeds(settings, feeds))
    failed = [probe.finding.kind for probe in probes if isinstance(probe.finding, Failure)]
    if format == "json":
        print_json([probe_json(probe) for probe in probes])
    else:
        listed = watched.names()
        for probe in probes:
            mark = "FAILS" if isinstance(probe.finding, Failure) else "ok   "
            name = probe.feed.feed_id if probe.feed.feed_id in listed else redact_url(probe.feed.url)
            say(f"{mark}  {name}: {tell_probe(probe, languages, zone)}")
        say("", describe_answers(len(probes), failed))
    return int(bool(probes) and len(failed) == len(probes))
