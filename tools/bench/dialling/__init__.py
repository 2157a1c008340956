"""Measures the dialler with a million leads: its dials a second, its hopper, and what callers notice of it.

The app's own parts dial in this process, for 200 agents: pulse, hopper, last look, switchboard, core and journal.
Asterisk is simulated and costs nothing, and a fifth of the leads answers. Then a real app on a real Asterisk dials ten
leads a second for five agents, and stops, in turn. Callers of another agent come each time.
"""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tools.bench.dialling import beside_callers, hopper_speed, million_leads
from tools.bench.dialling.beside_callers import BesideCallers
from tools.bench.dialling.dialling_app import DiallingApp
from tools.bench.tools.background import Background
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, ResultRow, percentile, spread, times
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system.program_files import CODE

COUNT = 100  # callers each way
CACHE = CODE / ".cache/bench"
SMALL = 10_000  # leads of a short run for each caller
DIALS_FOR, WARM_UP = 10.0, 2.0  # seconds
LEAST = 100.0  # dials a second
TURN = 5.0  # milliseconds, for 99 of 100 turns
FILL = 20.0  # milliseconds
TIMES = 1.1  # of the time without the dialler


async def measure(count: int, step: Step) -> BenchResult:
    """Connect `count` callers each way; use a million leads only with the usual count. Raises CannotMeasureError."""
    with tempfile.TemporaryDirectory() as folder:
        usual = count >= COUNT
        leads = million_leads.LEADS if usual else SMALL * count
        made = await asyncio.to_thread(million_leads.kept, CACHE if usual else Path(folder), leads)
        callers = await beside_callers.measured(made, count, step)
        path = Path(shutil.copy(made, Path(folder) / "warmline.db"))
        fills, sorts = await asyncio.to_thread(hopper_speed.measured, path)
        rows = await _dialled(path)
    return BenchResult(
        "dialling", "without the dialler, or the limit", [*rows, *_hopper(fills, sorts), *_beside(callers)]
    )


async def _dialled(path: Path) -> list[ResultRow]:
    """Let the app's parts dial, and return what it took."""
    journal = JournalWriter(path)
    journal.open()
    try:
        async with Background() as work:
            app = DiallingApp(path, journal, work)
            await app.start()
            await asyncio.sleep(WARM_UP)
            app.board.took.clear()
            dials, began, used = app.dials, time.monotonic(), time.process_time()
            await asyncio.sleep(DIALS_FOR)
            dials, used = app.dials - dials, time.process_time() - used
            seconds, turns = time.monotonic() - began, app.board.took
        await app.close()
    finally:
        journal.close()
    rate, turn = dials / seconds, {"p99": percentile(turns, 0.99)} | spread(turns)
    return [
        ResultRow(
            "dials a second, 200 agents, simulated Asterisk",
            "dials/s",
            {"rate": rate},
            {"rate": LEAST},
            f"{LEAST:g} or more",
            rate >= LEAST,
        ),
        ResultRow(
            "processor time of a turn, 99th percentile",
            "ms",
            turn,
            dict.fromkeys(turn, TURN),
            f"{TURN:g} ms or less",
            turn["p99"] <= TURN,
        ),
        ResultRow(
            "processor time of a dial, with all its turns, the talk and the journal",
            "ms",
            {"mean": 1000 * used / max(1, dials)},
            {"mean": 1000 / LEAST},
        ),
    ]


def _hopper(fills: Sequence[float], sorts: Sequence[float]) -> list[ResultRow]:
    ours, theirs = spread(fills), spread(sorts)
    what = "50 leads are chosen from a million, beside one ORDER BY … LIMIT"
    return [ResultRow(what, "ms", ours, theirs, f"{FILL:g} ms or less", ours["median"] <= FILL)]


def _beside(callers: BesideCallers) -> list[ResultRow]:
    ours, theirs = ([one.entered for one in side] for side in (callers.beside, callers.without))
    what = "entering → both hear each other, while leads are dialled"
    late = {"p95": percentile(ours, 0.95)}, {"p95": percentile(theirs, 0.95)}
    return [
        times(what, ours, theirs, ratio=TIMES),
        ResultRow(
            f"{what}, 95th percentile", "ms", *late, f"{TIMES:g} or less", late[0]["p95"] <= TIMES * late[1]["p95"]
        ),
        ResultRow("leads dialled a second beside the callers", "dials/s", {"rate": callers.dials}, {"rate": 0.0}),
    ]
