"""Measures what open pages of the workspace cost: 200 agents' screens and five overviews, beside none.

Agents pause and resume 10 and 50 times a second. The figures are the processor time of the API process and of the call
process for a change. The time from a change to its pages is another figure, and so is the time of a leave.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

import aiohttp

from lab import app_parts
from tools.bench.calls import pausing_team
from tools.bench.calls.leave import timed
from tools.bench.calls.pausing_team import PausingTeam
from tools.bench.tools import agent_team, processor_time
from tools.bench.tools.background import Background
from tools.bench.tools.bench_lab import BenchLab, stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.handoff import HandoffSide
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread

COUNT = 4  # turns of each kind
TEAM = "page"
AGENTS = agent_team.names(TEAM, 200)  # with a page each
BUSY = AGENTS[:20]  # the agents that pause and resume
OVERVIEWS = 5
OF_TOKEN = 4  # pages that share a token: half of what it may have, because old ones may still end
SCOPES = "agents:read,calls:read,leads:read"
RATES = (10.0, 50.0)  # commands a second
AT_MOST = 2.0  # ms of the API process for a change, more than without pages
RATIO = 1.1  # of a leave
LEAVES = 10  # of each kind
HELLO = '{"hello": {"page": "bench", "phone": false}}'


class PageTurn(NamedTuple):
    """Milliseconds: the processor time of each process for a change, and of each change to its pages."""

    api: float
    calls: float
    came: list[float]


async def measure(count: int, step: Step) -> BenchResult:
    """Measure `count` turns at each rate with pages, and as many without. Raises CannotMeasureError."""
    turns: dict[tuple[float, bool], list[PageTurn]] = {(rate, some): [] for rate in RATES for some in (True, False)}
    left: dict[bool, list[float]] = {True: [], False: []}
    async with (
        stage(pausing_team.configuration(AGENTS)) as here,
        pausing_team.opened(here, AGENTS, (len(AGENTS) + OVERVIEWS) // OF_TOKEN + 1, SCOPES) as team,
        HandoffSide(here) as desk,
    ):
        await _turn(team, RATES[0])  # warm-up
        for _ in range(count):
            for rate in RATES:
                turns[rate, False].append(await _turn(team, rate))
                async with _open_pages(team) as came:
                    turns[rate, True].append(await _turn(team, rate, came))
            step()
        for some in (False, True) * LEAVES:
            async with _open_pages(team) if some else _no_pages():
                left[some].append(await _leave(here, desk))
    rows = [row for rate in RATES for row in _rows(rate, turns[rate, True], turns[rate, False])]
    ours, theirs = spread(left[True]), spread(left[False])
    met = ours["median"] <= RATIO * theirs["median"]
    rows.append(ResultRow("leave: request → ChannelLeftBridge", "ms", ours, theirs, f"{RATIO} or less", met))
    return BenchResult("workspace", "no page", rows)


def _rows(rate: float, turns: list[PageTurn], without: list[PageTurn]) -> Iterator[ResultRow]:
    said = f"{rate:g} changes a second"
    ours, theirs = (spread([one.api for one in some]) for some in (turns, without))
    met = ours["median"] - theirs["median"] <= AT_MOST
    goal = f"baseline + {AT_MOST:g} ms or less"
    yield ResultRow(f"processor time of the API process for a change, {said}", "ms", ours, theirs, goal, met)
    ours, theirs = (spread([one.calls for one in some]) for some in (turns, without))
    yield ResultRow(f"processor time of the call process for a change, {said}", "ms", ours, theirs)
    came = spread([moment for one in turns for moment in one.came])
    yield ResultRow(f"change → page, {said}", "ms", {"p95": came["p95"]} | came, dict.fromkeys(came, 0.0))


@asynccontextmanager
async def _no_pages() -> AsyncIterator[list[float]]:
    yield []


@asynccontextmanager
async def _open_pages(team: PausingTeam) -> AsyncIterator[list[float]]:
    """Open a page for each agent and the overviews; yield the milliseconds of each change to its page, so far."""
    came: list[float] = []
    queries = [*({"agent": name} for name in AGENTS), *({"view": "overview"} for _ in range(OVERVIEWS))]
    async with Background() as pages:
        opened = [asyncio.get_running_loop().create_future() for _ in queries]
        for number, (query, is_open) in enumerate(zip(queries, opened, strict=True)):
            pages.start(_follow(team.http, team.readers[number // OF_TOKEN], query, is_open, came))
        await asyncio.gather(*opened)
        yield came


async def _follow(
    http: aiohttp.ClientSession,
    login: dict[str, str],
    query: dict[str, str],
    is_open: "asyncio.Future[None]",
    came: list[float],
) -> None:
    """Note milliseconds from the time of each change of an agent to its arrival, without end."""
    try:
        async with http.ws_connect("/workspace/feed", params=query, headers=login) as page:
            await page.send_str(HELLO)
            async for message in page:
                now, told = time.time(), json.loads(message.data)
                if not is_open.done():
                    is_open.set_result(None)
                elif agent := told.get("agent"):
                    came.append((now - datetime.fromisoformat(agent["since"]).timestamp()) * 1000)
    except aiohttp.WSServerHandshakeError as refused:
        if not is_open.done():
            is_open.set_exception(CannotMeasureError(f"a page gets no feed: {refused.status}"))


async def _turn(team: PausingTeam, rate: float, came: list[float] | None = None) -> PageTurn:
    """Give commands, and return what they cost."""
    if came is not None:
        came.clear()
    pids = [app_parts.pid_of(team.here.lab.pids["warmline"], part) for part in ("api", "calls")]
    before = [processor_time.of_living(pid) for pid in pids]
    number = len(await team.load(BUSY, rate))
    api, calls = ((processor_time.of_living(pid) - was) * 1000 / number for pid, was in zip(pids, before, strict=True))
    if came == []:
        raise CannotMeasureError("the pages got no change")
    return PageTurn(api, calls, list(came or ()))


async def _leave(here: BenchLab, desk: HandoffSide) -> float:
    """Return the milliseconds from the request of a leave to its proof."""
    room = await desk.three_way()
    await here.ari.watch(f"bridge:{await here.ari.bridge_of(desk.leg)}")
    found = await timed(here.ari, room, desk.leave)
    await desk.finish(room.customer)
    return found.left
