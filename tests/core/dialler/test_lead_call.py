"""An automatic call from its beginning to its connection with an agent, or to its end without one."""

import pytest

from tests.core.core_stage import PHONE, people, phone_of, together
from tests.core.dialler.lead_stage import (
    ANSWERS,
    BUSY,
    CONGESTED,
    LATE,
    REFUSES,
    RINGS_ON,
    UNKNOWN,
    called,
    dialling,
    goes,
    hears_harbour,
    lead,
    list_calls,
    outcome,
    propose,
)
from warmline.core.agents import drop_counts
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import SAFE_HARBOUR_EXTENSION, DialRefused, OriginateToDialplan
from warmline.core.model.call_states import AgentState, Origin, State
from warmline.core.model.receipt import Outcome
from warmline.core.rules import reasons


def test_the_channel_is_asked_for_once_with_the_campaigns_facts() -> None:
    lab = dialling("1000", dial_timeout=25)
    call = called(lab)
    [originate] = [action for action in lab.asked if isinstance(action, OriginateToDialplan)]
    want = OriginateToDialplan(
        call.customer or "", f"PJSIP/{ANSWERS}@trunk", "3125550199", call.id, 53, "sorry-nobody", ANSWERS, "9"
    )
    assert originate == want


@pytest.mark.parametrize(("timeout", "rings"), [(0, 25), (5, 15), (15, 15), (20, 20)])
@pytest.mark.parametrize(("late_seconds", "is_reported"), [(0.5, True), (9.0, True), (17.0, True), (3.0, False)])
def test_an_unanswered_call_rings_at_least_15_seconds(
    timeout: int, rings: int, late_seconds: float, *, is_reported: bool
) -> None:
    """The time counts from the ringing, and without a report of it from 3 s after the dial."""
    lab = dialling("1000", dial_timeout=timeout)
    lab.asterisk.far_ends[RINGS_ON] = [(late_seconds, "ringing")] if is_reported else []
    called(lab, RINGS_ON)
    lab.wait(late_seconds + rings - 0.01)
    assert lab.call().state is State.CALLING
    lab.wait(0.02)
    assert outcome(lab) == (State.ENDED, "NA", "dial_timeout") and people(lab) == {PHONE}


def test_asterisk_ends_a_late_ringing_only_without_the_app() -> None:
    """The timeout of Asterisk is later than any end of the ringing, and the drop budget counts with it."""
    lab = dialling("1000", dial_timeout=5)
    called(lab, RINGS_ON)
    [originate] = [action for action in lab.asked if isinstance(action, OriginateToDialplan)]
    rules = drop_counts.find_drop_rules(lab.world.rules, lab.world.rules.campaign("TESTCAMP"))
    assert originate.timeout * 1_000_000 == rules.reach_us == 33_000_000


@pytest.mark.parametrize(
    ("number", "status"), [(BUSY, "AB"), (REFUSES, "ADCT"), (UNKNOWN, "ADC"), (CONGESTED, "ADCT"), (RINGS_ON, "NA")]
)
def test_the_cause_gives_the_status(number: str, status: str) -> None:
    lab = dialling("1000")
    called(lab, number)
    lab.wait(30)
    assert outcome(lab)[:2] == (State.ENDED, status)
    assert lab.session().state is AgentState.READY and people(lab) == {PHONE}


def test_a_number_that_asterisk_cannot_dial_is_trouble_of_the_trunk() -> None:
    lab = dialling("1000")
    propose(lab, lead(lab, "777"))
    assert outcome(lab) == (State.ENDED, "ADCT", "trunk")


def test_an_agent_who_becomes_ready_in_time_gets_the_lead() -> None:
    lab = dialling("1000")
    called(lab)
    lab.wait(1)
    goes(lab)
    lab.wait(1.5)
    lab.ask(Kind.RESUME)
    assert lab.call().state is State.TALKING and together(lab, lab.call().customer or "", PHONE)
    assert lab.call().attempt.dropped is None


