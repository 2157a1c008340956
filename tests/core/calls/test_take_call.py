"""An agent takes a call from a queue, or from the agent who has it."""

import pytest

from tests.core.core_stage import CUSTOMER, lab_with, phone_of, talking
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.rules import reasons
from warmline.core.screen.allowed_commands import list_refusals


def take_call(lab: Driver, user: str = "1001") -> str | None:
    call = lab.call()
    return lab.ask(Kind.TAKE_CALL, call.agent or "", call=call.id, to_agent=user)


def queue_caller() -> Driver:
    """Let a caller wait for SALESLINE, which agent 1001 does not serve; the agent is READY."""
    lab = lab_with()
    lab.ask(Kind.PAUSE)
    lab.log_in("1001")
    lab.ask(Kind.CHANGE_INGROUPS, agent="1001", message="SUPPORTLINE")
    lab.customer()
    assert lab.call().state is State.WAITING
    return lab


def test_an_agent_who_is_not_ready_takes_no_call() -> None:
    lab = talking(lab_with())
    assert take_call(lab) == "agent 1001 is not logged in"
    lab.log_in("1001")
    lab.ask(Kind.PAUSE, agent="1001")
    assert (take_call(lab) or "").startswith("agent 1001 is not READY")
    assert lab.call().state is State.TALKING and lab.call().agent == "1000"
    lab = queue_caller()
    lab.ask(Kind.PAUSE, agent="1001")
    assert (take_call(lab) or "").startswith("agent 1001 is not READY") and lab.call().state is State.WAITING


@pytest.mark.parametrize("state", [State.WAITING, State.TALKING])
def test_a_taken_call_can_be_taken_back(state: State) -> None:
    """An agent who lost the call to another one takes it again."""
    lab = queue_caller() if state is State.WAITING else talking(lab_with())
    if state is State.TALKING:
        lab.log_in("1001")
    assert take_call(lab) == ""
    lab.wait(2)
    lab.ask(Kind.STATUS, status="A")
    lab.ask(Kind.RESUME)
    assert take_call(lab, "1000") == ""
    lab.wait(2)
    assert lab.call().agent == "1000" and lab.call().state is State.TALKING


RINGING_WITHOUT_ANSWER: list[tuple[float, str | int]] = [(0.1, "ringing")]


def queue_call_for_agent() -> Driver:
    """Let a caller wait for agent 1000, who is paused; agent 1002 is on_hook."""
    lab = lab_with()
    lab.ask(Kind.PAUSE)
    lab.log_in("1002")
    lab.asterisk.far_ends["1002"] = RINGING_WITHOUT_ANSWER
    lab.customer("agent", "1000")
    return lab


def test_a_call_for_one_agent_waits_for_that_agent_after_a_taker_does_not_answer() -> None:
    lab = queue_call_for_agent()
    assert take_call(lab, "1002") == ""
    assert (lab.call().state, lab.call().agent, lab.call().direct) == (State.RINGING_AGENT, "1002", "1000")
    lab.wait(15.1)
    assert (lab.call().state, lab.call().direct) == (State.WAITING, "1000")
    [wait] = lab.world.waits.values()
    assert wait.direct == "1000"
    lab.ask(Kind.RESUME)
    assert lab.asterisk.hears(CUSTOMER, phone_of(lab, "1000"))


def test_an_unanswered_taken_call_waits_for_any_agent_of_its_in_group() -> None:
    lab = queue_caller()
    lab.log_in("1002")
    lab.hang_up(CUSTOMER)
    lab.wait(1)
    lab.ask(Kind.CHANGE_INGROUPS, agent="1002", message="SUPPORTLINE")
    lab.asterisk.far_ends["1002"] = RINGING_WITHOUT_ANSWER
    lab.customer()
    assert take_call(lab, "1002") == ""
    [wait] = lab.world.waits.values()
    assert (wait.direct, wait.why) == ("", "TAKE_CALL by 6666")
    lab.wait(15.1)
    assert (lab.call().state, lab.call().direct, lab.call().queueing.priority) == (State.WAITING, "", 1000)
    lab.ask(Kind.RESUME)
    assert lab.asterisk.hears(CUSTOMER, phone_of(lab, "1000"))


