"""Each claim of a proposal is checked again when it is accepted."""

from dataclasses import replace
from typing import Any

import pytest

from tests.core.core_stage import restarted
from tests.core.dialler.lead_stage import ANSWERS, RINGS_ON, called, dialling, lead, propose
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.rules import reasons
from warmline.core.rules.configuration import CallTime


def refused(lab: Driver, number: str = ANSWERS, **fields: Any) -> str:
    """Propose a lead that must not be dialled, and return the reason."""
    earlier_ids = set(lab.world.calls)
    turn = propose(lab, lead(lab, number, 9, **fields))
    assert set(lab.world.calls) == earlier_ids and not turn.actions
    [note] = turn.notes
    return note.removeprefix("lead 9 is not dialled: ")


def test_each_ready_agent_allows_one_call() -> None:
    lab = dialling("1000", "1001")
    lab.log_in("1002")  # on_hook: its phone cannot take a call in two seconds
    propose(lab, *(lead(lab, number, serial) for serial, number in enumerate(("8501", "5551234", "8500", "8503"))))
    assert [call.number for call in lab.world.calls.values()] == ["8501", "5551234"]
    lab.wait(2.2)
    assert refused(lab) == reasons.LEAD_IN_CALL.text(), "5551234 talks"
    assert refused(lab, "8503") == reasons.NO_READY_AGENT.text(), "8501 rings for the agent who is READY"


def test_a_stopped_dialler_begins_nothing_and_lets_calls_ring_on() -> None:
    lab = dialling("1000", "1001")
    called(lab)
    assert lab.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP") == ""
    assert refused(lab, "8500") == reasons.DIALLER_STOPPED.text(campaign="TESTCAMP")
    lab.wait(2.2)
    assert lab.call().state is State.TALKING


@pytest.mark.parametrize(
    ("options", "setting"),
    [
        ({"active": "N"}, "active=Y"),
        ({"dial_method": "MANUAL"}, "dial_method=PREDICTIVE"),
        ({"dial_method": "MANUAL", "drop_action": "HANGUP"}, "dial_method=PROGRESSIVE"),
        (
            {"active": "N", "dial_method": "MANUAL", "campaign_cid": "0000000000", "safe_harbor_audio": ""},
            "active=Y campaign_cid=NUMBER safe_harbor_audio=SOUND dial_method=PREDICTIVE",
        ),
    ],
)
def test_a_dialler_that_cannot_run_is_told_all_that_it_needs(options: dict[str, str], setting: str) -> None:
    lab = dialling("1000")
    lab.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP")
    lab.configure("campaigns", "TESTCAMP", **options)
    reason = lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP")
    assert reasons.DIALLER_NEEDS.matches(reason) and reason.endswith(f": warmline campaign set TESTCAMP {setting}")
    assert not any(dialler.running for dialler in lab.world.diallers.values())


def test_the_dialler_of_an_unknown_campaign_is_not_started() -> None:
    reason = reasons.CAMPAIGN_UNKNOWN.text(campaign="NOSUCH")
    assert dialling("1000").ask(Kind.DIALLER_START, agent="", campaign="NOSUCH") == reason


def test_a_changed_campaign_dials_no_more() -> None:
    lab = dialling("1000")
    lab.configure("campaigns", "TESTCAMP", dial_method="MANUAL")
    assert refused(lab) == reasons.DIALLER_STOPPED.text(campaign="TESTCAMP")
    lab.configure("campaigns", "TESTCAMP", dial_method="PROGRESSIVE", active="N")
    assert refused(lab) == reasons.NO_READY_AGENT.text()


def test_a_lead_out_of_its_hours_is_not_dialled() -> None:
    lab = dialling("1000")
    assert refused(lab, open_until=lab.asterisk.now) == reasons.LEAD_HOURS_OVER.text()
    assert refused(lab, open_until=0) == reasons.LEAD_HOURS_OVER.text(), "hours that are not known are over"


def test_the_dial_rules_hold_for_the_dialler() -> None:
    lab = dialling("1000", dial_deny=("_0900X.",))
    assert "0900" in refused(lab, "09001234567")
    assert refused(lab, "") == reasons.NUMBER_EMPTY.text()


def test_the_hours_of_the_campaign_hold_too() -> None:
    lab = dialling("1000", dial_call_time_id="NEVER")
    rules = replace(lab.world.rules, call_times={"NEVER": CallTime(id="NEVER", ct_default_start=2400)})
    lab.feed(ev.ConfigurationChanged(rules))
    assert "may not be dialled now" in refused(lab)


def test_a_number_is_never_shown_as_zeros() -> None:
    lab = dialling("1000")
    campaigns = {
        name: replace(campaign, campaign_cid="0000000000") for name, campaign in lab.world.rules.campaigns.items()
    }
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, campaigns=campaigns)))
    assert refused(lab) == reasons.CALLER_ID_MISSING.text(campaign="TESTCAMP")
    propose(lab, lead(lab, ANSWERS, caller_id="3125550177"))
    assert lab.call().attempt.caller_id == "3125550177"
    assert reasons.DIALLER_NEEDS.matches(lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP"))


def test_a_part_of_the_lines_is_left_for_callers() -> None:
    lab = dialling("1000", "1001")
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, max_legs=4)))
    called(lab, RINGS_ON)
    assert "85 percent of max_legs" in refused(lab)
    lab.customer()
    lab.wait(1)
    assert {call.state for call in lab.world.calls.values()} == {State.CALLING, State.TALKING}


def test_a_caller_in_line_takes_the_agents_first() -> None:
    lab = dialling("1000", "1001")
    lab.customer()
    lab.customer(name="second")
    assert refused(lab) == reasons.NO_READY_AGENT.text()


def test_the_dialler_waits_after_a_restart() -> None:
    lab = restarted(dialling("1000"))
    assert lab.world.diallers["TESTCAMP"].running
    assert refused(lab) == reasons.DIALLER_WAITS.text()
    lab.wait(10.1)
    called(lab)
