"""A phone that stops ringing because another one has the call lists no missed call; one of a lost caller does."""

from collections.abc import Callable

import pytest

from tests.core.agents.test_outside_phone import MOBILE, at_mobile
from tests.core.agents.test_phone_replacement import logs_in_again
from tests.core.core_stage import CUSTOMER, PHONE, lab_with, phone_of, restarted, talking, then
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.simulated_asterisk import SimulatedAsterisk
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.actions import Action
from warmline.core.messages.commands import Kind
from warmline.core.messages.leg_messages import CreateChannel, HangUpLeg
from warmline.core.model.call_states import State

RINGS: list[tuple[float, str | int]] = [(0.1, "ringing")]
GROUP = ("1000", "1001", "1002")


def ring_group(*, mobile: bool = False) -> Driver:
    """Let a caller ring three desk phones, or two and a mobile behind the trunk; all of them ring on."""
    lab = Driver(
        demo_rules({"next_agent_call": "ring_all", "exit_keys": ("1 -> callback", "2 -> ingroup:SUPPORTLINE")})
    )
    for user in GROUP:
        lab.configure("agents", user, phone_mode="on_hook", ingroups=("SALESLINE",), on_hook_ring_time=20)
        lab.asterisk.far_ends[user] = RINGS
        if mobile and user == "1002":
            at_mobile(lab, user, MOBILE, RINGS, on_hook_ring_time=20)
        else:
            lab.log_in(user)
    return called(lab)


def called(lab: Driver, dialled: str = "ingroup", name: str = "SALESLINE") -> Driver:
    lab.customer(dialled, name)
    lab.wait(2)
    return then(lab, State.RINGING_AGENT)


def answers(lab: Driver, user: str = "1000") -> None:
    lab.asterisk.after(0.1, phone_of(lab, user), "up")
    lab.wait(1)
    then(lab, State.TALKING)


def one_answers() -> Driver:
    lab = ring_group()
    answers(lab)
    return lab


def one_answers_beside_a_mobile() -> Driver:
    lab = ring_group(mobile=True)
    answers(lab)
    return lab


def one_answers_after_a_restart() -> Driver:
    lab = restarted(ring_group())
    answers(lab)
    return lab


def one_declines_and_one_answers() -> Driver:
    lab = ring_group()
    lab.ask(Kind.HANGUP, agent="1001")
    answers(lab)
    return lab


def one_answers_while_asterisk_refuses() -> Driver:
    """Let the first hang-up of each phone fail; it is repeated."""
    lab, refused_legs, perform = ring_group(), set[str](), SimulatedAsterisk.perform

    def refuse(asterisk: SimulatedAsterisk, action: Action) -> None:
        if isinstance(action, HangUpLeg) and action.leg not in refused_legs:
            refused_legs.add(action.leg)
            asterisk.out.append(ActionFailed(action, 500, "Internal Server Error"))
        else:
            perform(asterisk, action)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimulatedAsterisk, "perform", refuse)
        answers(lab)
        lab.wait(5)
    return lab


def a_closer_answers() -> Driver:
    """Let agent 1000 talk, and consult one of the two others, whose phones ring."""
    lab = Driver(demo_rules({"next_agent_call": "ring_all"}))
    for user in GROUP:
        lab.configure("agents", user, phone_mode="on_hook", ingroups=("SALESLINE",))
    lab.log_in("1000")
    lab.customer()
    lab.wait(1)
    for user in GROUP[1:]:
        lab.asterisk.far_ends[user] = RINGS
        lab.log_in(user)
    lab.ask(Kind.PARK_CUSTOMER_DIAL, ingroup="SALESLINE")
    lab.wait(1)
    lab.asterisk.after(0.1, phone_of(lab, "1002"), "up")
    lab.wait(1)
    return then(lab, State.CONSULTING)


