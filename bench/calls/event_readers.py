"""Measures how readers of /api/v1/events slow down commands.

An agent pauses and resumes while 50 programs read the events, and in turn while one program does. The app's processor
time for each command is compared. The readers follow another agent, as a page for one agent does, or all events, as a
wallboard does.
"""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from bench.tools.bench_lab import BenchLab, stage
from bench.tools.bench_progress import Step
from bench.tools.handoff import AGENT, HandoffSide
from bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread

COUNT = 6  # turns of each kind
MANY = 50
COMMANDS = 60  # commands in a turn
RATIO = 1.5
TICK = os.sysconf("SC_CLK_TCK")
OTHERS = {"agent": f"{AGENT}-another"}
EVERYTHING: dict[str, str] = {}


async def measure(count: int, step: Step) -> BenchResult:
    """Measure milliseconds of processor time per command, `count` turns of each kind. Raises CannotMeasureError."""
    kinds = [(number, query) for query in (OTHERS, EVERYTHING) for number in (1, MANY)]
    found: list[list[float]] = [[] for _ in kinds]
    async with stage() as here, HandoffSide(here) as desk:
        await _turn(here, desk, 1, OTHERS)  # warm-up
        for _ in range(count):
            for (number, query), figures in zip(kinds, found, strict=True):
                figures.append(await _turn(here, desk, number, query))
            step()
    others, everything = _row("others", found[0], found[1]), _row("everything", found[2], found[3])
    return BenchResult("readers", "one reader", [others, everything])


def _row(what: str, one: list[float], many: list[float]) -> ResultRow:
    ours, theirs = spread(many), spread(one)
    met = ours["median"] <= RATIO * theirs["median"]
    return ResultRow(
        f"processor time of a command, {MANY} readers of {what}", "ms", ours, theirs, f"{RATIO} or less", met
    )


async def _turn(here: BenchLab, desk: HandoffSide, readers: int, query: dict[str, str]) -> float:
    """Return milliseconds of the app's processor time for each of COMMANDS commands."""
    async with _following(here, readers, query):
        before = _used(here)
        for n in range(COMMANDS):
            await desk.ask("external_pause", "RESUME" if n % 2 else "PAUSE")
        return (_used(here) - before) * 1000 / COMMANDS


@asynccontextmanager
async def _following(here: BenchLab, readers: int, query: dict[str, str]) -> AsyncIterator[None]:
    """Let this number of programs read the events."""
    login = {"Authorization": f"Bearer {(Path(here.lab.dir) / 'run/token').read_text().strip()}"}
    lasting = aiohttp.ClientTimeout(total=None)
    everybody = aiohttp.TCPConnector(limit=0)
    async with AsyncExitStack() as stack:
        session = aiohttp.ClientSession(here.lab.api, headers=login, timeout=lasting, connector=everybody)
        await stack.enter_async_context(session)
        for n in range(readers):
            response = await stack.enter_async_context(session.get("/api/v1/events", params=query))
            if response.status != 200:
                raise CannotMeasureError(f"reader {n + 1} gets no events: {response.status}")
            await response.content.readuntil(b"\n\n")
        yield


def _used(here: BenchLab) -> float:
    """Return the seconds of processor time that the app has used."""
    fields = Path(f"/proc/{here.lab.pids['warmline']}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK
