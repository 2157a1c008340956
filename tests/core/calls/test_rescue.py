"""The agent's phone is lost: it is called back, the others hear music, and no party is lost."""

from itertools import product

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    SILENT,
    handed_off,
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
    three_way,
    together,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.messages.leg_messages import CreateChannel
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome

RINGING_WITHOUT_ANSWER = [(0.1, "ringing")]


def lose_phone(lab: Driver, phone: str = PHONE) -> None:
    """Let the phone be lost, as without RTP."""
    lab.hang_up(phone, 44)


def get_agent_state(lab: Driver, user: str = "1000") -> tuple[str, str]:
    return lab.session(user).state.value, lab.session(user).pause_code


def test_a_nailed_up_phone_is_called_back_to_the_state_before(subtests: pytest.Subtests) -> None:
    for (scene, return_state), cause in product(
        [
            ("talking", State.TALKING),
            ("parked", State.PARKED),
            ("dialing", State.TALKING),
            ("dialing_parked", State.PARKED),
            ("asking", State.TALKING),
            ("asking_parked", State.PARKED),
            ("consulting", State.CONSULTING),
            ("third_parked", State.THIRD_PARKED),
            ("both_parked", State.BOTH_PARKED),
        ],
        [44, 16],
    ):
        with subtests.test(scene=scene, return_state=return_state, cause=cause):
            lab = plain_scene(scene)
            third = lab.call().third
            lab.hang_up(PHONE, cause)
            then(lab, State.RESCUE)
            assert lab.asterisk.hears_music(CUSTOMER)
            assert lab.session().state is AgentState.INCALL
            if third and return_state in (State.TALKING, State.PARKED):  # the third party's phone only rang
                assert third not in lab.asterisk.channels and not lab.asterisk.tones
            elif third:
                assert lab.asterisk.hears_music(third)
            lab.wait(1.1)
            then(lab, return_state)
            phone = phone_of(lab, "1000")
            assert together(lab, phone, CUSTOMER) == (return_state in (State.TALKING, State.THIRD_PARKED))
            if return_state is State.CONSULTING:
                assert together(lab, phone, third or "")
            assert set(lab.world.receipts) == set()


def unregister_phone(lab: Driver) -> list[tuple[float, str | int]]:
    """Let Asterisk have no route to the phone; return its previous behaviour."""
    return lab.asterisk.far_ends.pop("1000")


def count_call_attempts(lab: Driver) -> int:
    """Return how many requests Asterisk got to create the phone's channel."""
    return sum(isinstance(action, CreateChannel) and action.endpoint == "PJSIP/1000" for action in lab.asked)


@pytest.mark.fault(
    "an agent's phone is lost, and not registered for some time",
    "music until the phone is back, for at most `agent_rescue_seconds`; then the next agent",
    "each failed attempt, with Asterisk's text; the call stays one call",
)
def test_a_phone_that_is_not_registered_is_called_again_until_the_time_is_over() -> None:
    lab = talking(lab_with())
    unregister_phone(lab)
    lose_phone(lab)
    for seconds in (1, 2, 3, 13.9):
        then(lab, State.RESCUE)
        assert lab.asterisk.hears_music(CUSTOMER) and lab.session().state is AgentState.INCALL
        lab.wait(seconds)
    then(lab, State.RESCUE)
    lab.wait(0.2)
    then(lab, State.WAITING)
    assert is_dispo(lab) and lab.asterisk.hears_music(CUSTOMER)
    assert count_call_attempts(lab) == 10  # one every two seconds
    lab.wait(60)
    assert count_call_attempts(lab) == 10
    lab.ask(Kind.STATUS, status="A")
    assert get_agent_state(lab) == ("PAUSED", "LOST")


