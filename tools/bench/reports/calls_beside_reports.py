"""Measures calls beside readers of reports: how soon a caller has an agent, and how soon the agent has left.

A caller comes, the agent dials a third party, and leaves the two. At the same time, programs ask for the longest
reports of a week over HTTP, without a pause. The baseline is the same call without them, in turn.

The control is the same call beside two processes, as many as the API process has threads for reports. They read the
same reports at the same priority, so they keep the processors as busy, but they are no part of the app. The calls lose
to the machine what they lose beside the control, too.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, nullcontext
from typing import NamedTuple

import aiohttp

from tools.bench.calls import connect, leave
from tools.bench.reports import turns_beside_reports
from tools.bench.tools import api_tokens
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED
from tools.bench.tools.bench_lab import BenchLab
from tools.bench.tools.handoff import HandoffSide
from tools.bench.tools.result import CannotMeasureError, ResultRow, spread

CALLS = 24  # of each kind
BLOCK = 6  # calls in one turn
READERS = 8
OF_TOKEN = 2  # readers that share a token; the app runs so many reports of a token at once
REPORTS = ("day", "interval", "agents", "transfers")
PERIOD = {"since": "7d"}
TALK = 0.5  # seconds before the agent dials; the beep to the agent takes 0.43
BEYOND = 20.0  # ms: a packet of speech
FIGURES = ("entering → both hear each other", "leave: request → ChannelLeftBridge", "leave: request → answer")

Load = Callable[[], AbstractAsyncContextManager[None]]


class CallTimes(NamedTuple):
    """The milliseconds of one call, in the order of FIGURES."""

    connected: float
    left: float
    answered: float


async def measured(here: BenchLab, count: int) -> list[ResultRow]:
    """Measure `count` calls of each kind. Raises CannotMeasureError."""
    names = [f"reader{number}" for number in range(READERS // OF_TOKEN)]
    tokens = list((await api_tokens.create(here.lab, dict.fromkeys(names, "reports:read"))).values())
    loads: dict[str, Load] = {
        "alone": nullcontext,
        "beside reports": lambda: _readers(here, tokens),
        "control": lambda: _other_processes(here.lab.db),
    }
    took: dict[str, list[CallTimes]] = {name: [] for name in loads}
    async with HandoffSide(here) as desk:
        await _call(here, desk, 0)  # warm-up
        for first in range(0, count, BLOCK):
            for name, load in loads.items():
                async with load():
                    took[name] += [await _call(here, desk, n) for n in range(first, min(first + BLOCK, count))]
    return list(_rows(took))


def _rows(took: dict[str, list[CallTimes]]) -> Iterator[ResultRow]:
    for place, what in enumerate(FIGURES):
        alone, beside, control = (spread([one[place] for one in times]) for times in took.values())
        for figure, named in (("median", what), ("p95", f"{what}, 95th percentile")):
            ours, theirs, machine = ({figure: one[figure]} | one for one in (beside, alone, control))
            met = beside[figure] <= alone[figure] + BEYOND
            goal = f"baseline + {BEYOND:g} ms or less"
            yield ResultRow(f"{named}, beside {READERS} readers of reports", "ms", ours, theirs, goal, met)
            yield ResultRow(f"{named}, beside two other processes that read", "ms", machine, theirs)


async def _call(here: BenchLab, desk: HandoffSide, number: int) -> CallTimes:
    """Let a caller come, and the agent dial and leave; the `number` sets the phase of the packets."""
    await connect.phase(number)
    customer = await desk.someone.call(MARKED)
    connected = await connect.connected(here, customer, desk.seat)
    await asyncio.sleep(TALK)
    room = await desk.with_third(customer)
    await here.ari.watch(f"bridge:{await here.ari.bridge_of(desk.leg)}")
    left = await leave.timed(here.ari, room, desk.leave)
    await desk.finish(customer)
    return CallTimes(connected.entered, left.left, left.answered)


@asynccontextmanager
async def _readers(here: BenchLab, tokens: list[str]) -> AsyncIterator[None]:
    """Let READERS programs read during the block, from the first answer on. Raises CannotMeasureError."""
    answered = asyncio.Event()
    async with aiohttp.ClientSession(here.lab.api) as http, Background() as work:
        for number, token in zip(range(READERS), itertools.cycle(tokens), strict=False):
            work.start(_read(http, token, REPORTS[number % len(REPORTS) :] + REPORTS, answered))
        await answered.wait()
        yield


async def _read(http: aiohttp.ClientSession, token: str, names: tuple[str, ...], answered: asyncio.Event) -> None:
    """Ask for one report after the other, without end; one that the app stopped after 5 s counts as well."""
    for name in itertools.cycle(names):
        login = {"Authorization": f"Bearer {token}"}
        try:
            async with http.get(f"/api/v1/reports/{name}", params=PERIOD, headers=login) as response:
                body = await response.read()
        finally:
            answered.set()
        if response.status != 200 and b'"report_too_long"' not in body:
            raise CannotMeasureError(f"report {name}: {response.status} {body.decode()}")


@asynccontextmanager
async def _other_processes(db: str) -> AsyncIterator[None]:
    with ExitStack() as stack:
        await asyncio.to_thread(stack.enter_context, turns_beside_reports.readers(db))
        yield
