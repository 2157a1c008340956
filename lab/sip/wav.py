"""Reads what is in a recording: its tones over time, the silence at its end, the start of a tone."""

import wave
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.sip import tones


@dataclass(frozen=True)
class WavFile:
    """Linear samples of one channel, and their rate in Hz."""

    samples: Sequence[int]
    rate: int = tones.RATE

    @property
    def seconds(self) -> float:
        """Return the length in seconds."""
        return len(self.samples) / self.rate

    def windows(self, wanted: Collection[int], milliseconds: int = 20) -> list[frozenset[int]]:
        """Return the tones heard in each whole window from the start."""
        size = self.rate * milliseconds // 1000
        cut = (self.samples[n : n + size] for n in range(0, len(self.samples) - size + 1, size))
        return [frozenset(hz for hz in wanted if tones.has_tone(part, hz, rate=self.rate)) for part in cut]

    def first(self, hz: int) -> float | None:
        """Return the start of a tone in ms (within about 1 ms), or None."""
        size, hop = self.rate // 50, self.rate // 1000
        found = next((n for n, heard in enumerate(self.windows([hz])) if heard), None)
        if found is None:
            return None
        places = range(max(0, (found - 1) * size), min((found + 1) * size, len(self.samples) - size) + 1, hop)
        levels = [tones.level(self.samples[n : n + size], hz, self.rate) for n in places]
        peak = max(levels)
        place, level = next((at, one) for at, one in zip(places, levels, strict=True) if one >= peak / 2)
        return (place + size * (1 - level / peak)) * 1000 / self.rate

    def tail(self, speakers: Collection[int]) -> float:
        """Return the time without speakers at the end in ms; the whole length if no party ever speaks."""
        backwards = WavFile(self.samples[::-1], self.rate)
        ends = [end for hz in speakers if (end := backwards.first(hz)) is not None]
        return min(ends, default=self.seconds * 1000)


def read(path: str | Path, channel: int = 0) -> WavFile:
    """Read a 16-bit wav file; channel 0 is the left one. Raises ValueError with the file's name for any other file."""
    try:
        with wave.open(str(path)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path} is no wav file: {error or 'it is empty'}") from error
    if width != 2 or channel >= channels:
        raise ValueError(f"{path}: {8 * width} bits, {channels} channels; wanted 16 bits and channel {channel}")
    return WavFile(array("h", frames)[channel::channels], rate)
