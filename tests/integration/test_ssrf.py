"""Nobody is let in: over every door, no address that a feed, a page or a server supplies leads to a connection inside.

Nothing leaves the machine. The resolver is replaced by a table of names; each connect is recorded: one to the public
test address is led to a wire on loopback, one to any other address is a leak, and refused.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tasks.catalog.wires import load_wires_file
from tasks.core.model import Failure
from tasks.edge.guard import is_public
from tasks.edge.http import LIMITS, AllowList, Limits, Response, Web
from tests.fakes import FakeWire, feed, item, ok, redirect

PUBLIC = "93.184.215.14"
NAME = "Dateline/0.1 (+mailto:desk@wire.example)"
QUICK = {kind: Limits(100_000, 5.0, limits.cut, limits.may_be_empty) for kind, limits in LIMITS.items()}

# One row for each network that is no public unicast, by the IANA special-purpose registries (IPv4 and IPv6), multicast,
# and the ways to carry an IPv4 address inside an IPv6 one: an address inside, and the last one, which a wrong mask misses.
CLOSED = [
    ("0.0.0.0", "0.255.255.255"),  # noqa: S104 - an address to be refused
    ("10.0.0.1", "10.255.255.255"),
    ("100.64.0.1", "100.127.255.255"),
    ("127.0.0.1", "127.255.255.254"),
    ("169.254.169.254", "169.254.255.255"),
    ("172.16.0.1", "172.31.255.255"),
    ("192.0.0.1", "192.0.0.255"),
    ("192.0.2.1", "192.0.2.255"),
    ("192.88.99.1", "192.88.99.255"),
    ("192.168.0.1", "192.168.255.255"),
    ("198.18.0.1", "198.19.255.255"),
    ("198.51.100.1", "198.51.100.255"),
    ("203.0.113.1", "203.0.113.255"),
    ("224.0.0.1", "239.255.255.255"),
    ("240.0.0.1", "255.255.255.255"),
    ("::", "::1"),
    ("::127.0.0.1", "::169.254.169.254"),
    ("::ffff:127.0.0.1", "::ffff:169.254.169.254"),
    ("::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1"),
    ("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    ("64:ff9b:1::7f00:1", "64:ff9b:1:ffff:ffff:ffff:a9fe:a9fe"),
    ("100::1", "100::ffff:ffff:ffff:ffff"),
    ("2001::1", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001:db8::1", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2002:7f00:1::1", "2002:a9fe:a9fe::1"),
    ("3fff::1", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("5f00::1", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fc00::1", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fe80::1", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fec0::1", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("ff02::1", "ff0e::1"),
    (
        "2600:1f18::5efe:127.0.0.1",
        "2600:1f18::200:5efe:10.0.0.1",
    ),  # ISATAP: the last 64 bits say 5efe and an IPv4 address
]
ADDRESSES = [address for row in CLOSED for address in row]


def bracket(address: str) -> str:
    return f"[{address}]" if ":" in address else address


# Names whose answers are the addresses above, and those that answer otherwise at each question or with several at once.
NAMES: dict[str, list[list[str]]] = {f"n{number}.evil.test": [[address]] for number, address in enumerate(ADDRESSES)}
NAMES |= {
    "public.test": [[PUBLIC]],
    "localhost": [["127.0.0.1", "::1"]],
    "localhost.localdomain": [["127.0.0.1"]],
    "metadata.internal": [["169.254.169.254"]],
    "all-private.test": [["10.0.0.1", "fd00::1", "127.0.0.1"]],
}
MIXED: dict[str, list[list[str]]] = {
    "rebinds.test": [[PUBLIC], ["127.0.0.1"]],
    "rebinds-at-once.test": [["127.0.0.1"], [PUBLIC]],
    "mixed.test": [[PUBLIC, "127.0.0.1"]],
    "mixed-inside-first.test": [["10.0.0.1", PUBLIC]],
    "mixed-metadata.test": [["::ffff:169.254.169.254", "169.254.169.254", PUBLIC]],
}

LITERALS = [f"http://{bracket(address)}/" for address in ADDRESSES]
NAMED = [f"http://{name}/" for name in NAMES if name != "public.test"]
ODD = [
    # numbers that some parsers take for an address
    "http://127.1/", "http://127.0.1/", "http://0/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://2130706433/",
    "http://017700000001/", "http://0177.0.0.1/", "http://127.0.0.01/", "http://0x7f.1/", "http://3232235521/",
    "http://169.254.43518/", "http://0xa9fea9fe/", "http://1.2.3.4.5/", "http://256.256.256.256/", "http://127.0.0.1.0x7f/",
    # letters and digits of other scripts, dots of other scripts
    "http://①②⑦.⓪.⓪.①/", "http://１２７.０.０.１/", "http://127。0。0。1/", "http://127．0．0．1/", "http://127｡0｡0｡1/",
    "http://ⓛocalhost/", "http://ｌｏｃａｌｈｏｓｔ/", "http://loc\u00adalhost/", "http://local\u200bhost/", "http://١٢٧.0.0.1/",
    "http://¹²⁷.0.0.1/", "http://𝟏𝟐𝟕.0.0.1/", "http://[::１]/",
    # trailing dots, case, escapes, zone ids
    "http://127.0.0.1./", "http://localhost./", "http://LOCALHOST/", "http://LocalHost.:80/", "http://%6c%6f%63alhost/",
    "http://127.0.0.1%2f.public.test/", "http://127%2e0%2e0%2e1/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/",
    "http://[::1%25lo]/", "http://public.test%00.evil.test/", "http://127.0.0.1%00.public.test/",
    # one address, two readings
    "http://public.test:80@127.0.0.1/", "http://public.test@127.0.0.1/", "http://a:b@localhost/", "http://@127.0.0.1/",
    "http://127.0.0.1\\@public.test/", "http://127.0.0.1\\.public.test/", "http:\\\\127.0.0.1/", "http://public.test\\@localhost/",
    "http://public.test#@127.0.0.1/", "http://127.0.0.1#@public.test/", "http://127.0.0.1?@public.test/", "http://127.0.0.1;@public.test/",
    "http://[::1]public.test/", "http://public.test[::1]/", "http://[::ffff:127.0.0.1", "http://::1/", "http://[127.0.0.1]/",
    "http://[v1.127]/", "http://127.0.0.1:80:80/", "http://127.0.0.1 .public.test/", "http://127.0.0.1\t.public.test/",
    "http://127.0.0.1\n/", "http://127.0.0.1\r\nHost: public.test\r\n/", "http://127.0.0.1\x00.public.test/", "http://\u3000localhost/",
    "http:/127.0.0.1/", "http:127.0.0.1/", "http:///127.0.0.1/", "http:////127.0.0.1/", "//127.0.0.1/", "/\\127.0.0.1/", "127.0.0.1/",
    "HTTP://127.0.0.1/", "hTTps://localhost/", "http://127.0.0.1:0/", "http://127.0.0.1:65536/", "http://127.0.0.1:８０/",
    # other ways out
    "file:///etc/passwd", "file://localhost/etc/passwd", "FILE:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:6379/_x",
    "dict://127.0.0.1:11211/stat", "ldap://127.0.0.1/", "sftp://127.0.0.1/", "tftp://127.0.0.1/x", "ws://127.0.0.1/",
    "unix:/var/run/docker.sock", "http+unix://%2fvar%2frun%2fdocker.sock/info", "jar:http://127.0.0.1/!/x", "data:text/html,x",
    "javascript:alert(1)", "view-source:http://127.0.0.1/", "feed:http://127.0.0.1/", "feed://127.0.0.1/", "blob:http://127.0.0.1/x",
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/", "https://[fd00:ec2::254]/latest/", "http://100.100.100.200/latest/",
]  # fmt: skip
CLOSED_URLS = [*LITERALS, *NAMED, *ODD]
MIXED_URLS = [f"http://{name}/" for name in MIXED]


@dataclass
class Network:
    """What was connected to. `public` is where the public test address is led."""

    public: tuple[str, int]
    leaks: list[tuple[Any, ...]] = field(default_factory=list)
    served: int = 0


@pytest.fixture
def wire() -> Iterator[FakeWire]:
    with FakeWire() as wire:
        wire.say("/", feed(item(1)))
        wire.say("/robots.txt", ok(b"User-agent: *\nAllow: /", "text/plain"))
        yield wire


@pytest.fixture
def network(wire: FakeWire, monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network(("127.0.0.1", int(wire.host.rpartition(":")[2])))
    connect = socket.socket.connect
    answers = {name: cycle(told) for name, told in (NAMES | MIXED).items()}

    def look_up(host: str, port: int, family: int = 0, kind: int = 0, *_: Any, **__: Any) -> list[Any]:
        try:
            told = [str(ipaddress.ip_address(host))]
        except ValueError:
            name = str(host).lower().rstrip(".")
            if name not in answers:
                raise socket.gaierror(socket.EAI_NONAME, "no such name") from None
            told = next(answers[name])
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0)) if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in told
        ]  # fmt: skip

    def record(self: socket.socket, address: tuple[Any, ...]) -> None:
        if address[0] == PUBLIC:
            network.served += 1
            return connect(self, network.public)
        network.leaks.append(address)
        raise ConnectionRefusedError("not public")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", record)
    monkeypatch.setattr(socket.socket, "connect_ex", record)
    return network


@pytest.fixture
async def web(network: Network) -> AsyncIterator[Web]:
    async with Web(AllowList(), NAME, limits=QUICK) as web:
        yield web


def kinds_of(outcomes: list[Response | Failure]) -> set[str]:
    return {outcome.kind if isinstance(outcome, Failure) else "served" for outcome in outcomes}


REFUSED = {"bad_url", "blocked_address", "dns"}

Door = Callable[[Web, str], Awaitable[Response | Failure]]
DOORS: dict[str, Door] = {
    "feed": lambda web, url: web.get(url, kind="feed"),
    "page": lambda web, url: web.get(url),
    "heartbeat": lambda web, url: web.get(url, kind="heartbeat"),
    "webhook": lambda web, url: web.post(url, b"{}"),
    "subscriber's feed": lambda web, url: web.get(url, kind="feed", secret={"Authorization": "Bearer 123456789"}),
}


def test_the_set_is_as_large_as_promised_and_all_of_its_addresses_are_closed() -> None:
    assert len(set(CLOSED_URLS)) >= 120
    assert [address for address in ADDRESSES if is_public(ipaddress.ip_address(address))] == []


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "192.0.1.1", "198.20.0.1", "223.255.255.255",
                "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "2600:1f18::200:5efe:8.8.8.8"],
)  # fmt: skip
def test_public_addresses_stay_open(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("door", DOORS)
async def test_a_public_name_is_served_at_every_door(web: Web, network: Network, door: str) -> None:
    url = "https://public.test/" if "subscriber" in door else "http://public.test/"
    outcome = await DOORS[door](web, url)

    assert isinstance(outcome, Response) or outcome.kind in {"tls", "reset"}  # the wire speaks no TLS
    assert (network.served > 0, network.leaks) == (True, [])


@pytest.mark.parametrize("door", DOORS)
async def test_no_door_leads_inside(web: Web, network: Network, door: str) -> None:
    outcomes = {url: await DOORS[door](web, url) for url in CLOSED_URLS}

    assert network.leaks == []
    assert network.served == 0
    refused = REFUSED | {"token_unsafe"}
    assert {url: outcome for url, outcome in outcomes.items() if kinds_of([outcome]) - refused} == {}


@pytest.mark.parametrize("door", DOORS)
async def test_a_name_of_two_minds_is_served_by_its_public_address_or_not_at_all(
    web: Web, network: Network, door: str
) -> None:
    outcomes = [await DOORS[door](web, url) for url in MIXED_URLS * 4]

    assert network.leaks == []
    assert kinds_of(outcomes) <= {"served", "blocked_address", "token_unsafe"}


async def test_no_redirect_leads_inside(web: Web, wire: FakeWire, network: Network) -> None:
    spoken = [url for url in CLOSED_URLS if url.isascii() and url.isprintable()]  # what a header can say
    outcomes = {}
    for url in spoken:
        wire.say("/away", redirect(url))
        outcomes[url] = await web.get("http://public.test/away", kind="feed")  # pages of one host have pauses between

    assert len(spoken) >= 120
    assert network.leaks == []
    assert network.served >= len(spoken)
    # Some of these are a path of the public host itself (`/\127.0.0.1/`), or no host at all.
    away = {"bad_redirect", "blocked_address", "dns", "http_404"}
    assert {url: outcome for url, outcome in outcomes.items() if kinds_of([outcome]) - away} == {}


async def test_a_second_redirect_does_not_lead_inside_either(web: Web, wire: FakeWire, network: Network) -> None:
    wire.say("/one", redirect("http://rebinds.test/two"))
    wire.say("/two", redirect("http://rebinds.test/three"))
    wire.say("/three", redirect("http://rebinds.test/one"))

    outcomes = [await web.get("http://public.test/one") for _ in range(4)]

    assert network.leaks == []
    assert kinds_of(outcomes) <= {"blocked_address", "redirect_loop"}


async def test_robots_txt_is_never_asked_inside(web: Web, wire: FakeWire, network: Network) -> None:
    for url in [*CLOSED_URLS, *MIXED_URLS]:
        await web.may_fetch(url)
    wire.say("/robots.txt", redirect("http://169.254.169.254/robots.txt"))
    await web.may_fetch("http://public.test/page")

    assert network.leaks == []


async def test_a_proxy_is_never_asked_for_what_is_inside_as_we_see_it(wire: FakeWire, network: Network) -> None:
    proxy = f"http://{PUBLIC}:80"

    async with Web(AllowList(), NAME, proxy, limits=QUICK) as web:
        control = await web.get("http://public.test/", kind="feed")
        asked = len(wire.requests)
        outcomes = [await web.get(url) for url in CLOSED_URLS]

    assert kinds_of([control]) == {"http_404"}  # the wire has no script for an absolute address: it was asked
    assert network.leaks == []
    named = {request.path for request in wire.requests[asked:]}
    # A name that has no address here may have one at the proxy: it may be asked for those, and for nothing else.
    assert {path for path in named if path.split("/")[2] in NAMES} == set()
    assert kinds_of(outcomes) <= {*REFUSED, "http_404"}


async def test_a_private_proxy_is_the_one_hop_inside(wire: FakeWire, network: Network) -> None:
    async with Web(AllowList(), NAME, "http://10.1.2.3:3128", limits=QUICK) as web:
        await web.get("http://public.test/", kind="feed")
        await web.get("http://10.1.2.3/", kind="feed")
        await web.get("http://10.1.2.3:8080/", kind="feed")
        await web.get("http://10.1.2.4:3128/", kind="feed")

    assert set(network.leaks) == {("10.1.2.3", 3128)}


async def test_an_outline_s_addresses_are_asked_at_the_same_door(web: Web, network: Network, tmp_path: Path) -> None:
    listed = "".join(f'<outline text="f" xmlUrl="http://{bracket(address)}/rss"/>' for address in ADDRESSES)
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{listed}</body></opml>")
    wires = load_wires_file(tmp_path / "feeds.opml")

    outcomes = [await web.get(found.url, kind="feed") for each in wires for found in each.feeds]

    assert len(outcomes) == len(set(ADDRESSES))
    assert network.leaks == []
    assert kinds_of(outcomes) <= REFUSED
