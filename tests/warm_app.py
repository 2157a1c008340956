"""The lab's app and guard without the time of their imports: a server has imported them, and forks for each start.

The forked process has the log, the folder, the environment, the session and the umask that a new program would have.
It looks for changes of the configuration more often, because scenarios wait for that. A test that starts it by
`ForkedProgram` gets its exit code, too.
The tests of packages execute the program. So do those in `executed`, and at least one test of `warmline serve`, of
`warmline lab`, of the demo and of an installation.
"""

import array
import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from lab import process

PROJECT = Path(__file__).parents[1]
LONGEST = 1 << 20  # bytes of a request
MOST_FILES = 8  # of a request: its output, and the sockets that are passed
PRELOADED = ("ari_app.supervisor.supervisor", "ari_app.supervisor.sockets")
WARMLINE = str(Path(sys.executable).with_name("warmline"))
MODULES = {"serve": "ari_app", "guard": "ari_app.guard"}  # by the command of `warmline` that executes it
CONFIGURATION_EVERY = 0.1  # seconds; each of two processes looks for a tenth of a millisecond
execute = process.start
given_address = ""  # of the server of another process, which has started this one


@contextmanager
def forked() -> Iterator[None]:
    """Let labs get forks of the server as their app and their guard."""
    with patch.object(process, "start", _start):
        yield


@contextmanager
def executed() -> Iterator[None]:
    """Let labs execute their app and their guard, as those of users do."""
    with patch.object(process, "start", execute):
        yield


def _start(
    command: Sequence[str], log: Path, record: Path, environment: Mapping[str, str], keep: Sequence[int] = ()
) -> int:
    """Do what lab.process.start does; the app and the guard are forks of the server."""
    module = MODULES.get(command[1]) if command[0] == WARMLINE else None
    if module is None or keep:
        return execute(command, log, record, environment, keep)
    return fork(module, log, record, environment, 0o077)


def fork(module: str, log: Path, record: Path, environment: Mapping[str, str], umask: int) -> int:
    """Run one of MODULES in a fork of the server, in the folder of `log`.

    Stores its identity in `record`, and returns its pid.
    """
    pid, server = _forked([module], log, environment, umask)
    with server:
        record.write_text(f"{pid} {process._stat(pid)[1]}\n")
        server.send(b"recorded")  # it is not reaped before
    return pid


def _forked(
    program: Sequence[str], log: Path, environment: Mapping[str, str], umask: int, passed: Sequence[int] = ()
) -> tuple[int, socket.socket]:
    """Fork the server; return the pid, and the connection on which the server waits before it reaps the process.

    `program` is a module and its arguments. The files `passed` have the numbers from 3 in the process.
    """
    request = json.dumps([list(program), dict(environment), str(log.parent), umask]).encode()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server.connect(address())
    server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST)
    server.sendmsg([request], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [output, *passed]))])
    os.close(output)
    return int(server.recv(100)), server


class ForkedProgram:
    """One of MODULES in a fork of the server, with the methods of `subprocess.Popen` that tests call.

    Its output is appended to `log`, in whose folder it runs. It gets the sockets `passed` as systemd passes them.
    """

    def __init__(
        self,
        module: str,
        log: Path,
        environment: Mapping[str, str],
        umask: int = 0o022,
        arguments: Sequence[str] = (),
        passed: Sequence[int] = (),
    ) -> None:
        self.pid, self._server = _forked([module, *arguments], log, environment, umask, passed)
        self._server.send(b"recorded")
        self._code: int | None = None

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while the program runs."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, within: float) -> int:
        """Return the exit code as soon as the program has ended. Raises subprocess.TimeoutExpired."""
        if self._code is None:
            if not select.select([self._server], [], [], within)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), within)
            self._code = int(self._server.recv(100))
            self._server.close()
        return self._code


def address() -> str:
    """Return the address of the server's socket; start the server if there is none yet."""
    return given_address or _server()


@cache
def _server() -> str:
    """Start the server, which ends with this process; return the address of its socket."""
    folder = tempfile.TemporaryDirectory(prefix="warm-app-")
    own = f"{folder.name}/socket"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(own)
        listener.listen()
        command = [sys.executable, "-m", __name__]
        server = subprocess.Popen(command, stdin=listener, cwd=PROJECT, start_new_session=True)
    atexit.register(folder.cleanup)
    atexit.register(server.wait)
    atexit.register(server.terminate)
    return own


def serve(listener: socket.socket) -> str:
    """Fork for each connection until this process is ended or its parent has died.

    Returns in each fork, with the module to run there.
    """
    parent, woken = os.getppid(), socket.socketpair()
    clients: dict[int, socket.socket] = {}  # by the pid whose exit code each gets
    for one in woken:
        one.setblocking(False)
    signal.set_wakeup_fd(woken[1].fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while os.getppid() == parent:
        if listener in select.select([listener, woken[0]], [], [], 1.0)[0]:
            client = listener.accept()[0]
            request, files, *_ = socket.recv_fds(client, LONGEST, MOST_FILES)
            if not (pid := os.fork()):
                signal.set_wakeup_fd(-1)
                for one in (listener, client, *woken):
                    one.close()
                return _begin(request, files)
            for file in files:
                os.close(file)
            client.send(str(pid).encode())
            client.recv(100)
            clients[pid] = client
        else:
            _reap(woken[0], clients)
    raise SystemExit


def _reap(woken: socket.socket, clients: dict[int, socket.socket]) -> None:
    with suppress(BlockingIOError, ChildProcessError):
        woken.recv(4096)
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            with clients.pop(ended[0]) as client, suppress(OSError):  # most have not waited for the code
                client.send(str(os.waitstatus_to_exitcode(ended[1])).encode())


def _begin(request: bytes, files: Sequence[int]) -> str:
    """Give the forked process what a new program would have; return its module."""
    program, environment, folder, umask = json.loads(request)
    module: str = program[0]
    output, *passed = files
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.umask(umask)
    os.chdir(folder)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(output, number)
    for place, number in enumerate(passed, 3):  # each number is higher than its place
        os.dup2(number, place)
    os.closerange(3 + len(passed), os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.environ.update(environment)
    if passed:
        os.environ |= {"LISTEN_FDS": str(len(passed)), "LISTEN_PID": str(os.getpid())}
    time.tzset()
    sys.argv = program
    sys.path[:1] = [folder, *filter(None, environment.get("PYTHONPATH", "").split(":"))]
    return module


def _preload() -> None:
    """Import the modules of the app, and do what each start does alike and keeps.

    The garbage collector leaves all this out, so that its memory stays shared.
    """
    from ari_app.background import pollers
    from ari_app.http.workspace import page_files
    from ari_app.supervisor.parts import PARTS
    from warmline.store.database import timezone_offsets
    from warmline.system.program_files import WORKSPACE

    gc.disable()
    for name in (*PRELOADED, *(part.target.partition(":")[0] for part in PARTS)):
        import_module(name)
    pollers.CONFIGURATION_EVERY = CONFIGURATION_EVERY
    timezone_offsets.offsets("UTC", datetime.now(UTC).year)
    page_files.read(WORKSPACE)
    gc.freeze()
    gc.enable()


if __name__ == "__main__":
    listening = socket.socket(fileno=os.dup(0))
    _preload()
    runpy.run_module(serve(listening), run_name="__main__", alter_sys=True)
