"""The routes of an agent's screen and of the overview, for programs; pages follow the same sections by a WebSocket."""

from collections.abc import Mapping

from ari_app.http.screen.overview_records import OverviewScreen
from ari_app.http.screen.screen_records import AgentScreen
from ari_app.http.screen.screen_views import Encoded, ScreenViews
from ari_app.http.screen.wallboard import WallboardScreen
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, Asker
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi, unknown_agent
from warmline.store.configuration.wallboards import SCOPE

# The scope that a section needs besides that of the route.
SCOPES: Mapping[str, str] = {
    "call": "calls:read",
    "hears": "calls:read",
    "queues": "calls:read",
    "callbacks_due": "calls:read",
    "calls": "calls:read",
    "waiting": "calls:read",
    "dialling": "calls:read",
    "lead": "leads:read",
    "script": "leads:read",
    "web_forms": "leads:read",
    "ended": "calls:read",
    "notes": "calls:read",
    "typed_notes": "calls:read",
    "handed_over": "calls:read",
    "last": "calls:read",
}


def readable(sections: Encoded, asker: Asker) -> Encoded:
    """Return the sections, with null for each that the client may not read."""
    return {name: body if name not in SCOPES or asker.may(SCOPES[name]) else b"null" for name, body in sections.items()}


def joined(sections: Encoded) -> bytes:
    """Return the members of a JSON object, with commas between them."""
    return b",".join(b'"%b":%b' % (name.encode(), body) for name, body in sections.items())


async def agent_screen(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with what the agent's page shows. Raises ProblemRaised (404)."""
    user = known_agent(api, request.path_values["user"])
    with ScreenViews.of(api).agent(user) as (view, _):
        await view.read()
        return ApiAnswer(b"{%b}" % joined(readable(view.sections(), request.asker)))


async def overview(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with what a supervisor's page shows."""
    with ScreenViews.of(api).overview(request.visible) as (view, _):
        await view.read()
        return ApiAnswer(b"{%b}" % joined(readable(view.sections(), request.asker)))


async def wallboard(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with what a wallboard shows."""
    with ScreenViews.of(api).overview(request.visible, on_wall=True) as (view, _):
        await view.read()
        return ApiAnswer(b"{%b}" % joined(view.sections()))


def known_agent(api: JsonApi, user: str) -> str:
    """Return an agent of the configuration, or one that is logged in. Raises ProblemRaised (404)."""
    if user not in api.board.world.rules.agents and user not in api.board.world.sessions:
        raise unknown_agent(user)
    return user


AGENT_SCREEN = ApiRoute(
    "GET",
    "/agents/{user}/screen",
    "getAgentScreen",
    "Show what an agent's page shows: state, call, allowed commands, customer",
    "agents:read",
    agent_bounds.AGENT,
    agent_screen,
    AgentScreen,
    problems=(*READ_PROBLEMS, 404),
)
OVERVIEW_SCREEN = ApiRoute(
    "GET",
    "/overview",
    "getOverview",
    "Show what a supervisor's page shows: in-groups, agents, calls, waiting callers",
    "agents:read",
    agent_bounds.EVERYTHING,
    overview,
    OverviewScreen,
)
WALLBOARD_SCREEN = ApiRoute(
    "GET",
    "/wallboard",
    "getWallboard",
    "Show what a wallboard shows: the overview without the numbers of people",
    SCOPE,
    agent_bounds.EVERYTHING,
    wallboard,
    WallboardScreen,
)
SCREEN_ROUTES = (AGENT_SCREEN, OVERVIEW_SCREEN, WALLBOARD_SCREEN)
