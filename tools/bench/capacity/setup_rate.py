"""Measures how many calls per second can be set up: Warmline and a bare ARI script in turn, each until it fails.

A call is set up when caller and agent, whose phone is on the line, are both in a bridge. Each side has its own lab, and
increases the rate step by step. It fails if the 99th percentile from entering to connected is too long, or a call gets
no agent. Both run the same lines of Warmline's dialplan and get the route by FastAGI; bare_setup.py describes the
script. A call's processor time is that of the application's processes, divided by the number of calls. A step ends at
once, and has failed, when the machine is overrun.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import NamedTuple

import aiohttp

from lab import app_parts, folder
from tools.bench.capacity.limit_search import knee
from tools.bench.capacity.measured_process import program
from tools.bench.tools import machine_load, processor_time
from tools.bench.tools.agent_team import add_phones, agents, names
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED, SCRIPTED, SEAT
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.bridge_meter import APP, Meter
from tools.bench.tools.result import CannotMeasureError, Figures, ResultRow, percentile
from tools.bench.tools.sipp_crowd import Crowd, NeverEndedError, crowd
from warmline.system import settings

TURNS = 2  # how often each side is measured
SECONDS = 4  # seconds of calls in a step
TALK = 0.5  # seconds; the beep to the agent takes 0.43
AGENTS = 150
LATER = 60.0  # seconds until all calls have ended, also after a step that failed
LIMIT = 250.0  # ms, 99th percentile
TEAM = "bench"  # the names of the phones begin like this
RATE_GOAL, WORK_GOAL = 0.8, 4.0


class SetupStep(NamedTuple):
    """One step: calls per second, milliseconds until each was connected, and processor time per call in ms.

    `works` has the processor time of each process of the application, by its name. `load` is the number of processes
    that waited for a processor or used one at the end, as the mean of a minute.
    """

    rate: int
    times: list[float]
    made: int
    works: dict[str, float]
    asterisk: float
    load: float = 0.0

    @property
    def work(self) -> float:
        """Return the processor time of all processes of the application."""
        return sum(self.works.values())

    @property
    def holds(self) -> bool:
        """Return whether all callers had an agent in time."""
        return len(self.times) == self.made and percentile(self.times, 0.99) <= LIMIT


@dataclass
class SetupSide:
    """The results of one side: the highest rate of each turn, and all its steps."""

    rates: list[int] = field(default_factory=list)
    taken: list[SetupStep] = field(default_factory=list)


async def rows(step: Step) -> list[ResultRow]:
    """Increase the rate on both sides, in turn; `step` counts twice TURNS. Raises CannotMeasureError."""
    ours, theirs = SetupSide(), SetupSide()
    for _ in range(TURNS):
        for side, floor in ((ours, warmline), (theirs, script)):
            async with floor() as here:
                side.rates.append(await knee(partial(_holds, here, side)))
            step()
    return judge(ours, theirs)


async def _holds(here: "SetupLab", side: SetupSide, rate: int) -> bool:
    side.taken.append(await here.take(rate))
    return side.taken[-1].holds


def judge(ours: SetupSide, theirs: SetupSide) -> list[ResultRow]:
    """Return rows about the highest rates, and about a call's cost at rates that both sides reached."""
    held = [{taken.rate for taken in side.taken if taken.holds} for side in (ours, theirs)]
    if not (both := held[0] & held[1]):
        raise CannotMeasureError("there is no rate that both sides have held: the machine is too busy")
    (rate, work, asterisk), (their_rate, their_work, their_asterisk) = (_figures(side, both) for side in (ours, theirs))
    parts = {name: _spent([one.works[name] for one in _at(ours, both)]) for name in ours.taken[0].works}
    enough = rate["most"] >= RATE_GOAL * their_rate["most"]
    cheap = work["median"] <= WORK_GOAL * their_work["median"]
    return [
        ResultRow("calls set up", "calls/s", rate, their_rate, f"{RATE_GOAL:g} times the script's or more", enough),
        ResultRow(
            "processor time a call, of the application", "ms", work, their_work, f"{WORK_GOAL:g} times or less", cheap
        ),
        *(ResultRow(f"the same, of the process {name}", "ms", work, their_work) for name, work in parts.items()),
        ResultRow("the same, of Asterisk", "ms", asterisk, their_asterisk),
        ResultRow("load of the machine", "processes", loads(ours.taken), loads(theirs.taken)),
    ]


def _figures(side: SetupSide, rates: set[int]) -> tuple[Figures, Figures, Figures]:
    """Return the rates that the side reached, and at these rates the work of the app and of Asterisk."""
    held: Figures = {"most": max(side.rates), "least": min(side.rates)}
    taken = _at(side, rates)
    return held, _spent([one.work for one in taken]), _spent([one.asterisk for one in taken])


def _at(side: SetupSide, rates: set[int]) -> list[SetupStep]:
    return [taken for taken in side.taken if taken.rate in rates]


def loads(taken: list[SetupStep]) -> Figures:
    """Return the lowest and the highest load of the machine after these steps."""
    return {"least": min(one.load for one in taken), "largest": max(one.load for one in taken)}


def _spent(milliseconds: list[float]) -> Figures:
    return {"median": median(milliseconds), "least": min(milliseconds), "largest": max(milliseconds)}


