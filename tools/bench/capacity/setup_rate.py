"""A lab with agents on the line, whose callers come at a rate: Warmline, or a bare ARI script.

A call is set up when caller and agent, whose phone is on the line, are both in a bridge. Both sides run the same lines
of Warmline's dialplan and get the route by FastAGI; bare_setup.py describes the script. A call's processor time is that
of the application's processes, divided by the number of calls. A step ends at once when the machine is overrun.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

import aiohttp

from lab import app_parts, folder
from tools.bench.capacity.measured_process import program
from tools.bench.tools import machine_load, processor_time
from tools.bench.tools.agent_team import add_phones, agents, names
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED, SCRIPTED, SEAT
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bridge_meter import APP, Meter
from tools.bench.tools.result import CannotMeasureError, Figures
from tools.bench.tools.sipp_crowd import Crowd, NeverEndedError, crowd
from warmline.system import settings

SECONDS = 4  # seconds of calls in a step
TALK = 0.5  # seconds; the beep to the agent takes 0.43
AGENTS = 150
LATER = 60.0  # seconds until all calls have ended, also after a step that failed
TEAM = "bench"  # the names of the phones begin like this


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


def loads(taken: list[SetupStep]) -> Figures:
    """Return the lowest and the highest load of the machine after these steps."""
    return {"least": min(one.load for one in taken), "largest": max(one.load for one in taken)}


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