@pytest.mark.parametrize(("key", "is_listed"), [("9", True), ("1", False)])
def test_the_key_of_the_message_lists_the_number_and_hangs_up(key: str, is_listed: bool) -> None:
    lab = dialling("1000")
    call = called(lab)
    goes(lab)
    lab.wait(4.5)
    lab.asterisk.press(call.customer or "", key)
    lab.pump()
    assert (call.customer not in people(lab), list_calls(lab)[0].attempt.opted_out) == (is_listed, is_listed)
    if is_listed:
        assert outcome(lab) == (State.ENDED, "DROP", "opt-out")
    pressed = [entry for entry, _, _ in lab.inputs if isinstance(entry, ev.DtmfReceived)]
    assert [event.digit for event in pressed] == ["9" if is_listed else ""], "other keys are not kept"


def test_a_hang_up_in_the_two_seconds_is_a_drop() -> None:
    lab = dialling("1000")
    call = called(lab)
    goes(lab)
    lab.wait(3)
    lab.hang_up(call.customer or "")
    assert outcome(lab) == (State.ENDED, "DROP", "customer") and list_calls(lab)[0].attempt.dropped


@pytest.mark.parametrize("group", ["SALESLINE", "---NONE---"])
def test_a_dropped_lead_waits_in_the_in_group(group: str) -> None:
    lab = dialling("1000", drop_action="IN_GROUP", drop_inbound_group="SALESLINE")
    lab.configure("campaigns", "TESTCAMP", drop_inbound_group=group)
    call = called(lab)
    goes(lab)
    lab.wait(4.5)
    if group not in lab.world.rules.ingroups:
        assert outcome(lab) == (State.ENDED, "DROP", "drop_call_seconds")
        return
    assert lab.call().state is State.WAITING and lab.asterisk.hears_music(call.customer or "")
    lab.ask(Kind.RESUME)
    assert lab.call().state is State.TALKING and lab.call().ingroup == group
    lab.ask(Kind.STATUS, status="SALE")
    lab.hang_up(call.customer or "")
    assert outcome(lab)[1] == "SALE" and list_calls(lab)[0].attempt.dropped, "it stays a drop"


def test_the_next_agent_gets_the_lead_of_a_phone_that_is_lost() -> None:
    lab = dialling("1000", "1001")
    called(lab)
    lab.wait(1.99)
    lab.asterisk.pass_time(lab.asterisk.now + 200_000)
    arrived = [event for event in lab.asterisk.out if isinstance(event, ev.LegArrived)]
    lab.asterisk.out.clear()
    lab._turn(arrived[0])  # the requests are performed, and their events wait
    first_agent = lab.call().agent or ""
    assert lab.call().state is State.RINGING_AGENT
    lab.asterisk.out.clear()
    lab.asterisk.hang_up(phone_of(lab, first_agent), 44)
    lab.pump()
    assert lab.call().state is State.TALKING and lab.call().agent == {"1000": "1001", "1001": "1000"}[first_agent]


def test_without_a_next_agent_the_rest_of_the_two_seconds_counts() -> None:
    lab = dialling("1000")
    call = called(lab)
    lab.wait(1.99)
    lab.asterisk.pass_time(lab.asterisk.now + 200_000)
    arrived = [event for event in lab.asterisk.out if isinstance(event, ev.LegArrived)]
    lab.asterisk.out.clear()
    lab._turn(arrived[0])
    lab.asterisk.out.clear()
    lab.asterisk.far_ends["1000"] = []  # it is called back, and does not answer
    lab.asterisk.hang_up(PHONE, 44)
    lab.pump()
    assert lab.call().state is State.ANSWERED
    lab.wait(2.1)
    assert lab.call().state is State.MESSAGE and hears_harbour(lab, call.customer or "")


def test_a_call_is_given_up_after_15_seconds_only() -> None:
    lab = dialling("1000")
    call = called(lab, RINGS_ON)
    lab.wait(10)
    propose(lab, give_up=(call.id,))
    assert lab.call().state is State.CALLING
    lab.wait(6)
    propose(lab, give_up=(call.id, "unknown"))
    assert outcome(lab) == (State.ENDED, "NA", "pacing") and people(lab) == {PHONE}


