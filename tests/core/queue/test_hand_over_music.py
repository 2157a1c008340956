"""The music of a customer who moves from one in-group's queue to another's: each has its own."""

import pytest

from simulation.asterisk.core_driver import Driver
from tests.core.core_stage import CUSTOMER, asking, lab_with, parked, restarted, talking, then
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

CLOSER = Kind.LOCAL_CLOSER


def lab_with_music(**ingroup: object) -> Driver:
    """Let SALESLINE play `sales`, and SUPPORTLINE `support`."""
    lab = lab_with({"moh_context": "sales", **ingroup})
    lab.configure("ingroups", "SUPPORTLINE", moh_context="support")
    return lab


def music(lab: Driver) -> str:
    """Return the music in the customer's holding bridge."""
    assert lab.asterisk.hears_music(CUSTOMER)
    return lab.asterisk.bridges[lab.asterisk.channels[CUSTOMER].bridge or ""]


def test_who_is_handed_over_hears_that_in_groups_music_and_no_other_before() -> None:
    lab = talking(lab_with_music())
    then(lab, State.WAITING, CLOSER, ingroup="SUPPORTLINE")
    assert music(lab) == "support"
    assert [one.music for one in lab.asked if isinstance(one, do.CreateHoldingBridge)] == ["support"]


def test_who_was_parked_too() -> None:
    lab = parked(lab_with_music())
    assert music(lab) == "sales"
    then(lab, State.WAITING, CLOSER, ingroup="SUPPORTLINE")
    assert music(lab) == "support"


@pytest.mark.parametrize("kind", [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL])
def test_who_takes_the_place_of_a_request(kind: Kind) -> None:
    lab = then(talking(lab_with_music()), State.DIALING, kind, ingroup="SUPPORTLINE")
    then(lab, State.WAITING, Kind.LEAVE_3WAY_CALL)
    assert music(lab) == "support"


def test_who_is_passed_on_by_a_line() -> None:
    options = {"drop_call_seconds": 5, "drop_action": "IN_GROUP", "drop_inbound_group": "SUPPORTLINE"}
    lab = lab_with_music(**options)
    lab.ask(Kind.PAUSE)
    lab.customer()
    assert music(lab) == "sales"
    lab.wait(5.1)
    assert music(lab) == "support"


def test_whose_request_was_withdrawn_is_parked_with_his_own() -> None:
    lab = asking(lab_with_music())
    lab.ask(Kind.HANGUP_XFER)
    then(lab, State.PARKED, Kind.PARK_CUSTOMER)
    assert music(lab) == "sales"


def test_what_the_app_did_not_come_to_ask_for_any_more_is_asked_for_by_the_next() -> None:
    """The app dies after recording that a parked customer waits for support, before it performs anything."""
    lab = parked(lab_with_music())
    lab.perform = lambda action: None  # type: ignore[method-assign] # dead
    lab.ask(CLOSER, ingroup="SUPPORTLINE")
    del lab.perform
    then(restarted(lab), State.WAITING)
    assert music(lab) == "support"
