"""An agent's microphone: off for all parties of the call, and on again after the call in any case."""

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
    with_closer,
)
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome


def muted(lab: Driver) -> Driver:
    assert lab.ask(Kind.MUTE) == ""
    return lab


def hears(lab: Driver, listener: str) -> bool:
    return lab.asterisk.hears(listener, PHONE)


def fail_next(lab: Driver, status: int = 500) -> None:
    """Let Asterisk refuse the next request about a microphone."""
    perform = lab.perform

    def once(action: do.Action) -> None:
        if isinstance(action, do.MuteInbound):
            lab.perform = perform  # type: ignore[method-assign] # later requests succeed
            lab.asterisk.out.append(ev.ActionFailed(action, status, "no"))
        else:
            perform(action)

    lab.perform = once  # type: ignore[method-assign] # refuses once


def test_a_mute_completes_with_asterisks_event_and_repeats_without_effect() -> None:
    lab = talking(lab_with())
    with slowly(lab):
        assert lab.ask(Kind.MUTE) is None
        assert lab.ask(Kind.MUTE) is None
    assert [action for action in lab.asked if isinstance(action, do.MuteInbound)] == [do.MuteInbound(PHONE, on=True)]
    assert set(lab.told.values()) == {""}
    assert lab.ask(Kind.MUTE) == ""
    assert len([action for action in lab.asked if isinstance(action, do.MuteInbound)]) == 1


def test_off_and_on_that_cross_end_on() -> None:
    lab = talking(lab_with())
    with slowly(lab):
        lab.ask(Kind.MUTE)
        lab.ask(Kind.UNMUTE)
    assert hears(lab, CUSTOMER) and set(lab.told.values()) == {""}


def test_a_muted_agent_stays_muted_through_parking_and_consulting() -> None:
    lab = muted(consulting(lab_with()))
    then(lab, State.THREE_WAY, Kind.GRAB_CUSTOMER)
    assert not hears(lab, CUSTOMER) and not hears(lab, lab.third())


@pytest.mark.parametrize("scene", ["handed_off", "blind"])
def test_a_muted_agent_who_leaves_is_unmuted(scene: str) -> None:
    lab = lab_with()
    muted(three_way(lab) if scene == "handed_off" else talking(lab))
    if scene == "handed_off":
        then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    else:
        then(lab, State.BLIND, Kind.BLIND_TRANSFER, number="8501")
    assert not lab.asterisk.channels[PHONE].muted


def test_a_phone_that_is_called_back_is_muted_before_it_joins() -> None:
    lab = lab_with()
    lab.asterisk.far_ends["1000"] = [(0.2, "up")]
    muted(talking(lab)).hang_up(PHONE, 44)
    lab.wait(1)
    then(lab, State.TALKING)
    leg = lab.session().leg
    assert leg and leg != PHONE and lab.asterisk.channels[leg].muted
    leg_actions = [
        action for action in lab.asked if isinstance(action, do.MuteInbound | do.AddToBridge) and action.leg == leg
    ]
    assert [type(action) for action in leg_actions] == [do.MuteInbound, do.AddToBridge]


def test_a_closer_mutes_only_the_own_microphone() -> None:
    lab = with_closer(lab_with())
    assert lab.ask(Kind.MUTE, "1001") == ""
    assert not lab.asterisk.hears(CUSTOMER, "phone-1001") and hears(lab, CUSTOMER)


@pytest.mark.parametrize("scene", ["rescue", "left_ringing", "handed_off"])
def test_without_a_call_or_a_phone_it_is_refused(scene: str) -> None:
    lab = plain_scene(scene)
    reason = "the agent's phone is not on the line" if scene == "rescue" else "the agent has no live call"
    assert lab.ask(Kind.MUTE) == reason
    assert not [action for action in lab.asked if isinstance(action, do.MuteInbound)]


def test_a_refused_mute_fails_and_the_agent_is_heard() -> None:
    lab = talking(lab_with())
    fail_next(lab)
    assert lab.ask(Kind.MUTE) == "Asterisk: no (500)"
    assert outcome(lab, Kind.MUTE) is Outcome.FAILED and not lab.session().muted
    lab.wait(1)  # the request may have succeeded, so the microphone is switched on again
    assert do.MuteInbound(PHONE, on=False) in lab.asked and hears(lab, CUSTOMER)


def test_the_unmute_at_the_end_of_a_call_is_retried_until_it_succeeds() -> None:
    lab = muted(talking(lab_with()))
    fail_next(lab, status=0)
    lab.hang_up(CUSTOMER)
    assert lab.asterisk.channels[PHONE].muted
    lab.wait(1)
    assert not lab.asterisk.channels[PHONE].muted


@pytest.mark.parametrize("came_through", [True, False])
def test_a_restart_between_the_order_and_its_proof(came_through: bool) -> None:
    lab = talking(lab_with())
    with slowly(lab):
        assert lab.ask(Kind.MUTE) is None
        lab.asterisk.channels[PHONE].muted = came_through
        restarted(lab)
    assert not hears(lab, CUSTOMER)
    assert outcome(lab, Kind.MUTE) is Outcome.COMPLETED
    assert restarted(lab).ask(Kind.UNMUTE) == "" and hears(lab, CUSTOMER)


def test_a_hangup_of_the_phone_abandons_the_mute() -> None:
    lab = talking(lab_with())
    with slowly(lab):
        assert lab.ask(Kind.MUTE) is None
        lab.asterisk.out.clear()
        lab.asterisk.hang_up(PHONE, 44)
    assert outcome(lab, Kind.MUTE) is Outcome.ABANDONED


def test_the_only_listener_of_a_muted_agent_gets_silence_packets() -> None:
    """Let Asterisk send the agent no audio: the bridge plays silence until a ring tone starts or the agent is heard."""
    lab = muted(talking(lab_with()))
    assert list(lab.asterisk.silences.values()) == [lab.call().mixing_bridge_id]
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501")
    lab.wait(1)
    assert lab.asterisk.tones and not lab.asterisk.silences
    lab.ask(Kind.HANGUP_XFER)
    assert lab.asterisk.silences and not lab.asterisk.tones
    assert lab.ask(Kind.UNMUTE) == "" and not lab.asterisk.silences
