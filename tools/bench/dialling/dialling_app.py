"""The parts of the call process that dial, with 200 agents, in this process. Asterisk is simulated and costs nothing.

The pulse, the hopper, the last look, the switchboard, the core and the journal are the app's own.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from ari_app.dialler.last_look import LastLook
from ari_app.dialler.lead_hopper import LeadHopper
from ari_app.dialler.pulse import Pulse
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from tools.bench.core.live_core import proof
from tools.bench.dialling.million_leads import CAMPAIGN
from tools.bench.tools.background import Background
from warmline.core.engine.engine import Input
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.command_shapes import new
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialRefused, OriginateToDialplan
from warmline.core.messages.values.server_action import MAIN
from warmline.core.rules.configuration import Agent, Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import connect
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter

AGENTS = [str(2000 + number) for number in range(200)]
ANSWERED = 0.2  # of the leads
RINGS, TALKS = (0.2, 0.5), 2.0  # seconds
BUSY = 17  # cause by Q.850


class TimedSwitchboard(Switchboard):
    """A switchboard that remembers the processor time of each turn, in milliseconds."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]  # passed on as they are
        self.took: list[float] = []

    def _handle(self, entry: Input) -> "Iterator[tuple[Turn, JournalEntry | None]]":
        begun = time.thread_time_ns()
        found = list(super()._handle(entry))
        self.took.append((time.thread_time_ns() - begun) / 1e6)
        return iter(found)


class DiallingApp:
    """An app whose agents talk to the leads that answer. `dials` counts the leads that were dialled."""

    def __init__(self, path: Path, journal: JournalWriter, work: Background) -> None:
        self.dials = 0
        self._work, self._random = work, Random(1)  # noqa: S311 - chance that can be had again
        self._clock = Clock()
        self.board = TimedSwitchboard(World(rules=_rules(path)), journal, self._perform, self._clock)
        self.hopper = LeadHopper(str(path), lambda: self.board.world, self._clock.now, self._clock.machine_time)
        self._look = LastLook(str(path), str(path.parent), lambda: self.board.world, self._clock.machine_time)
        self.pulse = Pulse(lambda: self.board, self.hopper, str(path), str(path.parent), self._clock.now)

    async def start(self) -> None:
        """Log the agents in, and let the campaign dial."""
        self._work.start(self.board.run())
        self.board.reaches(MAIN)
        for user in AGENTS:
            await self.board.post_and_wait(ev.LegArrived(f"phone-{user}", ("login", user), up=True))
            await self._ask(Kind.RESUME, user)
        await self._ask(Kind.DIALLER_START, "", campaign=CAMPAIGN)
        self._work.start(self.pulse.run())

    async def close(self) -> None:
        """End the threads."""
        self.hopper.close()
        self._look.close()
        await self.pulse.close()

    async def _ask(self, kind: Kind, user: str, **fields: str) -> None:
        told = await self.board.ask(new(kind, user, **fields), by="bench", source="bench")
        assert not told.why, f"{kind} of {user}: {told.why}"

    def _perform(self, lane: str, action: do.Action) -> None:
        if isinstance(action, do.Reply):
            self.board.tell(action)
        elif isinstance(action, OriginateToDialplan):
            self._work.start(self._dial(action))
        else:
            for event in proof(self.board.world, action):
                self.board.post(event)

    async def _dial(self, dial: OriginateToDialplan) -> None:
        """Dial a lead: most are busy, others talk for some seconds and hang up."""
        if refused := await self._look.refusal(dial):
            self.board.post(DialRefused(dial.leg, refused.reason, refused.status))
            return
        self.dials += 1
        self.board.post(ev.LegRinging(dial.leg))
        await asyncio.sleep(self._random.uniform(*RINGS))
        if self._random.random() >= ANSWERED:
            self.board.post(ev.LegDestroyed(dial.leg, BUSY))
            return
        self.board.post(ev.LegAnswered(dial.leg))
        await self.board.post_and_wait(ev.LegArrived(dial.leg, ("auto",), up=True))
        await asyncio.sleep(TALKS)
        call = self.board.world.calls.get(dial.call)
        user = call.agent if call else None
        await self.board.post_and_wait(ev.LegDestroyed(dial.leg, 16))
        if user:
            await self._ask(Kind.STATUS, user, status="SALE")


def _rules(path: Path) -> Rules:
    """Return the configuration with 200 agents whose phones stay on the line."""
    with closing(connect(path)) as db:
        rules = load_rules(db)
    return replace(rules, agents={user: Agent(id=user, phone=user, campaign=CAMPAIGN) for user in AGENTS})
