"""How much one machine takes: recorded three-way calls held at once, and calls set up a second."""

from bench.capacity import calls, rooms
from bench.tools.progress import Step
from bench.tools.result import Result

COUNT = rooms.COUNT + 2 * calls.TURNS


async def measure(count: int, step: Step) -> Result:
    """Both, the rooms up to the step of this number. Raises CannotMeasureError."""
    held = await rooms.rows(step, min(count, rooms.COUNT))
    return Result("capacity", "bare script", [*held, *await calls.rows(step)])
