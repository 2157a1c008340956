"""Whole apps for tests of the gate: each with its own folder and a copy of one database, which can be frozen."""

import asyncio
import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

from ari_app.call_process import STANDS_DOWN
from lab import app_parts
from tests import warm_app
from tests.free_port import free_port

WITHIN = 40.0  # seconds for a start beside other work
LOOKS = 0.02
LOG_SIGNS = {"leads": "this app leads with epoch", "stands down": STANDS_DOWN}


class AppTree:
    """A running app with all its parts, in a session of its own.

    `url` is ARI of the server `main`, and `other` that of `b`; without it, `b` is away. `more` are lines of settings.
    """

    def __init__(self, folder: Path, db: Path, url: str, ari: tuple[str, str], other: str = "", more: str = "") -> None:
        self.folder = folder
        (folder / "run").mkdir(parents=True)
        (folder / "spool").mkdir()
        self.db = folder / "warmline.db"
        for ending in ("", "-wal"):
            if (source := db.with_name(db.name + ending)).exists():
                shutil.copy(source, folder / f"warmline.db{ending}")
        file = folder / "warmline.toml"
        other = other or f"http://127.0.0.1:{free_port()}/ari"
        file.write_text(
            f'db = "{self.db}"\nrun = "{folder}/run"\nspool = "{folder}/spool"\nrecordings = "{folder}"\n'
            f'listen_port = {free_port()}\nari_url = "{url}"\nari_user = "{ari[0]}"\nari_password = "{ari[1]}"\n'
            f'{more}[server.b]\nari_url = "{other}"\nari_password = "{ari[1]}"\n'
        )
        self._log = folder / "log"
        environment = {**os.environ, "WARMLINE_CONFIG": str(file)}
        self.pid = warm_app.fork("ari_app", self._log, folder / "process", environment, 0o077)

    def log(self) -> str:
        """Return the log so far."""
        return self._log.read_text(errors="replace")

    async def until(self, sign: str) -> None:
        """Wait until the log has the text of a sign; a program's log is not an event."""
        until = time.monotonic() + WITHIN
        while LOG_SIGNS.get(sign, sign) not in self.log():
            assert time.monotonic() < until, f"{sign}: {self.log()[-3000:]}"
            await asyncio.sleep(LOOKS)

    def freeze(self) -> None:
        """Stop all parts, as a frozen machine does."""
        self._tell(signal.SIGSTOP, self._processes())

    def wake(self) -> None:
        """Let all parts go on, the supervisor last."""
        self._tell(signal.SIGCONT, self._processes()[::-1])

    async def end(self) -> None:
        """Kill all parts at once."""
        processes = self._processes()
        self._tell(signal.SIGKILL, processes)
        await asyncio.to_thread(_until_ended, processes)

    def _processes(self) -> list[int]:
        """Return the supervisor and its parts, which have sessions of their own."""
        return [self.pid, *app_parts.children(self.pid)]

    def _tell(self, number: signal.Signals, processes: list[int]) -> None:
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


def _until_ended(processes: list[int]) -> None:
    while any(Path(f"/proc/{pid}/exe").exists() for pid in processes):
        time.sleep(LOOKS)
