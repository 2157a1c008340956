"""Changes of all leads of a list over the API, some leads in each request."""

import logging
import re
import time
from collections.abc import Callable
from http import HTTPStatus

from msgspec import Struct

from ari_app.http.management import write_requests
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import invalid_request
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import ApiParameter, ApiRoute
from ari_app.http.v1.leads import DIGITS
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import MOST_STATUSES, PlaceLeads, PrivilegedWrite, ResetLeads
from warmline.options.values.option_forms import CODE
from warmline.store.leads import list_country

LONGEST = 3.0  # seconds after which the client asks again; long before a proxy gives up
PROBLEMS = (401, 403, 404, 422, 429, 503)
AFTER = ApiParameter(
    "after",
    "query",
    "the `after` of the last answer",
    {"type": "integer", "minimum": 0, "maximum": 10**18 - 1, "default": 0},
)
LIST_OF_CODES = f"^{CODE.pattern}(,{CODE.pattern}){{0,{MOST_STATUSES - 1}}}$"
STATUSES = {"type": "string", "pattern": LIST_OF_CODES}

log = logging.getLogger("warmline.api")


class ListResetDone(Struct, frozen=True):
    """How many leads of the list were reset. `after` is the lead after which the reset goes on; null at its end."""

    list: str
    leads: int
    after: int | None


class LeadsPlaced(Struct, frozen=True):
    """How many leads of the list were placed, and how many have no place so far.

    `after` is the lead after which the work goes on; null at its end.
    """

    list: str
    leads: int
    without: int
    after: int | None


async def reset(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reset leads of a list for 3 s; reply with their number. Raises ProblemRaised (403, 404, 422, 503), StoreError."""
    given = request.query.get("status")
    if given is not None and not re.fullmatch(LIST_OF_CODES, given, re.ASCII):
        raise invalid_request(
            "status", f"must be 1 to {MOST_STATUSES} codes with commas between them; each is {CODE.allowed}"
        )
    statuses = given.split(",") if given else []
    wanted, leads, after = await _in_parts(api, request, lambda name, at: ResetLeads(name[:255], at, statuses))
    log.info("%s has reset %d leads of list %s", request.by, leads, wanted)
    return reply(ListResetDone(wanted, leads, after))


async def place(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Place leads of a list for 3 s; reply with their number. Raises ProblemRaised (403, 404, 422, 503), StoreError."""
    wanted, leads, after = await _in_parts(api, request, lambda name, at: PlaceLeads(name[:255], at))
    without = await in_time(list_country.without, api.db, wanted)
    return reply(LeadsPlaced(wanted, leads, without, after))


async def _in_parts(
    api: JsonApi, request: ApiRequest, part: Callable[[str, int], PrivilegedWrite]
) -> tuple[str, int, int | None]:
    """Write parts of a list for 3 s. Return the list, the changed leads, and the lead after which the work goes on."""
    wanted, given = request.path_values["id"], request.query.get("after", "0")
    if not (given.isascii() and given.isdigit() and len(given) < DIGITS):
        raise invalid_request("after", "must be a lead_id")
    after, leads, until = int(given), 0, time.monotonic() + LONGEST
    while True:
        done = await write_requests.write(api, request, part(wanted, after), missing=HTTPStatus.NOT_FOUND)
        leads, after = leads + done.count, done.after
        if not after or time.monotonic() >= until:
            return wanted, leads, after or None


LIST_PARTS = (
    ApiRoute(
        "POST",
        "/lists/{id}/reset",
        "resetList",
        "Dial the leads of a list again; send the request again with `after` until it is null",
        "leads:write",
        agent_bounds.EVERYTHING,
        reset,
        ListResetDone,
        problems=PROBLEMS,
        parameters=(
            AFTER,
            ApiParameter("status", "query", "only leads with one of these statuses, with commas", STATUSES),
        ),
    ),
    ApiRoute(
        "POST",
        "/lists/{id}/places",
        "placeList",
        "Place the leads of a list by its country; send the request again with `after` until it is null",
        "leads:write",
        agent_bounds.EVERYTHING,
        place,
        LeadsPlaced,
        problems=PROBLEMS,
        parameters=(AFTER,),
    ),
)
