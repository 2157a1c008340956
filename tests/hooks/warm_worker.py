"""Workers of hooks without the time of their imports: a server has imported them, and forks for each start.

A worker whose files have changed executes itself again. Here the process that started it forks once more.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from warmline.hooks import worker, worker_process
from warmline.system import hook_request

LONGEST = 1 << 16  # bytes of a request
CHANGED = 77  # exit code of a worker whose files have changed


@contextmanager
def warm_worker(folder: str, log: str) -> Iterator[str]:
    """Run a worker, and yield the path of its socket."""
    with tempfile.TemporaryDirectory(prefix="warmline-") as place:
        path = f"{place}/hooks"
        with (
            worker_process.listen(path) as listener,
            socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server,
        ):
            server.connect(_server())
            reads, writes = os.pipe()
            socket.send_fds(server, [json.dumps([folder, log]).encode()], [listener.fileno(), reads])
            os.close(reads)
            try:
                hook_request.ask(path, "list", "", worker_process.LOADED_WITHIN, {})  # it is loaded now
                yield path
            finally:
                os.close(writes)
                assert server.recv(100) == b"ended"


@cache
def _server() -> str:
    """Start the server, which ends with this process; return the address of its socket."""
    folder = tempfile.TemporaryDirectory(prefix="warm-worker-")
    address = f"{folder.name}/socket"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(address)
        listener.listen()
        server = subprocess.Popen(
            [sys.executable, "-I", __file__],
            stdin=listener.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path("/"),
            env=worker_process.environment(),
            start_new_session=True,
        )
    atexit.register(folder.cleanup)
    atexit.register(server.wait)
    atexit.register(server.terminate)
    return address


def serve(listener: socket.socket) -> None:
    """Fork for each connection, until this process is ended or its parent has died."""
    signal.signal(signal.SIGCHLD, _reap)
    parent = os.getppid()
    while os.getppid() == parent:
        if select.select([listener], [], [], 1.0)[0]:
            client = listener.accept()[0]
            if not os.fork():
                listener.close()
                _keep(client)
            client.close()


def _reap(*_: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _keep(client: socket.socket) -> None:
    """Run a worker until it ends, and again whenever its files have changed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked, (number, given), *_ = socket.recv_fds(client, LONGEST, 2)
    folder, log = json.loads(asked)
    os.dup2(given, 0)
    os.close(given)
    code = CHANGED
    while code == CHANGED:
        if not (process := os.fork()):
            client.close()
            _run(folder, number, log)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    client.send(b"ended")
    os._exit(0)


def _run(folder: str, number: int, log: str) -> None:
    code = 1
    os.execv = lambda *_: os._exit(CHANGED)
    try:
        worker.main(folder, str(number), log)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=os.dup(0)))
