"""The routes of the Asterisk servers: what each does now, and the drain of one of several."""

from functools import partial

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import not_found
from ari_app.http.v1 import agent_bounds, commands
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.v1.operation_routes import KEY
from ari_app.live import server_records
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.messages.command_classes import COMMAND_CLASSES, to_current_fields
from warmline.core.messages.commands import Kind
from warmline.operations.live_records import ServerNow
from warmline.operations.operation import COMMAND
from warmline.operations.receipts import ReceiptNow
from warmline.store.database.errors import NotFound


async def listed(api: JsonApi, _request: ApiRequest) -> ApiAnswer:
    """Reply with every server, `main` first."""
    return reply(server_records.servers(api.board.world, api.board.servers))


async def change(kind: Kind, api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Give a command to the server in the path; reply with its receipt. Raises ProblemRaised."""
    body, server = commands.read(request, request_bodies.EmptyBody), request.path_values["id"]
    if server not in api.board.servers:
        names = ", ".join(sorted(api.board.servers))
        why = "server {server!r} does not exist; there are: {known}"
        raise not_found(NotFound("server_missing", why, server=server, known=names))
    shape = COMMAND_CLASSES[kind]
    return await commands.give(api, request, body, shape(**to_current_fields(shape, {"server": server})))


def _of_server(what: str, name: str, kind: Kind) -> ApiRoute:
    """Return the route of a command to a server."""
    return ApiRoute(
        "POST",
        f"/servers/{{id}}/{what}",
        name,
        REGISTERED_COMMANDS[kind].summary,
        "config:write",
        agent_bounds.EVERYTHING,
        partial(change, kind),
        ReceiptNow,
        201,
        COMMAND,
        request_bodies.EmptyBody,
        request_bodies.EmptyBody(),
        (KEY,),
    )


SERVERS = (
    ApiRoute(
        "GET",
        "/servers",
        "listServers",
        "List the Asterisk servers: connection, load and drain",
        "config:read",
        agent_bounds.EVERYTHING,
        listed,
        list[ServerNow],
        problems=READ_PROBLEMS,
    ),
    _of_server("drain", "drainServer", Kind.SERVER_DRAIN),
    _of_server("resume", "resumeServer", Kind.SERVER_RESUME),
)
