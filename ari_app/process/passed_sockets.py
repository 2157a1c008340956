"""The listening sockets that systemd passes (sd_listen_fds(3)). They keep the ports from other programs over restarts.

A client that connects during a restart waits in a socket's queue. Asterisk would wait for FastAGI's answer without
limit. An app that cannot continue therefore closes these connections, and the dialplan runs the script.
"""

import errno
import logging
import os
import socket
from collections.abc import MutableMapping
from contextlib import suppress

FIRST = 3  # the first file descriptor that systemd passes

log = logging.getLogger("warmline")


class PassedSockets:
    """The sockets passed to this process; empty without systemd or its socket unit."""

    def __init__(self, environ: MutableMapping[str, str] = os.environ) -> None:
        ours = environ.pop("LISTEN_PID", "") == str(os.getpid())
        count = environ.pop("LISTEN_FDS", "")
        environ.pop("LISTEN_FDNAMES", None)
        numbers = range(FIRST, FIRST + int(count)) if ours and count.isdecimal() else ()
        self._left = [passed for number in numbers if (passed := _listening(number))]
        self._taken: list[socket.socket] = []

    def take(self, host: str, port: int) -> socket.socket | None:
        """Return the socket that listens at this address, or None. Raises OSError if the host has no address."""
        if not self._left:
            return None
        wanted = {found[4][:2] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        for passed in self._left:
            if passed.getsockname()[:2] in wanted:
                self._left.remove(passed)
                self._taken.append(passed.dup())  # the caller closes `passed`; the copy can still empty the queue
                return passed
        return None

    def close_others(self) -> None:
        """Close the sockets that no setting names, and log them."""
        while self._left:
            passed = self._left.pop()
            log.warning(
                "systemd passed port %s:%s, which no setting names; run: warmline install", *passed.getsockname()[:2]
            )
            passed.close()

    def turn_away(self) -> None:
        """Close every waiting connection, because this app cannot continue."""
        for passed in (*self._left, *self._taken):
            passed.setblocking(False)
            with suppress(OSError):
                while True:
                    passed.accept()[0].close()


def _listening(number: int) -> socket.socket | None:
    """Return the descriptor's socket if it is a listening TCP socket; child processes do not inherit it."""
    try:
        os.set_inheritable(number, False)
        passed = socket.socket(fileno=number)
        if passed.family in (socket.AF_INET, socket.AF_INET6) and passed.getsockopt(
            socket.SOL_SOCKET, socket.SO_ACCEPTCONN
        ):
            return passed
        passed.detach()
    except OSError as problem:
        if problem.errno not in (errno.EBADF, errno.ENOTSOCK):
            raise
    return None
