"""Measures how much later caller and agent hear each other if the app writes to PostgreSQL.

The server has a synchronous standby, and relays deliver each packet 0.3 ms later, as in commit_cost.py. Two labs run
all the time: the app of one writes to the server, that of the other to a file. Each call goes to the other lab than the
one before. The calls of a round begin at the same phase of the phones' packets, as in calls/connect.py.
"""

import asyncio
from contextlib import ExitStack

from tools.bench.calls.connect import ConnectTimes, by_warmline, phase
from tools.bench.database.commit_cost import NETWORK
from tools.bench.tools.bench_lab import stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.handoff import HandoffSide
from tools.bench.tools.result import BenchResult, CannotMeasureError, times
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.moved_lab import moved
from tools.simulation.postgresql.relay import relay
from tools.simulation.postgresql.replicated import pair

COUNT = 100
LONGER = 12.0  # ms that a call may be connected later


async def measure(count: int, step: Step) -> BenchResult:
    """Connect `count` calls with each database, in turn. Raises CannotMeasureError, LabError."""
    if not cluster.is_installed():
        raise CannotMeasureError("it needs Debian's package postgresql-15")
    with ExitStack() as stack:
        primary, _ = stack.enter_context(pair(NETWORK))
        port = stack.enter_context(relay(primary.port, NETWORK))
        primary.run("CREATE DATABASE bench")
        return await _connected(primary.address("bench", port), count, step)


async def _connected(server: str, count: int, step: Step) -> BenchResult:
    ours, theirs = list[ConnectTimes](), list[ConnectTimes]()
    async with stage() as there, stage() as here:
        await asyncio.to_thread(moved, there.lab, server)
        async with HandoffSide(there) as server_desk, HandoffSide(here) as file_desk:
            for n in range(count + 1):
                sides = (there, server_desk, ours), (here, file_desk, theirs)
                for one, desk, found in sides if n % 2 else reversed(sides):
                    await phase(n)
                    found.append(await by_warmline(one, desk))
                if n:  # the first round is a warm-up
                    step()
    return judge(ours[1:], theirs[1:])


def judge(ours: list[ConnectTimes], theirs: list[ConnectTimes]) -> BenchResult:
    """Return the rows."""
    entered, invited = zip(*ours, strict=True)
    file_entered, file_invited = zip(*theirs, strict=True)
    rows = [
        times("entering → both hear each other", entered, file_entered, beyond=LONGER),
        times("INVITE → both hear each other", invited, file_invited, beyond=LONGER),
    ]
    return BenchResult("serverconnect", "SQLite, in the same run", rows)
