"""A day in a call centre on the simulated Asterisk, as the entries of its journal, and the database before it."""

import random
import shutil
from pathlib import Path

from lab import configure
from tests.core.dialler.lead_stage import ANSWERS, BUSY, CONGESTED, RINGS_ON, UNKNOWN
from tests.core.dialler.test_properties import take_step
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.engine.engine import Input
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, LeadAnsweredAway, PacingDecided
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.values.callback import Callback
from warmline.core.world.turn import Turn
from warmline.store.database.database import connect
from warmline.store.database.writing import writing
from warmline.store.journal.journal_codec import entry_of
from warmline.store.journal.journal_entry import JournalEntry

HOUR = 3_600_000_000
AGENTS = ("1000", "1001")
NUMBERS = (ANSWERS, BUSY, RINGS_ON, "8503", "8500", UNKNOWN, CONGESTED)
STEPS = "propose propose propose propose lost login login hang-up caller app end give-up"
CAMPAIGN = {
    "auto_dial_level": "3",
    "dial_level_threshold_agents": "0",
    "campaign_cid": "3125550199",
    "safe_harbor_audio": "sorry-nobody",
    "login_state": "READY",
    "dial_template": "PJSIP/{number}@trunk",
    "dial_method": "RATIO",
    "recycle": "B:5:2,NA:30:3,AB:60:1,DC:10:2",
    "auto_alt_dial": "ALT_AND_ADDR3",
    "auto_alt_dial_statuses": "B,NA,AB,DC,ADC",
}
LEADS = """
    INSERT INTO lead (lead_id, list_id, entry_date, modify_date, phone_number, alt_phone, address3, more_numbers)
    VALUES (?, '101', 1, 1, ?, ?, ?, ?)
"""


class _KeptDriver(RecordedDriver):
    """Keeps the entry of each turn."""

    def __init__(self, database: Path) -> None:
        self.kept: list[JournalEntry] = []
        super().__init__(database)

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        if written := entry_of(entry, turn, base):
            self.kept.append(written)
        super().record(entry, turn, base)


def lived(folder: Path, seed: int, steps: int) -> tuple[Path, list[JournalEntry]]:
    """Live through a day; return the database as it was before, and the entries that the day wrote."""
    before, path, draw = folder / "before.db", folder / "after.db", random.Random(seed)  # noqa: S311 - a test
    configure.fill(before, [("campaign", "TESTCAMP", CAMPAIGN), ("list", "101", {"campaign": "TESTCAMP"})])
    with writing(before) as db:
        for serial in range(1, 400):
            numbers = [draw.choice(NUMBERS) for _ in range(3)]
            more = draw.choice(("", "+49 30 555123:work|5550199", 'a "strange" one:x|1'))
            db.execute(LEADS, (serial, *numbers, more))
    with connect(before) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    lab = _KeptDriver(Path(shutil.copy(before, path)))
    lab.asterisk.far_ends |= {UNKNOWN: [(0.1, 1)], CONGESTED: [(0.1, 34)]}
    for user in AGENTS:
        lab.log_in(user)
    assert lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP") == ""
    for _ in range(steps):
        step, value = draw.choice(STEPS.split()), draw.randrange(30)
        if step == "app":
            lab.die()
            lab.come_back()
        elif step != "propose":
            take_step(lab, step, value)
        _propose(lab, draw)
        lab.wait(draw.choice((0.2, 2.5, 25)))
        for agent in AGENTS:
            _disposed(lab, draw, agent)
            lab.ask(Kind.RESUME, agent)
    lab.feed(
        LeadAnsweredAway("01J0000000000000000000AWAY", lab.asterisk.now, "+1 (312) 555-0142", "away", opted_out=True)
    )
    lab.feed(FallbackTaken("01J0000000000000000000FALL", lab.asterisk.now, "5551299", "800\0555", "no agents"))
    lab.close()
    return before, lab.kept


def _propose(lab: RecordedDriver, draw: random.Random) -> None:
    leads = (
        DialLead(draw.randrange(1, 400), "101", draw.choice(NUMBERS), open_until=lab.asterisk.now + HOUR)
        for _ in range(3)
    )
    lab.feed(PacingDecided("TESTCAMP", tuple(leads), (), ready=2, in_flight=1, threshold=3, risk=500))


def _disposed(lab: RecordedDriver, draw: random.Random, agent: str) -> None:
    """End the call of an agent with a code, with a callback, or with a code that is taken back."""
    lab.ask(Kind.HANGUP, agent)
    code = draw.choice(("SALE", "NI", "DNC", "B", "NA", "CALLBK"))
    wish = Callback(id="", call="", number="", at=lab.asterisk.now + HOUR, comments="later")
    lab.ask(Kind.STATUS, agent, status=code, callback=wish if code == "CALLBK" else None)
    if draw.randrange(3) == 0:
        lab.ask(Kind.UNDO_DISPOSITION, agent)
