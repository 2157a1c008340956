"""What systemd hears, and when nothing is said."""

import os
import socket
from pathlib import Path

from warmline.ari_app.systemd import Systemd


def heard(address: str, environ: dict[str, str]) -> list[str]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(address)
        channel.settimeout(5)
        systemd = Systemd(environ)
        systemd.ready("takes calls")
        systemd.reloading()
        return [channel.recv(1000).decode() for _ in range(2)]


def test_a_socket_in_a_folder(tmp_path: Path) -> None:
    ready, reloading = heard(str(tmp_path / "n"), {"NOTIFY_SOCKET": str(tmp_path / "n")})
    assert ready == "READY=1\nSTATUS=takes calls"
    assert reloading.startswith("RELOADING=1\nMONOTONIC_USEC=")


def test_one_without_a_file() -> None:
    name = f"warmline-test-{os.getpid()}"
    assert heard(f"\0{name}", {"NOTIFY_SOCKET": f"@{name}"})[0].startswith("READY=1")


def test_nobody_listens(tmp_path: Path) -> None:
    Systemd({}).tell("READY=1")
    Systemd({"NOTIFY_SOCKET": str(tmp_path / "none")}).tell("READY=1")


def test_who_is_watched() -> None:
    assert Systemd({"WATCHDOG_USEC": "3000000"}).watchdog == 3.0
    assert Systemd({"WATCHDOG_USEC": "3000000", "WATCHDOG_PID": str(os.getpid())}).watchdog == 3.0
    assert Systemd({"WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "1"}).watchdog == 0
    assert Systemd({}).watchdog == 0
