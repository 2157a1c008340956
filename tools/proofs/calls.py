"""Runs 10,000 calls through the app on a real Asterisk: does every call end, and does memory grow?

Callers and agents are sipp's, and the routing uses FastAGI. Of ten calls, five are ordinary, two are parked and fetched
back, and three become three-way calls that the agent leaves. Every third call is recorded, also after the leave. After
each thousand calls the run pauses; then the memory and open files of the app are read, and for comparison those of
Asterisk.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression

import aiohttp

from lab import app_parts, folder
from tools.bench.tools import final_checks
from tools.bench.tools.agent_team import add_phones, agents, names
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.bridge_meter import APP, Meter
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow
from tools.bench.tools.sipp_crowd import Crowd, crowd
from warmline.system import settings

COUNT = 10_000
RATE = 20  # calls per second
TALK = 3.0  # seconds from the answer to the hang-up
BLOCK = 1000  # calls until a pause
AGENTS = 80
TEAM = "soak"
MOMENT = 0.3  # seconds from the beep, and from each answer, to the agent's next request
LATER = 60.0  # seconds until all calls have ended
LONGEST = 13 * 60.0  # seconds after which no further block begins
SPOILED = 0.01  # the share of callers whom a busy machine may cost their agent
THIRD = "4930111"
TOLD = 5  # examples of each kind
ENOUGH = 4  # blocks of which the second half shows growth
GROWTH = 100.0  # KB per thousand calls
CHANGES = """
[campaign.TESTCAMP]
leave_3way_start_recording = "ALL_CALLS"
customer_3way_hangup_action = "DISPO"
customer_3way_hangup_seconds = 1
"""

RECORD = {"function": "recording", "value": "START"}
DISPOSE = {"function": "external_status", "value": "SALE"}
TALKED: tuple[dict[str, str], ...] = ()
PARKED = ({"function": "park_call", "value": "PARK_CUSTOMER"}, {"function": "park_call", "value": "GRAB_CUSTOMER"})
LEFT = (
    {"function": "transfer_conference", "value": "DIAL_WITH_CUSTOMER", "phone_number": THIRD},
    {"function": "transfer_conference", "value": "LEAVE_3WAY_CALL"},
)
KINDS = (TALKED, LEFT, TALKED, PARKED, LEFT, TALKED, LEFT, TALKED, PARKED, TALKED)


@dataclass
class ProgramSample:
    """The memory in KB and the open files of one program at each pause."""

    memory: list[float] = field(default_factory=list)
    files: list[float] = field(default_factory=list)

    def look(self, pid: int) -> None:
        """Read them now."""
        status = Path(f"/proc/{pid}/status").read_text()
        self.memory.append(float(status.partition("VmRSS:")[2].split()[0]))
        self.files.append(float(sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())))


class SoakLab:
    """A lab with agents on the line, who handle their calls as KINDS says."""

    def __init__(self, here: BenchLab, people: Crowd, meter: Meter, work: Background) -> None:
        self.here = here
        self.refused: list[str] = []
        self._people, self._meter, self._work = people, meter, work
        self._numbers = itertools.count()
        self._http: aiohttp.ClientSession

    @property
    def times(self) -> list[float]:
        """Return the milliseconds until each caller had an agent."""
        return self._meter.met

    async def block(self, calls: int) -> None:
        """Make this number of calls, and wait until they have ended. Raises CannotMeasureError."""
        async with aiohttp.ClientSession(base_url=self.here.lab.api) as self._http:
            await self._people.call(MARKED, RATE, calls, TALK)
            with suppress(CannotMeasureError):  # remaining calls are counted at the end
                await until(self._quiet, "not all calls are over", LATER)

    def begin(self, phone: str) -> None:
        """Start the story of the agent who has got a caller."""
        self._work.start(self._story(phone.removeprefix("PJSIP/").rpartition("-")[0], next(self._numbers)))

    async def _story(self, user: str, number: int) -> None:
        recorded = [RECORD] if number % 3 == 0 else []
        for request in (*recorded, *KINDS[number % len(KINDS)], DISPOSE):
            await asyncio.sleep(MOMENT)
            await self._ask(user, **request)

    async def _ask(self, user: str, **request: str) -> None:
        query = {"source": "bench", **self.here.lab.api_user, "agent_user": user, **request}
        async with self._http.get("/agc/api.php", params=query) as response:
            answer = (await response.text()).strip()
        if not answer.startswith("SUCCESS"):
            self.refused.append(answer)

    async def _quiet(self) -> bool | None:
        if self._work or final_checks.still_open(self.here.lab.db):
            return None
        return not await self.orphans() or None

    async def orphans(self) -> list[str]:
        """Return what Asterisk has besides the agents on the line."""
        return await final_checks.orphans(self.here, f"PJSIP/{TEAM}-")


async def measure(count: int, step: Step) -> BenchResult:
    """Make `count` calls, or as many as fit into `LONGEST` seconds. Raises CannotMeasureError."""
    app, asterisk, made = ProgramSample(), ProgramSample(), 0
    async with _floor() as floor:
        pids, begun = floor.here.lab.pids, time.monotonic()
        for calls in _blocks(count):
            if time.monotonic() - begun > LONGEST:
                break
            await floor.block(calls)
            made += calls
            app.look(app_parts.pid_of(pids["warmline"], "calls"))
            asterisk.look(pids["asterisk"])
            for _ in range(calls):
                step()
        left = await floor.orphans()
        ended = _ended(floor, made, left)
        long_enough = ResultRow("calls made", "", _count(made), _count(count), f"{count}", made == count)
        return BenchResult("soak", "Asterisk", [*ended, long_enough, *grown(app, asterisk)])


def _blocks(count: int) -> list[int]:
    return [BLOCK] * (count // BLOCK) + [count % BLOCK] * (count % BLOCK > 0)


def _ended(floor: SoakLab, calls: int, orphans: list[str]) -> list[ResultRow]:
    """Return rows about how all calls ended."""
    path = floor.here.lab.db
    there = {
        "calls": final_checks.count(path, "SELECT count(*) FROM call"),
        "left to a third": final_checks.count(path, "SELECT count(*) FROM call WHERE left IS NOT NULL"),
        "recordings": final_checks.count(path, "SELECT count(*) FROM recording WHERE status = 'kept'"),
        "commands": final_checks.count(path, "SELECT count(*) FROM receipt"),
        "journal rows": final_checks.count(path, "SELECT count(*) FROM journal"),
    }
    unmet, few = calls - len(floor.times), SPOILED * calls
    lost = [f"{calls - there['calls']:g} of {calls}"] * (there["calls"] < calls)
    for answer in floor.refused[:TOLD]:
        print(f"soak: refused: {answer}", file=sys.stderr)
    return [
        _none("callers that are not among the calls in the database", lost),
        ResultRow("callers without an agent", "", _count(unmet), _count(0), f"{SPOILED:.0%} or fewer", unmet <= few),
        _none("calls without an end", final_checks.endless(path)),
        _none("calls, receipts and recordings still open", final_checks.still_open(path)),
        _none("recordings whose row is untrue", final_checks.untrue(path)),
        _none("orphans: channels and bridges", orphans),
        _none("broken places in the journal", final_checks.broken(path)),
        ResultRow("commands refused: the caller was gone", "", _count(len(floor.refused)), _count(0)),
        ResultRow("there were", "", there, dict.fromkeys(there, 0.0)),
    ]


def _none(what: str, found: list[str]) -> ResultRow:
    _say(what, found)
    return ResultRow(what, "", _count(len(found)), _count(0), "0", not found)


def _count(number: int) -> Figures:
    return {"count": float(number)}


def _say(what: str, found: Iterable[str]) -> None:
    for text in itertools.islice(found, TOLD):
        print(f"soak: {what}: {text}", file=sys.stderr)


def grown(app: ProgramSample, asterisk: ProgramSample) -> list[ResultRow]:
    """Return rows about memory and open files in the second half, after startup: the app's must not grow."""
    memory, control = _memory(app.memory), _memory(asterisk.memory)
    files, theirs = _files(app.files), _files(asterisk.files)
    enough = len(app.memory) >= ENOUGH
    slow, no_more = memory["a thousand calls"] <= GROWTH, files["later"] <= files["first half"]
    return [
        ResultRow("memory", "KB", memory, control, f"{GROWTH:g} more a thousand calls", slow if enough else None),
        ResultRow("open files, at most", "", files, theirs, "no more later", no_more if enough else None),
    ]


