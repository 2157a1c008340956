"""Logs a person in and out at an app over HTTP, and asks who a session belongs to."""

import socket
from contextlib import closing, suppress
from http import HTTPStatus
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from warmline.centre import app_client, device_file
from warmline.centre.app_answer import AppRefused, NotLoggedIn, detail
from warmline.centre.app_answer import code as code_of
from warmline.centre.login_file import AppLogin
from warmline.centre.remote_connection import RemoteConnection

LOGIN = "login"  # the path of sessions below /api/v1
CODE_NEEDED = "code_needed"


class SessionMade(Struct):
    """The token of a session that has begun, and the tokens of this device; an older app sends none."""

    token: str
    device: str = ""
    recovery_codes: int | None = None


class Person(Struct):
    """The user of a session, as far as a login keeps it."""

    user: str
    role: str
    agent: str | None = None
    timezone: str | None = None
    must_change: bool = False
    must_enrol: bool = False


class LoggedIn(NamedTuple):
    """A login, and whether its user must first change the password, or enrol a second factor.

    `recovery_codes` is the number of those that are left if the code was one of them, or else None.
    """

    session: AppLogin
    must_change: bool
    must_enrol: bool
    recovery_codes: int | None


def log_in(url: str, user: str, password: str, ca: str, code: str = "") -> LoggedIn:
    """Begin a session at the app, and return it. `ca`: PEM of an authority to trust. Raises AppAway, AppRefused.

    The code of the error is CODE_NEEDED if the user has a second factor and `code` is empty.
    """
    asked = {"user": user, "password": password, "program": f"warmline on {socket.gethostname()}"}
    if code:
        asked["code"] = code
    if device := device_file.of(url):
        asked["device"] = device
    with closing(RemoteConnection(AppLogin(url, "", ca=ca), app_client.WITHIN)) as app:
        answer = app.ask("POST", LOGIN, body=msgspec.json.encode(asked))
        if answer.status not in (HTTPStatus.OK, HTTPStatus.CREATED):
            raise AppRefused(code_of(answer.body), "{why}", why=detail(answer.body))
        try:
            made = msgspec.json.decode(answer.body, type=SessionMade)
            session = AppLogin(url, made.token, user, ca=ca)
            told = msgspec.convert(who(session), Person)
        except msgspec.DecodeError:
            raise app.not_ours() from None
    if made.device:
        device_file.keep(url, made.device)
    known = session._replace(user=told.user, role=told.role, agent=told.agent or "", timezone=told.timezone or "")
    return LoggedIn(known, told.must_change, told.must_enrol, made.recovery_codes)


def log_out(session: AppLogin) -> None:
    """End a session at the app; one that has ended already stays so. Raises AppAway, AppRefused."""
    with suppress(NotLoggedIn):
        app_client.send(session, "DELETE", LOGIN)


def who(session: AppLogin) -> dict[str, Any]:
    """Return the user of a session as the app describes it. Raises AppAway, AppRefused."""
    told: dict[str, Any] = app_client.get(session, "me")
    return told
