"""The state of queues as scripts and programs get it, and that its estimate is the one that callers hear."""

import pytest

from tests.core.core_stage import lab_with
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.commands import Kind
from warmline.core.model.queue_wait import WaitHistory
from warmline.core.queue import queue_prompts, queue_state, wait_estimate
from warmline.core.queue.queue_state import QueueState
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

SALES, SUPPORT = "SALESLINE", "SUPPORTLINE"


@pytest.fixture
def lab() -> Driver:
    """Agent 1000 is logged in for both in-groups, and paused."""
    lab = lab_with()
    assert lab.ask(Kind.PAUSE) == ""
    return lab


def get_state(lab: Driver, ingroup: str = SALES) -> QueueState:
    [state] = queue_state.list_states(lab.world, [ingroup], lab.asterisk.now)
    return state


def get_estimate_seconds(lab: Driver, ingroup: str = SALES) -> float | None:
    estimate_us = get_state(lab, ingroup).estimate
    return None if estimate_us is None else estimate_us / SECOND


def keep_answered_waits(lab: Driver, ingroup: str, *waits: float) -> None:
    lab.world.keep(WaitHistory(id=ingroup, waits=tuple(int(wait_seconds * SECOND) for wait_seconds in waits)))


def get_heard_estimate(lab: Driver, name: str) -> int:
    """Return the estimate that a waiting caller hears now."""
    turn = Turn(lab.world, lab.asterisk.now, "0" * 26)
    return queue_prompts.estimate_wait(turn, lab.call_of(name))


def test_two_in_groups_are_counted_apart(lab: Driver) -> None:
    lab.customer(name="one")
    lab.wait(20)
    lab.customer("ingroup", SUPPORT, name="other")
    lab.wait(10)
    lab.customer(name="two")
    lab.wait(5)
    states = queue_state.list_states(lab.world, [SUPPORT, SALES], lab.asterisk.now)
    assert [(state.ingroup, state.waiting, state.agents, state.ready) for state in states] == [
        (SUPPORT, 1, 1, 0),
        (SALES, 2, 1, 0),
    ]
    assert [state.longest // SECOND for state in states] == [15, 35]
    assert get_estimate_seconds(lab) == pytest.approx((35 + 5) / 2, abs=0.1)
    assert get_estimate_seconds(lab, SUPPORT) == pytest.approx(15, abs=0.1)


def test_the_estimate_is_the_one_that_the_next_caller_hears(lab: Driver) -> None:
    keep_answered_waits(lab, SALES, 100, 300)
    for name in ("one", "two", "three"):
        estimate_us = get_state(lab).estimate
        lab.customer(name=name)
        assert get_heard_estimate(lab, name) == pytest.approx(estimate_us, abs=SECOND)
        lab.wait(40)
    assert get_state(lab).waiting == 3


def test_a_free_agent_means_no_wait_with_any_history(lab: Driver) -> None:
    keep_answered_waits(lab, SALES, 500)
    assert (get_state(lab).ready, get_estimate_seconds(lab)) == (0, 500)
    lab.ask(Kind.RESUME)
    assert (get_state(lab).ready, get_estimate_seconds(lab)) == (1, 0)
    lab.customer()
    assert (get_state(lab).waiting, get_state(lab).ready, get_estimate_seconds(lab)) == (
        0,
        0,
        pytest.approx(250, abs=0.1),
    )


def test_without_an_answer_or_a_caller_ahead_nothing_is_known(lab: Driver) -> None:
    assert get_estimate_seconds(lab) is None
    lab.customer(name="one")
    assert get_estimate_seconds(lab) == wait_estimate.MIN_ESTIMATE_US / SECOND


@pytest.mark.parametrize(("level", "hears"), [("low", None), ("usual", 100), ("high", 100)])
def test_callers_of_a_lower_priority_are_not_ahead(lab: Driver, level: str, hears: int | None) -> None:
    lab.configure("ingroups", SALES, data_priority=("level=low:-5", "level=high:5"))
    lab.customer(name="one", level=level)
    lab.wait(100)
    assert get_estimate_seconds(lab) == (hears and pytest.approx(hears, abs=0.1))
    assert get_state(lab).waiting == 1


def test_a_phone_that_cannot_be_reached_is_not_ready(lab: Driver) -> None:
    lab.ask(Kind.RESUME)
    session = lab.session()
    lost = replace(session.phone_loss, away_since=lab.asterisk.now)
    lab.world.keep(replace(session, phone_loss=lost))
    assert (get_state(lab).agents, get_state(lab).ready) == (1, 0)


def test_calls_for_one_agent_have_no_wait_of_an_in_group(lab: Driver) -> None:
    keep_answered_waits(lab, "AGENTDIRECT", 100)
    lab.customer("agent", "1000", name="one")
    lab.wait(7)
    state = get_state(lab, "AGENTDIRECT")
    assert (state.waiting, state.longest // SECOND, state.estimate) == (1, 7, None)
