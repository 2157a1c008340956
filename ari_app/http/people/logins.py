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
from ari_app.http.server.limits.waiting_line import LineFull
from ari_app.http.server.password_check import DAY, LoginCheck, Prove
from ari_app.http.server.problems import SOON, ProblemRaised
from ari_app.http.v1 import agent_bounds, commands
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.live_state import JsonApi
from warmline.access import known_device
from warmline.access.login_delays import OF_SOURCE
from warmline.access.rights import SCOPES, Reach, UserRole
from warmline.core.messages.commands import NAME
from warmline.operations import argument_types
from warmline.operations.live_records import Time, iso
from warmline.store.configuration.user_sessions import LASTS, NewSession
from warmline.store.configuration.users import User
from warmline.store.configuration.wallboards import WallboardRefused
from warmline.store.database.login_refusals import CodeNeeded, CodeWrong, LoginDelayed, LoginRefused, refused

log = logging.getLogger("warmline.api")

LINE = r"^[^\x00-\x1f\x7f]*$"
Password = Annotated[str, Meta(pattern=LINE, min_length=1, max_length=100)]
Code = Annotated[str, Meta(pattern=r"^[0-9A-Za-z -]*$", max_length=40, examples=["287082"])]
Device = Annotated[str, Meta(pattern=known_device.SHARED_FORM, max_length=known_device.LONGEST)]
Program = Annotated[str, Meta(pattern=LINE, max_length=100, examples=["toolbar on anna's laptop"])]


class LoginBody(request_bodies.Body):
    """The user, the password, and the program that logs in, such as `toolbar on anna's laptop`.

    `device` is that of the previous answer. Wrong passwords from elsewhere then do not slow this login down.

    A user with a second factor needs `code` too: six digits of the authenticator app, or a recovery code. Without it,
    the answer is 401 with the code `code_needed`.
    """

    user: Annotated[str, argument_types.text(NAME)]
    password: Password
    program: Program = ""
    device: Device = ""
    code: Code = ""


class LoginMade(Struct, frozen=True):
    """A session that has begun. `token` is the bearer token; it is shown only now.

    `device` shows at the next login that this device knew the password. A password is still needed. With `must_change`
    the session can only change the password, by `changePassword`. With `must_enrol` it can only enrol a second factor,
    by `enrolSecondFactor`. `recovery_codes` is the number of those that are left if the code was one of them.
    """

    token: str
    user: str
    role: UserRole
    agent: str
    ends: Time
    device: str = ""
    must_change: bool = False
    must_enrol: bool = False
    recovery_codes: int | None = None


class LogoutMade(Struct, frozen=True):
    """Whether the session was still there."""

    ended: bool


class Begun(NamedTuple):
    """A session that has begun: its token, the user in it, and the token of the device.

    `recovery_codes` is the number of those that are left if one of them was used, or else None.
    """

    token: str
    user: User
    device: str
    recovery_codes: int | None


class ClientNow(Struct, frozen=True):
    """A client: its name and its rights. `timezone` is the setting.

    `client` is its name in receipts: `user:NAME`, `token:NAME` or `token:local`.

    `rights` says for each scope how far the client's right reaches. The fields of a user are empty for a program. With
    `must_change` the user has no right before changing the password, and with `must_enrol` none before enrolling a
    second factor. `campaigns` are those that the user's group allows, null for all.
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
    must_change: bool = False
    must_enrol: bool = False
    campaigns: list[str] | None = None


async def log_in(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Begin a session; reply with its token. Raises ProblemRaised (401, 429, 503), StoreError."""
    body = commands.read(request, LoginBody)
    assert isinstance(body, LoginBody)
    devices = known_device.split(body.device)
    made = await begin(api, body, request.address, devices)
    user, device = made.user, known_device.SEPARATOR.join(known_device.with_token(devices, made.device))
    gates = user.must_change, user.must_enrol
    answer = LoginMade(
        made.token, user.name, user.role, user.agent, iso(user.ends), device, *gates, made.recovery_codes
    )
    return reply(answer, HTTPStatus.CREATED)


