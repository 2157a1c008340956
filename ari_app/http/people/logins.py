"""Logins of users: a session begins with a password and has a token; and who a client is."""

import logging
import math
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, Asker, reply
from ari_app.http.server.api_users import DAY, LoginCheck
from ari_app.http.server.limits.waiting_line import LineFull
from ari_app.http.server.problems import SOON, ProblemRaised
from ari_app.http.v1 import bounds, commands
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.live_records import Time, iso
from warmline.access import known_device
from warmline.access.login_delays import OF_SOURCE
from warmline.access.rights import SCOPES, Reach, UserRole
from warmline.core.messages.commands import NAME
from warmline.store.configuration.user_sessions import LASTS, LoginDelayed, LoginRefused, refused
from warmline.store.configuration.users import User

log = logging.getLogger("warmline.api")

LINE = r"^[^\x00-\x1f\x7f]*$"
Password = Annotated[str, Meta(pattern=LINE, min_length=1, max_length=100)]
Device = Annotated[str, Meta(pattern=known_device.SHARED_FORM, max_length=known_device.LONGEST)]
Program = Annotated[str, Meta(pattern=LINE, max_length=100, examples=["toolbar on anna's laptop"])]


class LoginBody(request_bodies.Body):
    """The user, the password, and the program that logs in, such as `toolbar on anna's laptop`.

    `device` is that of the previous answer. Wrong passwords from elsewhere then do not slow this login down.
    """

    user: Annotated[str, request_bodies.text(NAME)]
    password: Password
    program: Program = ""
    device: Device = ""


class LoginMade(Struct, frozen=True):
    """A session that has begun. `token` is the bearer token; it is shown only now.

    `device` shows at the next login that this device knew the password. A password is still needed.
    """

    token: str
    user: str
    role: UserRole
    agent: str
    ends: Time
    device: str = ""


class LogoutMade(Struct, frozen=True):
    """Whether the session was still there."""

    ended: bool


class Begun(NamedTuple):
    """A session that has begun: its token, the user in it, and the token of the device."""

    token: str
    user: User
    device: str


class ClientNow(Struct, frozen=True):
    """A client: its name and its rights. `timezone` is the setting.

    `client` is its name in receipts: `user:NAME`, `token:NAME` or `token:local`.

    `rights` says for each scope how far the client's right reaches. The fields of a user are empty for a program.
    """

    client: str
    rights: dict[str, Reach]
    user: str = ""
    full_name: str = ""
    role: str = ""
    agent: str = ""
    user_group: str = ""
    program: str = ""
    ends: Time | None = None
    timezone: str = "UTC"


async def log_in(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Begin a session; reply with its token. Raises ProblemRaised (401, 429, 503), StoreError."""
    body = commands.read(request, LoginBody)
    assert isinstance(body, LoginBody)
    devices = known_device.split(body.device)
    made = await begin(api, body, request.address, devices)
    user, device = made.user, known_device.SEPARATOR.join(known_device.with_token(devices, made.device))
    answer = LoginMade(made.token, user.name, user.role, user.agent, iso(user.ends), device)
    return reply(answer, HTTPStatus.CREATED)


async def begin(api: JsonApi, body: LoginBody, address: str, devices: Sequence[str], lasts: int = LASTS) -> Begun:
    """Begin a session of `lasts` microseconds, from a client at `address` with these tokens of its device.

    Raises ProblemRaised (401, 429, 503), StoreError.
    """
    assert api.users
    try:
        login = await api.users.check(body.user, body.password, address, devices)
    except LineFull:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise ProblemRaised(
            status, "passwords_wait", "too many passwords wait for their check; try again in a moment", headers=SOON
        ) from None
    user = _user(login)
    if wait := api.login_rate.wait(user.client, address):
        headers = {"Retry-After": str(int(wait) + 1)}
        raise ProblemRaised(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too_many_logins",
            "user {user} logs in too often",
            user=user.name,
            headers=headers,
        )
    try:
        made = await api.sessions.begin(user.name, body.password, body.program, lasts)
    except LoginRefused as why:  # the password has changed since it was checked
        raise _refused(why) from None
    api.askers.clear()
    log.info("%s has logged in from %s", user.client, address)
    return Begun(made.token, replace(user, program=body.program, ends=made.ends), _device_token(login))


async def log_out(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the session of the token. Raises ProblemRaised (403), StoreError."""
    if not isinstance(request.asker, User):
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "no_session",
            "{client} is a program, and has no session; to end its token: warmline api-token delete NAME",
            client=request.asker.client,
        )
    ended = await api.sessions.end(request.token)
    api.askers.clear()
    await api.askers.fill()  # ends the open streams of the session
    return reply(LogoutMade(ended))


async def me(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the client and its rights."""
    return client_now(api, request.asker)


def client_now(api: JsonApi, asker: Asker) -> ApiAnswer:
    """Return the answer about a client."""
    timezone = api.board.world.rules.timezone
    if not isinstance(asker, User):
        rights = {scope: Reach.ALL if asker.may(scope) else Reach.NONE for scope in SCOPES}
        return reply(ClientNow(client=asker.client, rights=rights, timezone=timezone))
    known = ClientNow(
        client=asker.client,
        rights={scope: asker.reach(scope) for scope in SCOPES},
        user=asker.name,
        full_name=asker.full_name,
        role=asker.role,
        agent=asker.agent,
        user_group=asker.user_group,
        program=asker.program,
        ends=iso(asker.ends),
        timezone=timezone,
    )
    return reply(known)


def _device_token(login: LoginCheck) -> str:
    """Return the token of the device that has shown the password now; a known device keeps its id."""
    assert login.user
    device = login.device or secrets.token_urlsafe(12)
    return known_device.token(device, login.user.name, login.user.pass_hash, int(time.time()) // DAY)


def _user(login: LoginCheck) -> User:
    """Return the user who has shown the password. Raises ProblemRaised (401, 429)."""
    if login.message == "LOCK":
        seconds = math.ceil(login.wait)
        raise ProblemRaised(
            HTTPStatus.TOO_MANY_REQUESTS,
            "login_delayed",
            "wrong passwords were sent; the next one is checked in {seconds} seconds",
            seconds=seconds,
            headers={"Retry-After": str(seconds)},
        )
    if not login.good or login.user is None or login.user.user is None:
        raise _refused(refused())
    return login.user.user


def _refused(why: LoginRefused) -> ProblemRaised:
    if isinstance(why, LoginDelayed):
        retry = {"Retry-After": str(int(OF_SOURCE.longest))}
        return ProblemRaised(HTTPStatus.TOO_MANY_REQUESTS, why.code, "{why}", why=why, headers=retry)
    challenge = {"WWW-Authenticate": "Bearer"}
    return ProblemRaised(HTTPStatus.UNAUTHORIZED, why.code, "{why}", why=why, headers=challenge)


LOGIN = ApiRoute(
    "POST",
    "/login",
    "logIn",
    "Begin a session of a user with a password; the answer has its token",
    "",
    bounds.OWN_SESSION,
    log_in,
    LoginMade,
    201,
    (400, 401, 413, 415, 422, 429, 503),
    LoginBody,
    LoginBody(user="anna", password="secret", program="toolbar on anna's laptop"),  # noqa: S106 - an example
    is_open=True,
)
LOGOUT = ApiRoute(
    "DELETE", "/login", "logOut", "End the session of the token", "", bounds.OWN_SESSION, log_out, LogoutMade
)
ME = ApiRoute("GET", "/me", "getMe", "Show who the client is, and its rights", "", bounds.OWN_SESSION, me, ClientNow)
