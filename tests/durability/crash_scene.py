"""A random scene of calls beside a faulty disk, and what a crash at each of its turns would leave."""

import asyncio
import copy
import random
import sqlite3
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from ari_app.link.call_control import CommandTimeout
from ari_app.switchboard import clock
from tests.durability.simulated_app import DISK, SimulatedApp
from tests.durability.simulated_disk import DISKS, Fault, Left, SimulatedDisk, dice_of
from tests.durability.virtual_time import VirtualLoop
from tools.simulation.asterisk.core_driver import FAR_ENDS, command, demo_rules
from tools.simulation.asterisk.simulated_asterisk import SimulatedAsterisk
from warmline.core.messages.commands import Command, Kind
from warmline.core.model.call_states import State
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.receipt import Receipt
from warmline.core.rules.configuration import Rules
from warmline.core.world.world import World
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.migrations.schema_migration import migrate

USERS = ("1000", "1001", "1002")
NUMBERS = ("8500", "8501", "8502", "5551234")
COMMANDS = (
    *[Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.LEAVE_3WAY_CALL] * 4,
    *[Kind.PARK_CUSTOMER, Kind.GRAB_CUSTOMER, Kind.PARK_XFER, Kind.GRAB_XFER] * 3,
    *[Kind.SWAP_PARK_CUSTOMER, Kind.SWAP_PARK_XFER, Kind.HANGUP_XFER, Kind.HANGUP_XFER_GRAB_CUSTOMER] * 2,
    *[Kind.STATUS] * 4,
    *[Kind.BLIND_TRANSFER, Kind.LOCAL_CLOSER, Kind.HANGUP, Kind.PAUSE, Kind.RESUME] * 2,
    Kind.LEAVE_VM,
)
FITTING = {
    State.TALKING: (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.PARK_CUSTOMER, Kind.BLIND_TRANSFER),
    State.PARKED: (Kind.GRAB_CUSTOMER, Kind.DIAL_WITH_CUSTOMER),
    State.DIALING: (Kind.LEAVE_3WAY_CALL, Kind.HANGUP_XFER, Kind.PARK_CUSTOMER, Kind.GRAB_CUSTOMER),
    State.THREE_WAY: (Kind.LEAVE_3WAY_CALL, Kind.LEAVE_3WAY_CALL, Kind.PARK_XFER, Kind.PARK_CUSTOMER, Kind.HANGUP_XFER),
    State.CONSULTING: (
        Kind.LEAVE_3WAY_CALL,
        Kind.SWAP_PARK_CUSTOMER,
        Kind.GRAB_CUSTOMER,
        Kind.HANGUP_XFER_GRAB_CUSTOMER,
    ),
    State.THIRD_PARKED: (Kind.GRAB_XFER, Kind.SWAP_PARK_XFER, Kind.LEAVE_3WAY_CALL),
    State.BOTH_PARKED: (Kind.GRAB_CUSTOMER, Kind.GRAB_XFER),
}
OFTEN = 0.7  # of the commands that fit the state of the call
STEPS = (8, 22)
PAUSES = (0.0, 0.01, 0.05, 0.2, 0.6, 2.0)
KILLED_AFTER = (0.0, 0.001, 0.004, 0.012, 0.03, 0.1, 0.16, 0.21, 0.3, 1.0)  # seconds after a turn
Pair = tuple[str, str]


@dataclass(frozen=True)
class Given:
    """A command that a client gave; `why` is the answer, and None without one."""

    command: Command
    key: str
    why: str | None = None


@dataclass(frozen=True)
class Confirmed:
    """A success that was answered."""

    receipt: str
    command: Command
    key: str
    disposition: str = ""  # the id of the one that it stored


@dataclass(frozen=True)
class Crash:
    """A moment at which the app may die: what is left, and what people know.

    `confirmed` are all successes so far. `left` are pairs who heard each other before and do not now, unless the
    app's memory joins them. `apart` are those of them who are apart since the last success.
    """

    at: float
    asterisk: SimulatedAsterisk
    killed: Left
    powerless: Left
    fault: Fault
    confirmed: tuple[Confirmed, ...]
    given: tuple[Given, ...]
    left: frozenset[Pair]
    apart: frozenset[Pair]
    states: tuple[tuple[str, str], ...]


