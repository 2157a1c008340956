"""Measures what the app costs at rest with 20 servers, beside an app with one.

The servers are simulated, without a call, and answer as a gate does. Both apps run at the same time. Periods of
some seconds count the processor time of all their processes, the turns of the call process, and the requests to ARI.
"""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lab import app_parts, configure, process
from tools.bench.calls import counted_app
from tools.bench.tools import app_processes, processor_time
from tools.bench.tools.bench_lab import until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, Figures, ResultRow
from tools.simulation.asterisk.resting_asterisk import RestingAsterisks, resting

COUNT = 12  # periods
SECONDS = 5.0  # of a period
SETTLES = 10.0  # seconds after the connection to all servers
START = 60.0  # seconds until an app is connected to all servers, on a busy machine
MANY = 20
A_SERVER = 3.0  # ms of the processor a second that a server more may cost, for all processes
MORE_MB = 1.0  # of memory for a server more


class Rest(NamedTuple):
    """An app in one period: ms of the processor a second of all processes and of the call process, and so on.

    `turns` are those of the call process, and `requests` those to ARI, in a second. `memory` is in MB.
    """

    every: float
    calls: float
    turns: float
    requests: float
    memory: float


class RestingApp:
    """An app without a call, with its simulated servers."""

    def __init__(self, servers: RestingAsterisks, pid: int, turns: Path) -> None:
        self._servers, self._pid, self._file = servers, pid, turns

    def counted(self) -> list[float]:
        """Return what has been used so far: seconds of all processes and of the call process, turns and requests."""
        every = app_processes.of_app(self._pid)
        calls = app_parts.pid_of(self._pid, "calls")
        used = [sum(map(processor_time.of_living, every)), processor_time.of_living(calls)]
        return [*used, counted_app.turns(self._file), sum(self._servers.asked.values())]

    def since(self, before: Sequence[float]) -> Rest:
        """Return the figures of a period, at whose beginning `before` had been used."""
        every, calls, turns, requests = (
            (now - then) / SECONDS for now, then in zip(self.counted(), before, strict=True)
        )
        return Rest(1000 * every, 1000 * calls, turns, requests, app_processes.megabytes_of(self._pid))


async def measure(count: int, step: Step) -> BenchResult:
    """Watch both apps for `count` periods. Raises CannotMeasureError, LabError."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="warmline-many-")))
        apps = [await stack.enter_async_context(_app(folder / str(number), number)) for number in (1, MANY)]
        await asyncio.sleep(SETTLES)
        found: list[list[Rest]] = [[], []]
        for _ in range(count):
            before = [app.counted() for app in apps]
            await asyncio.sleep(SECONDS)
            for app, then, rests in zip(apps, before, found, strict=True):
                rests.append(app.since(then))
            step()
    return judge(*found)


def judge(one: list[Rest], many: list[Rest]) -> BenchResult:
    """Return a row for each figure, with one server as the baseline."""
    columns = zip(zip(*many, strict=True), zip(*one, strict=True), strict=True)
    figures: list[tuple[Figures, Figures]] = [({"median": median(a)}, {"median": median(b)}) for a, b in columns]
    every, calls, turns, requests, memory = figures
    return BenchResult(
        "many",
        "1 server",
        [
            _row(f"processor time at rest with {MANY} servers, all processes", "ms/s", every, A_SERVER),
            _row(f"processor time at rest with {MANY} servers, call process", "ms/s", calls),
            _row(f"turns of the call process at rest with {MANY} servers", "turns/s", turns),
            _row(f"requests to all {MANY} servers at rest", "requests/s", requests),
            _row(f"memory at rest with {MANY} servers", "MB", memory, MORE_MB),
        ],
    )


def _row(what: str, unit: str, both: tuple[Figures, Figures], each: float | None = None) -> ResultRow:
    """Return a row; `each` is what a server more may add."""
    ours, theirs = both
    if each is None:
        return ResultRow(what, unit, ours, theirs)
    most = theirs["median"] + (MANY - 1) * each
    return ResultRow(what, unit, ours, theirs, f"{each:g} {unit} a further server or less", ours["median"] <= most)


@asynccontextmanager
async def _app(folder: Path, count: int) -> AsyncIterator[RestingApp]:
    """Run an app with this many simulated servers; it is connected to all of them within the block."""
    async with resting(count) as servers:
        await asyncio.to_thread(_write, folder, servers.ports)
        environment = os.environ | {"WARMLINE_CONFIG": str(folder / "warmline.toml")}
        record, turns = folder / "pid", folder / "turns"
        command = [sys.executable, "-m", "tools.bench.calls.counted_app", str(turns)]
        environment["PYTHONPATH"] = str(Path(__file__).parents[3])  # of the tools
        pid = process.start(command, folder / "log", record, environment)
        try:

            async def all_listen() -> bool | None:
                return servers.listening() == count or None

            await until(all_listen, f"the app does not listen to {count} servers", START)
            yield RestingApp(servers, pid, turns)
        finally:
            await asyncio.to_thread(process.stop, record)


def _write(folder: Path, ports: Sequence[int]) -> None:
    """Write the settings of an app with servers at these ports, `main` first, and its database."""
    for name in ("run", "spool"):
        (folder / name).mkdir(parents=True)
    configure.fill(folder / "warmline.db", [])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        api = free.getsockname()[1]
    lines = [f'db = "{folder}/warmline.db"', f'run = "{folder}/run"', f'spool = "{folder}/spool"']
    lines += [f'recordings = "{folder}"', f"listen_port = {api}", f'ari_url = "http://127.0.0.1:{ports[0]}/ari"']
    lines += ['ari_user = "warmline"', 'ari_password = "at-rest"']
    for number, port in enumerate(ports[1:], 2):
        lines += [f"[server.s{number}]", f'ari_url = "http://127.0.0.1:{port}/ari"', 'ari_password = "at-rest"']
    (folder / "warmline.toml").write_text("\n".join(lines) + "\n")
