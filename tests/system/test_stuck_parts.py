"""The real parts of `warmline serve`, without an Asterisk: a stuck one is killed and starts again."""

import os
import signal
import socket
import time
from pathlib import Path

from lab import app_parts
from tests.free_port import free_port
from tests.warm_app import ForkedProgram

WITHIN = 60.0  # seconds; only a failing test takes them
LIMIT = 3.0  # seconds, in place of the parts' own
SERVE = f"""
from ari_app.supervisor import parts, start
parts.PARTS = tuple(part._replace(stuck_after={LIMIT}) for part in parts.PARTS)
start.main()
"""
STOPPED = {"calls", "api", "workers"}


def test_parts_that_are_stopped_start_again(tmp_path: Path, new_database: Path) -> None:
    (tmp_path / "warmline.db").write_bytes(new_database.read_bytes())
    places = {"db": tmp_path / "warmline.db", "run": tmp_path, "spool": tmp_path / "spool", "listen_port": free_port()}
    given = {"ari_url": "http://127.0.0.1:1/ari", "fastagi": f"127.0.0.1:{free_port()}"}
    environ = {f"WARMLINE_{name.upper()}": str(value) for name, value in (places | given).items()}
    environ["NOTIFY_SOCKET"] = str(tmp_path / "notify")
    log = tmp_path / "log"
    (tmp_path / "impatient.py").write_text(SERVE)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(WITHIN)
        app = ForkedProgram("impatient", log, os.environ | environ)
        try:
            while b"READY=1" not in systemd.recv(4096):  # of all parts
                pass
            before = app_parts.parts(app.pid)
            stopped = {before[name] for name in STOPPED}
            for pid in stopped:
                os.kill(pid, signal.SIGSTOP)
            limit = time.monotonic() + WITHIN
            while (after := app_parts.parts(app.pid)).keys() != before.keys() or stopped & set(after.values()):
                assert app.poll() is None and time.monotonic() < limit, log.read_text()
                time.sleep(0.02)  # no event reports this
            text = log.read_text()
            assert all(f"{name} has been stuck for {LIMIT:g} s and is killed" in text for name in STOPPED), text
            app.terminate()
            assert app.wait(WITHIN) == 0
        finally:
            app.send_signal(signal.SIGKILL)
            app.wait(WITHIN)
