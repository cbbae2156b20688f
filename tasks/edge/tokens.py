"""What a subscriber's feed is asked with: read from the environment at each poll, and kept out of every message.

Auth(header, env) --read_token--> {"Authorization": "..."} for that feed's host alone, or why there is none
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from tasks.core.failures import make_failure
from tasks.core.model import Failure, Feed

LEAST_SECRET = 8  # characters; shorter parts are words such as Bearer, which hide nothing

_T = TypeVar("_T")


def read_token(feed: Feed, environ: Mapping[str, str] | None = None) -> Mapping[str, str] | Failure:
    """The headers of a feed's `auth`, none where it has no auth; a Failure where the variable gives no usable value."""
    if feed.auth is None:
        return {}
    name = feed.auth.env
    value = (os.environ if environ is None else environ).get(name, "").strip()
    if not value:
        return make_failure(
            "token_missing",
            f"the feed {feed.feed_id} wants the header {feed.auth.header} from the environment variable {name}, which "
            "is not set; set it where Dateline runs",
        )
    if not (value.isascii() and value.isprintable()):
        return make_failure(
            "token_missing",
            f"the environment variable {name} of the feed {feed.feed_id} holds what no header may hold, such as a line "
            "break; set it to one line of plain letters",
        )
    return {feed.auth.header: value}


def hide_secret(answer: _T | Failure, secret: Mapping[str, str]) -> _T | Failure:
    """The same answer; a failure's words without any secret that a server may have sent back in them."""
    if not isinstance(answer, Failure):
        return answer
    cause = answer.cause
    for part in secret_parts(secret.values()):
        cause = cause.replace(part, "***")
    return replace(answer, cause=cause)


def secret_parts(values: Iterable[str]) -> list[str]:
    """What must not be told of secret values: each whole and in its words, the longest first."""
    parts = {part for value in values for part in (value, *value.split())}
    return sorted((part for part in parts if len(part) >= LEAST_SECRET), key=len, reverse=True)
