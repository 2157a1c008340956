"""Inputs that a search has found, by entry point."""

from typing import Any

import pytest
from msgspec import Raw

from ari_app.link.first_message import VERSION
from ari_app.link.messages import Heartbeat, Raised, Returned, StatePart, Welcome
from tests.fuzz import ari_events, ari_pictures, call_socket, call_socket_client, sessions
from tests.fuzz.ari_events import Said
from tests.fuzz.call_socket import HELLO
from tests.fuzz.call_socket_client import Hostile
from tests.fuzz.entry_point import Door
from tests.fuzz.hostile import written
from tests.fuzz.sessions import Session
from warmline.system.socket_messages.frame import frame

NEWCOMER = {"id": "THIRD", "state": "Up"}
COMES = {"type": "StasisStart", "channel": NEWCOMER, "args": ["ingroup", "SALESLINE"]}
GOES = {"type": "StasisEnd", "channel": NEWCOMER}
WELCOME = Welcome(VERSION, "beginning")
ROOM_GONE = {"type": "BridgeDestroyed", "bridge": {"id": "ROOM", "channels": []}}


class Drawn:
    """Replaces hypothesis' DataObject: it returns prepared values, one after the other."""

    def __init__(self, *values: object) -> None:
        self._values = iter(values)

    def draw(self, _strategy: object) -> object:
        return next(self._values)


@pytest.mark.parametrize(
    ("door", "found"),
    [
        pytest.param(ari_events.DOOR, Said("message", [written(ROOM_GONE)], False), id="an empty room is said gone"),
        pytest.param(
            ari_pictures.DOOR, ("message", Drawn({("bridges",)}, "other", b"[]")), id="no bridges in the picture"
        ),
        pytest.param(
            ari_events.DOOR, Said("asking", [written(COMES), written(GOES)], False), id="a stranger comes and goes"
        ),
        pytest.param(
            call_socket.DOOR,
            call_socket.Visit("api", [frame(HELLO), frame(b"\x91\xa1\xff")], "shut", 1),
            id="a message to the call process with text that is not UTF-8",
        ),
        pytest.param(
            call_socket_client.DOOR,
            Hostile([frame(WELCOME), frame(StatePart([]))], [], True),
            id="a part of a live state that has not begun",
        ),
        pytest.param(
            call_socket_client.DOOR,
            Hostile([frame(WELCOME), frame(Heartbeat(True, 0))], [Returned(0, Raw(b"\xa1x"))], True),
            id="a command is answered with something else",
        ),
        pytest.param(
            call_socket_client.DOOR,
            Hostile([frame(WELCOME), frame(Heartbeat(True, 0))], [Raised(0, "", "code", "{why}")], True),
            id="a command is answered with braces",
        ),
        pytest.param(sessions.DOOR, Session([], b"# Warmline AGI session 1\n<\n>\n>\n"), id="commands without a word"),
    ],
)
def test_an_input_found_by_a_search_does_no_harm_again(door: Door, found: Any) -> None:
    with door.opened() as attack:
        attack(found)
