"""The lock of a running ARI script: the kernel releases it when the script ends, however it ends.

With a centre, it is a file in the spool, which stays until nothing of the script is left in Asterisk, so that the app
ends the calls of a killed one. Without one, it is an abstract Unix socket: no folder is needed that the script may
write, users do not matter, and nothing stays on the disk.
"""

import errno
import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from warmline.ari.ari_exceptions import ConnectionLost
from warmline.ari.script_name import APPLICATION_PREFIX

LOCK_SUFFIX = ".script"
SOCKET_PREFIX = "\0warmline-"
_held_locks: set[int] = set()  # file numbers of this process
LOCK_TIMEOUT_SECONDS = 0.3  # in which the app may hold the lock to see whether the script lives


class ScriptLock:
    """The lock of this script; `has_leftovers`: a script of this name may have left something before."""

    def __init__(self, path: Path | None, *, has_leftovers: bool) -> None:
        self.has_leftovers = has_leftovers
        self._path = path

    def remove_file(self) -> None:
        """Remove the file, if it is one: nothing of the script is left."""
        if self._path:
            self._path.unlink(missing_ok=True)


class LockState(NamedTuple):
    """A lock in the spool: the script's application, its start in microseconds UTC, and whether it no longer runs."""

    application: str
    started_us: int
    is_dead: bool


@contextmanager
def hold_lock(spool: str, name: str, url: str = "") -> Iterator[ScriptLock]:
    """Hold the lock of the script's application within the block. Raises ConnectionLost.

    Without a spool, the lock holds on this machine, for scripts of this name at the same URL of ARI.
    """
    path = Path(spool) / f"{name}{LOCK_SUFFIX}" if spool else None
    try:
        has_leftovers = path is None or path.exists()
        file_number = _lock_file(path) if path else _bind_socket(f"{name} {url}")
    except OSError as error:
        if path is None:
            raise ConnectionLost(
                "ari_socket_refused",
                "the script has no lock: a Unix socket cannot be made ({reason}); let its unit have AF_UNIX",
                reason=error.strerror,
            ) from None
        raise ConnectionLost(
            "ari_spool_unwritable",
            "{path} cannot be written ({reason}): run the script as Asterisk's user, and check the setting spool",
            path=path,
            reason=error.strerror,
        ) from None
    if file_number is None:
        raise ConnectionLost("ari_script_runs", "a script {name} runs already: stop it, or use another name", name=name)
    _held_locks.add(file_number)
    try:
        yield ScriptLock(path, has_leftovers=has_leftovers)
    finally:
        if file_number in _held_locks:
            _held_locks.discard(file_number)
            os.close(file_number)


def _release_in_fork() -> None:
    """Close the locks in a process that the script has forked: it would hold them when the script is dead."""
    while _held_locks:
        os.close(_held_locks.pop())


os.register_at_fork(after_in_child=_release_in_fork)


def _bind_socket(name: str) -> int | None:
    """Return a socket with an address made of this name; None if another process has it. Raises OSError."""
    address = SOCKET_PREFIX + hashlib.sha256(name.encode()).hexdigest()[:32]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as lock_socket:
        try:
            lock_socket.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return None
            raise
        return lock_socket.detach()


def _lock_file(path: Path) -> int | None:
    """Return the file, locked; None if another process has the lock. Raises OSError."""
    deadline = time.monotonic() + LOCK_TIMEOUT_SECONDS
    while True:
        file_number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o664)
        try:
            with suppress(PermissionError):  # another user's file, which has the mode already
                os.fchmod(file_number, 0o664)  # the app, as another user, looks at the lock
            fcntl.flock(file_number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.utime(file_number)  # the start of the script, for `warmline own-script list`
            if os.path.samestat(os.fstat(file_number), path.stat()):
                return file_number
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(file_number)
                return None
            time.sleep(LOCK_TIMEOUT_SECONDS / 10)
        except FileNotFoundError:
            pass  # removed in between, by the app
        except OSError:
            os.close(file_number)
            raise
        os.close(file_number)


def list_dead_scripts(spool: str) -> list[str]:
    """Return the applications of scripts that no longer run, and may have left something. Never raises."""
    try:
        return [lock.application for lock in list_locks(spool) if lock.is_dead]
    except OSError:
        return []


def list_locks(spool: str) -> list[LockState]:
    """Return the locks in a spool. Raises OSError if it cannot be read; one that does not exist has none."""
    locks = []
    for path in Path(spool).iterdir() if Path(spool).exists() else ():
        if path.name.startswith(APPLICATION_PREFIX) and path.suffix == LOCK_SUFFIX:
            with suppress(FileNotFoundError):  # the script has ended in between
                is_dead = _is_dead(path, remove=False)
                locks.append(LockState(path.stem, path.stat().st_mtime_ns // 1000, is_dead))
    return locks


def forget_script(spool: str, name: str) -> None:
    """Remove the file of a dead script, of which nothing is left. A new script of that name is not disturbed."""
    _is_dead(Path(spool) / f"{name}{LOCK_SUFFIX}", remove=True)


def _is_dead(path: Path, *, remove: bool) -> bool:
    try:
        file_number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file_number, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if remove and os.path.samestat(os.fstat(file_number), path.stat()):
            path.unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        os.close(file_number)
    return True
