"""The app with sockets that a parent passes, as systemd does: the ports stay open whatever happens to the app."""

import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ari_app.app import App
from ari_app.process import heartbeat_writer as of_app
from ari_app.process import listening_sockets
from ari_app.process.passed_sockets import PassedSocket, PassedSockets
from lab import app_parts, process
from tests.copied_database import new_database
from tests.soak import examples
from tests.warm_app import ForkedProgram
from warmline.system.heartbeat_file import HeartbeatFile

WITHIN = 30.0  # seconds; only a failing test takes them
HANDS_ON = """
import fcntl, os, sys
given = [int(number) for number in sys.argv[1].split(",")]
kept = [fcntl.fcntl(number, fcntl.F_DUPFD, 10) for number in given]
for place, number in enumerate(kept):
    os.dup2(number, 3 + place)
os.environ |= {"LISTEN_FDS": str(len(kept)), "LISTEN_PID": str(os.getpid()), "LISTEN_FDNAMES": "a:b"}
os.execv(sys.executable, [sys.executable, "-m", "ari_app", *sys.argv[2:]])
"""


class Parent:
    """Keeps both ports, and starts the app with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.http, self.fastagi = (socket.create_server(("127.0.0.1", 0)) for _ in range(2))
        self.apps: list[subprocess.Popen[bytes] | ForkedProgram] = []
        self.log = folder / "app.log"

    def environ(self, **changed: str) -> dict[str, str]:
        host, agi = self.fastagi.getsockname()
        return (
            os.environ
            | {
                "WARMLINE_DB": str(self.folder / "warmline.db"),
                "WARMLINE_RUN": str(self.folder),
                "WARMLINE_SPOOL": str(self.folder / "spool"),
                "WARMLINE_ARI_URL": "http://127.0.0.1:1/ari",
                "WARMLINE_LISTEN_PORT": str(self.http.getsockname()[1]),
                "WARMLINE_FASTAGI": f"{host}:{agi}",
            }
            | changed
        )

    def start(self, *part: str, **changed: str) -> ForkedProgram:
        """Start the app, or a part of it, as a fork."""
        numbers, named = [self.http.fileno(), self.fastagi.fileno()], {"LISTEN_FDNAMES": "a:b"}
        app = ForkedProgram("ari_app", self.log, self.environ(**changed) | named, 0o022, part, numbers)
        self.apps.append(app)
        return app

    def execute(self) -> subprocess.Popen[bytes]:
        """Start the app as systemd does."""
        numbers = [self.http.fileno(), self.fastagi.fileno()]
        program = [sys.executable, "-IS", "-c", HANDS_ON, ",".join(map(str, numbers))]
        with self.log.open("a") as log:
            app = subprocess.Popen(program, env=self.environ(), pass_fds=numbers, stderr=log)
        self.apps.append(app)
        return app

    def ask(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(*self.http.getsockname(), timeout=WITHIN)
        connection.request("GET", "/api/v1/openapi.json")
        return connection


@contextmanager
def parent_in(folder: Path) -> Iterator[Parent]:
    new_database(folder / "warmline.db")
    made = Parent(folder)
    yield made
    for app in made.apps:
        if app.poll() is None:
            process.kill(app.pid)
            app.wait(WITHIN)
    made.http.close()
    made.fastagi.close()


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[Parent]:
    with parent_in(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parent]:
    """Provide a parent whose app answers, for several tests; the last one ends it."""
    with parent_in(tmp_path_factory.mktemp("running")) as made:
        made.start()
        yield made


def answered(connection: http.client.HTTPConnection) -> bool:
    with closing(connection):
        return connection.getresponse().status in (200, 401)


def test_a_request_during_an_absence_of_the_app_is_answered_by_the_next_one(parent: Parent) -> None:
    app = parent.execute()
    assert answered(parent.ask())
    process.kill(app.pid)
    app.wait(WITHIN)
    waiting = parent.ask()
    with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
        stranger.bind(parent.http.getsockname())
    parent.start()
    assert answered(waiting)


def test_fastagi_is_asked_at_the_socket_that_was_passed(running: Parent) -> None:
    with socket.create_connection(running.fastagi.getsockname(), timeout=WITHIN) as asterisk:
        asterisk.sendall(b"agi_network: yes\nagi_network_script: nothing\n\n")
        assert b"FastAGI has no 'nothing'" in asterisk.recv(1000)


def test_no_connection_is_refused_or_reset_while_the_app_starts_again_in_order(running: Parent) -> None:
    """The supervisor holds the port, and an app that ends answers all requests that it has accepted."""
    [app], ended, restarts = running.apps, threading.Event(), examples(2, by_night=20)
    assert answered(running.ask())

    def ask_on() -> int:
        count = 0
        while not ended.is_set():
            assert answered(running.ask())
            count += 1
        return count

    with ThreadPoolExecutor(2) as clients:
        counts = [clients.submit(ask_on) for _ in range(2)]
        try:
            for _ in range(restarts):
                api = app_parts.pid_of(app.pid, "api")
                os.kill(api, signal.SIGTERM)
                until = time.monotonic() + WITHIN
                while app_parts.parts(app.pid).get("api", api) == api:
                    assert time.monotonic() < until
                    time.sleep(0.01)  # no event reports this
                assert answered(running.ask())
        finally:
            ended.set()
        assert all(count.result() > restarts for count in counts)
    app.terminate()
    assert app.wait(WITHIN) == 0


def test_a_part_runs_alone_with_the_sockets_that_systemd_passed(parent: Parent) -> None:
    app = parent.start("api")
    assert answered(parent.ask())
    assert app_parts.children(app.pid) == []
    app.terminate()
    assert app.wait(WITHIN) == 0


def test_an_app_that_cannot_go_on_lets_no_call_wait(parent: Parent) -> None:
    """Asterisk has no time limit there; the dialplan continues when the connection ends."""
    with socket.create_connection(parent.fastagi.getsockname(), timeout=WITHIN) as asterisk:
        assert parent.start(WARMLINE_LOG="loud").wait(WITHIN) == 1
        assert asterisk.recv(1000) == b""


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"LISTEN_FDS": "2"},
        {"LISTEN_FDS": "2", "LISTEN_PID": "1"},
        {"LISTEN_FDS": "x", "LISTEN_PID": str(os.getpid())},
    ],
)
def test_a_socket_passed_to_another_process_is_not_taken(environ: dict[str, str]) -> None:
    passed = PassedSockets(environ)
    assert passed.take("127.0.0.1", 8089) == [] and not environ


def test_the_supervisor_gives_a_unix_socket_by_its_name(tmp_path: Path) -> None:
    """The file may have been renamed after the socket was bound."""
    with socket.socket(socket.AF_UNIX) as listener, socket.create_server(("127.0.0.1", 0)) as port:
        listener.bind(str(tmp_path / "before"))
        listener.listen()
        passed = PassedSockets({}, [PassedSocket("calls-api", listener), PassedSocket("http", port)])
        assert passed.take_unix("calls-local") is None and passed.take_unix("http") is None
        assert passed.take_unix("calls-api") is listener and passed.take_unix("calls-api") is None
        assert passed.take(*port.getsockname()) == [port]
        passed.turn_away()


def test_an_app_that_cannot_go_on_is_not_kept_by_clients_that_come_again() -> None:
    accepted = 0

    class FullQueue(socket.socket):
        def accept(self) -> tuple[socket.socket, object]:
            nonlocal accepted
            accepted += 1
            assert accepted < 10_000
            return socket.socket(), ""

    with FullQueue() as full:
        PassedSockets({}, [PassedSocket("http", full)]).turn_away()
    assert accepted >= listening_sockets.BACKLOG


def test_the_beat_goes_before_the_ports_do(tmp_path: Path) -> None:
    """Otherwise the dialplan would query any program with those ports."""
    there: list[bool] = []

    class Stub:
        async def turned(self) -> None:
            """It does."""

        async def settled(self) -> None:
            there.append((tmp_path / "beat").exists())

    async def main() -> None:
        app, given = object.__new__(App), asyncio.Event()
        app._board = app._performer = Stub()  # type: ignore[assignment] # the parts that end() uses
        app._servers = {}
        app._beating = asyncio.create_task(of_app.show(HeartbeatFile(str(tmp_path)), Stub().turned, "", given.set))
        await asyncio.wait_for(given.wait(), WITHIN)
        assert (tmp_path / "beat").exists()
        await app.end()

    asyncio.run(main())
    assert there == [False]
