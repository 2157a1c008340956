"""JSON of Asterisk's, read as what it should be; what cannot be read is an answer like any other that will not do."""

from typing import TypeVar

import msgspec

from ari_app.asterisk.ari_errors import AriError

UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
"""What msgspec raises for JSON that is none, is something else, or is too deep."""

T = TypeVar("T")


def read(data: bytes, shape: type[T]) -> T:
    """An answer as a value of this shape. Raises AriError."""
    try:
        return msgspec.json.decode(data, type=shape)
    except UNREADABLE as error:
        raise AriError(0, f"Asterisk's answer cannot be read: {error}") from None