def test_a_phone_that_registers_again_in_time_has_its_call_back(subtests: pytest.Subtests) -> None:
    for scene, away_seconds in product(["talking", "consulting", "both_parked", "dialing"], [0.5, 5, 15]):
        with subtests.test(scene=scene, away_seconds=away_seconds):
            lab = plain_scene(scene)
            far_end = unregister_phone(lab)
            lose_phone(lab)
            lab.wait(away_seconds)
            lab.asterisk.far_ends["1000"] = far_end
            lab.wait(3.1)
            assert lab.call().state is not State.RESCUE
            assert lab.session().state is AgentState.INCALL and phone_of(lab, "1000") in people(lab)
            lab.wait(60)
            assert lab.asterisk.dialled.count("1000") == 1


@pytest.mark.parametrize("cause", [17, 21])
def test_a_phone_that_refuses_is_not_called_again(cause: int) -> None:
    lab = talking(lab_with())
    lab.asterisk.far_ends["1000"] = [(0.1, cause)]
    lose_phone(lab)
    lab.wait(0.2)
    then(lab, State.WAITING)
    lab.wait(60)
    assert count_call_attempts(lab) == 1
    lab.ask(Kind.STATUS, status="A")
    assert get_agent_state(lab) == ("PAUSED", "LOST")


def test_a_restart_between_two_tries_goes_on_with_them() -> None:
    lab = talking(lab_with())
    far_end = unregister_phone(lab)
    lose_phone(lab)
    lab.wait(3)
    restarted(lab)
    then(lab, State.RESCUE)
    lab.asterisk.far_ends["1000"] = far_end
    lab.wait(3.1)
    then(lab, State.TALKING)
    assert together(lab, CUSTOMER, phone_of(lab, "1000"))


def test_a_restart_that_takes_longer_than_the_rescue_gives_the_customer_to_the_next() -> None:
    lab = talking(lab_with())
    unregister_phone(lab)
    lose_phone(lab)
    lab.wait(3)
    lab.asterisk.now += 60_000_000
    restarted(lab)
    then(lab, State.WAITING)
    assert is_dispo(lab)


def test_an_on_hook_phone_is_tried_no_more_once_the_call_is_over() -> None:
    lab = Driver()
    lab.log_in("1002")
    lab.customer()
    lab.wait(1.1)
    lab.ask(Kind.PARK_CUSTOMER_DIAL, agent="1002", number=SILENT)
    lab.wait(0.5)
    del lab.asterisk.far_ends["1002"]
    lose_phone(lab, phone_of(lab, "1002"))
    then(lab, State.RESCUE)
    lab.wait(3)
    lab.ask(Kind.HANGUP, agent="1002")
    action_count = len(lab.asked)
    lab.wait(60)
    assert not any(isinstance(action, CreateChannel) for action in lab.asked[action_count:])
    assert not lab.session("1002").phone_loss.called_back


def test_the_third_hangs_up_while_the_agent_is_called_back() -> None:
    lab = plain_scene("consulting")
    lose_phone(lab)
    lab.hang_up(lab.third())
    then(lab, State.RESCUE)
    lab.wait(1.1)
    then(lab, State.PARKED)


