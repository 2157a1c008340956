"""Legs that were put on hold while nobody listened to Asterisk: each is asked after the picture has been read."""

import asyncio
from collections.abc import Callable

from ari_app.asterisk.ari_client import AriClient
from ari_app.asterisk.hold_state import holds
from warmline.core.model.events import Event, LegHoldChanged
from warmline.core.model.leg import Phase
from warmline.core.state.world import World


class HoldCheck:
    """One leg after the other, in nobody's way: what the core does after a restart goes first."""

    def __init__(self, client: AriClient, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._client, self._world, self._post = client, world, post
        self._looking: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Begin; returns at once. A look that still goes on is given up."""
        self.close()
        self._looking = asyncio.create_task(self._look())

    def close(self) -> None:
        """Give up a look that goes on."""
        if self._looking:
            self._looking.cancel()

    async def _look(self) -> None:
        up = [leg.id for leg in self._world().legs.values() if leg.phase is Phase.UP and not leg.held]
        for leg in up:
            if await holds(self._client, leg):
                self._post(LegHoldChanged(leg, on=True))
                if not await holds(self._client, leg):  # taken back meanwhile, which was told before it was known
                    self._post(LegHoldChanged(leg, on=False))
