"""The command `warmline` without the time of its start, for pages with hundreds of command lines.

A server has loaded all commands, and forks for each command line. `tests/cli/help/test_manners.py` and the benchmark
`cli` start Python for each one, as an administrator's shell does.
"""

import marshal
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cli.main import main, tree

PROJECT = Path(__file__).parents[2]
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
    address, client = folder / "warm", folder / "warm-warmline"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(address))
        listener.listen()
        command = [sys.executable, "-m", __name__]
        server = subprocess.Popen(command, stdin=listener, cwd=PROJECT, start_new_session=True)
    client.write_text(CLIENT.format(python=sys.executable, address=str(address), longest=LONGEST))
    client.chmod(0o755)
    try:
        yield client
    finally:
        server.terminate()
        server.wait()


def serve(listener: socket.socket) -> None:
    """Fork for each connection, until this process is ended or its parent has died."""
    tree().load_all()
    signal.signal(signal.SIGCHLD, _reap)
    parent = os.getppid()
    while os.getppid() == parent:
        if select.select([listener], [], [], 1.0)[0]:
            client = listener.accept()[0]
            if os.fork() == 0:
                listener.close()
                _run(client)
            client.close()


def _reap(*_: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _run(client: socket.socket) -> None:
    """Do the client's command line with its files, environment and folder; send it the exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
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
        main(arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        client.send(str(code).encode())
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=os.dup(0)))
