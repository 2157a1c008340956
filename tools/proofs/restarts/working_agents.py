"""The load: callers all the time, whose agents park them, leave three-way calls and give each call a disposition."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tools.bench.tools.agent_team import names
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED
from tools.bench.tools.bench_lab import BenchLab
from tools.bench.tools.bridge_meter import APP, Meter
from tools.bench.tools.sipp_crowd import Crowd, NeverEndedError, crowd
from tools.proofs.restarts.command_clients import CommandClient
from tools.proofs.restarts.keyed_commands import agent_api, promise

TEAM = "load"
AGENTS = names(TEAM, 24)
RATE = 2  # calls a second
TALK = 3.0  # seconds from the answer to the hang-up
BLOCK = 15  # seconds of calls of one run of sipp
MOMENT = 0.3  # seconds before each command of an agent
PATIENCE = 5.0  # seconds until an agent gives a command up that the call no longer needs
THIRD = "4930111"
Step = tuple[str, str, dict[str, str]]  # function, value and further fields
PARKED: tuple[Step, ...] = (("park_call", "PARK_CUSTOMER", {}), ("park_call", "GRAB_CUSTOMER", {}))
LEFT: tuple[Step, ...] = (
    ("transfer_conference", "DIAL_WITH_CUSTOMER", {"phone_number": THIRD}),
    ("transfer_conference", "LEAVE_3WAY_CALL", {}),
)
STORIES: tuple[tuple[Step, ...], ...] = ((), LEFT, PARKED, (), LEFT)


class WorkingAgents:
    """Callers and their agents. `made` is the number of callers; `stuck` are runs whose callers never hung up."""

    def __init__(self, people: Crowd, sender: CommandClient, work: Background) -> None:
        self.made = 0
        self.stuck: list[str] = []
        self._people, self._sender, self._work = people, sender, work
        self._numbers = itertools.count(1)

    async def run(self, over: asyncio.Event) -> None:
        """Let callers come until `over` is set; return when all have hung up."""
        async with asyncio.TaskGroup() as blocks:
            while not over.is_set():
                blocks.create_task(self._block())
                with suppress(TimeoutError):
                    await asyncio.wait_for(over.wait(), BLOCK)

    async def _block(self) -> None:
        calls = RATE * BLOCK
        self.made += calls
        try:
            await self._people.call(MARKED, RATE, calls, TALK)
        except NeverEndedError as problem:
            self.stuck.append(f"{problem}")

    def met(self, phone: str) -> None:
        """Begin the story of the agent who has a caller."""
        user = phone.removeprefix("PJSIP/").rpartition("-")[0]
        if user in AGENTS:
            self._work.start(self._story(user, next(self._numbers)))

    async def _story(self, user: str, number: int) -> None:
        for step, (function, value, fields) in enumerate(STORIES[number % len(STORIES)]):
            await asyncio.sleep(MOMENT)
            command = agent_api(f"story-{number}-{step}", user, function, value, **fields)
            await self._sender.give(command, PATIENCE)
        await asyncio.sleep(MOMENT)
        await self._sender.give(promise(f"story-{number}", user))


@asynccontextmanager
async def working_agents(here: BenchLab, sender: CommandClient) -> AsyncIterator[WorkingAgents]:
    """Provide the load in a lab with its agents on the line; it begins with `run`."""
    async with (
        Background() as work,
        crowd(here.lab) as people,
        AriScript(here.lab, APP, everything=True) as observer,
        people.team(TEAM, len(AGENTS), here.lab.phones["1000"]["login"]),
    ):
        load = WorkingAgents(people, sender, work)
        meter = Meter(load.met)
        await meter.watch(observer)
        yield load
