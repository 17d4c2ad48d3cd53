"""A host's name to the addresses that it stands for, refused where any of them is not public."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from kronik.errors import PageError

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class UnresolvedError(PageError):
    """The host has no address, or its name server does not answer."""


def public_addresses(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, in the resolver's order.

    Raises UnresolvedError where the host cannot be resolved, PageError where one of its addresses is loopback, private,
    link-local, multicast or otherwise not public, also when such an IPv4 address is wrapped in an IPv6 one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnresolvedError(f"host {host} cannot be resolved: check the address") from None
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not is_public(address):
            raise PageError(f"host {host} is not public ({address}): give an address on the open internet")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address, with or without an IPv6 zone, is one of the open internet."""
    ip = ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in (ip, *_wrapped(ip)))


def _wrapped(ip: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    if isinstance(ip, IPv4Address):
        return ()
    teredo = ip.teredo or ()
    nat64 = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
    return tuple(v4 for v4 in (ip.ipv4_mapped, ip.sixtofour, *teredo, nat64) if v4 is not None)
