"""A PostgreSQL of its own for tests and benchmarks: Debian's programs, run by an ordinary user in a temporary folder.

It ends with the processes that use it, also if they are killed: each holds a named pipe open, which a keeper reads.
"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import randrange
from urllib.parse import quote

from lab import ports

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
NOBODY = 65534  # the user who runs it in place of root
NAME, PASSWORD = "warmline", "not for a log: ß/@"
WITHIN = 60.0  # seconds, on a busy machine
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
wal_level = replica
max_wal_senders = 4
max_connections = 60
shared_buffers = '64MB'
logging_collector = off
"""
# $1 is the folder of the server, in the folder $0. The server starts again if the file `again` is there. The pipe ends
# when the last process that uses the server has gone.
KEEPER = """
trap '' INT TERM HUP
(while "$2" -D "$1" >>"$0/log" 2>&1; [ -e "$0/again" ]; do rm "$0/again"; done) &
running=$!
cat "$0/users" >/dev/null
if kill -0 $running 2>/dev/null; then kill -QUIT "$(head -n 1 "$1/postmaster.pid")"; fi
wait $running
rm -rf "$0"
"""


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A running server: the folder of its files, and its port."""

    folder: Path
    port: int

    @property
    def process(self) -> int:
        """Return the number of its main process."""
        return int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])

    def address(self, database: str, port: int = 0) -> str:
        """Return the address of a database; `port` is that of a relay in front of the server."""
        return f"postgresql://{NAME}:{quote(PASSWORD, safe='')}@127.0.0.1:{port or self.port}/{database}"

    def run(self, sql: str, database: str = "postgres") -> str:
        """Run a statement with psql, and return its rows as text."""
        return _run("psql", "-XAtqc", sql, self.address(database))

    def restart(self) -> None:
        """End the server as an update of its package does, and start it again."""
        (self.folder.parent / "again").touch()
        former = self.process
        os.kill(former, signal.SIGINT)
        until = time.monotonic() + WITHIN
        while (self.folder.parent / "again").exists():
            assert time.monotonic() < until
            time.sleep(0.01)  # the server tells nothing by itself
        _until_ready(self)

    def hold(self) -> int:
        """Keep the server running until the returned file is closed. Raises FileNotFoundError if it has ended."""
        return os.open(self.folder.parent / "users", os.O_RDWR)


def free_port() -> int:
    """Return a free loopback port outside the ranges of labs and of the kernel."""
    while not ports.is_free(port := randrange(ports.FIRST - 8000, ports.FIRST)):  # noqa: S311 - it is no secret
        pass
    return port


def is_installed() -> bool:
    """Return whether Debian's PostgreSQL 15 is on this machine."""
    return (PROGRAMS / "postgres").exists()


@contextmanager
def server(
    primary: DatabaseServer | None = None, through: int = 0, settings: str = "", place: Path | None = None
) -> Iterator[DatabaseServer]:
    """Run a server until the end of the block, with its folder in `place`, or where temporary files are.

    With `primary`, it is a standby of that server, and reads from it through a relay at port `through`. It is called
    standby, so that the setting synchronous_standby_names of the primary can name it.
    """
    top = Path(tempfile.mkdtemp(prefix="warmline-postgresql-", dir=place))
    folder, port = top / "data", free_port()
    (top / "password").write_text(PASSWORD)
    os.mkfifo(top / "users", 0o600)
    if os.geteuid() == 0:
        for one in (top, top / "password", top / "users"):
            os.chown(one, NOBODY, NOBODY)
    if primary is None:
        asked = [
            "-N",
            "-U",
            NAME,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "scram-sha-256",
            f"--pwfile={top / 'password'}",
        ]
        _run("initdb", "-D", folder, *asked)
    else:
        source = f"{primary.address('', through)}?application_name=standby"
        _run("pg_basebackup", "-d", source, "-D", folder, "-R", "-c", "fast", "-X", "stream")
    with (folder / "postgresql.conf").open("a") as file:
        file.write(f"{SETTINGS if primary is None else ''}port = {port}\n{settings}\n")
    found = DatabaseServer(folder, port)
    users = found.hold()
    keeper = subprocess.Popen([*_ordinary(), "sh", "-c", KEEPER, top, folder, PROGRAMS / "postgres"])
    try:
        _until_ready(found)
        yield found
    finally:
        os.close(users)
        keeper.wait(WITHIN)


def _ordinary() -> list[str]:
    """Return the command with which another command is run by an ordinary user: PostgreSQL refuses root."""
    if os.geteuid():
        return ["env", "HOME=/nonexistent", "LC_ALL=C.UTF-8"]
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "env", "LC_ALL=C.UTF-8"]


def _run(program: str, *asked: str | Path) -> str:
    done = subprocess.run(
        [*_ordinary(), PROGRAMS / program, *asked], capture_output=True, text=True, timeout=WITHIN, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _until_ready(found: DatabaseServer) -> None:
    until = time.monotonic() + WITHIN
    while subprocess.run([PROGRAMS / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(found.port)]).returncode:
        assert time.monotonic() < until, (found.folder.parent / "log").read_text()
        time.sleep(0.05)  # the server tells nothing by itself; it can only be asked
