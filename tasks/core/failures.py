"""The words for what may go wrong between a wire and its text, and what each means for the next try.

`Failure.kind` is one of these words. Kinds that are not listed here count as temporary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tasks.core.model import Failure

Outlook = Literal["temporary", "stubborn", "permanent"]


@dataclass(frozen=True, slots=True)
class FailureKind:
    """What a kind means. `temporary` is tried again for days, `stubborn` three times, `permanent` never again."""

    meaning: str
    outlook: Outlook = "temporary"


FAILURE_KINDS: dict[str, FailureKind] = {
    # the way to the server
    "dns": FailureKind("the host name has no address"),
    "dns_temporary": FailureKind("the host name cannot be looked up at the moment"),
    "connect": FailureKind("the server refused the connection or cannot be reached"),
    "connect_timeout": FailureKind("the server did not take the connection in time"),
    "timeout": FailureKind("the whole answer did not come before the deadline"),
    "tls": FailureKind("the certificate or the encryption is not in order"),
    "reset": FailureKind("the server closed the connection before it answered"),
    "host_down": FailureKind("the host failed several times in a row and is left alone for a while"),
    # addresses that are never asked
    "bad_url": FailureKind("the address is not a plain http or https address", "permanent"),
    "blocked_address": FailureKind("the address is not public and DATELINE_ALLOW does not name it", "permanent"),
    "token_missing": FailureKind("the environment variable with the feed's token is not set, or holds no header"),
    "token_unsafe": FailureKind("a token is not sent over plain http", "stubborn"),
    "insecure_redirect": FailureKind("an https address leads to plain http", "stubborn"),
    "redirect_loop": FailureKind("the redirects do not end", "stubborn"),
    "bad_redirect": FailureKind("a redirect names no usable address", "stubborn"),
    # the answer as bytes
    "too_big": FailureKind("the body is larger than the limit", "stubborn"),
    "decoded_too_big": FailureKind("the body is larger than the limit once unpacked", "stubborn"),
    "encoding": FailureKind("the body is packed in a way that was not asked for", "stubborn"),
    "truncated": FailureKind("the body ends early"),
    "protocol": FailureKind("the answer is not proper HTTP"),
    "header_too_big": FailureKind("the header is larger than the limit"),
    "empty_body": FailureKind("the answer is empty"),
    # the answer as a status
    "http_3xx": FailureKind("the server redirected where no redirect is followed", "stubborn"),
    "http_401": FailureKind("the server asks for a login", "stubborn"),
    "http_402": FailureKind("the server asks for a payment", "stubborn"),
    "http_403": FailureKind("the server refuses us", "stubborn"),
    "http_404": FailureKind("there is no such page", "stubborn"),
    "http_410": FailureKind("the page was removed for good", "permanent"),
    "http_429": FailureKind("the server asks us to slow down"),
    "http_451": FailureKind("the page is withheld for legal reasons", "permanent"),
    "http_4xx": FailureKind("the server does not accept the request", "stubborn"),
    "http_5xx": FailureKind("the server has a fault"),
    # robots.txt
    "robots_disallowed": FailureKind("robots.txt asks us not to fetch the page", "permanent"),
    "robots_unreachable": FailureKind("robots.txt cannot be read now, so the page waits"),
    "tdm_reserved": FailureKind("the site reserves text and data mining (TDMRep)", "permanent"),
    # the body as a feed
    "html_not_feed": FailureKind("the answer is a web page, not a feed"),
    "not_a_feed": FailureKind("the answer is neither XML nor JSON of a feed"),
    "unsupported_format": FailureKind("the answer is XML or JSON, but of no feed format we read"),
    "xml_bomb": FailureKind("the XML declares entities, or nests, as no feed does"),
    "feed_unreadable": FailureKind("the feed's XML cannot be read"),
    "parse_timeout": FailureKind("reading the feed takes longer than a feed may"),
    "parse_memory": FailureKind("reading the feed takes more memory than a feed may"),
    "parse_crash": FailureKind("the parser failed on the feed, or its process died"),
    # the body as a page
    "not_html": FailureKind("the address leads to no web page (a PDF, an image, data)", "permanent"),
    "taken_down": FailureKind("the address leads to the site's front page: the story is gone", "stubborn"),
    "extract_empty": FailureKind("the page carries no text of a story", "stubborn"),
    "extract_timeout": FailureKind("reading the page takes longer than a page may", "stubborn"),
    "extract_memory": FailureKind("reading the page takes more memory than a page may", "stubborn"),
    "extract_crash": FailureKind("the extraction failed on the page, or its process died", "stubborn"),
    "no_text": FailureKind("the feed gives neither an address nor a text", "permanent"),
    # the text as a story
    "read_fault": FailureKind("our rules failed on the text"),
}


def outlook_of(kind: str) -> Outlook:
    """What the kind means for the next try; unknown kinds are temporary."""
    known = FAILURE_KINDS.get(kind)
    return known.outlook if known else "temporary"


def make_failure(kind: str, cause: str, retry_after_s: int | None = None) -> Failure:
    """A failure of a listed kind, its permanence taken from the list."""
    return Failure(kind, cause, outlook_of(kind) == "permanent", retry_after_s)
