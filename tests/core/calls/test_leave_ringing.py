"""A leave while the third party's phone rings, and blind transfers: the customer is never left alone."""

from collections.abc import Callable

import pytest

from tests.core.core_stage import (
    BUSY,
    CUSTOMER,
    DEAD,
    DECLINES,
    PHONE,
    SILENT,
    SLOW,
    all_receipts,
    dialing,
    dialing_parked,
    heard,
    is_dispo,
    lab_with,
    meanwhile,
    parked,
    people,
    slowly,
    talking,
    then,
    together,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome

LEAVE = Kind.LEAVE_3WAY_CALL
Scene = Callable[..., Driver]


def test_early_media_reaches_the_customer_who_was_left() -> None:
    lab = then(dialing(lab_with(), "8503"), State.LEFT_RINGING, LEAVE)
    assert lab.asterisk.hears(CUSTOMER, lab.third())
    assert not lab.asterisk.hears(lab.third(), CUSTOMER)
    assert not lab.asterisk.tones


def test_a_leave_with_the_customer_parked_moves_them_to_the_room_first() -> None:
    lab = dialing_parked(lab_with(), SLOW)
    action_count = len(lab.asked)
    then(lab, State.LEFT_RINGING, LEAVE)
    action_names = [type(action).__name__ for action in lab.asked[action_count:]]
    assert action_names.index("AddToBridge") < action_names.index("RemoveFromBridge")
    assert lab.asterisk.channels[CUSTOMER].bridge == lab.call().mixing_bridge_id
    lab.wait(3)
    assert together(lab, CUSTOMER, lab.third())


@pytest.mark.parametrize("scene", [dialing, dialing_parked])
@pytest.mark.parametrize("first_event", ["leave", "answer"])
def test_the_third_answers_as_the_agent_leaves(scene: Scene, first_event: str) -> None:
    lab = scene(lab_with(), SLOW)
    with slowly(lab):
        if first_event == "leave":
            lab.ask(LEAVE)
        meanwhile(lab, 3)
        if first_event == "answer":
            lab.ask(LEAVE)
    then(lab, State.HANDED_OFF)
    assert together(lab, CUSTOMER, lab.third()) and is_dispo(lab)
    assert [receipt.outcome for receipt in all_receipts(lab, LEAVE)] == [Outcome.COMPLETED]


@pytest.mark.parametrize("kind", [Kind.BLIND_TRANSFER, LEAVE])
@pytest.mark.parametrize("number", [SILENT, DECLINES, BUSY])
@pytest.mark.parametrize("action", ["INGROUP", "HANGUP", "MESSAGE"])
def test_an_unanswered_transfer_is_followed_by_the_action_of_its_option(kind: Kind, number: str, action: str) -> None:
    other_option = "leave_unanswered_action" if kind is Kind.BLIND_TRANSFER else "blind_unanswered_action"
    used_option = "blind_unanswered_action" if kind is Kind.BLIND_TRANSFER else "leave_unanswered_action"
    lab = lab_with(
        **{used_option: action, other_option: "HANGUP" if action == "INGROUP" else "INGROUP"},
        unanswered_message="sorry",
    )
    _hand_over(lab, kind, number)
    lab.customer(name="other")
    lab.wait(20)
    if action == "INGROUP":
        assert lab.asterisk.hears_music(CUSTOMER)
        first_call = lab.world.calls[lab.world.matcher.list_calls("SALESLINE")[0]]
        assert (first_call.customer, first_call.queueing.priority) == (CUSTOMER, 1000)
        return
    assert heard(lab, CUSTOMER, "sorry") == (action == "MESSAGE")
    lab.wait(1.1)
    assert CUSTOMER not in lab.asterisk.channels


def _hand_over(lab: Driver, kind: Kind, number: str) -> None:
    talking(lab)
    lab.ask(Kind.PAUSE)
    if kind is Kind.BLIND_TRANSFER:
        then(lab, State.BLIND, kind, number=number)
    else:
        assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number) == ""
        then(lab, State.LEFT_RINGING, LEAVE)
    assert is_dispo(lab)


# -- blind --


@pytest.mark.parametrize("scene", [talking, parked])
def test_a_number_that_cannot_be_dialled_leaves_the_customer_with_the_agent(scene: Scene) -> None:
    lab = scene(lab_with())
    previous_state = lab.call().state
    assert lab.ask(Kind.BLIND_TRANSFER, number=DEAD)
    then(lab, previous_state)
    assert together(lab, PHONE, CUSTOMER) == (previous_state is State.TALKING)
    assert lab.asterisk.hears_music(CUSTOMER) == (previous_state is State.PARKED)
    assert lab.receipt().outcome is Outcome.FAILED and not lab.world.receipts


@pytest.mark.parametrize("number", ["", "911x", "+1+2", "1" * 33])
def test_a_forbidden_transfer_number_is_refused_without_a_channel(number: str) -> None:
    for kind in (Kind.BLIND_TRANSFER, Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL):
        lab = talking(lab_with())
        assert (lab.ask(kind, number=number) or "").startswith("phone_number")
        assert lab.receipt().outcome is Outcome.REFUSED
        assert people(lab) == {CUSTOMER, PHONE}


# -- a message --


def test_vm_message_chooses_another_message_for_this_call() -> None:
    lab = talking(lab_with(am_message_exten="our-hours"))
    assert lab.ask(Kind.VM_MESSAGE, message="just-for-you") == ""
    then(lab, State.MESSAGE, Kind.LEAVE_VM)
    assert heard(lab, CUSTOMER, "just-for-you") == 1 and not heard(lab, CUSTOMER, "our-hours")


def test_the_customer_hangs_up_in_the_message() -> None:
    lab = then(talking(lab_with()), State.MESSAGE, Kind.LEAVE_VM)
    call_id = lab.call().id
    lab.hang_up(CUSTOMER)
    ended_call = lab.closed[call_id]
    assert isinstance(ended_call, Call) and ended_call.outcome.ended_by == "customer"


def test_a_call_keeps_its_campaigns_rules_when_the_agent_has_logged_out() -> None:
    lab = then(
        dialing(lab_with(leave_unanswered_action="MESSAGE", unanswered_message="sorry")), State.LEFT_RINGING, LEAVE
    )
    lab.ask(Kind.STATUS, status="A")
    lab.ask(Kind.LOGOUT)
    lab.wait(21)
    assert heard(lab, CUSTOMER, "sorry") == 1