async def begin(api: JsonApi, body: LoginBody, address: str, devices: Sequence[str], lasts: int = LASTS) -> Begun:
    """Begin a session of `lasts` microseconds, from a client at `address` with these tokens of its device.

    Raises ProblemRaised (401, 429, 503), StoreError.
    """
    early: NewSession | None = None
    wrong: CodeWrong | None = None

    async def prove() -> bool:
        """Begin the session, for which the call process checks the password and the code."""
        nonlocal early, wrong
        try:
            early = await _session(api, body, address, lasts)
        except (LoginDelayed, CodeNeeded):
            raise
        except LoginRefused as why:
            wrong = why if isinstance(why, CodeWrong) else None
            return False
        return True

    try:
        login, user = await check(api, body.user, body.password, address, devices, prove)
        made = early or await _session(api, body, address, lasts)
    except LoginDelayed as why:
        raise refusal(why) from None
    except LoginRefused as why:  # the session too is refused if the password has changed since it was checked
        raise refusal(wrong or why) from None
    except WallboardRefused as why:
        raise ProblemRaised(HTTPStatus.FORBIDDEN, why.code, "{why}", why=why) from None
    api.askers.clear()
    log.info("%s has logged in from %s", user.client, address)
    if made.recovery_codes is not None:
        log.warning("%s has used a recovery code; %d are left", user.client, made.recovery_codes)
    begun = replace(user, program=body.program, ends=made.ends)
    return Begun(made.token, begun, _device_token(login), made.recovery_codes)


async def _session(api: JsonApi, body: LoginBody, address: str, lasts: int) -> NewSession:
    """Let the call process check the password and begin a session. Raises ProblemRaised (429), LoginRefused."""
    if wait := api.login_rate.wait(f"user:{body.user}", address):
        headers = {"Retry-After": str(int(wait) + 1)}
        raise ProblemRaised(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too_many_logins",
            "user {user} logs in too often",
            user=body.user,
            headers=headers,
        )
    return await api.sessions.begin(body.user, body.password, body.program, lasts, address, body.code)


async def check(
    api: JsonApi, user: str, password: str, address: str, devices: Sequence[str], prove: Prove | None = None
) -> tuple[LoginCheck, User]:
    """Check a password of a user, from a client at `address` with these tokens of its device.

    `prove` takes the place of the check for a known device. Raises LoginRefused, ProblemRaised (429, 503), StoreError.
    """
    assert api.users
    try:
        login = await api.users.check(user, password, address, devices, prove)
    except LineFull:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise ProblemRaised(
            status, "passwords_wait", "too many passwords wait for their check; try again in a moment", headers=SOON
        ) from None
    return login, _user(login)


async def log_out(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the session of the token. Raises ProblemRaised (403), StoreError."""
    if not isinstance(request.asker, User):
        raise no_session(request.asker)
    ended = await api.sessions.end(request.token)
    api.askers.clear()
    await api.askers.fill()  # ends the open streams of the session
    return reply(LogoutMade(ended))


def no_session(program: Asker) -> ProblemRaised:
    """Return the problem of a program that asks for what only users have."""
    return ProblemRaised(
        HTTPStatus.FORBIDDEN,
        "no_session",
        "{client} is a program, and has no session; to end its token: warmline api-token delete NAME",
        client=program.client,
    )


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
        must_change=asker.must_change,
        must_enrol=asker.must_enrol,
        campaigns=sorted(asker.campaigns.campaigns) if asker.campaigns else None,
    )
    return reply(known)


def _device_token(login: LoginCheck) -> str:
    """Return the token of the device that has shown the password now; a known device keeps its id."""
    assert login.user
    device = login.device or secrets.token_urlsafe(12)
    return known_device.token(device, login.user.name, login.user.pass_hash, int(time.time()) // DAY)


def _user(login: LoginCheck) -> User:
    """Return the user who has shown the password. Raises LoginRefused, ProblemRaised (429)."""
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
        raise refused()
    return login.user.user


def refusal(why: LoginRefused) -> ProblemRaised:
    """Return the problem of a login with a wrong password, or with one that came too soon."""
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
    agent_bounds.OWN_SESSION,
    log_in,
    LoginMade,
    201,
    (400, 401, 403, 413, 415, 422, 429, 503),
    LoginBody,
    LoginBody(user="anna", password="secret", program="toolbar on anna's laptop"),  # noqa: S106 - an example
    is_open=True,
)
LOGOUT = ApiRoute(
    "DELETE",
    "/login",
    "logOut",
    "End the session of the token",
    "",
    agent_bounds.OWN_SESSION,
    log_out,
    LogoutMade,
    before_own_password=True,
)
ME = ApiRoute(
    "GET",
    "/me",
    "getMe",
    "Show who the client is, and its rights",
    "",
    agent_bounds.OWN_SESSION,
    me,
    ClientNow,
    before_own_password=True,
)
