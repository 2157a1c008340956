"""The table of all routes of the JSON API: handler, scope, and the shapes of request and answer.

Routes of operations are made from these; all others are written by hand. Some stay so, because they are more than one
function. Logins, tickets, the own password and the enrolment of a second factor check a password in two processes, slow
guesses down and set cookies. Streams, audio, uploads and the feeds of pages are sent in parts.
"""

from itertools import chain

from ari_app.http.imports.import_routes import IMPORT_ROUTES
from ari_app.http.management import transfer_destinations
from ari_app.http.management.lead_routes import LEAD_CHANGES, LIST_ROUTES
from ari_app.http.management.recording_routes import RECORDING_ROUTES
from ari_app.http.openapi.added_api import added_apis
from ari_app.http.openapi.lead_lookup_routes import LEADS
from ari_app.http.outbound.list_part_routes import LIST_PARTS
from ari_app.http.outbound.outbound_routes import OUTBOUND_ROUTES
from ari_app.http.past.call_search_routes import PAST_CALLS
from ari_app.http.people.logins import LOGIN, LOGOUT, ME
from ari_app.http.people.own_account import OWN_ACCOUNT
from ari_app.http.people.second_factor import OWN_SECOND_FACTOR
from ari_app.http.people.stream_ticket_requests import TICKETS
from ari_app.http.screen.screen_routes import SCREEN_ROUTES
from ari_app.http.server import paging
from ari_app.http.servers.server_routes import SERVERS
from ari_app.http.v1 import (
    agent_bounds,
    audio_download,
    call_agents,
    call_history,
    dispositions,
    event_stream,
    ingroup_service,
    live_state,
    live_stream,
    operation_routes,
)
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from ari_app.http.v1.bodies import response_bodies
from ari_app.http.v1.command_routes import AGENT_ROUTES, CALL_ROUTES, DIALLER_ROUTES
from ari_app.http.v1.diallers import DIALLERS
from warmline.operations import (
    callbacks,
    configuration,
    configuration_documents,
    configuration_kinds,
    configuration_revisions,
    do_not_call,
    event_hooks,
    live_records,
    people,
    reports,
    scheduled_reports,
    sessions,
)
from warmline.operations.receipts import ReceiptNow

__all__ = ["AUDIO", "ROUTES", "ApiParameter", "ApiRoute"]

TICKET = ApiParameter(
    "ticket", "query", "a ticket in place of the token, for a browser's EventSource", {"type": "string"}
)

TEXT = {"type": "string"}
LEAD = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}

PLACE = {"type": "string", "pattern": "^[0-9]{1,18}(-[0-9]{1,9})?$"}

AUDIO = ApiRoute(
    "GET",
    "/recordings/{id}",
    "getRecording",
    "Send the audio of a complete recording",
    "recordings:read",
    agent_bounds.RECORDING,
    audio_download.audio,
    bytes,
    problems=(*READ_PROBLEMS, 404, 416),
    parameters=(
        ApiParameter("Range", "header", "one range of bytes, such as bytes=0-65535; the answer is 206", TEXT),
        ApiParameter("If-Range", "header", "the ETag of an earlier answer: a range only if the file is the same", TEXT),
    ),
    media="audio/*",
)

