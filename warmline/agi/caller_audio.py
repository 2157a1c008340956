"""What the caller says, as sound: Asterisk gives it to a script that the dialplan calls by EAGI().

Asterisk writes the audio to a pipe as it comes, also while a command plays or waits. It drops what the pipe cannot
hold. The pipe stays open after a hang-up, as long as the script runs. So when no audio comes, the script asks Asterisk
whether the caller is still there. A phone on hold, or one that leaves silence out, sends no audio either.
"""

import fcntl
import os
import select
from collections.abc import Callable, Iterator
from contextlib import suppress

from warmline.agi.channel import AGI, AUDIO_FILE_NUMBER
from warmline.agi.protocol import AGIHangup
from warmline.text.coded_error import CodedError

SAMPLE_BYTES = 2
BLOCK_MS = 20  # as long as a packet of most phones
READ_BYTES = 65536
PIPE_BYTES = 1 << 20  # Linux allows it to every user: 65 s at 8000 samples a second
SILENT_MS = 500  # without audio, until Asterisk is asked whether the caller is still there
FORMAT_VARIABLE = "EAGI_AUDIO_FORMAT"  # of the dialplan
SAMPLE_RATES = {
    "slin": 8000, "slin12": 12000, "slin16": 16000, "slin24": 24000, "slin32": 32000, "slin44": 44100, "slin48": 48000,
    "slin96": 96000, "slin192": 192000,
}  # fmt: skip


class AudioError(CodedError):
    """A script cannot get the caller's audio."""


class CallerAudio:
    """What the caller says: samples of 16 bits, little endian, one channel. Its end is the hang-up.

    `sample_rate` is in samples a second: 8000, or what EAGI_AUDIO_FORMAT sets in the dialplan, such as slin16. Use it
    in the thread that sends commands.
    """

    def __init__(self, agi: AGI) -> None:
        """Raise CodedError if the dialplan has called the script by AGI(), or asks for another format."""
        if agi.env.get("agi_enhanced") != "1.0":
            raise AudioError("script_without_audio", "the dialplan called AGI(), which has no audio; call EAGI()")
        name = agi.get_variable(FORMAT_VARIABLE) or "slin"
        if name not in SAMPLE_RATES:
            raise AudioError(
                "audio_format_unknown",
                "{variable} is {name!r}; allowed: {names}",
                variable=FORMAT_VARIABLE,
                name=name,
                names=", ".join(SAMPLE_RATES),
            )
        self.sample_rate = SAMPLE_RATES[name]
        self._agi = agi
        self._buffer = b""
        self._is_open = True
        # The caller of a test gives its audio itself.
        self._receive: Callable[[], bytes] | None = getattr(agi.stdin, "receive_audio", None)
        if self._receive is None:
            with suppress(OSError):  # a smaller pipe will do
                fcntl.fcntl(AUDIO_FILE_NUMBER, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def read(self, length: int) -> bytes:
        """Wait for audio and return it, `length` in milliseconds; less, or nothing, after the caller hung up."""
        byte_count = self.sample_rate * length // 1000 * SAMPLE_BYTES
        while self._is_open and len(self._buffer) < byte_count:
            chunk = self._receive() if self._receive else self._read_pipe()
            self._is_open = bool(chunk)
            self._buffer += chunk
        block, self._buffer = self._buffer[:byte_count], self._buffer[byte_count:]
        return block

    def blocks(self, length: int = BLOCK_MS) -> Iterator[bytes]:
        """Yield block after block, `length` in milliseconds each, until the caller hangs up."""
        while block := self.read(length):
            yield block

    def skip(self) -> None:
        """Forget the audio that has come so far, such as during a prompt."""
        self._buffer = b""
        while self._receive is None and self._is_open and self._has_audio(0):
            self._is_open = bool(os.read(AUDIO_FILE_NUMBER, READ_BYTES))

    def _read_pipe(self) -> bytes:
        """Wait for audio; return b"" if the caller hangs up."""
        while not self._has_audio(SILENT_MS):
            try:
                self._agi.channel_status()
            except AGIHangup:
                return b""
        return os.read(AUDIO_FILE_NUMBER, READ_BYTES)

    def _has_audio(self, timeout_ms: int) -> bool:
        poll = select.poll()
        poll.register(AUDIO_FILE_NUMBER, select.POLLIN)
        return bool(poll.poll(timeout_ms))
