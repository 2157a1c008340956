"""The start of a worker: its socket, its command line, and what it gets of the environment."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warmline.system import hook_request
from warmline.system.unix_paths import short

PASSED_ON = ("HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "TZ", "USER")  # no setting, because some are secrets
BACKLOG = 128
LOADED_WITHIN = 10.0  # seconds


def listen(path: str) -> socket.socket:
    """Return a socket that listens at this path, for this user only. Requests wait in it while no worker runs.

    Raises OSError.
    """
    with suppress(FileNotFoundError):
        Path(path).unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with short(path) as near:
            listener.bind(near)
        Path(path).chmod(0o600)  # nothing can connect before listen()
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def command(folder: str, listener: socket.socket, log: str) -> list[str]:
    """Return the command line of a worker, which needs the file number of the listener."""
    return [sys.executable, "-I", "-m", "warmline.hooks.worker", folder, str(listener.fileno()), log]


def environment() -> dict[str, str]:
    """Return the environment of a worker."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


@contextmanager
def own_worker(folder: str, log: str = os.devnull) -> Iterator[str]:
    """Run a worker beside the app's, and yield the path of its socket. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="warmline-") as place:
        path = f"{place}/hooks"
        with listen(path) as listener:
            process = subprocess.Popen(
                command(str(Path(folder).resolve()), listener, log),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                env=environment(),
            )
            try:
                hook_request.ask(path, "list", "", LOADED_WITHIN, {})  # it is loaded now
                yield path
            finally:
                process.kill()
                process.wait()
                if process.stdin:
                    process.stdin.close()
