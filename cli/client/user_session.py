"""Logs a person in and out at an app over HTTP, and asks who a session belongs to."""

import socket
from contextlib import closing, suppress
from http import HTTPStatus
from typing import Any

import msgspec

from cli.client import app_client
from cli.client.app_answer import AppRefused, NotLoggedIn, code, detail
from cli.client.remote_connection import RemoteConnection
from cli.place.login_file import AppLogin

LOGIN = "login"  # the path of sessions below /api/v1


def log_in(url: str, user: str, password: str, ca: str) -> AppLogin:
    """Begin a session at the app, and return it. `ca`: PEM of an authority to trust. Raises AppAway, AppRefused."""
    asked = {"user": user, "password": password, "program": f"warmline on {socket.gethostname()}"}
    with closing(RemoteConnection(AppLogin(url, "", ca=ca), app_client.WITHIN)) as app:
        answer = app.ask("POST", LOGIN, body=msgspec.json.encode(asked))
    if answer.status not in (HTTPStatus.OK, HTTPStatus.CREATED):
        raise AppRefused(code(answer.body), "{why}", why=detail(answer.body))
    session = AppLogin(url, str(msgspec.json.decode(answer.body)["token"]), user, ca=ca)
    told = who(session)
    return session._replace(
        user=told["user"],
        role=told["role"],
        agent=told.get("agent") or "",
        timezone=told.get("timezone") or "",
    )


def log_out(session: AppLogin) -> None:
    """End a session at the app; one that has ended already stays so. Raises AppAway, AppRefused."""
    with suppress(NotLoggedIn):
        app_client.send(session, "DELETE", LOGIN)


def who(session: AppLogin) -> dict[str, Any]:
    """Return the user of a session as the app describes it. Raises AppAway, AppRefused."""
    told: dict[str, Any] = app_client.get(session, "me")
    return told
