"""Measures calls beside programs that bring, search, change and fetch leads: 20 calls a second, and agents who leave.

Phases without and with the leads alternate, and the calls go on. Each phase with leads has its part of them. In each
phase, another program measures how long a writer waits for the database's write lock.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import NamedTuple

from tools.bench.flood.call_load import CallLoad, call_load
from tools.bench.million.lead_files import CUSTOM
from tools.bench.million.lead_work import LIST, LeadTimes, LeadWorker, lead_worker
from tools.bench.million.lock_waits import LockWaits, lock_waits
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED
from tools.bench.tools.bench_lab import until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow, percentile, spread
from warmline.store.configuration import config

COUNT = 20  # pairs of phases
LEADS = 1_000_000
OF_PAIR = 1000  # leads of each pair in a run with fewer pairs
TALK = 1.5  # seconds
LONGEST = 120.0  # seconds for the leaves of a phase
RATIO, P99, LONGEST_WAIT = 1.05, 5.0, 50.0
DRAWS = 2000  # of pairs, for the interval
MANY = 1_000_000  # calls, which the benchmark ends before
FIELDS = ",".join(CUSTOM)


class CallRate(NamedTuple):
    """How many calls come in a second, to how many agents, and how many leaves a phase has at least.

    Every second call has a leave.
    """

    calls: int
    agents: int
    leaves: int


USUAL, SHORT = CallRate(20, 90, 60), CallRate(4, 20, 8)  # a short run only shows that all works


@dataclass
class LeadPhase:
    """A phase: milliseconds of the leaves, from entering to connected, and of the waits for the lock."""

    leaves: list[float] = field(default_factory=list)
    met: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


async def measure(count: int, step: Step, rows: int = 0) -> BenchResult:
    """Measure so many pairs of phases, with `rows` leads in all; 0 for the usual number. Raises CannotMeasureError."""
    leads = rows or (LEADS if count >= COUNT else OF_PAIR * count)
    alone, beside = list[LeadPhase](), list[LeadPhase]()
    rate = USUAL if count >= COUNT else SHORT
    async with _place(rate) as (load, waits, work):
        for turn in range(count):
            async with _phase(load, waits) as phase:
                await _enough(phase, rate.leaves)
            alone.append(phase)
            async with _phase(load, waits) as phase:
                await work.turn(leads // count, as_json=bool(turn % 2))
                while len(phase.leaves) < rate.leaves:
                    await work.search()
            beside.append(phase)
            step()
    refused = {"count": float(len(load.refused))}
    late = ResultRow("commands of agents that were refused, in all phases", "commands", refused, {"count": 0.0})
    return BenchResult("leads", "without leads", [*_rows(alone, beside, work.times), late])


@asynccontextmanager
async def _place(rate: CallRate) -> AsyncIterator[tuple[CallLoad, LockWaits, LeadWorker]]:
    """Provide the lab with calls that come all the time. Raises LabError, CannotMeasureError."""
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        load = await enter(call_load(rate.agents))
        load.local = load.http  # the agents' programs use the same port as the leads
        options = {"custom_fields": FIELDS}
        await asyncio.to_thread(config.create, load.here.lab.db, "list", LIST, options, who="bench")
        waits = await enter(lock_waits(load.here.lab.db))
        work = await enter(lead_worker(load.here.lab.api, load.tokens["crm"]))
        async with Background() as calls:
            calls.start(load.people.call(MARKED, rate.calls, MANY, TALK))
            yield load, waits, work
        await until(partial(_over, load), "the agents' commands have not ended", LONGEST)


async def _over(load: CallLoad) -> bool | None:
    return not load.work or None


@asynccontextmanager
async def _phase(load: CallLoad, waits: LockWaits) -> AsyncIterator[LeadPhase]:
    """Let the figures of the block go into a phase."""
    phase = LeadPhase()
    load.leaves, load.meter.met, waits.into = phase.leaves, phase.met, phase.waits
    yield phase


async def _enough(phase: LeadPhase, leaves: int) -> None:
    """Wait for the leaves of a phase. Raises CannotMeasureError."""
    try:
        async with asyncio.timeout(LONGEST):
            while len(phase.leaves) < leaves:  # noqa: ASYNC110 - many commands end in this time
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise CannotMeasureError(f"{len(phase.leaves)} leaves in {LONGEST:g} s: the machine is too busy") from None


def _rows(alone: Sequence[LeadPhase], beside: Sequence[LeadPhase], times: LeadTimes) -> list[ResultRow]:
    ratio = ratio_of_medians([one.leaves for one in beside], [one.leaves for one in alone])
    ours, theirs = ([wait for one in side for wait in one.waits] for side in (beside, alone))
    waits, usual = _waits(ours), _waits(theirs)
    short = waits["p99"] <= P99 and waits["largest"] <= LONGEST_WAIT
    goal = f"p99 {P99:g} ms or less, largest {LONGEST_WAIT:g} ms or less"
    rows = [
        ResultRow(
            "leave: request → answer, ratio of medians, with its 95 % interval",
            "times",
            ratio,
            dict.fromkeys(ratio, 1.0),
            f"{RATIO:g} or less",
            ratio["low"] <= RATIO,
        ),
        _times(
            "leave: request → answer", [(one.leaves, other.leaves) for one, other in zip(beside, alone, strict=True)]
        ),
        _times("entering → connected", [(one.met, other.met) for one, other in zip(beside, alone, strict=True)]),
        ResultRow("wait for the write lock", "ms", waits, usual, goal, short),
        ResultRow(
            "longest hold of the write lock by a batch of an import", "ms", {"largest": times.held}, {"largest": 0.0}
        ),
    ]
    for what, count in times.rows.items():
        speed = {"rate": count / times.seconds[what], "n": float(count)}
        rows.append(ResultRow(f"leads {what}", "leads/s", speed, dict.fromkeys(speed, 0.0)))
    for what, found in times.single.items():
        figures = spread(found)
        rows.append(ResultRow(f"leads: {what}", "ms", figures, dict.fromkeys(figures, 0.0)))
    return rows


def _times(what: str, pairs: Sequence[tuple[list[float], list[float]]]) -> ResultRow:
    ours, theirs = ([value for pair in pairs for value in pair[side]] for side in (0, 1))
    return ResultRow(what, "ms", spread(ours), spread(theirs))


def _waits(found: list[float]) -> Figures:
    return {"p99": percentile(found, 0.99)} | spread(found)


def ratio_of_medians(ours: Sequence[list[float]], theirs: Sequence[list[float]]) -> Figures:
    """Return the ratio of the medians of all values, and its 95 % interval by drawing pairs with replacement."""
    dice = random.Random(1)  # noqa: S311 - the same interval each time
    pairs = range(len(ours))

    def ratio(chosen: Sequence[int]) -> float:
        mine, other = ([value for place in chosen for value in side[place]] for side in (ours, theirs))
        return median(mine) / median(other)

    drawn = sorted(ratio(dice.choices(pairs, k=len(pairs))) for _ in range(DRAWS))
    return {"ratio": ratio(pairs), "low": drawn[round(0.025 * DRAWS)], "high": drawn[round(0.975 * DRAWS) - 1]}
