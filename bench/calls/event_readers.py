"""Measures what readers of /api/v1/events and /api/v1/live cost a command, and how soon they get an event.

Agents pause and resume 50 times a second. 200 programs follow one agent each, and five follow all events, as pages for
agents and wallboards do. The baseline is the same load without readers, in turn. The figure is the app's
processor time for a command.
"""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import aiohttp

from bench.tools import agent_team
from bench.tools.background import Background
from bench.tools.bench_lab import BenchLab, stage
from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread
from lab import app_parts
from lab.description import Lab

COUNT = 4  # turns of each kind
TEAM = "watched"
AGENTS = agent_team.names(TEAM, 20)  # the agents that pause and resume
FOLLOWED = agent_team.names(TEAM, 200)  # a reader for each of these names
EVERYTHING = 5  # readers of all events
RATE = 50.0  # commands a second
SECONDS = 4.0  # of a turn
SETTLES = 0.5  # seconds for the last events of a turn to arrive
RATIO = 1.3
AT_MOST = 30.0  # ms from the commit to a reader, 95th percentile
TICK = os.sysconf("SC_CLK_TCK")


class LoadedTurn(NamedTuple):
    """Milliseconds: the app's processor time for each command, the time of each command, and of each event."""

    used: float
    took: list[float]
    came: list[float]


async def measure(count: int, step: Step) -> BenchResult:
    """Measure `count` turns with readers and as many without. Raises CannotMeasureError."""
    queries = [*({"agent": name} for name in FOLLOWED), *({} for _ in range(EVERYTHING))]
    without, events, live = [], [], []
    async with stage(_team()) as here, _site(here) as site:
        await _turn(here, site, "", [])  # warm-up
        for _ in range(count):
            without.append(await _turn(here, site, "", []))
            events.append(await _turn(here, site, "events", queries))
            live.append(await _turn(here, site, "live", queries))
            step()
    came = spread([moment for one in events for moment in one.came])
    took, alone = (spread([moment for one in turns for moment in one.took]) for turns in (events, without))
    return BenchResult(
        "readers",
        "no reader",
        [
            _used_row("events", events, without),
            _used_row("the live state", live, without),
            ResultRow("request → answer of a command", "ms", took, alone),
            ResultRow(
                "event → reader",
                "ms",
                {"p95": came["p95"]} | came,
                {"p95": 0.0} | dict.fromkeys(came, 0.0),
                f"{AT_MOST:g} ms or less",
                came["p95"] <= AT_MOST,
            ),
        ],
    )


def _used_row(what: str, turns: list[LoadedTurn], without: list[LoadedTurn]) -> ResultRow:
    ours, theirs = (spread([one.used for one in some]) for some in (turns, without))
    readers = len(FOLLOWED) + EVERYTHING
    name, met = f"processor time of a command, {readers} readers of {what}", ours["median"] <= RATIO * theirs["median"]
    return ResultRow(name, "ms", ours, theirs, f"{RATIO} or less", met)


def _team() -> str:
    return "".join(
        f'[phone.{name}]\n[agent.{name}]\nphone = "{name}"\ncampaign = "TESTCAMP"\nphone_mode = "on_hook"\n'
        for name in AGENTS
    )


@asynccontextmanager
async def _site(here: BenchLab) -> AsyncIterator[aiohttp.ClientSession]:
    """Yield a client of the JSON API; the agents are logged in and paused."""
    agent_team.add_phones(here, AGENTS)
    login = {"Authorization": f"Bearer {(Path(here.lab.dir) / 'run/token').read_text().strip()}"}
    lasting, everybody = aiohttp.ClientTimeout(total=None), aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(here.lab.api, headers=login, timeout=lasting, connector=everybody) as site:
        for name in AGENTS:
            await _command(site, name, "login")
        yield site


async def _turn(here: BenchLab, site: aiohttp.ClientSession, path: str, queries: list[dict[str, str]]) -> LoadedTurn:
    """Give commands for SECONDS beside a reader at that path for each query."""
    came: list[float] = []
    took: list[float] = []
    async with Background() as readers:
        opened = [asyncio.get_running_loop().create_future() for _ in queries]
        for query, is_open in zip(queries, opened, strict=True):
            readers.start(_read(site, path, query, is_open, came))
        await asyncio.gather(*opened)
        came.clear()
        before = _used(here.lab)
        begun, commands = time.monotonic(), []
        for n in range(int(RATE * SECONDS)):
            await asyncio.sleep(begun + n / RATE - time.monotonic())
            agent, round_ = AGENTS[n % len(AGENTS)], n // len(AGENTS)
            commands.append(asyncio.create_task(_timed(site, agent, "pause" if round_ % 2 else "resume", took)))
        await asyncio.gather(*commands)
        await asyncio.sleep(SETTLES)
        used = (_used(here.lab) - before) * 1000 / len(took)
    if queries and not came:
        raise CannotMeasureError("the readers got no event")
    return LoadedTurn(used, took, came)


async def _read(
    site: aiohttp.ClientSession,
    path: str,
    query: dict[str, str],
    is_open: "asyncio.Future[None]",
    came: list[float],
) -> None:
    """Note milliseconds from the time of each event to its arrival, without end."""
    async with site.get(f"/api/v1/{path}", params=query) as response:
        if response.status != 200:
            why = f"a reader gets no events: {response.status} {await response.text()}"
            is_open.set_exception(CannotMeasureError(why))
            return
        async for line in response.content:
            now = time.time()
            if line.startswith(b"id: ") and not is_open.done():
                is_open.set_result(None)
            elif line.startswith(b"data: "):
                at = json.loads(line[6:]).get("at")  # an event of the live state has none
                came.append((now - datetime.fromisoformat(at).timestamp()) * 1000 if at else 0.0)


async def _timed(site: aiohttp.ClientSession, agent: str, name: str, took: list[float]) -> None:
    begun = time.monotonic()
    await _command(site, agent, name)
    took.append((time.monotonic() - begun) * 1000)


async def _command(site: aiohttp.ClientSession, agent: str, name: str) -> None:
    """Give a command. Raises CannotMeasureError if it is not done."""
    async with site.post(f"/api/v1/agents/{agent}/{name}", json={}) as response:
        if response.status != 201:
            raise CannotMeasureError(f"{name} of {agent}: {response.status} {await response.text()}")


def _used(lab: Lab) -> float:
    """Return the seconds of processor time that the app has used."""
    calls = app_parts.pid_of(lab.pids["warmline"], "calls")
    fields = Path(f"/proc/{calls}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK
