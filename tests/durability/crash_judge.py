"""Starts the app from what a crash left, and judges: no confirmed command is undone or without a receipt."""

import asyncio
import copy
import random
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Any
from unittest.mock import patch

from ari_app.link.call_control import CommandReply, CommandTimeout
from tests.durability.crash_scene import Crash, Given, Pair, hearing, rules, run
from tests.durability.simulated_app import DISK, SimulatedApp
from tests.durability.simulated_disk import Fault, SimulatedDisk, dice_of, view
from tools.simulation.asterisk.simulated_asterisk import SimulatedAsterisk
from warmline.core.calls.leg_placement import get_layout
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import LegBridge, State
from warmline.core.world.world import World
from warmline.store.database.database import StoreError

SETTLED = 4.0  # seconds after a start in which no party may hear another that they had left
STEP = 0.2  # seconds between two looks
QUIET_BY = 6.0  # seconds after a start until no customer is in silence
MOMENT = 1.0  # seconds that a move between two bridges may take
HEALED = 3.0  # further seconds until a healthy disk has all rows
PARTS = {
    Kind.LEAVE_3WAY_CALL,
    Kind.PARK_CUSTOMER,
    Kind.PARK_XFER,
    Kind.HANGUP,
    Kind.HANGUP_XFER,
}  # they join no parties
QUEUED = (State.WAITING, State.RINGING_AGENT)


class Death(StrEnum):
    """A crash: kill -9 leaves all that was written, a loss of power what was flushed."""

    KILL = "kill"
    POWER = "power"


@dataclass
class Verdict:
    """Counts, and what is wrong, each in a sentence."""

    restarts: int = 0
    confirmed: int = 0
    undone: list[str] = field(default_factory=list)
    without_receipt: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        return [*self.undone, *self.without_receipt, *self.silent, *self.twice]

    def add(self, other: "Verdict") -> None:
        self.restarts += other.restarts
        self.confirmed += other.confirmed
        for name in ("undone", "without_receipt", "silent", "twice"):
            getattr(self, name).extend(getattr(other, name))


def judge(crash: Crash, death: Death, seed: int) -> Verdict:
    """Start the app after this crash, let some seconds pass, repeat a command, and return what is wrong."""
    dice = dice_of(seed)
    restart = _Restart(crash, death, dice)
    run(restart.go(), dice)
    return restart.verdict


