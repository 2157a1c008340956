"""A free port for a test program."""

from random import randrange

from lab import ports


def free_port() -> int:
    """Return a free loopback TCP port outside the ranges of labs and of the kernel."""
    while not ports.is_free(port := randrange(ports.FIRST - 8000, ports.FIRST)):  # noqa: S311 - it is no secret
        pass
    return port
