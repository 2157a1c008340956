"""An agent takes a call from a queue, or from the agent who has it."""

import pytest

from tests.core.core_stage import CUSTOMER, lab_with, outcome, phone_of, talking, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome


def take(lab: Driver, user: str = "1001") -> str | None:
    call = lab.call()
    return lab.ask(Kind.TAKE_CALL, call.agent or "", call=call.id, to_agent=user)


def waiting() -> Driver:
    """Let a caller wait for SALESLINE, which agent 1001 does not serve; the agent is READY."""
    lab = lab_with()
    lab.ask(Kind.PAUSE)
    lab.log_in("1001")
    lab.ask(Kind.CHANGE_INGROUPS, agent="1001", message="SUPPORTLINE")
    lab.customer()
    assert lab.call().state is State.WAITING
    return lab


def test_out_of_a_line() -> None:
    lab = waiting()
    assert take(lab) == ""
    assert lab.asterisk.hears(CUSTOMER, phone_of(lab, "1001"))
    assert (lab.call().agent, lab.call().ingroup) == ("1001", "SALESLINE")


def test_from_the_agent_who_has_it() -> None:
    lab = talking(lab_with())
    lab.log_in("1001")
    assert take(lab) == "" and outcome(lab, Kind.TAKE_CALL) is Outcome.COMPLETED
    lab.wait(2)
    assert lab.asterisk.hears(CUSTOMER, phone_of(lab, "1001")) and lab.call().agent == "1001"
    assert lab.session("1000").state is AgentState.DISPO


def test_an_agent_who_is_not_ready_takes_no_call() -> None:
    lab = talking(lab_with())
    assert take(lab) == "agent 1001 is not logged in"
    lab.log_in("1001")
    lab.ask(Kind.PAUSE, agent="1001")
    assert (take(lab) or "").startswith("agent 1001 is not READY")
    assert lab.call().state is State.TALKING and lab.call().agent == "1000"
    lab = waiting()
    lab.ask(Kind.PAUSE, agent="1001")
    assert (take(lab) or "").startswith("agent 1001 is not READY") and lab.call().state is State.WAITING


def test_a_call_with_a_third_party_cannot_be_taken() -> None:
    lab = three_way(lab_with())
    lab.log_in("1001")
    assert "a third party is on this call" in (take(lab) or "")


@pytest.mark.parametrize("state", [State.WAITING, State.TALKING])
def test_a_taken_call_can_be_taken_back(state: State) -> None:
    """An agent who lost the call to another one takes it again."""
    lab = waiting() if state is State.WAITING else talking(lab_with())
    if state is State.TALKING:
        lab.log_in("1001")
    assert take(lab) == ""
    lab.wait(2)
    lab.ask(Kind.STATUS, status="A")
    lab.ask(Kind.RESUME)
    assert take(lab, "1000") == ""
    lab.wait(2)
    assert lab.call().agent == "1000" and lab.call().state is State.TALKING


RINGS: list[tuple[float, str | int]] = [(0.1, "ringing")]


def for_one_agent() -> Driver:
    """Let a caller wait for agent 1000, who is paused; agent 1002 is on_hook."""
    lab = lab_with()
    lab.ask(Kind.PAUSE)
    lab.log_in("1002")
    lab.asterisk.far_ends["1002"] = RINGS
    lab.customer("agent", "1000")
    return lab


def test_a_call_for_one_agent_waits_for_that_agent_after_a_taker_does_not_answer() -> None:
    lab = for_one_agent()
    assert take(lab, "1002") == ""
    assert (lab.call().state, lab.call().agent, lab.call().direct) == (State.RINGING_AGENT, "1002", "1000")
    lab.wait(15.1)
    assert (lab.call().state, lab.call().direct) == (State.WAITING, "1000")
    [wait] = lab.world.waits.values()
    assert wait.direct == "1000"
    lab.ask(Kind.RESUME)
    assert lab.asterisk.hears(CUSTOMER, phone_of(lab, "1000"))


def test_an_unanswered_taken_call_waits_for_any_agent_of_its_in_group() -> None:
    lab = waiting()
    lab.log_in("1002")
    lab.hang_up(CUSTOMER)
    lab.wait(1)
    lab.ask(Kind.CHANGE_INGROUPS, agent="1002", message="SUPPORTLINE")
    lab.asterisk.far_ends["1002"] = RINGS
    lab.customer()
    assert take(lab, "1002") == ""
    [wait] = lab.world.waits.values()
    assert (wait.direct, wait.why) == ("", "TAKE_CALL by 6666")
    lab.wait(15.1)
    assert (lab.call().state, lab.call().direct, lab.call().queueing.priority) == (State.WAITING, "", 1000)
    lab.ask(Kind.RESUME)
    assert lab.asterisk.hears(CUSTOMER, phone_of(lab, "1000"))
