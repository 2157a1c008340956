"""A phone's own hold key, without audio; tests/scenarios/calls/test_hold.py has the rest."""

from tests.core.core_stage import PHONE, lab_with, restarted, talking
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State


def hold(lab: Driver, leg: str = PHONE, *, on: bool = True) -> None:
    lab.asterisk.hold(leg, on=on)
    lab.pump()


def test_hold_time_counts_while_talking_or_parked() -> None:
    lab = talking(lab_with())
    hold(lab)
    assert lab.session().hold
    assert lab.ask(Kind.PARK_CUSTOMER) == "" and lab.session().hold
    hold(lab, on=False)
    assert lab.session().hold, "the customer is parked"
    assert lab.ask(Kind.GRAB_CUSTOMER) == "" and not lab.session().hold


def test_a_hold_is_over_with_the_customer() -> None:
    lab = plain_scene("customer_gone")
    hold(lab)
    assert not lab.session().hold


def test_an_agent_on_hold_after_a_restart_gets_no_call_until_the_hold_ends() -> None:
    lab = lab_with()
    hold(lab)
    lab.customer()
    restarted(lab)
    assert lab.call().state is State.WAITING
    lab.asterisk.channels[PHONE].held = False
    restarted(lab)
    assert lab.call().state is State.TALKING


def test_a_repeated_or_unknown_hold_changes_nothing() -> None:
    lab = talking(lab_with())
    hold(lab)
    for event in (ev.LegHoldChanged(PHONE, on=True), ev.LegHoldChanged("nobody", on=True)):
        turn = lab.feed(event)
        assert not turn.changes and not turn.actions
