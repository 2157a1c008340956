"""Measures memory over an hour of three calls per second: its growth, and the memory of one call.

The core and the journal's writer run on the simulated Asterisk with virtual time, so that an hour takes minutes. Of ten
calls, six are ordinary, two are parked and fetched back, two become a three-way call that the agent leaves; every call
is recorded. Memory means what tracemalloc finds of objects created in warmline/core and warmline/store.
"""

import asyncio
import gc
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from heapq import heappop, heappush
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lab import configure
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind

COUNT = 12  # times five minutes
CALLS = 900  # in five minutes
SECOND = 1_000_000
EVERY = 300 * SECOND // CALLS
AGENTS = 120
MORE = 1.02  # allowed ratio of the end to the half: Python keeps some freed memory
RECORDED = ("campaign", "TESTCAMP", {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"})
OURS = [tracemalloc.Filter(True, f"*/warmline/{folder}/*") for folder in ("core", "store")]

Story = Iterator[float]
"""The actions of a party; it yields the seconds until the next action."""


class HeldMemory(NamedTuple):
    """One sample: KB of objects, the process's memory in KB, open calls, and records of any kind."""

    held: float
    process: float
    calls: float
    records: float


async def measure(count: int, step: Step) -> BenchResult:
    """Run `count` times five minutes. Raises LabError, CannotMeasureError."""
    return await asyncio.to_thread(_measure, count, step)


def _measure(count: int, step: Step) -> BenchResult:
    with TemporaryDirectory(prefix="warmline-bench-") as folder, _traced():
        centre = MemoryCentre(Path(folder) / "warmline.db")
        try:
            seen = []
            for _ in range(count):
                centre.live(CALLS)
                seen.append(look(centre))
                step()
            centre.finish()
            return judge(seen, look(centre))
        finally:
            centre.close()


@contextmanager
def _traced() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def look(centre: "MemoryCentre") -> HeldMemory:
    """Take a sample now."""
    centre.forget()
    gc.collect()
    traces = tracemalloc.take_snapshot().filter_traces(OURS).statistics("filename")
    status = Path("/proc/self/status").read_text()
    return HeldMemory(
        held=sum(trace.size for trace in traces) / 1024,
        process=float(status.partition("VmRSS:")[2].split()[0]),
        calls=float(len(centre.world.calls)),
        records=float(sum(1 for _ in centre.world.open_entities())),
    )


def judge(seen: Sequence[HeldMemory], over: HeldMemory) -> BenchResult:
    """Compare the end with the middle, and return the memory of an open call: the difference after all have ended."""
    half, last = seen[(len(seen) - 1) // 2], seen[-1]
    goal, met = f"{MORE:g} times or less", last.held <= MORE * half.held
    ours, theirs = ({"KB": (one.held - over.held) / one.calls} for one in (last, half))
    rows = [
        ResultRow("held", "KB", {"KB": last.held}, {"KB": half.held}, goal, met),
        ResultRow("held of each open call", "KB", ours, theirs),
        ResultRow("open calls", "calls", {"count": last.calls}, {"count": half.calls}),
        ResultRow("open records", "records", {"count": last.records}, {"count": half.records}),
        ResultRow("the whole process, with the simulated Asterisk", "KB", {"KB": last.process}, {"KB": half.process}),
    ]
    for number, one in enumerate(seen, 1):
        rows.append(ResultRow(f"held after {5 * number} minutes", "KB", {"KB": one.held}, {"KB": half.held}))
    rows.append(ResultRow("held when all calls are over", "KB", {"KB": over.held}, {"KB": half.held}))
    return BenchResult("memory", "half the time", rows)


class MemoryCentre(RecordedDriver):
    """Agents who are logged in, and callers who arrive evenly."""

    def __init__(self, database: Path, agents: int = AGENTS, every: int = EVERY) -> None:
        """Create it; a caller arrives every `every` microseconds. Raises LabError."""
        users = [str(number) for number in range(2000, 2000 + agents)]
        configure.fill(database, [RECORDED, *(change for user in users for change in _agent(user))])
        super().__init__(database)
        self._came, self._every = 0, every
        self._stories: list[tuple[int, int, Story]] = []
        for user in users:
            self.log_in(user)
        self._next = self.asterisk.now

    def live(self, calls: int) -> None:
        """Run until this many callers have arrived."""
        for _ in range(calls):
            self._came += 1
            self._next = max(self._next, self.asterisk.now) + self._every
            self._until(self._next)
            self._go_on(self._came, self._call(self._came))

    def finish(self) -> None:
        """Run until all calls have ended. Raises CannotMeasureError if a call is left."""
        while self._stories:
            self._until(self._stories[0][0])
        while (alarm := self.world.next_timer()) is not None:
            self._until(alarm + 1)
        if self.world.calls:
            raise CannotMeasureError(f"{len(self.world.calls)} calls are not over")

    def forget(self) -> None:
        """Remove what only the simulation stores for tests, because it is not measured."""
        for past in (self.inputs, self.asked, self.told, self.closed):
            past.clear()
        for log in (self.asterisk.played, self.asterisk.dialled, self.asterisk.cut_off, self.asterisk.given_back):
            log.clear()
        files = self.asterisk.files
        self.asterisk.files = {name: files[name] for name in self.asterisk.recordings}
        self.asterisk.silent_spots &= set(self.asterisk.bridges)

    def _until(self, time: int) -> None:
        """Let time pass, with all actions of the parties in it."""
        while self._stories and self._stories[0][0] <= time:
            at, number, story = heappop(self._stories)
            self._pass(at)
            self._go_on(number, story)
        self._pass(time)

    def _pass(self, time: int) -> None:
        if time > self.asterisk.now:
            self.wait((time - self.asterisk.now) / SECOND)

    def _go_on(self, number: int, story: Story) -> None:
        if (seconds := next(story, None)) is not None:
            heappush(self._stories, (self.asterisk.now + int(seconds * SECOND), number, story))

    def _call(self, number: int) -> Story:
        customer = self.customer("ingroup", "SALESLINE", name=self._base())
        yield 5
        call = self.call_of(customer)
        agent = call.agent or ""
        if number % 10 in (3, 8):
            self.ask(Kind.PARK_CUSTOMER, agent)
            yield 5
            self.ask(Kind.GRAB_CUSTOMER, agent)
        elif number % 10 in (1, 6):
            self.ask(Kind.DIAL_WITH_CUSTOMER, agent, number="8500")
            yield 5
            self.ask(Kind.LEAVE_3WAY_CALL, agent)
            yield 2
            self.ask(Kind.STATUS, agent, status="XFER")
        yield 15
        self.hang_up(customer)
        yield 3
        self.ask(Kind.STATUS, agent, status="SALE")


def _agent(user: str) -> list[configure.Change]:
    options = {"phone": user, "campaign": "TESTCAMP", "ingroups": "SALESLINE"}
    return [("phone", user, {}), ("agent", user, options)]