_PLACED = (
    LOGIN,
    LOGOUT,
    ME,
    *OWN_ACCOUNT,
    *OWN_SECOND_FACTOR,
    *operation_routes.routes(sessions),
    TICKETS,
    ApiRoute(
        "GET",
        "/agents",
        "listAgents",
        "List all logged-in agents",
        "agents:read",
        agent_bounds.ROWS,
        live_state.agents,
        list[live_records.AgentNow],
        parameters=paged("the `user`", paging.LIVE, paging.LIVE),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}",
        "getAgent",
        "Show a logged-in agent",
        "agents:read",
        agent_bounds.AGENT,
        live_state.agent,
        live_records.AgentNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    *AGENT_ROUTES,
    ApiRoute(
        "GET",
        "/agents/{user}/dispositions",
        "listDispositions",
        "List the codes that the agent may give the current call, or the one just ended",
        "agents:read",
        agent_bounds.AGENT,
        dispositions.choices,
        list[dispositions.DispositionChoice],
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/pause-codes",
        "listPauseCodes",
        "List the codes that the agent may pause with",
        "agents:read",
        agent_bounds.AGENT,
        dispositions.pause_choices,
        list[dispositions.PauseChoice],
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/destinations",
        "listDestinations",
        "List the presets, in-groups and agents that the agent can transfer a call to",
        "agents:read",
        agent_bounds.AGENT,
        transfer_destinations.of_agent,
        transfer_destinations.Destinations,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/calls",
        "listCalls",
        "List all live calls, the oldest first",
        "calls:read",
        agent_bounds.ROWS,
        live_state.calls,
        list[live_records.CallNow],
        parameters=paged("the `id`", paging.LIVE, paging.LIVE),
    ),
    ApiRoute(
        "GET",
        "/calls/{id}",
        "getCall",
        "Show a live call with its legs, and its agents with their codes and notes",
        "calls:read",
        agent_bounds.CALL,
        call_agents.of_call,
        live_records.CallWithAgents,
        problems=(*READ_PROBLEMS, 404),
    ),
    *CALL_ROUTES,
    ApiRoute(
        "GET",
        "/receipts/{id}",
        "getReceipt",
        "Show how a command ended, by its id or by key: and the idempotency key",
        "calls:read",
        agent_bounds.RECEIPT,
        live_state.receipt,
        ReceiptNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/ingroups",
        "listIngroups",
        "Show how each in-group served its callers, and its queue now",
        "calls:read",
        agent_bounds.EVERYTHING,
        ingroup_service.ingroups,
        list[ingroup_service.IngroupServed],
        problems=READ_PROBLEMS,
        parameters=(
            ApiParameter("seconds", "query", "how many seconds back the report starts", ingroup_service.SECONDS),
            *paged("the `ingroup`", paging.ROWS),
        ),
    ),
    ApiRoute(
        "GET",
        "/ingroups/{id}",
        "getIngroup",
        "Show an in-group's queue now: calls that wait, agents, and the wait of the next caller",
        "calls:read",
        agent_bounds.EVERYTHING,
        ingroup_service.ingroup,
        ingroup_service.IngroupNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/history",
        "listHistory",
        "List past calls: in or out, answered, missed or failed",
        "calls:read",
        agent_bounds.ROWS,
        call_history.calls,
        list[call_history.HistoryCall],
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter("agent", "query", "only this agent's calls; default: all agents", {"type": "string"}),
            ApiParameter("number", "query", "only calls from or to this number, of any agent", {"type": "string"}),
            ApiParameter("lead", "query", "only calls with this lead", LEAD),
            ApiParameter("since", "query", "only calls since this time, such as 24h or 2026-11-20", TEXT),
            ApiParameter("until", "query", "only calls before this time, in the same forms", TEXT),
            *paged("the `call`", call_history.USUAL),
        ),
    ),
    *operation_routes.routes(callbacks),
    *PAST_CALLS,
    *DIALLERS,
    *DIALLER_ROUTES,
    *SERVERS,
    *operation_routes.routes(reports),
    *OUTBOUND_ROUTES,
    *chain.from_iterable(added.routes for added in added_apis()),
    *LIST_PARTS,
    *IMPORT_ROUTES,
    *RECORDING_ROUTES,
    AUDIO,
    *LEADS,
    *LEAD_CHANGES,
    *LIST_ROUTES,
    *operation_routes.routes(do_not_call),
    *operation_routes.routes(configuration_documents),
    *operation_routes.routes(configuration_revisions),
    *operation_routes.routes(configuration_kinds),
    *operation_routes.routes(configuration),
    *operation_routes.routes(event_hooks),
    *operation_routes.routes(scheduled_reports),
    *SCREEN_ROUTES,
    ApiRoute(
        "GET",
        "/orphans",
        "listOrphans",
        "List Asterisk's channels and bridges under Warmline's name that belong to no call or agent session",
        "calls:read",
        agent_bounds.EVERYTHING,
        live_state.orphans,
        response_bodies.OrphanList,
    ),
    ApiRoute(
        "GET",
        "/live",
        "followLiveState",
        "Follow live agents and calls as server-sent events: each line `data` is a LiveUpdate",
        "agents:read",
        agent_bounds.ROWS,
        live_stream.live,
        live_stream.LiveMessage,
        problems=READ_PROBLEMS,
        media="text/event-stream",
        parameters=(
            ApiParameter("Last-Event-ID", "header", "continue after this position", {"type": "string"}),
            ApiParameter("after", "query", "the same, for clients that cannot set headers", {"type": "string"}),
            ApiParameter("agent", "query", "only this agent, and the agent's call", {"type": "string"}),
            ApiParameter("call", "query", "only the call of this id", {"type": "string"}),
            ApiParameter("ingroup", "query", "only this in-group's agents and calls", {"type": "string"}),
            ApiParameter(
                "details",
                "query",
                "with `agent`: also the customer, or the agent's last calls, and the disposition codes",
                {"type": "boolean", "default": False},
            ),
            ApiParameter(
                "totals",
                "query",
                "without a topic: also the totals of the day, if the token has `calls:read`",
                {"type": "boolean", "default": False},
            ),
            ApiParameter("follow", "query", "false: end after the first event", {"type": "boolean", "default": True}),
            TICKET,
        ),
    ),
    ApiRoute(
        "GET",
        "/events",
        "followEvents",
        "Follow the events as server-sent events: each line `data` is an Event",
        "events:read",
        agent_bounds.ROWS,
        event_stream.events,
        live_records.EventNow,
        problems=READ_PROBLEMS,
        media="text/event-stream",
        parameters=(
            ApiParameter(
                "Last-Event-ID", "header", "continue after this event; a row's number alone: after the row", PLACE
            ),
            ApiParameter("after", "query", "the same, for clients that cannot set headers; 0 for the beginning", PLACE),
            ApiParameter("call", "query", "only events of this call", {"type": "string"}),
            ApiParameter("agent", "query", "only events of this agent", {"type": "string"}),
            ApiParameter("follow", "query", "false: end when there is no more", {"type": "boolean", "default": True}),
            TICKET,
        ),
    ),
    *operation_routes.routes(people),
)

ROUTES = (*_PLACED, *(one for one in operation_routes.all_routes() if one not in _PLACED))
