"""The music of a customer who moves from one in-group's queue to another's: each has its own."""

import pytest

from tests.core.core_stage import CUSTOMER, lab_with, talking, then
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

CLOSER = Kind.LOCAL_CLOSER


def lab_with_music(**ingroup: object) -> Driver:
    """Let SALESLINE play `sales`, and SUPPORTLINE `support`."""
    lab = lab_with({"moh_context": "sales", **ingroup})
    lab.configure("ingroups", "SUPPORTLINE", moh_context="support")
    return lab


def list_music(lab: Driver) -> str:
    """Return the music in the customer's holding bridge."""
    assert lab.asterisk.hears_music(CUSTOMER)
    return lab.asterisk.bridges[lab.asterisk.channels[CUSTOMER].bridge or ""]


def test_a_transferred_customer_hears_only_the_music_of_the_new_in_group() -> None:
    lab = talking(lab_with_music())
    then(lab, State.WAITING, CLOSER, ingroup="SUPPORTLINE")
    assert list_music(lab) == "support"
    assert [action.music for action in lab.asked if isinstance(action, do.CreateHoldingBridge)] == ["support"]


@pytest.mark.parametrize("kind", [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL])
def test_a_customer_left_to_a_request_for_a_closer_hears_the_music_of_its_in_group(kind: Kind) -> None:
    lab = then(talking(lab_with_music()), State.DIALING, kind, ingroup="SUPPORTLINE")
    then(lab, State.WAITING, Kind.LEAVE_3WAY_CALL)
    assert list_music(lab) == "support"


def test_a_caller_moved_by_drop_action_hears_the_music_of_the_new_in_group() -> None:
    options = {"drop_call_seconds": 5, "drop_action": "IN_GROUP", "drop_inbound_group": "SUPPORTLINE"}
    lab = lab_with_music(**options)
    lab.ask(Kind.PAUSE)
    lab.customer()
    assert list_music(lab) == "sales"
    lab.wait(5.1)
    assert list_music(lab) == "support"
