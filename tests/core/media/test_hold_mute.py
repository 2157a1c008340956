"""The mute of a phone on hold that sends music of its own; tests/scenarios/calls/test_hold_music.py has the sound."""

from itertools import product

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, in_seat, lab_with, outcome, set_up, slowly, talking, then, three_way
from tests.core.media.test_hold_music import FAULTS
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome


def hold(lab: Driver, leg: str = PHONE, *, on: bool = True) -> None:
    lab.asterisk.hold(leg, on=on, own_music=on)
    lab.pump()


def list_mutes(lab: Driver) -> list[tuple[str, bool]]:
    return [(action.leg, action.on) for action in lab.asked if isinstance(action, do.MuteInbound)]


def is_unheard(lab: Driver, speaker: str) -> bool:
    return not any(lab.asterisk.hears(listener, speaker) for listener in lab.asterisk.channels)


def test_a_pair_without_a_recording_needs_no_mute() -> None:
    lab = talking(lab_with())
    hold(lab)
    assert is_unheard(lab, PHONE) and lab.asterisk.hears_music(CUSTOMER) and list_mutes(lab) == []


def test_a_recording_of_a_pair_has_no_music_of_the_phone() -> None:
    lab = talking(lab_with())
    hold(lab)
    assert lab.ask(Kind.RECORD_START) == ""
    lab.wait(1)
    [recording] = lab.asterisk.files.values()
    assert lab.ask(Kind.RECORD_STOP) == ""
    assert recording.silent_since is None and recording.voices == {CUSTOMER}


def test_an_agent_who_leaves_during_the_hold_is_heard_in_the_next_call() -> None:
    lab = three_way(lab_with())
    hold(lab)
    then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    assert lab.asterisk.channels[PHONE].muted
    hold(lab, on=False)
    assert in_seat(lab) and not lab.asterisk.channels[PHONE].muted


def test_an_unmute_during_the_hold_takes_effect_at_its_end() -> None:
    lab = three_way(lab_with())
    assert lab.ask(Kind.MUTE) == ""
    hold(lab)
    assert lab.ask(Kind.UNMUTE) == "" and outcome(lab, Kind.UNMUTE) is Outcome.COMPLETED
    assert is_unheard(lab, PHONE)
    hold(lab, on=False)
    assert lab.asterisk.hears(CUSTOMER, PHONE)


def test_a_mute_that_crosses_the_end_of_the_hold_stays() -> None:
    lab = three_way(lab_with())
    hold(lab)
    with slowly(lab):
        hold(lab, on=False)
        lab.ask(Kind.MUTE)
    assert is_unheard(lab, PHONE) and outcome(lab, Kind.MUTE) is Outcome.COMPLETED


def test_a_customer_on_hold_is_heard_in_the_dialplan_after_the_call() -> None:
    lab = lab_with(continue_after_hangup="Y")
    lab.asterisk.has_after = True
    three_way(lab)
    hold(lab, CUSTOMER)
    then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    lab.hang_up(lab.call().third or "")
    customer_actions = [action for action in lab.asked if isinstance(action, do.MuteInbound | do.ContinueInDialplan)]
    assert [type(action) for action in customer_actions] == [do.MuteInbound, do.MuteInbound, do.ContinueInDialplan]
    assert list_mutes(lab) == [(CUSTOMER, True), (CUSTOMER, False)]


def test_the_mute_follows_the_hold_under_any_fault(subtests: pytest.Subtests) -> None:
    for party, is_resume, fault in product(
        ["agent", "customer"], [False, True], [*FAULTS, InjectedFault.UNAVAILABLE, InjectedFault.DEATH]
    ):
        with subtests.test(fault=fault, is_resume=is_resume, party=party):
            lab = Faulty(demo_rules())
            lab.log_in("1000")
            set_up(lab, "three_way")
            holder, listener = (PHONE, CUSTOMER) if party == "agent" else (CUSTOMER, PHONE)
            if not is_resume:
                lab.first[do.MuteInbound] = fault
            hold(lab, holder)
            lab.wait(8)
            assert is_unheard(lab, holder)
            if is_resume:
                lab.first[do.MuteInbound] = fault
            hold(lab, holder, on=False)
            lab.wait(8)
            assert lab.struck and lab.struck[0][0] is fault
            assert lab.asterisk.hears(listener, holder)
