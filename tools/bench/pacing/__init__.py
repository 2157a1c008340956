"""Measures how much agents talk with Warmline's pacing, in simulated campaigns, and how many persons are dropped.

The core's own pacer decides; agents, leads and time are simulated. The baseline dials the same campaigns: VICIdial's
algorithm with its usual settings, and tuned with hindsight. The last rows are the processor time of a decision.
"""

from tools.bench.pacing import campaigns, decision_time
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult

COUNT = 10  # tenths of the usual simulated time


async def measure(count: int, step: Step) -> BenchResult:
    """Play all campaigns for `count` tenths of their usual days; measure decisions."""
    played = 0

    def advance() -> None:
        """Step as far as this campaign goes in the whole."""
        nonlocal played
        played += 1
        for _ in range(played * count // campaigns.NUMBER - (played - 1) * count // campaigns.NUMBER):
            step()

    rows = campaigns.rows(count, advance)
    return BenchResult("pacing", "VICIdial's algorithm", [*rows, *decision_time.rows()])
