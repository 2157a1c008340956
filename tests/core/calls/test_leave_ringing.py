"""A leave while the third party's phone rings, and blind transfers: the customer is never left alone."""

from tests.core.core_stage import BUSY, CUSTOMER, dialing, heard, lab_with, talking, then
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State

LEAVE = Kind.LEAVE_3WAY_CALL


def test_early_media_reaches_the_customer_who_was_left() -> None:
    lab = then(dialing(lab_with(), "8503"), State.LEFT_RINGING, LEAVE)
    assert lab.asterisk.hears(CUSTOMER, lab.third())
    assert not lab.asterisk.hears(lab.third(), CUSTOMER)
    assert not lab.asterisk.tones


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


def test_a_blind_transfer_to_a_busy_number_follows_its_own_option() -> None:
    for action, is_there in (("INGROUP", True), ("HANGUP", False)):
        leave_action = "HANGUP" if is_there else "INGROUP"
        lab = talking(lab_with(blind_unanswered_action=action, leave_unanswered_action=leave_action))
        lab.ask(Kind.BLIND_TRANSFER, number=BUSY)
        lab.wait(3)
        assert (CUSTOMER in lab.asterisk.channels) is is_there, action
