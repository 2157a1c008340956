"""The other formats of recordings: the programs that write them, and a check whether this machine has them."""

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

MISSING = "neither sox nor ffmpeg is installed"
WITHIN = 20  # seconds to convert a tenth of a second of sound


def commands(form: str, source: Path, target: Path) -> list[list[str]]:
    """Return the command lines of the installed programs that convert a wav file to a format, in order of preference.

    `target` may have any name, because the format is a separate argument.
    """
    known = (
        ["sox", str(source), "-t", form, str(target)],
        ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(source), "-f", form, str(target)],
    )
    return [line for line in known if shutil.which(line[0])]


def why_not(form: str) -> str:
    """Return why this machine cannot write the format, or ""; it converts a tenth of a second of silence."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "silence.wav", Path(folder) / "converted"
        with wave.open(str(source), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(bytes(1600))
        why = MISSING
        for line in commands(form, source, target):
            try:
                done = subprocess.run(line, capture_output=True, timeout=WITHIN, check=False)
            except (OSError, subprocess.TimeoutExpired) as error:
                why = f"{line[0]}: {error}"
                continue
            if done.returncode == 0 and target.exists() and target.stat().st_size:
                return ""
            why = said(line, done.returncode, done.stderr)
        return why


def said(line: list[str], code: int, stderr: bytes) -> str:
    """Return the last line of a failed program's error output."""
    text = stderr.decode(errors="replace").strip()
    return f"{line[0]}: {text.splitlines()[-1].strip() if text else f'it ended with {code}'}"
