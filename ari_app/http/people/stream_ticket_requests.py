"""Tickets for browsers, whose EventSource cannot send a token: `/live?ticket=…` and `/events?ticket=…`."""

from http import HTTPStatus

from msgspec import Struct

from ari_app.http.server import bearer_tokens, stream_tickets
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi


class TicketMade(Struct, frozen=True):
    """A ticket that stands for the client's token. It ends `seconds` after it was made or used last."""

    ticket: str
    seconds: int


async def make(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with a ticket. Raises ProblemRaised (403) for a wallboard, which has no stream."""
    bearer_tokens.refuse_wallboard(request.asker, "makeTicket")
    ticket = api.askers.tickets.make(request.token, request.asker.client)
    return reply(TicketMade(ticket, int(stream_tickets.UNUSED)), HTTPStatus.CREATED)


TICKETS = ApiRoute(
    "POST",
    "/tickets",
    "makeTicket",
    "Make a ticket for one event stream of a browser",
    "",
    agent_bounds.OWN_SESSION,
    make,
    TicketMade,
    201,
    READ_PROBLEMS,
)
