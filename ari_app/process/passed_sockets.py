"""The listening sockets that systemd passes (sd_listen_fds(3)): no other program can take their ports over a restart.

Whoever connects while the app is started again waits in a socket's queue. Asterisk would wait there for FastAGI's
answer for ever: so an app that cannot go on closes those connections, and the dialplan runs the script.
"""

import errno
import logging
import os
import socket
from collections.abc import MutableMapping
from contextlib import suppress

FIRST = 3  # the first file number that systemd passes

log = logging.getLogger("warmline")


class PassedSockets:
    """Those that were passed to this process; none without systemd, or without its socket unit."""

    def __init__(self, environ: MutableMapping[str, str] = os.environ) -> None:
        ours = environ.pop("LISTEN_PID", "") == str(os.getpid())
        count = environ.pop("LISTEN_FDS", "")
        environ.pop("LISTEN_FDNAMES", None)
        numbers = range(FIRST, FIRST + int(count)) if ours and count.isdecimal() else ()
        self._left = [passed for number in numbers if (passed := _listening(number))]
        self._taken: list[socket.socket] = []

    def take(self, host: str, port: int) -> socket.socket | None:
        """The one that listens at this address; None if none does. Raises OSError if the host has no address."""
        if not self._left:
            return None
        wanted = {found[4][:2] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        for passed in self._left:
            if passed.getsockname()[:2] in wanted:
                self._left.remove(passed)
                self._taken.append(passed.dup())  # whoever takes it closes it; the queue is still ours to empty
                return passed
        return None

    def close_others(self) -> None:
        """Close those that no setting names; log which."""
        while self._left:
            passed = self._left.pop()
            log.warning(
                "systemd passed port %s:%s, which no setting names: warmline install", *passed.getsockname()[:2]
            )
            passed.close()

    def turn_away(self) -> None:
        """Close every connection that waits: this app does not go on."""
        for passed in (*self._left, *self._taken):
            passed.setblocking(False)
            with suppress(OSError):
                while True:
                    passed.accept()[0].close()


def _listening(number: int) -> socket.socket | None:
    """That file number, if it is a TCP socket that listens; programs that we start do not get it."""
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
