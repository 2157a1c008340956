"""Recognizes addresses that only this machine can reach."""

from ipaddress import ip_address


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
