"""Converts a finished recording at the lowest priority. The wav file stays beside the new file."""

import asyncio
import contextlib
import hashlib
import logging
from pathlib import Path

from ari_app.process.logs import about_recording
from warmline.core.messages.recording_messages import RecordingConverted
from warmline.store.recordings.wav_file import HEAD_BYTES
from warmline.system import recording_formats

log = logging.getLogger("warmline.ari_app.conversion")

WITHIN = 900.0  # seconds for one file
POLITE = ("nice", "-n", "19")  # calls on the same machine come first


async def converted(folder: Path, name: str, form: str) -> RecordingConverted:
    """Convert NAME.wav to NAME.FORM, completely or not at all; the result has the cause if no program succeeds."""
    target = folder / f"{name}.{form}"
    part = folder / f"{name}.{form}.part"
    cause = recording_formats.MISSING
    try:
        for line in recording_formats.commands(form, folder / f"{name}.wav", part):
            part.unlink(missing_ok=True)  # a program whose worker was killed may still write there
            cause = await _run(line) or await asyncio.to_thread(_fault, part)
            if not cause:
                part.rename(target)
                size, digest = await asyncio.to_thread(_measured, target)
                return RecordingConverted(name, str(target), size, digest)
    except OSError as error:
        cause = error.strerror or str(error)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    log.warning("recording %s was not converted and stays a wav file: %s", name, cause, extra=about_recording(name))
    return RecordingConverted(name, cause=cause)


async def _run(line: list[str]) -> str:
    """Run a program to its end; return its error, or ""."""
    process = await asyncio.create_subprocess_exec(
        *POLITE, *line, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=-1
    )
    try:
        async with asyncio.timeout(WITHIN):
            _, stderr = await process.communicate()
    except TimeoutError:
        return f"{line[0]}: not done within {WITHIN:.0f} seconds"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return recording_formats.said(line, process.returncode or 0, stderr) if process.returncode else ""


def _fault(path: Path) -> str:
    """Return why a converted file cannot be heard, whatever its program said; "" if it can. Raises OSError."""
    with open(path, "rb") as file:
        return "" if any(file.read(HEAD_BYTES)) else "the converted file is empty"


def _measured(path: Path) -> tuple[int, str]:
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, digest
