"""A call's own priority, from the dialplan or a script, and the priority of its in-group."""

import pytest

from tests.core.core_stage import lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State


def arrives(lab: Driver, name: str, priority: int) -> None:
    lab.asterisk.come_in(name, "ingroup", "SALESLINE", priority=priority)
    lab.pump()


def test_the_highest_priority_is_served_first() -> None:
    lab = lab_with()
    assert lab.ask(Kind.PAUSE) == ""
    for name, priority in (("last", -5), ("middle", 0), ("first", 5)):
        arrives(lab, name, priority)
    line = [lab.world.calls[call].customer for call in lab.world.matcher.list_calls("SALESLINE")]
    assert line == ["first", "middle", "last"]


@pytest.mark.parametrize(("given", "kept"), [(99, 99), (100, 99), (-100, -99), (10**9, 99)])
def test_a_priority_beyond_the_limits_is_cut(given: int, kept: int) -> None:
    lab = lab_with({"queue_priority": 3})
    arrives(lab, "cust", given)
    call = lab.call()
    assert (call.state, call.queueing.own_priority, call.queueing.priority) == (State.TALKING, kept, kept + 3)
