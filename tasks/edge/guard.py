"""Which addresses may be connected to: public ones, and those that the operator names.

The check is made on the very address of the connection, for every connection: literals, DNS answers, redirects, each
attempt of Happy Eyeballs. So there is no moment between the check and the connection in which a name could change.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from tasks.edge.allow import AllowList, Ip

# The IANA special-purpose registries, and what else is no public unicast. Python's own flags do not do: `is_global` is
# True for multicast and for NAT64 of 127.0.0.1 (measured on 3.11.7).
_CLOSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local, cloud metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays, deprecated
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")  # all of global unicast; everything outside is closed
_CLOSED_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID ...
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which carries any IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# ISATAP (RFC 5214, 6.1): an interface identifier of 0000:5efe or 0200:5efe, then the IPv4 address that is tunnelled to.
_ISATAP, _ISATAP_MASK = 0x0000_5EFE, 0xFDFF_FFFF
_RESOLVER_THREADS = 32  # names of dead hosts block a thread for seconds; the default pool has as few as 5


class BlockedAddress(OSError):
    """The address is not public and nobody allowed it. An OSError, so that the next address of a name is tried."""


def is_public(address: Ip) -> bool:
    """Is this a globally routable unicast address, also after an IPv4 address inside it is unwrapped?"""
    address = unwrap(address)
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    if (int(address) >> 32) & _ISATAP_MASK == _ISATAP and not is_public(_last_32_bits(address)):
        return False
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


def unwrap(address: Ip) -> Ip:
    """The IPv4 address inside a mapped (::ffff:a.b.c.d) or NAT64 (64:ff9b::/96) one, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return _last_32_bits(address) if address in _NAT64 else address


def _last_32_bits(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


class Guard:
    """Judges addresses by one allow-list; also the resolver and the socket factory of the client."""

    def __init__(self, allow: AllowList) -> None:
        self._allow = allow
        self._named: set[tuple[str, int]] = set()

    def permits(self, ip: str, port: int) -> bool:
        """May a connection to this address and port be opened?"""
        try:
            address = ipaddress.ip_address(ip.partition("%")[0])
        except ValueError:
            return False
        return (
            is_public(address) or self._allow.has_address(unwrap(address), port) or (str(address), port) in self._named
        )

    def permits_host(self, host: str, port: int) -> bool:
        """May this host be asked, as far as its spelling tells? Only literal addresses can be refused here."""
        bare = host.strip("[]")
        try:
            ipaddress.ip_address(bare.partition("%")[0])
        except ValueError:
            return True
        return self.permits(bare, port)

    def remember(self, ip: str, port: int) -> None:
        """An address that a name of the allow-list resolves to may be connected to on that port."""
        self._named.add((str(ipaddress.ip_address(ip.partition("%")[0])), port))

    def open_socket(self, info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        """The socket for an address record, or BlockedAddress. aiohttp calls this for every connection."""
        family, kind, protocol, _, (ip, port, *_rest) = info
        if not self.permits(ip, port):
            raise BlockedAddress(f"{ip} is not a public address")
        return socket.socket(family, kind, protocol)


class GuardedResolver(AbstractResolver):
    """Resolves names in threads of its own and hands on only addresses that the guard permits."""

    def __init__(self, guard: Guard, allow: AllowList) -> None:
        self._guard = guard
        self._allow = allow
        self._threads = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="resolve")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The permitted addresses of a name; BlockedAddress where it has addresses, but none permitted."""
        results = await self.look_up(host, port, family)
        if self._allow.has_name(host, port):
            for result in results:
                self._guard.remember(result["host"], port)
        permitted = [result for result in results if self._guard.permits(result["host"], port)]
        if results and not permitted:
            raise BlockedAddress(f"{host} has only addresses that are not public, such as {results[0]['host']}")
        return permitted

    async def look_up(
        self, host: str, port: int, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All addresses of a name, unjudged. Raises socket.gaierror where it has none."""
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
        )
        return [_result(host, port, info) for info in found]

    async def close(self) -> None:
        """Let go of the threads; one that waits for a dead name server ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _result(host: str, port: int, info: tuple[Any, ...]) -> ResolveResult:
    family, _, protocol, _, address = info
    return ResolveResult(
        hostname=host, host=address[0], port=port, family=family, proto=protocol, flags=socket.AI_NUMERICHOST
    )
