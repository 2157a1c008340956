"""Commands that last, texts, speech and the caller's audio, in a real Asterisk and with a phone that speaks."""

import math
import struct
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.agi import speech_engine
from tests.agi.caller import TONE, Caller
from tests.agi.conftest import World
from tests.agi.test_dialplan import only_note
from warmline.agi import AGI, AGIAppError, AGIHangup, AGIUsageError, channel
from warmline.agi.recognized_speech import read_recognized

TONE_HERTZ = 1000


@contextmanager
def talking(world: World) -> Iterator[tuple[Caller, AGI]]:
    """Yield a caller and the script that serves them."""
    try:
        with world.call("8009999999") as phone, world.away() as agi:
            phone.answered()
            yield phone, agi
    finally:
        only_note(world)


def test_a_subroutine_lasts_as_long_as_it_needs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "REPLY_TIMEOUT_SECONDS", 0.3)
    with talking(world) as (_, agi):
        assert agi.gosub("sub", "s", 1, "a", "b", "1") == "a-b"
        assert agi.gosub("sub", "s", "value", "é x=${EXTEN};|", "") == "é x=${EXTEN};|-"
        assert agi.gosub("sub", "s", "value") == "-"
        assert agi.gosub("sub", "lost") == ""
        for target in ("nowhere", "s", 1), ("sub", "nobody", 1), ("sub", "s", "nolabel"), ("sub", "s", 9):
            with pytest.raises(AGIAppError, match=f'GOSUB "{target[0]}"'):
                agi.gosub(*target)
        for argument in "a,b", "a)", '"', "\\", "[":
            with pytest.raises(AGIUsageError, match="subroutine"):
                agi.gosub("sub", "s", "value", argument)
        assert agi.channel_status() == 6
        monkeypatch.setattr(channel, "REPLY_TIMEOUT_SECONDS", 5.0)


def test_a_text_of_the_caller_is_received(world: World) -> None:
    """A SIP phone's text is no text for Asterisk's command; that of a Local channel is."""
    world.pbx.console("channel originate Local/8009999999@from-trunk extension s@texts")
    with world.away() as agi:
        assert agi.receive_text(1) == agi.receive_text(0) == ""
        assert agi.receive_text(-1) == "two (2) tickets"
        with pytest.raises(AGIHangup):
            agi.receive_text(-1)
    only_note(world)


def test_music_plays_until_it_is_stopped(world: World) -> None:
    with talking(world) as (_, agi):
        agi.set_music("on", "default")
        agi.set_music("off")
        agi.asyncagi_break()
        assert agi.channel_status() == 6


def test_speech_is_recognized_by_an_engine_and_refused_without_one(world: World) -> None:
    with talking(world) as (phone, agi):
        with pytest.raises(AGIAppError, match="no speech engine"):
            agi.speech_create("none")
        with pytest.raises(AGIAppError, match="speech_create"):
            agi.speech_recognize("beep")
        with speech_engine.running(world.pbx.engine):
            agi.speech_create("engine")
            agi.speech_set("language", "en")
            for change in (
                lambda: agi.speech_load_grammar("order", "/order"),
                lambda: agi.speech_activate_grammar("order"),
                lambda: agi.speech_deactivate_grammar("order"),
                lambda: agi.speech_unload_grammar("order"),
            ):
                with pytest.raises(AGIAppError, match="refused"):  # this engine has no grammars
                    change()
            agi.send_command("SPEECH RECOGNIZE", "beep", "9")
            phone.send_audio(TONE, 60)
            recognized = read_recognized(agi.get_result())
            assert (recognized.reason, recognized.text, recognized.digit) == ("speech", "two tickets", "")
            assert recognized.guesses == (("two tickets", 870, "order"), ("to tickets", 300, "order"))
            assert agi.speech_recognize("beep", 1)[:2] == ("timeout", "")
            agi.speech_destroy()
            with pytest.raises(AGIAppError):
                agi.speech_destroy()


def test_read_takes_the_keys_of_a_phone(world: World) -> None:
    with talking(world) as (phone, agi):
        agi.send_command("EXEC", '"Read"', '"DIGITS,beep,4,,1,9"')
        phone.press("12#")
        assert agi.get_result()["result"][0] == "0"
        assert (agi.get_variable("DIGITS"), agi.get_variable("READSTATUS")) == ("12", "OK")


LISTENS = """\
#!{python} -Pmwarmline.agi
import os
import wave
from warmline.agi import AGI, run

def listen(agi: AGI) -> None:
    agi.stream_file("beep")
    audio = agi.audio()
    audio.skip()
    with wave.open("{file}.new", "wb") as sound:
        sound.setparams((1, 2, audio.sample_rate, 0, "NONE", ""))
        for block in audio.blocks():
            sound.writeframes(block)
    os.rename("{file}.new", "{file}")

run(listen)
"""


OF_PYST2 = """\
#!{python} -Pmwarmline.agi
import os
import wave
from asterisk.agi import AGI

agi = AGI()
with wave.open("{file}.new", "wb") as sound:
    sound.setparams((1, 2, 8000, 0, "NONE", ""))
    while block := os.read(3, 8000):
        sound.writeframes(block)
os.rename("{file}.new", "{file}")
"""


@pytest.mark.parametrize(
    ("text", "audio_format", "sample_rate", "sighup"),
    [(LISTENS, "slin", 8000, "no"), (LISTENS, "slin16", 16000, "no"), (OF_PYST2, "slin", 8000, "yes")],
)
def test_a_script_of_eagi_hears_the_caller_until_the_hang_up(
    world: World, tmp_path: Path, text: str, audio_format: str, sample_rate: int, sighup: str
) -> None:
    text = text.replace("from asterisk.agi", "from warmline.agi")  # the environment of the tests has pyst2
    (file := tmp_path / "listen").write_text(text.format(python=sys.executable, file=tmp_path / "heard.wav"))
    file.chmod(0o755)
    for name, value in ("OWN", file), ("FORMAT", audio_format), ("SIGHUP", sighup):
        world.pbx.console(f"dialplan set global {name} {value}")
    with world.call("7802") as phone:
        phone.answered()
        phone.send_audio(TONE, 150)
        time.sleep(0.8)  # a phone that leaves silence out
        phone.send_audio(TONE, 50)
    deadline = time.monotonic() + 20
    while not (tmp_path / "heard.wav").exists():
        assert time.monotonic() < deadline, "the script does not end within 20 s after the hang-up"
        time.sleep(0.02)
    with wave.open(str(tmp_path / "heard.wav")) as sound:
        samples = struct.unpack(f"<{sound.getnframes()}h", sound.readframes(sound.getnframes()))
        assert sound.getframerate() == sample_rate
    assert 1.5 < len(samples) / sample_rate < 5
    assert measure_tone(samples, sample_rate) > 0.9


def measure_tone(samples: tuple[int, ...], sample_rate: int) -> float:
    """Return which part of the energy a tone of 1000 Hz has, block by block."""
    tone = total = 0.0
    for start in range(0, len(samples) - sample_rate // 50 + 1, sample_rate // 50):
        block = samples[start : start + sample_rate // 50]
        angles = [2 * math.pi * TONE_HERTZ * index / sample_rate for index in range(len(block))]
        real = sum(sample * math.cos(angle) for sample, angle in zip(block, angles, strict=True))
        imaginary = sum(sample * math.sin(angle) for sample, angle in zip(block, angles, strict=True))
        tone += 2 * (real**2 + imaginary**2) / len(block)
        total += sum(sample**2 for sample in block)
    return tone / total
