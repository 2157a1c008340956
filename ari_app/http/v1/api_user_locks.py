"""Lists and ends the delays of users after wrong passwords. Only the app knows them, so commands query it."""

import time

from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi
from warmline.operations.live_records import Time, iso


class LockNow(Struct, frozen=True):
    """Passwords of a user from an address, or from an IPv6 network, are not checked until that time.

    `address` is empty for a device that has logged in as this user before.
    """

    user: str
    address: str
    until: Time


class UnlockResult(Struct, frozen=True):
    """The number of addresses and devices whose wrong passwords for a user are forgotten."""

    user: str
    locks: int


async def of_user(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the delays of a user."""
    user, now = request.path_values["user"], time.time_ns() // 1000
    assert api.users
    found = (one for one in api.users.delays() if one.user == user)
    return reply([LockNow(user, one.address, iso(now + int(one.seconds * 1_000_000))) for one in found])


async def unlock(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the delays of a user."""
    user = request.path_values["user"]
    assert api.users
    return reply(UnlockResult(user, api.users.forget_failures(user)))


LOCKS = (
    ApiRoute(
        "GET",
        "/api-users/{user}/locks",
        "listLocks",
        "List the addresses from which a user has to wait after wrong passwords",
        "users:write",
        agent_bounds.EVERYTHING,
        of_user,
        list[LockNow],
        problems=READ_PROBLEMS,
    ),
    ApiRoute(
        "POST",
        "/api-users/{user}/unlock",
        "unlockApiUser",
        "Forget the wrong passwords of a user, so that the next is checked at once",
        "users:write",
        agent_bounds.EVERYTHING,
        unlock,
        UnlockResult,
        problems=READ_PROBLEMS,
    ),
)
