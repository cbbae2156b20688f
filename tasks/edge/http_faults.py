"""What the HTTP client raises and what servers answer, as failures of our own kinds."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp

from tasks.core.failures import FAILURE_KINDS, make_failure
from tasks.core.model import Failure
from tasks.edge.guard import BlockedAddress
from tasks.edge.inflate import BodyFault

MAX_RETRY_AFTER_S = 7 * 86_400  # what a server may ask at most; the schedule caps it further
_SHORT_MARKS = ("not enough data", "not completed", "connection closed", "connection lost", "reset by peer")
_HEADER_MARKS = ("bytes when reading", "too many headers", "line too long", "header value is too long")


# In this order: the narrower class goes before the one that it derives from.
_BY_CLASS: tuple[tuple[tuple[type[BaseException], ...], str, str], ...] = (
    ((aiohttp.ConnectionTimeoutError,), "connect_timeout", "{host} did not take the connection in time"),
    ((TimeoutError,), "timeout", "{host} did not answer in full before the deadline"),
    ((aiohttp.ClientHttpProxyError,), "connect", "the proxy did not open the way to {host} ({error})"),
    ((aiohttp.ClientSSLError, ssl.SSLError), "tls", "certificate or encryption of {host} is not in order ({error})"),
    ((aiohttp.InvalidURL,), "bad_url", "the address on {host} cannot be asked ({error})"),
)


def name_error(error: Exception, host: str) -> Failure:
    """The failure that an exception of the client stands for."""
    if isinstance(error, BodyFault):
        return make_failure(error.kind, f"{host}: {error}")
    if isinstance(error, BlockedAddress):
        return _name_blocked(error)
    for classes, kind, cause in _BY_CLASS:
        if isinstance(error, classes):
            return make_failure(kind, cause.format(host=host, error=_brief(error)))
    if isinstance(error, aiohttp.ClientConnectorError):
        return _name_connect_error(error, host)
    return _name_answer_error(error, host)


def _name_blocked(error: BaseException) -> Failure:
    return make_failure("blocked_address", f"{error}; name it in DATELINE_ALLOW if it is meant")


def _name_connect_error(error: aiohttp.ClientConnectorError, host: str) -> Failure:
    cause = error.os_error
    if isinstance(cause, BlockedAddress) or "is not a public address" in str(cause):
        return _name_blocked(cause)
    if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN:
        return make_failure("dns_temporary", f"the name {host} cannot be looked up at the moment ({_brief(cause)})")
    if isinstance(cause, socket.gaierror) or isinstance(error, aiohttp.ClientConnectorDNSError):
        return make_failure("dns", f"the name {host} has no address ({_brief(cause)})")
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return make_failure("connect", f"the proxy cannot be reached ({_brief(cause)})")
    return make_failure("connect", f"{host} refused the connection or cannot be reached ({_brief(cause)})")


def _name_answer_error(error: Exception, host: str) -> Failure:
    """Errors after the connection stood."""
    text = _brief(error)
    if isinstance(error, aiohttp.ClientResponseError):
        kind = "header_too_big" if any(mark in text.lower() for mark in _HEADER_MARKS) else "protocol"
        return make_failure(kind, f"{host} answered with no proper HTTP ({text})")
    if isinstance(error, aiohttp.ClientPayloadError):
        is_short = any(mark in text.lower() for mark in _SHORT_MARKS)
        kind = "truncated" if is_short else "protocol"
        return make_failure(kind, f"the body from {host} is not whole ({text})")
    if isinstance(error, aiohttp.ServerDisconnectedError | OSError):
        return make_failure("reset", f"{host} closed the connection before it answered ({text})")
    return make_failure("protocol", f"{host} answered with no proper HTTP ({text})")


def name_status(status: int, headers: Mapping[str, str], host: str, now: datetime) -> Failure:
    """The failure that a status outside 2xx and 304 stands for."""
    exact = f"http_{status}"
    kind = exact if exact in FAILURE_KINDS else f"http_{min(max(status // 100, 3), 5)}xx"
    cause = f"{host} answered {status} {_phrase(status)}".strip()
    if headers.get("cf-mitigated", "").lower() == "challenge":
        cause = f"{cause}: a challenge for browsers stands in the way"
    return make_failure(kind, cause, read_retry_after(headers.get("retry-after"), now))


def read_retry_after(text: str | None, now: datetime) -> int | None:
    """Seconds from a Retry-After header, which is a number or a date; None for the past and for rubbish."""
    written = (text or "").strip()
    if written.isascii() and written.isdigit():
        seconds = int(written[:9])
    else:
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, TypeError, IndexError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = int((moment - now).total_seconds())
    return min(seconds, MAX_RETRY_AFTER_S) if seconds > 0 else None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _brief(error: BaseException) -> str:
    """The error's own words on one short line; an error without words is named by its type."""
    return " ".join(str(error).split())[:160] or type(error).__name__
