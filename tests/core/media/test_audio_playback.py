"""An agent's audio in the bridge: started, replaced, paused, stopped; none plays after the agent has left."""

from tests.core.core_stage import CUSTOMER, PHONE, SILENT, heard, lab_with, parked, restarted, talking, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.audio_messages import AudioEnded
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

SOUND_FILE = "ss-noservice"


def get_playing_file(lab: Driver) -> str:
    """Return the files that play in Asterisk; a paused file counts as playing."""
    [media] = {lab.call().audio.files} if lab.asterisk.audio else {""}
    return media


def play_audio() -> Driver:
    lab = talking(lab_with())
    assert lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE) == ""
    return lab


def test_all_parties_in_the_room_hear_the_audio_until_its_end() -> None:
    lab = play_audio()
    assert heard(lab, CUSTOMER, SOUND_FILE) == heard(lab, PHONE, SOUND_FILE) == 1
    assert get_playing_file(lab) == SOUND_FILE
    lab.wait(10)
    assert (get_playing_file(lab), lab.call().audio.files, lab.call().audio.playing) == ("", "", "")
    assert lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE) == ""
    assert heard(lab, CUSTOMER, SOUND_FILE) == 2


def test_a_parked_customer_hears_music_during_the_audio() -> None:
    lab = parked(lab_with())
    lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE)
    assert (heard(lab, CUSTOMER, SOUND_FILE), heard(lab, PHONE, SOUND_FILE)) == (0, 1)


def test_one_at_a_time_unless_it_is_asked_for_instead() -> None:
    lab = play_audio()
    assert lab.ask(Kind.AUDIO_PLAY, message="other").startswith(f"{SOUND_FILE} is playing")
    assert lab.ask(Kind.AUDIO_PLAY, message="other", dial_override=True) == ""
    assert (get_playing_file(lab), len(lab.asterisk.audio)) == ("other", 1)


def test_stopped_audio_ends_and_a_second_stop_is_refused() -> None:
    lab = play_audio()
    assert lab.ask(Kind.AUDIO_STOP) == ""
    assert (get_playing_file(lab), lab.call().audio.files) == ("", "")
    assert lab.ask(Kind.AUDIO_STOP) == "no audio is playing"


def test_paused_it_does_not_end() -> None:
    lab = play_audio()
    for _ in range(2):
        assert lab.ask(Kind.AUDIO_PAUSE) == ""
    lab.wait(60)
    assert get_playing_file(lab) == SOUND_FILE
    for _ in range(2):
        assert lab.ask(Kind.AUDIO_RESUME) == ""
    lab.wait(10)
    assert get_playing_file(lab) == ""


def test_restarted_audio_begins_from_the_start_when_paused() -> None:
    lab = play_audio()
    lab.ask(Kind.AUDIO_PAUSE)
    assert lab.ask(Kind.AUDIO_RESTART) == ""
    assert (heard(lab, CUSTOMER, SOUND_FILE), len(lab.asterisk.audio)) == (2, 1)
    lab.wait(10)
    assert get_playing_file(lab) == ""


def test_audio_stops_when_the_agent_leaves() -> None:
    lab = three_way(lab_with())
    lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    assert (lab.asterisk.audio, lab.call().audio.files) == ({}, "")


def test_without_a_call_there_is_no_room() -> None:
    lab = lab_with()
    assert lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE) == "the agent has no live call"
    assert talking(lab).ask(Kind.AUDIO_PLAY) == "which sound file to play is not said"


def test_a_ring_tone_pauses_while_audio_plays() -> None:
    lab = play_audio()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    lab.wait(0.5)
    assert lab.call().state is State.DIALING and not lab.asterisk.tones
    lab.ask(Kind.AUDIO_STOP)
    assert list(lab.asterisk.tones) == [lab.call().audio.tone]
    lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE)
    assert not lab.asterisk.tones and get_playing_file(lab) == SOUND_FILE


def test_a_file_that_is_not_there_is_noted_and_the_next_one_plays() -> None:
    lab = play_audio()
    turn = lab.feed(AudioEnded(lab.call().last_audio_id, ok=False))
    assert lab.call().audio.files == "" and SOUND_FILE in turn.notes[0]
    assert lab.ask(Kind.AUDIO_PLAY, message="other") == ""
    lab.feed(
        ActionFailed(
            do.PlayBridgeAudio(lab.call().last_audio_id, lab.call().mixing_bridge_id, "sound:other"), 500, "no"
        )
    )
    assert lab.call().audio.files == ""


def test_a_pause_that_fails_is_none() -> None:
    lab = play_audio()
    lab.ask(Kind.AUDIO_PAUSE)
    lab.feed(ActionFailed(do.PauseBridgeAudio(lab.call().last_audio_id, on=True), 500, "no"))
    assert not lab.call().audio.paused


def test_after_a_restart_nothing_plays() -> None:
    lab = restarted(play_audio())
    assert (lab.asterisk.audio, lab.call().audio.files) == ({}, "")
    assert lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE) == ""


def test_the_end_of_something_else_changes_nothing() -> None:
    lab = play_audio()
    for audio_id in ("audio-x-1", "audio-", "x", f"audio-{lab.call().id}-9"):
        lab.feed(AudioEnded(audio_id))
    assert get_playing_file(lab) == SOUND_FILE
