"""Remove an article, or all of a wire, so that its words are in no file of the home: `dateline forget`.

    archive, quarantine -> rows and the ledger, in one transaction with the fact -> old snapshots -> published files

What names the rest comes last: a command that is killed half-way is run again and finds what is left to do. Between
passes only, since a pass holds pages and texts of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.core.errors import LakeBusy, PassRunning
from tasks.core.ledger.refold import refold_meeting
from tasks.edge.archive_holes import cut_pages, drop_torn
from tasks.edge.lake.attach import LakeAddress, locate_lake
from tasks.edge.lake.forget import Found, Wanted, delete_rows, find_wanted, remove_rows
from tasks.edge.lake.locks import describe_holder, hold_pass_lock, hold_upkeep_lock
from tasks.edge.lake.migrate import migrate_lake
from tasks.edge.lake.publish import publish_press
from tasks.edge.lake.scrub import scrub_lake
from tasks.edge.lake.write import LakeWriter, write_lake
from tasks.edge.publishing import publish_feeds
from tasks.edge.quarantine import Quarantine
from tasks.edge.ruling import read_claims, read_meetings, write_meeting
from tasks.edge.search import remove_index
from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed."""

    articles: int = 0
    versions: int = 0
    items: int = 0
    pages: int = 0
    bodies: int = 0
    torn: int = 0
    copies: int = 0
    meetings_gone: int = 0
    meetings_left: int = 0


def forget(settings: Settings, wanted: Wanted, reason: str, countries: Mapping[str, str], now: datetime) -> Forgotten:
    """Remove what is wanted and all that was made of it; what was removed before is cleaned once more.

    `countries` are names by code, for what is published. Raises LakeMissing, LakeBusy, HomeUnusable, DatelineError.
    """
    address = locate_lake(settings)
    who = describe_holder("forget", now)
    with _be_alone(address, who):
        migrate_lake(address, now)
        with hold_upkeep_lock(address, who):
            done = _remove(settings, address, wanted, reason, now)
            remove_index(settings.home)
            done = replace(done, copies=scrub_lake(address, now))
            for left in settings.publish_folder.glob(".press-*.duckdb*"):  # no publish runs now: it holds the lock
                left.unlink(missing_ok=True)
        publish_press(address, settings.publish_folder, now)
        publish_feeds(settings, address, countries, now)
    return done


def _remove(settings: Settings, address: LakeAddress, wanted: Wanted, reason: str, now: datetime) -> Forgotten:
    raw, run_id = settings.home / "raw", f"forget-{now:%Y%m%dT%H%M%S}"
    with write_lake(address, "forget", now, run_id) as lake:
        found = find_wanted(lake, wanted)
        pages, torn = cut_pages(raw, found.pages), drop_torn(raw)
        bodies = Quarantine(settings.home).drop_with(found.marks())
        gone, left = _refold(lake, found, now)
        remove_rows(lake, found, reason, now, run_id)
    versions, items = len(found.versions), len(found.items)
    return Forgotten(len(found.article_ids), versions, items, pages, bodies, torn, 0, gone, left)


def _refold(lake: LakeWriter, found: Found, now: datetime) -> tuple[int, int]:
    """Make each meeting that the articles told of anew from the claims of others; how many went, and how many stay.

    Names, places and people of a meeting are words of its stories, so that its earlier rows go in any case.
    """
    told = [row["meeting_id"] for row in lake.rows("select_meetings_to_forget", {"article_ids": found.article_ids})]
    if not told:
        return 0, 0
    rows, revisions = read_meetings(lake, told)
    gone = set(found.article_ids)
    of_others = {
        meeting_id: [claim for claim in claims if claim.article_id not in gone]
        for meeting_id, claims in read_claims(lake, told).items()
    }
    delete_rows(lake, "meeting_facts", "meeting_id", told)
    kept = sorted(meeting_id for meeting_id in rows if of_others.get(meeting_id))
    for meeting_id in kept:
        after = refold_meeting(of_others[meeting_id], meeting_id, rows[meeting_id])
        write_meeting(lake, after, revisions[meeting_id], now)
    return len(rows) - len(kept), len(kept)


@contextmanager
def _be_alone(address: LakeAddress, who: str) -> Iterator[None]:
    """The pass lock, with words of our own where a pass holds it."""
    with ExitStack() as held:
        try:
            held.enter_context(hold_pass_lock(address, who))
        except PassRunning as running:
            words = (
                f"A pass is running ({running.holder}), and articles are removed between passes; nothing was removed."
            )
            raise LakeBusy(f"{words} Run the same again when it has ended.", running.holder) from running
        yield