def test_lost_in_a_three_way_it_is_a_leave_with_the_rules_of_a_leave() -> None:
    lab = three_way(lab_with(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    third = lab.third()
    lose_phone(lab)
    then(lab, State.HANDED_OFF)
    assert together(lab, CUSTOMER, third)
    assert [recording.reason for recording in lab.world.recordings.values()] == ["leave_3way_start_recording=ALL_CALLS"]
    assert is_dispo(lab)


def test_lost_beside_a_closer_the_call_is_the_closers() -> None:
    lab = plain_scene("with_closer")
    lose_phone(lab)
    then(lab, State.TALKING)
    assert lab.call().agent == "1001" and together(lab, CUSTOMER, "phone-1001")
    assert is_dispo(lab)


def test_lost_before_a_dial_has_begun_the_third_is_cancelled(subtests: pytest.Subtests) -> None:
    for event_names, kind, (scene, return_state) in product(
        [("dials", "dies"), ("dies", "dials")],
        [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL],
        [("talking", State.TALKING), ("parked", State.PARKED)],
    ):
        with subtests.test(scene=scene, return_state=return_state, kind=kind, event_names=event_names):
            lab = plain_scene(scene)
            with slowly(lab):
                for event_name in event_names:
                    if event_name == "dials":
                        lab.ask(kind, number=SILENT)
                    else:
                        lab.asterisk.hang_up(PHONE, 44)
            then(lab, State.RESCUE)
            assert people(lab) == {CUSTOMER, phone_of(lab, "1000")}
            assert outcome(lab, kind) is Outcome.ABANDONED
            lab.wait(1.1)
            then(lab, return_state)


def test_a_closer_need_not_wait_for_the_fronter_who_is_called_back() -> None:
    lab = plain_scene("consulting_closer")
    lose_phone(lab)
    assert lab.ask(Kind.HANGUP, agent="1001") == ""
    then(lab, State.RESCUE)
    assert is_dispo(lab, "1001") and in_seat(lab, "1001") and lab.asterisk.hears_music(CUSTOMER)
    lab.wait(1.1)
    then(lab, State.PARKED)


# -- the call continues without the agent --


@pytest.mark.parametrize(
    ("scene", "user"),
    [("three_way", "1000"), ("customer_gone", "1000"), ("with_closer", "1000"), ("with_closer", "1001")],
)
def test_a_lost_phone_is_called_back_in_states_that_do_not_need_the_agent(scene: str, user: str) -> None:
    lab = plain_scene(scene)
    lose_phone(lab, f"phone-{user}")
    assert is_dispo(lab, user)
    lab.wait(1.1)
    assert in_seat(lab, user) and is_dispo(lab, user)
    lab.ask(Kind.STATUS, agent=user, status="A")
    assert get_agent_state(lab, user) == ("READY", "")


def test_an_early_disposition_does_not_pause_an_agent_whose_phone_is_lost() -> None:
    lab = three_way(lab_with())
    lab.ask(Kind.STATUS, status="A")
    lose_phone(lab)
    assert get_agent_state(lab) == ("READY", "")
    lab.wait(1.1)
    assert in_seat(lab)


def test_a_phone_that_rings_when_the_customer_hangs_up_is_not_called_twice() -> None:
    lab = talking(lab_with())
    lab.asterisk.far_ends["1000"] = RINGING_WITHOUT_ANSWER
    lose_phone(lab)
    lab.hang_up(CUSTOMER)
    lab.wait(60)
    assert is_dispo(lab) and lab.asterisk.dialled == ["1000"]
    lab.ask(Kind.STATUS, status="A")
    assert get_agent_state(lab) == ("PAUSED", "LOST")


# -- without a call --


def test_without_a_call_the_tries_end_with_agent_rescue_seconds() -> None:
    lab = lab_with(agent_rescue_seconds=5)
    unregister_phone(lab)
    lose_phone(lab)
    lab.wait(4.9)
    assert get_agent_state(lab) == ("READY", "")
    lab.wait(0.2)
    assert get_agent_state(lab) == ("PAUSED", "LOST")
    lab.wait(60)
    assert count_call_attempts(lab) == 3


def test_an_agent_lost_in_disposition_is_paused_lost_after_it() -> None:
    lab = handed_off(lab_with())
    lab.asterisk.far_ends["1000"] = RINGING_WITHOUT_ANSWER
    lose_phone(lab)
    lab.wait(21)
    assert is_dispo(lab)
    lab.ask(Kind.STATUS, status="A")
    assert get_agent_state(lab) == ("PAUSED", "LOST")


@pytest.mark.parametrize("codes", [(), ("A",)])
def test_an_agent_who_has_asked_to_be_logged_out_is_so_when_the_rescue_is_over(codes: tuple[str, ...]) -> None:
    """Also at once, if the call already has its disposition."""
    lab = talking(lab_with())
    unregister_phone(lab)
    lose_phone(lab)
    for code in codes:
        lab.ask(Kind.STATUS, status=code)
    lab.ask(Kind.LOGOUT)
    then(lab, State.RESCUE)
    lab.wait(20)
    then(lab, State.WAITING)
    assert ("1000" in lab.world.sessions) == (not codes)
    lab.ask(Kind.STATUS, status="A")
    assert "1000" not in lab.world.sessions
