"""Measures what readers of /api/v1/events and /api/v1/live cost a command, and how soon they get a change.

Agents pause and resume 50 times a second. 200 programs follow one agent each, and five follow everything, as pages for
agents and wallboards do. The baseline is the same load without readers, in turn. The figure is the processor time of
the process that has the calls, for a command. Before, 1,000 readers come and go; then all places must be free.
"""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import aiohttp

from bench.calls import pausing_team
from bench.calls.pausing_team import PausingTeam
from bench.tools import agent_team, processor_time
from bench.tools.background import Background
from bench.tools.bench_lab import stage
from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread
from lab import app_parts

COUNT = 4  # turns of each kind
TEAM = "watched"
AGENTS = agent_team.names(TEAM, 20)  # the agents that pause and resume
FOLLOWED = agent_team.names(TEAM, 200)  # a reader for each of these names
EVERYTHING = 5  # readers of all changes
OF_TOKEN = 10  # readers that may share a token
SCOPES = "agents:read,calls:read,events:read"
RATE = 50.0  # commands a second
RATIO = 1.1
AT_MOST = 30.0  # ms from a change to a reader, 95th percentile
COME_AND_GO = 1000  # readers
PATHS = ("events", "live")


class LoadedTurn(NamedTuple):
    """Milliseconds: the processor time for each command, the time of each command, and of each change to a reader."""

    used: float
    took: list[float]
    came: list[float]


async def measure(count: int, step: Step) -> BenchResult:
    """Measure `count` turns with readers and as many without. Raises CannotMeasureError."""
    queries = [*({"agent": name} for name in FOLLOWED), *({} for _ in range(EVERYTHING))]
    without: list[LoadedTurn] = []
    turns: dict[str, list[LoadedTurn]] = {path: [] for path in PATHS}
    tokens = (len(FOLLOWED) + EVERYTHING) // OF_TOKEN + 1
    async with (
        stage(pausing_team.configuration(AGENTS)) as here,
        pausing_team.opened(here, AGENTS, tokens, SCOPES) as team,
    ):
        lost = await _come_and_go(team)
        await _turn(team, "", [])  # warm-up
        for _ in range(count):
            without.append(await _turn(team, "", []))
            for path in PATHS:
                turns[path].append(await _turn(team, path, queries))
            step()
    rows = [row for path in PATHS for row in _rows(f"/{path}", turns[path], without)]
    places = ResultRow(
        f"places lost by {COME_AND_GO} readers", "", {"count": float(lost)}, {"count": 0.0}, "0", lost == 0
    )
    return BenchResult("readers", "no reader", [*rows, places])


def _rows(path: str, turns: list[LoadedTurn], without: list[LoadedTurn]) -> Iterator[ResultRow]:
    ours, theirs = (spread([one.used for one in some]) for some in (turns, without))
    name, met = f"processor time of a command, 205 readers of {path}", ours["median"] <= RATIO * theirs["median"]
    yield ResultRow(name, "ms", ours, theirs, f"{RATIO} or less", met)
    took, alone = (spread([moment for one in some for moment in one.took]) for some in (turns, without))
    yield ResultRow(f"request → answer of a command, readers of {path}", "ms", took, alone)
    came = spread([moment for one in turns for moment in one.came])
    yield ResultRow(
        f"change → reader of {path}",
        "ms",
        {"p95": came["p95"]} | came,
        {"p95": 0.0} | dict.fromkeys(came, 0.0),
        f"{AT_MOST:g} ms or less",
        came["p95"] <= AT_MOST,
    )


async def _come_and_go(team: PausingTeam) -> int:
    """Open and close readers, as many at once as the tokens may have; return how many found no place."""
    lost, at_once = 0, len(FOLLOWED)
    for batch in range(COME_AND_GO // at_once + 1):
        query = {"agent": FOLLOWED[batch]}
        found = await asyncio.gather(*(_opened(team, number, query) for number in range(at_once)))
        lost += sum(one is None for one in found)
        for response in filter(None, found):
            response.close()
    return lost


async def _opened(team: PausingTeam, number: int, query: dict[str, str]) -> aiohttp.ClientResponse | None:
    response = await team.http.get(
        f"/api/v1/{PATHS[number % 2]}", params=query, headers=team.readers[number // OF_TOKEN]
    )
    if response.status == 200:
        return response
    response.close()
    return None


async def _turn(team: PausingTeam, path: str, queries: list[dict[str, str]]) -> LoadedTurn:
    """Give commands beside a reader at that path for each query."""
    came: list[float] = []
    async with Background() as readers:
        opened = [asyncio.get_running_loop().create_future() for _ in queries]
        for number, (query, is_open) in enumerate(zip(queries, opened, strict=True)):
            login = team.readers[number // OF_TOKEN]
            readers.start(_read(team.http, login, path, query, is_open, came))
        await asyncio.gather(*opened)
        came.clear()
        calls = app_parts.pid_of(team.here.lab.pids["warmline"], "calls")
        before = processor_time.of_living(calls)
        took = await team.load(AGENTS, RATE)
        used = (processor_time.of_living(calls) - before) * 1000 / len(took)
    if queries and not came:
        raise CannotMeasureError("the readers got no change")
    return LoadedTurn(used, took, came)


async def _read(
    http: aiohttp.ClientSession,
    login: dict[str, str],
    path: str,
    query: dict[str, str],
    is_open: "asyncio.Future[None]",
    came: list[float],
) -> None:
    """Note milliseconds from the time of each change to its arrival, without end."""
    kind = b""
    async with http.get(f"/api/v1/{path}", params=query, headers=login) as response:
        if response.status != 200:
            why = f"a reader gets nothing: {response.status} {await response.text()}"
            is_open.set_exception(CannotMeasureError(why))
            return
        async for line in response.content:
            now = time.time()
            if line.startswith(b"id: ") and not is_open.done():
                is_open.set_result(None)
            elif line.startswith(b"event: "):
                kind = line[7:].strip()
            elif line.startswith(b"data: ") and kind != b"whole":
                came.extend((now - at) * 1000 for at in _times(path, json.loads(line[6:])))


def _times(path: str, message: dict[str, Any]) -> Iterator[float]:
    """Yield when each change of a message happened, in seconds UTC."""
    times = [message["at"]] if path == "events" else [agent["since"] for agent in message["agents"]]
    for text in times:
        yield datetime.fromisoformat(text).timestamp()
