"""A conversation of Asterisk's own dialplan becomes a call of Warmline."""

import dataclasses

import pytest

from tests.core.core_stage import restarted
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.commands import adoption
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.leg_messages import MoveIntoStasis
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import Session

CALLER, PHONE = "1700000000.1", "1700000000.2"
AGENT = "1001"
SECOND_US = 1_000_000


def talk(phone: str = AGENT, **other: object) -> OutsideTalk:
    """Return a conversation of a caller from the trunk and a phone; the phone's channel was named."""
    caller = OutsideLeg(id=CALLER, name="PJSIP/trunk-00000001", phone="trunk", number="3125550100")
    agent = OutsideLeg(id=PHONE, name=f"PJSIP/{phone}-00000002", phone=phone, number=phone)
    return OutsideTalk(named=agent, other=caller, caller=CALLER, dialled="8005550100")


def outside(**campaign: object) -> Driver:
    """Return a world without agents, in whose Asterisk a caller talks to the phone of agent 1001 in Queue()."""
    lab = Driver(demo_rules(**campaign))
    lab.asterisk.outside = {CALLER, PHONE}
    return lab


def adopt(lab: Driver, conversation: OutsideTalk | None = None, agent: str = "") -> str | None:
    record = conversation or talk()
    return lab.ask(Kind.ADOPT, agent, channel=record.named.name, conversation=record)


def moves(lab: Driver) -> list[MoveIntoStasis]:
    return [action for action in lab.asked if isinstance(action, MoveIntoStasis)]


def closed(lab: Driver, kind: type[Call]) -> Call:
    [record] = [record for record in lab.closed.values() if isinstance(record, kind)]
    return record


def test_feature_keys_stay_with_the_agent() -> None:
    for option in ("N", "Y"):
        lab = outside(feature_keys=option)
        adopt(lab)
        assert lab.world.legs[PHONE].absorbs_keys is (option == "Y") and not lab.world.legs[CALLER].absorbs_keys


def test_an_on_hook_agent_logged_in_before_adoption_keeps_the_session() -> None:
    lab = outside()
    lab.ask(Kind.LOGIN, "1002")
    state_before = lab.session("1002").id
    assert adopt(lab, talk("1002")) == ""
    assert lab.session("1002").id == state_before and lab.session("1002").state is AgentState.INCALL
    lab.hang_up(CALLER)
    assert lab.session("1002").state is AgentState.DISPO


def test_a_paused_agent_is_paused_again() -> None:
    lab = outside()
    lab.ask(Kind.LOGIN, "1002")
    lab.ask(Kind.PAUSE, "1002", pause_code="LUNCH")
    adopt(lab, talk("1002"))
    lab.hang_up(CALLER)
    lab.ask(Kind.STATUS, "1002", status="SALE")
    assert (lab.session("1002").state, lab.session("1002").pause_code) == (AgentState.PAUSED, "LUNCH")


def test_a_talk_of_a_script_is_moved_out_of_its_application() -> None:
    lab = outside()
    assert adopt(lab, dataclasses.replace(talk(), app="script-menu")) == ""
    assert [move.app for move in moves(lab)] == ["script-menu"]


# -- refusals: nothing moves --


def refused(lab: Driver, conversation: OutsideTalk | None = None, agent: str = "") -> str:
    state_before = dict(lab.world.calls), dict(lab.world.legs), dict(lab.world.sessions)
    reason = adopt(lab, conversation, agent)
    assert lab.receipt().outcome is Outcome.REFUSED and not moves(lab)[1:]
    assert state_before == (dict(lab.world.calls), dict(lab.world.legs), dict(lab.world.sessions))
    return reason or ""


def test_an_adoption_with_an_unknown_phone_is_refused() -> None:
    assert refused(outside(), talk("kitchen")) == (
        "neither kitchen nor trunk is the phone of an agent: name the agent (--agent USER), or set the option phone of "
        "an agent"
    )
    assert refused(outside(), agent="nobody") == "there is no agent nobody"


