"""The load beside an attack: ten calls a second, leaves and dispositions, in a lab."""

import asyncio
import itertools
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from lab import folder
from lab.description import Lab
from tools.bench.flood.command_path import DONE, CommandPath, LocalSocket, kept_connections
from tools.bench.tools import api_tokens, final_checks
from tools.bench.tools.agent_team import add_phones, agents, names
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bridge_meter import APP, Meter
from tools.bench.tools.result import CannotMeasureError
from tools.bench.tools.sipp_crowd import Crowd, crowd, far_end
from warmline.system import settings

RATE = 10  # calls a second
TALK = 2.5  # seconds from the answer to the hang-up
AGENTS = 50
TEAM = "flood"
THIRD = "4930111"  # the third party of every second call
MOMENT = 0.3  # seconds between two requests of an agent
WITHIN = 60.0  # seconds for the agents to be ready, and for the calls to end
PROBES = ("probe-1", "probe-2")  # agents without a phone, whom the probes pause and resume
LOGINS = 20  # API users who have never logged in
SCOPES = {"crm": "ALL", "reader": "agents:read,calls:read,leads:read,events:read,reports:read"}

READY = "SELECT count(*) FROM agent_interval WHERE state = 'READY' AND ended IS NULL AND agent LIKE 'flood-%'"
SETTINGS = """
[campaign.TESTCAMP]
customer_3way_hangup_action = "DISPO"
customer_3way_hangup_seconds = 1
"""


def _changes(size: int) -> str:
    agent = '[phone.{0}]\n[agent.{0}]\nphone = "{0}"\ncampaign = "TESTCAMP"\nphone_mode = "on_hook"\n'
    user = '[api-user.login-{}]\npass = "right"\nfunctions = "ALL_FUNCTIONS"\n'
    parts = (SETTINGS, agents(TEAM, size), *map(agent.format, PROBES), *map(user.format, range(LOGINS)))
    return "".join(parts)


@dataclass
class CallLoad:
    """The lab with its agents on the line. `times`: milliseconds of each command of the agents; `leaves` of leaves."""

    here: BenchLab
    people: Crowd
    local: CommandPath
    http: CommandPath
    tokens: dict[str, str]
    work: Background
    prepared: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    leaves: list[float] = field(default_factory=list)
    size: int = AGENTS
    refused: list[str] = field(default_factory=list)
    meter: Meter = field(init=False)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def call(self, seconds: float) -> None:
        """Let callers come for this time, and wait until their calls have ended. Raises CannotMeasureError."""
        await self.people.call(MARKED, RATE, round(RATE * seconds), TALK)
        with suppress(CannotMeasureError):  # the remaining calls are counted by the caller
            await until(self._quiet, "not all calls are over", WITHIN)

    @property
    def port(self) -> int:
        """Return the app's HTTP port."""
        return int(self.here.lab.api.rpartition(":")[2])

    async def restarted(self, lab: Lab) -> None:
        """Go on with the lab after a restart of its app."""
        self.here = self.here._replace(lab=lab)
        await self.ready()
        await until(self._guard_is_calm, "the guard has not seen the app again", WITHIN)

    async def ready(self) -> None:
        """Wait until all agents are READY. Raises CannotMeasureError."""
        await until(self._all_ready, "not all agents are READY", WITHIN)

    async def give(self, path: CommandPath, where: str, body: dict[str, str]) -> float:
        """Give a command; return its milliseconds. An answer without a receipt is noted in `refused`."""
        begun = time.monotonic()
        if (status := await path.give(where, body)) != DONE:
            self.refused.append(f"{where}: {status}")
        return (time.monotonic() - begun) * 1000

    def begin(self, phone: str) -> None:
        """Start the story of the agent who has got a caller."""
        self.work.start(self._story(phone.removeprefix("PJSIP/").rpartition("-")[0], next(self._numbers)))

    async def _story(self, user: str, number: int) -> None:
        agent = f"/agents/{user}"
        await asyncio.sleep(MOMENT)
        if number % 2:
            await self.give(self.local, f"{agent}/transfers", {"kind": "DIAL_WITH_CUSTOMER", "number": THIRD})
            await asyncio.sleep(MOMENT)
            took = await self.give(self.local, f"{agent}/transfers", {"kind": "LEAVE_3WAY_CALL"})
            self.times.append(took)
            self.leaves.append(took)
        self.times.append(await self.give(self.local, f"{agent}/disposition", {"status": "SALE"}))

    async def _quiet(self) -> bool | None:
        return not (self.work or final_checks.still_open(self.here.lab.db)) or None

    async def _guard_is_calm(self) -> bool | None:
        lines = await asyncio.to_thread(Path(self.here.lab.dir, "log/guard.log").read_text)
        return lines.count("has been stopped") == lines.count("the app is back") or None

    async def _all_ready(self) -> bool | None:
        return await asyncio.to_thread(final_checks.count, self.here.lab.db, READY) == self.size or None


@asynccontextmanager
async def call_load(size: int = AGENTS, database: Path | None = None) -> AsyncIterator[CallLoad]:
    """Provide the lab with so many agents, and a copy of `database`. Raises LabError, CannotMeasureError."""
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        work = await enter(Background())
        trunk = await enter(far_end(stack.enter_context(_unread())))
        here = await enter(stage(_changes(size), trunk=trunk, database=database))
        await asyncio.to_thread(add_phones, here, [*names(TEAM, size), *PROBES])
        fastagi = settings.load({"WARMLINE_CONFIG": f"{here.lab.dir}/{folder.SETTINGS}"}).fastagi
        await here.ari.request("POST", "asterisk/variable", variable="WARMLINE_FASTAGI", value=f"agi://{fastagi}")
        tokens = await api_tokens.create(here.lab, SCOPES)
        local = LocalSocket(here.lab)
        http = await enter(kept_connections(here.lab, tokens["crm"]))
        people = await enter(crowd(here.lab))
        load = CallLoad(here, people, local, http, tokens, work, size=size)
        load.meter = Meter(load.begin)
        await load.meter.watch(await enter(AriScript(here.lab, APP, everything=True)))
        await enter(people.team(TEAM, size, here.lab.phones["1000"]["login"]))
        for probed in PROBES:
            await load.give(local, f"/agents/{probed}/login", {})
        await load.ready()
        if load.refused:
            raise CannotMeasureError(f"a command before the attacks was refused: {load.refused[0]}")
        yield load


@contextmanager
def _unread() -> Iterator[int]:
    """Yield the port of a socket that is never read, for the sound to the third parties."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sound:
        sound.bind(("127.0.0.1", 0))
        yield sound.getsockname()[1]
