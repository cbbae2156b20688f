"""The bundled sample wire: invented stories in deploy/sample, served as real feeds and pages on loopback.

`dateline demo` and the tests run the main job against it. The stories come in two acts, one for each poll: in act 2 a
new summit is announced and a story corrected. The clock is passed in and stands still for a server's whole life, so
that an entry that did not change has the same bytes in both acts.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType

from tasks.core.errors import BadInput
from tasks.edge.sample_feeds import render_feed
from tasks.edge.sample_pages import render_front_page, render_page
from tasks.edge.sample_stories import (
    Sample,
    SampleAgency,
    SampleStory,
    list_stories,
    load_sample,
    story_path,
    tell_text,
    tell_title,
)

__all__ = [
    "Answer",
    "Sample",
    "SampleAgency",
    "SampleServer",
    "SampleStory",
    "list_stories",
    "load_sample",
    "render_feed",
    "render_page",
    "sample_wires",
    "story_path",
    "tell_text",
    "tell_title",
]

_FEED_TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
_HTML, _TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"


def sample_wires(sample: Sample, base_url: str) -> str:
    """Return the sample wire's catalog: TOML text in the form of tasks/catalog/wires.toml."""
    return "\n".join(_wire_toml(agency, base_url) for agency in sample.agencies)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to one request."""

    status: int
    content_type: str
    body: bytes
    etag: str | None = None


class SampleServer:
    """Serves the sample wire on a free port of 127.0.0.1 while its `with` block lasts, in a thread of its own."""

    def __init__(self, sample: Sample, now: datetime, act: int = 1) -> None:
        self._sample = sample
        self._now = now
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.show(act)

    @property
    def base_url(self) -> str:
        """The address of the server, without a slash at its end."""
        if self._server is None:
            raise BadInput("The sample wire is not being served: use it inside its `with` block.")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def show(self, act: int) -> None:
        """Show act 1 or act 2 from the next request on."""
        if act not in (1, 2):
            raise BadInput(f"The sample wire has acts 1 and 2, not {act}.")
        self._act = act

    def answer(self, path: str, etag: str | None = None) -> Answer:
        """Return the answer to one GET; `etag` is what the client has already (If-None-Match)."""
        for agency in self._sample.agencies:
            home = f"/{agency.agency_id}/"
            if path == f"{home}feed.xml":
                return self._answer_feed(agency, etag)
            if path == home:
                return Answer(200, _HTML, render_front_page(self._sample, agency, self._act, self._now))
            for story in list_stories(self._sample, agency.agency_id, self._act):
                if path == story_path(self._sample, story) and story.fault != "missing":
                    return Answer(200, _HTML, render_page(self._sample, story, self._act, self._now))
        if path == "/robots.txt":
            return Answer(200, _TEXT, b"User-agent: *\nAllow: /\n")
        return Answer(404, _TEXT, b"Not found.\n")

    def _answer_feed(self, agency: SampleAgency, etag: str | None) -> Answer:
        body = render_feed(self._sample, agency, self._act, self._now, self.base_url)
        fresh = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = {mark.strip().removeprefix("W/") for mark in (etag or "").split(",")}
        if fresh in known:
            return Answer(304, _FEED_TYPES[agency.form], b"", fresh)
        return Answer(200, _FEED_TYPES[agency.form], body, fresh)

    def __enter__(self) -> SampleServer:
        self._server = _Server(("127.0.0.1", 0), _make_handler(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="sample-wire", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is not None and thread is not None:
            server.shutdown()
            server.server_close()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for the requests under way
    request_queue_size = 128  # a pass asks for all pages at once; a full queue costs each a second

    def server_bind(self) -> None:
        """Bind without HTTPServer's look-up of the host's full name, which takes seconds where DNS is slow."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a client that went away; anything else is a fault of ours and is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _make_handler(site: SampleServer) -> type[BaseHTTPRequestHandler]:
    """Return a handler class that asks `site` for its answers; one request per connection."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # seconds for a client that connects and says nothing

        def do_GET(self) -> None:
            answer = site.answer(self.path.partition("?")[0], self.headers.get("If-None-Match"))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            if answer.etag:
                self.send_header("ETag", answer.etag)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(answer.body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing: the demo's own output is what the user came for."""

    return Handler


def _wire_toml(agency: SampleAgency, base_url: str) -> str:
    """Return one `[[wire]]`; a JSON string is a TOML string too."""
    home = f"{base_url}/{agency.agency_id}/"
    facts = {
        "id": agency.agency_id,
        "name": agency.name,
        "country": agency.country,
        "ownership": agency.ownership,
        "lang": agency.lang,
        "agency": agency.mark,
        "zone": agency.zone,
        "gives": "full text",
        "home": home,
    }
    lines = [f"{key} = {json.dumps(fact, ensure_ascii=False)}" for key, fact in facts.items() if fact is not None]
    feed = f'feeds = [{{ id = "{agency.agency_id}-world", url = "{home}feed.xml", every = "5m" }}]'
    return "\n".join(["[[wire]]", *lines, feed, ""])
