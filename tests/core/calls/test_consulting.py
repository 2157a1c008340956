"""An agent consults a closer, and transfers the call to them."""

from itertools import product

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    apart,
    asking,
    in_seat,
    is_dispo,
    lab_with,
    outcome,
    people,
    recordings,
    set_up,
    talking,
    then,
    together,
    with_closer,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.receipt import Outcome

DIAL, PARK_DIAL, LEAVE = Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.LEAVE_3WAY_CALL
CLOSER_PHONE = "phone-1001"


def test_agent_and_customer_hear_the_in_groups_music_together_until_a_closer_is_there() -> None:
    lab = asking(lab_with())
    assert lab.asterisk.hears_music(CUSTOMER) and lab.asterisk.hears_music(PHONE)
    assert together(lab, CUSTOMER, PHONE)
    lab.log_in("1001")
    then(lab, State.THREE_WAY)
    assert together(lab, CUSTOMER, PHONE, CLOSER_PHONE)
    assert not lab.asterisk.hears_music(CUSTOMER) and not lab.asterisk.room_music
    assert outcome(lab, DIAL) is Outcome.COMPLETED
    assert lab.session("1001").state is AgentState.INCALL


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


def test_an_agent_who_cannot_be_consulted_is_refused_with_the_reason(subtests: pytest.Subtests) -> None:
    for (to_agent, refusal), kind in product(
        [
            ("1000", "an agent cannot consult himself"),
            ("1001", "agent 1001 is not logged in"),
            ("4711", "agent 4711 is not logged in"),
            ("", "agent (none) is not logged in"),
        ],
        [DIAL, PARK_DIAL],
    ):
        with subtests.test(kind=kind, to_agent=to_agent, refusal=refusal):
            lab = talking(lab_with())
            assert lab.ask(kind, ingroup="AGENTDIRECT", to_agent=to_agent) == refusal
            then(lab, State.TALKING)
            assert together(lab, CUSTOMER, PHONE) and not lab.asterisk.room_music


@pytest.mark.parametrize("ingroup", ["CLOSEDLINE", "NOPE"])
def test_a_consultation_with_an_invalid_in_group_is_refused(ingroup: str) -> None:
    lab = talking(lab_with())
    assert lab.ask(DIAL, ingroup=ingroup) == f"in-group {ingroup} is not valid"


# -- no closer comes --


@pytest.mark.parametrize("scene", ["asking", "asking_parked"])
def test_leaving_while_it_waits_gives_the_customer_its_place(scene: str) -> None:
    lab = plain_scene(scene)
    requested_at_us = lab.call().consultation.asked_at
    lab.wait(10)
    lab.customer("ingroup", "SUPPORTLINE", name="later")
    assert lab.ask(LEAVE) == ""
    call = lab.call_of(CUSTOMER)
    assert (call.state, call.ingroup, call.queueing.queued_at) == (State.WAITING, "SUPPORTLINE", requested_at_us)
    assert is_dispo(lab) and in_seat(lab) and lab.asterisk.hears_music(CUSTOMER)
    assert outcome(lab, LEAVE) is Outcome.COMPLETED
    lab.log_in("1001")
    assert together(lab, CUSTOMER, CLOSER_PHONE)


@pytest.mark.parametrize("option_value", ["CANCEL", "KEEP"])
def test_the_customer_hangs_up_while_it_waits(option_value: str) -> None:
    lab = asking(lab_with(customer_gone_while_dialing=option_value))
    lab.hang_up(CUSTOMER)
    assert not lab.world.calls and is_dispo(lab) and not lab.world.receipts
    lab.log_in("1001")
    assert lab.session("1001").state is AgentState.READY


# -- the closer has answered --


@pytest.mark.parametrize("scene", ["with_closer", "consulting_closer"])
def test_a_leave_makes_the_closer_the_agent_of_the_call(scene: str) -> None:
    lab = set_up(lab_with(campaign_recording="ALLCALLS"), scene)
    interval = lab.session("1001").interval
    then(lab, State.TALKING, LEAVE)
    assert together(lab, CUSTOMER, CLOSER_PHONE) and apart(lab, PHONE, CUSTOMER, CLOSER_PHONE)
    assert is_dispo(lab) and in_seat(lab)
    call = lab.call()
    assert (call.agent, call.consultation.closer, call.third, call.ingroup) == ("1001", None, None, "SUPPORTLINE")
    assert lab.session("1001").interval == interval
    assert recordings(lab) == [("call", "campaign_recording=ALLCALLS")] * 2
    # every command is the closer's
    then(lab, State.PARKED, Kind.PARK_CUSTOMER, agent="1001")
    assert lab.ask(Kind.GRAB_CUSTOMER) == "the agent has no live call"


def test_both_give_their_own_disposition() -> None:
    lab = then(with_closer(lab_with()), State.TALKING, LEAVE)
    call_id = lab.call().id
    lab.ask(Kind.STATUS, status="A")
    lab.hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, agent="1001", status="SALE")
    dispositions = [disposition for disposition in lab.closed.values() if isinstance(disposition, DispositionEntry)]
    assert [(disposition.agent, disposition.status, disposition.call) for disposition in dispositions] == [
        ("1000", "A", call_id),
        ("1001", "SALE", call_id),
    ]


@pytest.mark.parametrize("scene", ["with_closer", "consulting_closer"])
@pytest.mark.parametrize("is_third_parked", [False, True])
def test_the_customer_goes_and_both_are_in_disposition(scene: str, is_third_parked: bool) -> None:
    lab = plain_scene(scene)
    if is_third_parked:
        assert lab.ask(Kind.PARK_XFER) == ""
        assert lab.asterisk.hears_music(CLOSER_PHONE)
    lab.hang_up(CUSTOMER)
    assert not lab.world.calls
    assert is_dispo(lab) and is_dispo(lab, "1001")
    assert in_seat(lab) and in_seat(lab, "1001")


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


@pytest.mark.parametrize(
    "kind", [LEAVE, Kind.HANGUP_XFER, Kind.PARK_CUSTOMER, Kind.BLIND_TRANSFER, DIAL, Kind.RECORD_STOP, Kind.SEND_DTMF]
)
def test_the_call_belongs_to_the_fronter_until_the_leave(kind: Kind) -> None:
    lab = with_closer(lab_with())
    assert lab.ask(kind, agent="1001", number="8500") == "the call is agent 1000's until he leaves it"
    assert lab.receipt().outcome is Outcome.REFUSED
    then(lab, State.THREE_WAY)


def test_pause_and_disposition_of_a_closer_apply_to_the_closer_only() -> None:
    lab = with_closer(lab_with())
    assert lab.ask(Kind.PAUSE, agent="1001") == ""
    assert lab.ask(Kind.STATUS, agent="1001", status="SALE") == ""
    lab.ask(Kind.HANGUP_XFER)
    assert lab.session("1001").state is AgentState.PAUSED
    assert lab.session().after_call.status == ""


def test_a_closer_consults_in_turn() -> None:
    lab: Driver = then(with_closer(lab_with()), State.TALKING, LEAVE)
    lab.ask(Kind.STATUS, status="A")
    assert lab.ask(DIAL, agent="1001", ingroup="AGENTDIRECT", to_agent="1000") == ""
    then(lab, State.THREE_WAY)
    assert lab.ask(LEAVE, agent="1001") == ""
    assert lab.call().agent == "1000" and together(lab, CUSTOMER, PHONE) and is_dispo(lab, "1001")
    assert lab.call().direct == "1000"


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
