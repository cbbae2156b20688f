"""`webhook+https://HOST/PATH?secret=WORDS` posts JSON, with a key that is the same for every repeat and a signature.

    Idempotency-Key: the alert's id (of a first load: of all its alerts together)
    X-Dateline-Event: summit.new, first_load, test ...
    X-Dateline-Signature: sha256=<hex of HMAC-SHA256 over the body with the secret>; only with a secret

The secret is taken out of the address before it is asked. A host that is not public must stand in DATELINE_ALLOW.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from tasks.core.address.forms import refuse_url
from tasks.core.alerts.digest import Message
from tasks.core.errors import ChannelFailed
from tasks.core.model import Failure
from tasks.edge.sending import Send, unknown_channel
from tasks.edge.web import open_web
from tasks.settings import Settings


def open_channel(address: str, settings: Settings) -> Send:
    """The receiver at the address. Raises ChannelUnknown where it is no plain http(s) address."""
    target, secret = split_secret(address.partition("+")[2])
    refusal = refuse_url(target)
    if refusal is not None:
        raise unknown_channel(address, refusal)

    async def send(message: Message) -> str:
        body = json.dumps(message.body, ensure_ascii=False).encode()
        async with open_web(settings) as web:
            answer = await web.post(target, body, make_headers(message, body, secret))
        if isinstance(answer, Failure):
            raise ChannelFailed(answer.cause, answer.retry_after_s)
        return f"{urlsplit(target).netloc} answered {answer.status}"

    return send


def split_secret(url: str) -> tuple[str, str]:
    """The address without its `secret`, and the secret; the other parameters stay as they are."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, ""
    pieces = parts.query.split("&") if parts.query else []
    secrets = [piece.partition("=")[2] for piece in pieces if piece.startswith("secret=")]
    kept = "&".join(piece for piece in pieces if not piece.startswith("secret="))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, "")), unquote_plus(secrets[0]) if secrets else ""


def make_headers(message: Message, body: bytes, secret: str) -> dict[str, str]:
    """What goes with the body."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message.key,
        "X-Dateline-Event": message.kind,
    }
    if secret:
        digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Dateline-Signature"] = f"sha256={digest}"
    return headers
