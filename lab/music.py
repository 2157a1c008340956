"""Music on hold that differs from every voice: a tone in a wav file."""

import math
import struct
import wave
from pathlib import Path

HZ = 2300
RATE = 8000
SECONDS = 10
AMPLITUDE = 6000
PERIOD = 80  # samples: 23 waves


def write(path: Path) -> None:
    """Write 10 s of 2300 Hz, 8 kHz mono; the periods are complete, so that the loop has no click."""
    step = 2 * math.pi * HZ / RATE
    samples = [round(AMPLITUDE * math.sin(step * n)) for n in range(PERIOD)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{PERIOD}h", *samples) * (RATE * SECONDS // PERIOD))
