"""Certificates are always verified: one that is out of order is a failure, and nothing of the answer is read."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.certificates import Authority
from tests.fakes import FakeWire, feed, item, redirect

# The client takes its authorities when it is imported, so it is asked in a process of its own, which trusts ours.
ASK = """
import asyncio, json, sys
from tasks.core.model import Failure
from tasks.edge.http import AllowList, Web
async def main():
    told = {}
    async with Web(AllowList.parse("127.0.0.0/8"), "Dateline/0") as web:
        for name, url in json.loads(sys.argv[1]).items():
            outcome = await web.get(url, kind="feed")
            told[name] = [outcome.kind, outcome.cause] if isinstance(outcome, Failure) else ["served", ""]
    print(json.dumps(told))
asyncio.run(main())
"""


def test_only_a_certificate_that_is_in_order_is_believed(tmp_path: Path) -> None:
    ours, theirs = Authority(tmp_path), Authority(tmp_path, "Nobody's Authority")
    wires: dict[str, ssl.SSLContext | None] = {
        "in order": ours.issue("127.0.0.1"),
        "expired": ours.issue("127.0.0.1", days=-1),
        "of another host": ours.issue("wire.example"),
        "of an unknown authority": theirs.issue("127.0.0.1"),
        "of old encryption": old_encryption(ours.issue("127.0.0.1", days=29)),
        "none at all": None,
    }
    with ExitStack() as stack:
        running = {name: stack.enter_context(FakeWire(context)) for name, context in wires.items()}
        for wire in running.values():
            wire.say("/", feed(item(1)))
        running["in order"].say("/to-plain", redirect(running["none at all"].url()))
        urls = {name: wire.url().replace("http:", "https:") for name, wire in running.items()}
        urls["a redirect to plain http"] = running["in order"].url("/to-plain")

        told = ask(urls, ours.file)

    assert told.pop("in order")[0] == "served"
    assert told.pop("a redirect to plain http")[0] == "insecure_redirect"
    assert told.pop("none at all")[0] in {"tls", "reset"}
    assert told.pop("of old encryption")[0] in {"tls", "connect"}  # the server may hang up before it says why
    assert {kind for kind, _ in told.values()} == {"tls"}
    assert all("certificate" in cause for _, cause in told.values())
    assert all(wire.requests == [] for name, wire in running.items() if name != "in order")


def old_encryption(context: ssl.SSLContext) -> ssl.SSLContext:
    """A server that speaks only what clients gave up: of TLS 1.2 a cipher without forward secrecy."""
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-SHA:@SECLEVEL=0")
    return context


def ask(urls: dict[str, str], authority: Path) -> dict[str, list[str]]:
    environment = {**os.environ, "SSL_CERT_FILE": str(authority), "SSL_CERT_DIR": str(authority.parent / "none")}
    child = [sys.executable, "-c", ASK, json.dumps(urls)]
    done = subprocess.run(child, capture_output=True, text=True, check=True, env=environment)
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told
