"""A supervisor listens to an agent, whispers or barges in; the call never depends on the supervisor."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, consulting, lab_with, outcome, restarted, slowly, talking, then
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Outcome

HERE = "1002"  # the supervisor's phone


def supervised(lab: Driver, kind: Kind) -> str:
    """Call the supervisor's phone and pick it up; return its channel."""
    lab.asterisk.far_ends[HERE] = [(0.1, "ringing"), (1.0, "up")]
    assert lab.ask(kind, number=HERE) == ""
    lab.wait(2)
    assert outcome(lab, kind) is Outcome.COMPLETED
    return next(leg.id for leg in lab.world.legs.values() if leg.role is Role.SUPERVISOR)


def hear(lab: Driver, speaker: str, *listeners: str) -> list[bool]:
    return [lab.asterisk.hears(listener, speaker) for listener in listeners]


def test_two_changes_at_once_end_in_the_second() -> None:
    lab = talking(lab_with())
    supervisor = supervised(lab, Kind.LISTEN)
    lab.ask(Kind.WHISPER, number=HERE)
    lab.ask(Kind.BARGE, number=HERE)
    lab.wait(1)
    assert (outcome(lab, Kind.WHISPER), outcome(lab, Kind.BARGE)) == (Outcome.ABANDONED, Outcome.COMPLETED)
    assert hear(lab, supervisor, PHONE, CUSTOMER) == [True, True]


def test_a_phone_that_still_rings_is_not_called_twice() -> None:
    lab = talking(lab_with())
    lab.asterisk.far_ends[HERE] = [(0.1, "ringing")]
    assert lab.ask(Kind.LISTEN, number=HERE) == ""
    lab.wait(1)
    assert lab.ask(Kind.BARGE, number=HERE) == f"phone {HERE} rings for agent 1000 already: pick it up first"


def test_a_supervisor_does_not_hear_parties_that_the_agent_cannot_hear() -> None:
    lab = consulting(lab_with())
    supervisor = supervised(lab, Kind.LISTEN)
    assert hear(lab, CUSTOMER, supervisor) == [False] and lab.asterisk.hears(supervisor, lab.third())
    then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    assert not lab.asterisk.hears(supervisor, CUSTOMER)


def test_a_logout_of_the_agent_ends_the_supervision() -> None:
    lab = lab_with()
    supervised(lab, Kind.LISTEN)
    assert lab.ask(Kind.LOGOUT) == ""
    lab.wait(1)
    assert not lab.world.legs and not lab.asterisk.channels and not lab.asterisk.bridges


@pytest.mark.parametrize(("says", "came_to"), [(17, Outcome.BUSY), (None, Outcome.NO_ANSWER)])
def test_an_unanswered_supervisor_phone_has_the_outcome_of_its_leg(says: int | None, came_to: Outcome) -> None:
    lab = talking(lab_with())
    lab.asterisk.far_ends[HERE] = [(0.1, says or "ringing")]
    assert lab.ask(Kind.LISTEN, number=HERE) == ""
    lab.wait(40)
    assert outcome(lab, Kind.LISTEN) is came_to
    assert all(leg.role is not Role.SUPERVISOR for leg in lab.world.legs.values())


def test_from_which_phone() -> None:
    lab = talking(lab_with())
    assert (lab.ask(Kind.LISTEN, number="8500") or "").startswith("8500 is no agent's phone")
    assert lab.ask(Kind.LISTEN, number="1000") == "on phone 1000 agent 1000 is logged in"
    assert lab.ask(Kind.LISTEN, "1001", number=HERE) == "the agent is not logged in"
    lab.hang_up(PHONE, 44)
    assert lab.ask(Kind.LISTEN, number=HERE) == "the agent's phone is not on the line"


def test_a_restart_ends_the_supervision_and_keeps_the_call() -> None:
    lab = talking(lab_with())
    supervised(lab, Kind.BARGE)
    restarted(lab).wait(1)
    assert {leg.role for leg in lab.world.legs.values()} == {Role.CUSTOMER, Role.AGENT}
    assert lab.asterisk.hears(CUSTOMER, PHONE) and len(lab.asterisk.channels) == 2
    assert not [name for name in lab.asterisk.bridges if name.startswith("ear-")]


def snoop_legs(lab: Driver) -> list[str]:
    return [leg.id for leg in lab.world.legs.values() if leg.role is Role.SNOOP]


def test_a_supervisor_gets_another_snoop_channel_after_a_beep() -> None:
    """A second whisper on one channel can lose sound in Asterisk."""
    lab = lab_with()
    supervisor = supervised(lab, Kind.LISTEN)
    [first_snoop] = snoop_legs(lab)
    lab.customer(name="next")
    lab.wait(2)
    [second] = snoop_legs(lab)
    assert first_snoop != second and first_snoop not in lab.asterisk.channels
    assert lab.asterisk.hears(supervisor, "next") and lab.asterisk.hears(supervisor, PHONE)


def test_of_two_one_leaves_and_the_other_gets_another_ear() -> None:
    lab = talking(lab_with())
    lab.wait(2)
    first_supervisor = supervised(lab, Kind.LISTEN)
    lab.asterisk.far_ends["1001"] = [(0.1, "up")]
    lab.ask(Kind.LISTEN, number="1001")
    lab.wait(2)
    first_snoop, second = snoop_legs(lab)
    lab.hang_up(first_supervisor)
    lab.wait(2)
    [new_snoop] = snoop_legs(lab)
    assert new_snoop not in (first_snoop, second) and len(lab.asterisk.channels) == 4


def with_a_beep(lab: Driver) -> str:
    """Connect a supervised agent to a new call; return the supervisor's channel."""
    supervisor = supervised(lab, Kind.LISTEN)
    lab.customer()
    assert any(leg.role is Role.WHISPER for leg in lab.world.legs.values())
    return supervisor


def test_a_phone_loss_before_the_reported_end_of_the_snoop_channel_ends_supervision() -> None:
    lab = lab_with()
    supervisor = with_a_beep(lab)
    [beep] = [leg.id for leg in lab.world.legs.values() if leg.role is Role.WHISPER]
    with slowly(lab):
        lab.asterisk.hang_up(beep)
        lab.asterisk.hang_up(PHONE, 44)
    assert lab.call().state is State.RESCUE
    lab.wait(0.5)
    assert supervisor not in lab.asterisk.channels and not snoop_legs(lab)


def test_a_phone_loss_without_a_snoop_channel_ends_supervision() -> None:
    lab = lab_with()
    supervisor = with_a_beep(lab)
    while snoop_legs(lab):
        lab.wait(0.05)
    assert supervisor in lab.asterisk.channels
    lab.hang_up(PHONE, 44)
    lab.wait(0.5)
    assert supervisor not in lab.asterisk.channels and not lab.world.legs[lab.session().leg or ""].supervision.heard_by