def test_a_line_of_the_trunk_is_not_an_agents_phone() -> None:
    """Otherwise, the leave would hang up the customer in place of the agent."""
    reason = "channel PJSIP/trunk-00000001 is a line of the trunk trunk, not an agent's phone: name the phone's channel"
    conversation = talk("kitchen")
    from_trunk = OutsideTalk(named=conversation.other, other=conversation.named, caller=CALLER)
    lab = outside()
    assert refused(lab, from_trunk, agent=AGENT) == reason
    lab.configure("agents", AGENT, phone="trunk")
    assert refused(lab, from_trunk) == reason
    lab.configure("agents", AGENT, phone=AGENT)
    at_the_phone = OutsideTalk(named=conversation.other, other=talk().named, caller=CALLER)
    assert adopt(lab, at_the_phone, agent=AGENT) == "" and lab.session(AGENT).leg == PHONE


def test_several_agents_share_the_phone() -> None:
    lab = outside()
    lab.configure("agents", "1000", phone=AGENT)
    assert refused(lab) == f"phone {AGENT} is that of agents 1000, 1001: name one (--agent USER)"
    assert adopt(lab, agent="1000") == ""


def test_a_phone_at_which_another_agent_is_logged_in() -> None:
    lab = outside()
    lab.log_in("1000")
    lab.configure("agents", "1001", phone="1000")
    assert refused(lab, talk("1000"), agent="1001").startswith("agent 1000 is logged in already, on phone 1000 since")


def test_an_agent_whose_phone_types_keys_on_another_line() -> None:
    lab = outside(feature_keys="Y")
    lab.ask(Kind.LOGIN, "1002")
    lab.asterisk.come_in("line", "keys", "1002")
    lab.pump()
    assert lab.session("1002").typed.line == "line"
    assert refused(lab, talk("1002")).startswith("agent 1002 is logged in already")
    lab.hang_up("line")
    assert adopt(lab, talk("1002")) == ""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "Local/1001@agents-00000001;1"}, "is a Local channel with /n"),
        ({"up": False}, "channel PJSIP/1001-00000002 is not answered yet"),
    ],
)
def test_channels_that_cannot_be_adopted(changes: dict[str, object], reason: str) -> None:
    conversation = talk()
    leg = OutsideLeg(**{"id": PHONE, "name": conversation.named.name, "phone": AGENT, "number": AGENT} | changes)  # type: ignore[arg-type]
    assert reason in refused(outside(), OutsideTalk(named=leg, other=conversation.other, caller=CALLER))


def test_a_full_node() -> None:
    lab = outside()
    lab.feed(ev.ConfigurationChanged(dataclasses.replace(lab.world.rules, max_legs=1)))
    lab.customer()
    assert "max_legs is 1" in refused(lab)


# -- what can go wrong in between --


def test_no_leg_comes() -> None:
    lab = outside()
    lab.asterisk.stuck = {CALLER, PHONE}
    assert adopt(lab) is None
    lab.wait(adoption.ADOPTION_TIMEOUT_US / SECOND_US + 0.1)
    assert lab.receipt().outcome is Outcome.FAILED and "[warmline-handoff]" in lab.receipt().cause
    assert not lab.world.calls and not lab.world.legs and not lab.world.sessions and not lab.asterisk.bridges
    assert lab.asterisk.outside == {CALLER, PHONE}
    call = closed(lab, Call)
    assert (call.outcome.ended_by, call.outcome.connected) == (adoption.NOT_ADOPTED_CODE, None)


def test_no_leg_comes_of_an_agent_who_is_logged_in() -> None:
    lab = outside()
    lab.ask(Kind.LOGIN, "1002")
    lab.asterisk.stuck = {CALLER, PHONE}
    adopt(lab, talk("1002"))
    lab.wait(adoption.ADOPTION_TIMEOUT_US / SECOND_US + 0.1)
    session = lab.session("1002")
    assert (session.state, session.call, session.leg) == (AgentState.READY, None, None)


