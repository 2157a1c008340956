"""The work of a program with leads over HTTP: in each turn it brings, searches, changes and fetches some.

The program stands for another machine. So it has a process of its own, and takes the time of processors that nothing
else wants.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from random import Random
from typing import Self

from ari_app.process.priority import give_way
from tools.bench.million import lead_files
from tools.bench.million.lead_files import CUSTOM
from tools.bench.million.lead_kills import client
from tools.bench.million.lead_program import LeadProgram
from tools.bench.tools.result import CannotMeasureError

LIST = "700"
SEARCHES = 20  # of each kind in a turn
SINGLE = 20  # leads that are changed one by one in a turn
VENDOR = lead_files.HEAD.index("vendor_lead_code")
OF_LIST = f"/lists/{LIST}/leads"
LAST = 19  # nice value
LOOKS = 0.5  # seconds between two looks at an import, as `warmline lead import` has them


@dataclass
class LeadTimes:
    """Milliseconds of each search and of a single change, by name; the rows of each kind of work, and its seconds."""

    single: dict[str, list[float]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    held: float = 0.0  # the longest hold of the write lock in the report of an import, in ms

    def count(self, what: str, rows: int, began: float) -> None:
        """Add some rows of a kind of work that began then, by time.monotonic()."""
        self.rows[what] = self.rows.get(what, 0) + rows
        self.seconds[what] = self.seconds.get(what, 0.0) + time.monotonic() - began

    def add(self, more: Self) -> None:
        """Add what another turn measured."""
        for what, took in more.single.items():
            self.single.setdefault(what, []).extend(took)
        for what, rows in more.rows.items():
            self.rows[what] = self.rows.get(what, 0) + rows
            self.seconds[what] = self.seconds.get(what, 0.0) + more.seconds[what]
        self.held = max(self.held, more.held)


@dataclass
class LeadWork:
    """The work of all turns. `brought` is how many leads are there. Callers' leads have ids between theirs."""

    program: LeadProgram
    dice: Random
    times: LeadTimes = field(default_factory=LeadTimes)
    brought: int = 0

    async def turn(self, count: int, *, as_json: bool) -> None:
        """Bring so many leads, and work with them. Raises CannotMeasureError."""
        await self._bring(count, as_json=as_json)
        start, last = await self._id(self.brought - count) - 1, await self._id(self.brought - 1)
        await self.search()
        await self._change(start, last)
        began, got = time.monotonic(), 0
        async for _ in self.program.fetched(LIST, last, start, count):
            got += 1
        self.times.count("fetched", got, began)
        if got != count:
            raise CannotMeasureError(f"{got} of {count} leads were fetched")

    async def _bring(self, count: int, *, as_json: bool) -> None:
        form = lead_files.ndjson_file if as_json else lead_files.csv_file
        content = await asyncio.to_thread(form, self.brought, count)
        began = time.monotonic()
        report = await self.program.bring(LIST, content)
        if report["imported"] != count:
            raise CannotMeasureError(f"{report['imported']} of {count} leads were imported: {report}")
        self.times.count("brought as NDJSON" if as_json else "brought as CSV", count, began)
        self.times.held = max(self.times.held, report["longest_held_ms"])
        self.brought += count

    async def _id(self, serial: int) -> int:
        """Return the lead_id of the lead with a serial number."""
        query = {"vendor_lead_code": lead_files.lead(serial).values[VENDOR]}
        _, [lead] = await self.program.ask("GET", "/leads", query=query)
        return int(lead["lead_id"])

    async def search(self) -> None:
        """Search leads by each kind of value."""
        for _ in range(SEARCHES):
            serial = self.dice.randrange(self.brought)
            for what, path, query in self._searches(serial, await self._id(serial)):
                began = time.perf_counter()
                _, told = await self.program.ask("GET", path, query=query)
                self.times.single.setdefault(what, []).append(1000 * (time.perf_counter() - began))
                if not told:
                    raise CannotMeasureError(f"{what}: no lead for {query}")

    def _searches(self, serial: int, lead: int) -> list[tuple[str, str, Mapping[str, str]]]:
        one = dict(zip(lead_files.HEAD, lead_files.lead(serial).values, strict=True))
        surname, first_name = one["last_name"], one["first_name"]
        behind = {"after": str(lead - 1), "limit": "1"}
        return [
            ("number", "/leads", {"number": one["phone_number"]}),
            ("vendor code", "/leads", {"vendor_lead_code": one["vendor_lead_code"]}),
            ("e-mail", "/leads", {"email": one["email"].upper()}),
            ("last name", "/leads", {"name": surname}),
            ("both names", "/leads", {"name": f"{surname}, {first_name}"}),
            ("custom field of many leads", OF_LIST, {"where": f'custom.plan="{one["plan"]}"'}),
            ("custom field of one lead, behind it", OF_LIST, {"where": f'custom.meter="{one["meter"]}"', **behind}),
        ]

    async def _change(self, start: int, last: int) -> None:
        for _ in range(SINGLE):
            lead = await self._id(self.dice.randrange(self.brought))
            body = {"custom_fields": {CUSTOM[-1]: f"changed {self.brought}"}}
            began = time.perf_counter()
            await self.program.ask("PATCH", f"/leads/{lead}", body)
            self.times.single.setdefault("change of one lead", []).append(1000 * (time.perf_counter() - began))
        began = time.monotonic()
        changed = await self.program.change(LIST, last, start, owner="bench")
        self.times.count("changed in bulk", changed, began)


@dataclass
class LeadWorker:
    """The program in its process. `times` are those of all turns, and `brought` is how many leads are there."""

    api: str
    token: str
    process: ProcessPoolExecutor
    times: LeadTimes = field(default_factory=LeadTimes)
    brought: int = 0

    async def turn(self, count: int, *, as_json: bool) -> None:
        """Let it bring so many leads, and work with them. Raises CannotMeasureError."""
        await self._done(partial(LeadWork.turn, count=count, as_json=as_json))
        self.brought += count

    async def search(self) -> None:
        """Let it search leads. Raises CannotMeasureError."""
        await self._done(LeadWork.search)

    async def _done(self, work: Callable[[LeadWork], Awaitable[None]]) -> None:
        loop = asyncio.get_running_loop()
        self.times.add(await loop.run_in_executor(self.process, _worked, self.api, self.token, self.brought, work))


@asynccontextmanager
async def lead_worker(api: str, token: str) -> AsyncIterator[LeadWorker]:
    """Provide the program, as a client of the JSON API at `api`."""
    with ProcessPoolExecutor(1, get_context("spawn"), _give_way) as process:
        yield LeadWorker(api, token, process)


def _give_way() -> None:
    os.setsid()
    give_way(LAST)


def _worked(api: str, token: str, brought: int, work: Callable[[LeadWork], Awaitable[None]]) -> LeadTimes:
    async def run() -> LeadTimes:
        async with client(api, token) as http:
            program = LeadWork(LeadProgram(http, looks=LOOKS), Random(brought), brought=brought)  # noqa: S311 - to be had again
            await work(program)
            return program.times

    return asyncio.run(run())
