"""The operator's allow-list (`DATELINE_ALLOW`): addresses that may be reached although they are not public.

127.0.0.1:8080, 10.0.0.0/8, 192.168.1.5, [::1]:8080, feeds.intranet:8443
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from tasks.core.address.host import normalise_host
from tasks.core.errors import BadInput

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class AllowList:
    """Networks and names, each with a port or (None) for every port. Empty by default."""

    networks: tuple[tuple[Network, int | None], ...] = ()
    names: tuple[tuple[str, int | None], ...] = ()

    @classmethod
    def parse(cls, text: str) -> AllowList:
        """The list as the setting has it. Raises BadInput that names the entry that cannot be used."""
        networks: list[tuple[Network, int | None]] = []
        names: list[tuple[str, int | None]] = []
        for entry in filter(None, (part.strip() for part in text.split(","))):
            host, port = _split_port(entry)
            network = _network(host)
            name = None if network or "/" in host or ":" in host else normalise_host(host)
            if network is not None:
                networks.append((network, port))
            elif name is not None:
                names.append((name, port))
            else:
                raise _bad(entry)
        return cls(tuple(networks), tuple(names))

    def has_address(self, address: Ip, port: int) -> bool:
        """Is this address allowed on this port?"""
        return any(address in network and allowed in {None, port} for network, allowed in self.networks)

    def has_name(self, host: str, port: int) -> bool:
        """Is this host, as written in an address, allowed on this port?"""
        name = host.lower().rstrip(".")
        return any(name == known and allowed in {None, port} for known, allowed in self.names)

    def has(self, host: str, port: int) -> bool:
        """Is this host, a name or a literal address, the operator's own word?"""
        network = _network(host.strip("[]"))
        return self.has_address(network[0], port) if network is not None else self.has_name(host, port)

    def extend(self, host: str, port: int) -> AllowList:
        """The list with one more host."""
        network = _network(host.strip("[]"))
        if network is not None:
            return AllowList((*self.networks, (network, port)), self.names)
        return AllowList(self.networks, (*self.names, (host.lower(), port)))


def _split_port(entry: str) -> tuple[str, int | None]:
    """`host:port`, `[v6]:port`, or a host or network alone."""
    host, mark, port = entry.rpartition(":")
    if entry.startswith("["):
        host, mark, port = entry[1:].partition("]")[0], ":" if "]:" in entry else "", entry.rpartition("]:")[2]
        return (host, _port(port, entry)) if mark else (host, None)
    if not mark or ":" in host:  # a bare IPv6 address or network has colons, but no port
        return entry, None
    return host, _port(port, entry)


def _port(text: str, entry: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise _bad(entry)
    return int(text)


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _bad(entry: str) -> BadInput:
    return BadInput(
        f"DATELINE_ALLOW: {entry!r} is no address; write host:port, an address or a network, "
        "such as 127.0.0.1:8080 or 10.0.0.0/8, with commas between."
    )
