"""Many waiting callers: no turn goes through all of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, SCENES, lab_with, phone_of, talking
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.commands.command_registry import CALL_COMMANDS
from warmline.core.engine import engine
from warmline.core.engine.recovery import restore
from warmline.core.indexes.record_table import RecordTable
from warmline.core.indexes.undo_log import UndoLog
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.world.turn import Turn


class Watched(RecordTable[Any]):
    """A table of the world that reports each iteration over it within a turn."""

    in_a_turn = False

    def __init__(self, undo: UndoLog, records: dict[str, Any]) -> None:
        super().__init__(undo)
        self.update(records)

    def _seen(self) -> None:
        assert not self.in_a_turn, "a turn looks at all calls, legs or agents there are"

    def __iter__(self) -> Iterator[str]:
        self._seen()
        return super().__iter__()

    def values(self) -> Any:
        self._seen()
        return super().values()

    def items(self) -> Any:
        self._seen()
        return super().items()


def watched(lab: Driver) -> Driver:
    """Make each turn fail that goes through all calls, legs, waits or sessions."""
    for name in ("calls", "legs", "waits", "sessions"):
        setattr(lab.world, name, Watched(lab.world.undo_log, getattr(lab.world, name)))
    handle = lab._handle

    def watch(entry: engine.Input) -> Turn:
        Watched.in_a_turn = True
        try:
            return handle(entry)
        finally:
            Watched.in_a_turn = False

    lab._handle = watch  # type: ignore[method-assign] # watches
    return lab


def test_no_turn_of_a_call_looks_at_all_the_others(subtests: pytest.Subtests) -> None:
    for scene in SCENES:
        with subtests.test(scene=scene):
            lab = SCENES[scene](watched(lab_with(campaign_recording="ALLCALLS", park_max_seconds=1)))
            lab.customer(name="another")
            lab.wait(30)
            for kind in (Kind.PARK_CUSTOMER, *CALL_COMMANDS):
                lab.ask(kind, number="8500", ingroup="", to_agent="", status="A")
            lab.hang_up("another")
            lab.hang_up(CUSTOMER)
            lab.wait(400)


@pytest.mark.parametrize("users", [("1000",), ("1001", "1002")])
def test_a_turn_with_a_login_hangup_or_lost_bridge_does_not_scan_the_queue(users: tuple[str, ...]) -> None:
    lab = watched(lab_with())
    for user in users:
        lab.log_in(user)
    for name in ("first", "second", "third"):
        lab.customer(name=name)
    for bridge in list(lab.asterisk.bridges):
        lab.feed(ev.BridgeDestroyed(bridge))
    for channel in ("second", *(phone_of(lab, user) for user in users), "first"):
        lab.hang_up(channel, 44)
    lab.wait(400)


def test_watching_finds_a_turn_that_does() -> None:
    lab = watched(talking(lab_with()))
    with pytest.raises(AssertionError, match="a turn looks at all calls"):
        lab.feed(ev.Reconciled())


def test_after_a_restart_as_many_are_looked_at_as_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set few rounds of a turn beside those of the calls."""
    lab = Driver()
    for number in range(30):
        lab.customer(name=f"customer-{number}")
    monkeypatch.setattr(engine, "MAX_ROUNDS", 1)
    monkeypatch.setattr(engine, "MAX_ROUNDS_PER_CALL", 2)  # the second one after its music was requested
    rules, lab.world = lab.world.rules, restore(list(lab.world.iterate_open_records()))
    lab.asterisk.out.clear()
    lab.feed(ev.ConfigurationChanged(rules))
    for event in difference(lab.asterisk, lab.world):
        lab.feed(event)
    assert {call.state for call in lab.world.calls.values()} == {State.WAITING}
    monkeypatch.undo()
    lab.log_in("1000")
    assert lab.call_of("customer-0").agent == "1000" and lab.asterisk.hears("customer-0", PHONE)
