"""A connection to the app of this machine, through its socket in the folder `run`."""

import os
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec

from warmline.centre.app_answer import NOTHING, AppAnswer, AppAway, AsteriskState, NotLoggedIn, full
from warmline.centre.place import OF_MACHINE, TOKEN
from warmline.store.journal.storage_state import StorageState
from warmline.system import systemd_service
from warmline.system.current_user import claimed_name
from warmline.system.link_sockets import LOCAL
from warmline.system.settings import Settings, may_not
from warmline.system.socket_messages import local_messages
from warmline.system.socket_messages.frame import LENGTH, frame
from warmline.system.socket_messages.local_messages import (
    LocalAnswer,
    LocalChunk,
    LocalHello,
    LocalRefusal,
    LocalRequest,
    LocalWelcome,
    ToClient,
)
from warmline.system.systemd_service import CALLS
from warmline.system.unix_paths import shorten_socket_path

CONNECTS_WITHIN = 8.0  # seconds
MESSAGES = msgspec.msgpack.Decoder(ToClient)


class LocalConnection:
    """An open connection to the app. `silent`: seconds of silence after which it fails. Raises AppAway."""

    def __init__(self, settings: Settings, silent: float) -> None:
        self._path, self._silent = LOCAL.path(settings.run), silent
        self._socket = self._connected()
        self._stream = self._socket.makefile("rb")
        try:
            hello = LocalHello(local_messages.VERSION, claimed_name(), own_token())
            with suppress(BrokenPipeError, ConnectionResetError):  # the reason can be read
                self._socket.sendall(frame(hello))
            self._welcome: LocalWelcome = self._next(LocalWelcome)
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()
        self._socket.close()

    def shutdown(self) -> None:
        """End what another thread reads; it closes the connection."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def ask(self, method: str, path: str, query: Mapping[str, str] = NOTHING, body: bytes = b"") -> AppAnswer:
        """Send a request to `path` below /api/v1, and return its answer. Raises AppAway."""
        self._send(LocalRequest(method, path, dict(query), body))
        answer: LocalAnswer = self._next(LocalAnswer)
        return AppAnswer(answer.status, answer.body)

    def follow(self, path: str, query: Mapping[str, str]) -> AppAnswer | Iterator[bytes]:
        """Return the lines of an event stream, or the answer that refuses it. Raises AppAway, also while reading."""
        self._send(LocalRequest("GET", path, dict(query), b""))
        first = self._next(LocalChunk, LocalAnswer)
        return AppAnswer(first.status, first.body) if isinstance(first, LocalAnswer) else self._lines(first)

    def asterisk(self) -> AsteriskState:
        """Return whether the app is connected to Asterisk."""
        return AsteriskState(self._welcome.connected, self._welcome.lost_at)

    def storage(self) -> StorageState:
        """Return whether the app can write its database and its spill file."""
        return StorageState(*self._welcome.storage)

    def unknown(self) -> NotLoggedIn:
        """Return the error of a user whom the app does not know."""
        if own_token():
            return NotLoggedIn(
                "own_token_unknown",
                "the app does not know the token in {variable}; root makes a new one with: {how}",
                variable=TOKEN,
                how="warmline api-token renew NAME",
            )
        return NotLoggedIn(
            "login_missing",
            "only root and the app's user need no login, and this is user {user}; log in with: warmline login",
            user=os.geteuid(),
        )

    def _lines(self, chunk: LocalChunk) -> Iterator[bytes]:
        while chunk.text:
            yield from chunk.text.splitlines(keepends=True)
            chunk = self._next(LocalChunk)

    def _connected(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        # The limit for `connect`, which fails at once on a socket with Python's own time limit while others wait.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", int(CONNECTS_WITHIN), 0))
        try:
            with shorten_socket_path(self._path) as path:
                connection.connect(path)
            connection.settimeout(self._silent)
        except OSError as problem:
            connection.close()
            raise _away(self._path, problem) from None
        return connection

    def _send(self, request: LocalRequest) -> None:
        try:
            self._socket.sendall(frame(request))
        except OSError as problem:
            raise _away(self._path, problem) from None

    def _next(self, *kinds: type[Any]) -> Any:
        """Return the next message, which has one of these types. Raises AppAway."""
        try:
            size = int.from_bytes(self._whole(LENGTH), "big")
            message = MESSAGES.decode(self._whole(size)) if size <= local_messages.LARGEST_ANSWER else None
        except OSError as problem:
            raise _away(self._path, problem) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            message = None
        if isinstance(message, LocalRefusal):
            raise AppAway(message.code, "{why}", why=message.why)
        if not isinstance(message, kinds):
            raise AppAway(
                "socket_of_another", "the program that answers at {where} is not this Warmline", where=self._path
            )
        return message

    def _whole(self, size: int) -> bytes:
        came = self._stream.read(size)
        if len(came) < size:
            raise ConnectionResetError
        return came


def own_token() -> str:
    """Return the API token in the environment, for the app's socket; "" for root, who needs none."""
    return "" if os.geteuid() == 0 else os.environ.get(TOKEN, "").strip()


def _away(where: str, problem: OSError) -> AppAway:
    """Return the error of a connection that failed."""
    match problem:
        case FileNotFoundError() if os.geteuid() != 0 and not any(name in os.environ for name in (*OF_MACHINE, TOKEN)):
            return AppAway(
                "app_not_here",
                "no app was started on this machine: {file} does not exist; log in at another with: warmline login "
                "URL; start this one with: {start}",
                file=where,
                start=systemd_service.start(),
            )
        case FileNotFoundError():
            return AppAway(
                "app_not_started",
                "the app was not started: {file} does not exist; start it with: {start}",
                file=where,
                start=systemd_service.start(),
            )
        case PermissionError():
            why = problem.strerror
            return AppAway(
                "socket_closed", "{file} cannot be reached: {why}; {hint}", file=where, why=why, hint=may_not()
            )
        case ConnectionResetError() | BrokenPipeError() | BlockingIOError() if not systemd_service.is_down(CALLS):
            return full(where)
        case TimeoutError():
            return AppAway("app_silent", "the app at {where} does not answer in time; see its log", where=where)
    return AppAway(
        "app_away",
        "the app does not answer at {where}: {why}; start it with: {start}",
        where=where,
        why=problem.strerror or str(problem),
        start=systemd_service.start(),
    )
