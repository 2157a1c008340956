"""Lets the worker process work for the app that leads alone, where the database is one of PostgreSQL.

The process waits until its call process tells the epoch of its lease. Each write is one of that epoch, and each deed
outside of the database follows a look at the lease (leader_epoch.must_lead).
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from warmline.store.database import leader_epoch, lease_renewal
from warmline.store.database.database import StoreError
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import is_address

GRACE = 5.0  # seconds for a call process that has started again, and now tells its new epoch


class LeaderFence:
    """The epoch of this process, and the look whether it still leads. With a database in a file, it does nothing."""

    def __init__(self, database: str) -> None:
        self._database, self._of_server = database, is_address(database)
        self._told = asyncio.Event()
        if self._of_server:
            write_epoch.write_under(write_epoch.NOT_TOLD)

    def take(self, epoch: int) -> None:
        """Take the epoch that the call process has."""
        if self._of_server:
            write_epoch.write_under(epoch)
        self._told.set()

    async def then(self, part: Coroutine[Any, Any, None]) -> None:
        """Run a part without end, behind the first word of the call process."""
        try:
            if self._of_server:
                await self._told.wait()
            await part
        finally:
            part.close()

    async def watch(self) -> None:
        """Look at the lease without end. Raises StoreError once another app has led for GRACE seconds."""
        loop, since = asyncio.get_running_loop(), float("inf")
        await self._told.wait()
        while True:
            if not self._of_server:
                await asyncio.Event().wait()
            await asyncio.sleep(lease_renewal.RENEWED)  # no event tells that a lease has gone to another app
            try:
                await asyncio.to_thread(leader_epoch.must_lead, self._database)
                since = float("inf")
            except StoreError as error:
                if error.code != "app_leads_no_more":  # the server does not answer
                    continue
                since = min(since, loop.time())
                if loop.time() - since > GRACE:
                    raise
