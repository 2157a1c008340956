"""The content of a recording is read from its samples."""

import struct
import wave
from pathlib import Path

import pytest

from lab.sip import tones, wav
from lab.sip.tones import AGENT, CUSTOMER, LINEAR, THIRD


def playing(milliseconds: int, *hz: int) -> list[int]:
    """Return the samples of parties who talk at once."""
    parts = [[LINEAR[code] for code in tones.tone_packet(one)] for one in hz]
    cycle = [sum(samples) for samples in zip(*parts, strict=True)] or [0]
    return [cycle[n % len(cycle)] for n in range(milliseconds * 8)]


def write(path: Path, *channels: list[int]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(8000)
        frames = [sample for frame in zip(*channels, strict=True) for sample in frame]
        file.writeframes(struct.pack(f"<{len(frames)}h", *frames))
    return path


def test_windows_show_the_speakers_of_each_moment(tmp_path: Path) -> None:
    samples = playing(500, CUSTOMER, AGENT) + playing(300, CUSTOMER, AGENT, THIRD) + playing(700, CUSTOMER, THIRD)
    found = wav.read(write(tmp_path / "call.wav", samples))
    assert found.seconds == 1.5
    talk = [{CUSTOMER, AGENT}] * 5 + [{CUSTOMER, AGENT, THIRD}] * 3 + [{CUSTOMER, THIRD}] * 7
    assert found.windows((CUSTOMER, AGENT, THIRD), milliseconds=100) == talk
    assert found.windows((AGENT,))[-1] == frozenset()


@pytest.mark.parametrize("silence", [0, 7, 250, 433])
def test_the_tail_is_the_silence_at_the_end(silence: int) -> None:
    found = wav.WavFile(playing(100) + playing(400, CUSTOMER, THIRD) + playing(silence))
    assert found.tail((CUSTOMER, AGENT, THIRD)) == pytest.approx(silence, abs=1.5)
    assert found.tail((AGENT,)) == 500 + silence


@pytest.mark.parametrize("lead", [0, 20, 51, 333])
def test_the_first_sample_of_a_tone_is_found(lead: int) -> None:
    found = wav.WavFile(playing(lead, CUSTOMER) + playing(200, CUSTOMER, THIRD))
    assert found.first(THIRD) == pytest.approx(lead, abs=1.5)
    assert found.first(CUSTOMER) == pytest.approx(0, abs=1.5)
    assert found.first(AGENT) is None


def test_a_channel_is_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "stereo.wav", playing(200, CUSTOMER), playing(200, THIRD))
    assert wav.read(path).windows((CUSTOMER, THIRD))[3] == {CUSTOMER}
    assert wav.read(path, channel=1).windows((CUSTOMER, THIRD))[3] == {THIRD}
    with pytest.raises(ValueError, match=r"stereo\.wav: 16 bits, 2 channels; wanted 16 bits and channel 2"):
        wav.read(path, channel=2)


def test_an_empty_recording_holds_nothing(tmp_path: Path) -> None:
    found = wav.read(write(tmp_path / "empty.wav", []))
    assert (found.seconds, found.windows((AGENT,)), found.first(AGENT), found.tail((AGENT,))) == (0, [], None, 0)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all, but some text"])
def test_a_file_that_is_no_wav_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"bad\.wav is no wav file"):
        wav.read(path)
