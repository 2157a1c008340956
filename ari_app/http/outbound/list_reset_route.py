"""Resets a list of leads over the API, some leads in each request."""

import logging
import time
from http import HTTPStatus

from msgspec import Struct

from ari_app.http.management import write_requests
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import invalid_request
from ari_app.http.v1 import bounds
from ari_app.http.v1.api_route import ApiParameter, ApiRoute
from ari_app.http.v1.leads import DIGITS
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_writes import ResetLeads

LONGEST = 3.0  # seconds after which the client asks again; long before a proxy gives up

log = logging.getLogger("warmline.api")


class ListResetDone(Struct, frozen=True):
    """How many leads of the list were reset. `after` is the lead after which the reset goes on; null at its end."""

    list: str
    leads: int
    after: int | None


async def reset(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reset leads of a list for 3 s; reply with their number. Raises ProblemRaised (403, 404, 422, 503), StoreError."""
    wanted, given = request.path_values["id"], request.query.get("after", "0")
    if not (given.isascii() and given.isdigit() and len(given) < DIGITS):
        raise invalid_request("after", "must be a lead_id")
    after, leads, until = int(given), 0, time.monotonic() + LONGEST
    while True:
        write = ResetLeads(wanted[:255], after)
        done = await write_requests.write(api, request, write, missing=HTTPStatus.NOT_FOUND)
        leads, after = leads + done.count, done.after
        if not after or time.monotonic() >= until:
            break
    log.info("%s has reset %d leads of list %s", request.by, leads, wanted)
    return reply(ListResetDone(wanted, leads, after or None))


LIST_RESET = ApiRoute(
    "POST",
    "/lists/{id}/reset",
    "resetList",
    "Dial the leads of a list again; send the request again with `after` until it is null",
    "leads:write",
    bounds.EVERYTHING,
    reset,
    ListResetDone,
    problems=(401, 403, 404, 422, 429, 503),
    parameters=(
        ApiParameter(
            "after",
            "query",
            "the `after` of the last answer",
            {"type": "integer", "minimum": 0, "maximum": 10**18 - 1, "default": 0},
        ),
    ),
)
