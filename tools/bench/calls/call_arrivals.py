"""Measures how soon a caller has an agent at 20 calls per second: Warmline and a bare ARI script in turn.

Both have the same number of nailed-up agents, more than are needed at once. All calls run the same lines of Warmline's
dialplan, with AGI, up to Stasis(), so that the work on the legs is equal. app_queue is no baseline, because it would
ring a phone for each call.

Both take turns in blocks of some seconds, so that the machine is the same; their agents stay on the line throughout.
Each of Warmline's calls gets a disposition by the agent API while it continues, as part of the load.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import aiohttp

from tools.bench.tools.agent_team import add_phones, agents, names
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.bare_queue import BareQueue
from tools.bench.tools.bench_dialplan import MARKED, SCRIPTED, SEAT
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.bridge_meter import APP, Meter
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow, percentile
from tools.bench.tools.sipp_crowd import Crowd, crowd

COUNT = 60  # seconds of calls for each side
RATE = 20  # calls per second
TALK = 1.0  # seconds from the answer to the hang-up
BLOCK = 15  # seconds of calls in one turn
AGENTS = 30  # for each side; 20 of them talk at a time
BEYOND = 250.0  # ms
OURS, THEIRS = "warmline", "script"  # the two teams, by the names of their phones


class ArrivalTimes(NamedTuple):
    """The result of one side: milliseconds from entering to connected, and the number of calls."""

    times: list[float]
    made: list[int]


async def measure(count: int, step: Step) -> BenchResult:
    """Call for `count` seconds on each side. Raises CannotMeasureError."""
    ours, theirs = ArrivalTimes([], []), ArrivalTimes([], [])
    async with _floor() as (people, meter):
        for seconds in [1, *_blocks(count)]:  # the first round is a warm-up
            for side, number in ((ours, MARKED), (theirs, SCRIPTED)):
                await _block(people, meter, number, seconds, side)
            for _ in range(seconds if len(ours.made) > 1 else 0):
                step()
    return BenchResult("calls", "bare script", _rows(ours, theirs))


def _blocks(seconds: int) -> list[int]:
    return [BLOCK] * (seconds // BLOCK) + [seconds % BLOCK] * (seconds % BLOCK > 0)


async def _block(people: Crowd, meter: Meter, number: str, seconds: int, side: ArrivalTimes) -> None:
    before = len(meter.met)
    await people.call(number, RATE, RATE * seconds, TALK)
    found = meter.met[before:]
    if side.made:
        side.times.extend(found)
    side.made.append(RATE * seconds)


def _rows(ours: ArrivalTimes, theirs: ArrivalTimes) -> list[ResultRow]:
    mine, control = _figures(ours.times), _figures(theirs.times)
    met = mine["p99"] <= control["p99"] + BEYOND
    lost = [{"calls": float(sum(side.made[1:]) - len(side.times))} for side in (ours, theirs)]
    return [
        ResultRow("entering → connected", "ms", mine, control, f"baseline + {BEYOND:g} ms or less", met),
        ResultRow("never connected", "calls", lost[0], lost[1], "0", lost[0]["calls"] == 0),
    ]


def _figures(times: Sequence[float]) -> Figures:
    if not times:
        raise CannotMeasureError("no call was connected")
    ordered = sorted(times)
    return {"p99": percentile(ordered, 0.99), "median": median(ordered), "largest": ordered[-1], "n": len(ordered)}


@asynccontextmanager
async def _floor() -> AsyncIterator[tuple[Crowd, Meter]]:
    """Provide both teams, ready on the line, and the observer."""
    async with stage(agents(OURS, AGENTS)) as here, aiohttp.ClientSession(base_url=here.lab.api) as http:
        await asyncio.to_thread(add_phones, here, [*names(OURS, AGENTS), *names(THEIRS, AGENTS)])
        work = Background()
        bare = BareQueue(here.ari, work)
        async with (
            work,
            crowd(here.lab) as people,
            AriScript(here.lab, APP, everything=True) as observer,
            people.team(OURS, AGENTS, here.lab.phones["1000"]["login"]),
            people.team(THEIRS, AGENTS, SEAT),
        ):

            def met(agent: str) -> None:
                user = agent.removeprefix("PJSIP/").rpartition("-")[0]
                if user.startswith(OURS):
                    work.start(_dispose(here, http, user))

            meter = Meter(met)
            await meter.watch(observer)
            await until(lambda: _all_ready(here, http, bare), "not all agents are ready")
            yield people, meter


async def _dispose(here: BenchLab, http: aiohttp.ClientSession, user: str) -> None:
    query = {"source": "bench", **here.lab.api_user, "agent_user": user, "function": "external_status", "value": "SALE"}
    async with http.get("/agc/api.php", params=query) as response:
        answer = (await response.text()).strip()
    if not answer.startswith("SUCCESS"):
        raise CannotMeasureError(f"the disposition of {user}: {answer}")


async def _all_ready(here: BenchLab, http: aiohttp.ClientSession, bare: BareQueue) -> bool | None:
    token = (Path(here.lab.dir) / "run/token").read_text().strip()
    async with http.get("/api/v1/agents", headers={"Authorization": f"Bearer {token}"}) as response:
        ready = [agent for agent in await response.json() if agent["state"] == "READY"]
    return (len(ready) == AGENTS and bare.idle == AGENTS) or None
