"""Measures one machine's capacity: recorded three-way calls held at once, and calls set up per second."""

from tools.bench.capacity import recorded_rooms, setup_rate
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult

COUNT = recorded_rooms.COUNT + 2 * setup_rate.TURNS


async def measure(count: int, step: Step) -> BenchResult:
    """Measure both, the three-way calls up to the step of this number. Raises CannotMeasureError."""
    held = await recorded_rooms.rows(step, min(count, recorded_rooms.COUNT))
    return BenchResult("capacity", "bare script", [*held, *await setup_rate.rows(step)])
