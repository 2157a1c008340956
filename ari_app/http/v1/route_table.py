"""Every address of the JSON API, in one table: what answers, who may, what goes in and out."""

from functools import partial
from typing import Any

from ari_app.http.server import paging
from ari_app.http.v1 import (
    call_history,
    callbacks,
    commands,
    dispositions,
    event_stream,
    live_state,
    reports,
    request_bodies,
    response_bodies,
)
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from ari_app.http.v1.api_user_locks import LOCKS
from ari_app.http.v1.lead_routes import LEADS
from warmline.core.model.callback import STATES
from warmline.core.model.commands import Kind

__all__ = ["ROUTES", "ApiParameter", "ApiRoute"]

SUPERVISION = (Kind.LISTEN, Kind.WHISPER, Kind.BARGE)
PLACE = {"type": "string", "pattern": "^[0-9]{1,18}(-[0-9]{1,9})?$"}
COMMAND_PROBLEMS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)

KEY = ApiParameter(
    commands.KEY_HEADER,
    "header",
    "your name for this one request: sent again with it, the command is not given again, its receipt is",
    {"type": "string", "maxLength": 255, "pattern": "^[ -~]*$"},
)


def _command(
    path: str, name: str, summary: str, example: request_bodies.Body, kind: Kind | None = None, takes: Any = None
) -> ApiRoute:
    """A command; its answer is a receipt. `kind` where the body does not say it."""
    of_call = path.startswith("/calls")
    shape = takes or type(example)
    serve = partial(commands.to_call if of_call else commands.to_agent, shape, kind)
    scope = "calls:write" if of_call else "agents:supervise" if kind in SUPERVISION else "agents:write"
    gives = response_bodies.ReceiptNow
    return ApiRoute("POST", path, name, summary, scope, serve, gives, 201, COMMAND_PROBLEMS, shape, example, (KEY,))


LATER = request_bodies.CallbackTimeBody(at="2026-12-24T18:05")