class _Restart:
    def __init__(self, crash: Crash, death: Death, dice: random.Random) -> None:
        self._crash, self._death, self._dice = crash, death, dice
        self.verdict = Verdict(restarts=1, confirmed=len(crash.confirmed))

    async def go(self) -> None:
        crash, dice = self._crash, self._dice
        left = crash.killed if self._death is Death.KILL else crash.powerless
        disk = SimulatedDisk(dice_of(dice.random()), left)
        faulty = dice.random() < 0.5 and crash.fault is not Fault.NONE
        disk.fault = crash.fault if faulty else Fault.NONE
        lab = copy.deepcopy(crash.asterisk)
        self.app = app = SimulatedApp(dice_of(dice.random()), disk, lab, rules(), again=True)
        self._queued = set[str]()  # customers whom the queue may bring to any agent
        app.performed = self._note_queued
        self._note_queued()
        self._joins = _unfinished_joins(app.board.world)
        self._moved = _with_commands(app.board.world)
        if faulty:
            asyncio.get_running_loop().call_later(dice.uniform(0.1, 5.0), self._heal)
        self._receipts()
        for _ in range(round(SETTLED / STEP)):
            self._nobody_hears_whom_they_left()
            await asyncio.sleep(STEP)
            app.check()
        await asyncio.sleep(QUIET_BY - SETTLED)
        silent = self._in_silence()
        await asyncio.sleep(MOMENT)
        self.verdict.silent += sorted(silent & self._in_silence())
        self._heal()
        await self._repeat()
        await asyncio.sleep(HEALED)
        self._rows()
        app.check()
        app.stop()

    def _heal(self) -> None:
        self.app.disk.fault = Fault.NONE

    def _receipts(self) -> None:
        for one in self._crash.confirmed:
            found = self.app.receipt(one.receipt)
            if found is None or not (found.told or found.ended):
                self.verdict.without_receipt.append(f"{one.command.kind} {one.receipt}: {found}")

    def _nobody_hears_whom_they_left(self) -> None:
        free = self._queued | self._moved
        hears = hearing(self.app.asterisk)
        heard = {pair for pair in hears if not free & {*pair}} - self._joins
        apart = heard & self._crash.apart
        if self._crash.confirmed and apart:
            self.verdict.undone.append(f"confirmed apart, and together again: {sorted(apart)}")
        if again := (heard & self._crash.left) - apart:
            self.verdict.undone.append(f"had left, and together again: {sorted(again)}")

    def _note_queued(self) -> None:
        calls = self.app.board.world.calls.values()
        self._queued |= {call.customer or "" for call in calls if call.state in QUEUED}

    def _in_silence(self) -> set[str]:
        """Return the customers who hear nothing."""
        lab = self.app.asterisk
        return {name for name in lab.channels if name.startswith("cust-") and not _hears_something(lab, name)}

    async def _repeat(self) -> None:
        """Repeat a command of the scene with its key, and compare the answer with what is true."""
        if not self._crash.given:
            return
        given: Given = self._dice.choice(self._crash.given)
        own = any(one.key == given.key for one in self._crash.confirmed)
        asks: list[str] = []
        ask = self.app.board.ask

        async def counted(*args: Any, **rest: Any) -> CommandReply:
            asks.append(given.key)
            return await ask(*args, **rest)

        with patch.object(self.app.board, "ask", counted):
            try:
                why = await self.app.ask(given.command, given.key)
            except (CommandTimeout, StoreError) as error:
                why = type(error).__name__
        if given.why == "" and own and (asks or why):
            self.verdict.twice.append(f"{given.key} {given.command.kind} was confirmed; given again: {asks}; {why}")

    def _rows(self) -> None:
        """Check in the rows of the healthy disk that all confirmed commands and dispositions are there."""
        with closing(view(DISK)) as db:
            db.row_factory = None
            for one in self._crash.confirmed:
                if not db.execute("SELECT 1 FROM receipt WHERE id = ?", (one.receipt,)).fetchone():
                    self.verdict.without_receipt.append(f"{one.command.kind} {one.receipt}: no row")
                found = db.execute("SELECT 1 FROM disposition_entry WHERE id = ?", (one.disposition,)).fetchone()
                if one.disposition and not found:
                    self.verdict.undone.append(f"disposition {one.command}: no row")


def _hears_something(lab: SimulatedAsterisk, name: str) -> bool:
    channel = lab.channels[name]
    sounds = {*lab.tones.values(), *lab.room_music}
    others = any(lab.hears(name, other) for other in lab.channels)
    return others or lab.hears_music(name) or bool(channel.playing) or channel.bridge in sounds


def _with_commands(world: World) -> set[str]:
    """Return the customers and third parties whom a command on record may join to others, as without a crash."""
    found: set[str] = set()
    for call in world.calls.values():
        waiting = filter(None, (call.commands.pending, *call.commands.queue))
        if any(world.receipts[name].kind not in PARTS for name in waiting if name in world.receipts):
            found |= {leg for leg in (call.customer, call.third) if leg}
    return found


def _unfinished_joins(world: World) -> set[Pair]:
    """Return the pairs that an unfinished move on record brings together, such as a phone that is called back."""
    found: set[Pair] = set()
    for call in world.calls.values():
        session = world.sessions.get(call.agent or "")
        want = get_layout(call, call.state)
        phone = session.leg if session else None
        places = {call.customer or "": want.customer, call.third or "": want.third, phone or "": want.agent}
        legs = [world.legs[name] for name, place in places.items() if name in world.legs and place is not None]
        if call.state is not State.RESCUE:  # which brings all back
            legs = [leg for leg in legs if places[leg.id] is LegBridge.MIXING]
        for one, other in combinations(sorted(legs, key=lambda leg: leg.id), 2):
            if any(leg.bridge != call.mixing_bridge_id or leg.target_bridge for leg in (one, other)):
                found.add((one.id, other.id))
    return found
