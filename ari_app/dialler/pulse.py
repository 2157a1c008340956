"""The pulse: at each change, and each 250 ms, the app asks what each running campaign begins now.

It sleeps until there is a dialler, so that calls without campaigns do not pay for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from ari_app.dialler.campaign_pacers import CampaignPacers
from ari_app.dialler.idle_alarm import IdleAlarm
from ari_app.dialler.lead_hopper import LeadHopper
from ari_app.dialler.pacing_records import PacingRecords
from ari_app.switchboard.switchboard import Switchboard
from warmline.core.dialler import dialler_view
from warmline.core.dialler.campaign_shares import CampaignShares
from warmline.core.messages.dialler_messages import DialHalted, PacingDecided
from warmline.core.model.dialler import Dialler, PulseFacts
from warmline.core.pacing.pacing_decision import Decision
from warmline.core.rules import reasons
from warmline.system import dial_stop_file

EVERY = 0.25  # seconds
IDLE_EVERY = 1_000_000  # microseconds between looks at idle diallers
COMMIT_WITHIN = 200  # milliseconds, as in the switchboard

log = logging.getLogger("warmline.dialler")

Found = TypeVar("Found")


class Pulse:
    """Proposes calls to the core; `now` returns microseconds UTC. The core checks every proposal again."""

    def __init__(
        self,
        board: Callable[[], Switchboard],
        hopper: LeadHopper,
        db: str,
        run: str,
        now: Callable[[], int],
    ) -> None:
        self._board, self._hopper, self._run, self._now = board, hopper, run, now
        self._late_commits = 0
        self._pacers = CampaignPacers(PacingRecords(db))
        self._shares = CampaignShares()
        self._idle, self._idle_looked_at = IdleAlarm(), 0

    async def run(self) -> None:
        """Propose calls without end."""
        while True:
            board = self._board()
            changed = board.dialling.next_ring()
            if board.world.diallers:
                await self.beat()
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), EVERY)
            else:
                await changed.wait()
                self._late_commits = board.late_before_dialling  # a late disk of last week halts no new dialler

    async def beat(self) -> None:
        """Propose what each running campaign begins now, and wait until it is on record."""
        board = self._board()
        if why := self._doubt(board):
            if any(one.running and one.begins_at <= self._now() for one in board.world.diallers.values()):
                await asyncio.shield(await board.post_and_wait(DialHalted(why)))
            return
        await self._alarm(board)
        decided = [
            found
            for one in [*board.world.diallers.values()]
            if (found := await self._or_halt(board, one.id, self._decide(board, one)))
        ]
        wanted = {campaign: min(decision.new_calls, self._hopper.ready(campaign)) for campaign, decision in decided}
        most = self._shares.share(board.world, wanted, self._now())
        written = {
            campaign: await self._or_halt(board, campaign, self._propose(board, campaign, decision, most[campaign]))
            for campaign, decision in decided
        }
        for campaign, done in written.items():
            if done:
                await self._or_halt(board, campaign, asyncio.shield(done))

    def _doubt(self, board: Switchboard) -> str:
        """Return why the app cannot rely on its disk, or ""."""
        late, self._late_commits = board.late_commits > self._late_commits, board.late_commits
        return reasons.COMMITS_LATE.text(limit=COMMIT_WITHIN) if late else ""

    async def _alarm(self, board: Switchboard) -> None:
        """Once a second, tell which diallers begin no call although agents are READY."""
        now = self._now()
        if 0 <= now - self._idle_looked_at < IDLE_EVERY or dial_stop_file.is_set(self._run):
            return
        self._idle_looked_at = now
        views = dialler_view.list_views(board.world, [*board.world.diallers], now, pulses=board.pulses)
        for change in self._idle.changes(views, now):
            await asyncio.shield(await board.post_and_wait(change))

    async def _or_halt(self, board: Switchboard, campaign: str, step: Awaitable[Found]) -> Found | None:
        """Take a step of a campaign. An error halts its dialler only; it must not end the process of the live calls."""
        try:
            return await step
        except Exception as error:
            log.exception("the pacing of campaign %s failed", campaign)
            self._pacers.drop(campaign)
            why = reasons.PACING_FAILED.text(error=type(error).__name__)
            await asyncio.shield(await board.post_and_wait(DialHalted(why, campaign)))
            return None

    async def _decide(self, board: Switchboard, dialler: Dialler) -> tuple[str, Decision] | None:
        """Return a campaign, and what it would begin and give up now; None if it does not dial."""
        board.pulses.pop(dialler.id, None)
        if not dialler.running:
            self._hopper.forget(dialler.id)
            self._pacers.forget(dialler.id, self._now())
            return None
        if not board.connected or self._now() < dialler.begins_at or dial_stop_file.is_set(self._run):
            return None
        campaign = board.world.rules.campaign(dialler.id)
        if campaign.dial_method == "MANUAL":
            return None
        await self._pacers.begin(board.world.rules, campaign, dialler, self._now())
        dialler = board.world.diallers[dialler.id]  # it may have changed
        decision = self._pacers.decide(board.world, campaign, dialler, self._now())
        board.pulses[dialler.id] = self._facts(dialler.id, decision)
        return dialler.id, decision

    async def _propose(
        self, board: Switchboard, campaign: str, decision: Decision, most: int
    ) -> "asyncio.Future[None] | None":
        """Propose up to `most` calls; return a future that is done when they are on record, or None without any."""
        leads = self._hopper.take(campaign, most)
        if not leads and not decision.hopeless_calls:
            return None
        event = PacingDecided(
            campaign,
            tuple(leads),
            decision.hopeless_calls,
            ready=decision.ready_agents,
            in_flight=decision.calls_in_flight,
            threshold=decision.threshold_permille,
            risk=decision.expected_drops_permille,
        )
        return await board.post_and_wait(event)

    def _facts(self, campaign: str, decision: Decision) -> PulseFacts:
        """Return what people see of a pulse."""
        leads, none = self._hopper.at_hand(campaign), self._hopper.no_lead(campaign)
        return PulseFacts(
            leads, none.why, none.until, decision.free_soon, decision.threshold_permille, decision.away_agents
        )

    async def close(self) -> None:
        """Keep what was learnt."""
        await self._pacers.close(self._now())
