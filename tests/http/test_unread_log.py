"""The real app with a log that is never read: it still answers."""

import fcntl
import os
import signal
import socket
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from tests.copied_database import new_database
from tests.free_port import free_port
from tests.warm_app import ForkedProgram

WITHIN = 60.0  # seconds until an app must have started, on a busy machine
PIPE = 4096  # bytes, the smallest pipe of Linux
MORE = 2 * PIPE // 127  # requests, each with a line of 127 bytes


def ask(port: int, path: str) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=WITHIN)) as app:
        app.request("GET", path)
        return app.getresponse().status


def test_an_app_with_an_unread_log_still_answers(tmp_path: Path) -> None:
    """Wrong logins have a line each. The app's end is not delayed either."""
    new_database(tmp_path / "warmline.db")
    port = free_port()
    given = {
        "WARMLINE_DB": str(tmp_path / "warmline.db"),
        "WARMLINE_RUN": str(tmp_path),
        "WARMLINE_SPOOL": str(tmp_path),
        "WARMLINE_ARI_URL": "http://127.0.0.1:1/ari",
        "WARMLINE_LISTEN_PORT": str(port),
    }
    os.mkfifo(log := tmp_path / "log")
    unread = os.open(log, os.O_RDONLY | os.O_NONBLOCK)
    assert fcntl.fcntl(unread, fcntl.F_SETPIPE_SZ, PIPE) == PIPE
    app = ForkedProgram("ari_app", log, os.environ | given)
    try:
        until = time.monotonic() + WITHIN
        while not (tmp_path / "token").exists() or not listens(port):
            assert app.poll() is None and time.monotonic() < until
            time.sleep(0.01)  # no event reports this
        value = "v" * 250
        for number in range(MORE):
            assert ask(port, f"/agc/api.php?source=test&user=nobody{number}&pass=wrong&function=x&value={value}") == 200
        assert ask(port, "/healthz") in (200, 503)
        app.terminate()
        assert app.wait(WITHIN) == 0
    finally:
        app.send_signal(signal.SIGKILL)
        app.wait(WITHIN)
        os.close(unread)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
