"""Reads the head of an HTTP request, as far as the gate needs it."""

from typing import NamedTuple

from warmline.system import gate_protocol
from warmline.system.gate_protocol import EpochAnswerError

END = b"\r\n\r\n"
HEAD_MOST = 16 * 1024  # bytes


class HeadError(ValueError):
    """The head cannot be used; the text says why."""


class FirstHead(NamedTuple):
    """The method of a request, its path without the query, its epoch (0 without one) and its header Authorization."""

    method: str
    path: str
    epoch: int
    authorization: str
    has_body: bool


def read(text: bytes) -> FirstHead:
    """Return the head in a text without the empty line. Raises HeadError."""
    first, *lines = text.decode("latin-1").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise HeadError("it is not an HTTP/1 request")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip():
            raise HeadError("a line is not a header")
        name = name.lower()
        if name in (OF_EPOCH, "authorization") and name in headers:
            raise HeadError(f"header {name} comes twice")
        headers[name] = value.strip()
    try:
        epoch = gate_protocol.epoch_of(headers.get(OF_EPOCH, "0"))
    except EpochAnswerError as error:
        raise HeadError(f"header {gate_protocol.EPOCH_HEADER}: {error}") from None
    has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    return FirstHead(parts[0], parts[1].partition("?")[0], epoch, headers.get("authorization", ""), has_body)


OF_EPOCH = gate_protocol.EPOCH_HEADER.lower()
