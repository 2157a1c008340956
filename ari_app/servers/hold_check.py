"""Checks, after each synchronization, which legs were put on hold while no events arrived."""

import asyncio
from collections.abc import Callable

from ari_app.asterisk.hold_state import holds
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegHoldChanged
from warmline.core.model.leg import Phase
from warmline.core.world.world import World


class HoldCheck:
    """Checks one leg after another, so that the core's own requests after a restart come first."""

    def __init__(self, client: AriClient, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._client, self._world, self._post = client, world, post
        self._looking: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Begin a check and return at once; a check in progress is cancelled."""
        self.close()
        self._looking = asyncio.create_task(self._look())

    def close(self) -> None:
        """Cancel a check in progress."""
        if self._looking:
            self._looking.cancel()

    async def _look(self) -> None:
        server, legs = self._client.server, self._world().legs.values()
        up = [leg.id for leg in legs if leg.phase is Phase.UP and not leg.held and leg.server == server]
        for leg in up:
            if await holds(self._client, leg):
                self._post(LegHoldChanged(leg, on=True))
                if not await holds(self._client, leg):  # the hold ended during the check, and its event came first
                    self._post(LegHoldChanged(leg, on=False))
