"""An agent consults a closer, and transfers the call to them."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    in_seat,
    is_dispo,
    lab_with,
    outcome,
    people,
    talking,
    then,
    with_closer,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome

DIAL, PARK_DIAL, LEAVE = Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.LEAVE_3WAY_CALL
CLOSER_PHONE = "phone-1001"


def test_agentdirect_asks_for_one_agent() -> None:
    lab = talking(lab_with())
    for user in ("1001", "1002"):
        lab.log_in(user)
    lab.ask(Kind.PAUSE, agent="1001")
    then(lab, State.DIALING, DIAL, ingroup="AGENTDIRECT", to_agent="1001")
    lab.wait(5)
    then(lab, State.DIALING)
    lab.ask(Kind.RESUME, agent="1001")
    then(lab, State.THREE_WAY)


# -- the closer has answered --


@pytest.mark.parametrize("kind", [Kind.HANGUP, Kind.HANGUP_BOTH])
def test_hanging_up_both_leaves_the_closer_on_the_line(kind: Kind) -> None:
    lab = with_closer(lab_with())
    assert lab.ask(kind) == ""
    assert people(lab) == {PHONE, CLOSER_PHONE}
    assert in_seat(lab) and in_seat(lab, "1001") and is_dispo(lab, "1001")


# -- commands of the closer as third party --


@pytest.mark.parametrize("kind", [Kind.HANGUP, Kind.HANGUP_BOTH])
@pytest.mark.parametrize(("scene", "next_state"), [("with_closer", State.TALKING), ("consulting_closer", State.PARKED)])
def test_a_closer_who_hangs_up_goes_alone(kind: Kind, scene: str, next_state: State) -> None:
    lab = plain_scene(scene)
    assert lab.ask(kind, agent="1001") == ""
    then(lab, next_state)
    assert is_dispo(lab, "1001") and in_seat(lab, "1001")
    assert lab.session().state is AgentState.INCALL


def test_pause_and_disposition_of_a_closer_apply_to_the_closer_only() -> None:
    lab = with_closer(lab_with())
    assert lab.ask(Kind.PAUSE, agent="1001") == ""
    assert lab.ask(Kind.STATUS, agent="1001", status="SALE") == ""
    lab.ask(Kind.HANGUP_XFER)
    assert lab.session("1001").state is AgentState.PAUSED
    assert lab.session().after_call.status == ""


def test_a_customer_whose_closer_is_lost_waits_in_the_closers_in_group() -> None:
    lab = then(with_closer(lab_with()), State.TALKING, LEAVE)
    lab.asterisk.far_ends["1001"] = [(0.1, "ringing")]
    lab.hang_up(CLOSER_PHONE, 44)
    lab.wait(21)
    then(lab, State.WAITING)
    assert lab.world.matcher.list_calls("SUPPORTLINE") == [lab.call().id]


def test_a_leave_while_the_closers_phone_rings_gives_the_closer_the_customer() -> None:
    lab = Driver()
    lab.configure("agents", "1002", ingroups=("SUPPORTLINE",))
    for user in ("1000", "1002"):
        lab.log_in(user)
    talking(lab)
    lab.ask(DIAL, ingroup="SUPPORTLINE")
    lab.wait(0.5)
    assert lab.ask(LEAVE) == ""
    assert is_dispo(lab) and lab.asterisk.hears_music(CUSTOMER)
    lab.wait(1.2)
    then(lab, State.TALKING)
    assert lab.call().agent == "1002" and outcome(lab, LEAVE) is Outcome.COMPLETED
    assert len([channel for channel in people(lab) if channel not in (CUSTOMER, PHONE)]) == 1


@pytest.mark.parametrize("kind", [DIAL, PARK_DIAL])
def test_a_customer_left_while_the_closers_phone_rings_waits_until_drop_call_seconds(kind: Kind) -> None:
    lab = talking(lab_with())
    lab.configure("ingroups", "SUPPORTLINE", drop_call_seconds=30)
    lab.configure("agents", "1002", on_hook_ring_time=5)
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.log_in("1002")
    then(lab, State.DIALING, kind, ingroup="SUPPORTLINE")
    lab.wait(2)
    assert lab.call().consultation.closer == "1002"
    requested_at_us = lab.call().consultation.asked_at
    lab.ask(Kind.PAUSE, agent="1002")
    assert lab.ask(LEAVE) == ""
    then(lab, State.WAITING)
    assert (lab.call().ingroup, lab.call().queueing.queued_at) == ("SUPPORTLINE", requested_at_us)
    lab.wait(29.9)
    then(lab, State.WAITING)
    lab.wait(0.2)
    assert not lab.world.calls
