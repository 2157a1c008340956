"""Every address of the JSON API, in one table: what answers, who may, what goes in and out."""

from ari_app.http.server import paging
from ari_app.http.v1 import (
    call_history,
    callbacks,
    dispositions,
    event_stream,
    leads,
    live_state,
    reports,
    response_bodies,
)
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from ari_app.http.v1.api_user_locks import LOCKS
from ari_app.http.v1.command_routes import AGENT_ROUTES, CALL_ROUTES, CALLBACK_ROUTES
from warmline.core.model.callback import STATES

__all__ = ["ROUTES", "ApiParameter", "ApiRoute"]

PLACE = {"type": "string", "pattern": "^[0-9]{1,18}(-[0-9]{1,9})?$"}

LEADS = (
    ApiRoute(
        "GET",
        "/calls/{id}/lead",
        "getLeadOfCall",
        "What the agent sees of the customer: lead, calls before, script",
        "leads:read",
        leads.of_call,
        leads.LeadShown,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/lead",
        "getLeadOfAgent",
        "The lead of the agent's call, of the number being previewed, or of the call just ended",
        "leads:read",
        leads.of_agent,
        leads.LeadShown,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/leads",
        "findLeads",
        "The leads with a number, or all",
        "leads:read",
        leads.found,
        list[leads.LeadNow],  # type: ignore[valid-type] # made from the table of fields
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter(
                "number",
                "query",
                "with or without its country's code",
                {"type": "string", "pattern": f"^{leads.NUMBER}$"},
            ),
            ApiParameter("list", "query", "only in this list", {"type": "string"}),
            *paged("the `lead_id`", cursors={"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
        ),
    ),
    ApiRoute(
        "GET",
        "/leads/{lead_id}",
        "getLead",
        "One lead, and the calls with it",
        "leads:read",
        leads.lead,
        leads.LeadWhole,
        problems=(*READ_PROBLEMS, 404),
    ),
)

ROUTES = (
    ApiRoute(
        "GET",
        "/agents",
        "listAgents",
        "Every agent who is logged in",
        "agents:read",
        live_state.agents,
        list[response_bodies.AgentNow],
        parameters=paged("the `user`", paging.LIVE, paging.LIVE),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}",
        "getAgent",
        "One agent who is logged in",
        "agents:read",
        live_state.agent,
        response_bodies.AgentNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    *AGENT_ROUTES,
    ApiRoute(
        "GET",
        "/agents/{user}/dispositions",
        "listDispositions",
        "The codes that the agent may give the current call, or the one just ended",
        "agents:read",
        dispositions.choices,
        list[dispositions.DispositionChoice],
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/pause-codes",
        "listPauseCodes",
        "The codes that the agent may pause with",
        "agents:read",
        dispositions.pause_choices,
        list[dispositions.PauseChoice],
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/calls",
        "listCalls",
        "Every live call, the oldest first",
        "calls:read",
        live_state.calls,
        list[response_bodies.CallNow],
        parameters=paged("the `id`", paging.LIVE, paging.LIVE),
    ),
    ApiRoute(
        "GET",
        "/calls/{id}",
        "getCall",
        "One live call with its legs",
        "calls:read",
        live_state.call,
        response_bodies.CallWhole,
        problems=(*READ_PROBLEMS, 404),
    ),
    *CALL_ROUTES,
    ApiRoute(
        "GET",
        "/receipts/{id}",
        "getReceipt",
        "How a command went, also long after it ended",
        "calls:read",
        live_state.receipt,
        response_bodies.ReceiptNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/ingroups",
        "listIngroups",
        "How each in-group served its callers",
        "calls:read",
        reports.ingroups,
        list[reports.IngroupServed],
        problems=READ_PROBLEMS,
        parameters=(
            ApiParameter("seconds", "query", "how far to look back", reports.SECONDS),
            *paged("the `ingroup`", paging.ROWS),
        ),
    ),
    ApiRoute(
        "GET",
        "/history",
        "listHistory",
        "The last calls: in or out, answered, missed or failed",
        "calls:read",
        call_history.calls,
        list[call_history.HistoryCall],
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter("agent", "query", "whose calls; without it and number: everybody's", {"type": "string"}),
            ApiParameter("number", "query", "from or to this number, whoever had them", {"type": "string"}),
            *paged("the `call`", call_history.USUAL),
        ),
    ),
    ApiRoute(
        "GET",
        "/callbacks",
        "listCallbacks",
        "List pending callbacks, earliest first",
        "calls:read",
        callbacks.listed,
        list[callbacks.CallbackWanted],
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter("agent", "query", "what this agent may call: his own and anybody's", {"type": "string"}),
            ApiParameter(
                "state", "query", "only these; otherwise all that are still to be done", {"enum": list(STATES)}
            ),
            *paged("the `id`"),
        ),
    ),
    ApiRoute(
        "GET",
        "/callbacks/{id}",
        "getCallback",
        "One callback",
        "calls:read",
        callbacks.one,
        callbacks.CallbackWanted,
        problems=(*READ_PROBLEMS, 404),
    ),
    *CALLBACK_ROUTES,
    *LEADS,
    *LOCKS,
    ApiRoute(
        "GET",
        "/orphans",
        "listOrphans",
        "What is in Asterisk under our name and belongs to nobody",
        "calls:read",
        live_state.orphans,
        response_bodies.OrphanList,
    ),
    ApiRoute(
        "GET",
        "/events",
        "followEvents",
        "What happens, as server-sent events: each line `data` is an Event",
        "events:read",
        event_stream.events,
        response_bodies.EventNow,
        problems=READ_PROBLEMS,
        media="text/event-stream",
        parameters=(
            ApiParameter(
                "Last-Event-ID", "header", "go on behind this event; a row's number alone: behind the row", PLACE
            ),
            ApiParameter("after", "query", "the same, for whoever cannot set headers; 0 is the beginning", PLACE),
            ApiParameter("call", "query", "only this call's", {"type": "string"}),
            ApiParameter("agent", "query", "only this agent's", {"type": "string"}),
            ApiParameter("follow", "query", "false: end when there is no more", {"type": "boolean", "default": True}),
        ),
    ),
)
