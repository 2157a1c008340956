"""Which addresses are of this machine alone."""

from ipaddress import ip_address


def is_local(host: str) -> bool:
    """Whether nobody on another machine reaches what listens at this address; a path is a socket in a folder."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("/")
