"""The pulse: at each change, and each 250 ms, the app asks what each running campaign begins now."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from ari_app.dialler.lead_hopper import LeadHopper
from ari_app.switchboard.switchboard import Switchboard
from warmline.core.model.dial_lead import Dialler, PacingDecided
from warmline.core.state.call_matcher import CAMPAIGN
from warmline.core.state.world import World
from warmline.system import no_dial

EVERY = 0.25  # seconds


class Pulse:
    """Proposes calls to the core; `now` returns microseconds UTC. The core checks every proposal again."""

    def __init__(self, board: Callable[[], Switchboard], hopper: LeadHopper, run: str, now: Callable[[], int]) -> None:
        self._board, self._hopper, self._run, self._now = board, hopper, run, now

    async def run(self) -> None:
        """Propose calls without end."""
        while True:
            changed = self._board().committed.next_ring()
            await self.beat()
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), EVERY)

    async def beat(self) -> None:
        """Propose what each running campaign begins now, and wait until it is on record."""
        board = self._board()
        for dialler in [*board.world.diallers.values()]:
            await self._propose(board, dialler)

    async def _propose(self, board: Switchboard, dialler: Dialler) -> None:
        if not dialler.running:
            self._hopper.forget(dialler.id)
            return
        if not board.connected or self._now() < dialler.begins_at or no_dial.is_set(self._run):
            return
        ready, in_flight = situation(board.world, dialler.id)
        leads = self._hopper.take(dialler.id, max(0, ready - in_flight))
        if leads:
            event = PacingDecided(dialler.id, tuple(leads), ready=ready, in_flight=in_flight)
            await asyncio.shield(await board.post_and_wait(event))


def situation(world: World, campaign: str) -> tuple[int, int]:
    """Return the READY agents of a campaign whose phones stay on the line, and its calls without an agent."""
    return len(world.matcher.ready_agents(CAMPAIGN + campaign)), world.lead_calls.without_agent(campaign)
