"""`warmline serve`: its messages to systemd, its log, a reload, and an orderly end.

Three tests execute the program; the others fork the app from a server that has imported it.
"""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lab import app_parts, instance, process, programs
from lab.description import Lab
from tests.lab.conftest import stop
from tests.warm_app import WARMLINE, ForkedProgram
from tests.wording.said import said
from warmline.system import heartbeat_file

WITHIN = 30.0  # seconds
INTERVAL = 0.6  # of the watchdog, seconds
TAKES = "STATUS=takes calls"


class App:
    """The app of a lab, with the environment that systemd gives."""

    def __init__(self, lab: Lab, folder: Path, *, executed: bool = False, **more: str) -> None:
        self.lab = lab
        self.log = folder / "log"
        self.channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.channel.bind(str(folder / "notify"))
        self.channel.settimeout(WITHIN)
        environ = os.environ | {
            "WARMLINE_CONFIG": f"{lab.dir}/warmline.toml",
            "NOTIFY_SOCKET": str(folder / "notify"),
            "WATCHDOG_USEC": str(int(INTERVAL * 1e6)),
            **more,
        }
        self.process: subprocess.Popen[bytes] | ForkedProgram
        if not executed:
            self.process = ForkedProgram("ari_app", self.log, environ)
            return
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([WARMLINE, "serve"], env=environ, stderr=log, start_new_session=True)

    def hears(self, word: str) -> list[str]:
        """Return the messages to systemd up to one with this line. Raises TimeoutError."""
        heard: list[str] = []
        end = time.monotonic() + WITHIN
        while word not in heard:
            if time.monotonic() > end:
                raise TimeoutError(f"{word} did not come, but {heard}")
            heard += self.channel.recv(4096).decode().splitlines()
        return heard

    def says(self, text: str) -> None:
        """Wait until its log, which a separate thread writes, has this text. Raises TimeoutError."""
        end = time.monotonic() + WITHIN
        while text not in self.log.read_text():
            if time.monotonic() > end:
                raise TimeoutError(f"{text!r} is not in {self.lines()}")
            time.sleep(0.01)  # only its log shows this

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def get(self, path: str) -> int:
        with closing(HTTPConnection(urlsplit(self.lab.api).netloc, timeout=10)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(WITHIN)
        self.channel.close()
        return code


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab whose own app has ended."""
    directory = tmp_path_factory.mktemp("lab")
    try:
        lab = instance.up(directory)
        process.stop(programs.app_record(directory))
        yield lab
    finally:
        stop(directory)


@pytest.fixture
def app(bare: Lab, tmp_path: Path) -> Iterator[App]:
    started = App(bare, tmp_path)
    try:
        yield started
    finally:
        started.end()


def test_serve_reports_its_address_and_ends_in_order(bare: Lab, tmp_path: Path) -> None:
    started = App(bare, tmp_path, executed=True)
    try:
        started.hears("READY=1")
        started.says(f"listens on {bare.api.partition('/agc')[0]} for the agent API")
    finally:
        assert started.end() == 0


def test_systemd_hears_that_it_is_ready_and_turns(app: App) -> None:
    heard = app.hears("READY=1")  # of all parts; the call process may take calls before that
    assert heard[0] == "STATUS=waits for Asterisk"
    if TAKES not in heard:
        app.hears(TAKES)
    assert app.get("/healthz") == 200
    for _ in range(4):
        app.hears("WATCHDOG=1")
    app.process.send_signal(signal.SIGTERM)
    assert app.hears("STOPPING=1")
    assert app.process.wait(WITHIN) == 0


def test_calls_are_taken_once_the_dialplan_sees_it(bare: Lab, tmp_path: Path) -> None:
    """Until then, the heartbeat of the dead app or none is found, and calls take the fallback."""
    beats = Path(bare.dir, "run", "beat")
    beats.unlink(missing_ok=True)
    beats.mkdir()  # the heartbeat cannot be written
    started = App(bare, tmp_path)
    try:
        assert TAKES not in started.hears("STATUS=callers go to the fallback until the heartbeat is visible")
        beats.rmdir()
        assert not any("fallback" in line for line in started.hears(TAKES))
        assert heartbeat_file.get_stopped_seconds(str(beats.parent)) == 0
        assert started.get("/healthz") == 200
    finally:
        started.end()


def test_without_asterisk_it_is_ready_and_waits(bare: Lab, tmp_path: Path) -> None:
    """Otherwise systemd would end it repeatedly, until Asterisk is available."""
    started = App(bare, tmp_path, WARMLINE_ARI_URL="http://127.0.0.1:1/ari")
    try:
        told = started.hears("READY=1")
        assert told[0] == "STATUS=waits for Asterisk" and TAKES not in told
        assert TAKES not in started.hears("WATCHDOG=1")
        assert started.get("/healthz") == 503
    finally:
        started.end()


def test_an_app_that_stands_still_feeds_no_watchdog(app: App) -> None:
    """One part that does so feeds none either, but the supervisor ends it, and systemd must not end the others."""
    app.hears("READY=1")
    app.hears("WATCHDOG=1")
    calls = app_parts.pid_of(app.process.pid, "calls")
    stop_process(calls)
    for _ in range(6):
        app.hears("WATCHDOG=1")
    stop_process(app.process.pid)
    app.channel.settimeout(3 * INTERVAL)
    with pytest.raises(TimeoutError):
        while True:  # data under way first, then none
            app.hears("WATCHDOG=1")
    os.kill(app.process.pid, signal.SIGCONT)
    os.kill(calls, signal.SIGCONT)
    app.channel.settimeout(WITHIN)
    app.hears("WATCHDOG=1")


def stop_process(pid: int) -> None:
    os.kill(pid, signal.SIGSTOP)
    while "State:\tT" not in Path(f"/proc/{pid}/status").read_text():
        time.sleep(0.01)


def test_each_line_of_its_log_is_a_record(app: App) -> None:
    app.hears("READY=1")
    user = app.lab.api_user
    query = f"source=test&user={user['user']}&pass={user['pass']}&agent_user=1000&function=st_get_agent_active_lead"
    app.get(f"/agc/api.php?{query}&value=1000")
    app.end()
    assert all(line.startswith("time=20") and " level=" in line and " msg=" in line for line in app.lines())
    (line,) = [line for line in app.lines() if " at=api " in line]
    assert user["pass"] not in line.replace("1000", "")


def test_an_unknown_style_is_refused(bare: Lab, tmp_path: Path) -> None:
    started = App(bare, tmp_path, executed=True, WARMLINE_LOG="xml")
    assert started.process.wait(WITHIN) == 1
    assert started.lines() == [
        f"warmline serve: {said('setting_log_unknown', value='xml', allowed='logfmt, json, text')}"
    ]
    started.end()


def test_a_reload_applies_the_changeable_settings(app: App) -> None:
    file = Path(app.lab.dir) / "warmline.toml"
    before = file.read_text()
    if TAKES not in app.hears("READY=1"):  # until then, no reload is reported
        app.hears(TAKES)
    try:
        file.write_text(before.replace('ari_app = "warmline"', 'ari_app = "other"') + 'log = "json"\n')
        app.process.send_signal(signal.SIGHUP)
        app.hears("RELOADING=1")
        app.hears("READY=1")
        file.write_text('log = "xml"\n')
        app.process.send_signal(signal.SIGHUP)
        app.hears("RELOADING=1")
        app.hears("READY=1")
        assert app.get("/healthz") == 200
    finally:
        file.write_text(before)
    app.end()
    told = [json.loads(line) for line in app.lines() if line.startswith("{")]
    lines = [one for one in told if one["at"] == "warmline"]  # of the call process and the API process
    for line in (
        ("warning", "ari_app changed: the new value takes effect after a restart of the app"),
        ("info", "settings and configuration have been read again"),
    ):
        assert [(one["level"], one["msg"]) for one in lines].count(line) == 2
    refused = [
        one for one in lines if "the previous settings stay in effect: setting log cannot be 'xml'" in one["msg"]
    ]
    assert len(refused) == 2


def test_pending_requests_are_answered_before_the_end(app: App) -> None:
    """Two requests in one packet: after the answer to the first, the second is under way."""
    app.hears(TAKES)
    user = app.lab.api_user
    query = f"source=test&user={user['user']}&pass={user['pass']}&function=version"
    host, _, port = urlsplit(app.lab.api).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=WITHIN) as asker, asker.makefile("rb") as answer:
        asked = (f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in ("/healthz", f"/agc/api.php?{query}"))
        asker.sendall("".join(asked).encode())
        assert answer.readline() == b"HTTP/1.1 200 OK\r\n"
        app.process.send_signal(signal.SIGTERM)
        app.hears("STOPPING=1")
        assert b"VERSION: " in answer.read()
    assert app.process.wait(WITHIN) == 0
    assert not any("level=error" in line or "Traceback" in line for line in app.lines())
