"""Reads Asterisk's JSON into typed values; unreadable JSON raises AriError, as a refused request does."""

from typing import Any, TypeVar

import msgspec

from warmline.ari.client.ari_errors import AriError

UNREADABLE_ERRORS = (msgspec.MsgspecError, UnicodeError, RecursionError)
"""The exceptions of msgspec for input that is not JSON, has another shape, or is nested too deep."""

T = TypeVar("T")


def read(body: bytes, answer_type: type[T]) -> T:
    """Return an answer as a value of type `answer_type`. Raises AriError."""
    try:
        return msgspec.json.decode(body, type=answer_type)
    except UNREADABLE_ERRORS as error:
        raise _build_error(error) from None


def read_any(body: bytes) -> Any:
    """Return an answer as plain values. Raises AriError."""
    try:
        return msgspec.json.decode(body)
    except UNREADABLE_ERRORS as error:
        raise _build_error(error) from None


def _build_error(error: Exception) -> AriError:
    return AriError(0, "ari_answer_unreadable", "Asterisk's answer cannot be read: {reason}", reason=error)
