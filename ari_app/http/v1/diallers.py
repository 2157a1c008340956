"""The diallers of campaigns as JSON, and the emergency stop of all automatic dialling."""

from functools import partial
from http import HTTPStatus

from msgspec import Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import bounds, live_state
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute, paged
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import dialler_records
from ari_app.live.live_records import DiallerNow
from ari_app.process.dial_stop_file import DialStopUnwritable
from warmline.core.dialler import dialler_view


class DialStopNow(Struct, frozen=True):
    """Whether all automatic dialling is stopped, and whether this request has changed it."""

    stopped: bool
    new: bool


async def diallers(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with every campaign that dials automatically, or ever did, by name. Raises ProblemRaised (422)."""
    most, after = paging.limit(request, paging.LIVE, paging.LIVE), request.query.get("after", "")
    names = [name for name in dialler_view.names(api.board.world) if name > after][:most]
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
    """Stop all automatic dialling, or allow it again. Raises ProblemRaised (503)."""
    try:
        return reply(DialStopNow(stopped, await api.change_dial_stop(stopped, request.by)))
    except DialStopUnwritable as error:
        raise ProblemRaised(HTTPStatus.SERVICE_UNAVAILABLE, error.code, "{why}", why=str(error)) from None


def _of_stop(word: str, name: str, summary: str, *, stopped: bool) -> ApiRoute:
    serve, path = partial(change_stop, stopped), f"/dialling/{word}"
    return ApiRoute("POST", path, name, summary, "agents:supervise", bounds.EVERYTHING, serve, DialStopNow)


DIALLERS = (
    ApiRoute(
        "GET",
        "/diallers",
        "listDiallers",
        "List the diallers of campaigns: what each does now, and why it begins no call",
        "calls:read",
        bounds.EVERYTHING,
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
        bounds.EVERYTHING,
        dialler,
        DiallerNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    _of_stop("stop", "stopDialling", "Stop all automatic dialling, of every campaign", stopped=True),
    _of_stop("allow", "allowDialling", "Allow automatic dialling again after it was stopped", stopped=False),
)
