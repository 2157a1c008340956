"""Texts that scripts say: the program that makes the sound, the file that is kept, and what can go wrong."""

import asyncio
import math
import os
import sys
import threading
import time
import wave
from array import array
from collections.abc import Callable
from contextlib import suppress
from operator import mul
from pathlib import Path

import pytest

from tests.agi.other_end import OtherEnd
from tests.wording.said import refused
from warmline import agi
from warmline.agi import AGI, AGIHangup, CodedError
from warmline.agi.testing import Call, new_database
from warmline.ari import connect
from warmline.ari.speech_sounds import SpeechSounds
from warmline.ari.testing import world
from warmline.store.database.reading import reading
from warmline.store.privacy import subject_access
from warmline.store.privacy.waiting_notes import WaitingNotes
from warmline.system import speech_files, speech_program, speech_sweep

# A program that notes its text and voice, and writes a second of a tone of 1 kHz.
PROGRAM = """
import array, math, sys, wave
voice, file, rate = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = sys.stdin.buffer.read().decode()
open({log!r}, "a").write(f"{{voice}}|{{text!r}}\\n")
with wave.open(file, "wb") as sound:
    sound.setparams((1, 2, rate, 0, "NONE", ""))
    sound.writeframes(array.array("h", (int(9000 * math.sin(2 * math.pi * 1000 * n / rate)) for n in range(rate))))
"""
STEREO = PROGRAM.replace("((1, 2", "((2, 2").replace("in range(rate)", "in range(rate) for _ in range(2)")
HANGS = "import time; time.sleep(60)"
FAILS = "import sys; sys.stderr.write('loading\\nno such voice'); sys.exit(3)"
WRITES_TEXT = "import sys; open(sys.argv[2], 'w').write('no sound')"
WRITES_NOTHING = ""
WRITES_TOO_MUCH = "import signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n" + (
    "open(sys.argv[2], 'wb').write(bytes(200_000))"
)
Program = Callable[..., Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return a function that sets the program of texts, and returns the file in which `PROGRAM` notes its texts."""
    log = tmp_path / "log"
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path / "spool"))

    def install(code: str = PROGRAM.format(log=str(log)), rate: int = 22050) -> Path:
        file = tmp_path / "speak.py"
        file.write_text(code)
        command = f"{sys.executable} -ISE {file} {{voice}} {{file}} {rate}"
        monkeypatch.setenv("WARMLINE_SPEECH_COMMAND", command)
        return log

    return install


def files(tmp_path: Path) -> list[str]:
    return sorted(file.name for file in (tmp_path / "spool/speech").glob("*"))


def prepare(text: str) -> str:
    """Let the sound of a text be made, and return its path."""
    spoken_text = speech_files.find(text)
    assert spoken_text
    speech_files.make(spoken_text)
    return spoken_text.path


def play(text: str, **options: object) -> list[list[str]]:
    """Say a text to a caller, and return the commands."""
    with OtherEnd() as asterisk:
        agi.say_text(AGI(asterisk.stdin, asterisk.stdout, sighup=False), text, **options)  # type: ignore[arg-type]
        return asterisk.heard


def test_a_text_is_made_once_and_played_each_time(program: Program, tmp_path: Path) -> None:
    log = program()
    [first] = play('Hello "Zoë",\n\tpress 1 \N{GRINNING FACE}\x07', voice="en-us", keys="12")
    assert first == ["STREAM", "FILE", str(tmp_path / "spool/speech" / Path(first[2]).name), "12", "0"]
    assert [first] == play('Hello "Zoë", press 1 \N{GRINNING FACE}', voice="en-us", keys="12")
    assert log.read_text() == "en-us|'Hello \"Zoë\", press 1 \N{GRINNING FACE}\\n'\n"
    [other_voice] = play('Hello "Zoë", press 1 \N{GRINNING FACE}')
    assert log.read_text().splitlines()[1].startswith("en|") and other_voice[2] != first[2]
    assert files(tmp_path) == sorted(f"{Path(words[2]).name}.wav" for words in (first, other_voice))
    assert play(" \n\0") == [] and len(log.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("code", "rate", "made_rate", "ending"),
    [
        (PROGRAM, 8000, 8000, "wav"),
        (PROGRAM, 16000, 16000, "wav16"),
        (PROGRAM, 22050, 8000, "wav"),
        (PROGRAM, 48000, 8000, "wav"),
        (STEREO, 16000, 16000, "wav16"),
    ],
    ids=["8000", "16000", "22050", "48000", "16000 stereo"],
)
def test_a_sound_has_a_rate_that_asterisk_plays(
    program: Program, tmp_path: Path, code: str, rate: int, made_rate: int, ending: str
) -> None:
    program(code.format(log=str(tmp_path / "log")), rate)
    play("tone")
    [file] = (tmp_path / "spool/speech").glob("*")
    with wave.open(str(file)) as sound:
        assert (file.suffix, sound.getframerate(), sound.getnchannels()) == (f".{ending}", made_rate, 1)
        samples = array("h", sound.readframes(sound.getnframes()))
    assert len(samples) == made_rate, "it lasts a second"
    assert loudness(samples, 1000, made_rate) == pytest.approx(9000, rel=0.02)
    assert all(loudness(samples, hertz, made_rate) < 200 for hertz in (500, 2000, 3000, 3700))


def loudness(samples: "array[int]", hertz: int, rate: int) -> float:
    """Return how loud a tone is in a sound."""
    turns = [2 * math.pi * hertz * number / rate for number in range(len(samples))]
    sine, cosine = (sum(map(mul, samples, map(part, turns))) for part in (math.sin, math.cos))
    return 2 * math.hypot(sine, cosine) / len(samples)


def test_what_8_khz_cannot_hold_is_not_heard_as_another_tone() -> None:
    high = array("h", (int(9000 * math.sin(2 * math.pi * 6000 * n / 22050)) for n in range(22050)))
    narrow = speech_program.resample(high, 22050)
    assert max(map(abs, narrow[200:-200])) < 100


def test_a_private_text_leaves_no_file(program: Program, tmp_path: Path) -> None:
    program()
    sounds = []

    class Caller(AGI):
        def stream_file(self, filename: str, escape_digits: object = "", sample_offset: int = 0) -> str:
            sounds.extend(files(tmp_path))
            raise AGIHangup("the caller hung up")

    with OtherEnd() as asterisk, suppress(AGIHangup):
        agi.say_text(Caller(asterisk.stdin, asterisk.stdout, sighup=False), "Dear Ms Byron", private=True)
    assert len(sounds) == 1 and sounds[0].startswith("private-") and files(tmp_path) == []


def test_callers_who_need_the_same_text_wait_for_one_program(program: Program, tmp_path: Path) -> None:
    log = program(f"import time; time.sleep(0.3)\n{PROGRAM.format(log=str(tmp_path / 'log'))}")
    threads = [threading.Thread(target=prepare, args=("Hello",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(log.read_text().splitlines()) == 1 and len(files(tmp_path)) == 1


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (FAILS, "ended with 3: no such voice"),
        (HANGS, "did not end within 0.5 s"),
        (WRITES_TEXT, "has written no WAV file with samples of 16 bits: file does not start with RIFF id"),
        (WRITES_NOTHING, "has written no WAV file with samples of 16 bits: there is none"),
        (WRITES_TOO_MUCH, "wrote more than 100,000 bytes"),
    ],
)
def test_a_program_that_fails_is_told_and_leaves_nothing(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, reason: str
) -> None:
    program(code)
    monkeypatch.setattr(speech_program, "MAKE_SECONDS", 0.5 if code == HANGS else 20)
    monkeypatch.setattr(speech_program, "FILE_MAX_BYTES", 100_000)
    with refused(CodedError, "speech_not_made", program=Path(sys.executable).name, reason=reason):
        play("Hello")
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("", "speech_program_missing"),
        ("say {file} 'x", "speech_command_invalid"),
        ("say -v {voice}", "speech_command_invalid"),
        ("/nowhere/say {file}", "speech_not_made"),
    ],
)
def test_a_machine_without_a_program_says_what_to_install(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, code: str
) -> None:
    monkeypatch.setenv("WARMLINE_SPEECH_COMMAND", command)
    monkeypatch.setenv("PATH", str(tmp_path))
    with refused(CodedError, code):
        play("Hello")


def test_values_that_cannot_be_said(program: Program, tmp_path: Path) -> None:
    log = program()
    play("é" * 10_000)
    assert log.stat().st_size > 20_000
    with refused(CodedError, "speech_text_too_long", length=10_001):
        play("x" * 10_001)
    for voice in ("-w/etc/x", "../x", "a b", "$(id)"):
        with refused(CodedError, "speech_voice_invalid", voice=voice):
            play("Hello", voice=voice)
    (tmp_path / "spool/speech").rename(tmp_path / "old")
    (tmp_path / "spool/speech").touch()
    with refused(CodedError, "speech_folder_unwritable"):
        play("Hello")


def test_old_files_and_those_of_killed_scripts_are_deleted(program: Program, tmp_path: Path) -> None:
    program()
    folder, now_seconds = tmp_path / "spool/speech", time.time()
    (folder / "making-x").mkdir(parents=True)
    ages = {"old.wav": 31 * 86400, "used.wav": 29 * 86400, "private-a.wav": 4000, "private-b.wav": 60, "x.lock": 4000}
    for name, age in ages.items():
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (now_seconds - age, now_seconds - age))
    (folder / "making-x/text.wav").touch()
    os.utime(folder / "making-x", (now_seconds - 4000, now_seconds - 4000))
    prepare("Hello")
    assert set(files(tmp_path)) >= {"used.wav", "private-b.wav"} and len(files(tmp_path)) == 3


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of another user's")
def test_a_sound_of_root_belongs_to_the_owner_of_the_spool(program: Program, tmp_path: Path) -> None:
    program()
    (tmp_path / "spool").mkdir()
    os.chown(tmp_path / "spool", 65534, 65534)
    paths = [Path(f"{prepare('Hello')}.wav"), tmp_path / "spool/speech"]
    assert [(path.stat().st_uid, path.stat().st_mode & 0o777) for path in paths] == [(65534, 0o640), (65534, 0o750)]


def test_the_files_together_have_a_limit(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program()
    monkeypatch.setattr(speech_sweep, "MAX_TOTAL_BYTES", 40_000)
    paths = []
    for number in range(3):
        paths.append(prepare(f"text {number}"))
        os.utime(f"{paths[-1]}.wav", (number + time.time() - 100,) * 2)
        speech_files.mark_used(paths[0])
    speech_sweep.sweep(tmp_path / "spool")
    assert files(tmp_path) == sorted(f"{Path(paths[number]).name}.wav" for number in (0, 2))


def test_an_erasure_deletes_all_texts(program: Program, tmp_path: Path) -> None:
    program()
    with reading(new_database(tmp_path / "warmline.db")) as db:
        person = subject_access.find(db, "15551234")
    play("Dear Ms Byron")
    (tmp_path / "spool/speech/making-x").mkdir()
    assert WaitingNotes(tmp_path / "spool").erase(person).left == ()
    assert files(tmp_path) == []


def test_the_worlds_of_tests_hear_the_text() -> None:
    def script(caller: AGI) -> None:
        caller.answer()
        assert agi.say_text(caller, "Press\n1", voice="en-us", keys="1") == "1"
        with refused(CodedError, "speech_text_too_long", length=10_001):
            agi.say_text(caller, "x" * 10_001)

    assert Call(keys="1").run(script).heard == ["say_text: Press 1"]

    async def call() -> list[str]:
        async with world() as telephones:
            person = telephones.party("15551234", keys={"say_text: Press 1": "1"})
            async with connect("menu") as ari:
                called = await ari.call("15551234")
                assert called.channel and await called.channel.say_text("Press 1", private=True) == "1"
            return person.heard

    assert asyncio.run(call()) == ["say_text: Press 1"]


def test_a_program_that_hangs_holds_up_no_other_text_of_an_ari_script(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program()
    prepare("again")
    release, run_program = threading.Event(), speech_program._run_program

    def hang(words: list[str], text: str, folder: Path) -> None:
        release.wait(10)
        run_program(words, text, folder)

    async def say(sounds: SpeechSounds, text: str, *, private: bool = False) -> None:
        spoken_text = speech_files.find(text, private=private)
        assert spoken_text
        async with sounds.provide(spoken_text, private=private):
            pass

    async def main() -> None:
        sounds = SpeechSounds()
        tasks = [asyncio.create_task(say(sounds, "Dear Ms Byron", private=True)) for _ in range(3)]
        await asyncio.sleep(0)
        await say(sounds, "again")
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        release.set()
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})  # the threads that go on
        await asyncio.sleep(0)  # for what they do at their end

    monkeypatch.setattr(speech_program, "_run_program", hang)
    asyncio.run(main())
    assert len(files(tmp_path)) == 1
