"""Any day of two agents: the sums of `warmline audit agent` equal those of a clock and of the journal."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lab import configure
from tests.soak import examples
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.engine.engine import Input
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.world.turn import Turn
from warmline.store.journal.replay import replay
from warmline.store.reports.agent_day import BUCKETS, agent_day

FOLDER = tempfile.TemporaryDirectory()
USERS = ("1000", "1001")
THINGS_A_DAY = 100
TIMES = {
    "wrapup_seconds": "3",
    "dispo_max": "20",
    "dead_max": "8",
    "pause_max": "60",
    "lost_max": "9",
    "agent_rescue_seconds": "5",
}

Spent = tuple[AgentState, bool, str]  # the state, whether it was a hold, the pause code


class Watched(RecordedDriver):
    """A clock that notes after each turn what each agent does."""

    def __init__(self, database: Path) -> None:
        self.spent: dict[str, Counter[Spent]] = {user: Counter() for user in USERS}
        self.doing: dict[str, Spent] = {}
        self.looked = 0
        super().__init__(database)

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        super().record(entry, turn, base)
        self.look(turn.now)

    def look(self, now: int) -> None:
        for user, was in self.doing.items():
            self.spent[user][was] += now - self.looked
        self.looked = now
        if self.alive:
            there = self.world.sessions.values()
            self.doing = {one.agent: (one.state, one.hold, one.pause_code) for one in there}


def comes_in(lab: Watched) -> None:
    if len(lab.world.calls) < 2:
        lab.customer("ingroup", "SALESLINE", name=f"customer-{lab.asterisk.now}")


def goes(lab: Watched) -> None:
    if customers := [call.customer for call in lab.world.calls.values() if call.customer]:
        lab.hang_up(customers[0])


def phone_is_lost(lab: Watched) -> None:
    if legs := [one.leg for one in lab.world.sessions.values() if one.leg in lab.asterisk.channels]:
        lab.hang_up(legs[0] or "", 44)


def restarts(lab: Watched) -> None:
    lab.die()
    lab.wait(2)
    lab.come_back()


def logs_in(lab: Watched, user: str) -> None:
    if f"phone-{user}" not in lab.asterisk.channels:
        lab.log_in(user)


def asks(kind: Kind, user: str = "1000", **arguments: str) -> Callable[[Watched], None]:
    def ask(lab: Watched) -> None:
        lab.ask(kind, user, **arguments)

    return ask


THINGS: dict[str, Callable[[Watched], None]] = {
    "a customer": comes_in,
    "he goes": goes,
    "lost": phone_is_lost,
    "restart": restarts,
    "in": lambda lab: logs_in(lab, "1000"),
    "another in": lambda lab: logs_in(lab, "1001"),
    "out": asks(Kind.LOGOUT),
    "lunch": asks(Kind.PAUSE, pause_code="LUNCH"),
    "pause": asks(Kind.PAUSE),
    "another pauses": asks(Kind.PAUSE, "1001", pause_code="TRAIN"),
    "ready": asks(Kind.RESUME),
    "another ready": asks(Kind.RESUME, "1001"),
    "park": asks(Kind.PARK_CUSTOMER),
    "grab": asks(Kind.GRAB_CUSTOMER),
    "third": asks(Kind.DIAL_WITH_CUSTOMER, number="8500"),
    "closer": asks(Kind.PARK_CUSTOMER_DIAL, ingroup="SUPPORTLINE"),
    "drop": asks(Kind.HANGUP_XFER),
    "leave": asks(Kind.LEAVE_3WAY_CALL),
    "hangup": asks(Kind.HANGUP),
    "sale": asks(Kind.STATUS, status="SALE"),
    "another's code": asks(Kind.STATUS, "1001", status="NI"),
}


@cache
def template() -> Path:
    path = Path(FOLDER.name) / "template.db"
    configure.fill(path, [("campaign", "TESTCAMP", TIMES)])
    return path


def folded(spent: Counter[Spent]) -> tuple[Counter[str], Counter[str]]:
    """Return the times by the report's names, and those of the pause codes."""
    totals, codes = Counter[str](), Counter[str]()
    for (state, hold, code), time in spent.items():
        is_lost = (state, code) == (AgentState.PAUSED, "LOST")
        totals["lost" if is_lost else "hold" if hold else BUCKETS[state]] += time
        if state is AgentState.PAUSED:
            codes[code] += time
    return totals, codes


def live(lab: Watched, dice: Random) -> None:
    """Run a day with many kinds of events, mostly calls."""
    for user in USERS:
        lab.log_in(user)
    for _ in range(THINGS_A_DAY):
        thing = dice.choice((*THINGS.values(), comes_in, comes_in, comes_in))
        thing(lab)
        lab.wait(dice.choice((0, 0.5, 3, 10)) * dice.random())


@settings(max_examples=examples(2, by_night=8))
@given(st.integers(0, 2**32), st.floats(0, 1))
def test_every_moment_of_any_day_is_accounted_for(seed: int, cut: float) -> None:
    path = Path(shutil.copy(template(), tempfile.mkdtemp(dir=FOLDER.name)))
    lab = Watched(path)
    began = lab.asterisk.now
    try:
        live(lab, Random(seed))  # noqa: S311 - a day, no secret
        now = lab.asterisk.now
        lab.look(now)
    finally:
        lab.close()
    midnight = began + round(cut * (now - began))
    for user in USERS:
        whole, *halves = (agent_day(path, user, *of) for of in ((0, now), (0, midnight), (midnight, now)))
        assert [one.findings for one in (whole, *halves)] == [[], [], []]
        totals, codes = folded(lab.spent[user])
        assert whole.length == totals.total() == sum(whole.totals.values())
        assert +Counter(whole.totals) == +totals
        assert +Counter(whole.pause_codes) == +codes
        for of in ("totals", "pause_codes", "states"):
            first, second = (Counter(getattr(half, of)) for half in halves)
            assert +(first + second) == +Counter(getattr(whole, of)), "nothing is lost or counted twice at midnight"
    again = replay(path)
    assert (again.differences, again.stopped) == ([], "")
