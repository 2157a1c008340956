"""The messages to systemd, and when none is sent."""

import asyncio
import os
import re
import socket
import sqlite3
from pathlib import Path

import pytest

from ari_app import call_process as app
from ari_app.process import part_loop
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from warmline.ari.client.ari_event_stream import ReplacedError
from warmline.store.database.database import StatementFailed

UNIT = Path(__file__).parents[2] / "packaging/systemd/warmline.service"
LIMIT = 10.0


def heard(address: str, environ: dict[str, str]) -> list[str]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(address)
        channel.settimeout(5)
        systemd = SystemdNotifier(environ)
        systemd.ready()
        systemd.status("takes calls")
        systemd.reloading()
        return [channel.recv(1000).decode() for _ in range(3)]


def test_a_socket_in_a_folder(tmp_path: Path) -> None:
    ready, status, reloading = heard(str(tmp_path / "n"), {"NOTIFY_SOCKET": str(tmp_path / "n")})
    assert (ready, status) == ("READY=1", "STATUS=takes calls")
    assert reloading.startswith("RELOADING=1\nMONOTONIC_USEC=")


def test_without_a_file_number_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app continues."""
    asked: list[tuple[object, ...]] = []

    def refused(*what: object) -> socket.socket:
        asked.append(what)
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(socket, "socket", refused)
    SystemdNotifier({"NOTIFY_SOCKET": str(tmp_path / "n")}).tell("READY=1")
    assert asked


def test_the_watchdog_applies_only_to_its_process() -> None:
    assert SystemdNotifier({"WATCHDOG_USEC": "3000000"}).watchdog == 3.0
    assert SystemdNotifier({"WATCHDOG_USEC": "3000000", "WATCHDOG_PID": str(os.getpid())}).watchdog == 3.0
    assert SystemdNotifier({"WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "1"}).watchdog == 0
    assert SystemdNotifier({}).watchdog == 0


def test_a_loop_that_hangs_feeds_no_watchdog(tmp_path: Path) -> None:
    """The process may be as alive as it likes: only a turn of the loop that owns the calls counts."""
    address = str(tmp_path / "n")

    async def main(channel: socket.socket) -> None:
        hangs, goes_on = asyncio.Event(), asyncio.Event()
        turns: list[int] = []

        async def turned() -> None:
            turns.append(len(turns))
            if len(turns) == 3:
                hangs.set()
                await goes_on.wait()

        feeding = asyncio.create_task(SystemdNotifier({"NOTIFY_SOCKET": address}).feed(turned))  # without a pause
        await asyncio.wait_for(hangs.wait(), LIMIT)
        assert [channel.recv(1000) for _ in range(2)] == [b"WATCHDOG=1"] * 2
        with pytest.raises(BlockingIOError):
            channel.recv(1000)
        goes_on.set()
        await asyncio.wait_for(asyncio.get_running_loop().sock_recv(channel, 1000), LIMIT)
        feeding.cancel()

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(address)
        channel.setblocking(False)
        asyncio.run(main(channel))


def test_two_of_one_name_do_not_end_each_other_several_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is started again at once, and takes the name from the other."""
    paused: list[float] = []

    async def replaced(*_: object) -> None:
        raise ReplacedError("ari_app_replaced", "stop one of the two")

    monkeypatch.setattr(part_loop, "_run", replaced)
    monkeypatch.setattr(app.time, "sleep", paused.append)
    with pytest.raises(SystemExit, match="warmline serve: stop one of the two"):
        app.main(PassedSockets({}), SystemdNotifier({}))
    assert paused == [app.YIELDS]
    within = re.findall(r"^(?:WatchdogSec|TimeoutStopSec)=(\d+)$", UNIT.read_text(), re.M)
    assert min(map(int, within)) > app.YIELDS, "systemd lets it"


def test_a_database_that_breaks_ends_it_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise StatementFailed(sqlite3.DatabaseError("database disk image is malformed"))

    monkeypatch.setattr(part_loop, "_run", broken)
    monkeypatch.setenv("WARMLINE_DB", "/var/lib/calls.db")
    with pytest.raises(SystemExit, match=r"serve: database /var/lib/calls\.db: database disk image is malformed"):
        app.main(PassedSockets({}), SystemdNotifier({}))
