"""The person on the phone in a test: the keys that they press, what they hear, and what is recorded of them."""

import wave
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from warmline.agi.caller_audio import BLOCK_MS, SAMPLE_BYTES, SAMPLE_RATES
from warmline.agi.testing.known_sounds import KnownSounds, MissingSound

PAUSE_KEY = ","  # in keys
ALL_KEYS = "0123456789*#"
OTHER_KEYS = "ABCDabcd"  # of military telephones
END_KEY = "#"
DEFAULT_SAMPLE_RATE = 8000


class CallerSide:
    """The keys that a caller has still to press, what they have heard, and the files of their recordings."""

    def __init__(self, keys: str, sounds: Iterable[str] | Path) -> None:
        """Raise ValueError if a key does not exist."""
        self.keys = deque(keys.replace(" ", ""))
        if unknown := set(self.keys) - {*ALL_KEYS, *OTHER_KEYS, PAUSE_KEY}:
            allowed = f"{ALL_KEYS}, {OTHER_KEYS}, spaces, and {PAUSE_KEY!r} for a prompt without a key"
            raise ValueError(f"keys {keys!r} have {min(unknown)!r}; allowed: {allowed}")
        self.heard: list[str] = []
        self.recorded: list[str] = []
        self.missing_sound = ""
        self._sounds = KnownSounds(sounds)

    def play(self, sound: str) -> None:
        """Hear a sound. Raises MissingSound."""
        if sound and sound not in self._sounds:
            self.missing_sound = f"there is no sound {sound!r}; give its name in Call(sounds=…) if it is your own"
            raise MissingSound(self.missing_sound)
        if sound:
            self.heard.append(sound)

    def take_key(self, allowed_keys: str) -> int:
        """Return the code of the key that ends a prompt, 0 for none. A key that the prompt does not take stays."""
        if allowed_keys and self.keys and self.keys[0] in allowed_keys + PAUSE_KEY:
            key = self.keys.popleft()
            return 0 if key == PAUSE_KEY else ord(key)
        return 0

    def take_keys(self, max_keys: int, end_key: str = END_KEY) -> tuple[str, bool]:
        """Return the keys up to the last one that a prompt takes, and whether it waits for more until its timeout."""
        taken_keys = ""
        while self.keys and len(taken_keys) < max_keys:
            key = self.keys.popleft()
            if key == PAUSE_KEY:
                break
            if key == end_key:
                return taken_keys, False
            taken_keys += key
        return taken_keys, len(taken_keys) < max_keys

    def record(self, file: str, file_format: str) -> None:
        """Record the caller to a file, which is empty if it does not exist."""
        self.recorded.append(file)
        if file.startswith("/"):
            with suppress(OSError):  # Asterisk, too, answers without a folder
                Path(f"{file}.{file_format}").touch()  # a sound that exists stays as it is


class SpokenAudio:
    """What the caller says to a script that EAGI() has called: bytes as Asterisk sends them, or a file of wav."""

    def __init__(self, audio: bytes | str | Path) -> None:
        """Raise ValueError if the file is not of one channel with 16 bits, or Asterisk has no such format."""
        self.format_name = ""  # of EAGI_AUDIO_FORMAT, '' for the default
        self._samples, rate = (audio, DEFAULT_SAMPLE_RATE) if isinstance(audio, bytes) else _read_wav(Path(audio))
        self._block_bytes = rate * BLOCK_MS // 1000 * SAMPLE_BYTES
        if rate != DEFAULT_SAMPLE_RATE:
            self.format_name = next(name for name, known_rate in SAMPLE_RATES.items() if known_rate == rate)

    def take_block(self) -> bytes:
        """Return the next block, b"" at the end."""
        block, self._samples = self._samples[: self._block_bytes], self._samples[self._block_bytes :]
        return block


def _read_wav(file: Path) -> tuple[bytes, int]:
    with wave.open(str(file), "rb") as sound:
        shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
        if shape[:2] != (1, SAMPLE_BYTES) or shape[2] not in SAMPLE_RATES.values():
            rates = ", ".join(map(str, SAMPLE_RATES.values()))
            raise ValueError(f"{file} has {shape[0]} channels, {shape[1] * 8} bits, {shape[2]} samples a second; "
                             f"allowed: 1 channel, 16 bits, one of {rates}")  # fmt: skip
        return sound.readframes(sound.getnframes()), shape[2]
