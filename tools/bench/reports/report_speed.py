"""Measures the reports of a day on a database with a million calls: over HTTP, by the command line, and beside calls.

The lab's app has a copy of the database. A program with a token asks for each report over one HTTP connection. The
command line asks for it on this machine, and with the login of a manager. The baseline is the bare SQL of the report in
a running process, at the priority of the app's threads for reports. For the commands, it is the bare SQL at their
priority, and the start of `warmline --version`. All are run in turn, and timed by the clock.

Then calls come, and agents leave them, beside readers of reports. The last figure is that of the turns of calls
without Asterisk.
"""

import asyncio
import os
import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib import import_module
from pathlib import Path
from statistics import median

from ari_app.http.server import worker_threads
from ari_app.supervisor.parts import PARTS
from tools.bench.core.cli_speed import CACHE, SMALL, WARMLINE, history, run
from tools.bench.core.make_history import COUNT as CALLS
from tools.bench.reports import calls_beside_reports, turns_beside_reports
from tools.bench.reports.report_clients import ReportClients, report_clients
from tools.bench.tools.bench_lab import stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, ResultRow, times
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.report_query import ReportQuery

COUNT = 10
DAY = 86_400_000_000  # microseconds
RATIO = 2.0  # times the baseline
# The nice value of the API process's threads for reports.
NICE = worker_threads.NICE + next(part.nice for part in PARTS if part.name == "api")
SHORT = 5.0  # milliseconds: a shorter query may be answered by so much later, such as for a second connection
PERIOD = {"since": "24h"}
WAYS = (
    ("/api/v1/reports/{}", "http", "bare"),
    ("warmline report {}", "here", "started"),
    ("warmline report {} by a login", "login", "started"),
)
Took = dict[tuple[str, str], list[float]]
"""Milliseconds by report and way."""


async def measure(count: int, step: Step) -> BenchResult:
    """Run each report `count` times; use a million calls only with the usual count. Raises CannotMeasureError."""
    with tempfile.TemporaryDirectory() as folder:
        calls = CALLS if count >= COUNT else SMALL * count
        path = await asyncio.to_thread(history, CACHE if count >= COUNT else Path(folder), calls)
        async with stage(database=path) as here, report_clients(here) as clients:
            rows = _rows(await _measured(clients, here.lab.db, count, step), calls)
            beside = await calls_beside_reports.measured(here, max(1, calls_beside_reports.CALLS * count // COUNT))
        turns = await asyncio.to_thread(turns_beside_reports.measured, path)
    return BenchResult("reports", "bare SQL, or no reader", [*rows, *beside, turns])


async def _measured(clients: ReportClients, db: str, count: int, step: Step) -> Took:
    took: Took = {}
    loop, api_thread = asyncio.get_running_loop(), ThreadPoolExecutor(1, initializer=os.nice, initargs=(NICE,))
    for turn in range(count + 1):
        version = await asyncio.to_thread(run, clients.here, WARMLINE, "--version")
        for name in report_table.NAMES:
            command = (WARMLINE, "report", name, "--since", PERIOD["since"])
            figures = {
                "bare": await loop.run_in_executor(api_thread, _bare, db, name),
                "started": version + await asyncio.to_thread(_bare, db, name),
                "http": await clients.timed(name, PERIOD),
                "here": await asyncio.to_thread(run, clients.here, *command),
                "login": await asyncio.to_thread(run, clients.login, *command),
            }
            for way, milliseconds in figures.items() if turn else ():  # the first round is a warm-up
                took.setdefault((name, way), []).append(milliseconds)
        if turn:
            step()
    api_thread.shutdown()
    return took


def _rows(took: Took, calls: int) -> list[ResultRow]:
    return [
        _row(f"{what.format(name)}, a day of {calls} calls", took[name, ours], took[name, theirs])
        for what, ours, theirs in WAYS
        for name in report_table.NAMES
    ]


def _row(what: str, ours: list[float], theirs: list[float]) -> ResultRow:
    """Compare a report with its query; one of a few milliseconds may take some more, but not a multiple."""
    if median(theirs) < SHORT:
        return times(what, ours, theirs, beyond=SHORT)
    return times(what, ours, theirs, ratio=RATIO)


def _bare(path: str, name: str) -> float:
    """Return milliseconds of the SQL of a report, with reading all its rows."""
    now = time.time_ns() // 1000
    asked = ReportQuery(start=now - DAY, end=now, now=now)
    sql = import_module(f"warmline.store.daily_reports.{name}_report").statement(asked)
    began = time.perf_counter()
    with closing(sqlite3.connect(path)) as db:
        db.execute(sql, asked.values).fetchall()
    return 1000 * (time.perf_counter() - began)
