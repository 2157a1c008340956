"""The lab of the real scenarios with its app on PostgreSQL."""

import asyncio
from itertools import count
from pathlib import Path

from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.postgresql.cluster import DatabaseServer
from tools.simulation.postgresql.moved_lab import moved

NUMBERS = count(1)


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
        name = f"lab_{next(NUMBERS)}"
        self._server.run(f"CREATE DATABASE {name}")
        self.lab, self.address = moved(self.lab, self._server.address(name))
