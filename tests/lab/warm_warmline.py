"""The command `warmline` without the time of its start, for pages with hundreds of command lines.

A server has loaded all commands, and forks for each command line of this process's tests. A lab that a command starts
has a forked app and Asterisk's brief documentation. Passwords that it sets have cheap hashes.
The benchmark `cli` starts Python for each command line, as an administrator's shell does. `warm_program` forks other
programs in the same way.
"""

import atexit
import gc
import marshal
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Thread
from unittest.mock import patch

from lab import asterisk
from tests import brief_documentation, needed_modules, warm_app
from warmline.store.database import passwords

PROJECT = Path(__file__).parents[2]
COMMANDS = "cli.main"
Run = Callable[[Sequence[str], socket.socket], object]
LONGEST = 1 << 20  # bytes of a command line with its environment
given_program = ""  # of the process that has started this worker
# It imports built-in modules only, because it starts for each line. A signal waits until it can be passed on. Otherwise
# the client could end by a Ctrl-C that answers what the fork has printed, and the fork would stay.
CLIENT = """#!{python} -IS
import _signal, _socket, marshal, posix, sys
passed_on = (_signal.SIGINT, _signal.SIGTERM, _signal.SIGHUP)
_signal.pthread_sigmask(_signal.SIG_BLOCK, passed_on)
server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
server.connect({address!r})
asked = marshal.dumps((sys.argv[1:], posix.environ, posix.getcwd()))
server.setsockopt(_socket.SOL_SOCKET, _socket.SO_SNDBUF, {longest})
files = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
server.sendmsg([asked], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
process = int(server.recv(100))
for number in passed_on:
    _signal.signal(number, lambda number, _: posix.kill(process, number))
_signal.pthread_sigmask(_signal.SIG_UNBLOCK, passed_on)
sys.exit(int(server.recv(100) or 128))
"""


def warm_warmline() -> Path:
    """Return the path of a program that does what `warmline` does, until this run ends."""
    return Path(given_program) if given_program else warm_program(COMMANDS)


@cache
def warm_program(module: str) -> Path:
    """Return the path of a program that does what `main` of a module does, with any arguments."""
    folder = tempfile.TemporaryDirectory(prefix="warm-warmline-")
    address, client = f"{folder.name}/socket", Path(folder.name, "warm-warmline")
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(address)
        listener.listen()
        command = [sys.executable, "-m", __name__, module]
        if module == COMMANDS and (found := asterisk.find()):
            command += [warm_app.address(), str(brief_documentation.brief_data(found.data))]
            command += filter(None, [str(needed_modules.needed_modules(found.modules) or "")])
        server = subprocess.Popen(command, stdin=listener, cwd=PROJECT, start_new_session=True)
    client.write_text(CLIENT.format(python=sys.executable, address=address, longest=LONGEST))
    client.chmod(0o755)
    atexit.register(folder.cleanup)
    atexit.register(server.wait)
    atexit.register(server.terminate)
    return client


def loaded(module: str) -> Run:
    """Import a module; return what does a command line for a client."""
    program = import_module(module)
    if module == COMMANDS:
        program.kept_tree().load_all()
        return lambda arguments, _: program.main(arguments)

    def run(_: Sequence[str], client: socket.socket) -> None:
        os.setsid()  # it may lower the priority of its session
        Thread(target=_end_with, args=[client], daemon=True).start()
        raise SystemExit(program.main())

    return run


def _end_with(client: socket.socket) -> None:
    """End this process when its client is killed, whose pipes it has."""
    client.recv(1)
    os._exit(1)


def serve(listener: socket.socket, run: Run) -> None:
    """Fork for each connection, until this process is ended or its parent has died."""
    signal.signal(signal.SIGCHLD, _reap)
    parent = os.getppid()
    while os.getppid() == parent:
        if select.select([listener], [], [], 1.0)[0]:
            client = listener.accept()[0]
            if os.fork() == 0:
                listener.close()
                _run(client, run)
            client.close()


def _reap(*_: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _run(client: socket.socket, run: Run) -> None:
    """Do the client's command line with its files, environment and folder; send it the exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a server that a shell starts with & ignores it
    asked, files, *_ = socket.recv_fds(client, LONGEST, 3)
    arguments, environment, folder = marshal.loads(asked)  # noqa: S302 - of our own client
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environb.update(environment)
    client.send(str(os.getpid()).encode())
    code = 1
    try:
        run(arguments, client)
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        with suppress(OSError):  # the client may have been killed
            client.send(str(code).encode())
        os._exit(code)


@contextmanager
def _as_in_tests(app: str = "", documentation: str = "", modules: str = "") -> Iterator[None]:
    """Let labs fork their app from the server at `app`, let Asterisk read these folders, and let hashes be cheap."""
    if not app:
        yield
        return
    warm_app.given_address = app
    with (
        patch.object(brief_documentation, "brief_data", lambda _: Path(documentation)),
        patch.object(needed_modules, "needed_modules", lambda _: Path(modules) if modules else None),
        brief_documentation.brief(),
        warm_app.forked(),
        patch.object(passwords, "COST", 16),
    ):
        yield


if __name__ == "__main__":
    with _as_in_tests(*sys.argv[2:]):
        command_line = loaded(sys.argv[1])
        gc.freeze()  # the memory of the modules stays shared
        serve(socket.socket(fileno=os.dup(0)), command_line)
