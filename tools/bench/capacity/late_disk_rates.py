"""Measures what callers wait on a disk that takes 5 ms for a flush, beside the machine's own disk.

The calls and rates are those of fixed_rates.py. A small library, which the machine's C compiler builds, lets each flush
of the lab's processes take so much longer.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench.capacity.fixed_rates import RATES, WARM_UP, at_rate, missing, waits
from tools.bench.capacity.setup_rate import SetupStep, warmline
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow

COUNT = 1  # pairs
FLUSH = 5  # ms
LIBRARY = Path(__file__).with_name("late_flush.c")


async def measure(count: int, step: Step) -> BenchResult:
    """Take each rate on both disks, `count` times in turn. Raises CannotMeasureError."""
    late: list[SetupStep] = []
    own: list[SetupStep] = []
    for _ in range(count):
        for taken, disk in ((late, late_flushes(FLUSH)), (own, nullcontext())):
            taken += await _taken(disk)
        step()
    rows = []
    for one in reversed(RATES):
        (slow, quick), at = (at_rate(one, side) for side in (late, own)), f"at {one.rate} calls/s"
        lost = missing(slow)
        rows.append(ResultRow(f"entering → connected, {at}", "ms", waits(slow), waits(quick)))
        rows.append(
            ResultRow(f"callers without an agent, {at}", "callers", lost, missing(quick), "0", not lost["callers"])
        )
    return BenchResult("laterates", "the machine's own disk", rows)


async def _taken(disk: AbstractContextManager[None]) -> list[SetupStep]:
    with disk:
        async with warmline() as here:
            await here.take(*WARM_UP)
            return [await here.take(one.rate, one.calls) for one in RATES]


@contextmanager
def late_flushes(milliseconds: int) -> Iterator[None]:
    """Let each flush of programs that start within this block take longer. Raises CannotMeasureError."""
    with TemporaryDirectory(prefix="warmline-bench-") as made:
        library = Path(made) / "late.so"
        command = ["cc", "-shared", "-fPIC", f"-DFLUSH={milliseconds}", "-o", str(library), str(LIBRARY)]
        try:
            subprocess.run(command, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotMeasureError(f"the C compiler builds no library (Debian: gcc): {error}") from None
        os.environ["LD_PRELOAD"] = str(library)
        try:
            yield
        finally:
            del os.environ["LD_PRELOAD"]
