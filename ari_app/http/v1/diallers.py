"""The diallers of campaigns as JSON: what each does now, and why it begins no call."""

import time
from typing import Literal, cast

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.v1 import bounds, live_state
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute, paged
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.live_records import DiallerNow, DropWindowNow, iso
from warmline.core.dialler import dialler_view
from warmline.core.dialler.dialler_view import DiallerView
from warmline.core.rules import reasons
from warmline.system import no_dial


async def diallers(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with every campaign that dials automatically, or ever did, by name. Raises ProblemRaised (422)."""
    most, after = paging.limit(request, paging.LIVE, paging.LIVE), request.query.get("after", "")
    return reply(_now(api, [name for name in dialler_view.names(api.board.world) if name > after][:most]))


async def dialler(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the dialler of one campaign, also of one that never dialled. Raises ProblemRaised (404)."""
    wanted, world = request.path_values["id"], api.board.world
    if wanted not in world.rules.campaigns and wanted not in world.diallers:
        raise live_state.unknown_campaign(wanted)
    return reply(_now(api, [wanted])[0])


def _now(api: JsonApi, campaigns: list[str]) -> list[DiallerNow]:
    stop = no_dial.WHY if no_dial.is_set(api.run) else ""
    hindrance = stop or ("" if api.board.connected else reasons.NOT_CONNECTED.text())
    return [_record(one) for one in dialler_view.views(api.board.world, campaigns, time.time_ns() // 1000, hindrance)]


def _record(view: DiallerView) -> DiallerNow:
    windows = [
        DropWindowNow(
            kind=cast(Literal["PERIOD", "DAY"], window.kind.value),
            begins=iso(window.begins),
            ends=iso(window.ends),
            answered=window.answered,
            dropped=window.dropped,
            by_fault=window.dropped_by_fault,
            limit=view.limit / 10,
            may_drop=view.may_drop(window),
        )
        for window in view.windows
    ]
    return DiallerNow(
        campaign=view.dialler.id,
        campaign_name=view.campaign.campaign_name,
        dial_method=view.campaign.dial_method,
        running=view.dialler.running,
        since=iso(view.dialler.since) if view.dialler.since else None,
        by=view.dialler.by,
        why=view.why,
        halted_until=iso(view.halted_until) if view.halted_until else None,
        ready=view.ready,
        in_flight=view.in_flight,
        waiting=view.waiting,
        drop_windows=windows,
    )


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
)
