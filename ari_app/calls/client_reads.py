"""Reads Asterisk for clients of the APIs, so seldom that no call waits for it."""

import asyncio
from collections.abc import Callable

from ari_app.asterisk import reconcile, snapshot
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.calls import conversation_lookup
from ari_app.link.call_control import Orphans
from ari_app.switchboard.clock import Clock
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.world.world import World

EVERY = 0.1  # seconds at least from one snapshot to the next


class ClientReads:
    """Shared snapshots: one is in progress at most, and all requests that come during it share the next one.

    No request shares a snapshot that began before it: a client may name a channel that is a millisecond old.
    """

    def __init__(self, client: AriClient, world: Callable[[], World], clock: Clock) -> None:
        self._client = client
        self._world = world
        self._clock = clock
        self._turn = asyncio.Lock()
        self._due = 0.0  # seconds of the loop's clock
        self._next: asyncio.Task[AsteriskSnapshot] | None = None
        self._current: asyncio.Task[AsteriskSnapshot] | None = None  # the loop itself keeps no task

    async def orphans(self) -> Orphans:
        """Return Warmline's channels and bridges that belong to no call or agent session. Raises AriError."""
        return reconcile.orphans(await self._snapshot(), self._world())

    async def conversation(self, wanted: str) -> OutsideTalk | str:
        """Return the conversation of a channel or a phone, or why there is none to adopt. Raises AriError."""
        return conversation_lookup.in_snapshot(await self._snapshot(), wanted)

    async def _snapshot(self) -> AsteriskSnapshot:
        if self._next is None:
            self._next = asyncio.create_task(self._read())
        return await asyncio.shield(self._next)

    async def _read(self) -> AsteriskSnapshot:
        loop = asyncio.get_running_loop()
        async with self._turn:
            await asyncio.sleep(self._due - loop.time())
            self._due = loop.time() + EVERY
            self._current, self._next = self._next, None
            return await snapshot.read(self._client, (), self._clock.now(), for_client=True)
