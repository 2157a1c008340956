"""Runs the program that makes the sound file of a text, and makes of its file one that Asterisk plays.

The program gets the text on its standard input, and no shell reads it. It has MAKE_SECONDS and FILE_MAX_BYTES, because
a caller waits for it. Scripts that need the same text wait for the one that makes it.
"""

import fcntl
import os
import resource
import shlex
import shutil
import signal
import subprocess
import time
import wave
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import ceil, cos, gcd, pi, sin
from operator import mul
from pathlib import Path
from tempfile import TemporaryDirectory

from warmline.system import speech_files, speech_sweep
from warmline.system.speech_files import SpeechError, SpokenText

ESPEAK = "espeak-ng"
ESPEAK_COMMAND = f"{ESPEAK} -b 1 -v {{voice}} -w {{file}} --stdin"
VOICE, FILE = "{voice}", "{file}"
MAKE_SECONDS = 60.0
LOOK_SECONDS = 0.05  # between two looks whether another script has made the file
FILE_MAX_BYTES = 100 << 20  # about 20 minutes at 44.1 kHz
ERROR_CHARACTERS = 200  # of what the program has written about a failure
NARROW_HERTZ, WIDE_HERTZ = 8000, 16_000
SAMPLE_BYTES = 2
FILTER_CROSSINGS = 8  # of the low-pass filter's sine, to each side: more filter better, and take longer
PASSED_BAND = 0.9  # of the band below half the new rate; the filter needs the rest to fall


def make(spoken_text: SpokenText) -> None:
    """Write the sound of a text to its path, with the extension for its rate. Raises SpeechError."""
    words = _split_command(spoken_text.command, spoken_text.voice)
    path = spoken_text.path
    folder = Path(path).parent
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        _give_to_owner(folder, folder.parent)
        with _lock_name(path), TemporaryDirectory(prefix="making-", dir=folder) as temporary:
            if speech_files.mark_used(path):
                return
            written = Path(temporary, "text.wav")
            _run_program([word.replace(FILE, str(written)) for word in words], spoken_text.text, Path(temporary))
            converted = Path(temporary, "converted.wav")
            extension = _convert(written, converted, words[0])
            converted.chmod(0o640)
            _give_to_owner(converted, folder.parent)
            converted.rename(path + extension)
        speech_sweep.sweep(folder.parent)
    except OSError as error:
        raise SpeechError(
            "speech_folder_unwritable",
            "folder {folder} of spoken texts cannot be written: {reason}; run the script as Asterisk's user, and check "
            "the setting spool",
            folder=folder,
            reason=error.strerror or error,
        ) from None


def _give_to_owner(path: Path, spool: Path) -> None:
    """Let the spool's owner, who is Asterisk's user, read what a script of root has made. Raises OSError."""
    if os.geteuid() == 0:
        owner = spool.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def _split_command(command: str, voice: str) -> list[str]:
    """Return the words of the command, the program first. Raises SpeechError."""
    if not command:
        if not shutil.which(ESPEAK):
            raise SpeechError(
                "speech_program_missing",
                "no program says texts: {program} is not installed; to install it: apt install {program}; or name "
                "another program in the setting speech_command",
                program=ESPEAK,
            )
        command = ESPEAK_COMMAND
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise _invalid_command(command, str(error)) from None
    if not any(FILE in word for word in words[1:]):
        raise _invalid_command(command, f"it has no {FILE}")
    return [word.replace(VOICE, voice) for word in words]


def _invalid_command(command: str, reason: str) -> SpeechError:
    return SpeechError(
        "speech_command_invalid",
        "setting speech_command {command!r} cannot be used: {reason}; allowed: a program with arguments, "
        "such as {example}",
        command=command,
        reason=reason,
        example=ESPEAK_COMMAND,
    )


@contextmanager
def _lock_name(path: str) -> Iterator[None]:
    """Hold the lock of a sound within the block, so that one script makes it. Raises SpeechError, OSError."""
    lock = f"{path}.lock"
    deadline = time.monotonic() + MAKE_SECONDS
    number = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        while True:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise _failure("another script", f"makes the text since more than {MAKE_SECONDS:g} s") from None
                time.sleep(LOOK_SECONDS)
        yield
    finally:
        with suppress(OSError):
            Path(lock).unlink(missing_ok=True)  # whoever waits for it finds the sound, or makes it
        os.close(number)


