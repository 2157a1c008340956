"""A message on a stream socket: a length of four bytes, then the message in msgpack."""

import msgspec

LENGTH = 4  # bytes, the highest first


def frame(message: object) -> bytes:
    """Return a message as a frame."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(LENGTH, "big") + body
