"""The real app as a process, without an Asterisk; it still accepts dispositions."""

import http.client
import json
import os
import signal
import time
from contextlib import closing, suppress
from pathlib import Path

from lab import configure, process
from lab.configure import Change
from tests import warm_app
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.model.call_states import AgentState
from warmline.store.configuration import config

RELOADED = "settings and configuration have been read again"
RELOAD = 2  # parts that say so: the call process and the API process
UMASK = 0o022  # of a shell that starts it; the app has one of its own
WITHIN = 60.0  # seconds until an app must have started, on a busy machine


class BareApp:
    """Runs from its creation until it is killed; its files, and those of the next app, are in `folder`."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self._port, self._folder = port, folder
        places = {"db": folder / "warmline.db", "run": folder, "spool": folder / "spool", "listen_port": port}
        nobody = {"ari_url": "http://127.0.0.1:1/ari"}
        environ = {f"WARMLINE_{name.upper()}": str(value) for name, value in (places | nobody | settings).items()}
        self.log = folder / "app.log"
        self._record = folder / "app.pid"
        self._record.touch(0o600)
        self.pid = warm_app.fork("ari_app", self.log, self._record, os.environ | environ, UMASK)
        until = time.monotonic() + WITHIN
        while not self._answers():
            if not self._runs() or time.monotonic() > until:
                self.kill()
                raise AssertionError(self.log.read_text())
            time.sleep(0.01)  # the app cannot report this

    def _runs(self) -> bool:
        return process.running(self._record) is not None

    def _answers(self) -> bool:
        """Any answer counts. The supervisor opens the port before the app listens there."""
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=WITHIN)) as probe:
            try:
                probe.request("GET", "/healthz")
                probe.getresponse()
            except ConnectionRefusedError:
                return False
            except (ConnectionError, http.client.HTTPException):  # it wants TLS
                return True
            return True

    def ask_code(self, user: str, key: str) -> http.client.HTTPConnection:
        """Send the disposition of the agent's last call; the answer comes later."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        token = (self._folder / "token").read_text()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        body = json.dumps({"status": "SALE", "notes": "on its way"})
        connection.request("POST", f"/api/v1/agents/{user}/disposition", body, headers)
        return connection

    def reload(self) -> None:
        """Reload its settings, and wait until that is done."""
        said = self.log.read_text().count(RELOADED)
        os.kill(self.pid, signal.SIGHUP)
        self.says(RELOADED, said + RELOAD)

    def says(self, text: str, times: int = 1) -> None:
        """Wait until its log has this text this often."""
        until = time.monotonic() + WITHIN
        while self.log.read_text().count(text) < times:
            assert self._runs() and time.monotonic() < until, self.log.read_text()
            time.sleep(0.01)  # only its log shows this

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        if self._runs():
            process.kill(self.pid)


def status(connection: http.client.HTTPConnection) -> int | None:
    """Return the answer's status; None if none came."""
    with closing(connection), suppress(OSError, http.client.HTTPException):
        return connection.getresponse().status
    return None


def after_their_calls(folder: Path, agents: int, *changes: Change) -> list[str]:
    """Provide a database with this many agents in DISPO after their calls; return the agents' names."""
    path = folder / "warmline.db"
    configure.fill(path, list(changes))
    users = [str(2000 + number) for number in range(agents)]
    for user in users:
        config.create(path, "phone", user, {}, who="test")
        options = {"phone": user, "campaign": "TESTCAMP", "ingroups": "AGENTDIRECT"}
        config.create(path, "agent", user, options, who="test")
    lab = RecordedDriver(path)
    for user in users:
        lab.log_in(user)
        lab.hang_up(lab.customer("agent", user, name=f"customer-{user}"))
        assert lab.session(user).state is AgentState.DISPO
    lab.close()
    return users
