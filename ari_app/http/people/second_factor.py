"""The second factor of a login: a user enrols and removes the own one."""

import re
from http import HTTPStatus
from typing import Annotated

import segno
from msgspec import Meta, Struct

from ari_app.http.people import logins, own_account
from ari_app.http.people.api_process import read_sessions_again
from ari_app.http.people.logins import Code, Password
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import agent_bounds, commands
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.live_state import JsonApi
from warmline.access import one_time_codes
from warmline.operations.people import SecondFactorRemoved
from warmline.store.configuration.second_factors import FactorRefused
from warmline.store.database.login_refusals import CodeNeeded, CodeWrong, LoginDelayed, LoginRefused

HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,100}", re.ASCII)
FirstCode = Annotated[str, Meta(pattern=r"^[0-9 ]{6,8}$", max_length=8, examples=["287082"])]


class EnrolBody(request_bodies.Body):
    """The current password of the user."""

    password: Password


class FirstCodeBody(request_bodies.Body):
    """The six digits that the authenticator app shows after it has read the secret."""

    code: FirstCode


class RemoveBody(request_bodies.Body):
    """The current password of the user, and a code: six digits of the authenticator app, or a recovery code."""

    password: Password
    code: Code


class EnrolmentBegun(Struct, frozen=True):
    """The secret for an authenticator app; it is shown only now. `secret` has groups of four characters.

    `uri` has everything that the app needs. `qr` is the same as a QR code: its rows, in which 1 is a dark square.
    """

    secret: str
    uri: str
    qr: list[str]


class EnrolmentMade(Struct, frozen=True):
    """The recovery codes, which are shown only now, and the number of the user's other sessions, which have ended."""

    recovery_codes: list[str]
    ended: int


async def enrol(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Begin an enrolment; reply with the secret. Raises ProblemRaised (403, 409, 429, 503), StoreError."""
    user, body = own_account.user_of(request), commands.read(request, EnrolBody)
    assert isinstance(body, EnrolBody)
    try:
        await own_account.check_password(api, request, user, body.password)
        made = await api.sessions.begin_factor(request.token, body.password)
    except (LoginRefused, FactorRefused) as why:
        raise _refusal(why) from None
    host = request.headers.get("Host", "")
    uri = one_time_codes.uri(made.secret, user.name, host if HOST.fullmatch(host) else "")
    squares = segno.make(uri, error="m", micro=False).matrix
    rows = ["".join("1" if dark else "0" for dark in row) for row in squares]
    return reply(EnrolmentBegun(one_time_codes.in_groups(made.secret), uri, rows), HTTPStatus.CREATED)


async def confirm(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Enrol by the first code. Raises ProblemRaised (403, 409, 503), StoreError."""
    user, body = own_account.user_of(request), commands.read(request, FirstCodeBody)
    assert isinstance(body, FirstCodeBody)
    try:
        made = await api.sessions.confirm_factor(request.token, body.code)
    except (LoginRefused, FactorRefused) as why:
        raise _refusal(why) from None
    await read_sessions_again(api)
    logins.log.info("%s has enrolled a second factor from %s", user.client, request.address)
    return reply(EnrolmentMade([one_time_codes.in_groups(one) for one in made.recovery_codes], made.ended))


async def remove(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Remove the user's own second factor. Raises ProblemRaised (403, 409, 429, 503), StoreError."""
    user, body = own_account.user_of(request), commands.read(request, RemoveBody)
    assert isinstance(body, RemoveBody)
    try:
        await own_account.check_password(api, request, user, body.password)
        await api.sessions.remove_factor(request.token, body.password, body.code)
    except (LoginRefused, FactorRefused) as why:
        raise _refusal(why) from None
    await read_sessions_again(api)
    logins.log.info("%s has removed the own second factor from %s", user.client, request.address)
    return reply(SecondFactorRemoved(user.name))


def _refusal(why: LoginRefused | FactorRefused) -> ProblemRaised:
    """Return the problem of a user in a session, which goes on."""
    match why:
        case LoginDelayed():
            return logins.refusal(why)
        case FactorRefused():
            return ProblemRaised(HTTPStatus.CONFLICT, why.code, "{why}", why=why)
        case CodeNeeded() | CodeWrong():
            return ProblemRaised(HTTPStatus.FORBIDDEN, why.code, "{why}", why=why)
    return own_account.password_wrong()


EXAMPLE = {"password": "secret"}
FACTOR_PROBLEMS = (400, 401, 403, 409, 413, 415, 422, 429, 503)
OWN_SECOND_FACTOR = (
    ApiRoute(
        "POST",
        "/me/second-factor",
        "enrolSecondFactor",
        "Begin to enrol a second factor; the answer has the secret for an authenticator app",
        "",
        agent_bounds.OWN_SESSION,
        enrol,
        EnrolmentBegun,
        201,
        FACTOR_PROBLEMS,
        EnrolBody,
        EnrolBody(**EXAMPLE),
        before_enrolment=True,
    ),
    ApiRoute(
        "POST",
        "/me/second-factor/confirm",
        "confirmSecondFactor",
        "Enrol by the first code; the answer has the recovery codes, and the user's other sessions end",
        "",
        agent_bounds.OWN_SESSION,
        confirm,
        EnrolmentMade,
        problems=FACTOR_PROBLEMS,
        takes=FirstCodeBody,
        example=FirstCodeBody(code="287082"),
        before_enrolment=True,
    ),
    ApiRoute(
        "POST",
        "/me/second-factor/remove",
        "removeSecondFactor",
        "Remove the own second factor, with the password and a code",
        "",
        agent_bounds.OWN_SESSION,
        remove,
        SecondFactorRemoved,
        problems=FACTOR_PROBLEMS,
        takes=RemoveBody,
        example=RemoveBody(**EXAMPLE, code="287082"),
    ),
)
