"""Whose an address is: one host of IPv6 has a whole network of addresses."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

HOST_BITS = 64  # of an IPv6 address, which a host chooses by itself (RFC 4291)


@lru_cache(4096)
def of_host(address: str) -> str:
    """Return the key that counts one host: its IPv4 address, or the /64 of its IPv6 address; other text as it is."""
    try:
        here = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(here, IPv6Address) or here.is_loopback:
        return str(here)
    if here.ipv4_mapped:
        return str(here.ipv4_mapped)
    return f"{IPv6Address(int(here) >> HOST_BITS << HOST_BITS)}/{HOST_BITS}"
