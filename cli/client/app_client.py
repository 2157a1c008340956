"""Reads the live state from the running app, and sends it commands, through the socket in the folder `run`."""

import os
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from http import HTTPStatus
from typing import Any

import msgspec

from cli.client import own_token, systemd_service
from cli.output.current_user import claimed_name
from warmline.store.database.errors import NotFound
from warmline.system import local_messages
from warmline.system.frame import LENGTH, frame
from warmline.system.link_sockets import LOCAL
from warmline.system.local_messages import (
    LocalAnswer,
    LocalChunk,
    LocalHello,
    LocalRefusal,
    LocalRequest,
    LocalWelcome,
    ToClient,
)
from warmline.system.settings import Settings, SettingsError, load, may_not
from warmline.system.unix_paths import short
from warmline.text.coded_error import CodedError

WITHIN = 8.0  # seconds; the app needs up to 5 for a command
FULL = "it has no place for another connection, or is ending; try again in a moment"
MESSAGES = msgspec.msgpack.Decoder(ToClient)


class AppAway(CodedError):
    """The app does not answer; the text has the address, the reason and the fix."""


class AppRefused(CodedError):
    """The app refused a command; the text says why."""


class LocalConnection:
    """An open connection to the app. `welcome` says whether the app is connected to Asterisk.

    `silent`: seconds of silence after which it fails. `person`: the login name for the journal. Raises AppAway.
    """

    def __init__(self, settings: Settings, silent: float, person: str = "") -> None:
        self._path, self._silent = LOCAL.path(settings.run), silent
        self._socket = self._connected()
        self._stream = self._socket.makefile("rb")
        try:
            hello = LocalHello(local_messages.VERSION, person, own_token.find())
            with suppress(BrokenPipeError, ConnectionResetError):  # the reason can be read
                self._socket.sendall(frame(hello))
            self.welcome = self._next(LocalWelcome)
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()
        self._socket.close()

    def ask(self, method: str, path: str, body: bytes = b"") -> LocalAnswer:
        """Send a request to `path` below /api/v1, and return its answer. Raises AppAway."""
        self._send(LocalRequest(method, path, {}, body))
        answer: LocalAnswer = self._next(LocalAnswer)
        return answer

    def follow(self, path: str, query: dict[str, str]) -> LocalAnswer | Iterator[bytes]:
        """Return the lines of an event stream, or the answer that refuses it. Raises AppAway, also while reading."""
        self._send(LocalRequest("GET", path, query, b""))
        first = self._next(LocalChunk, LocalAnswer)
        return first if isinstance(first, LocalAnswer) else self._lines(first)

    def _lines(self, chunk: LocalChunk) -> Iterator[bytes]:
        while chunk.text:
            yield from chunk.text.splitlines(keepends=True)
            chunk = self._next(LocalChunk)

    def _connected(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        # The limit for `connect`, which fails at once on a socket with Python's own time limit while others wait.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", int(WITHIN), 0))
        try:
            with short(self._path) as path:
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


def settings_of_user() -> Settings:
    """Return the settings for a command that only talks to the app, which users who may not read the file can, too.

    Such a user sets WARMLINE_RUN if the folder is not the usual one. Raises SettingsError.
    """
    try:
        return load()
    except SettingsError as error:
        if not isinstance(error.__context__, PermissionError):
            raise
        return load(os.environ | {"WARMLINE_CONFIG": os.devnull})


def get(settings: Settings, path: str) -> Any:
    """Return the JSON at `path` below /api/v1. Raises AppAway, AppRefused, NotFound."""
    with closing(LocalConnection(settings, WITHIN)) as app:
        answer = app.ask("GET", path)
    check_rights(answer)
    if answer.status != HTTPStatus.OK:
        raise AppAway("app_answer", "the app answers: {why}", why=detail(answer.body))
    return msgspec.json.decode(answer.body)


def post(settings: Settings, path: str, command: Mapping[str, object]) -> Any:
    """Send a command, and return its receipt. Raises AppAway, AppRefused, NotFound."""
    with closing(LocalConnection(settings, WITHIN, claimed_name())) as app:
        answer = app.ask("POST", path, msgspec.json.encode(command))
    check_rights(answer)
    if answer.status != HTTPStatus.CREATED:
        raise AppRefused(code(answer.body), "{why}", why=detail(answer.body))
    return msgspec.json.decode(answer.body)


def check_asterisk(settings: Settings) -> None:
    """Check that the app is connected to Asterisk; otherwise its calls and agents may be out of date.

    Raises AppAway.
    """
    try:
        with closing(LocalConnection(settings, WITHIN)) as app:
            found = app.welcome
    except AppAway:
        return
    if found.connected:
        return
    if not found.lost_at:
        raise AppAway(
            "asterisk_not_seen",
            "Asterisk has not answered since the app started: the app shows its stored state; see: warmline doctor",
        )
    from cli.output.cell_format import moment  # imported here because every command line loads this file

    raise AppAway(
        "asterisk_lost",
        "Asterisk is away since {since}: the app shows the state before that; see: warmline doctor",
        since=moment(found.lost_at, 5),
    )


def check_rights(answer: LocalAnswer) -> None:
    """Check that the app let this user do what was asked, and found it. Raises AppRefused, NotFound."""
    if answer.status == HTTPStatus.UNAUTHORIZED:
        raise own_token.refused()
    if answer.status == HTTPStatus.FORBIDDEN:
        raise AppRefused(code(answer.body), "{why}", why=detail(answer.body))
    if answer.status == HTTPStatus.NOT_FOUND:
        raise NotFound("app_not_found", "{why}", why=detail(answer.body))


def _away(where: str, problem: OSError) -> AppAway:
    """Return the error of a connection that failed. A full app must not be started a second time."""
    match problem:
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
        case ConnectionResetError() | BrokenPipeError() | BlockingIOError():
            return AppAway("app_full", "the app at {where} is full: {why}", where=where, why=FULL)
        case TimeoutError():
            return AppAway("app_silent", "the app at {where} does not answer in time; see its log", where=where)
    return AppAway(
        "app_away",
        "the app does not answer at {where}: {why}; start it with: {start}",
        where=where,
        why=problem.strerror or str(problem),
        start=systemd_service.start(),
    )


def code(body: bytes) -> str:
    """Return the code of a problem document; of any other answer, `app_refused`."""
    try:
        return str(msgspec.json.decode(body)["code"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return "app_refused"


def detail(body: bytes) -> str:
    """Return the sentence of a problem document; of any other answer its text."""
    try:
        problem = msgspec.json.decode(body)
        faults = "; ".join(": ".join(filter(None, (one["field"], one["detail"]))) for one in problem.get("errors", ()))
        return f"{problem['detail']}: {faults}" if faults else str(problem["detail"])
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        return " ".join(body.decode("utf-8", "replace").split())