def the_agent_leaves_while_a_closer_rings() -> Driver:
    """Let the call that agent 1000 leaves be given to agent 1002, while the phone of 1001 rings."""
    lab = talking(lab_with())
    for user in GROUP[1:]:
        lab.configure("agents", user, phone_mode="on_hook", ingroups=("SUPPORTLINE",))
        lab.asterisk.far_ends[user] = RINGS
        lab.log_in(user)
        lab.wait(1)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    lab.wait(1)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(1)
    assert lab.call().agent == "1002"
    return then(lab, State.RINGING_AGENT)


def a_lost_phone_dials_in(*, in_call: bool) -> Driver:
    """Let the desk phone be called back, and the agent dial in from another device of the account."""
    lab = talking(lab_with()) if in_call else lab_with()
    lab.asterisk.far_ends["1000"] = RINGS
    lab.hang_up(PHONE, 44)
    lab.wait(1)
    logs_in_again(lab)
    return lab


def the_caller_hangs_up() -> Driver:
    lab = ring_group()
    lab.hang_up(CUSTOMER)
    return lab


def the_caller_leaves_by_a_key(key: str) -> Driver:
    lab = ring_group()
    lab.asterisk.press(CUSTOMER, key)
    lab.pump()
    lab.wait(1)
    return lab


def the_call_is_ended_by_a_command() -> Driver:
    lab = ring_group()
    lab.ask(Kind.END_CALL, agent="", call=lab.call().id)
    lab.wait(1)
    return lab


def the_one_agent_is_late() -> Driver:
    """Let a call to one agent go on to another, after the phone has rung for all of its time."""
    lab = Driver(demo_rules())
    for user in GROUP[:2]:
        lab.configure("agents", user, phone_mode="on_hook", ingroups=("SALESLINE",), on_hook_ring_time=5)
        lab.asterisk.far_ends[user] = RINGS if user == "1000" else [(7, "up")]
        lab.log_in(user)
    called(lab).wait(12)
    return lab


TOLD: list[tuple[Callable[[], Driver], set[str], set[str]]] = [
    # The second column has the numbers that are told so, and the third one those that are just cancelled.
    (one_answers, {"1001", "1002"}, set()),
    (one_answers_beside_a_mobile, {"1001", MOBILE}, set()),
    (one_answers_after_a_restart, {"1001", "1002"}, set()),
    (one_answers_while_asterisk_refuses, {"1001", "1002"}, set()),
    (one_declines_and_one_answers, {"1002"}, {"1001"}),
    (a_closer_answers, {"1001"}, set()),
    (the_agent_leaves_while_a_closer_rings, {"1001"}, set()),
    (lambda: a_lost_phone_dials_in(in_call=True), {"1000"}, set()),
    (lambda: a_lost_phone_dials_in(in_call=False), {"1000"}, set()),
    (the_caller_hangs_up, set(), set(GROUP)),
    (lambda: the_caller_leaves_by_a_key("1"), set(), set(GROUP)),
    (lambda: the_caller_leaves_by_a_key("2"), set(GROUP), set()),
    (the_call_is_ended_by_a_command, set(), set(GROUP)),
    (the_one_agent_is_late, set(), set()),
]


def test_a_phone_is_told_why_it_stops_ringing(subtests: pytest.Subtests) -> None:
    for row in TOLD:
        with subtests.test(row=row):
            lab = row[0]()
            endpoint_by_leg = {action.leg: action.endpoint for action in lab.asked if isinstance(action, CreateChannel)}
            hang_ups = [
                action for action in lab.asked if isinstance(action, HangUpLeg) and action.leg in endpoint_by_leg
            ]
            answered_phones, cancelled = (
                {
                    endpoint_by_leg[action.leg].removeprefix("PJSIP/").partition("@")[0]
                    for action in hang_ups
                    if action.answered_elsewhere is is_elsewhere
                }
                for is_elsewhere in (True, False)
            )
            assert (answered_phones, cancelled) == row[1:]