def _of_callback(what: str, name: str, summary: str, example: request_bodies.Body) -> ApiRoute:
    """Somebody says something about a callback; the answer is a receipt."""
    serve = partial(callbacks.change, type(example))
    path, gives = f"/callbacks/{{id}}/{what}", response_bodies.ReceiptNow
    return ApiRoute(
        "POST", path, name, summary, "agents:write", serve, gives, 201, COMMAND_PROBLEMS, type(example), example, (KEY,)
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
    _command(
        "/agents/{user}/login",
        "logInAgent",
        "Log in: the agent's phone is called, and an on_hook one is left on the hook",
        request_bodies.EmptyBody(),
        Kind.LOGIN,
    ),
    _command(
        "/agents/{user}/pause",
        "pauseAgent",
        "Pause, at once or after the call and its disposition",
        request_bodies.PauseBody(pause_code="LUNCH"),
        Kind.PAUSE,
    ),
    _command("/agents/{user}/resume", "resumeAgent", "Take calls again", request_bodies.EmptyBody(), Kind.RESUME),
    _command(
        "/agents/{user}/logout",
        "logOutAgent",
        "Log out, at once or after the call and its disposition",
        request_bodies.EmptyBody(),
        Kind.LOGOUT,
    ),
    _command(
        "/agents/{user}/ring",
        "ringAgent",
        "Ring the agent's phone again that was lost",
        request_bodies.EmptyBody(),
        Kind.CALL_AGENT,
    ),
    _command(
        "/agents/{user}/dial",
        "dialCustomer",
        "Dial a customer for the agent, or the number that he looks at",
        request_bodies.DialCustomerBody(number="8500"),
        Kind.DIAL,
    ),
    _command(
        "/agents/{user}/preview",
        "previewNumber",
        "Show the paused agent a number before it is dialled",
        request_bodies.DialCustomerBody(number="8500"),
        Kind.PREVIEW,
    ),
    _command("/agents/{user}/skip", "skipPreview", "Leave that number", request_bodies.EmptyBody(), Kind.SKIP),
    _command(
        "/agents/{user}/listen",
        "listenToAgent",
        "Call a supervisor's phone, which then hears what the agent hears and says",
        request_bodies.SupervisionBody(number="1009"),
        Kind.LISTEN,
    ),
    _command(
        "/agents/{user}/whisper",
        "whisperToAgent",
        "The same, and the agent alone hears the supervisor",
        request_bodies.SupervisionBody(number="1009"),
        Kind.WHISPER,
    ),
    _command(
        "/agents/{user}/barge",
        "bargeIn",
        "The same, and everybody in the call hears the supervisor",
        request_bodies.SupervisionBody(number="1009"),
        Kind.BARGE,
    ),
    _command(
        "/agents/{user}/mute", "muteAgent", "Switch the agent's microphone off", request_bodies.EmptyBody(), Kind.MUTE
    ),
    _command("/agents/{user}/unmute", "unmuteAgent", "Switch it on again", request_bodies.EmptyBody(), Kind.UNMUTE),
    _command(
        "/agents/{user}/disposition",
        "disposeOfCall",
        "Give the agent's last call its code",
        request_bodies.DispositionBody(status="SALE", notes="wants an offer"),
        Kind.STATUS,
    ),
    _command(
        "/agents/{user}/transfers",
        "transferOwnCall",
        "The same as for a call, for the one that the agent is in",
        request_bodies.DialWithCustomerBody(number="8500"),
        takes=request_bodies.Transfer,
    ),
    _command(
        "/agents/{user}/hold", "hold", "Let the customer hear music", request_bodies.EmptyBody(), Kind.PARK_CUSTOMER
    ),
    _command(
        "/agents/{user}/unhold", "unhold", "Take the customer back", request_bodies.EmptyBody(), Kind.GRAB_CUSTOMER
    ),
    _command(
        "/agents/{user}/parking",
        "parkOrGrabOwn",
        "Put the customer or the third party of the agent's call on hold, or take them back",
        request_bodies.ParkBody(kind="PARK_CUSTOMER"),
    ),
    _command(
        "/agents/{user}/hangup",
        "hangUpOwn",
        "Hang up the agent's call, or its customer",
        request_bodies.AgentHangupBody(),
    ),
    _command(
        "/agents/{user}/recording",
        "recordOwnCall",
        "Start, stop, mute or unmute the recording of the agent's call",
        request_bodies.RecordingBody(kind="RECORD_START"),
    ),
    _command(
        "/agents/{user}/audio",
        "playOwnAudio",
        "Play a sound file into the room of the agent's call, or change how it goes on",
        request_bodies.AudioBody(kind="AUDIO_PLAY", message="vm-goodbye"),
    ),
    _command(
        "/agents/{user}/dtmf",
        "sendOwnDtmf",
        "Press keys for the third party, or the customer, of the agent's call",
        request_bodies.DtmfBody(digits="1W23#"),
        Kind.SEND_DTMF,
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/dispositions",
        "listDispositions",
        "The codes that the agent may give the call he is in, or has just had",
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
    _command(
        "/calls/{id}/transfers",
        "transferCall",
        "Bring a third party in, leave, or hand the customer over",
        request_bodies.DialWithCustomerBody(number="8500"),
        takes=request_bodies.Transfer,
    ),
    _command(
        "/calls/{id}/parking",
        "parkOrGrab",
        "Put the customer or the third party on hold, or take them back",
        request_bodies.ParkBody(kind="PARK_CUSTOMER"),
    ),
    _command(
        "/calls/{id}/take",
        "takeCall",
        "Give a call that waits, or that another agent has, to one who is READY",
        request_bodies.CallTakerBody(to_agent="1009"),
        Kind.TAKE_CALL,
    ),
    _command(
        "/calls/{id}/hangup", "hangUp", "Hang up everybody, or one side", request_bodies.HangupBody(kind="END_CALL")
    ),
    _command(
        "/calls/{id}/recording",
        "recordCall",
        "Start, stop, mute or unmute the recording",
        request_bodies.RecordingBody(kind="RECORD_START"),
    ),
    _command(
        "/calls/{id}/dtmf",
        "sendDtmf",
        "Press keys for the third party, or the customer",
        request_bodies.DtmfBody(digits="1W23#"),
        Kind.SEND_DTMF,
    ),
    _command(
        "/calls/{id}/vm-message",
        "setVmMessage",
        "Choose what LEAVE_VM will play",
        request_bodies.VmMessageBody(message="vm-goodbye"),
        Kind.VM_MESSAGE,
    ),
    ApiRoute(
        "POST",
        "/calls/{id}/disposition",
        "correctDisposition",
        "Give a call another code than its agent did, also long after it is over",
        "calls:write",
        partial(commands.correct, request_bodies.CorrectionBody),
        response_bodies.ReceiptNow,
        201,
        COMMAND_PROBLEMS,
        request_bodies.CorrectionBody,
        request_bodies.CorrectionBody(status="NI", notes="taken back the next day"),
        (KEY,),
    ),
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
        "Who is to be called back, the one who is due first in front",
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
    _of_callback("take", "takeCallback", "Make it an agent's own", request_bodies.CallbackTakerBody(agent="1000")),
    _of_callback("reschedule", "rescheduleCallback", "Put it to another time", LATER),
    _of_callback("cancel", "cancelCallback", "Nobody is to be called back any more", request_bodies.EmptyBody()),
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
