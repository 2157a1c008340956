"""The command `warmline` without the time of its start, for pages with hundreds of command lines.

A server has loaded all commands, and forks for each command line. The benchmark `cli` starts Python for each one, as an
administrator's shell does. `warm_program` does so with other programs, and `kept_warm` with one server for many tests.
"""

import atexit
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
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Thread

PROJECT = Path(__file__).parents[2]
COMMANDS = "cli.main"
Run = Callable[[Sequence[str], socket.socket], object]
LONGEST = 1 << 20  # bytes of a command line with its environment
# It imports built-in modules only, because it starts for each line.
CLIENT = """#!{python} -IS
import _signal, _socket, marshal, posix, sys
server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
server.connect({address!r})
asked = marshal.dumps((sys.argv[1:], posix.environ, posix.getcwd()))
server.setsockopt(_socket.SOL_SOCKET, _socket.SO_SNDBUF, {longest})
files = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
server.sendmsg([asked], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
process = int(server.recv(100))
for number in (_signal.SIGINT, _signal.SIGTERM, _signal.SIGHUP):
    _signal.signal(number, lambda number, _: posix.kill(process, number))
sys.exit(int(server.recv(100) or 128))
"""


@contextmanager
def warm_warmline(folder: Path) -> Iterator[Path]:
    """Yield the path of a program in `folder` that does what `warmline` does."""
    with warm_program(folder, COMMANDS) as program:
        yield program


@contextmanager
def warm_program(folder: Path, module: str) -> Iterator[Path]:
    """Yield the path of a program in `folder` that does what `main` of a module does, with any arguments."""
    address, client = folder / "warm", folder / "warm-warmline"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(address))
        listener.listen()
        command = [sys.executable, "-m", __name__, module]
        server = subprocess.Popen(command, stdin=listener, cwd=PROJECT, start_new_session=True)
    client.write_text(CLIENT.format(python=sys.executable, address=str(address), longest=LONGEST))
    client.chmod(0o755)
    try:
        yield client
    finally:
        server.terminate()
        server.wait()


@cache
def kept_warm(module: str) -> Path:
    """Return the path of a program that does what `main` of a module does. Its server ends with this process."""
    kept = ExitStack()
    atexit.register(kept.close)
    folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="warm-program-")))
    return kept.enter_context(warm_program(folder, module))


def loaded(module: str) -> Run:
    """Import a module; return what does a command line for a client."""
    program = import_module(module)
    if module == COMMANDS:
        program.tree().load_all()
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


if __name__ == "__main__":
    serve(socket.socket(fileno=os.dup(0)), loaded(sys.argv[1]))
