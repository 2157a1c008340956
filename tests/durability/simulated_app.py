"""The app in virtual time: the real switchboard, journal and receipts, on a simulated disk and a simulated Asterisk."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from ari_app.link.idempotency import CommandRequest, IdempotentCommands
from ari_app.switchboard.switchboard import Switchboard
from tests.durability import simulated_disk
from tests.durability.simulated_disk import DISKS, SimulatedDisk
from tests.durability.virtual_time import SimpleQueue, Threading
from tools.simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Command
from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.model.receipt import Receipt
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn_scope import make_event_filter
from warmline.store.journal import journal_spill, journal_writer, receipt_lookup, spill_file
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter

DISK = "disk"
RESERVED = 24 * 1024  # bytes; so that a scene can fill it
BY = "client"
EXCHANGE = (0.0005, 0.02)  # seconds of a request to Asterisk, or of an event


class SpillLost(AssertionError):
    """A start has set the spill file aside."""


def _set_aside(path: object, at: int) -> object:
    raise SpillLost("the entries of the spill file are lost")


class WholeHistory:
    """Stands for WrittenHistory: a simulated disk loses no rows."""

    lost = ""

    def __init__(self, *_: object) -> None:
        """Compare nothing."""

    def wrote(self, *_: object) -> None:
        """Note nothing."""

    failed = forgotten = wrote


@contextmanager
def simulated_machine() -> Iterator[None]:
    """Let the journal use the simulated disk and virtual time. Its code is the real one."""
    with ExitStack() as stack:
        stand_ins: dict[Any, dict[str, Any]] = {
            journal_writer: {
                "threading": Threading,
                "SimpleQueue": SimpleQueue,
                "connect": simulated_disk.connect,
                "reading": simulated_disk.reading,
                "leader_lock_file": SimpleNamespace(lead=lambda _: BytesIO()),
                "StoredFile": lambda _: DISKS[DISK].spill,
                "WrittenHistory": WholeHistory,
            },
            journal_spill: {"threading": Threading, "SimpleQueue": SimpleQueue},
            spill_file: {"RESERVED": RESERVED, "set_aside": _set_aside},
            receipt_lookup: {"reading": simulated_disk.reading},
        }
        for module, names in stand_ins.items():
            stack.enter_context(patch.multiple(module, **names))
        yield


class WatchedJournal(JournalWriter):
    """The journal; `handed_over` is called after each turn's entries are handed over."""

    handed_over: Callable[[Sequence[JournalEntry]], None] = staticmethod(lambda _: None)

    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        written = super().record(entries)
        self.handed_over(entries)
        return written


class Clock:
    """The time of the simulated Asterisk; each reading is later than the previous one."""

    def __init__(self, app: "SimulatedApp", after: int) -> None:
        self._app, self._last = app, after

    def now(self) -> int:
        self._last = max(self._app.now, self._last + 1)
        return self._last

    def correction(self) -> int:
        """Return 0: the machine's clock is right."""
        return 0


class SimulatedApp:
    """The app. Create it in a VirtualLoop, on a disk and beside an Asterisk that may have been used before."""

    def __init__(
        self, dice: random.Random, disk: SimulatedDisk, asterisk: SimulatedAsterisk, rules: Rules, *, again: bool
    ) -> None:
        self.dice, self.disk, self.asterisk = dice, disk, asterisk
        self._loop = asyncio.get_running_loop()
        self._base = asterisk.now - round(self._loop.time() * SECOND)
        self._lanes: dict[str, float] = {}
        self._tick: asyncio.TimerHandle | None = None
        self.performed: Callable[[], None] = lambda: None
        DISKS[DISK] = disk
        self.journal = WatchedJournal(DISK)
        self.journal.open()
        world = restore(self.journal.load_open())
        clock = Clock(self, self.journal.last_time())
        self.board = Switchboard(world, self.journal, self._perform, clock, ended=self.journal.spilled_receipts())  # type: ignore[arg-type] # a clock in virtual time
        self.once = IdempotentCommands(self.board, self._stored)
        self._running = asyncio.create_task(self.board.run())
        self.board.post(ev.AppStarted())
        self.board.post(ev.ConfigurationChanged(rules))
        asterisk.out.clear()
        for event in difference(asterisk, world, start=again):
            self.board.post(event)
        self.advance()

    @property
    def now(self) -> int:
        """The time in microseconds UTC."""
        return self._base + round(self._loop.time() * SECOND)

    async def _stored(self, by: str, key: str) -> Receipt | None:
        await asyncio.sleep(self.dice.uniform(*EXCHANGE))
        return receipt_lookup.find_by_key(DISK, by, key)

    async def ask(self, command: Command, key: str = "") -> str:
        """Give a command as a client; return "" if it succeeded. Raises CommandTimeout, CommandUnrecorded."""
        reply = await self.once.give(CommandRequest(command, BY, "test", key, request=str(command)))
        return reply.why

    def receipt(self, name: str) -> Receipt | None:
        """Return a receipt in memory or in the database."""
        return self.board.receipt(name) or receipt_lookup.find(DISK, name)

    # -- Asterisk --

    def advance(self) -> None:
        """Let Asterisk do what its far ends do until now, and send its events."""
        while self.asterisk.pass_time(self.now):
            pass
        for event in self.asterisk.out:
            self._in_order("events", lambda event=event: self.board.post(event))  # type: ignore[misc] # mypy #12557
        self.asterisk.out.clear()
        if self._tick:
            self._tick.cancel()
        if self.asterisk.later:
            at = (self.asterisk.later[0][0] - self._base) / SECOND
            self._tick = self._loop.call_at(at + 1e-6, self.advance)

    def _in_order(self, lane: str, act: Callable[[], None]) -> None:
        at = max(self._loop.time(), self._lanes.get(lane, 0.0)) + self.dice.uniform(*EXCHANGE)
        self._lanes[lane] = at
        self._loop.call_at(at, act)

    def _perform(self, lane: str, action: do.Action) -> None:
        if isinstance(action, do.Reply):
            self.board.tell(action)
        elif isinstance(action, FindDialFacts):
            found = ev.DialFactsFound(action.check, action.agent, DialFacts())
            self._in_order("facts", lambda: self.board.post(found))
        else:
            self._in_order(lane, lambda: self._arrives(action))

    def _arrives(self, action: do.Action) -> None:
        self.advance()
        if isinstance(action, do.ReconcileCalls):
            ours = make_event_filter(self.board.world, action.calls, action.legs)
            self.asterisk.out += [*filter(ours, difference(self.asterisk, self.board.world))]
            self.asterisk.out.append(ev.CallsReconciled(action.calls, action.legs))
        else:
            self.asterisk.perform(action)
        self.performed()
        self.advance()

    def check(self) -> None:
        """Raise the error that has ended the loop, if any."""
        if self._running.done():
            self._running.result()
        failure = getattr(self._loop, "failure", None)
        if failure:
            raise failure

    def stop(self) -> None:
        """End the tasks of a simulated app; nothing is written."""
        self._running.cancel()
