"""Measures the turns of calls, with their commits, while two processes read reports of the same database."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench.core.call_round import CallRound
from tools.bench.tools.result import CannotMeasureError, ResultRow, times
from warmline.core.engine.engine import Input
from warmline.core.world.turn import Turn

READERS = 2  # as many as the API process has threads for reports
ROUNDS = 3  # of CALLS calls each, alone and beside the readers in turn
RATIO = 1.5
# Reports of a week, one after the other, at the nice value of the API's threads; a line after the first one.
READER = """
import os, sys, time
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.report_query import ReportQuery
os.nice(10)
def read(name):
    now = time.time_ns() // 1000
    report_table.find(name).read(sys.argv[1], ReportQuery(start=now - 7 * 86_400_000_000, end=now, now=now))
read(report_table.NAMES[0])
print("reads", flush=True)
while True:
    for name in report_table.NAMES:
        read(name)
"""


class TimedRound(CallRound):
    """A round that notes the milliseconds of each turn in `took`."""

    took: list[float]

    def _turn(self, entry: Input) -> Turn:
        began = time.perf_counter()
        turn = super()._turn(entry)
        self.took.append(1000 * (time.perf_counter() - began))
        return turn


def measured(path: Path) -> ResultRow:
    """Run the rounds, which are added to the database. Raises CannotMeasureError."""
    alone: list[float] = []
    beside: list[float] = []
    TimedRound.took = []
    calls = TimedRound(path, time.time_ns() // 1_000_000 * 1000)
    for number in range(2 * ROUNDS):
        TimedRound.took = beside if number % 2 else alone
        if number % 2:
            with readers(path):
                calls.live(number)
        else:
            calls.live(number)
    calls.close()
    return times("a turn of a call, with its commit, beside two reports", beside, alone, ratio=RATIO)


@contextmanager
def readers(path: str | Path) -> Iterator[None]:
    """Let two processes read reports of the last week during the block. Raises CannotMeasureError."""
    command = [sys.executable, "-c", READER, str(path)]
    found = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(READERS)]
    try:
        for reader in found:
            assert reader.stdout
            if not reader.stdout.readline():
                raise CannotMeasureError("a reader of reports has ended before its first report")
        yield
    finally:
        for reader in found:
            reader.kill()
            reader.communicate()
