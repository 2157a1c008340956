"""Messages of a connection: in pieces, several at once, unreadable, and after the end."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

import pytest

from ari_app.link.frames import FrameError, FrameProtocol
from ari_app.link.messages import Refusal, StateBegins
from warmline.system.socket_messages.frame import frame

FIRST, SECOND = Refusal("first"), Refusal("second")


class Transport(asyncio.Transport):
    is_aborted = False

    def abort(self) -> None:
        self.is_aborted = True


class Received(NamedTuple):
    """The messages after each part, whether the connection was ended here, and its error."""

    said: list[list[Refusal]]
    is_aborted: bool
    error: Exception | None


def received(
    *parts: bytes, take: Callable[[Refusal], None] = lambda _: None, lost: Exception | None = None
) -> Received:
    """Let these parts come, then the end of the connection with this error."""

    async def go() -> Received:
        found: list[Refusal] = []
        said: list[list[Refusal]] = []

        def taken(message: Refusal) -> None:
            take(message)
            found.append(message)

        protocol, transport = FrameProtocol[Refusal](Refusal, 100, taken), Transport()
        protocol.connection_made(transport)
        for part in parts:
            protocol.data_received(part)
            said.append(found.copy())
        is_aborted = transport.is_aborted
        protocol.connection_lost(lost)
        (error,) = await asyncio.gather(protocol.ended, return_exceptions=True)
        return Received(said, is_aborted, error if isinstance(error, Exception) else None)

    return asyncio.run(go())


def test_a_message_is_given_when_its_last_byte_has_come() -> None:
    sent = frame(FIRST) + frame(SECOND)
    found = received(*(sent[place : place + 1] for place in range(len(sent))))
    assert [len(said) for said in found.said] == [0] * (len(frame(FIRST)) - 1) + [1] * len(frame(SECOND)) + [2]
    assert found.said[-1] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\0\0\0\0", "frame_size"),
        (frame(Refusal("x" * 100)), "frame_size"),
        (b"\0\0\0\1\xc1", "frame_unreadable"),
        (frame(StateBegins(b"")), "frame_unreadable"),
    ],
)
def test_a_part_that_is_no_message_ends_the_connection(sent: bytes, code: str) -> None:
    found = received(frame(FIRST) + sent + frame(SECOND), frame(SECOND))
    assert found.said == [[FIRST], [FIRST]] and found.is_aborted
    assert isinstance(found.error, FrameError) and found.error.code == code


def test_the_error_of_a_taken_message_ends_the_connection() -> None:
    def take(message: Refusal) -> None:
        raise KeyError(message.why)

    found = received(frame(FIRST) + frame(SECOND), take=take)
    assert found.is_aborted and repr(found.error) == "KeyError('first')"


def test_the_error_of_the_socket_is_raised() -> None:
    assert isinstance(received(lost=ConnectionResetError()).error, ConnectionResetError)
