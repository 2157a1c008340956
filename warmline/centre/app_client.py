"""Requests to the app: over HTTP as the person of a login, or through the socket of this machine."""

import os
from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from warmline.centre import place
from warmline.centre.app_answer import NOTHING, AppAnswer, AppAway, AppRefused, InvalidInput, code, detail
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.database.errors import NotFound
from warmline.system.settings import Settings, SettingsError, load

if TYPE_CHECKING:
    from warmline.centre.local_connection import LocalConnection
    from warmline.centre.remote_connection import RemoteConnection

WITHIN = 8.0  # seconds; the app needs up to 5 for a command

PAGE = 1000  # rows of a list in one answer


def here() -> Place:
    """Return the place in which this command acts. Raises LoginError, SettingsError."""
    return place.login() or settings_of_user()


def records() -> Place:
    """Return the same for a command that reads the database of this machine. Raises LoginError, SettingsError."""
    return place.login() or load()


def connect(where: Place, silent: float = WITHIN) -> "RemoteConnection | LocalConnection":
    """Return a connection to the app of a place; only the transport that it needs is loaded.

    `silent`: seconds of silence after which the connection fails. Raises AppAway.
    """
    return choose(where, lambda settings: _local(settings, silent), lambda login: _remote(login, silent))


def _remote(login: AppLogin, silent: float) -> "RemoteConnection":
    from warmline.centre.remote_connection import RemoteConnection

    return RemoteConnection(login, silent)


def _local(settings: Settings, silent: float) -> "LocalConnection":
    from warmline.centre.local_connection import LocalConnection

    return LocalConnection(settings, silent)


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


def get(where: Place, path: str, query: Mapping[str, str] = NOTHING, silent: float = WITHIN) -> Any:
    """Return the JSON at `path` below /api/v1; `silent` as in `connect`.

    Raises AppAway, AppRefused, NotFound.
    """
    return decoded(read(where, path, query, silent))


def read(where: Place, path: str, query: Mapping[str, str] = NOTHING, silent: float = WITHIN) -> bytes:
    """Return what is at `path`, such as a file. Raises the same."""
    answer = _answer(where, "GET", path, query, silent=silent)
    _check_input(answer)
    if answer.status != HTTPStatus.OK:
        raise AppAway("app_answer", "the app answers: {why}", why=detail(answer.body))
    return answer.body


def pages(where: Place, path: str, query: Mapping[str, str], cursor: str, most: int) -> list[dict[str, Any]]:
    """Return at most `most` rows of a list that comes in pages; `cursor` is the field that `after` continues from.

    Raises AppAway, AppRefused, NotFound.
    """
    found: list[dict[str, Any]] = []
    while len(found) < most:
        limit = min(PAGE, most - len(found))
        after = {"after": str(found[-1][cursor])} if found else {}
        page = get(where, path, {**query, **after, "limit": str(limit)})
        found += page
        if len(page) < limit:
            break
    return found


def post(where: Place, path: str, command: Mapping[str, object]) -> Any:
    """Send a command, and return its receipt. Raises AppAway, AppRefused, NotFound."""
    try:
        return send(where, "POST", path, command)
    except InvalidInput as refused:  # only the app can judge a command, on each machine
        raise AppRefused(refused.code, "{why}", why=refused) from None


def send(
    where: Place,
    method: str,
    path: str,
    given: Mapping[str, object] | None = None,
    query: Mapping[str, str] = NOTHING,
    silent: float = WITHIN,
) -> Any:
    """Send a request that the app may refuse, such as a change; return the JSON of its answer, None if it has none.

    `silent` as in `connect`. Raises AppAway, AppRefused, NotFound.
    """
    answer = _answer(where, method, path, query, b"" if given is None else msgspec.json.encode(given), silent)
    _check_input(answer)
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise AppRefused(code(answer.body), "{why}", why=detail(answer.body))
    return decoded(answer.body) if answer.body else None


def decoded(body: bytes) -> Any:
    """Return the JSON of an answer. Raises AppAway if it is none, as of a proxy or of another program."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        start = body[:40].decode("utf-8", "replace")
        raise AppAway(
            "answer_not_json",
            "the answer is not Warmline's, it begins with {start!r}; is the address right?",
            start=start,
        ) from None


def _check_input(answer: AppAnswer) -> None:
    """Check that the app could read what it was given. Raises InvalidInput."""
    if answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
        raise InvalidInput(code(answer.body), "{why}", why=detail(answer.body))


def _answer(
    where: Place, method: str, path: str, query: Mapping[str, str], body: bytes = b"", silent: float = WITHIN
) -> AppAnswer:
    if "" in path.split("/"):
        raise NotFound("name_empty", "the name is empty; give the name of an entry")
    with closing(connect(where, silent)) as app:
        answer = app.ask(method, path, query, body)
        check_rights(app, answer)
    return answer


def check_rights(app: "RemoteConnection | LocalConnection", answer: AppAnswer) -> None:
    """Check that the app let this user do what was asked, and found it. Raises AppRefused, NotFound."""
    if answer.status == HTTPStatus.UNAUTHORIZED:
        raise app.unknown()
    if answer.status == HTTPStatus.FORBIDDEN:
        raise AppRefused(code(answer.body), "{why}", why=detail(answer.body))
    if answer.status == HTTPStatus.NOT_FOUND:
        raise NotFound("app_not_found", "{why}", why=detail(answer.body))
