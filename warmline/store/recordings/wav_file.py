"""Judges a wav file by its own bytes: the measure of the app after a call, of `warmline audit` and of doctor."""

from typing import NamedTuple

HEAD_BYTES = 4096  # enough for every header that Asterisk writes
NO_FILE = "no file was written"
NO_HEADER = "its file has no wav header"
ONLY_ZEROS = "its file has only zeros"
NO_SOUND = "its file has no sound"


class WavHeader(NamedTuple):
    """The place of a file's samples, their number of bytes by the header, and the bytes of a second."""

    start: int
    stated: int
    bytes_per_second: int

    def lacks_lengths(self, size: int) -> bool:
        """Return whether the header of a file of this size was not completed, because it was not closed."""
        return self.start + self.stated > size or (self.stated == 0 and size > self.start)

    def samples(self, size: int) -> int:
        """Return the bytes of samples in a file of this size."""
        return (size - self.start) // 2 * 2 if self.lacks_lengths(size) else self.stated

    def length(self, size: int) -> int:
        """Return the length of a file of this size in milliseconds."""
        return self.samples(size) * 1000 // self.bytes_per_second


def read_header(head: bytes) -> WavHeader | None:
    """Return the header at the beginning of a file; None if this is no wav file."""
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return None
    bytes_per_second, start = 0, 12
    while len(chunk := head[start : start + 8]) == 8:
        length = int.from_bytes(chunk[4:], "little")
        start += 8
        if chunk[:4] == b"data":
            return WavHeader(start, length, bytes_per_second) if bytes_per_second else None
        if chunk[:4] == b"fmt ":
            bytes_per_second = int.from_bytes(head[start + 8 : start + 12], "little")
        start += length + length % 2
    return None


def find_fault(head: bytes, size: int) -> str:
    """Return why a file cannot be heard, or "". `head` are its first HEAD_BYTES, or all of them."""
    if size == 0:
        return NO_FILE
    header = read_header(head)
    if header is None:
        return NO_HEADER if any(head) else ONLY_ZEROS
    return "" if header.length(size) else NO_SOUND
