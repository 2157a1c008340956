"""The transfer key of an agent's phone: its request follows Warmline's rules, or is refused."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    DEAD,
    PHONE,
    SLOW,
    all_receipts,
    is_dispo,
    lab_with,
    slowly,
    talking,
    then,
    together,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome


def refer(lab: Driver, target: str, leg: str = PHONE) -> None:
    """Let the phone of this leg send REFER."""
    lab.feed(ev.ReferReceived(leg, target))


@pytest.mark.parametrize("target", ["CLOSEDLINE", "AGENTDIRECT", "alice", "12a", "1" * 40, ""])
def test_an_invalid_refer_is_declined_and_moves_no_party(target: str) -> None:
    lab = talking(lab_with())
    refer(lab, target)
    then(lab, State.TALKING)
    assert lab.asterisk.referred == [(PHONE, "declined")]
    assert together(lab, CUSTOMER, PHONE) and not lab.asterisk.dialled


def test_a_refer_found_impossible_is_declined_with_a_receipt() -> None:
    lab = talking(lab_with())
    lab.feed(ev.ReferReceived(PHONE, SLOW, impossible="5551234 is on a list"))
    then(lab, State.TALKING)
    [receipt] = all_receipts(lab, Kind.BLIND_TRANSFER)
    assert (receipt.outcome, receipt.cause) == (Outcome.REFUSED, "5551234 is on a list")
    assert lab.asterisk.referred == [(PHONE, "declined")] and not lab.asterisk.dialled


def test_without_a_call_it_is_declined() -> None:
    lab = lab_with()
    refer(lab, SLOW)
    assert lab.asterisk.referred == [(PHONE, "declined")]


def test_a_number_that_cannot_be_reached_is_told_to_the_phone() -> None:
    lab = talking(lab_with())
    refer(lab, DEAD)
    then(lab, State.TALKING)
    assert lab.asterisk.referred == [(PHONE, "unavailable")]


@pytest.mark.parametrize("is_late", [False, True])
def test_a_phone_that_asks_again_is_answered_again_and_dials_once(is_late: bool) -> None:
    lab = talking(lab_with())
    if is_late:
        refer(lab, SLOW)
        refer(lab, SLOW)
    else:
        with slowly(lab):
            refer(lab, SLOW)
            refer(lab, SLOW)
    assert lab.asterisk.referred[-1] == (PHONE, "answered")
    assert lab.asterisk.dialled == [SLOW] and len(all_receipts(lab, Kind.BLIND_TRANSFER)) == 1


def test_a_phone_that_hangs_up_after_its_transfer_is_called_back() -> None:
    lab = talking(lab_with())
    refer(lab, SLOW)
    lab.hang_up(PHONE)
    lab.wait(1.2)
    assert is_dispo(lab) and lab.session().leg in lab.asterisk.channels