def test_an_answer_wins_over_giving_up() -> None:
    lab = dialling("1000")
    call = called(lab, LATE)
    lab.wait(17.2)
    propose(lab, give_up=(call.id,))
    assert lab.call().state is State.TALKING


def test_an_answer_wins_over_the_end_of_the_ringing() -> None:
    """The answered lead has not arrived in Stasis yet when the time is over."""
    lab = dialling("1000", dial_timeout=15)
    call = called(lab, RINGS_ON)
    lab.wait(15)
    lab.feed(ev.LegAnswered(call.customer or ""))
    lab.wait(0.5)
    assert lab.call().state is State.CALLING
    lab.feed(ev.LegArrived(call.customer or "", ("auto",), up=True))
    assert lab.call().state is State.TALKING


@pytest.mark.parametrize("state", [State.CALLING, State.ANSWERED])
def test_a_supervisor_ends_an_automatic_call(state: State) -> None:
    lab = dialling("1000")
    call = called(lab)
    goes(lab)
    lab.wait(2.5 if state is State.ANSWERED else 1)
    assert lab.call().state is state
    assert lab.ask(Kind.END_CALL, agent="", call=call.id) == ""
    assert outcome(lab) == (State.ENDED, "NA" if state is State.CALLING else "DROP", "operator")
    assert people(lab) == {PHONE}


def test_an_agent_takes_an_answered_lead_and_no_other() -> None:
    lab = dialling("1000", drop_call_seconds=2)
    lab.log_in("1002")  # an on_hook phone, which gets no automatic call by itself
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing"), (0.3, "up")]
    call = called(lab)
    assert lab.ask(Kind.TAKE_CALL, agent="", call=call.id, to_agent="1002") == reasons.NO_AGENT_IN_CALL.text()
    goes(lab)
    lab.wait(2.2)
    assert lab.call().state is State.ANSWERED
    assert lab.ask(Kind.TAKE_CALL, agent="", call=call.id, to_agent="1002") == ""
    lab.wait(1)
    assert lab.call().state is State.TALKING and lab.call().agent == "1002"


def test_the_last_look_refuses_a_number() -> None:
    lab = dialling("1000")
    lab.perform = lambda action: None  # type: ignore[method-assign]  # the app does not send the request
    call = called(lab)
    lab.feed(DialRefused(call.customer or "", "the number is on the do-not-call list", "DNCL"))
    assert outcome(lab) == (State.ENDED, "DNCL", "refused") and not lab.world.legs.get(call.customer or "")
    call = called(lab, serial=2)
    lab.feed(DialRefused(call.customer or "", "its legal hours are over"))
    assert outcome(lab) == (State.ENDED, "", "refused"), "the lead stays as it was"


def test_a_request_without_an_answer_is_hung_up() -> None:
    lab = dialling("1000")
    perform, lab.perform = lab.perform, lambda action: None  # type: ignore[method-assign]
    call = called(lab)
    lab.perform = perform  # type: ignore[method-assign]
    [originate] = [action for action in lab.asked if isinstance(action, OriginateToDialplan)]
    lab.feed(ev.ActionFailed(originate, 0, ""))
    assert outcome(lab) == (State.ENDED, "ERI", "trunk")
    assert do.HangUpLeg(call.customer or "") in lab.asked


def test_a_ready_agent_does_not_dial_by_hand_while_the_dialler_runs() -> None:
    lab = dialling("1000")
    assert lab.ask(Kind.DIAL, number="8500") == reasons.DIALLER_RUNS.text(campaign="TESTCAMP")
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.DIAL, number="8500")
    assert lab.call().origin is Origin.AGENT and lab.receipt().outcome is not Outcome.REFUSED


def test_a_lead_who_answers_after_the_end_of_the_call_hears_the_message() -> None:
    turn = dialling("1000").feed(ev.LegArrived("late", ("auto", "CALL"), up=True))
    assert [action for _, action in turn.actions] == [do.ContinueInDialplan("late", *SAFE_HARBOUR_EXTENSION)]
