"""The own login of a user: a change of the password, and the user of a session."""

import time
from http import HTTPStatus
from typing import Annotated

from msgspec import Meta, Struct

from ari_app.http.people import logins
from ari_app.http.people.api_process import read_sessions_again
from ari_app.http.people.logins import Password
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.password_check import DAY
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import agent_bounds, commands
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.live_state import JsonApi
from warmline.access import known_device
from warmline.options.password_rules import PasswordRefused
from warmline.store.configuration import users
from warmline.store.configuration.users import User
from warmline.store.database.login_refusals import LoginDelayed, LoginRefused

NewPassword = Annotated[str, Meta(min_length=1, max_length=100, examples=["a-new-secret7"])]


class PasswordBody(request_bodies.Body):
    """The current password of the user, and the new one."""

    password: Password
    new_password: NewPassword


class PasswordMade(Struct, frozen=True):
    """The number of the user's other sessions, which have ended."""

    ended: int


async def change_password(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Change the user's own password, and end the other sessions.

    Raises ProblemRaised (401, 403, 422, 429, 503), StoreError.
    """
    user = user_of(request)
    body = commands.read(request, PasswordBody)
    assert isinstance(body, PasswordBody)
    try:
        await check_password(api, request, user, body.password)
        made = await api.sessions.change_password(request.token, body.password, body.new_password)
    except LoginDelayed as why:
        raise logins.refusal(why) from None
    except LoginRefused:
        raise password_wrong() from None
    except PasswordRefused as why:
        raise ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, why.code, "{why}", why=why) from None
    await read_sessions_again(api)
    logins.log.info(
        "%s has changed the own password from %s; other sessions: %d", user.client, request.address, made.ended
    )
    return reply(PasswordMade(made.ended))


async def check_password(api: JsonApi, request: ApiRequest, user: User, password: str) -> None:
    """Check the current password of a user in a session. Raises LoginRefused, ProblemRaised (429, 503), StoreError."""
    found = await api.threads.look_up(users.find, api.db, user.name)
    # The session stands for its device: wrong passwords of others do not slow it down, and its own do.
    device = known_device.token(user.session, user.name, found.pass_hash if found else "", int(time.time()) // DAY)
    await logins.check(api, user.name, password, request.address, [device])


def password_wrong() -> ProblemRaised:
    """Return the problem of a wrong current password in a session, which goes on."""
    return ProblemRaised(HTTPStatus.FORBIDDEN, "password_wrong", "the current password is wrong; nothing was changed")


def user_of(request: ApiRequest) -> User:
    """Return the user who asks. Raises ProblemRaised (403) for a program and for a wallboard."""
    if not isinstance(request.asker, User):
        raise logins.no_session(request.asker)
    if not request.asker.has_account:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "wallboard_without_account",
            "user {user} is logged in as a wallboard, which only reads; log in elsewhere to change a password or to "
            "end a session",
            user=request.asker.name,
        )
    return request.asker


OWN_ACCOUNT = (
    ApiRoute(
        "POST",
        "/me/password",
        "changePassword",
        "Change the own password; the user's other sessions end",
        "",
        agent_bounds.OWN_SESSION,
        change_password,
        PasswordMade,
        problems=(400, 401, 403, 413, 415, 422, 429, 503),
        takes=PasswordBody,
        example=PasswordBody(password="secret", new_password="a-new-secret7"),  # noqa: S106 - an example
        before_own_password=True,
    ),
)
