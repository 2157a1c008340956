"""A phone logs in again while its dead leg exists: the new leg replaces the old one at once."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    all_receipts,
    in_seat,
    is_dispo,
    lab_with,
    outcome,
    people,
    phone_of,
    restarted,
    slowly,
    talking,
    then,
    together,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import LAYOUT, State
from warmline.core.model.receipt import Outcome

NEW = "again"

# Scenes in which the agent has a call, and the parties they hear there.
IN_CALLS = {
    "talking": ("customer",),
    "parked": (),
    "dialing": ("customer",),
    "dialing_parked": (),
    "three_way": ("customer", "third"),
    "consulting": ("third",),
    "third_parked": ("customer",),
    "both_parked": (),
    "customer_gone": ("third",),
    "asking": ("customer",),
    "with_closer": ("customer", "third"),
}


def logs_in_again(lab: Driver, user: str = "1000", leg: str = NEW) -> None:
    """Let the restarted phone dial the login extension; its old leg is dead, which Asterisk has not detected."""
    lab.asterisk.come_in(leg, "login", user)
    lab.pump()


def test_in_a_call_the_new_leg_is_at_once_where_the_old_one_was(subtests: pytest.Subtests) -> None:
    for scene in IN_CALLS:
        with subtests.test(scene=scene):
            lab = plain_scene(scene)
            call, state_before = lab.call(), lab.session()
            logs_in_again(lab)
            assert PHONE not in lab.asterisk.channels and phone_of(lab, "1000") == NEW
            assert lab.asterisk.channels[NEW].bridge == call.mixing_bridge_id
            current = lab.call()
            assert (current.id, current.state, current.third, current.customer) == (
                call.id,
                call.state,
                call.third,
                call.customer,
            )
            assert lab.session().state is state_before.state and lab.session().id == state_before.id
            for role in IN_CALLS[scene]:
                assert together(lab, NEW, getattr(current, role) or "")
            assert not lab.asterisk.played.count((NEW, "sound:agent-loginok"))
            assert set(lab.world.receipts) == ({current.commands.dialling} if current.commands.dialling else set())


def test_the_others_lose_nothing_by_it(subtests: pytest.Subtests) -> None:
    for scene in IN_CALLS:
        with subtests.test(scene=scene):
            lab = plain_scene(scene)
            other_legs = [leg for leg in (lab.call().customer, lab.call().third) if leg in lab.asterisk.channels]
            state_before = [(leg, lab.asterisk.channels[leg].bridge) for leg in other_legs if leg]
            action_count = len(lab.asked)
            logs_in_again(lab)
            assert [(leg, lab.asterisk.channels[leg].bridge) for leg, _ in state_before] == state_before
            moved_legs = {
                do.get_leg(action)
                for action in lab.asked[action_count:]
                if isinstance(action, do.AddToBridge | do.RemoveFromBridge | do.HangUpLeg)
            }
            assert moved_legs == {PHONE, NEW}


def test_a_closer_who_logs_in_again_is_still_the_closer() -> None:
    lab = plain_scene("with_closer")
    logs_in_again(lab, "1001")
    assert lab.call().consultation.closer == "1001" and lab.call().third == NEW
    assert lab.call().state is State.THREE_WAY and together(lab, CUSTOMER, PHONE, NEW)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    then(lab, State.TALKING)
    assert lab.call().agent == "1001" and together(lab, CUSTOMER, NEW)


def test_a_caller_who_comes_while_the_prompt_plays_waits_for_its_end() -> None:
    lab = lab_with()
    logs_in_again(lab)
    lab.customer()
    assert lab.asterisk.hears_music(CUSTOMER)
    lab.wait(1.1)
    assert together(lab, CUSTOMER, NEW)


def test_an_incomplete_call_of_the_phone_leaves_the_old_leg_in_place() -> None:
    lab = talking(lab_with())
    with slowly(lab):
        logs_in_again(lab)
        lab.asterisk.hang_up(NEW)
    assert phone_of(lab, "1000") == PHONE and together(lab, CUSTOMER, PHONE)
    assert people(lab) == {CUSTOMER, PHONE}


def test_an_agent_who_is_logged_out_as_the_phone_logs_in_again_is_logged_out() -> None:
    lab = lab_with()
    lab.asterisk.come_in(NEW, "login", "1000")
    lab.feed(lab.asterisk.out.pop())
    lab.asterisk.out.clear()
    lab.ask(Kind.LOGOUT)
    lab.feed(ev.LegAnswered(NEW))
    assert "1000" not in lab.world.sessions and not people(lab)


def test_a_supervisor_hears_the_new_leg_of_the_agent() -> None:
    lab = talking(lab_with())
    assert lab.ask(Kind.LISTEN, number="1001") == ""
    lab.wait(1.1)
    logs_in_again(lab)
    lab.wait(1)
    [supervisor] = lab.world.legs[NEW].supervision.heard_by
    assert lab.asterisk.hears(supervisor, CUSTOMER) and lab.asterisk.hears(supervisor, NEW)
    assert lab.asterisk.channels[supervisor].up


def test_a_leave_that_is_on_its_way_is_done() -> None:
    lab = plain_scene("three_way")
    third = lab.third()
    with slowly(lab):
        logs_in_again(lab)
        lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(2)
    then(lab, State.HANDED_OFF)
    assert outcome(lab, Kind.LEAVE_3WAY_CALL) is Outcome.COMPLETED and len(all_receipts(lab, Kind.LEAVE_3WAY_CALL)) == 1
    assert together(lab, CUSTOMER, third) and is_dispo(lab) and in_seat(lab)
    assert people(lab) == {CUSTOMER, third, NEW}


@pytest.mark.parametrize("scene", [*IN_CALLS, "seat"])
@pytest.mark.parametrize("moment", ["before the answer", "before the swap", "after it"])
def test_the_app_dies_in_the_middle(scene: str, moment: str) -> None:
    lab = lab_with() if scene == "seat" else plain_scene(scene)
    expected_state = lab.call().state if scene != "seat" else None
    perform, struck = lab.perform, []
    last_action = {"before the answer": do.AnswerLeg, "before the swap": do.HangUpLeg, "after it": ()}[moment]

    def dies(action: do.Action) -> None:
        if struck or isinstance(action, last_action):
            struck.append(action)
        else:
            perform(action)

    lab.perform = dies  # type: ignore[method-assign] # no request is made any more
    logs_in_again(lab)
    lab.perform = perform  # type: ignore[method-assign] # another app runs
    restarted(lab)
    lab.wait(2)
    assert phone_of(lab, "1000") == NEW and PHONE not in lab.asterisk.channels
    if expected_state is None:
        assert in_seat(lab)
    else:
        then(lab, expected_state)
        bridge = lab.asterisk.channels[NEW].bridge
        assert bridge == (lab.call().mixing_bridge_id if LAYOUT[expected_state].agent else None)


def test_an_on_hook_phone_that_rings_is_to_be_answered() -> None:
    lab = Driver()
    lab.log_in("1002")
    lab.customer()
    lab.wait(0.5)
    logs_in_again(lab, "1002")
    lab.wait(7)
    assert NEW not in lab.asterisk.channels
    then(lab, State.TALKING)


def test_another_agents_phone_is_not_taken() -> None:
    lab = talking(lab_with())
    lab.configure("agents", "1001", phone="1000")
    logs_in_again(lab, "1001")
    lab.wait(7)
    assert together(lab, CUSTOMER, PHONE) and set(lab.world.sessions) == {"1000"}
    assert people(lab) == {CUSTOMER, PHONE}
