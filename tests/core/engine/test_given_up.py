"""One request to Asterisk is refused, or done after the app gave it up: the result is the same as without the fault."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    SILENT,
    files,
    in_seat,
    is_dispo,
    meanwhile,
    recordings,
    set_up,
    slowly,
    then,
    together,
)
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.injected_faults import REFUSED, Faulty, InjectedFault
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.leg import Role

NOT_DONE = (*REFUSED, InjectedFault.LOST)


def in_scene(scene: str) -> Faulty:
    """Return agent 1000 with a recorded customer in this scene, without a fault so far."""
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS"))
    lab.log_in("1000")
    set_up(lab, scene)
    return lab


@pytest.mark.fault(
    "Asterisk refuses a request (4xx, 5xx), or answers after the app has given up",
    "a correction within half a second: a late tone or music ends, and a party who joined twice hears the call",
    "the same as without the fault; a request that cannot be repeated has failed, with Asterisk's text as the cause",
)
@pytest.mark.parametrize("fault", NOT_DONE)
def test_a_ring_tone_that_continues_is_stopped_again(fault: InjectedFault) -> None:
    lab = in_scene("dialing")
    lab.first[do.StopBridgeAudio] = fault
    lab.ask(Kind.HANGUP_XFER)
    assert lab.asterisk.tones
    lab.wait(3)
    assert lab.struck and not lab.asterisk.tones
    assert together(lab, CUSTOMER, PHONE)


@pytest.mark.parametrize("fault", NOT_DONE)
def test_a_rooms_music_that_goes_on_is_stopped_again(fault: InjectedFault) -> None:
    lab = in_scene("asking")
    lab.first[do.StopBridgeMusic] = fault
    lab.ask(Kind.HANGUP_XFER)
    assert lab.asterisk.room_music
    lab.wait(3)
    assert lab.struck and not lab.asterisk.room_music


def test_an_app_that_dies_twice_leaves_no_tone() -> None:
    lab = in_scene("dialing")
    lab.first[do.HangUpLeg] = lab.first[do.StopBridgeAudio] = InjectedFault.DEATH
    lab.ask(Kind.HANGUP_XFER)
    lab.wait(5)
    assert [fault for fault, _ in lab.struck] == [InjectedFault.DEATH, InjectedFault.DEATH]
    assert set(lab.asterisk.tones) <= {call.audio.tone for call in lab.world.calls.values()}


def test_a_tone_that_never_stops_is_asked_for_twice_a_second() -> None:
    lab = in_scene("dialing")
    lab.asked.clear()
    lab.ask(Kind.HANGUP_XFER)
    for _ in range(5):
        lab.first[do.StopBridgeAudio] = InjectedFault.BROKEN
        lab.wait(0.5)
    assert sum(isinstance(action, do.StopBridgeAudio) for action in lab.asked) <= 6


@pytest.mark.parametrize("fault", NOT_DONE)
def test_a_recording_that_goes_on_is_stopped_again(fault: InjectedFault) -> None:
    lab = in_scene("talking")
    lab.first[do.StopRecording] = fault
    lab.ask(Kind.RECORD_STOP)
    assert lab.asterisk.recordings
    lab.wait(3)
    assert lab.struck and not lab.asterisk.recordings
    assert recordings(lab) == [("call", "campaign_recording=ALLCALLS")]


@pytest.mark.parametrize("fault", [InjectedFault.TOO_LATE, InjectedFault.REPEATED])
def test_an_agent_who_came_into_the_room_twice_hears_it(fault: InjectedFault) -> None:
    lab = in_scene("rescue")
    lab.plan = {1: fault}  # of the phone's join
    lab.wait(10)
    assert isinstance(lab.struck[0][1], do.AddToBridge)
    assert together(lab, CUSTOMER, lab.session().leg or "")


def test_unconfirmed_silence_of_a_previous_seat_is_stopped() -> None:
    lab = in_scene("rescue")
    lab.plan = {
        1: InjectedFault.TOO_LATE,
        6: InjectedFault.ANSWER_LOST,
    }  # the phone joins the bridge twice, and is idle in between
    lab.wait(15)
    assert [type(action) for _, action in lab.struck] == [do.AddToBridge, do.PlaySilence]
    assert together(lab, CUSTOMER, lab.session().leg or "")


def test_an_agent_whose_silence_a_dead_app_was_about_to_end_hears_the_room() -> None:
    lab = in_scene("rescue")
    lab.plan = {1: InjectedFault.REPEATED, 4: InjectedFault.DEATH}
    lab.wait(15)
    assert [(fault, type(action)) for fault, action in lab.struck] == [
        (InjectedFault.REPEATED, do.AddToBridge),
        (InjectedFault.DEATH, do.PlaySilence),
    ]
    assert together(lab, CUSTOMER, lab.session().leg or "")


@pytest.mark.parametrize("fault", NOT_DONE)
def test_an_agent_whose_silence_continues_soon_hears_the_customer(fault: InjectedFault) -> None:
    lab = Faulty(demo_rules())
    lab.log_in("1000")
    lab.first[do.PlaySilence] = fault
    lab.customer()
    lab.wait(4)
    assert lab.struck and together(lab, CUSTOMER, PHONE)


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.ANSWER_LOST, InjectedFault.TOO_LATE, InjectedFault.DEATH])
def test_an_agent_not_removed_at_the_end_of_the_call_returns_to_the_seat(fault: InjectedFault) -> None:
    lab = in_scene("talking")
    lab.first[do.RemoveFromBridge] = fault
    lab.hang_up(CUSTOMER)
    lab.wait(8)
    assert lab.struck and in_seat(lab) and is_dispo(lab)
    assert not lab.world.calls and not lab.asterisk.bridges


@pytest.mark.parametrize("fault", [InjectedFault.TOO_LATE, InjectedFault.REPEATED])
def test_a_party_added_to_a_holding_bridge_twice_hears_music(fault: InjectedFault) -> None:
    lab = in_scene("talking")
    lab.first[do.AddToBridge] = fault
    lab.ask(Kind.PARK_CUSTOMER)
    lab.wait(6)
    assert lab.struck and lab.asterisk.hears_music(CUSTOMER)
    lab.hang_up(CUSTOMER)
    lab.hang_up(PHONE)
    assert not lab.asterisk.bridges


@pytest.mark.parametrize("fault", [InjectedFault.BROKEN, InjectedFault.UNAVAILABLE])
def test_a_spot_that_is_there_and_has_no_music_gets_it(fault: InjectedFault) -> None:
    lab = then(in_scene("parked"), State.TALKING, Kind.GRAB_CUSTOMER)
    assert isinstance(lab, Faulty)
    lab.first[do.CreateHoldingBridge] = fault
    assert lab.ask(Kind.PARK_CUSTOMER) == ""
    lab.wait(1)
    assert lab.struck and lab.asterisk.hears_music(CUSTOMER)


def test_a_recording_that_was_only_answered_late_goes_on_and_is_kept() -> None:
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS"))
    lab.log_in("1000")
    lab.first[do.StartRecording] = InjectedFault.ANSWER_LOST
    set_up(lab, "talking")
    lab.wait(5)
    assert lab.struck and len(lab.asterisk.recordings) == len(lab.world.recordings) == 1


@pytest.mark.fault("Asterisk refuses a request (4xx, 5xx), or answers after the app has given up")
def test_a_recording_that_begins_after_the_timeout_continues_and_is_kept() -> None:
    lab = begun_too_late()
    lab.wait(5)
    assert len(lab.asterisk.recordings) == 1
    lab.hang_up(CUSTOMER)
    [row] = files(lab)
    assert (row.status, row.cause) == ("kept", "")


def test_a_recording_with_unseen_start_and_end_is_kept() -> None:
    lab = begun_too_late()
    lab.wait(2.5)  # given up, and not begun
    with slowly(lab):
        meanwhile(lab, 1)
        lab.asterisk.hang_up(CUSTOMER)
        lab.asterisk.hang_up(PHONE)
        lab.asterisk.out.clear()
    lab.feed_together(difference(lab.asterisk, lab.world))
    lab.wait(10)
    [row] = files(lab)
    assert (row.status, row.cause) == ("kept", "") and row.length and row.path


def test_a_recording_with_an_unseen_start_is_stopped_before_its_measurement() -> None:
    lab = begun_too_late()
    lab.wait(2.5)  # given up, and not begun
    with slowly(lab):
        meanwhile(lab, 1)
        lab.asterisk.out.clear()  # the start is not received
    lab.wait(10)
    [row] = [recording for recording in files(lab) if recording.ended]
    assert row.id not in lab.asterisk.recordings and (row.status, row.cause) == ("kept", "") and row.length


def test_a_recording_that_never_begins_has_failed() -> None:
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS"))
    lab.log_in("1000")
    lab.first[do.StartRecording] = InjectedFault.LOST
    set_up(lab, "talking")
    lab.wait(15)
    [row] = files(lab)
    assert lab.struck and (row.status, row.cause) == ("failed", "Asterisk: a fault (0)")
    assert lab.ask(Kind.RECORD_START) == "" and len(lab.asterisk.recordings) == 1


@pytest.mark.parametrize("fault", [*REFUSED, InjectedFault.LOST, InjectedFault.DEATH])
def test_a_recording_that_begins_when_it_was_given_up_and_is_not_wanted_any_more_is_stopped(
    fault: InjectedFault,
) -> None:
    lab = begun_too_late()
    lab.ask(Kind.RECORD_STOP)
    lab.wait(2.5)  # given up, and not begun
    lab.first[do.StopRecording] = fault
    lab.wait(15)
    assert len(lab.struck) == 2
    [row] = files(lab)
    assert not lab.asterisk.recordings and row.status == "kept"


def begun_too_late() -> Faulty:
    """Return agent 1000 with a customer; the answer about their recording is late, but it runs."""
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS"))
    lab.log_in("1000")
    lab.first[do.StartRecording] = InjectedFault.TOO_LATE
    set_up(lab, "talking")
    return lab


def test_a_recording_that_a_dead_app_was_about_to_stop_is_stopped() -> None:
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    lab.log_in("1000")
    set_up(lab, "three_way")
    lab.first[do.StopRecording] = InjectedFault.DEATH
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(5)
    assert lab.struck
    [call, handoff] = files(lab)
    assert call.status == "kept" and list(lab.asterisk.recordings) == [handoff.id]


@pytest.mark.parametrize("kind", [do.CreateChannel, do.DialLeg])
def test_a_third_party_who_answers_an_unconfirmed_dial_stays(kind: type[do.Action]) -> None:
    lab = in_scene("talking")
    lab.first[kind] = InjectedFault.ANSWER_LOST
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    third = lab.third()
    lab.asterisk.after(1.0, third, "up")
    lab.wait(10)
    assert lab.struck and lab.call().state is State.THREE_WAY
    assert together(lab, CUSTOMER, PHONE, third)


@pytest.mark.parametrize("fault", NOT_DONE)
def test_a_microphone_that_was_to_go_off_as_the_call_ended_goes_on_again(fault: InjectedFault) -> None:
    lab = in_scene("talking")
    lab.plan = {1: InjectedFault.LATE, 7: fault}
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    lab.ask(Kind.MUTE)
    lab.wait(10)
    assert lab.struck[-1] == (fault, do.MuteInbound(PHONE, on=False))
    assert not lab.asterisk.channels[PHONE].muted and not lab.world.receipts


@pytest.mark.parametrize("fault", NOT_DONE)
def test_a_beep_that_is_over_is_hung_up_again(fault: InjectedFault) -> None:
    lab = Faulty(demo_rules())
    lab.log_in("1000")
    lab.first[do.HangUpLeg] = fault
    set_up(lab, "talking")
    lab.wait(5)
    assert isinstance(lab.struck[0][1], do.HangUpLeg)
    assert Role.WHISPER not in {leg.role for leg in lab.world.legs.values()}
    assert len(lab.asterisk.channels) == 2


def test_a_room_is_recorded_without_a_break_when_the_app_dies_in_a_leave() -> None:
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    lab.log_in("1000")
    set_up(lab, "three_way")
    lab.first[do.StartRecording] = InjectedFault.DEATH
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.asked.clear()
    lab.wait(5)
    action_classes = [type(action) for action in lab.asked if isinstance(action, do.StartRecording | do.StopRecording)]
    assert lab.struck and action_classes[:2] == [do.StartRecording, do.StopRecording]
    [call, handoff] = [recording for recording in files(lab) if recording.status != "failed"]
    assert call.status == "kept" and list(lab.asterisk.recordings) == [handoff.id]


@pytest.mark.parametrize("fault", NOT_DONE)
def test_an_undialled_third_party_is_hung_up_while_another_is_dialled(
    fault: InjectedFault,
) -> None:
    lab = in_scene("talking")
    lab.first[do.DialLeg], lab.first[do.HangUpLeg] = InjectedFault.BROKEN, fault
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    lab.wait(2.1 if fault is InjectedFault.LOST else 0.1)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    lab.wait(5)
    assert [type(action) for _, action in lab.struck] == [do.DialLeg, do.HangUpLeg]
    assert sorted(lab.asterisk.channels) == sorted([CUSTOMER, PHONE, lab.third()])
