"""The listening sockets that another process opened: systemd (sd_listen_fds(3)) or the supervisor.

They keep the ports from other programs over restarts. A client that connects during a restart waits in a socket's
queue. Asterisk would wait for FastAGI's answer without limit. An app that cannot continue therefore closes these
connections, and the dialplan runs the script.
"""

import errno
import logging
import os
import socket
from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from typing import NamedTuple

from warmline.text.coded_error import CodedError

FIRST = 3  # the first file descriptor that systemd passes
LONGEST_QUEUE = 4096  # connections that the kernel lets wait at a socket (net.core.somaxconn)
FROM_SYSTEMD = "systemd passed port %s:%s, which no setting names; run: warmline install"
FROM_SUPERVISOR = "port %s:%s stays open, but no setting names it now; start `warmline serve` again"

log = logging.getLogger("warmline")


class CannotListen(CodedError):
    """A server cannot listen at its address; the text has the address, the reason and the fix."""


class PassedSocket(NamedTuple):
    """A listening socket and its name: the FileDescriptorName of a socket unit, or the supervisor's name for it."""

    name: str
    socket: socket.socket


class PassedSockets:
    """The sockets passed to this process; empty without systemd and supervisor.

    `given` are the supervisor's sockets. Without them, the environment names those of systemd.
    """

    def __init__(
        self, environ: MutableMapping[str, str] = os.environ, given: Iterable[PassedSocket] | None = None
    ) -> None:
        self._left = _from_systemd(environ) if given is None else list(given)
        self._unnamed = FROM_SYSTEMD if given is None else FROM_SUPERVISOR
        self._taken: list[socket.socket] = []

    def take(self, host: str, port: int) -> list[socket.socket]:
        """Return the sockets that listen at this address; [] if there is none. Raises OSError for an unknown host."""
        if not self._left:
            return []
        wanted = {found[4][:2] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        return self._take([one for one in self._left if _is_tcp(one.socket) and _address(one.socket) in wanted])

    def take_unix(self, name: str) -> socket.socket | None:
        """Return the Unix socket of this name, or None."""
        found = self._take([one for one in self._left if one.name == name and not _is_tcp(one.socket)][:1])
        return found[0] if found else None

    def close_others(self) -> None:
        """Close the sockets that no setting names, and log the ports."""
        while self._left:
            _, passed = self._left.pop()
            if _is_tcp(passed):
                log.warning(self._unnamed, *_address(passed))
            passed.close()

    def turn_away(self) -> None:
        """Close every waiting connection, because this app cannot continue.

        Clients that connect again and again cannot keep it here.
        """
        for passed in (*(one.socket for one in self._left), *self._taken):
            passed.setblocking(False)
            with suppress(OSError):
                for _ in range(LONGEST_QUEUE):
                    passed.accept()[0].close()

    def _take(self, found: list[PassedSocket]) -> list[socket.socket]:
        for one in found:
            self._left.remove(one)
            self._taken.append(one.socket.dup())  # the caller closes the socket; the copy can still empty the queue
        return [one.socket for one in found]


def _from_systemd(environ: MutableMapping[str, str]) -> list[PassedSocket]:
    ours = environ.pop("LISTEN_PID", "") == str(os.getpid())
    count = environ.pop("LISTEN_FDS", "")
    names = environ.pop("LISTEN_FDNAMES", "").split(":")
    numbers = range(FIRST, FIRST + int(count)) if ours and count.isdecimal() else ()
    names += [""] * len(numbers)
    found = ((name, _listening(number)) for name, number in zip(names, numbers, strict=False))
    return [PassedSocket(name, passed) for name, passed in found if passed]


def _listening(number: int) -> socket.socket | None:
    """Return the descriptor's socket if it is a listening stream socket; child processes do not inherit it."""
    try:
        os.set_inheritable(number, False)
        passed = socket.socket(fileno=number)
        if passed.type == socket.SOCK_STREAM and passed.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return passed
        passed.detach()
    except OSError as problem:
        if problem.errno not in (errno.EBADF, errno.ENOTSOCK):
            raise
    return None


def _is_tcp(passed: socket.socket) -> bool:
    return passed.family in (socket.AF_INET, socket.AF_INET6)


def _address(passed: socket.socket) -> tuple[str, int]:
    host, port = passed.getsockname()[:2]
    return host, port
