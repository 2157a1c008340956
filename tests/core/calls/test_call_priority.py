"""A call's own priority, from the dialplan or a script, and the priority of its in-group."""

import pytest

from tests.core.core_stage import lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.model.call_states import State


def add_caller(lab: Driver, channel: str, priority: int) -> None:
    lab.asterisk.come_in(channel, "ingroup", "SALESLINE", priority=priority)
    lab.pump()


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