def test_the_agents_phone_does_not_follow_and_is_called_back() -> None:
    lab = outside()
    lab.asterisk.stuck = {PHONE}
    adopt(lab)
    lab.wait(adoption.ADOPTION_TIMEOUT_US / SECOND_US + 0.1)
    assert lab.receipt().outcome is Outcome.FAILED and lab.call().state is State.RESCUE
    assert lab.asterisk.hears_music(CALLER)
    lab.wait(2)
    assert lab.call().state is State.TALKING and lab.asterisk.hears(CALLER, lab.session(AGENT).leg or "")


def test_the_agents_phone_hangs_up_before_it_comes() -> None:
    lab = outside()
    lab.asterisk.stuck = {PHONE}
    adopt(lab)
    lab.hang_up(PHONE)
    assert lab.receipt().outcome is Outcome.ABANDONED
    assert not lab.world.calls and not lab.world.sessions and not lab.asterisk.channels


def test_the_customer_does_not_follow() -> None:
    lab = outside()
    lab.asterisk.stuck = {CALLER}
    adopt(lab)
    lab.wait(adoption.ADOPTION_TIMEOUT_US / SECOND_US + 0.1)
    assert lab.receipt().outcome is Outcome.FAILED
    assert not lab.world.calls and not lab.world.sessions and not lab.asterisk.channels
    assert lab.asterisk.outside == {CALLER}


def test_asterisk_refuses_the_move() -> None:
    lab = outside()
    lab.asterisk.stuck = {CALLER, PHONE}
    adopt(lab)
    lab.feed(ev.ActionFailed(moves(lab)[0], 500, "Allocation failed"))
    assert lab.receipt().outcome is Outcome.FAILED and "Allocation failed" in lab.receipt().cause
    assert not lab.world.calls and not lab.world.sessions


def test_a_leg_that_comes_too_late_goes_on_in_its_dialplan() -> None:
    lab = outside()
    lab.asterisk.stuck = {CALLER, PHONE}
    adopt(lab)
    lab.wait(adoption.ADOPTION_TIMEOUT_US / SECOND_US + 0.1)
    lab.asterisk.come_in(PHONE, "adopted")
    lab.pump()
    assert lab.asterisk.given_back == [(PHONE, "the adoption of its call was given up")]


def test_the_app_dies_before_the_move() -> None:
    lab = outside()
    lab.asterisk.stuck = {CALLER, PHONE}
    adopt(lab)
    lab = restarted(lab)
    assert lab.call().state is State.TALKING
    lab.wait(adoption.ADOPTION_TIMEOUT_US / SECOND_US + 0.1)
    assert not lab.world.calls and not lab.world.sessions and lab.asterisk.outside == {CALLER, PHONE}


def test_the_app_dies_while_the_legs_come() -> None:
    lab = outside()
    lab.asterisk.stuck = {CALLER, PHONE}
    adopt(lab)
    lab.asterisk.stuck = set()
    lab.asterisk.perform(moves(lab)[0])
    lab.asterisk.out.clear()  # the dead app heard nothing of it
    lab = restarted(lab)
    assert lab.call().commands.pending is None and lab.asterisk.hears(CALLER, PHONE)
    assert lab.session(AGENT).state is AgentState.INCALL


def test_a_request_from_the_dialplan_is_hung_up() -> None:
    lab = outside()
    lab.asterisk.come_in("request", "handoff", PHONE)
    lab.pump()
    assert "request" not in lab.asterisk.channels and not lab.world.legs


def test_log_out_during_the_call_changes_nothing() -> None:
    lab = outside()
    adopt(lab)
    assert lab.ask(Kind.LOGOUT, AGENT) == "" and lab.call().state is State.TALKING
    assert isinstance(lab.session(AGENT), Session)
