"""Measures one machine's capacity: recorded three-way calls held at once, and calls set up per second."""

from tools.bench.capacity import recorded_rooms, setup_rate
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError

COUNT = recorded_rooms.COUNT + 2 * setup_rate.TURNS


PARTS = ("rooms", "setup")


async def measure(count: int, step: Step, only: str = "") -> BenchResult:
    """Measure both, or `only` one of PARTS; the three-way calls up to the step of this number.

    Raises CannotMeasureError.
    """
    if only not in ("", *PARTS):
        raise CannotMeasureError(f"capacity has no part {only}, but {' and '.join(PARTS)}")
    held = await recorded_rooms.rows(step, min(count, recorded_rooms.COUNT)) if only != "setup" else []
    set_up = await setup_rate.rows(step) if only != "rooms" else []
    return BenchResult("capacity", "bare script", [*held, *set_up])
