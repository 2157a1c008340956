"""Two simultaneous commands, a repeated command, a command and a hang-up: handled in order, without a lost party."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    QUICK,
    SILENT,
    SLOW,
    all_receipts,
    consulting,
    dialing_parked,
    is_dispo,
    lab_with,
    outcome,
    parked,
    people,
    slowly,
    talking,
    then,
    three_way,
    together,
    with_closer,
)
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome
from warmline.core.rules.reasons import THIRD_PRESENT

DIAL, PARK_DIAL, LEAVE = Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.LEAVE_3WAY_CALL


def test_the_second_is_refused_if_it_no_longer_fits() -> None:
    lab = three_way(lab_with())
    with slowly(lab):
        lab.ask(Kind.HANGUP_XFER)
        lab.ask(LEAVE)
    then(lab, State.TALKING)
    assert (lab.receipt().outcome, lab.receipt().cause) == (Outcome.REFUSED, "no third party on this call")


def test_a_command_that_waits_five_seconds_is_refused_without_effect() -> None:
    lab = talking(lab_with())
    action_count = len(lab.asked)
    with slowly(lab):
        lab.ask(Kind.PARK_CUSTOMER)
        lab.ask(Kind.BLIND_TRANSFER, number=QUICK)
        action_count = len(lab.asked)
        lab.asterisk.now += 5_000_000
        lab.wait(0)
        lab.asterisk.now += 1
        lab.wait(0)
    reason = "another command on this call did not end in time"
    assert (lab.receipt().outcome, lab.receipt().cause) == (Outcome.REFUSED, reason)
    assert lab.told[lab.receipt().id] == reason
    then(lab, State.PARKED)
    assert not lab.asterisk.dialled and action_count
    assert outcome(lab, Kind.PARK_CUSTOMER) is Outcome.COMPLETED


@pytest.mark.parametrize("second", [Kind.HANGUP, Kind.HANGUP_BOTH, LEAVE])
def test_a_fronters_command_behind_a_leave_does_not_touch_the_closers_call(second: Kind) -> None:
    lab = with_closer(lab_with())
    with slowly(lab):
        lab.ask(LEAVE)
        lab.ask(second)
    then(lab, State.TALKING)
    assert together(lab, CUSTOMER, "phone-1001") and is_dispo(lab)
    assert (lab.receipt().outcome, lab.receipt().cause) == (Outcome.REFUSED, "the agent has no live call")


# -- the same again --


@pytest.mark.parametrize("kind", [DIAL, PARK_DIAL, Kind.BLIND_TRANSFER])
def test_a_repeated_dial_before_the_first_rings_dials_once(kind: Kind) -> None:
    lab = talking(lab_with())
    with slowly(lab):
        lab.ask(kind, number=SLOW)
        first_receipt = lab.last_receipt
        assert lab.ask(kind, number=SLOW) is None
    assert lab.told[first_receipt] == lab.told[lab.last_receipt] == ""
    assert lab.asterisk.dialled == [SLOW]


def test_the_same_request_for_a_closer_too() -> None:
    lab = talking(lab_with())
    assert lab.ask(DIAL, ingroup="SUPPORTLINE") == ""
    assert lab.ask(DIAL, ingroup="SUPPORTLINE") == ""
    assert len(all_receipts(lab, DIAL)) == 1


def test_another_number_or_the_same_later_is_a_second_third() -> None:
    lab = talking(lab_with())
    lab.ask(DIAL, number=SILENT)
    assert lab.ask(DIAL, number=SLOW) == THIRD_PRESENT.text()
    lab.wait(3.1)
    assert lab.ask(DIAL, number=SILENT) == THIRD_PRESENT.text()


# -- a command and a simultaneous hang-up --


@pytest.mark.parametrize("first_receipt", ["leave", "third"])
def test_leave_and_the_thirds_hang_up_in_the_same_moment(first_receipt: str) -> None:
    """The first input decides: the customer has the agent, or the call is over with the party who ended it."""
    lab = consulting(lab_with())
    call, third = lab.call().id, lab.third()
    with slowly(lab):
        if first_receipt == "third":
            lab.asterisk.hang_up(third)
        lab.ask(LEAVE)
        if first_receipt == "leave":
            lab.asterisk.hang_up(third)
    if first_receipt == "third":
        then(lab, State.TALKING)
        assert together(lab, CUSTOMER, PHONE)
        assert outcome(lab, LEAVE) is Outcome.ABANDONED
    else:
        ended_call = lab.closed[call]
        assert isinstance(ended_call, Call) and ended_call.outcome.ended_by == "third"
        assert people(lab) == {PHONE} and is_dispo(lab)


def test_a_leave_fetches_the_customer_also_if_the_third_declines_just_then() -> None:
    lab = dialing_parked(lab_with())
    with slowly(lab):
        lab.asterisk.hang_up(lab.third(), 21)
        lab.ask(LEAVE)
    then(lab, State.TALKING)
    assert together(lab, CUSTOMER, PHONE)
    assert (outcome(lab, LEAVE), outcome(lab, PARK_DIAL)) == (Outcome.ABANDONED, Outcome.DECLINED)


def test_parking_and_the_thirds_hang_up_cross_and_the_customer_is_parked_all_the_same() -> None:
    lab = three_way(lab_with())
    with slowly(lab):
        lab.asterisk.hang_up(lab.third())
        lab.ask(Kind.PARK_CUSTOMER)
    then(lab, State.PARKED)
    assert lab.asterisk.hears_music(CUSTOMER)
    assert lab.receipt().outcome is Outcome.COMPLETED


def test_a_blind_transfer_answered_before_the_retried_move_connects_both_parties() -> None:
    """The move fails at first and is repeated after half a second; the answer comes earlier."""
    lab = parked(lab_with())
    lab.asterisk.far_ends["8500"] = [(0.1, "up")]
    original_perform, failed = lab.perform, []

    def perform(action: do.Action) -> None:
        if isinstance(action, do.AddToBridge) and action.leg == CUSTOMER and not failed:
            failed.append(action)
            lab.asterisk.out.append(ev.ActionFailed(action, 500, "try again"))
        else:
            original_perform(action)

    lab.perform = perform  # type: ignore[method-assign] # one move fails
    lab.ask(Kind.BLIND_TRANSFER, number="8500")
    lab.wait(1)
    then(lab, State.HANDED_OFF)
    assert together(lab, CUSTOMER, lab.third())
    assert lab.receipt().outcome is Outcome.COMPLETED and failed
