"""The hub's copy of the live state: equal to the state after every turn, and resumed without a gap."""

import random
from collections.abc import Callable

import pytest

from ari_app.live import live_copy, live_snapshot
from ari_app.live.committed_turns import CommittedTurns, JournalRow
from ari_app.live.live_copy import OVERVIEW, LiveChanges, LiveCopy, LiveTopic
from ari_app.switchboard.turn_feed import TurnFeed
from tests.core.core_stage import CUSTOMER
from tests.http.agent_api import no_gap
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.engine.engine import Input
from warmline.core.messages.commands import Kind
from warmline.core.world.turn import Turn
from warmline.operations.live_records import AgentNow, CallWhole
from warmline.store.journal.journal_codec import entry_of

Records = tuple[dict[str, AgentNow], dict[str, CallWhole]]
Step = Callable[["Followed"], object]


class Followed(Driver):
    """Tells a copy of each turn, as the switchboard does after the commit."""

    def __init__(self, seed: int = 0) -> None:
        self.row = 0
        self.chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
        self.feed_of_turns = TurnFeed(lambda: self.world, lambda: self.row)
        super().__init__()
        self.copy = LiveCopy(self.feed_of_turns.follow(self._take, no_gap))
        self.touched: set[LiveTopic] = set()

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        if written := entry_of(entry, turn, base):
            tell = self.feed_of_turns.prepared([turn], [written])
            self.row += 1
            tell()

    def _take(self, turns: CommittedTurns) -> None:
        self.touched |= self.copy.apply(turns)


class Follower:
    """A reader of one topic that takes changes now and then."""

    def __init__(self, copy: LiveCopy, topic: LiveTopic) -> None:
        self._copy, self._topic, self._row = copy, topic, copy.row
        self.records = by_name(copy.whole(topic))

    def catch_up(self) -> None:
        changes = self._copy.after(self._row, self._topic)
        assert changes is not None
        self._row = self._copy.row
        agents, calls = self.records
        for user in changes.gone.agents:
            agents.pop(user, None)
        for call in changes.gone.calls:
            calls.pop(call, None)
        new_agents, new_calls = by_name(changes)
        agents.update(new_agents)
        calls.update(new_calls)


def by_name(found: LiveChanges) -> Records:
    return {one.user: one for one in found.agents}, {one.id: one for one in found.calls}


def give(kind: Kind, **fields: str) -> Step:
    return lambda driver: driver.ask(kind, driver.chance.choice(("1000", "1001", "1002")), **fields)


def log_in(driver: Followed) -> None:
    user = driver.chance.choice(("1000", "1001"))
    if user not in driver.world.sessions:
        driver.log_in(user)


def hang_up(driver: Followed) -> None:
    legs = [leg.id for leg in driver.world.legs.values() if leg.id in driver.asterisk.channels]
    if legs:
        driver.hang_up(driver.chance.choice(legs))


STEPS: tuple[Step, ...] = (
    lambda driver: driver.customer(name=f"cust{driver.row}"),
    lambda driver: driver.wait(driver.chance.choice((0.1, 1.0, 20.0))),
    hang_up,
    log_in,
    lambda driver: driver.configure("agents", "1000", full_name=driver.chance.choice(("Anna Berg", ""))),
    lambda driver: driver.configure("ingroups", "SALESLINE", group_name=driver.chance.choice(("Sales", ""))),
    give(Kind.DIAL_WITH_CUSTOMER, number="8500"),
    give(Kind.DIAL_WITH_CUSTOMER, number="8503"),
    give(Kind.PARK_CUSTOMER_DIAL, number="8500"),
    give(Kind.PARK_CUSTOMER),
    give(Kind.GRAB_CUSTOMER),
    give(Kind.LEAVE_3WAY_CALL),
    give(Kind.HANGUP_XFER),
    give(Kind.HANGUP),
    give(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE"),
    give(Kind.BLIND_TRANSFER, number="8500"),
    give(Kind.STATUS, status="SALE"),
    give(Kind.PAUSE),
    give(Kind.RESUME),
    give(Kind.MUTE),
    give(Kind.LISTEN, phone="1001"),
    give(Kind.LOGIN),
    give(Kind.LOGOUT),
    give(Kind.CHANGE_INGROUPS, ingroups="SUPPORTLINE"),
)


@pytest.mark.parametrize("seed", range(8))
def test_the_copy_and_slow_readers_equal_the_state_after_each_step(seed: int) -> None:
    lab = Followed(seed)
    lab.log_in("1000")
    topics = (
        OVERVIEW,
        LiveTopic("agent", "1000"),
        LiveTopic("ingroup", "SALESLINE"),
        LiveTopic("ingroup", "SUPPORTLINE"),
    )
    followers = {topic: Follower(lab.copy, topic) for topic in topics}
    for _ in range(120):
        lab.chance.choice(STEPS)(lab)
        world = lab.world
        agents = {one.user: one for one in live_snapshot.agents(world)}
        calls = {one.id: one for one in live_snapshot.whole_calls(world)}
        assert by_name(lab.copy.whole(OVERVIEW)) == (agents, calls)
        assert {one.call: one.user for one in agents.values() if one.call} == {
            call.id: call.agent for call in calls.values() if call.agent and agents[call.agent].call == call.id
        }
        for topic, follower in followers.items():
            if topic in lab.touched and lab.chance.random() < 0.3:
                follower.catch_up()
    for topic, follower in followers.items():
        follower.catch_up()
        assert follower.records == by_name(lab.copy.whole(topic))
    assert lab.row > 100


def committed(row: int, agents: dict[str, AgentNow | None]) -> CommittedTurns:
    return CommittedTurns(row, [JournalRow(row, 1, "leg.ringing", "", "", b"{}")], agents, {})


def test_an_old_position_is_not_known_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_copy, "KEPT", 6)
    lab = Followed()
    lab.log_in("1000")
    first = lab.copy.row
    assert lab.copy.after(first, OVERVIEW) is not None
    assert lab.copy.after(lab.copy.row + 1, OVERVIEW) is None
    for _ in range(6):
        lab.ask(Kind.PAUSE)
        lab.ask(Kind.RESUME)
    assert lab.copy.after(first, OVERVIEW) is None
    changes = lab.copy.after(lab.copy.row - 1, OVERVIEW)
    assert changes and [one.user for one in changes.agents] == ["1000"]


def test_a_change_touches_its_own_topics_only() -> None:
    lab = Followed()
    lab.log_in("1000")
    lab.log_in("1001")
    lab.touched.clear()
    lab.ask(Kind.PAUSE, "1001")
    assert LiveTopic("agent", "1001") in lab.touched and LiveTopic("agent", "1000") not in lab.touched
    lab.touched.clear()
    lab.ask(Kind.RESUME, "1001")
    lab.customer(name=CUSTOMER)
    lab.hang_up(CUSTOMER)
    assert {topic.kind for topic in lab.touched} == {"overview", "agent", "call", "ingroup"}