@cache
def empty_database() -> bytes:
    """Return the bytes of a new database."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "warmline.db")
        migrate(path)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=DELETE")
        data = connection.serialize()
        connection.close()
        return data


def rules() -> Rules:
    return demo_rules(agent_rescue_seconds=20)


def asterisk() -> SimulatedAsterisk:
    return SimulatedAsterisk(far_ends=dict(FAR_ENDS))


def pairs(found: "Iterator[str] | list[str]") -> Iterator[Pair]:
    return combinations(sorted(found), 2)


def hearing(asterisk: SimulatedAsterisk) -> set[Pair]:
    """Return the pairs of channels of which one hears the other."""
    return {(a, b) for a, b in pairs(list(asterisk.channels)) if asterisk.hears(a, b) or asterisk.hears(b, a)}


def together(world: World) -> set[Pair]:
    """Return the pairs of legs that are in one room, or are moved there."""
    rooms: dict[str, list[str]] = {}
    for leg in world.legs.values():
        for bridge in {leg.bridge, leg.target_bridge} - {None}:
            rooms.setdefault(bridge or "", []).append(leg.id)
    return {pair for room, legs in rooms.items() if room.startswith("room-") for pair in pairs(legs)}


def run(play: Coroutine[Any, Any, None], dice: random.Random) -> None:
    """Run in virtual time, with ids that `dice` chooses."""
    loop = VirtualLoop()
    with patch.object(clock, "_chance", dice_of(dice.random())):
        try:
            loop.run_until_complete(play)
        finally:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0))
            loop.close()
            DISKS.pop(DISK).database.close()


class Scene:
    """Plays one scene; `crashes` are the moments at which the app may die."""

    def __init__(self, seed: int) -> None:
        self.dice = dice_of(seed)
        self.crashes: list[Crash] = []
        self._confirmed: list[Confirmed] = []
        self._given: dict[str, Given] = {}
        self._heard: set[Pair] = set()
        self._since: set[Pair] = set()  # together at some time since the last success
        self._customers = 0
        self._dispositions: dict[str, str] = {}  # by the receipt of their command

    def play(self) -> None:
        """Play it in virtual time. Raises an error of the app."""
        run(self._play(), self.dice)

    async def _play(self) -> None:
        disk = SimulatedDisk(dice_of(self.dice.random()), Left(empty_database(), b""))
        self.app = SimulatedApp(dice_of(self.dice.random()), disk, asterisk(), rules(), again=False)
        self.app.journal.handed_over = self._turn
        self.app.performed = self._heard_now
        told = self.app.board.tell
        self.app.board.tell = lambda action: (told(action), self._told(action))[0]  # type: ignore[method-assign,func-returns-value]
        for user in USERS[: self.dice.randint(1, 2)]:
            self.app.asterisk.come_in(f"phone-{user}", "login", user)
        self.app.advance()
        await asyncio.sleep(1.5)
        self._customer()
        await asyncio.sleep(0.5)
        tasks = [asyncio.create_task(self._faults())]
        for _ in range(self.dice.randint(*STEPS)):
            tasks += self._step()
            await asyncio.sleep(self.dice.choice(PAUSES))
            self.app.check()
        await asyncio.sleep(1.0)
        self._crash()
        self.app.check()
        for task in tasks:
            task.cancel()
        self.app.stop()

    async def _faults(self) -> None:
        """Let faults of the disk begin and end."""
        while True:
            await asyncio.sleep(self.dice.uniform(0, 3))
            self.app.disk.fault = self.dice.choice(list(Fault))
            await asyncio.sleep(self.dice.choice((0.1, 0.5, 2.0, 8.0)))
            self.app.disk.fault = self.dice.choice((Fault.NONE, Fault.NONE, *Fault))

    def _customer(self) -> None:
        self._customers += 1
        self.app.asterisk.come_in(f"cust-{self._customers}", "ingroup", "SALESLINE")
        self.app.advance()

    def _step(self) -> "list[asyncio.Task[None]]":
        world, lab = self.app.board.world, self.app.asterisk
        busy = [call for call in world.calls.values() if call.agent]
        if not world.calls or self.dice.random() < 0.1:
            self._customer()
            return []
        if self.dice.random() < 0.1:
            lab.hang_up(self.dice.choice(sorted(lab.channels)))
            self.app.advance()
            return []
        kind, user = self.dice.choice(COMMANDS), self.dice.choice(USERS[:2])
        if busy and self.dice.random() < OFTEN:
            call = self.dice.choice(busy)
            kind, user = self.dice.choice(FITTING.get(call.state, COMMANDS)), call.agent or user
        elif self.dice.random() < OFTEN:
            kind = self.dice.choice((Kind.STATUS, Kind.RESUME))
        ingroup = "SUPPORTLINE" if kind is Kind.LOCAL_CLOSER or self.dice.random() < 0.1 else ""
        status = self.dice.choice(("SALE", "A", "NI"))
        asked = command(kind, user, number=self.dice.choice(NUMBERS), status=status, ingroup=ingroup)
        key = f"key-{len(self._given)}"
        self._given[key] = Given(asked, key)
        return [asyncio.create_task(self._ask(asked, key))]

    async def _ask(self, asked: Command, key: str) -> None:
        try:
            why = await self.app.ask(asked, key)
        except CommandTimeout:
            return
        self._given[key] = replace(self._given[key], why=why)

    # -- what people know --

    def _told(self, action: object) -> None:
        """Note a success that is answered, and die just after it."""
        if action.why or action.refused:  # type: ignore[attr-defined]
            return
        name = action.of or action.receipt  # type: ignore[attr-defined]
        found = self.app.receipt(name)
        assert isinstance(found, Receipt), f"success of {name} was answered, and it has no receipt"
        self._confirmed.append(Confirmed(name, found.command, found.key, self._dispositions.get(name, "")))
        self._since = together(self.app.board.world)
        self._crash()

    def _heard_now(self) -> None:
        self._heard |= hearing(self.app.asterisk)

    def _turn(self, entries: Sequence[JournalEntry]) -> None:
        for records in ([record for record, _ in entry.changes] for entry in entries):
            ended = [one.id for one in records if isinstance(one, Receipt)]
            stored = [one.id for one in records if isinstance(one, DispositionEntry)]
            self._dispositions |= dict(zip(ended, stored, strict=False))
        self._since |= together(self.app.board.world)
        asyncio.get_running_loop().call_later(self.dice.choice(KILLED_AFTER), self._crash)

    def _crash(self) -> None:
        app = self.app
        app.advance()
        self._heard_now()
        here = together(app.board.world)
        left = self._heard - hearing(app.asterisk)
        crash = Crash(
            asyncio.get_running_loop().time(),
            copy.deepcopy(app.asterisk),
            app.disk.left_by_kill(),
            app.disk.left_by_power_loss(),
            app.disk.fault,
            tuple(self._confirmed),
            tuple(self._given.values()),
            frozenset(left - here),
            frozenset(left - here - self._since),
            tuple((call.id, call.state.value) for call in app.board.world.calls.values()),
        )
        self.crashes.append(crash)
