"""A question to the running app, through its socket `calls-local`. A caller must not notice the wait for an answer.

The app's live state is in its memory, and no file has it. So nobody pays for an answer that nobody asks for.
"""

import _socket  # the module `socket` costs an AGI script 4 ms
import os
import struct
import time

import msgspec

from warmline.system import heartbeat, local_messages
from warmline.system.frame import LENGTH, frame
from warmline.system.link_sockets import LOCAL
from warmline.system.local_messages import LocalAnswer, LocalHello, LocalRequest, LocalWelcome, ToClient
from warmline.system.unix_paths import short
from warmline.text.coded_error import CodedError

WITHIN = 0.5  # seconds for connecting, asking and the answer together
LARGEST = 64 * 1024  # bytes of a message of the app
PERSON = "script"  # as the app's log names the client

MESSAGES = msgspec.msgpack.Decoder(ToClient)


def ask(run: str, *parts: str) -> LocalAnswer | None:
    """Return the app's answer to GET of the path with these parts below /api/v1; None if the app does not know it.

    The app does not know the live state if it is stopped, stuck or full, or has lost Asterisk. A heartbeat that is
    missing or old tells this at once; otherwise it takes up to WITHIN seconds. Raises CodedError if this user may not
    ask.
    """
    until = time.monotonic() + WITHIN
    age = heartbeat.age(run)
    if age is None or age > heartbeat.STOPPED:
        return None
    try:
        _check_user(run)
        link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            return _asked(link, LOCAL.path(run), "/".join(map(_encoded, parts)), until)
        finally:
            link.close()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _check_user(run: str) -> None:
    """Check that the script has a user whom the app answers. Raises CodedError, OSError."""
    owner = os.stat(f"{run}/{heartbeat.CALLS}").st_uid  # noqa: PTH116 - pathlib costs an AGI script 5 ms
    if os.geteuid() not in (0, owner):
        raise CodedError(
            "script_user_wrong",
            "user {user} may not ask the app about queues and agents; run the script as root or as user {owner}",
            user=os.geteuid(),
            owner=owner,
        )


def _asked(link: "_socket.socket", where: str, path: str, until: float) -> LocalAnswer | None:
    # The limit for `connect`, which fails at once on a socket with Python's own time limit while others wait.
    link.setsockopt(_socket.SOL_SOCKET, _socket.SO_SNDTIMEO, struct.pack("ll", 0, int(WITHIN * 1_000_000)))
    with short(where) as near:
        link.connect(near)
    hello = LocalHello(local_messages.VERSION, PERSON, "")
    link.settimeout(max(until - time.monotonic(), 0.001))
    link.sendall(frame(hello) + frame(LocalRequest("GET", path, {}, b"")))
    welcome = _next(link, until)
    if not isinstance(welcome, LocalWelcome) or not welcome.connected:
        return None
    answer = _next(link, until)
    return answer if isinstance(answer, LocalAnswer) else None


def _next(link: "_socket.socket", until: float) -> ToClient | None:
    """Return the next message, None if the app sends none. Raises OSError, msgspec.DecodeError."""
    size = int.from_bytes(_whole(link, LENGTH, until), "big")
    return MESSAGES.decode(_whole(link, size, until)) if 0 < size <= LARGEST else None


def _whole(link: "_socket.socket", size: int, until: float) -> bytes:
    found = b""
    while len(found) < size:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        link.settimeout(left)
        piece = link.recv(size - len(found))
        if not piece:
            raise ConnectionResetError
        found += piece
    return found


def _encoded(part: str) -> str:
    """Return a part of a path with all but letters and digits percent-encoded; urllib costs a script 5 ms."""
    return "".join(chr(one) if chr(one).isalnum() and one < 128 else f"%{one:02X}" for one in os.fsencode(part))
