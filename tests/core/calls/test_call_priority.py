"""A call's own priority, from the dialplan or a script, and the priority of its in-group."""

import pytest

from tests.core.core_stage import lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State


def add_caller(lab: Driver, channel: str, priority: int) -> None:
    lab.asterisk.come_in(channel, "ingroup", "SALESLINE", priority=priority)
    lab.pump()


def test_the_highest_priority_is_served_first() -> None:
    lab = lab_with()
    assert lab.ask(Kind.PAUSE) == ""
    for channel, priority in (("last", -5), ("middle", 0), ("first", 5)):
        add_caller(lab, channel, priority)
    customers = [lab.world.calls[call_id].customer for call_id in lab.world.matcher.list_calls("SALESLINE")]
    assert customers == ["first", "middle", "last"]


@pytest.mark.parametrize(("requested_priority", "own_priority"), [(99, 99), (100, 99), (-100, -99), (10**9, 99)])
def test_a_priority_beyond_the_limits_is_cut(requested_priority: int, own_priority: int) -> None:
    lab = lab_with({"queue_priority": 3})
    add_caller(lab, "cust", requested_priority)
    call = lab.call()
    assert (call.state, call.queueing.own_priority, call.queueing.priority) == (
        State.TALKING,
        own_priority,
        own_priority + 3,
    )
