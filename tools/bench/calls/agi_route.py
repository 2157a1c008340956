"""Measures how long AGI(route_did) takes in the dialplan.

As a process, the baseline is a minimal script; over FastAGI, the baseline is an empty asyncio handler.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from lab import folder
from tools.bench.tools.bench_dialplan import AGI_ROUND, AGI_RUNS
from tools.bench.tools.bench_lab import BenchLab, stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, times
from warmline.system import settings

COUNT = 100
RATIO = 2.0
SCRIPTS = Path(__file__).resolve().parent / "agi"
NO_ROUTE = {"empty"}  # the empty script has no route

Took = dict[str, list[float]]
"""Each way that was run → milliseconds, one for each run."""


async def measure(count: int, step: Step) -> BenchResult:
    """Run each way `count` times, in turn, in one channel after the other. Raises CannotMeasureError."""
    took: Took = {name: [] for name in AGI_RUNS}
    async with stage() as here, _empty_fastagi() as empty:
        await _name_places(here, empty)
        for n in range(count + 1):
            milliseconds = await _round(here)
            if n:  # the first round is a warm-up
                for name, value in milliseconds.items():
                    took[name].append(value)
                step()
    return BenchResult("route", "beside it", _rows(took))


def _rows(took: Took) -> list[ResultRow]:
    return [
        times("AGI(route_did), beside a bare Python that opens the database", took["route_did"], took["bare"], RATIO),
        times("route_did by FastAGI, beside an empty asyncio handler", took["fastagi"], took["empty"], RATIO),
    ]


async def _name_places(here: BenchLab, empty: str) -> None:
    """Give the dialplan the addresses in global variables."""
    lab = settings.load({"WARMLINE_CONFIG": f"{here.lab.dir}/{folder.SETTINGS}"})
    places = {"SCRIPTS": str(SCRIPTS), "DB": lab.db, "FASTAGI": f"agi://{lab.fastagi}", "EMPTY": f"agi://{empty}"}
    for name, place in places.items():
        await here.ari.request("POST", "asterisk/variable", variable=f"BENCH_{name}", value=place)


async def _round(here: BenchLab) -> dict[str, float]:
    """Run each way once in one channel; return milliseconds by Asterisk's clock.

    Raises CannotMeasureError if one has set no route.
    """
    done = here.ari.next("StasisStart", lambda event: event["args"][:1] == ["agi"])
    await here.ari.request("POST", "channels", endpoint=f"Local/s@{AGI_ROUND}", app="bench", appArgs="caller")
    event = (await done).body
    await here.ari.request("DELETE", f"channels/{event['channel']['id']}")
    found = {}
    for name, told in zip(AGI_RUNS, event["args"][1:], strict=True):
        begun, ended, route = told.split(":")
        if route == "0" and name not in NO_ROUTE:
            raise CannotMeasureError(f"{name} has set no route: {here.lab.dir}/log/asterisk.log tells why")
        found[name] = (float(ended) - float(begun)) * 1000
    return found


@asynccontextmanager
async def _empty_fastagi() -> AsyncIterator[str]:
    """Run a FastAGI server that reads Asterisk's first lines and answers nothing; yield its HOST:PORT."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (await reader.readline()).strip():
            pass
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"{host}:{port}"
