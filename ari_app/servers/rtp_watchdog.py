"""Reports phones that send no packets. Such a phone may be dead, if no `rtp_timeout` of its endpoint ends its calls.

The watchdog does not hang up. Some phones send no packets during silence, and would lose their call.
"""

import asyncio
import logging
from collections.abc import Callable

from ari_app.asterisk.rtp_statistics import packets
from ari_app.process.logs import about
from warmline.ari.client.ari_client import AriClient
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.world.world import World

log = logging.getLogger("warmline.phones")

EVERY = 60.0  # seconds between two checks
SPEAK = (Role.CUSTOMER, Role.AGENT, Role.THIRD)
SILENT = "leg %s (%s) has sent no packets for %d s; if its phone is dead, rtp_timeout of its endpoint ends the call"


class RtpWatchdog:
    """Checks packet counters; `silent` are the legs whose phones sent nothing between the last two checks."""

    def __init__(self, client: AriClient, world: Callable[[], World]) -> None:
        self._client = client
        self._world = world
        self._sent: dict[str, int] = {}  # packets at the last check, by leg
        self.silent: frozenset[str] = frozenset()

    async def watch(self) -> None:
        """Check without end."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """Read the packet counters of every phone, and log each phone once when it falls silent."""
        before, self._sent = self._sent, {}
        world, server = self._world(), self._client.server
        for leg in [leg for leg in world.legs.values() if _speaks(leg) and leg.server == server]:
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
