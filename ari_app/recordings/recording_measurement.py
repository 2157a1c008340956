"""Recordings on disk: repairs files that a crash left unfinished, then measures them."""

import contextlib
import hashlib
import logging
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ari_app.process.logs import about_recording
from warmline.core.messages.recording_messages import RecordingMeasured

log = logging.getLogger("warmline.ari_app.recordings")


class _Wave(NamedTuple):
    """A wav file's samples: their start, the number of bytes in the header, and the bytes per second."""

    start: int
    told: int
    bytes_per_second: int


def measure(folder: Path, name: str) -> RecordingMeasured:
    """Return the finished file's size in bytes, length in milliseconds and sha256; zeros if it does not exist.

    Asterisk writes the lengths into the header when it closes the file. If Asterisk died first, they are repaired here.
    Asterisk makes the file readable for all users; this function restricts it to its owner and group.
    Raises OSError if the file exists but cannot be read or repaired.
    """
    path = folder / f"{name}.wav"
    _close(path)
    try:
        with open(path, "rb") as file:
            size = path.stat().st_size
            wave = _header(file)
        mended = wave is not None and _is_broken(wave, size)
        if wave and mended:
            _mend(path, wave, size)
            wave = wave._replace(told=_samples(wave, size))
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError) as error:
        log.warning("recording %s cannot be read: %s", path, error.strerror, extra=about_recording(name))
        return RecordingMeasured(name, "", 0, 0, "")
    length = wave.told * 1000 // wave.bytes_per_second if wave else 0
    return RecordingMeasured(name, str(path), size, length, digest, mended)


def _close(path: Path) -> None:
    with contextlib.suppress(OSError):  # the file of another user: its folder keeps others out
        path.chmod(path.stat().st_mode & 0o770)


def _header(file: BinaryIO) -> _Wave | None:
    """Read the header up to the samples; return None if this is no wav file."""
    riff = file.read(12)
    if riff[:4] != b"RIFF" or riff[8:] != b"WAVE":
        return None
    bytes_per_second = 0
    while len(chunk := file.read(8)) == 8:
        length = int.from_bytes(chunk[4:], "little")
        if chunk[:4] == b"data":
            return _Wave(file.tell(), length, bytes_per_second) if bytes_per_second else None
        body = file.read(length + length % 2)
        if chunk[:4] == b"fmt ":
            bytes_per_second = int.from_bytes(body[8:12], "little")
    return None


def _is_broken(wave: _Wave, size: int) -> bool:
    return wave.start + wave.told > size or (wave.told == 0 and size > wave.start)


def _samples(wave: _Wave, size: int) -> int:
    """Return the number of bytes of whole 16-bit samples."""
    return (size - wave.start) // 2 * 2


def _mend(path: Path, wave: _Wave, size: int) -> None:
    with open(path, "r+b") as file:
        file.seek(4)
        file.write((size - 8).to_bytes(4, "little"))
        file.seek(wave.start - 4)
        file.write(_samples(wave, size).to_bytes(4, "little"))
    text = "the header of %s was repaired: Asterisk did not close the file"
    log.info(text, path, extra=about_recording(path.stem))
