"""A login by another program: the phone rings, and logs its agent in when it is picked up."""

import pytest

from tests.core.core_stage import CUSTOMER, all_receipts, in_seat, lab_with, outcome
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.receipt import Outcome


def called_in(answer: float | int | None, **options: str) -> Driver:
    """Tell agent 1000 to log in; the phone answers after this many seconds, ends with a cause, or only rings."""
    lab = Driver(demo_rules())
    lab.configure("agents", "1000", **options)
    picks_up = [(float(answer), "up")] if isinstance(answer, float) else [(0.2, answer)] if answer else []
    lab.asterisk.far_ends["1000"] = [(0.1, "ringing"), *picks_up]
    assert lab.ask(Kind.LOGIN) == ""
    return lab


def test_a_remote_login_rings_the_phone_and_makes_the_agent_ready() -> None:
    lab = called_in(2.0)
    assert all_receipts(lab, Kind.LOGIN)[0].outcome is None, "it is told as soon as the phone is called"
    assert lab.session().state is AgentState.PAUSED
    lab.wait(5)
    leg = lab.session().leg
    assert outcome(lab, Kind.LOGIN) is Outcome.COMPLETED
    assert (leg, "sound:agent-loginok") in lab.asterisk.played
    assert in_seat(lab) and lab.session().state is AgentState.READY
    lab.customer()
    assert leg and lab.asterisk.hears(CUSTOMER, leg)


@pytest.mark.parametrize(("answer", "came_to"), [(17, Outcome.BUSY), (21, Outcome.DECLINED), (None, Outcome.NO_ANSWER)])
def test_an_unanswered_remote_login_has_the_outcome_of_its_leg(answer: int | None, came_to: Outcome) -> None:
    lab = called_in(answer)
    lab.wait(40)
    assert outcome(lab, Kind.LOGIN) is came_to
    assert not lab.world.sessions and not lab.world.legs and not lab.world.intervals


def test_a_remote_login_names_the_agent_already_logged_in() -> None:
    lab = lab_with()
    assert (lab.ask(Kind.LOGIN) or "").startswith("agent 1000 is logged in already, on phone 1000 since 2026-")
    lab.configure("agents", "1001", phone="1000")
    assert (lab.ask(Kind.LOGIN, "1001") or "").startswith("agent 1000 is logged in already, on phone 1000 since")
    assert lab.ask(Kind.LOGIN, "nobody") == "there is no agent nobody"
    assert list(lab.world.sessions) == ["1000"]


def test_the_phone_may_dial_in_by_itself_no_more_while_it_rings() -> None:
    lab = called_in(None)
    lab.asterisk.come_in("itself", "login", "1000")
    lab.pump()
    assert ("itself", "sound:agent-alreadyon") in lab.asterisk.played


def test_a_logout_before_the_answer_abandons_the_remote_login() -> None:
    lab = called_in(None)
    assert lab.ask(Kind.LOGOUT) == ""
    lab.wait(1)
    assert outcome(lab, Kind.LOGIN) is Outcome.ABANDONED
    assert not lab.world.sessions and not lab.asterisk.channels
