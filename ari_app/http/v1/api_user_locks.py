"""Lists and ends the locks of API users. Only the app knows the locks, so commands query it."""

import time

from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.v1 import bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.live_records import Time, iso


class LockNow(Struct, frozen=True):
    """A user is locked from an address, or from an IPv6 network, until that time."""

    user: str
    address: str
    until: Time


class UnlockResult(Struct, frozen=True):
    """The number of a user's locks that were ended."""

    user: str
    locks: int


async def of_user(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the locks of an API user."""
    user, now = request.path_values["user"], time.time_ns() // 1000
    assert api.users
    found = (one for one in api.users.locks() if one.user == user)
    return reply([LockNow(user, one.address, iso(now + int(one.seconds * 1_000_000))) for one in found])


async def unlock(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the locks of an API user."""
    user = request.path_values["user"]
    assert api.users
    return reply(UnlockResult(user, api.users.unlock(user)))


LOCKS = (
    ApiRoute(
        "GET",
        "/api-users/{user}/locks",
        "listLocks",
        "List the addresses from which an API user is locked",
        "users:write",
        bounds.EVERYTHING,
        of_user,
        list[LockNow],
        problems=READ_PROBLEMS,
    ),
    ApiRoute(
        "POST",
        "/api-users/{user}/unlock",
        "unlockApiUser",
        "End the locks of an API user",
        "users:write",
        bounds.EVERYTHING,
        unlock,
        UnlockResult,
        problems=READ_PROBLEMS,
    ),
)
