"""Agents whose phone rings for each call."""

import pytest

from tests.core.core_stage import CUSTOMER, in_seat, is_dispo, people, phone_of, then
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

RINGS = [(0.1, "ringing")]


@pytest.fixture
def lab() -> Driver:
    """Return agent 1002, who is on_hook and READY."""
    driver = Driver(demo_rules())
    driver.log_in("1002")
    return driver


def connected(lab: Driver) -> Driver:
    lab.customer()
    lab.wait(1.1)
    assert lab.call().state is State.TALKING
    return lab


def shown(lab: Driver, user: str = "1002") -> tuple[str, str]:
    return lab.session(user).state.value, lab.session(user).pause_code


def test_a_phone_that_cannot_be_called_is_skipped(lab: Driver) -> None:
    del lab.asterisk.far_ends["1002"]
    lab.customer()
    then(lab, State.WAITING)
    assert shown(lab) == ("PAUSED", "NOANSW")
    assert (lab.call().queueing.priority, lab.call().queueing.queued_at) == (1000, lab.call().arrived)


def test_max_missed_limits_the_missed_calls_in_a_row(lab: Driver) -> None:
    lab.configure("agents", "1002", max_missed=2)
    lab.asterisk.far_ends["1002"] = RINGS
    lab.customer()
    lab.wait(15.5)
    then(lab, State.RINGING_AGENT)  # no other agent is available, so the phone rings again
    lab.wait(15)
    assert shown(lab) == ("PAUSED", "NOANSW")
    assert lab.asterisk.dialled == ["1002", "1002"]


def test_a_pause_asked_during_a_missed_call_does_not_follow_the_next(lab: Driver) -> None:
    answers, lab.asterisk.far_ends["1002"] = lab.asterisk.far_ends["1002"], RINGS
    lab.customer()
    lab.wait(0.5)
    assert lab.ask(Kind.PAUSE, agent="1002", pause_code="LUNCH") == ""
    lab.wait(15)
    assert shown(lab) == ("PAUSED", "NOANSW")
    lab.hang_up(CUSTOMER)
    lab.asterisk.far_ends["1002"] = answers
    assert lab.ask(Kind.RESUME, agent="1002") == ""
    connected(lab).hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, agent="1002", status="A")
    assert shown(lab) == ("READY", "")


def test_an_answered_call_clears_the_missed_ones(lab: Driver) -> None:
    lab.configure("agents", "1002", max_missed=2)
    answers, lab.asterisk.far_ends["1002"] = lab.asterisk.far_ends["1002"], RINGS
    lab.customer()
    lab.wait(15.01)
    lab.hang_up(CUSTOMER)
    lab.wait(1)
    lab.asterisk.far_ends["1002"] = answers
    connected(lab)
    lab.hang_up(CUSTOMER)
    assert lab.session("1002").missed == 0


def test_the_agent_hangs_up_by_command_while_it_rings(lab: Driver) -> None:
    lab.customer()
    lab.wait(0.5)
    assert lab.ask(Kind.HANGUP, agent="1002") == ""
    assert people(lab) == set() and is_dispo(lab, "1002")


# -- the agent hangs up --


def test_a_dropped_on_hook_closer_leaves_the_fronter_in_disposition_on_the_line(lab: Driver) -> None:
    connected(lab)
    lab.log_in("1001")
    assert lab.ask(Kind.PARK_CUSTOMER_DIAL, agent="1002", ingroup="SUPPORTLINE") == ""
    then(lab, State.CONSULTING)
    lab.hang_up(phone_of(lab, "1002"))
    then(lab, State.RESCUE)
    assert is_dispo(lab, "1001") and in_seat(lab, "1001")


# -- as a closer --


def test_an_on_hook_closer_who_rejects_is_skipped(lab: Driver) -> None:
    lab.configure("agents", "1002", ingroups=("SUPPORTLINE",))
    lab = Driver(lab.world.rules)
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing"), (0.5, 21)]
    for user in ("1000", "1002"):
        lab.log_in(user)
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE") == ""
    lab.wait(1)
    then(lab, State.DIALING)
    assert shown(lab) == ("PAUSED", "NOANSW")
    lab.log_in("1001")
    then(lab, State.THREE_WAY)
    assert lab.call().consultation.closer == "1001"


def test_an_agent_ready_before_the_end_of_the_login_prompt_gets_the_waiting_call() -> None:
    lab = Driver(demo_rules(login_state="PAUSED"))
    lab.asterisk.come_in("phone-1002", "login", "1002")
    lab.pump()
    assert lab.ask(Kind.RESUME, "1002") == ""
    lab.customer()
    lab.wait(1.5)
    assert lab.call().agent == "1002"
