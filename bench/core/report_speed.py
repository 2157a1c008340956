"""Measures the reports of a day on a database with a million calls: by the API and by the command line.

The baseline is the bare SQL of the report, in the same kind of thread of a running process. For the command line, the
start of `warmline --version` is added. All are run in turn in one run, and timed by the clock. The last
figure is that of calls beside two reports.
"""

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import cast

from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.bearer_tokens import LOCAL
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.http.v1 import daily_reports
from ari_app.http.v1.live_state import JsonApi
from bench.core import turns_beside_reports
from bench.core.cli_speed import CACHE, SMALL, WARMLINE, history, run
from bench.core.make_history import COUNT as CALLS
from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, ResultRow, times
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.daily_report import DailyReport
from warmline.store.daily_reports.report_query import ReportQuery

COUNT = 10
DAY = 86_400_000_000  # microseconds
RATIO = 2.0  # times the baseline
SHORT = 5.0  # milliseconds: a shorter query may be answered by so much later, such as for a second connection


class ReportsOnly:
    """The parts of the JSON API that a report uses."""

    def __init__(self, db: Path) -> None:
        self.db = str(db)
        self.threads = WorkerThreads()


async def measure(count: int, step: Step) -> BenchResult:
    """Run each report `count` times; use a million calls only with the usual count. Raises CannotMeasureError."""
    with tempfile.TemporaryDirectory() as folder:
        calls = CALLS if count >= COUNT else SMALL * count
        path = await asyncio.to_thread(history, CACHE if count >= COUNT else Path(folder), calls)
        api = ReportsOnly(path)
        try:
            return await _measured(path, api, calls, count, step)
        finally:
            api.threads.close()


async def _measured(path: Path, api: ReportsOnly, calls: int, count: int, step: Step) -> BenchResult:
    took: dict[tuple[str, str], list[float]] = {}
    for turn in range(count + 1):
        version = await asyncio.to_thread(run, path, WARMLINE, "--version")
        for name in report_table.NAMES:
            report = report_table.find(name)
            bare = await api.threads.report("", _bare, path, name)
            over_http = await _over_http(api, report)
            by_command = await asyncio.to_thread(run, path, WARMLINE, "report", name, "--since", "24h")
            figures = {"bare": bare, "api": over_http, "started": bare + version, "cli": by_command}
            for what, milliseconds in figures.items() if turn else ():  # the first round is a warm-up
                took.setdefault((name, what), []).append(milliseconds)
        if turn:
            step()
    rows = [
        _row(f"{what} {name}, a day of {calls} calls", took[name, ours], took[name, theirs])
        for what, ours, theirs in (("/api/v1/reports:", "api", "bare"), ("warmline report", "cli", "started"))
        for name in report_table.NAMES
    ]
    rows.append(await asyncio.to_thread(turns_beside_reports.measured, path))
    return BenchResult("reports", "bare SQL, for the command + --version", rows)


def _row(what: str, ours: list[float], theirs: list[float]) -> ResultRow:
    """Compare a report with its query; one of a few milliseconds may take some more, but not a multiple."""
    if median(theirs) < SHORT:
        return times(what, ours, theirs, beyond=SHORT)
    return times(what, ours, theirs, ratio=RATIO)


def _bare(path: Path, name: str) -> float:
    """Return milliseconds of the SQL of a report, with reading all its rows."""
    now = time.time_ns() // 1000
    asked = ReportQuery(start=now - DAY, end=now, now=now)
    sql = import_module(f"warmline.store.daily_reports.{name}_report").statement(asked)
    began = time.perf_counter()
    with closing(sqlite3.connect(path)) as db:
        db.execute(sql, asked.values).fetchall()
    return 1000 * (time.perf_counter() - began)


async def _over_http(api: ReportsOnly, report: DailyReport) -> float:
    """Return milliseconds of the answer of a route, without the connection. Raises CannotMeasureError."""
    request = ApiRequest("GET", f"/api/v1/reports/{report.name}", {}, {"since": "24h"}, {}, b"", LOCAL, "bench")
    began = time.perf_counter()
    answer = await daily_reports.answering(report)(cast(JsonApi, api), request)
    if answer.status != 200:
        raise CannotMeasureError(f"{request.path} answers {answer.status}")
    return 1000 * (time.perf_counter() - began)
