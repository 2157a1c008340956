"""SIGHUP: systemd is notified of the end of a reload, also if it failed."""

import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.copied_database import new_database
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from warmline.store.database.database import connect

LIMIT = 10.0


def test_a_database_that_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`systemctl reload` would wait for it."""
    new_database(tmp_path / "warmline.db")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(LIMIT)
        app = BareApp(tmp_path, free_port())
        try:
            until(systemd, "READY=1")
            with closing(connect(tmp_path / "warmline.db")) as db:
                db.execute("DROP TABLE setting")
            app.reload()
            until(systemd, "RELOADING=1")
            until(systemd, "READY=1")
            app.says("the previous configuration stays in effect: database")
        finally:
            app.kill()


def until(systemd: socket.socket, word: str) -> None:
    """Wait for this word; raises TimeoutError if it does not come."""
    while not systemd.recv(1000).decode().startswith(word):
        pass
