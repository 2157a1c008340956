"""Calls, callbacks and leads follow the machine's clock, and rows their own order, whatever happens to that clock.

The switchboard, the journal's writer and the hopper are real. Asterisk does nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from ari_app.dialler.lead_hopper import LeadHopper
from ari_app.switchboard import clock, switchboard
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from tests.copied_database import new_database
from tests.leads.dialled_leads import FLORIDA, NOON, add, prepare, promised
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages.leg_messages import LegArrived, LegDestroyed
from warmline.core.messages.process_messages import AppStarted, ConfigurationChanged, Reconciled
from warmline.core.model.call_states import State
from warmline.core.permission import dial_gate
from warmline.store.configuration import config
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.reading import reading
from warmline.store.journal import dated_ahead
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.journal.replay import replay

SECOND, HOUR, DAY = 1_000_000, 3_600_000_000, 86_400_000_000
OPEN = {"ct_default_start": "2400", "ct_monday_start": "1130", "ct_monday_stop": "1230", "timezone": "America/New_York"}
DUE, LATER = "+13055550101", "+13055550102"  # the numbers of two callbacks, at 11:00 and at 12:45
NEW = "13055550100"
RIGHT = (True, True, [DUE, NEW])
"""At noon: the in-group is open, the campaign may dial, and these numbers are dialled."""


class Machine:
    """A machine's clock, which is `wrong` by some microseconds, and a monotonic one. The true time is that of both."""

    def __init__(self, wrong: int) -> None:
        self.true, self.wrong = NOON, wrong

    def time_ns(self) -> int:
        return (self.true + self.wrong) * 1000

    def monotonic_ns(self) -> int:
        return (self.true - NOON + HOUR) * 1000


@asynccontextmanager
async def app(db: Path, machine: Machine) -> AsyncIterator["Site"]:
    """Start the app's parts; they end as they do when their process is killed."""
    journal = JournalWriter(db)
    journal.open()
    time = Clock(after=journal.last_time())
    site = Site(db, machine, journal, time)
    tasks = [asyncio.create_task(work) for work in (site.board.run(), site.board.watch_clock())]
    try:
        await site.board.post_and_wait(AppStarted())
        await site.board.post_and_keep(ConfigurationChanged(site.rules))
        await site.board.post_and_keep(Reconciled())
        yield site
    finally:
        for task in tasks:
            task.cancel()
        site.hopper.close()
        journal.close()


class Site:
    """The parts of an app that decide by the clock."""

    def __init__(self, db: Path, machine: Machine, journal: JournalWriter, time: Clock) -> None:
        self.machine, self.time = machine, time
        with reading(db) as connection:
            self.rules = load_rules(connection)
        world = restore(journal.load_open())
        self.board = Switchboard(world, journal, self.perform, time, ended=journal.spilled_receipts())
        self.hopper = LeadHopper(str(db), lambda: self.board.world, time.now, time.machine_time)
        self.legs = 0

    def perform(self, lane: str, action: do.Action) -> None:
        """Asterisk does nothing."""

    async def set_clock(self, wrong: int) -> None:
        """Set the machine's clock, and wait until the app, which looks at it each second, has journalled that."""
        committed = self.board.committed.next_ring()
        self.machine.wrong = wrong
        await asyncio.wait_for(committed.wait(), 10)

    async def decisions(self) -> tuple[bool, bool, list[str]]:
        """Return whether a call may wait, whether the campaign may dial, and the numbers that it dials."""
        self.legs += 1
        leg = f"{self.time.now()}.{self.legs}"
        await self.board.post_and_wait(LegArrived(leg, ("ingroup", "SUPPORTLINE"), number="3125550100"))
        call = next(call for call in self.board.world.calls.values() if call.customer == leg)
        closed = dial_gate.find_closed_reason(self.board.world, self.rules.campaign("SALES"), self.time.now())
        self.hopper.take("SALES", 0)
        await self.hopper.settled()
        leads = self.hopper.take("SALES", 10)
        self.machine.true += 11 * SECOND  # a lead that was proposed may be proposed again
        await self.board.post_and_keep(LegDestroyed(leg, 16))
        return call.state is State.WAITING, not closed, [lead.number for lead in leads]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database with an in-group, a campaign, a lead and callbacks that depend on the time."""
    new_database(path := tmp_path / "warmline.db")
    config.create(path, "call-time", "NOON", OPEN, who="test")
    prepare(path, dial_method="PROGRESSIVE", local_call_time="NOON", dial_call_time_id="NOON")
    config.create(path, "ingroup", "SUPPORTLINE", {"call_time_id": "NOON"}, who="test")
    add(path, f"{FLORIDA}5550100")
    promised(path, NOON - HOUR, number=DUE, name="due")
    promised(path, NOON + 3 * HOUR // 4, number=LATER, name="later")
    monkeypatch.setattr(switchboard, "LOOK_SECONDS", 0.001)
    return path


@pytest.mark.fault(
    "the machine's clock is wrong at a start, leaps, or is set back",
    "opening hours, callbacks and legal hours follow the clock within a second after it is right",
    "times in order, and a row `clock.corrected` for each move",
)
@pytest.mark.parametrize("ahead", [2 * HOUR, DAY, 365 * DAY, -2 * HOUR])
def test_no_decision_is_wrong_once_the_machines_clock_is_right(
    db: Path, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    """A start with a wrong clock, which is set right; two restarts; a leap under a running app, and back."""
    machine = Machine(ahead)
    monkeypatch.setattr(clock, "time", SimpleNamespace(time_ns=machine.time_ns, monotonic_ns=machine.monotonic_ns))

    async def scenario() -> list[tuple[bool, bool, list[str]]]:
        found = []
        async with app(db, machine) as site:
            by_wrong_clock = await site.decisions()
            assert by_wrong_clock[:2] == (False, False)
            await site.set_clock(0)
            found.append(await site.decisions())
        for _ in range(2):
            async with app(db, machine) as site:
                found.append(await site.decisions())
                await site.set_clock(2 * HOUR)
                assert await site.decisions() == (False, False, [])
                await site.set_clock(0)
                found.append(await site.decisions())
        return found

    assert asyncio.run(scenario()) == [RIGHT] * 5
    made_by_hand = ("call", "callback")
    assert [found for found in replay(db).differences if found.journal not in made_by_hand] == []
    with reading(db) as connection:
        times = [row[0] for row in connection.execute("SELECT at FROM journal ORDER BY seq")]
        corrections = [tuple(row) for row in connection.execute("SELECT at, correction FROM clock_correction")]
    spans = [span.seconds for span in dated_ahead.spans(db)]
    assert len(spans) == (3 if ahead > 0 else 2) and abs(max(spans) * SECOND - max(ahead, 2 * HOUR)) < 60 * SECOND
    assert times == sorted(set(times)) and max(times) < NOON + max(ahead, 0) + HOUR
    assert abs(corrections[-1][0] + corrections[-1][1] - machine.true) < 30 * SECOND
