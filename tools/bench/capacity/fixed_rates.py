"""Measures what callers wait at fixed rates, and what a call costs all processes, beside a script and app_queue.

The agents, the dialplan and the bare ARI script are those of setup_rate.py; queue_setup.py has app_queue. No side is
driven to its limit, so the figures of one rate can be compared. Processor time is that of the application's processes
and of Asterisk, divided by the calls.
"""

from typing import NamedTuple

from tools.bench.capacity.queue_setup import queue
from tools.bench.capacity.setup_rate import SetupStep, loads, script, warmline
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow, spread

COUNT = 3  # pairs of both sides
WARM_UP = (10, 50)  # calls a second, calls: not counted


class FixedRate(NamedTuple):
    """A rate in calls a second, the calls that are made, and how many ms of the application one may cost at most."""

    rate: int
    calls: int
    most: float | None = None


RATES = (FixedRate(10, 500), FixedRate(40, 2000, 15.0), FixedRate(78, 2000, 11.0))
SHARE = 0.65  # of the script's costs in Warmline's


async def measure(count: int, step: Step) -> BenchResult:
    """Take each rate on all sides, `count` times in turn. Raises CannotMeasureError."""
    ours: list[SetupStep] = []
    theirs: list[SetupStep] = []
    queued: list[SetupStep] = []
    for _ in range(count):
        for taken, side in ((ours, warmline), (theirs, script), (queued, queue)):
            async with side() as here:
                await here.take(*WARM_UP)
                taken += [await here.take(one.rate, one.calls) for one in RATES]
        step()
    found = [
        row for one in reversed(RATES) for row in judge(one, *(at_rate(one, side) for side in (ours, theirs, queued)))
    ]
    return BenchResult("rates", "bare script", found)


def at_rate(one: FixedRate, side: list[SetupStep]) -> list[SetupStep]:
    """Return the steps of one rate."""
    return [taken for taken in side if taken.rate == one.rate]


def judge(one: FixedRate, ours: list[SetupStep], theirs: list[SetupStep], queued: list[SetupStep]) -> list[ResultRow]:
    """Return the rows about one rate: the cost of a call, the wait, callers without an agent, and the load.

    The first row of a kind is beside the script, and `queued` is beside it in rows of its own. Raises
    CannotMeasureError if no caller of a side was connected.
    """
    at = f"at {one.rate} calls/s"
    work, their_work = (spread([taken.work for taken in side]) for side in (ours, theirs))
    cost, their_cost, queue_cost = (
        spread([taken.work + taken.asterisk for taken in side]) for side in (ours, theirs, queued)
    )
    lost, their_lost = missing(ours), missing(theirs)
    few = work["median"] <= one.most if one.most else None
    cheap = cost["median"] * SHARE <= their_cost["median"]
    return [
        ResultRow(
            f"processor time a call, of the application, {at}",
            "ms",
            work,
            their_work,
            f"{one.most:g} ms or less" if one.most else "",
            few,
        ),
        ResultRow(f"the same, with Asterisk's, {at}", "ms", cost, their_cost, f"{1 / SHARE:.2f} times or less", cheap),
        ResultRow(f"the same, beside app_queue, {at}", "ms", cost, queue_cost),
        ResultRow(f"entering → connected, {at}", "ms", waits(ours), waits(theirs)),
        ResultRow(f"the same, beside app_queue, {at}", "ms", waits(ours), waits(queued)),
        ResultRow(f"callers without an agent, {at}", "callers", lost, their_lost, "0", not lost["callers"]),
        ResultRow(f"load of the machine, {at}", "processes", loads(ours), loads(theirs)),
        ResultRow(f"the same, beside app_queue, {at}", "processes", loads(ours), loads(queued)),
    ]


def waits(side: list[SetupStep]) -> Figures:
    """Return the spread of the waits in ms. Raises CannotMeasureError if no caller was connected."""
    found = [wait for taken in side for wait in taken.times]
    if not found:
        raise CannotMeasureError(f"no caller was connected at {side[0].rate} calls/s: the load was {side[0].load:g}")
    return spread(found)


def missing(side: list[SetupStep]) -> Figures:
    """Return the number of callers who got no agent."""
    return {"callers": sum(taken.made - len(taken.times) for taken in side)}
