"""Measures how soon the core chooses a caller for a free agent, and whether the number of waiting callers matters.

The core runs alone, without Asterisk, disk and network. There are 200 agents; each world has another number of waiting
callers. An agent becomes READY, and the one handle() that finds a caller and requests the connection is timed. The
baseline is the same input in a world without callers. The processor time is compared; on an idle machine it equals the
time by the clock, which is printed beside it.
"""

from math import log
from statistics import median

from tools.bench.core.full_queue import FullQueue
from tools.bench.core.live_core import Took
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, Figures, ResultRow, percentile

COUNT = 2000
WAITING = (10, 100, 1_000, 10_000)
TIMES = 20


async def measure(count: int, step: Step) -> BenchResult:
    """Let an agent become READY `count` times in each world, in turn. Raises CannotMeasureError."""
    floors = [FullQueue(callers) for callers in (0, *WAITING)]
    users = list(floors[0].rules.agents)
    took: list[list[Took]] = [[] for _ in floors]
    for n in range(count + 1):
        for floor, times in zip(floors, took, strict=True):
            times.append(floor.decide(users[n % len(users)]))
        if n:  # the first round is a warm-up
            step()
    empty, *full = (figures(times[1:]) for times in took)
    return judge(empty, full)


def judge(empty: Figures, full: list[Figures]) -> BenchResult:
    """Return the rows, that of the fullest world first, because the benchmark is about it."""
    baseline = {"median": empty["median"]} | empty  # the median is compared
    found = [
        ResultRow(
            f"READY → the caller is found, {waiting:,} wait",
            "µs",
            row,
            baseline,
            f"p99 at most {TIMES} times the median on an empty floor",
            row["p99"] <= TIMES * empty["median"],
        )
        for waiting, row in zip(WAITING, full, strict=True)
    ]
    return BenchResult("queue", "empty floor", [found[-1], *found[:-1], _growth(full)])


def _growth(full: list[Figures]) -> ResultRow:
    """Return the row of growth, which may be as the logarithm of the waiting callers."""
    grown, may = full[-1]["median"] / full[0]["median"], log(WAITING[-1]) / log(WAITING[0])
    what = f"growth from {WAITING[0]} to {WAITING[-1]:,}, beside the logarithm's"
    return ResultRow(what, "times", {"median": grown}, {"median": may}, "the logarithm's or less", grown <= may)


def figures(took: list[Took]) -> Figures:
    """Return the 99th percentile, median and maximum of the work, the 99th percentile by the clock, and the number."""
    work, clock = zip(*took, strict=True)
    return {
        "p99": percentile(work, 0.99),
        "median": median(work),
        "largest": max(work),
        "p99 by the clock": percentile(clock, 0.99),
        "n": len(took),
    }
