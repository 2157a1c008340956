"""The mute of a phone on hold that sends music of its own; tests/scenarios/calls/test_hold_music.py has the sound."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    in_seat,
    lab_with,
    outcome,
    restarted,
    set_up,
    slowly,
    talking,
    then,
    three_way,
)
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


def mutes(lab: Driver) -> list[tuple[str, bool]]:
    return [(one.leg, one.on) for one in lab.asked if isinstance(one, do.MuteInbound)]


def heard_by_none(lab: Driver, speaker: str) -> bool:
    return not any(lab.asterisk.hears(one, speaker) for one in lab.asterisk.channels)


@pytest.mark.parametrize("who", ["agent", "customer", "third"])
def test_three_parties_do_not_hear_the_phones_music(who: str) -> None:
    lab = three_way(lab_with())
    holds = {"agent": PHONE, "customer": CUSTOMER, "third": lab.third()}[who]
    others = {PHONE, CUSTOMER, lab.third()} - {holds}
    hold(lab, holds)
    assert heard_by_none(lab, holds)
    hold(lab, holds, on=False)
    assert all(lab.asterisk.hears(one, holds) for one in others)
    assert mutes(lab) == [(holds, True), (holds, False)]


def test_a_pair_without_a_recording_needs_no_mute() -> None:
    lab = talking(lab_with())
    hold(lab)
    assert heard_by_none(lab, PHONE) and lab.asterisk.hears_music(CUSTOMER) and mutes(lab) == []


def test_a_third_party_who_joins_a_hold_does_not_hear_its_music() -> None:
    lab = talking(lab_with())
    hold(lab)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(2)
    lab = then(lab, State.THREE_WAY)
    assert heard_by_none(lab, PHONE)
    hold(lab, on=False)
    assert lab.asterisk.hears(lab.third(), PHONE)


def test_a_recording_of_a_pair_has_no_music_of_the_phone() -> None:
    lab = talking(lab_with())
    hold(lab)
    assert lab.ask(Kind.RECORD_START) == ""
    lab.wait(1)
    [tape] = lab.asterisk.files.values()
    assert lab.ask(Kind.RECORD_STOP) == ""
    assert tape.silent_since is None and tape.voices == {CUSTOMER}


def test_an_agent_who_leaves_during_the_hold_is_heard_in_the_next_call() -> None:
    lab = three_way(lab_with())
    hold(lab)
    then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    assert lab.asterisk.channels[PHONE].muted
    hold(lab, on=False)
    assert in_seat(lab) and not lab.asterisk.channels[PHONE].muted


def test_the_agents_own_mute_outlasts_the_hold() -> None:
    lab = three_way(lab_with())
    assert lab.ask(Kind.MUTE) == ""
    hold(lab)
    hold(lab, on=False)
    assert heard_by_none(lab, PHONE) and lab.ask(Kind.UNMUTE) == ""
    assert lab.asterisk.hears(CUSTOMER, PHONE)


def test_an_unmute_during_the_hold_takes_effect_at_its_end() -> None:
    lab = three_way(lab_with())
    assert lab.ask(Kind.MUTE) == ""
    hold(lab)
    assert lab.ask(Kind.UNMUTE) == "" and outcome(lab, Kind.UNMUTE) is Outcome.COMPLETED
    assert heard_by_none(lab, PHONE)
    hold(lab, on=False)
    assert lab.asterisk.hears(CUSTOMER, PHONE)


def test_a_mute_that_crosses_the_end_of_the_hold_stays() -> None:
    lab = three_way(lab_with())
    hold(lab)
    with slowly(lab):
        hold(lab, on=False)
        lab.ask(Kind.MUTE)
    assert heard_by_none(lab, PHONE) and outcome(lab, Kind.MUTE) is Outcome.COMPLETED


def test_a_customer_on_hold_is_heard_in_the_dialplan_after_the_call() -> None:
    lab = lab_with(continue_after_hangup="Y")
    lab.asterisk.has_after = True
    three_way(lab)
    hold(lab, CUSTOMER)
    then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    lab.hang_up(lab.call().third or "")
    to_customer = [one for one in lab.asked if isinstance(one, do.MuteInbound | do.ContinueInDialplan)]
    assert [type(one) for one in to_customer] == [do.MuteInbound, do.MuteInbound, do.ContinueInDialplan]
    assert mutes(lab) == [(CUSTOMER, True), (CUSTOMER, False)]


@pytest.mark.parametrize("who", ["agent", "third"])
def test_a_line_resumed_while_the_app_is_stopped_is_heard_after_its_start(who: str) -> None:
    lab = three_way(lab_with())
    holds = PHONE if who == "agent" else lab.third()
    hold(lab, holds)
    with slowly(lab):
        lab.asterisk.hold(holds, on=False)
        restarted(lab)
    assert lab.asterisk.hears(CUSTOMER, holds)


@pytest.mark.parametrize("scene", ["three_way", "consulting", "third_parked"])
def test_a_parked_party_who_resumes_the_line_is_heard_again(scene: str) -> None:
    lab = three_way(lab_with())
    hold(lab, CUSTOMER)
    if scene == "consulting":
        then(lab, State.CONSULTING, Kind.PARK_CUSTOMER)
    elif scene == "third_parked":
        then(lab, State.THIRD_PARKED, Kind.PARK_XFER)
    hold(lab, CUSTOMER, on=False)
    assert not lab.asterisk.channels[CUSTOMER].muted


@pytest.mark.parametrize("who", ["agent", "customer"])
@pytest.mark.parametrize("ends", [False, True], ids=["hold", "resume"])
@pytest.mark.parametrize("fault", [*FAULTS, InjectedFault.UNAVAILABLE, InjectedFault.DEATH])
def test_the_mute_follows_the_hold_under_any_fault(fault: InjectedFault, ends: bool, who: str) -> None:
    lab = Faulty(demo_rules())
    lab.log_in("1000")
    set_up(lab, "three_way")
    holds, other = (PHONE, CUSTOMER) if who == "agent" else (CUSTOMER, PHONE)
    if not ends:
        lab.first[do.MuteInbound] = fault
    hold(lab, holds)
    lab.wait(8)
    assert heard_by_none(lab, holds)
    if ends:
        lab.first[do.MuteInbound] = fault
    hold(lab, holds, on=False)
    lab.wait(8)
    assert lab.struck and lab.struck[0][0] is fault
    assert lab.asterisk.hears(other, holds)
