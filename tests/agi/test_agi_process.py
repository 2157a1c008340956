"""The AGI process: its heartbeat, its database that it can only read, and its port, which no other user can take."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest

from ari_app import fastagi
from ari_app.agi_process import AgiProcess
from ari_app.process import heartbeat_writer as process_heartbeat
from ari_app.process import part_loop
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from tests.agi.test_fastagi import running_server
from tests.free_port import free_port
from warmline.agi import AGI
from warmline.store.agi.routing_facts import FactsError, KeptDatabase
from warmline.system import heartbeat_file
from warmline.system.settings import Settings, load

WAIT_SECONDS = 30.0  # seconds; only a failing test takes them
ASKS = "agi_network: yes\nagi_network_script: {}\nagi_arg_1: 8005550100\n\n"
REPLIES = b"200 result=1\n" * 9
# Runs `warmline agi` with a listening socket as systemd passes it.
HANDS_ON = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.executable, [sys.executable, "-m", "ari_app", "agi"])
"""
# Another user's program: it binds the port in every way that Linux knows, and answers the first request.
STRANGER = """
import socket, sys
with socket.socket() as stranger:
    stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    stranger.bind(("127.0.0.1", int(sys.argv[1])))
    print("bound", flush=True)
"""
NOBODY_UID = 65534


