"""The diallers of campaigns as JSON, and the emergency stop of all automatic dialling."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Annotated

from msgspec import Meta, Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import agent_bounds, live_state
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute, paged
from ari_app.http.v1.bodies import body_errors, request_bodies
from ari_app.http.v1.bodies.request_bodies import Body
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import dialler_records
from ari_app.process import dial_stop_requests
from ari_app.process.dial_stop_requests import DialStopClient, DialStopRefused, DialStopUnwritable
from warmline.core.dialler import dialler_view
from warmline.operations.live_records import DiallerNow, DialStopOf
from warmline.store.database.errors import Conflict

STATUS = {
    DialStopUnwritable: HTTPStatus.SERVICE_UNAVAILABLE,
    DialStopRefused: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
}
STOP_PROBLEMS = (400, 401, 403, 409, 413, 415, 422, 429, 503)
StopWhy = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, examples=["wrong list"])]


class DialStopNow(Struct, frozen=True):
    """Whether all automatic dialling is stopped, by which clients, and whether this request has changed it."""

    stopped: bool
    new: bool
    stops: list[DialStopOf]


class DialStopBody(Body):
    """The reason of the stop, which the page, the history and the log show; empty without one."""

    why: StopWhy = ""


class DialAllowBody(Body):
    """The reason for which automatic dialling is allowed again; the history and the log show it."""

    why: request_bodies.Why


async def diallers(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with every campaign that dials automatically, or ever did, by name. Raises ProblemRaised (422)."""
    most, after = paging.limit(request, paging.LIVE, paging.LIVE), request.query.get("after", "")
    seen = request.campaigns
    known = (name for name in dialler_view.list_campaigns(api.board.world) if seen is None or seen.include(name))
    names = [name for name in known if name > after][:most]
    return reply(_now(api, names))


async def dialler(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the dialler of one campaign, also of one that never dialled. Raises ProblemRaised (404)."""
    wanted, world = request.path_values["id"], api.board.world
    if wanted not in world.rules.campaigns and wanted not in world.diallers:
        raise live_state.unknown_campaign(wanted)
    return reply(_now(api, [wanted])[0])


def _now(api: JsonApi, campaigns: list[str]) -> list[DiallerNow]:
    board = api.board
    return dialler_records.diallers(board.world, board.pulses, campaigns, connected=board.connected, run=api.run)


async def change_stop(stopped: bool, api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Stop all automatic dialling, or allow it again.

    Raises ProblemRaised (403, 409, 422, 503), StoreError, CallProcessAway.
    """
    body = body_errors.decoded(request, DialStopBody if stopped else DialAllowBody)
    client = DialStopClient(request.by, request.token, request.asker.may(dial_stop_requests.TO_LIFT))
    try:
        new = await api.change_dial_stop(stopped, body.why, client)
    except (DialStopUnwritable, DialStopRefused, Conflict) as error:
        raise ProblemRaised(STATUS[type(error)], error.code, "{why}", why=error) from None
    return reply(DialStopNow(stopped, new, dialler_records.stops(api.run) if stopped else []))


def _of_stop(word: str, name: str, summary: str, example: Body, *, stopped: bool) -> ApiRoute:
    serve, path = partial(change_stop, stopped), f"/dialling/{word}"
    route = ApiRoute(
        "POST", path, name, summary, dial_stop_requests.TO_STOP, agent_bounds.EVERYTHING, serve, DialStopNow
    )
    return replace(route, takes=type(example), example=example, problems=STOP_PROBLEMS)


DIALLERS = (
    ApiRoute(
        "GET",
        "/diallers",
        "listDiallers",
        "List the diallers of campaigns: what each does now, and why it begins no call",
        "calls:read",
        agent_bounds.EVERYTHING,
        diallers,
        list[DiallerNow],
        parameters=paged("the `campaign`", paging.LIVE, paging.LIVE),
    ),
    ApiRoute(
        "GET",
        "/diallers/{id}",
        "getDialler",
        "Show the dialler of a campaign",
        "calls:read",
        agent_bounds.EVERYTHING,
        dialler,
        DiallerNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    _of_stop(
        "stop",
        "stopDialling",
        "Stop all automatic dialling, of every campaign",
        DialStopBody("wrong list"),
        stopped=True,
    ),
    _of_stop("allow", "allowDialling", "Allow automatic dialling again", DialAllowBody("new list"), stopped=False),
)
