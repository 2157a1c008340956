"""Recognizes addresses that only this machine can reach, and those with a port."""

import re
from ipaddress import ip_address

_WITH_PORT = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?):([0-9]{1,5})")


def host_and_port(where: str) -> tuple[str, int] | None:
    """Return the name or IPv4 address and the port, from 1 to 65535, of HOST:PORT; None if it is something else."""
    if (found := _WITH_PORT.fullmatch(where)) and 0 < int(found[2]) < 65536:
        return found[1], int(found[2])
    return None


def is_local(host: str) -> bool:
    """Return whether only this machine can reach an address; a path is a socket in a folder."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("/")


def is_unspecified(host: str) -> bool:
    """Return whether a listener at this address listens at all addresses of the machine."""
    try:
        return ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return not host