def _memory(values: Sequence[float]) -> Figures:
    """Return how much a thousand calls add in the second half, and the first and last value."""
    late = values[len(values) // 2 :]
    slope = linear_regression(range(len(late)), late).slope if len(late) > 1 else 0.0
    return {"a thousand calls": slope, "first": values[0], "last": values[-1]}


def _files(values: Sequence[float]) -> Figures:
    half = (len(values) + 1) // 2
    return {"later": max(values[half:], default=values[-1]), "first half": max(values[:half])}


@asynccontextmanager
async def _floor() -> AsyncIterator[SoakLab]:
    """Provide the lab with all agents on the line. Raises CannotMeasureError."""
    async with stage(agents(TEAM, AGENTS) + CHANGES) as here:
        fastagi = settings.load({"WARMLINE_CONFIG": f"{here.lab.dir}/{folder.SETTINGS}"}).fastagi
        await here.ari.request("POST", "asterisk/variable", variable="WARMLINE_FASTAGI", value=f"agi://{fastagi}")
        await asyncio.to_thread(add_phones, here, names(TEAM, AGENTS))
        async with (
            Background() as work,
            crowd(here.lab) as people,
            AriScript(here.lab, APP, everything=True) as observer,
            people.team(TEAM, AGENTS, here.lab.phones["1000"]["login"]),
        ):
            meter = Meter(lambda phone: floor.begin(phone))
            floor = SoakLab(here, people, meter, work)
            await meter.watch(observer)
            await until(lambda: _all_ready(here), "not all agents are ready", LATER)
            yield floor


async def _all_ready(here: BenchLab) -> bool | None:
    token = (Path(here.lab.dir) / "run/token").read_text().strip()
    async with (
        aiohttp.ClientSession(base_url=here.lab.api, headers={"Authorization": f"Bearer {token}"}) as http,
        http.get("/api/v1/agents") as response,
    ):
        return sum(agent["state"] == "READY" for agent in await response.json()) == AGENTS or None
