"""A question to the running app, through its socket `calls-local`. A caller must not notice the wait for an answer.

The live state is in the app's memory. A file of it would have to be written after each change, even if no script asks.
The messages are those of warmline/system/socket_messages/local_messages.py; msgspec would need time to start.
"""

import _socket  # the module `socket` costs an AGI script 4 ms
import os
import time

from warmline.system import heartbeat_file
from warmline.system.socket_messages.small_msgpack import pack, unpack
from warmline.system.unix_paths import shorten_socket_path
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from typing import Any

ANSWER_TIMEOUT_SECONDS = 0.5  # for connecting, asking and the answer together
MESSAGE_MAX_BYTES = 64 * 1024  # of a message of the app
LENGTH_BYTES = 4  # before each message: its length
SOCKET_NAME = "calls-local"
PROTOCOL_VERSION = 1
CLIENT_NAME = "script"  # the name that the client gives
OK_STATUS, NOT_FOUND_STATUS = 200, 404


def ask(run_folder: str, *path_parts: str) -> "tuple[int, Any] | None":
    """Ask GET of the path with these parts below /api/v1; return the status and the JSON of the app's answer.

    Returns None if the app does not know the live state: it is stopped, stuck or full, or has lost Asterisk. A
    heartbeat that is missing or old shows this immediately; otherwise it takes up to ANSWER_TIMEOUT_SECONDS. Raises
    CodedError if this user may not ask.
    """
    deadline = time.monotonic() + ANSWER_TIMEOUT_SECONDS
    age_seconds = heartbeat_file.get_age_seconds(run_folder)
    if age_seconds is None or age_seconds > heartbeat_file.STOPPED_SECONDS:
        return None
    try:
        _check_user(run_folder)
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            return _exchange_messages(
                connection, f"{run_folder}/{SOCKET_NAME}", "/".join(map(_percent_encode, path_parts)), deadline=deadline
            )
        finally:
            connection.close()
    except (OSError, ValueError):
        return None


def _check_user(run_folder: str) -> None:
    """Check that the script has a user whom the app answers. Raises CodedError, OSError."""
    owner = os.stat(f"{run_folder}/{heartbeat_file.CALLS_FILE}").st_uid  # noqa: PTH116 - pathlib costs an AGI script 5 ms
    if os.geteuid() not in (0, owner):
        raise CodedError(
            "script_user_wrong",
            "user {user} may not ask the app about queues and agents; run the script as root or as user {owner}",
            user=os.geteuid(),
            owner=owner,
        )


def _exchange_messages(
    connection: "_socket.socket", socket_path: str, path: str, deadline: float
) -> "tuple[int, Any] | None":
    # `connect` needs a limit of its own: with Python's, it fails immediately while other scripts wait to be accepted.
    connection.setsockopt(_socket.SOL_SOCKET, _socket.SO_SNDTIMEO, _to_timeval(ANSWER_TIMEOUT_SECONDS))
    with shorten_socket_path(socket_path) as short_path:
        connection.connect(short_path)
    connection.settimeout(max(deadline - time.monotonic(), 0.001))
    hello = _to_frame(("LocalHello", PROTOCOL_VERSION, CLIENT_NAME, ""))
    connection.sendall(hello + _to_frame(("LocalRequest", "GET", path, {}, b"")))
    match _read_message(connection, deadline):
        case ["LocalWelcome", True, *_]:  # connected to Asterisk
            pass
        case _:
            return None
    match _read_message(connection, deadline):
        case ["LocalAnswer", int(status), bytes(body)]:
            import json  # only after an answer

            return status, json.loads(body or b"null")
    return None


def _read_message(connection: "_socket.socket", deadline: float) -> object:
    """Return the next message. Raises OSError, ValueError."""
    message_bytes = int.from_bytes(_read_bytes(connection, LENGTH_BYTES, deadline), "big")
    if message_bytes > MESSAGE_MAX_BYTES:
        raise ValueError(f"a message has {message_bytes} bytes; the app sends at most {MESSAGE_MAX_BYTES}")
    return unpack(_read_bytes(connection, message_bytes, deadline))


def _read_bytes(connection: "_socket.socket", byte_count: int, deadline: float) -> bytes:
    received_bytes = b""
    while len(received_bytes) < byte_count:
        remaining_seconds = deadline - time.monotonic()
        if remaining_seconds <= 0:
            raise TimeoutError
        connection.settimeout(remaining_seconds)
        chunk = connection.recv(byte_count - len(received_bytes))
        if not chunk:
            raise ConnectionResetError
        received_bytes += chunk
    return received_bytes


def _to_frame(message: "tuple[object, ...]") -> bytes:
    body = pack(message)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def _to_timeval(seconds: float) -> bytes:
    """Return a time as the kernel takes it: two numbers of the machine's word."""
    import _struct  # the module `struct` in C

    return _struct.pack("ll", int(seconds), int(seconds % 1 * 1_000_000))


def _percent_encode(part: str) -> str:
    """Return a part of a path with all but letters and digits percent-encoded; urllib costs a script 5 ms."""
    encoded_text = ""
    for byte in os.fsencode(part):
        is_unreserved = byte < 128 and chr(byte).isalnum()
        encoded_text += chr(byte) if is_unreserved else f"%{byte:02X}"
    return encoded_text