def _run_program(words: list[str], text: str, folder: Path) -> None:
    """Run the program in a folder, and wait for its end. Raises SpeechError, OSError."""
    with (folder / "errors").open("w+b") as errors:
        try:
            process = subprocess.Popen(
                words,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            raise _failure(words[0], f"cannot be run: {error.strerror}") from None
        with suppress(OSError):  # it has ended
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (FILE_MAX_BYTES, FILE_MAX_BYTES))
        try:
            process.communicate(f"{text}\n".encode(), timeout=MAKE_SECONDS)
        except subprocess.TimeoutExpired:
            raise _failure(words[0], f"did not end within {MAKE_SECONDS:g} s") from None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if process.returncode == -signal.SIGXFSZ:
            raise _failure(words[0], f"wrote more than {FILE_MAX_BYTES:,} bytes")
        if process.returncode:
            errors.seek(0)
            lines = errors.read(FILE_MAX_BYTES // 1000).decode(errors="replace").strip().splitlines() or [""]
            raise _failure(words[0], f"ended with {process.returncode}: {lines[-1][:ERROR_CHARACTERS]}")


def _failure(program: str, reason: str) -> SpeechError:
    name = Path(program).name
    return SpeechError("speech_not_made", "the text cannot be said: {program} {reason}", program=name, reason=reason)


def _convert(written: Path, converted: Path, program: str) -> str:
    """Write the sound in a form that Asterisk plays, and return the extension for it. Raises SpeechError, OSError."""
    try:
        with wave.open(str(written), "rb") as sound:
            if sound.getsampwidth() != SAMPLE_BYTES:
                raise wave.Error(f"its samples have {8 * sound.getsampwidth()} bits")
            rate = sound.getframerate()
            samples = array("h", sound.readframes(sound.getnframes()))[:: sound.getnchannels()]
    except (wave.Error, EOFError, FileNotFoundError, ValueError) as error:
        reason = "there is none" if isinstance(error, FileNotFoundError) else str(error) or "it is empty"
        raise _failure(program, f"has written no WAV file with samples of 16 bits: {reason}") from None
    if rate not in (NARROW_HERTZ, WIDE_HERTZ):
        rate, samples = NARROW_HERTZ, resample(samples, rate)
    with wave.open(str(converted), "wb") as sound:
        sound.setparams((1, SAMPLE_BYTES, rate, len(samples), "NONE", ""))
        sound.writeframes(samples.tobytes())
    return ".wav16" if rate == WIDE_HERTZ else ".wav"


def resample(samples: "array[int]", rate: int) -> "array[int]":
    """Return a sound of `rate` at 8 kHz, without what 8 kHz cannot hold (a low-pass filter by windowed sines).

    A new sample lies between two old ones; the distance repeats after a few samples, so each distance has its weights.
    """
    common = gcd(rate, NARROW_HERTZ)
    steps, stride = NARROW_HERTZ // common, rate // common
    cutoff = PASSED_BAND * min(1.0, NARROW_HERTZ / rate) / 2  # in cycles for each old sample
    reach = ceil(FILTER_CROSSINGS / (2 * cutoff))  # old samples to each side
    weights_of_step = [_filter_weights(step / steps, reach, cutoff) for step in range(steps)]
    silence = array("h", bytes(SAMPLE_BYTES * reach))
    padded = silence + samples + silence
    new_samples = array("h")
    for number in range(len(samples) * steps // stride):
        start, step = divmod(number * stride, steps)
        value = round(sum(map(mul, weights_of_step[step], padded[start : start + 2 * reach])))
        new_samples.append(max(-32768, min(32767, value)))
    return new_samples


def _filter_weights(distance: float, reach: int, cutoff: float) -> list[float]:
    """Return the weights of the samples around a place that is `distance` (0 to 1) behind the sample at `reach`."""
    weights = []
    for number in range(2 * reach):
        place = number - reach - distance
        sine = sin(2 * pi * cutoff * place) / (pi * place) if place else 2 * cutoff
        weights.append(sine * (1 + cos(pi * place / (reach + 1))) / 2)
    total = sum(weights)
    return [weight / total for weight in weights]
