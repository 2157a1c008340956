"""An agent's audio in the bridge: started, replaced, paused, stopped; none plays after the agent has left."""

from tests.core.core_stage import CUSTOMER, PHONE, SILENT, heard, lab_with, talking, three_way
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


def test_one_at_a_time_unless_it_is_asked_for_instead() -> None:
    lab = play_audio()
    assert lab.ask(Kind.AUDIO_PLAY, message="other").startswith(f"{SOUND_FILE} is playing")
    assert lab.ask(Kind.AUDIO_PLAY, message="other", dial_override=True) == ""
    assert (get_playing_file(lab), len(lab.asterisk.audio)) == ("other", 1)


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


def test_audio_stops_when_the_agent_leaves() -> None:
    lab = three_way(lab_with())
    lab.ask(Kind.AUDIO_PLAY, message=SOUND_FILE)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    assert (lab.asterisk.audio, lab.call().audio.files) == ({}, "")


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
