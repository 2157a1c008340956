"""Agents at a number outside: it is dialled through the dial gate, and a key takes the call."""

from typing import Any

import pytest

from tests.core.core_stage import CUSTOMER, heard, phone_of, restarted
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State

MOBILE, OTHER = "+4917155501", "+4917155502"
ANSWERS: list[tuple[float, str | int]] = [(0.1, "ringing"), (2, "up")]
NEVER: list[tuple[float, str | int]] = [(0.1, "ringing")]
PROMPT = "vm-press"


def office(ingroup: dict[str, Any] | None = None, **agent: Any) -> Driver:
    """Return agent 1000 at a mobile, who is READY and answers after two seconds."""
    lab = Driver(demo_rules(ingroup or {}, campaign_cid="4930555"))
    at_mobile(lab, "1000", MOBILE, ANSWERS, **agent)
    return lab


def at_mobile(lab: Driver, user: str, number: str, does: list[tuple[float, str | int]], **agent: Any) -> None:
    lab.configure("agents", user, outside_number=number, **{"max_missed": 99, "ingroups": ("SALESLINE",)} | agent)
    lab.asterisk.far_ends[number] = does
    assert lab.ask(Kind.LOGIN, user) == ""
    lab.wait(1)


def rung(lab: Driver, seconds: float = 2.5) -> Driver:
    """Let a customer come, and the mobile be answered."""
    lab.customer()
    lab.wait(seconds)
    return lab


def press(lab: Driver, digits: str, user: str = "1000") -> None:
    lab.asterisk.press(phone_of(lab, user), digits)
    lab.pump()


def asked(lab: Driver) -> int:
    return sum(media.startswith(f"sound:{PROMPT}") for _, media in lab.asterisk.played)


def test_the_number_is_dialled_over_the_campaigns_trunk_with_its_caller_id() -> None:
    lab = rung(office(), 1)
    [channel] = [action for action in lab.asked if isinstance(action, do.CreateChannel)]
    assert (channel.endpoint, channel.caller) == (f"PJSIP/{MOBILE}@trunk", "4930555")
    leg = lab.world.legs[phone_of(lab, "1000")]
    assert (leg.trunk, leg.number, leg.dialling.timeout) == ("trunk", MOBILE, 15)


def test_other_keys_take_no_call_and_are_not_recorded() -> None:
    lab = rung(office(accept_key="#"), 4)
    press(lab, "1*5")
    assert lab.call().state is State.RINGING_AGENT
    press(lab, "#")
    assert lab.call().state is State.TALKING
    assert (phone_of(lab, "1000"), "sound:digits/pound") in lab.asterisk.played
    digits = [event.digit for event, _, _ in lab.inputs if isinstance(event, ev.DtmfReceived)]
    assert digits == ["", "", "", "#"]


def test_the_caller_hangs_up_while_the_key_is_awaited() -> None:
    lab = rung(office())
    leg = phone_of(lab, "1000")
    lab.hang_up(CUSTOMER)
    lab.wait(1)
    assert leg not in lab.asterisk.channels and not lab.world.calls
    assert (lab.session().state, lab.session().missed) == (AgentState.READY, 0)


def test_the_first_key_of_several_phones_wins() -> None:
    lab = office({"next_agent_call": "ring_all"})
    at_mobile(lab, "1001", OTHER, ANSWERS)
    rung(lab, 3)
    loser = phone_of(lab, "1000")
    assert lab.call().state is State.RINGING_AGENT and asked(lab) == 2
    press(lab, "1", "1001")
    lab.wait(1)
    assert lab.call().agent == "1001" and lab.call().state is State.TALKING
    assert loser not in lab.asterisk.channels and lab.session("1000").state is AgentState.READY


def test_the_key_is_asked_for_again_after_a_restart() -> None:
    lab = rung(office())
    restarted(lab)
    lab.wait(1)
    assert asked(lab) == 2 and lab.call().state is State.RINGING_AGENT
    press(lab, "1")
    assert lab.call().state is State.TALKING


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"dial_deny": ("_+49171X.",)}, "_+49171X."),
        ({"dial_allow": ("_+1X.",)}, "dial_allow has nothing for it"),
    ],
)
def test_a_number_that_the_gate_refuses_is_missed_after_a_second(rules: dict[str, Any], reason: str) -> None:
    lab = office(max_missed=2)
    lab.configure("campaigns", "TESTCAMP", **rules)
    notes: list[str] = []
    lab.record = lambda event, turn, base: notes.extend(turn.notes)  # type: ignore[method-assign] # only listens
    rung(lab, 0.5)
    assert lab.asterisk.dialled == [] and reason in notes[0]
    assert notes[0].startswith("the outside number of agent 1000 is not dialled: ")
    assert lab.call().state is State.RINGING_AGENT
    lab.wait(2)
    assert lab.session().pause_code == "NOANSW" and lab.call().state is State.WAITING


def test_a_refused_number_of_several_phones_leaves_the_others_ringing() -> None:
    lab = office({"next_agent_call": "ring_all"})
    at_mobile(lab, "1001", "110", NEVER)
    rung(lab, 1.5)
    assert lab.asterisk.dialled == [MOBILE] and lab.session("1001").missed == 1
    assert lab.call().queueing.rung == () and lab.call().agent == "1000"


def test_do_not_call_lists_and_hours_of_customers_do_not_hold_for_an_agent() -> None:
    lab = office()
    lab.configure("campaigns", "TESTCAMP", daily_limit_manual=1, manual_calls_at_once=1)
    rung(lab)
    press(lab, "1")
    assert lab.call().state is State.TALKING


def test_an_agent_outside_dials_a_customer_after_the_key() -> None:
    lab = office()
    lab.asterisk.far_ends["3125550199"] = [(0.1, "ringing"), (1, "up")]
    lab.ask(Kind.DIAL, number="3125550199")
    lab.wait(2.5)
    assert lab.asterisk.dialled == [MOBILE] and asked(lab) == 1
    press(lab, "1")
    lab.wait(2)
    assert lab.asterisk.dialled == [MOBILE, "3125550199"] and lab.call().state is State.TALKING


def test_an_agent_with_a_number_outside_needs_no_phone() -> None:
    lab = Driver(demo_rules())
    lab.configure("agents", "1000", phone="")
    at_mobile(lab, "1000", MOBILE, ANSWERS)
    assert (lab.session().phone, lab.session().phone_name, lab.session().on_hook) == ("", "outside", True)
    assert heard(lab, CUSTOMER, PROMPT) == 0
