"""The frames of a WebSocket, as far as a proxy needs them: the end of each, and the content of a text frame."""

from collections.abc import Iterator

LONGER = {126: 2, 127: 8}  # bytes of a length that does not fit into the second byte
FINAL_TEXT = 0x81
MASKED = 0x80


def whole(buffer: bytearray) -> Iterator[bytes]:
    """Remove the complete frames from the buffer, and yield them."""
    while len(buffer) >= 2:
        head, size = _head(buffer)
        if len(buffer) < head or len(buffer) < head + size:
            return
        frame = bytes(buffer[: head + size])
        del buffer[: head + size]
        yield frame


def payload(frame: bytes) -> bytes:
    """Return the content of a complete frame; a client's frames are masked."""
    head, _ = _head(frame)
    said = frame[head:]
    if not frame[1] & MASKED:
        return said
    mask = frame[head - 4 : head]
    return bytes(byte ^ mask[n % 4] for n, byte in enumerate(said))


def text(said: bytes) -> bytes:
    """Return a server's text frame with this content."""
    size = len(said)
    length = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big")
    return bytes([FINAL_TEXT]) + length + said


def _head(frame: bytes | bytearray) -> tuple[int, int]:
    """Return the number of bytes before the content, and the content's length."""
    short = frame[1] & 0x7F
    more = LONGER.get(short, 0)
    size = int.from_bytes(frame[2 : 2 + more], "big") if more else short
    return 2 + more + (4 if frame[1] & MASKED else 0), size
