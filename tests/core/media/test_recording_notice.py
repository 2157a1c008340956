"""The notice before a recording: played to everyone in the bridge, before each file, and kept in its row."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, dialing, files, lab_with, parked, restarted, talking, then, three_way
from tests.core.media.test_hold_music import FAULTS
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

NOTICE_SOUND = "sound:this-call-is-recorded"
NOTICE = {"recording_notice": "this-call-is-recorded"}
RECORDING_WITH_NOTICE = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS", **NOTICE}


def list_hearing_channels(lab: Driver) -> set[str]:
    """Return the channels that have heard a notice."""
    return {channel for channel, media in lab.asterisk.played if media == NOTICE_SOUND}


def list_notices(lab: Driver) -> list[tuple[str, str]]:
    return [(recording.kind.value, recording.notice) for recording in files(lab)]


def list_action_types(lab: Driver) -> list[type]:
    action_types = (do.PlayBridgeAudio, do.StartRecording, do.StopRecording)
    return [type(action) for action in lab.asked if isinstance(action, action_types)]


def test_a_call_that_is_not_recorded_has_no_notice() -> None:
    assert not list_hearing_channels(talking(lab_with(campaign_recording="NEVER", **NOTICE)))


def test_the_notice_at_the_leave_is_heard_before_the_recording_begins() -> None:
    lab = three_way(lab_with(**RECORDING_WITH_NOTICE))
    lab.wait(3)
    lab.asterisk.played.clear()
    third = lab.third()
    then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    assert list_hearing_channels(lab) == {CUSTOMER, third} and not lab.asterisk.recordings
    lab.wait(3)
    assert list_notices(lab) == [("call", "played"), ("handoff", "played")]
    assert list_action_types(lab)[-3:] == [do.PlayBridgeAudio, do.StopRecording, do.StartRecording]


def test_a_leave_during_the_notice_plays_it_to_the_other_parties() -> None:
    lab = three_way(lab_with(**NOTICE, leave_3way_start_recording="ALL_CALLS"))
    assert lab.ask(Kind.RECORD_START) == ""
    lab.asterisk.played.clear()
    then(lab, State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)
    lab.wait(3)
    assert list_hearing_channels(lab) == {CUSTOMER, lab.call().third} and list_notices(lab) == [("handoff", "played")]


def test_a_stop_during_the_notice_ends_it() -> None:
    lab = talking(lab_with(**NOTICE))
    assert lab.ask(Kind.RECORD_START) == "" and lab.ask(Kind.RECORD_STOP) == ""
    assert not lab.asterisk.audio
    lab.wait(3)
    assert list_notices(lab) == []


def test_a_hangup_during_the_notice_records_nothing() -> None:
    lab = talking(lab_with(**RECORDING_WITH_NOTICE))
    lab.hang_up(CUSTOMER)
    lab.wait(3)
    assert list_notices(lab) == [] and not lab.world.calls


def test_a_ring_tone_makes_way_for_the_notice() -> None:
    """Asterisk would play the notice behind the tone."""
    lab = dialing(lab_with(**NOTICE))
    assert lab.asterisk.tones
    assert lab.ask(Kind.RECORD_START) == "" and not lab.asterisk.tones
    lab.wait(3)
    assert lab.asterisk.tones and list_notices(lab) == [("call", "played")]


def test_a_recording_that_goes_on_after_a_park_has_a_notice_again() -> None:
    lab = talking(lab_with(**RECORDING_WITH_NOTICE, park_recording="STOP"))
    lab.wait(3)
    then(lab, State.PARKED, Kind.PARK_CUSTOMER)
    then(lab, State.TALKING, Kind.GRAB_CUSTOMER)
    lab.wait(3)
    assert list_notices(lab) == [("call", "played"), ("call", "played")]


def test_a_held_party_hears_the_notice_instead_of_music() -> None:
    lab = talking(lab_with(**NOTICE))
    lab.asterisk.hold(PHONE, on=True)
    lab.pump()
    assert lab.asterisk.hears_music(CUSTOMER)
    assert lab.ask(Kind.RECORD_START) == "" and not lab.asterisk.hears_music(CUSTOMER)
    lab.wait(3)
    assert lab.asterisk.hears_music(CUSTOMER) and list_notices(lab) == [("call", "played")]


def test_a_notice_without_a_file_is_told_and_the_recording_begins() -> None:
    lab = talking(lab_with(**RECORDING_WITH_NOTICE))
    call = lab.call()
    turn = lab.feed(ev.AudioEnded(call.recording.notice_playing, ok=False))
    assert turn.notes == [f"call {call.id}: the recording_notice did not play; check Asterisk's sounds folder"]
    assert list_notices(lab) == [("call", "failed")] and lab.asterisk.recordings


def test_a_restart_during_the_notice_plays_it_again() -> None:
    lab = talking(lab_with(**RECORDING_WITH_NOTICE))
    restarted(lab)
    lab.wait(3)
    assert list_notices(lab) == [("call", "played")] and lab.asterisk.recordings
    assert [media for channel, media in lab.asterisk.played if channel == CUSTOMER].count(NOTICE_SOUND) == 2


def test_the_recording_begins_under_any_fault_of_the_notice(subtests: pytest.Subtests) -> None:
    for fault in [*FAULTS, InjectedFault.UNAVAILABLE, InjectedFault.DEATH]:
        with subtests.test(fault=fault):
            lab = Faulty(demo_rules(**RECORDING_WITH_NOTICE))
            lab.log_in("1000")
            lab.first[do.PlayBridgeAudio] = fault
            lab.customer()
            lab.wait(12)
            assert lab.struck and lab.asterisk.recordings
            [(kind, notice)] = list_notices(lab)
            assert kind == "call" and notice in ("played", "failed")


def test_a_parked_customer_does_not_hear_a_notice() -> None:
    lab = parked(lab_with(**NOTICE))
    assert lab.ask(Kind.RECORD_START) == "" and list_hearing_channels(lab) == {PHONE}