NOTES = "order 4711"


def lose_phone() -> Driver:
    """Let agent 1000 type notes, and lose the phone; the customer waits again, and the agent wraps up."""
    lab = talking(lab_with())
    lab.wait(2)
    lab.ask(Kind.NOTES, notes=NOTES)
    lab.asterisk.far_ends["1000"] = []
    lab.hang_up(phone_of(lab, "1000"))
    lab.wait(40)
    assert lab.call().state is State.WAITING and lab.session().state is AgentState.DISPO
    return lab


def give_call_away() -> Driver:
    """Let agent 1002, who is on_hook, type notes and give the customer to an in-group, where nobody is ready."""
    lab = lab_with()
    lab.ask(Kind.PAUSE)
    lab.log_in("1002")
    lab.customer()
    lab.wait(2)
    lab.ask(Kind.NOTES, "1002", notes=NOTES)
    lab.ask(Kind.LOCAL_CLOSER, "1002", ingroup="SUPPORTLINE")
    lab.wait(1)
    assert lab.call().state is State.WAITING and lab.session("1002").state is AgentState.DISPO
    lab.asterisk.far_ends["1002"] = RINGING_WITHOUT_ANSWER
    return lab


def get_refusal(lab: Driver, user: str = "1000") -> str:
    """Return why the screen says that the agent cannot take the call back, or ""."""
    return list_refusals(lab.world, user, lab.asterisk.now)[Kind.TAKE_CALL]


def test_an_agent_takes_back_the_customer_of_the_wrap_up_with_the_notes() -> None:
    lab = lose_phone()
    assert get_refusal(lab) == take_call(lab, "1000") == reasons.PHONE_OFF_LINE.text()
    lab.asterisk.far_ends["1000"] = [(0.1, "up")]
    lab.ask(Kind.CALL_AGENT)
    lab.wait(1)
    assert get_refusal(lab) == take_call(lab, "1000") == ""
    lab.wait(1)
    assert lab.asterisk.hears(CUSTOMER, phone_of(lab, "1000")) and lab.call().agent == "1000"
    assert lab.session().after_call.draft == NOTES
    lab.hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, status="A")
    last_call = lab.session().last
    assert (last_call.status, last_call.notes, last_call.talked) == ("A", NOTES, True)


@pytest.mark.parametrize("has_hung_up", [True, False])
def test_one_who_does_not_get_the_customer_back_still_owes_the_code(has_hung_up: bool) -> None:
    lab = give_call_away()
    lab.ask(Kind.LOGOUT, "1002")
    assert get_refusal(lab, "1002") == take_call(lab, "1002") == ""
    assert lab.call().state is State.RINGING_AGENT
    if has_hung_up:
        lab.hang_up(CUSTOMER)
    lab.wait(20)
    session = lab.session("1002")
    assert (session.state, session.after_call.draft, session.last.talked) == (AgentState.DISPO, NOTES, True)
    if has_hung_up:
        assert get_refusal(lab, "1002")
    else:
        assert lab.call().state is State.WAITING and get_refusal(lab, "1002") == ""
    lab.ask(Kind.STATUS, "1002", status="A")
    assert "1002" not in lab.world.sessions, "the logout was asked for"


def test_only_the_wrap_up_of_the_same_call_takes_it_back_before_the_code() -> None:
    lab = give_call_away()
    lab.ask(Kind.CHANGE_INGROUPS, message="SALESLINE")
    lab.ask(Kind.RESUME)
    lab.customer(name="other")
    lab.wait(2)
    lab.hang_up("other")
    assert lab.session().state is AgentState.DISPO
    assert get_refusal(lab) and "not READY" in (take_call(lab, "1000") or "")
    lab.ask(Kind.PAUSE, "1002")
    lab.ask(Kind.STATUS, "1002", status="A")
    assert get_refusal(lab, "1002") and "not READY" in (take_call(lab, "1002") or "")
