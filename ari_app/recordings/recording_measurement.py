"""Recordings on disk: repairs files that a crash left unfinished, then measures them."""

import contextlib
import hashlib
import logging
import time
from pathlib import Path

from ari_app.process.logs import about_recording
from warmline.core.messages.recording_messages import RecordingMeasured
from warmline.store.recordings import wav_file
from warmline.store.recordings.wav_file import HEAD_BYTES, WavHeader

log = logging.getLogger("warmline.ari_app.recordings")


def measure(folder: Path, name: str) -> RecordingMeasured:
    """Return what the finished file holds; zeros if it does not exist. See RecordingMeasured.

    Asterisk writes the lengths into the header when it closes the file. If Asterisk died first, they are repaired here.
    Asterisk makes the file readable for all users; this function restricts it to its owner and group.
    Raises OSError if the file exists but cannot be read or repaired.
    """
    path = folder / f"{name}.wav"
    _close(path)
    try:
        with open(path, "rb") as file:
            found, head = path.stat(), file.read(HEAD_BYTES)
        header = wav_file.read_header(head)
        mended = header is not None and header.lacks_lengths(found.st_size)
        if header and mended:
            _mend(path, header, found.st_size)
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError) as error:
        log.warning("recording %s cannot be read: %s", path, error.strerror, extra=about_recording(name))
        return RecordingMeasured(name, "", 0, 0, "")
    size = found.st_size
    if fault := wav_file.find_fault(head, size):
        log.warning("recording %s cannot be heard: %s", path, fault, extra=about_recording(name))
    return RecordingMeasured(
        name,
        str(path),
        size,
        header.length(size) if header else 0,
        digest,
        mended,
        fault,
        max(0, time.time_ns() - found.st_mtime_ns) // 1_000_000,
    )


def _close(path: Path) -> None:
    with contextlib.suppress(OSError):  # the file of another user: its folder keeps others out
        path.chmod(path.stat().st_mode & 0o770)


def _mend(path: Path, header: WavHeader, size: int) -> None:
    with open(path, "r+b") as file:
        file.seek(4)
        file.write((size - 8).to_bytes(4, "little"))
        file.seek(header.start - 4)
        file.write(header.samples(size).to_bytes(4, "little"))
    text = "the header of %s was repaired: Asterisk did not close the file"
    log.info(text, path, extra=about_recording(path.stem))
