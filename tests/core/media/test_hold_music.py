"""Music while a party holds its line: the requests to Asterisk, and the results of failures."""

from itertools import product

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, lab_with, talking, then, three_way
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.leg import HoldMusic

MUSIC_ACTIONS = (do.PlayHoldMusic, do.StopHoldMusic)


def hold(lab: Driver, leg: str = PHONE, *, on: bool = True) -> None:
    lab.asterisk.hold(leg, on=on)
    lab.pump()


def list_music_actions(lab: Driver) -> list[do.Action]:
    return [action for action in lab.asked if isinstance(action, MUSIC_ACTIONS)]


def get_music(lab: Driver, leg: str = CUSTOMER) -> HoldMusic:
    return lab.world.legs[leg].music


def test_once_for_each_hold_and_of_the_in_groups_class() -> None:
    lab = talking(lab_with({"moh_context": "jazz"}, campaign_recording="ALLCALLS"))
    hold(lab)
    lab.feed(ev.LegHoldChanged(PHONE, on=True))
    assert list_music_actions(lab) == [do.PlayHoldMusic(CUSTOMER, "jazz")]
    hold(lab, on=False)
    assert list_music_actions(lab)[1:] == [do.StopHoldMusic(CUSTOMER)]
    assert get_music(lab) is HoldMusic.NONE and not lab.asterisk.hears_music(CUSTOMER)


def test_a_third_party_before_the_report_of_a_hold_is_heard() -> None:
    """Asterisk passes on a hold in a bridge of two; the app receives it in a bridge of three."""
    lab = three_way(lab_with())
    lab.asterisk.channels[CUSTOMER].music = "default"
    lab.feed(ev.LegHoldChanged(PHONE, on=True))
    assert lab.asterisk.hears(CUSTOMER, lab.third()) and not lab.asterisk.hears_music(CUSTOMER)


def test_audio_of_the_agent_interrupts_the_hold_music() -> None:
    lab = talking(lab_with())
    hold(lab)
    assert lab.ask(Kind.AUDIO_PLAY, message="demo-thanks") == ""
    assert not lab.asterisk.hears_music(CUSTOMER) and (CUSTOMER, "sound:demo-thanks") in lab.asterisk.played
    lab.wait(2)
    assert lab.asterisk.hears_music(CUSTOMER)


@pytest.mark.fault(
    "Asterisk ends the music of a held party without an event when a party or a recorder joins or leaves",
    "nothing: the music is requested again",
    "the same as without the fault",
)
def test_music_is_requested_again_when_a_third_party_has_joined_and_left() -> None:
    lab = talking(lab_with())
    hold(lab)
    lab = then(lab, State.DIALING, Kind.DIAL_WITH_CUSTOMER, number="8503")
    lab.wait(0.15)
    assert list_music_actions(lab) == [do.PlayHoldMusic(CUSTOMER, "default")] * 2
    assert get_music(lab) is HoldMusic.PLAYS and lab.asterisk.hears_music(CUSTOMER)
    lab.hang_up(lab.third())
    assert list_music_actions(lab) == [do.PlayHoldMusic(CUSTOMER, "default")] * 3
    assert get_music(lab) is HoldMusic.PLAYS and lab.asterisk.hears_music(CUSTOMER)


def test_music_is_requested_again_when_a_recording_has_started_and_ended() -> None:
    lab = talking(lab_with())
    hold(lab)
    assert lab.ask(Kind.RECORD_START) == ""
    lab.pump()
    assert list_music_actions(lab) == [do.PlayHoldMusic(CUSTOMER, "default")] * 2
    assert lab.ask(Kind.RECORD_STOP) == ""
    lab.pump()
    assert list_music_actions(lab) == [do.PlayHoldMusic(CUSTOMER, "default")] * 3
    assert get_music(lab) is HoldMusic.PLAYS and lab.asterisk.hears_music(CUSTOMER)


FAULTS = [
    InjectedFault.LOST,
    InjectedFault.ANSWER_LOST,
    InjectedFault.LATE,
    InjectedFault.TOO_LATE,
    InjectedFault.REPEATED,
    InjectedFault.CONFLICT,
    InjectedFault.BROKEN,
]


def test_both_parties_talk_after_a_hold_under_any_fault(subtests: pytest.Subtests) -> None:
    for action_type, fault, has_third in product(
        MUSIC_ACTIONS, [*FAULTS, InjectedFault.UNAVAILABLE, InjectedFault.DEATH], [False, True]
    ):
        with subtests.test(action_type=action_type, fault=fault, has_third=has_third):
            lab = Faulty(demo_rules(campaign_recording="ALLCALLS"))
            lab.log_in("1000")
            talking(lab)
            lab.first[action_type] = fault
            hold(lab)
            lab.wait(8)
            assert lab.asterisk.hears_music(CUSTOMER)
            if has_third:
                lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
                lab.wait(8)
                assert lab.asterisk.hears(CUSTOMER, lab.third()) and not lab.asterisk.hears_music(CUSTOMER)
            hold(lab, on=False)
            lab.wait(8)
            assert lab.struck and lab.struck[0][0] is fault
            assert lab.asterisk.hears(CUSTOMER, PHONE) and lab.asterisk.hears(PHONE, CUSTOMER)
            assert get_music(lab) is HoldMusic.NONE


def test_a_party_fetched_back_hears_the_agent_under_any_fault(subtests: pytest.Subtests) -> None:
    for fault in [*FAULTS, InjectedFault.UNAVAILABLE, InjectedFault.DEATH]:
        with subtests.test(fault=fault):
            lab = Faulty(demo_rules())
            lab.log_in("1000")
            talking(lab)
            hold(lab)
            lab.first[do.StopHoldMusic] = fault
            lab.ask(Kind.PARK_CUSTOMER)
            hold(lab, on=False)
            lab.wait(8)
            assert lab.asterisk.hears_music(CUSTOMER)
            lab.ask(Kind.GRAB_CUSTOMER)
            lab.wait(8)
            assert lab.struck and lab.asterisk.hears(CUSTOMER, PHONE) and not lab.asterisk.hears_music(CUSTOMER)
