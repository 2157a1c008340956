"""A port for a program that is to listen on this machine."""

from random import randrange

from lab import ports


def free_port() -> int:
    """A loopback TCP port that nobody has now, nor gets by chance: below the labs', and those the kernel gives away."""
    while not ports.is_free(port := randrange(ports.FIRST - 8000, ports.FIRST)):  # noqa: S311 - it is no secret
        pass
    return port
