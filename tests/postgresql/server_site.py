"""The lab of the real scenarios with its app on PostgreSQL: moved there, as the page about it says."""

import asyncio
import time
from itertools import count
from pathlib import Path

from lab import instance, process, programs
from lab.folder import SETTINGS
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.agi.routing_facts import copy_of
from warmline.store.maintenance.move import move
from warmline.system.database_address import DatabaseAddress

NUMBERS = count(1)
WITHIN = 60.0  # seconds, on a busy machine


class ServerSite(LabSite):
    """One lab whose app works with a database of a server."""

    def __init__(self, folder: Path, server: DatabaseServer) -> None:
        super().__init__(folder)
        self._server = server

    @property
    def database(self) -> str:
        return self.address

    async def open(self) -> None:
        """Start the lab, move its database while the app is stopped, and start the app with the address."""
        await super().open()
        await asyncio.to_thread(self._move)

    def _move(self) -> None:
        process.stop(programs.app_record(self.folder))
        name = f"lab_{next(NUMBERS)}"
        self._server.run(f"CREATE DATABASE {name}")
        self.address = DatabaseAddress(self._server.address(name), self.lab.db)
        move(self.lab.db, self.address)
        settings = self.folder / SETTINGS
        settings.write_text(settings.read_text().replace(f'db = "{self.lab.db}"', f'db = "{self.address.whole}"'))
        self.lab = instance.restart_app(self.folder)
        until = time.monotonic() + WITHIN
        while not Path(copy_of(self.address)).exists():  # scripts that run as processes read it alone
            assert time.monotonic() < until
            time.sleep(0.05)  # another process writes it, without an event here
