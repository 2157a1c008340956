"""Phones that send nothing: dead, where their endpoint's `rtp_timeout` does not end such calls.

They are told of, not hung up: a phone that sends no packets while nobody speaks would lose its call.
"""

import asyncio
import logging
from collections.abc import Callable

from ari_app.asterisk.ari_client import AriClient
from ari_app.asterisk.rtp_statistics import packets
from ari_app.process.logs import about
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.state.world import World

log = logging.getLogger("warmline.phones")

EVERY = 60.0  # seconds between two looks
SPEAK = (Role.CUSTOMER, Role.AGENT, Role.THIRD)
SILENT = "leg %s (%s) has sent nothing for %d s: if its phone is dead, rtp_timeout of its endpoint ends the call"


class RtpWatchdog:
    """`silent` are the legs whose phones sent nothing between the last two looks."""

    def __init__(self, client: AriClient, world: Callable[[], World]) -> None:
        self._client = client
        self._world = world
        self._sent: dict[str, int] = {}  # packets, at the last look
        self.silent: frozenset[str] = frozenset()

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """Ask how much has come of every phone, and tell once of each that has fallen silent."""
        before, self._sent = self._sent, {}
        world = self._world()
        for leg in [leg for leg in world.legs.values() if _speaks(leg)]:
            if counted := await packets(self._client, leg.id):
                self._sent[leg.id] = counted.rxcount
        silent = frozenset(leg for leg, sent in self._sent.items() if before.get(leg) == sent)
        for one in [world.legs[name] for name in sorted(silent - self.silent) if name in world.legs]:
            log.warning(SILENT, one.id, one.role, EVERY, extra=about(_call_of(world, one)))
        self.silent = silent


def _speaks(leg: Leg) -> bool:
    return leg.phase is Phase.UP and not leg.held and leg.role in SPEAK


def _call_of(world: World, leg: Leg) -> str:
    if leg.role is not Role.AGENT:
        return leg.owner
    session = world.sessions.get(leg.owner)
    return (session.call or "") if session else ""
