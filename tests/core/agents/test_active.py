"""active=N of an agent or a campaign: no login, no further call, no dial; the call in progress goes on."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, QUICK, in_seat, lab_with
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State

OFF = [("agents", "1000", "agent 1000 is not active"), ("campaigns", "TESTCAMP", "campaign TESTCAMP is not active")]


@pytest.mark.parametrize(("table", "name", "reason"), OFF)
def test_an_inactive_agent_or_campaign_refuses_logins(table: str, name: str, reason: str) -> None:
    lab = Driver(demo_rules())
    lab.configure(table, name, active="N")
    assert lab.ask(Kind.LOGIN) == reason
    leg = lab.log_in("1000")
    assert not lab.world.sessions and (leg, "sound:agent-incorrect") in lab.asterisk.played


@pytest.mark.parametrize(("table", "name", "reason"), OFF)
def test_a_ready_agent_is_paused_and_cannot_be_ready(table: str, name: str, reason: str) -> None:
    lab = lab_with()
    lab.configure(table, name, active="N")
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, "INACTIVE")
    assert lab.ask(Kind.RESUME) == reason
    lab.customer()
    assert lab.call().state is State.WAITING
    lab.configure(table, name, active="Y")
    assert lab.ask(Kind.RESUME) == ""
    assert lab.asterisk.hears(CUSTOMER, PHONE)


@pytest.mark.parametrize(("table", "name", "reason"), OFF)
def test_the_call_goes_on_and_no_other_follows(table: str, name: str, reason: str) -> None:
    lab = plain_scene("talking")
    lab.configure(table, name, active="N")
    assert lab.asterisk.hears(CUSTOMER, PHONE) and lab.session().state is AgentState.INCALL
    assert lab.ask(Kind.HANGUP) == "" and lab.ask(Kind.STATUS, status="SALE") == ""
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, "INACTIVE")
    assert in_seat(lab)


def test_an_inactive_campaign_dials_no_number() -> None:
    lab = plain_scene("talking")
    lab.configure("campaigns", "TESTCAMP", active="N")
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK) == "campaign TESTCAMP is not active"
    assert lab.call().state is State.TALKING


def test_no_call_is_routed_or_given_to_an_inactive_agent() -> None:
    lab = plain_scene("talking")
    lab.log_in("1001")
    lab.configure("agents", "1001", active="N")
    answer = lab.ask(Kind.LOCAL_CLOSER, ingroup="AGENTDIRECT", to_agent="1001")
    assert answer == "agent 1001 is not active"
    lab.customer("agent", "1001", name="second")
    assert "second" not in lab.world.legs


@pytest.mark.parametrize(("table", "name", "reason"), OFF)
def test_a_paused_inactive_agent_dials_no_number(table: str, name: str, reason: str) -> None:
    lab = lab_with()
    lab.ask(Kind.PAUSE)
    lab.configure(table, name, active="N")
    assert lab.ask(Kind.DIAL, number=QUICK) == reason
    assert not lab.world.calls


@pytest.mark.parametrize(("table", "name", "reason"), OFF)
def test_a_lost_phone_dials_back_into_its_call(table: str, name: str, reason: str) -> None:
    lab = plain_scene("talking")
    lab.configure(table, name, active="N")
    del lab.asterisk.far_ends["1000"]
    lab.hang_up(PHONE, 44)
    lab.wait(1)
    assert lab.call().state is State.RESCUE, reason
    lab.log_in("1000")
    assert lab.call().state is State.TALKING and lab.asterisk.hears(CUSTOMER, PHONE)
