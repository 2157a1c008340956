"""The owner of a call: the last agent who had the customer, whose disposition is the call's status."""

import pytest

from tests.core.core_stage import CUSTOMER, lab_with, slowly, talking, then
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State

RINGING_WITHOUT_ANSWER: list[tuple[float, str | int]] = [(0.1, "ringing")]
CLOSER_COMMAND = Kind.LOCAL_CLOSER


def hand_over(**options: object) -> Driver:
    """Let agent 1000 transfer the customer to SUPPORTLINE, which has these options."""
    lab = talking(lab_with())
    lab.configure("agents", "1000", ingroups=("SALESLINE",))
    lab.ask(Kind.CHANGE_INGROUPS, message="SALESLINE")
    lab.configure("ingroups", "SUPPORTLINE", **options)
    return lab


def ring_agent() -> Driver:
    """Let the phone of agent 1002 ring for the customer."""
    lab = hand_over()
    lab.asterisk.far_ends["1002"] = RINGING_WITHOUT_ANSWER
    lab.log_in("1002")
    return then(lab, State.RINGING_AGENT, CLOSER_COMMAND, ingroup="SUPPORTLINE")


def get_ended_call(lab: Driver) -> Call:
    [call] = [record for record in lab.closed.values() if isinstance(record, Call)]
    return call


def test_an_agent_whose_phone_merely_rang_never_had_it() -> None:
    lab = ring_agent()
    assert (lab.call().agent, lab.call().outcome.last_agent) == ("1002", "1000")
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert lab.call().outcome.status == "SALE"
    lab.wait(15)
    then(lab, State.WAITING)
    lab.hang_up(CUSTOMER)
    outcome = get_ended_call(lab).outcome
    assert (outcome.last_agent, outcome.campaign, outcome.status) == (
        "1000",
        "TESTCAMP",
        "SALE",
    )


def test_a_call_that_only_rang_phones_has_no_last_agent() -> None:
    lab = Driver(demo_rules())
    lab.log_in("1002")
    lab.customer()
    then(lab, State.RINGING_AGENT)
    lab.hang_up(CUSTOMER)
    outcome = get_ended_call(lab).outcome
    assert (outcome.last_agent, outcome.campaign, outcome.status) == ("", "", "DROP")


def test_an_agent_who_ends_a_ringing_call_is_asked_for_a_disposition() -> None:
    lab = ring_agent()
    lab.ask(Kind.HANGUP, agent="1002")
    assert lab.session("1002").state is AgentState.DISPO
    assert get_ended_call(lab).outcome.last_agent == "1002"


@pytest.mark.parametrize("is_code_first", [True, False])
@pytest.mark.parametrize("call_end", ["hangs up", "drop_call_seconds"])
def test_a_disposition_before_or_after_the_loss_of_the_customer_is_the_status(
    is_code_first: bool, call_end: str
) -> None:
    lab = hand_over(drop_call_seconds=5, drop_action="MESSAGE")
    then(lab, State.WAITING, CLOSER_COMMAND, ingroup="SUPPORTLINE")
    if is_code_first:
        lab.ask(Kind.STATUS, status="SALE")
    if call_end == "drop_call_seconds":
        lab.wait(5.1)
        then(lab, State.MESSAGE)
        assert is_code_first or lab.call().outcome.status == "TIMEOT"
    if not is_code_first:
        lab.ask(Kind.STATUS, status="SALE")
    lab.hang_up(CUSTOMER)
    assert get_ended_call(lab).outcome.status == "SALE"


def test_a_call_without_a_disposition_has_the_outcome_of_its_wait() -> None:
    lab = hand_over()
    then(lab, State.WAITING, CLOSER_COMMAND, ingroup="SUPPORTLINE")
    lab.hang_up(CUSTOMER)
    assert get_ended_call(lab).outcome.status == "DROP"


@pytest.mark.parametrize(("code", "status"), [("SALE", "SALE"), ("", "DROP")])
def test_a_disposition_survives_an_overflow_to_another_in_group(code: str, status: str) -> None:
    lab = hand_over(drop_call_seconds=5, drop_action="IN_GROUP", drop_inbound_group="SALESLINE")
    then(lab, State.WAITING, CLOSER_COMMAND, ingroup="SUPPORTLINE")
    lab.ask(Kind.PAUSE)
    if code:
        lab.ask(Kind.STATUS, status=code)
    lab.wait(5.1)
    assert (lab.call().ingroup, lab.call().outcome.status) == ("SALESLINE", code)
    lab.hang_up(CUSTOMER)
    assert get_ended_call(lab).outcome.status == status


def test_a_call_that_is_ended_while_it_is_handed_over_was_not_handed_over() -> None:
    """A failed transfer does not set XFER; its receipt says `abandoned`."""
    lab = talking(lab_with(transfer_no_dispo="LOCAL_ONLY"))
    call_id = lab.call().id
    with slowly(lab):
        lab.ask(CLOSER_COMMAND, ingroup="SUPPORTLINE")
        lab.ask(Kind.END_CALL, agent="", call=call_id)
    assert lab.session().state is AgentState.DISPO and lab.session().last.status == ""
