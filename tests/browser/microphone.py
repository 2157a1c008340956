"""The sound of Chromium's fake microphone: a tone that lab.sip can find."""

import math
import struct
import wave
from pathlib import Path

from lab.sip import tones

RATE = 48000  # samples per second


def tone_file(path: Path, hz: int) -> Path:
    """Write one second of a tone, which Chromium repeats; return the path."""
    step = math.tau * hz / RATE
    samples = (round(tones.AMPLITUDE * math.sin(step * n)) for n in range(RATE))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", one) for one in samples))
    return path
