"""Assigns addresses to hosts, because an IPv6 host has a whole network of addresses."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

HOST_BITS = 64  # bits of an IPv6 address that a host chooses itself (RFC 4291)


@lru_cache(4096)
def of_host(address: str) -> str:
    """Return the key of a host: its IPv4 address, or the /64 of its IPv6 address; other text unchanged."""
    try:
        here = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(here, IPv6Address) or here.is_loopback:
        return str(here)
    if here.ipv4_mapped:
        return str(here.ipv4_mapped)
    return f"{IPv6Address(int(here) >> HOST_BITS << HOST_BITS)}/{HOST_BITS}"