class SetupLab:
    """A lab with agents on the line; callers dial `number`, and the processes `pids` connect them."""

    def __init__(self, here: BenchLab, people: Crowd, meter: Meter, number: str, pids: dict[str, int]) -> None:
        self._here = here
        self._people = people
        self._meter = meter
        self._number = number
        self._pids = pids

    async def take(self, rate: int, calls: int = 0) -> SetupStep:
        """Make this number of calls at a rate a second, or those of some seconds. Raises CannotMeasureError."""
        asterisk = self._here.lab.pids["asterisk"]
        known, used, by_asterisk = len(self._meter.met), self._used(), processor_time.seconds(asterisk)
        calls = calls or rate * SECONDS
        ended, load = await self._called(rate, calls), machine_load.queue_length()
        await until(self._no_rooms, "not all rooms are closed", LATER)
        works = {name: 1000 * (seconds - used[name]) / calls for name, seconds in self._used().items()}
        theirs = processor_time.seconds(asterisk) - by_asterisk
        times = self._meter.met[known:] if ended else []
        return SetupStep(rate, times, calls, works, 1000 * theirs / calls, load)

    async def _called(self, rate: int, calls: int) -> bool:
        """Let the callers call; return whether all have ended before the machine was overrun."""
        callers = asyncio.ensure_future(self._people.call(self._number, rate, calls, TALK))
        watch = asyncio.ensure_future(machine_load.overrun())
        try:
            await asyncio.wait((callers, watch), return_when=asyncio.FIRST_COMPLETED)
            if callers.done():
                await callers
                return True
        except NeverEndedError:
            return False
        finally:
            watch.cancel()
            callers.cancel()
        await asyncio.wait((callers,))
        await self._hang_up()
        return False

    async def _hang_up(self) -> None:
        """Hang up the callers whose program has ended; the agents stay on the line."""
        for channel in await self._here.ari.request("GET", "channels"):
            if not channel["name"].startswith(f"PJSIP/{TEAM}-"):
                with suppress(CannotMeasureError):  # it has gone by itself
                    await self._here.ari.request("DELETE", f"channels/{channel['id']}")

    def _used(self) -> dict[str, float]:
        return {name: processor_time.seconds(pid) for name, pid in self._pids.items()}

    async def _no_rooms(self) -> bool | None:
        return not await self._here.ari.request("GET", "bridges") or None


@asynccontextmanager
async def setup_lab(
    here: BenchLab, people: Crowd, number: str, fastagi: str, pids: dict[str, int], meter: Meter
) -> AsyncIterator[SetupLab]:
    """Provide a lab whose callers get their routes from `fastagi`, and whose connected calls `meter` sees."""
    where = {"variable": "WARMLINE_FASTAGI", "value": f"agi://{fastagi}"}
    await here.ari.request("POST", "asterisk/variable", **where)
    async with AriScript(here.lab, APP, everything=True) as observer:
        await meter.watch(observer)
        yield SetupLab(here, people, meter, number, pids)


@asynccontextmanager
async def _floor(
    here: BenchLab, number: str, login: str, fastagi: str, pids: dict[str, int], meter: Meter
) -> AsyncIterator[SetupLab]:
    """Provide a lab with all agents on the line."""
    await asyncio.to_thread(add_phones, here, names(TEAM, AGENTS))
    async with (
        crowd(here.lab) as people,
        setup_lab(here, people, number, fastagi, pids, meter) as lab,
        people.team(TEAM, AGENTS, login),
    ):
        await until(lambda: _all_there(here), "not everybody is on the line", LATER)
        yield lab


async def _all_there(here: BenchLab) -> bool | None:
    channels = await here.ari.request("GET", "channels")
    return sum(channel["state"] == "Up" for channel in channels) == AGENTS or None


@asynccontextmanager
async def warmline() -> AsyncIterator[SetupLab]:
    """Provide Warmline; its agents get their dispositions by the agent API while they talk."""
    async with (
        stage(agents(TEAM, AGENTS)) as here,
        aiohttp.ClientSession(base_url=here.lab.api) as http,
        Background() as work,
    ):
        meter = Meter(lambda phone: work.start(_dispose(here, http, phone)))
        fastagi = settings.load({"WARMLINE_CONFIG": f"{here.lab.dir}/{folder.SETTINGS}"}).fastagi
        login, parts = here.lab.phones["1000"]["login"], app_parts.parts(here.lab.pids["warmline"])
        async with _floor(here, MARKED, login, fastagi, parts, meter) as floor:
            yield floor


async def _dispose(here: BenchLab, http: aiohttp.ClientSession, phone: str) -> None:
    user = phone.removeprefix("PJSIP/").rpartition("-")[0]
    query = {"source": "bench", **here.lab.api_user, "agent_user": user, "function": "external_status", "value": "SALE"}
    async with http.get("/agc/api.php", params=query) as response:
        await response.read()


@asynccontextmanager
async def script() -> AsyncIterator[SetupLab]:
    """Provide the bare script, in a separate process, as the application of the lab."""
    async with (
        stage() as here,
        program("tools.bench.capacity.bare_setup", here.lab.dir) as (process, fastagi),
        _floor(here, SCRIPTED, SEAT, fastagi, {"script": process.pid}, Meter(lambda _: None)) as floor,
    ):
        yield floor