class Process:
    """`warmline agi` with this database, and with its port held by this test or its own."""

    def __init__(self, folder: Path, database: Path, listener: socket.socket | None, **settings: str) -> None:
        self.folder, self.began = folder, time.monotonic()
        self.port = listener.getsockname()[1] if listener else free_port()
        environ = {
            "WARMLINE_DB": str(database),
            "WARMLINE_RUN": str(folder),
            "WARMLINE_FASTAGI": f"127.0.0.1:{self.port}",
        }
        program = ["-c", HANDS_ON, str(listener.fileno())] if listener else ["-m", "ari_app", "agi"]
        self.program = subprocess.Popen(
            [sys.executable, *program],
            env=os.environ | environ | settings,
            pass_fds=[listener.fileno()] if listener else [],
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> "Process":
        """Wait for its first heartbeat."""
        wait_until(
            lambda: (
                (heartbeat_file.get_age_seconds(str(self.folder), heartbeat_file.AGI) or WAIT_SECONDS)
                < time.monotonic() - self.began
            )
        )
        return self

    def ask(self, script: str = "route_did") -> bytes:
        """Return all that it says to one request."""
        with socket.create_connection(("127.0.0.1", self.port), WAIT_SECONDS) as asterisk:
            asterisk.sendall(ASKS.format(script).encode() + REPLIES)
            with asterisk.makefile("rb") as replies:
                return replies.read()


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for a file or a process of another program, which reports nothing."""
    limit = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


Start = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path, database: Path) -> Iterator[Start]:
    processes: list[Process] = []

    def start(listener: socket.socket | None = None, **settings: str) -> Process:
        processes.append(Process(tmp_path, database, listener, **settings))
        return processes[-1]

    yield start
    for process in processes:
        with process.program:
            process.program.kill()


@pytest.fixture
def held_port() -> Iterator[socket.socket]:
    """The port, as a socket unit or the supervisor holds it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def connect_as_nobody(port: int) -> str:
    """Try to listen at the port as another user, if root runs the test; return "bound" or the error."""
    user = NOBODY_UID if os.geteuid() == 0 else None
    attempt = subprocess.run(["/usr/bin/python3", "-c", STRANGER, str(port)], user=user, capture_output=True, text=True)
    return (attempt.stdout or attempt.stderr).splitlines()[-1]


def test_the_agi_process_routes_calls_while_the_call_process_lives(start: Start, tmp_path: Path) -> None:
    process = start().ready()
    assert b"WARMLINE_ROUTE=ingroup" in process.ask()
    (tmp_path / "beat").write_text(f"{time.monotonic() - 9:017.3f}\n")
    reply = process.ask()
    assert b"WARMLINE_ROUTE" not in reply and b"the application has stood still for 9 s" in reply
    assert b"FastAGI has no 'agent_login'" in process.ask("agent_login")


@pytest.mark.parametrize("sql", ["UPDATE did SET route = 'hangup'", "DROP TABLE did", "PRAGMA user_version = 9"])
def test_the_agi_connection_refuses_to_write(database: Path, sql: str) -> None:
    with closing(KeptDatabase(str(database))) as connection:
        with pytest.raises(FactsError, match="attempt to write a readonly database"):
            connection.read(lambda db: db.execute(sql))
        assert connection.read(lambda db: db.execute("SELECT count(*) FROM did WHERE route = 'hangup'").fetchone()) == (
            1,
        )


def test_one_that_cannot_continue_lets_no_call_wait(start: Start, held_port: socket.socket) -> None:
    """Asterisk has no time limit there; the dialplan continues when the connection ends."""
    with socket.create_connection(held_port.getsockname(), timeout=WAIT_SECONDS) as asterisk:
        assert start(held_port, WARMLINE_LOG="loud").program.wait(WAIT_SECONDS) == 1
        assert asterisk.recv(1000) == b""


def test_a_call_that_comes_while_it_is_away_is_answered_by_the_next_one(start: Start, held_port: socket.socket) -> None:
    start(held_port).ready().program.kill()
    with socket.create_connection(held_port.getsockname(), timeout=WAIT_SECONDS) as asterisk:
        asterisk.sendall(ASKS.format("route_did").encode() + REPLIES)
        start(held_port)
        assert b"WARMLINE_CALL" in asterisk.recv(1000)


def test_no_other_user_gets_a_port_that_is_held(start: Start, held_port: socket.socket) -> None:
    process = start(held_port).ready()
    assert "Address already in use" in connect_as_nobody(process.port)
    process.program.kill()
    process.program.wait()
    assert "Address already in use" in connect_as_nobody(process.port)
    process = start(held_port).ready()
    process.program.terminate()
    assert process.program.wait(WAIT_SECONDS) == 0
    assert "Address already in use" in connect_as_nobody(process.port)


def test_the_heartbeat_goes_before_the_port(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the dialplan would ask any program that takes the port then."""
    port, heartbeat_file, attempts = free_port(), tmp_path / "agi-beat", []
    close = fastagi.FastAgiServer.close

    async def note_attempt(server: fastagi.FastAgiServer) -> None:
        attempts.append((heartbeat_file.exists(), connect_as_nobody(port)))
        await close(server)

    def end() -> None:
        wait_until(heartbeat_file.exists)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(fastagi.FastAgiServer, "close", note_attempt)
    environment = {"WARMLINE_DB": str(database), "WARMLINE_RUN": str(tmp_path), "WARMLINE_FASTAGI": f"127.0.0.1:{port}"}
    ending = threading.Thread(target=end)
    ending.start()
    systemd = SystemdNotifier({})

    async def make(settings: Settings, _: AsyncExitStack) -> AgiProcess:
        return AgiProcess(settings, PassedSockets({}), systemd)

    asyncio.run(part_loop._run(make, load(environment), systemd))
    ending.join()
    ((heartbeat_exists, connection_refused),) = attempts
    assert not heartbeat_exists and "Address already in use" in connection_refused
    assert not heartbeat_file.exists()


def test_without_a_free_thread_it_gives_no_heartbeat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastagi, "OPEN_MAX", 2)
    monkeypatch.setattr(process_heartbeat, "EVERY", 0.0)
    go_on, barrier = threading.Event(), threading.Barrier(3)

    def sticks(agi: AGI) -> None:
        barrier.wait(WAIT_SECONDS)
        go_on.wait(WAIT_SECONDS)

    async def scenario() -> None:
        async with running_server({"sticks": (sticks, ())}) as server:
            file = heartbeat_file.HeartbeatFile(str(tmp_path), heartbeat_file.AGI)
            async with server.asterisk() as first_connection, server.asterisk() as second_connection:
                first_connection.asks("sticks")
                second_connection.asks("sticks")
                await asyncio.to_thread(barrier.wait, WAIT_SECONDS)
                beating = asyncio.create_task(process_heartbeat.show(file, server.server.turned, ""))
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(server.server.turned(), 0.2)
                assert heartbeat_file.get_age_seconds(str(tmp_path), heartbeat_file.AGI) is None
                go_on.set()
                await server.server.turned()
                await asyncio.to_thread(
                    wait_until, lambda: heartbeat_file.get_age_seconds(str(tmp_path), heartbeat_file.AGI) is not None
                )
            beating.cancel()
            await asyncio.wait({beating})

    asyncio.run(scenario())
