"""Measures what callers wait at fixed rates, and what a call costs all processes, beside a bare ARI script.

The agents, the dialplan and the script are those of setup_rate.py. No side is driven to its limit, so the figures of
one rate can be compared. Processor time is that of the application's processes and of Asterisk, divided by the calls.
"""

from typing import NamedTuple

from tools.bench.capacity.setup_rate import SetupStep, loads, script, warmline
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow, spread

COUNT = 3  # pairs of both sides
WARM_UP = (10, 50)  # calls a second, calls: not counted


class FixedRate(NamedTuple):
    """A rate in calls a second, the calls that are made, and the most ms of all processors that one may cost."""

    rate: int
    calls: int
    most: float | None = None


RATES = (FixedRate(10, 500), FixedRate(40, 2000, 15.0), FixedRate(78, 2000, 11.0))
SHARE = 0.65  # of the script's costs in Warmline's


async def measure(count: int, step: Step) -> BenchResult:
    """Take each rate on both sides, `count` times in turn. Raises CannotMeasureError."""
    ours: list[SetupStep] = []
    theirs: list[SetupStep] = []
    for _ in range(count):
        for taken, floor in ((ours, warmline), (theirs, script)):
            async with floor() as here:
                await here.take(*WARM_UP)
                taken += [await here.take(one.rate, one.calls) for one in RATES]
        step()
    return BenchResult("rates", "bare script", [row for one in reversed(RATES) for row in judge(one, ours, theirs)])


def judge(one: FixedRate, ours: list[SetupStep], theirs: list[SetupStep]) -> list[ResultRow]:
    """Return the rows about one rate: the cost of a call, the wait, callers without an agent, and the load.

    Raises CannotMeasureError if no caller of a side was connected.
    """
    ours, theirs = ([taken for taken in side if taken.rate == one.rate] for side in (ours, theirs))
    at = f"at {one.rate} calls/s"
    cost, their_cost = (spread([taken.work + taken.asterisk for taken in side]) for side in (ours, theirs))
    missing, their_missing = _missing(ours), _missing(theirs)
    goal, met = "", None
    if one.most:
        goal = f"{one.most:g} ms and {1 / SHARE:.2f} times the script's, or less"
        met = cost["median"] <= one.most and cost["median"] * SHARE <= their_cost["median"]
    return [
        ResultRow(f"processor time of all processes a call, {at}", "ms", cost, their_cost, goal, met),
        ResultRow(f"entering → connected, {at}", "ms", _waits(ours), _waits(theirs)),
        ResultRow(f"callers without an agent, {at}", "callers", missing, their_missing, "0", not missing["callers"]),
        ResultRow(f"load of the machine, {at}", "processes", loads(ours), loads(theirs)),
    ]


def _waits(side: list[SetupStep]) -> Figures:
    waits = [wait for taken in side for wait in taken.times]
    if not waits:
        raise CannotMeasureError(f"no caller was connected at {side[0].rate} calls/s: the load was {side[0].load:g}")
    return spread(waits)


def _missing(side: list[SetupStep]) -> Figures:
    return {"callers": sum(taken.made - len(taken.times) for taken in side)}
