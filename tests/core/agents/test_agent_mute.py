"""An agent's microphone: off for all parties of the call, and on again after the call in any case."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, lab_with, outcome, restarted, slowly, talking, then
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


def test_a_refused_mute_fails_and_the_agent_is_heard() -> None:
    lab = talking(lab_with())
    fail_next(lab)
    assert lab.ask(Kind.MUTE) == "Asterisk: no (500)"
    assert outcome(lab, Kind.MUTE) is Outcome.FAILED and not lab.session().muted
    lab.wait(1)  # the request may have succeeded, so the microphone is switched on again
    assert do.MuteInbound(PHONE, on=False) in lab.asked and hears(lab, CUSTOMER)


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
