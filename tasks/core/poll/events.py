"""What may happen to a feed at a poll, beside its failures: the words of `poll_facts.events`, and what each means."""

from __future__ import annotations

EVENTS: dict[str, str] = {
    "possible_gap": "no entry of the poll before was left: items in between may be missing",
    "empty_feed": "the feed lists nothing, though it has before",
    "identity_changed": "the feed's title or host is suddenly another: its items raise no alert",
    "identity_accepted": "the feed's new title or host stands",
    "lying_etag": "its validator hid a change: it is asked without one from now on",
    "moved": "the feed moved for good: its new address is asked from now on",
    "moved_back": "the new address fails: the catalog's is asked again",
    "gone": "the feed says that it is gone for good: it is asked once a month",
    "back": "a feed that was gone answers again",
}
