"""Finds the legs of calls that ended when their server was lost: it was only cut off, and its channels are still there.

The core hangs up the legs that it requested. A caller's leg would begin a new call with the id of the closed one.
"""

import asyncio
import logging
from collections.abc import Callable

from warmline.ari.client.request_timeout import limit_time
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.model.call_ends import ENDED_BY_ASTERISK
from warmline.core.world.world import World
from warmline.store.calls import cut_off_calls
from warmline.store.database.database import StoreError

READ_WITHIN = 2.0  # seconds that the database may take; a server must not wait for a disk that hangs

log = logging.getLogger("warmline.servers")


class CutOffLegs:
    """Knows the calls of a server that were lost with it: from this process, and from the database `db`."""

    def __init__(self, server: str, db: str, world: Callable[[], World]) -> None:
        self._server, self._db, self._world = server, db, world
        self._calls: set[str] = set()

    def lose(self) -> None:
        """Note that the open calls of the server are about to be lost."""
        self._calls |= {call.id for call in self._world().calls.values() if call.server == self._server}

    async def among(self, arrived: list[LegArrived]) -> set[str]:
        """Return the legs of lost calls among those that were found at a connection."""
        calls = {event.leg: event.call for event in arrived if event.call}
        if not calls:
            return set()
        try:
            async with limit_time(READ_WITHIN):
                stored = await asyncio.to_thread(cut_off_calls.among, self._db, calls.values(), ENDED_BY_ASTERISK)
        except (StoreError, TimeoutError) as error:
            why = str(error) or f"no answer within {READ_WITHIN:g} s"
            log.warning("server %s: calls that were lost with it cannot be read: %s", self._server, why)
            stored = set()
        lost = self._calls | stored
        return {leg for leg, call in calls.items() if call in lost}

    def forget(self) -> None:
        """Forget the lost calls: the server is connected, and their legs have been requested to end."""
        self._calls.clear()
