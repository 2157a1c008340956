"""Pages of other programs in a browser, such as a CRM: which may show the workspace in a frame, or call the JSON API.

Such a page calls the API with a token of its own. It is never allowed to send a cookie of this server, and the answers
do not say that it may.
"""

from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web

from ari_app.http.server import credentials, problems
from warmline.system import web_origins
from warmline.system.settings import Settings

FRAME_HEADER = "X-Warmline-Frame"  # of a request of the workspace in a frame
KEPT = "600"  # seconds that a browser remembers what may be sent
MAY_SEND = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, Range",
    "Access-Control-Max-Age": KEPT,
}


class OtherOrigins(NamedTuple):
    """The origins that may show the workspace in a frame, and those that may call the JSON API."""

    frames: tuple[str, ...] = ()
    callers: tuple[str, ...] = ()


ORIGINS = web.AppKey("other_origins", OtherOrigins)


def of_settings(settings: Settings) -> OtherOrigins:
    """Return the origins of the settings. Raises SettingsError."""
    return OtherOrigins(
        web_origins.read("workspace_frames", settings.workspace_frames),
        web_origins.read("api_origins", settings.api_origins),
    )


def is_framed(request: web.Request) -> bool:
    """Return whether the workspace in a frame sends a request; never without an origin that may show it."""
    return bool(request.app[ORIGINS].frames) and request.headers.get(FRAME_HEADER) == "1"


async def add(request: web.Request, response: web.StreamResponse) -> None:
    """Let a page of a named origin read an answer of the JSON API to a request without a cookie."""
    if not request.app[ORIGINS].callers or not request.path.startswith(problems.PREFIX):
        return
    response.headers.add("Vary", "Origin")
    if _may_call(request) and not credentials.cookie(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = "*"


async def preflight(request: web.Request) -> web.Response:
    """Tell a browser what a page of a named origin may send. Raises web.HTTPMethodNotAllowed for another one."""
    if not _may_call(request):
        raise web.HTTPMethodNotAllowed(request.method, ())
    return web.Response(status=HTTPStatus.NO_CONTENT, headers=MAY_SEND)


def _may_call(request: web.Request) -> bool:
    return request.headers.get("Origin", "") in request.app[ORIGINS].callers
