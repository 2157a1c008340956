"""Whole apps for tests of the gate: each with its own folder and a copy of one database, which can be frozen."""

import asyncio
import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

from lab import app_parts
from tests import warm_app
from tests.free_port import free_port

LOOKS = 0.02


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
        environment = {**os.environ, "WARMLINE_CONFIG": str(file)}
        self.pid = warm_app.fork("ari_app", folder / "log", folder / "process", environment, 0o077)

    def freeze(self) -> None:
        """Stop all parts, as a frozen machine does."""
        self._tell(signal.SIGSTOP, self._processes())

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
