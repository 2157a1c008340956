"""A supervisor listens to an agent, whispers or barges in; the call never depends on the supervisor."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    consulting,
    lab_with,
    outcome,
    restarted,
    slowly,
    talking,
    then,
    three_way,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.agents.supervision import list_supervisors
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
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


def test_another_command_changes_the_parties_that_hear_the_supervisor() -> None:
    lab = talking(lab_with())
    supervisor = supervised(lab, Kind.LISTEN)
    channels = len(lab.asterisk.channels)
    for kind, expected_hearing in (
        (Kind.WHISPER, [True, False]),
        (Kind.BARGE, [True, True]),
        (Kind.LISTEN, [False, False]),
    ):
        lab.ask(kind, number=HERE)
        lab.wait(1)
        assert outcome(lab, kind) is Outcome.COMPLETED
        assert hear(lab, supervisor, PHONE, CUSTOMER) == expected_hearing
        assert lab.asterisk.hears(supervisor, PHONE) and lab.asterisk.hears(supervisor, CUSTOMER)
        assert len(lab.asterisk.channels) == channels and lab.call().state is State.TALKING
        assert list(list_supervisors(lab.world, lab.session())) == [(HERE, kind, "", "")]
    assert lab.ask(Kind.LISTEN, number=HERE) == "" and len(snoop_legs(lab)) == 1, "it is so already"


def test_two_changes_at_once_end_in_the_second() -> None:
    lab = talking(lab_with())
    supervisor = supervised(lab, Kind.LISTEN)
    lab.ask(Kind.WHISPER, number=HERE)
    lab.ask(Kind.BARGE, number=HERE)
    lab.wait(1)
    assert (outcome(lab, Kind.WHISPER), outcome(lab, Kind.BARGE)) == (Outcome.ABANDONED, Outcome.COMPLETED)
    assert hear(lab, supervisor, PHONE, CUSTOMER) == [True, True]


def test_a_change_is_not_done_by_the_ear_that_was_on_its_way() -> None:
    lab = talking(lab_with())
    late_actions: list[do.Action] = []
    perform = lab.perform

    def slow(action: do.Action) -> None:
        snoop_leg = lab.world.legs.get(do.get_leg(action) or "")
        if snoop_leg and snoop_leg.role is Role.SNOOP:
            late_actions.append(action)
        else:
            perform(action)

    lab.perform = slow  # type: ignore[method-assign] # Asterisk creates snoop channels slowly
    supervisor = supervised(lab, Kind.LISTEN)
    lab.ask(Kind.BARGE, number=HERE)
    lab.perform = perform  # type: ignore[method-assign]
    first_snoop, *other_actions = late_actions
    perform(first_snoop)
    lab.pump()
    assert outcome(lab, Kind.BARGE) is None and hear(lab, supervisor, PHONE, CUSTOMER) == [False, False]
    for action in other_actions:
        perform(action)
    lab.pump()
    lab.wait(1)
    assert outcome(lab, Kind.BARGE) is Outcome.COMPLETED and hear(lab, supervisor, PHONE, CUSTOMER) == [True, True]


def test_a_change_ends_with_the_phone_that_hangs_up() -> None:
    lab = talking(lab_with())
    supervisor = supervised(lab, Kind.LISTEN)
    lab.ask(Kind.WHISPER, number=HERE)
    lab.hang_up(supervisor)
    lab.wait(1)
    assert outcome(lab, Kind.WHISPER) is not Outcome.COMPLETED
    assert not snoop_legs(lab) and not list(list_supervisors(lab.world, lab.session()))


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


def test_a_supervisor_who_hangs_up_leaves_no_channel_and_the_call_continues() -> None:
    lab = three_way(lab_with())
    bridges = set(lab.asterisk.bridges)
    lab.hang_up(supervised(lab, Kind.BARGE))
    lab.wait(1)
    assert {leg.role for leg in lab.world.legs.values()} == {Role.CUSTOMER, Role.AGENT, Role.THIRD}
    assert set(lab.asterisk.bridges) == bridges
    assert len(lab.asterisk.channels) == 3 and lab.call().state is State.THREE_WAY


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


def test_a_refused_snoop_channel_ends_the_supervision_only() -> None:
    lab = talking(lab_with())
    perform = lab.perform

    def refuse(action: do.Action) -> None:
        if isinstance(action, do.CreateSnoopLeg):
            lab.asterisk.out.append(ev.ActionFailed(action, 500, "no"))
        else:
            perform(action)

    lab.perform = refuse  # type: ignore[method-assign] # no snoop in this test
    supervised_by = lab.asterisk.far_ends
    supervised_by[HERE] = [(0.1, "up")]
    assert lab.ask(Kind.LISTEN, number=HERE) == ""
    lab.wait(2)
    assert {leg.role for leg in lab.world.legs.values()} == {Role.CUSTOMER, Role.AGENT}
    assert len(lab.asterisk.channels) == 2


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


def test_a_phone_loss_without_a_snoop_channel_ends_supervision() -> None:
    lab = lab_with()
    supervisor = with_a_beep(lab)
    while snoop_legs(lab):
        lab.wait(0.05)
    assert supervisor in lab.asterisk.channels
    lab.hang_up(PHONE, 44)
    lab.wait(0.5)
    assert supervisor not in lab.asterisk.channels and not lab.world.legs[lab.session().leg or ""].supervision.heard_by


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
