"""A customer whom the others have left goes on at [warmline-after], if the dialplan has it."""

from collections.abc import Callable
from itertools import product

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, SCENES, handed_off, lab_with, restarted, talking, then
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.injected_faults import REFUSED, Faulty, InjectedFault
from warmline.core.calls.after_call import AFTER_CALL_CONTEXT, CONTINUATION_STEP
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State


def create_lab(option: str = "N", **campaign: str) -> Driver:
    """Return agent 1000, READY, at an Asterisk whose dialplan has [warmline-after]."""
    lab = lab_with(continue_after_hangup=option, **campaign)
    lab.asterisk.has_after = True
    return lab


def get_ended_call(lab: Driver) -> Call:
    """Return the only call, which is over."""
    [call] = [record for record in lab.closed.values() if isinstance(record, Call)]
    return call


def get_third_channel(lab: Driver) -> str:
    """Return the channel of the third party."""
    return lab.call().third or ""


def has_continued(lab: Driver) -> bool:
    """Return whether the only call's customer took [warmline-after], once; the call must be over."""
    call = get_ended_call(lab)
    assert not lab.world.calls and CUSTOMER not in lab.asterisk.channels
    assert lab.asterisk.gone_on in ([], [(CUSTOMER, f"{AFTER_CALL_CONTEXT},{call.id}")])
    assert (call.queueing.why[-1] == CONTINUATION_STEP) == bool(lab.asterisk.gone_on)
    return bool(lab.asterisk.gone_on)


def test_without_the_context_the_customer_is_hung_up() -> None:
    lab = handed_off(lab_with(continue_after_hangup="Y"))
    lab.hang_up(get_third_channel(lab))
    assert not has_continued(lab)
    assert do.HangUpLeg(CUSTOMER) in lab.asked


HANG_UP_COMMANDS: dict[str, Callable[[Driver], object]] = {
    "hangup": lambda lab: lab.ask(Kind.HANGUP),
    "both": lambda lab: lab.ask(Kind.HANGUP_BOTH),
}


def test_the_option_lets_the_customer_go_on_when_the_agent_hangs_up(subtests: pytest.Subtests) -> None:
    for scene, hang_up, option in product(
        ["talking", "parked", "dialing", "three_way", "consulting", "third_parked"], HANG_UP_COMMANDS, ["N", "Y"]
    ):
        with subtests.test(scene=scene, hang_up=hang_up, option=option):
            lab = SCENES[scene](create_lab(option))
            HANG_UP_COMMANDS[hang_up](lab)
            lab.wait(1)
            assert has_continued(lab) == (option == "Y")
            assert get_ended_call(lab).outcome.ended_by == "agent"


@pytest.mark.parametrize("option", ["N", "Y"])
def test_an_on_hook_phone_that_is_put_down_is_such_a_hang_up(option: str) -> None:
    lab = create_lab(option)
    lab.ask(Kind.PAUSE)
    lab.log_in("1002")
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing"), (0.5, "up")]
    lab.customer()
    lab.wait(1)
    then(lab, State.TALKING)
    lab.hang_up(lab.world.sessions["1002"].leg or "", 16)
    assert has_continued(lab) == (option == "Y")


def test_a_third_party_who_never_answers_is_gone_too() -> None:
    lab = SCENES["left_ringing"](create_lab(leave_unanswered_action="HANGUP"))
    lab.hang_up(get_third_channel(lab), 19)
    assert has_continued(lab)


def _lose_phone(lab: Driver) -> None:
    lab.hang_up(PHONE, 44)
    lab.asterisk.far_ends["1000"] = []
    lab.hang_up(CUSTOMER)


ENDS_WITHOUT_CONTINUATION: dict[str, Callable[[Driver], object]] = {
    "the customer hangs up": lambda lab: lab.hang_up(CUSTOMER),
    "an operator ends the call": lambda lab: lab.ask(Kind.END_CALL, agent="", call=lab.call().id),
    "only the customer is hung up": lambda lab: lab.ask(Kind.HANGUP_CUSTOMER),
    "a message follows": lambda lab: lab.ask(Kind.LEAVE_VM),
    "the phone is lost": _lose_phone,
}


@pytest.mark.parametrize("call_end", ENDS_WITHOUT_CONTINUATION)
def test_other_ends_do_not_lead_there(call_end: str) -> None:
    lab = SCENES["three_way" if call_end.startswith("only") else "talking"](create_lab("Y"))
    ENDS_WITHOUT_CONTINUATION[call_end](lab)
    lab.wait(10)
    if call_end.startswith("only"):
        lab.ask(Kind.HANGUP)
    lab.wait(30)
    assert not has_continued(lab)


def test_the_time_limit_of_a_left_call_hangs_up_the_customer() -> None:
    lab = handed_off(create_lab("Y", left_max_minutes=1))  # type: ignore[arg-type] # a number
    lab.wait(61)
    assert not has_continued(lab)


def test_an_agent_who_rejects_a_ringing_call_does_not_send_it_there() -> None:
    lab = create_lab("Y")
    lab.ask(Kind.PAUSE)
    lab.log_in("1002")
    lab.customer()
    lab.wait(0.5)
    assert lab.call().state is State.RINGING_AGENT
    lab.ask(Kind.HANGUP, agent="1002")
    assert not has_continued(lab)


def test_the_option_may_change_between_the_request_and_the_restart() -> None:
    lab = talking(create_lab("Y"))
    lab.perform = lambda _: None  # type: ignore[method-assign] # the app dies with its request
    lab.ask(Kind.HANGUP)
    del lab.perform
    lab.configure("campaigns", lab.world.sessions["1000"].campaign, continue_after_hangup="N")
    restarted(lab)
    assert has_continued(lab)


@pytest.mark.parametrize("fault", [*REFUSED, InjectedFault.LOST, InjectedFault.TOO_LATE])
def test_a_request_that_fails_is_repeated(fault: InjectedFault) -> None:
    lab = Faulty(demo_rules())
    lab.asterisk.has_after = True
    lab.log_in("1000")
    lab = handed_off(lab)  # type: ignore[assignment] # the same one
    lab.first[do.ContinueInDialplan] = fault
    lab.hang_up(get_third_channel(lab))
    lab.wait(20)
    assert has_continued(lab)


def test_the_customer_may_hang_up_before_the_request_arrives() -> None:
    lab = handed_off(create_lab())
    continue_action = do.ContinueInDialplan(CUSTOMER, AFTER_CALL_CONTEXT, lab.call().id, "third")
    lab.perform = lambda action: None if action == continue_action else lab.asterisk.perform(action)  # type: ignore[method-assign]
    lab.hang_up(get_third_channel(lab))
    del lab.perform
    lab.hang_up(CUSTOMER)
    lab.feed(ev.ActionFailed(continue_action, 404, "Channel not found"))
    call = get_ended_call(lab)
    assert call.outcome.ended_by == "third" and not lab.world.calls and lab.asterisk.gone_on == []
