"""The way out against a wire that misbehaves: every fault ends in time, as a failure of the right kind."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from contextlib import ExitStack

import pytest

from tasks.core.model import Failure
from tasks.edge import exchange
from tasks.edge.http import LIMITS, AllowList, Limits, Response, Web
from tests.fakes import (
    RSS,
    Answer,
    FakeWire,
    feed,
    hang,
    head,
    item,
    ok,
    packed,
    raw,
    redirect,
    reset,
    rss,
    status,
)
from tests.faults import FAULTS, Fault

NAME = "Dateline/0.1 (+mailto:desk@wire.example)"
QUICK = {kind: Limits(1_000_000, 1.0, limits.cut, limits.may_be_empty) for kind, limits in LIMITS.items()}
BODY = rss(item(1))


@pytest.fixture
async def web(wire: FakeWire) -> AsyncIterator[Web]:
    async with Web(AllowList.parse(wire.host), NAME, limits=QUICK) as web:
        yield web


async def ask(web: Web, wire: FakeWire, *answers: Answer) -> Response | Failure:
    return await web.get(wire.say("/feed", *answers), kind="feed")


async def failure_of(web: Web, wire: FakeWire, *answers: Answer) -> str:
    outcome = await ask(web, wire, *answers)
    assert isinstance(outcome, Failure), outcome
    assert outcome.cause
    return outcome.kind


async def body_of(web: Web, wire: FakeWire, *answers: Answer) -> bytes:
    outcome = await ask(web, wire, *answers)
    assert isinstance(outcome, Response), outcome
    return outcome.body


async def test_a_body_comes_with_lower_case_headers_and_its_address(web: Web, wire: FakeWire) -> None:
    outcome = await ask(web, wire, ok(BODY, RSS, etag='"v1"', X_Fake="é"))

    assert isinstance(outcome, Response)
    assert (outcome.status, outcome.body, outcome.final_url, outcome.chain) == (200, BODY, wire.url("/feed"), ())
    assert outcome.headers["content-type"] == RSS
    assert outcome.headers["etag"] == '"v1"'


async def test_we_say_who_we_are_and_take_only_gzip(web: Web, wire: FakeWire) -> None:
    await ask(web, wire, feed(item(1)))

    sent = wire.requests[0].headers
    assert sent["user-agent"] == NAME
    assert sent["accept-encoding"] == "gzip"
    assert "cookie" not in sent


async def test_an_unchanged_feed_is_a_304_without_a_body(web: Web, wire: FakeWire) -> None:
    url = wire.say("/feed", feed(item(1), etag='"v1"'))

    outcome = await web.get(url, kind="feed", headers={"If-None-Match": '"v1"'})

    assert isinstance(outcome, Response)
    assert (outcome.status, outcome.body) == (304, b"")


async def test_gzip_is_unpacked(web: Web, wire: FakeWire) -> None:
    assert await body_of(web, wire, feed(item(1), packed=True)) == BODY


async def test_gzip_of_several_members_is_read_to_its_end(web: Web, wire: FakeWire) -> None:
    members = gzip.compress(BODY[:100]) + gzip.compress(BODY[100:200]) + gzip.compress(BODY[200:]) + b"\x00\x00"

    assert await body_of(web, wire, packed(members)) == BODY


async def test_rubbish_after_gzip_is_left_out(web: Web, wire: FakeWire) -> None:
    assert await body_of(web, wire, packed(gzip.compress(BODY) + b"rubbish")) == BODY


STATUSES: list[tuple[str, Answer, str]] = [
    ("a redirect to a private address in disguise", redirect("http://0x7f000001:1/"), "bad_redirect"),
    ("a redirect with a user name", redirect("http://a@wire.example/"), "bad_redirect"),
    ("choices", status(300), "http_3xx"),
    ("401", status(401), "http_401"),
    ("403", status(403), "http_403"),
    ("404", status(404), "http_404"),
    ("410", status(410), "http_410"),
    ("418", status(418), "http_4xx"),
    ("451", status(451), "http_451"),
    ("500", status(500), "http_5xx"),
    ("599", status(599), "http_5xx"),
]


@pytest.mark.parametrize(("answer", "kind"), [case[1:] for case in STATUSES], ids=[case[0] for case in STATUSES])
async def test_every_status_has_its_kind(web: Web, wire: FakeWire, answer: Answer, kind: str) -> None:
    assert await failure_of(web, wire, answer) == kind


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_every_fault_has_its_kind(wire: FakeWire, fault: Fault) -> None:
    for path, answer in fault.paths.items():
        wire.say(path, answer())
    async with Web(AllowList.parse(wire.host), NAME, limits={"feed": Limits(2_000_000, 1.0)}) as web:
        outcome = await web.get(wire.say("/fault", fault.answer()), kind="feed")

    assert (outcome.kind if isinstance(outcome, Failure) else "served") == fault.kind
    assert isinstance(outcome, Response) or outcome.cause


async def test_a_server_that_takes_no_connection_costs_the_connect_deadline_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchange, "CONNECT_S", 0.3)
    with ExitStack() as opened:
        server = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port = server.getsockname()[1]
        for _ in range(4):  # they fill the backlog, so that the next knocks in vain, as on a host that drops SYNs
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        async with Web(AllowList.parse(f"127.0.0.1:{port}"), NAME) as web:
            outcome = await web.get(f"http://127.0.0.1:{port}/rss", kind="feed")

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.is_permanent) == ("connect_timeout", False)


async def test_a_challenge_for_browsers_is_told_apart_and_asked_once(web: Web, wire: FakeWire) -> None:
    challenge = status(403, cf_mitigated="challenge")

    blocked, refused = await ask(web, wire, challenge), await ask(web, wire, status(403))

    assert isinstance(blocked, Failure)
    assert isinstance(refused, Failure)
    assert (blocked.kind, refused.kind) == ("http_403", "http_403")
    assert "a challenge for browsers" in blocked.cause
    assert "a challenge for browsers" not in refused.cause
    assert [request.headers["user-agent"] for request in wire.requests] == [NAME, NAME]


async def test_gone_is_permanent_and_not_found_is_not(web: Web, wire: FakeWire) -> None:
    gone, missing = await ask(web, wire, status(410)), await ask(web, wire, status(404))

    assert isinstance(gone, Failure)
    assert gone.is_permanent
    assert isinstance(missing, Failure)
    assert not missing.is_permanent


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("120", 120), ("-5", None), ("soon", None), ("99999999999", 604_800), ("Sun, 06 Nov 1994 08:49:37 GMT", None)],
)
async def test_what_a_busy_server_asks_is_passed_on(
    web: Web, wire: FakeWire, written: str, seconds: int | None
) -> None:
    outcome = await ask(web, wire, status(429, Retry_After=written))

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.retry_after_s) == ("http_429", seconds)


@pytest.mark.parametrize("fault", [reset(), packed(BODY)], ids=["reset", "gzip that is plain"])
async def test_a_slip_is_asked_about_once_more(web: Web, wire: FakeWire, fault: Answer) -> None:
    assert await body_of(web, wire, fault, feed(item(1))) == BODY
    assert len(wire.requests) == 2


async def test_redirects_are_followed_and_remembered(web: Web, wire: FakeWire) -> None:
    wire.say("/b", redirect("c?x=1#frag", 301))
    wire.say("/c?x=1", feed(item(1)))

    outcome = await ask(web, wire, redirect("//" + wire.host + "/b"))

    assert isinstance(outcome, Response)
    assert outcome.final_url == wire.url("/c?x=1")
    assert outcome.chain == (wire.url("/feed"), wire.url("/b"))


async def test_redirects_that_do_not_end_name_their_chain(web: Web, wire: FakeWire) -> None:
    wire.say("/one", redirect("/two"))
    wire.say("/two", redirect("/one"))

    outcome = await ask(web, wire, redirect("/one"))

    assert isinstance(outcome, Failure)
    assert outcome.kind == "redirect_loop"
    assert "/one -> " in outcome.cause
    assert len(wire.requests) == 3


async def test_more_than_five_redirects_are_too_many(web: Web, wire: FakeWire) -> None:
    for number in range(20):
        wire.say(f"/{number}", redirect(f"/{number + 1}"))

    assert await failure_of(web, wire, redirect("/0")) == "redirect_loop"
    assert len(wire.requests) == 6


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://LOCALHOST:81/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://172.16.0.1/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
        "http://169.254.169.254/latest/", "http://100.64.0.1/", "http://[fd00::1]/", "http://[fe80::1]/",
        "http://224.0.0.1/", "http://192.0.2.1/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "http://0.0.0.0/", "http://255.255.255.255/",
    ],
)  # fmt: skip
async def test_private_addresses_are_never_asked(web: Web, url: str) -> None:
    outcome = await web.get(url)

    assert isinstance(outcome, Failure)
    assert outcome.kind == "blocked_address"


@pytest.mark.parametrize(
    "url",
    ["", "file:///etc/passwd", "ftp://127.0.0.1/", "http://a@127.0.0.1/", "http://127.0.0.1\\@wire.example/",
     "http://wire.example#@127.0.0.1/", "http://①②⑦.⓪.⓪.①/", "javascript:alert(1)", "http://", "http://a b/",
     "http://127.1/", "http://0/", "http://0x7f000001/", "http://2130706433/", "http://1.2.3.4.5/", "http://a.0x7f/"],
)  # fmt: skip
async def test_what_is_no_plain_address_is_never_asked(web: Web, url: str) -> None:
    outcome = await web.get(url)

    assert isinstance(outcome, Failure)
    assert outcome.kind == "bad_url"


async def test_an_allowed_port_allows_no_other(web: Web, wire: FakeWire) -> None:
    with FakeWire() as other:
        outcome = await web.get(other.say("/", feed(item(1))), kind="feed")

        assert isinstance(outcome, Failure)
        assert outcome.kind == "blocked_address"
        assert not other.requests


async def test_a_name_of_the_allow_list_may_be_private(wire: FakeWire) -> None:
    port = wire.host.rpartition(":")[2]
    wire.say("/", feed(item(1)))

    async with Web(AllowList.parse(f"localhost:{port}"), NAME, limits=QUICK) as web:
        outcome = await web.get(f"http://localhost:{port}/", kind="feed")

    assert isinstance(outcome, Response)


async def test_a_closed_port_refuses_the_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
    async with Web(AllowList.parse(host), NAME, limits=QUICK) as web:
        outcome = await web.get(f"http://{host}/")

    assert isinstance(outcome, Failure)
    assert outcome.kind == "connect"


async def test_plain_http_on_an_encrypted_address_is_a_tls_fault(web: Web, wire: FakeWire) -> None:
    wire.say("/", ok(BODY))

    outcome = await web.get(wire.url("/").replace("http:", "https:"))

    assert isinstance(outcome, Failure)
    assert outcome.kind in {"tls", "reset"}


async def test_proxies_of_the_environment_are_ignored(
    wire: FakeWire, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert await body_of(web, wire, feed(item(1))) == BODY


async def test_a_configured_proxy_is_the_one_private_hop(wire: FakeWire) -> None:
    wire.say("http://93.184.215.14/feed", feed(item(1)))

    async with Web(AllowList(), NAME, f"http://{wire.host}", limits=QUICK) as web:
        outside = await web.get("http://93.184.215.14/feed", kind="feed")
        inside = await web.get(wire.url("/feed"), kind="feed")
        private = await web.get("http://10.0.0.1/feed", kind="feed")

    assert isinstance(outside, Response)
    assert [outcome.kind for outcome in (inside, private) if isinstance(outcome, Failure)] == ["blocked_address"] * 2
    assert len(wire.requests) == 1


async def test_hanging_answers_hold_up_nobody_else(web: Web, wire: FakeWire) -> None:
    hanging = [web.get(wire.say(f"/hang/{number}", hang()), kind="feed") for number in range(40)]
    waiting = [asyncio.create_task(get) for get in hanging]

    good = await asyncio.gather(*(web.get(wire.say(f"/{n}", feed(item(n))), kind="feed") for n in range(40)))

    assert all(isinstance(answer, Response) for answer in good)
    assert not any(task.done() for task in waiting)
    assert {outcome.kind for outcome in await asyncio.gather(*waiting) if isinstance(outcome, Failure)} == {"timeout"}


async def test_no_more_connections_than_allowed(wire: FakeWire) -> None:
    async with Web(AllowList.parse(wire.host), NAME, limits=QUICK, connections=3) as web:
        await asyncio.gather(*(web.get(wire.say(f"/{n}", feed(item(n))), kind="feed") for n in range(20)))

    assert wire.most_at_once <= 3


@pytest.mark.parametrize(
    ("answer", "path", "allowed"),
    [
        (ok(b"User-agent: *\nDisallow: /private/", "text/plain"), "/private/x", False),
        (ok(b"User-agent: *\nDisallow: /private/", "text/plain"), "/world/x", True),
        (ok(b"User-agent: Dateline\nDisallow: /\n\nUser-agent: *\nAllow: /", "text/plain"), "/x", False),
        (ok(b"<html>no such page</html>"), "/x", True),
        (ok(b"User-agent: *\nDisallow: /p\n" + b"#" * 2_000_000, "text/plain"), "/p", False),
        (status(200), "/x", True),
        (status(404), "/x", True),
        (status(403), "/x", True),
        (reset(), "/x", True),
        (ok(bytes(range(256)) * 20), "/x", True),
    ],
)
async def test_robots_txt_decides_about_pages(
    web: Web, wire: FakeWire, answer: Answer, path: str, allowed: bool
) -> None:
    wire.say("/robots.txt", answer)

    assert await web.may_fetch(wire.url(path)) is allowed


@pytest.mark.parametrize("code", [500, 503, 429])
async def test_a_robots_txt_that_fails_means_not_now(web: Web, wire: FakeWire, code: int) -> None:
    wire.say("/robots.txt", status(code))

    outcome = await web.may_fetch(wire.url("/x"))

    assert isinstance(outcome, Failure)
    assert outcome.kind == "robots_unreachable"
    assert not outcome.is_permanent


async def test_robots_txt_is_asked_once_however_many_pages(web: Web, wire: FakeWire) -> None:
    wire.say("/robots.txt", ok(b"User-agent: *\nDisallow:", "text/plain"))

    await asyncio.gather(*(web.may_fetch(wire.url(f"/{number}")) for number in range(20)))

    assert len(wire.asked("/robots.txt")) == 1


async def test_a_webhook_gets_its_body_and_no_redirect_is_followed(web: Web, wire: FakeWire) -> None:
    taken = await web.post(wire.say("/hook", status(204)), b'{"a": 1}', {"Content-Type": "application/json"})
    moved = await web.post(wire.say("/moved", redirect("/hook")), b"{}", {})

    assert isinstance(taken, Response)
    assert wire.asked("/hook")[0].body == b'{"a": 1}'
    assert wire.asked("/hook")[0].headers["content-type"] == "application/json"
    assert isinstance(moved, Failure)
    assert moved.kind == "http_3xx"
    assert len(wire.asked("/hook")) == 1


async def test_a_header_that_would_split_the_request_is_not_sent(web: Web, wire: FakeWire) -> None:
    outcome = await web.get(wire.say("/feed", feed(item(1))), kind="feed", headers={"If-None-Match": 'x"\r\nX-Bad: 1'})

    assert isinstance(outcome, Response)
    assert "x-bad" not in wire.requests[0].headers


async def test_early_hints_before_the_answer_are_read_over(web: Web, wire: FakeWire) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"

    assert await body_of(web, wire, raw(hints, head(200, {"Content-Length": str(len(BODY))}), BODY)) == BODY
