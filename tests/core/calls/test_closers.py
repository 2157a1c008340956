"""Transfers of the customer to an in-group or to a named agent."""

from itertools import product

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    heard,
    in_seat,
    is_dispo,
    lab_with,
    people,
    recordings,
    talking,
    then,
    together,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome

CLOSER_COMMAND = Kind.LOCAL_CLOSER


@pytest.mark.parametrize("scene", ["talking", "parked"])
def test_the_customer_waits_with_music_for_a_closer_and_the_agent_is_free_at_once(scene: str) -> None:
    lab = plain_scene(scene)
    then(lab, State.WAITING, CLOSER_COMMAND, ingroup="SUPPORTLINE")
    assert is_dispo(lab) and in_seat(lab)
    assert lab.asterisk.hears_music(CUSTOMER)
    call = lab.call()
    assert (call.ingroup, call.queueing.priority, call.queueing.queued_at > call.arrived) == ("SUPPORTLINE", 0, True)
    lab.log_in("1001")
    assert together(lab, CUSTOMER, "phone-1001")
    assert lab.receipt().outcome is Outcome.COMPLETED


def test_a_ready_closer_gets_the_customer_at_once() -> None:
    lab = talking(lab_with())
    lab.log_in("1001")
    assert lab.ask(CLOSER_COMMAND, ingroup="SUPPORTLINE") == ""
    then(lab, State.TALKING)
    assert together(lab, CUSTOMER, "phone-1001")
    lab.wait(1.1)
    assert heard(lab, "phone-1001", "beep") == 1


def test_a_transferred_customer_waits_behind_earlier_callers() -> None:
    lab = talking(lab_with())
    lab.customer("ingroup", "SUPPORTLINE", name="earlier")
    lab.ask(CLOSER_COMMAND, ingroup="SUPPORTLINE")
    assert lab.world.matcher.list_calls("SUPPORTLINE") == [lab.call_of("earlier").id, lab.call_of(CUSTOMER).id]


def test_each_agent_is_recorded_by_the_own_rules_and_the_music_between_is_not() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS"))
    lab.configure("ingroups", "SUPPORTLINE", ingroup_recording_override="ALLFORCE")
    then(lab, State.WAITING, CLOSER_COMMAND, ingroup="SUPPORTLINE")
    assert not lab.asterisk.recordings
    lab.log_in("1001")
    assert recordings(lab) == [
        ("call", "campaign_recording=ALLCALLS"),
        ("call", "ingroup_recording_override=ALLFORCE"),
    ]


# -- AGENTDIRECT --


@pytest.mark.parametrize("to_agent", ["", "4711"])
def test_agentdirect_without_an_existing_agent_is_refused(to_agent: str) -> None:
    lab = talking(lab_with())
    assert (
        lab.ask(CLOSER_COMMAND, ingroup="AGENTDIRECT", to_agent=to_agent)
        == f"agent {to_agent or '(none)'} does not exist"
    )
    then(lab, State.TALKING)


# -- refused --


@pytest.mark.parametrize("ingroup", ["CLOSEDLINE", "NOPE", "---NONE---", ""])
def test_an_in_group_that_is_none_or_not_active_is_refused(ingroup: str) -> None:
    lab = talking(lab_with())
    assert lab.ask(CLOSER_COMMAND, ingroup=ingroup) == f"in-group {ingroup} is not valid"
    assert lab.receipt().outcome is Outcome.REFUSED
    then(lab, State.TALKING)


def prepare_closer(lab: Driver, state: str) -> None:
    """Put agent 1001 into this state."""
    if state != "logged out":
        lab.log_in("1001")
    if state == "PAUSED":
        lab.ask(Kind.PAUSE, agent="1001")
    if state == "INCALL":
        lab.customer("ingroup", "SUPPORTLINE", name="other")


def test_no_agent_no_queue(subtests: pytest.Subtests) -> None:
    for (option, refused_states), state, kind in product(
        [
            ("N", ()),
            ("Y", ("logged out",)),
            ("NO_PAUSED", ("logged out", "PAUSED")),
            ("NO_READY", ("logged out", "PAUSED", "INCALL")),
        ],
        ["logged out", "PAUSED", "INCALL", "READY"],
        [CLOSER_COMMAND, Kind.DIAL_WITH_CUSTOMER],
    ):
        with subtests.test(option=option, refused_states=refused_states, state=state, kind=kind):
            lab = Driver()
            lab.configure("agents", "1000", ingroups=("SALESLINE",))
            lab.configure("ingroups", "SUPPORTLINE", no_agent_no_queue=option)
            lab.log_in("1000")
            talking(lab)
            prepare_closer(lab, state)
            answer = lab.ask(kind, ingroup="SUPPORTLINE")
            if state in refused_states:
                agent_condition = {"Y": "logged in", "NO_PAUSED": "logged in and not paused", "NO_READY": "READY"}[
                    option
                ]
                assert answer == f"in-group SUPPORTLINE has no agent {agent_condition} (no_agent_no_queue={option})"
                assert lab.call_of(CUSTOMER).state is State.TALKING
            else:
                assert answer == ""


# -- waiting --


@pytest.mark.parametrize("action", ["HANGUP", "MESSAGE"])
@pytest.mark.parametrize("option", ["Y", "NO_PAUSED", "NO_READY"])
def test_a_caller_who_may_not_wait_has_the_no_agent_action_at_once(option: str, action: str) -> None:
    lab = Driver()
    options = {"no_agent_no_queue": option, "no_agent_action": action, "no_agent_action_value": "nobody-here"}
    lab.configure("ingroups", "SALESLINE", **options)
    lab.customer()
    assert heard(lab, CUSTOMER, "nobody-here") == (action == "MESSAGE")
    lab.wait(1.1)
    assert not lab.world.calls and CUSTOMER not in people(lab)
    [ended_call] = [record for record in lab.closed.values() if isinstance(record, Call)]
    assert (ended_call.outcome.status, ended_call.outcome.ended_by) == ("NANQUE", "no_agent_no_queue")


@pytest.mark.parametrize("kind", [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL])
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
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    then(lab, State.WAITING)
    assert (lab.call().ingroup, lab.call().queueing.queued_at) == ("SUPPORTLINE", requested_at_us)
    lab.wait(29.9)
    then(lab, State.WAITING)
    lab.wait(0.2)
    assert not lab.world.calls
