"""Unix sockets in the run folder: their modes, and the user at the other end."""

import errno
import os
import socket
import struct
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from warmline.system.unix_paths import shorten_socket_path
from warmline.text.coded_error import CodedError

BACKLOG = 64
CREDENTIALS = struct.Struct("3i")


class CannotBind(CodedError):
    """The socket cannot be created; the text has the path, the reason and the fix."""


class PeerCredentials(NamedTuple):
    """The process at the other end of a Unix socket, as the kernel knows it."""

    pid: int
    uid: int
    gid: int


def bind(path: str, mode: int) -> socket.socket:
    """Return a socket that listens at this path with this mode.

    A socket that a former process left is replaced. The new one takes its place in one step, and has its mode before
    anyone can connect. Raises CannotBind.
    """
    if _is_used(path):
        raise CannotBind(
            "socket_used",
            "the socket {path} belongs to a program that runs; end that program, or set another `run`",
            path=path,
        )
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    fresh = f"{path}.{os.getpid()}"
    try:
        with suppress(FileNotFoundError):
            Path(fresh).unlink()
        before = os.umask(0o777 & ~mode)
        try:
            with shorten_socket_path(fresh) as path_for_kernel:
                listener.bind(path_for_kernel)
        finally:
            os.umask(before)
        listener.listen(BACKLOG)
        Path(fresh).rename(path)
    except OSError as problem:
        listener.close()
        raise CannotBind(
            "socket_not_created",
            "the socket {path} cannot be created: {why}; let this user write in its folder, or set another `run`",
            path=path,
            why=problem.strerror or problem,
        ) from None
    return listener


def _is_used(path: str) -> bool:
    """Return whether a program listens at this path; the socket of one that has ended refuses connections."""
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe,
        suppress(OSError),
        shorten_socket_path(path) as path_for_kernel,
    ):
        probe.setblocking(False)
        return probe.connect_ex(path_for_kernel) in (0, errno.EAGAIN)  # EAGAIN: its queue is full
    return False


def peer(connection: socket.socket) -> PeerCredentials:
    """Return who connected to a Unix socket. Raises OSError."""
    return PeerCredentials(
        *CREDENTIALS.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size))
    )
