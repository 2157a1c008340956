"""Every address that the app answers to, in one list."""

import hmac
from functools import partial

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from warmline.ari_app.http import local_token, rest
from warmline.ari_app.http.agc.door import Door
from warmline.ari_app.http.auth import ApiUsers
from warmline.ari_app.http.board import Board
from warmline.ari_app.http.once import Once
from warmline.settings import Settings
from warmline.store import receipts

LARGEST_BODY = 64 * 1024  # bytes; a form of the agent API has a few hundred


def routes(board: Board, agent_api: Door, orphans: rest.FindOrphans) -> list[web.RouteDef]:
    """The list: method, address, what answers."""
    return [
        web.get("/agc/api.php", agent_api.serve, allow_head=False),
        web.post("/agc/api.php", agent_api.serve),
        web.get("/healthz", partial(rest.healthy, board)),
        web.get("/api/v1/agents", partial(rest.agents, board)),
        web.get("/api/v1/calls", partial(rest.calls, board)),
        web.get("/api/v1/calls/{id}", partial(rest.call, board)),
        web.get("/api/v1/orphans", partial(rest.orphans, orphans)),
    ]


def make_app(board: Board, users: ApiUsers, settings: Settings, orphans: rest.FindOrphans) -> web.Application:
    """The web application; makes the local token in the run folder if there is none. Raises SettingsError if it cannot.

    Run it with the access log off: each API call has its own line in the log `warmline.api`.
    """
    token = local_token.keep(settings.run)
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_local_only(token)])
    once = Once(board, partial(receipts.find_by_key, settings.db))
    app.add_routes(routes(board, Door(board, users, once, settings.server_ip), orphans))
    return app


def _local_only(token: str) -> Middleware:
    """/api/v1 is for programs of this machine that can read the token."""
    wanted = f"Bearer {token}".encode()

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if request.path.startswith("/api/v1/") and not hmac.compare_digest(given, wanted):
            raise web.HTTPUnauthorized(text="the token in the run folder is wanted as a bearer token\n")
        return await handler(request)

    return check
