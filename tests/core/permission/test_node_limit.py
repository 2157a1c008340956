"""A node at its limit of phones refuses further calls with a message; calls in progress are not affected."""

from dataclasses import replace

from tests.core.core_stage import QUICK, lab_with
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.leg_messages import ContinueInFallback
from warmline.core.model.call_states import State
from warmline.core.permission import node_limit

ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def fill_node(lab: Driver) -> str:
    """Set the limit from now on."""
    legs = len(lab.world.legs)
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, max_legs=legs)))
    return f"the node has {legs} phones on the line: max_legs is {legs}"


def test_a_caller_goes_to_the_fallback() -> None:
    lab = plain_scene("talking")
    reason = fill_node(lab)
    turn = lab.feed(ev.LegArrived("late", ("ingroup", "SALESLINE"), call=ULID))
    assert turn.actions == [("late", ContinueInFallback("late", reason, next=False))]
    assert turn.notes == [f"leg late goes to the fallback: {reason}"]
    assert node_limit.count_refusals(turn) == 1
    assert lab.call().state is State.TALKING


def test_a_call_sent_to_the_fallback_twice_is_counted_once() -> None:
    lab = plain_scene("talking")
    away = ContinueInFallback("late", fill_node(lab), next=False)
    lab.asterisk.perform = lambda action: None  # type: ignore[method-assign] # the channel stays
    turn = lab.feed(ev.LegArrived("late", ("ingroup", "SALESLINE"), call=ULID))
    assert (turn.actions, node_limit.count_refusals(turn)) == ([("late", away)], 1)
    lab.feed(ev.ActionFailed(away, 500, "no"))
    lab.asterisk.now += SECOND
    turn = lab.feed(ev.TimerFired())
    assert (turn.actions, node_limit.count_refusals(turn)) == ([("late", away)], 0)


def test_a_node_at_its_limit_dials_no_leg() -> None:
    lab = plain_scene("talking")
    reason = fill_node(lab)
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK) == reason
    assert lab.call().state is State.TALKING
    lab = lab_with()
    reason = fill_node(lab)
    assert lab.ask(Kind.DIAL, number=QUICK) == reason
    assert lab.ask(Kind.LISTEN, number="1001") == reason


def test_calls_in_progress_continue_and_freed_room_is_used_at_once() -> None:
    lab = plain_scene("three_way")
    fill_node(lab)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    lab.hang_up("cust")
    lab.customer(name="next")
    assert lab.world.calls, "there is room again"
