"""Feeds that moved for good, and feeds that are gone. Pure.

    301, 308 from the first hop on     used at once; asked in place of the catalog's address after 3 answers that agree
                                       over at least a day; given up again after 3 failures in a row there
    302, 303, 307                      followed, never kept
    410                                after 3 over at least a week the feed is `gone`: asked once a month, and told

One answer is never enough: a mistake of an hour, or a hostile redirect, would else be kept for ever.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tasks.core.address.forms import redact_url
from tasks.core.model import Feed
from tasks.core.stages import FeedMemory, FeedState

AGREEING = 3
MOVED_OVER = timedelta(hours=24)
GONE_OVER = timedelta(days=7)
LOST_AFTER = 3  # failures in a row at the new address after which the catalog's is asked again


def address_of(feed: Feed, memory: FeedMemory) -> str:
    """The address to ask: where the feed has moved to, as long as the catalog names the address that it moved from."""
    has_moved = memory.effective_url is not None and memory.moved_from == redact_url(feed.url)
    return memory.effective_url if has_moved and memory.effective_url else feed.url


def forget_other_address(feed: Feed, state: FeedState) -> FeedState:
    """The state as far as it is about the address to ask: a validator is worth nothing at another one.

    Where the catalog itself names another address, what was folded of the old one is forgotten, a hold included.
    """
    before = state.memory.moved_from or state.asked_url
    if before is not None and before != redact_url(feed.url):
        state = replace(state, memory=FeedMemory(seq=state.memory.seq))
    if redact_url(address_of(feed, state.memory)) in {state.asked_url, state.final_url}:
        return state
    return replace(state, etag=None, last_modified=None, body_hash=None)


def follow_move(feed: Feed, memory: FeedMemory, moved_to: str | None, now: datetime) -> FeedMemory:
    """The memory after a usable answer that came by way of a permanent redirect to `moved_to`, or by none."""
    if moved_to is None or not may_be_kept(feed, moved_to):
        return replace(memory, moved_to=None, moved_polls=0, moved_since=None)
    is_same = moved_to == memory.moved_to and memory.moved_since is not None
    since = memory.moved_since if is_same and memory.moved_since else now
    polls = memory.moved_polls + 1 if is_same else 1
    if polls < AGREEING or now - since < MOVED_OVER:
        return replace(memory, moved_to=moved_to, moved_polls=polls, moved_since=since)
    kept = replace(memory, moved_to=None, moved_polls=0, moved_since=None)
    return replace(kept, effective_url=moved_to, moved_from=redact_url(feed.url))


def may_be_kept(feed: Feed, moved_to: str) -> bool:
    """May an address be kept in the lake and asked in place of the catalog's?

    Not one with a secret in it, and no other host for a feed whose token only its own host may see.
    """
    has_secret = redact_url(moved_to) != moved_to
    return not has_secret and (feed.auth is None or host_of(moved_to) == host_of(feed.url))


def leave_lost_address(memory: FeedMemory) -> FeedMemory:
    """Back to the catalog's address where the new one has failed again and again."""
    if memory.effective_url is None or memory.failures < LOST_AFTER:
        return memory
    return replace(memory, effective_url=None)


def count_gone(memory: FeedMemory, kind: str | None, now: datetime) -> FeedMemory:
    """The memory after an answer (`kind` None) or a failure; failures other than 410 neither count nor clear."""
    if kind is None:
        return replace(memory, gone_polls=0, gone_since=None)
    if kind != "http_410":
        return memory
    return replace(memory, gone_polls=memory.gone_polls + 1, gone_since=memory.gone_since or now)


def is_gone(memory: FeedMemory, now: datetime) -> bool:
    """Has the feed said often and long enough that it is gone for good?"""
    return memory.gone_since is not None and memory.gone_polls >= AGREEING and now - memory.gone_since >= GONE_OVER


def host_of(url: str) -> str:
    """The host of an address, empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
