"""Every address of the JSON API, in one table: what answers, who may, what goes in and out."""

from functools import partial
from typing import Any

from ari_app.http.server import pages
from ari_app.http.v1 import (
    rest,
    rest_callbacks,
    rest_codes,
    rest_commands,
    rest_history,
    rest_in,
    rest_out,
    rest_reports,
    stream,
)
from ari_app.http.v1.rest_leads_table import LEADS
from ari_app.http.v1.rest_locks import LOCKS
from ari_app.http.v1.rest_route import READ_PROBLEMS, Parameter, Route, paged
from warmline.core.model.callback import STATES
from warmline.core.model.commands import Kind

__all__ = ["ROUTES", "Parameter", "Route"]

SUPERVISION = (Kind.LISTEN, Kind.WHISPER, Kind.BARGE)
PLACE = {"type": "string", "pattern": "^[0-9]{1,18}(-[0-9]{1,9})?$"}
COMMAND_PROBLEMS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)

KEY = Parameter(
    rest_commands.KEY_HEADER,
    "header",
    "your name for this one request: sent again with it, the command is not given again, its receipt is",
    {"type": "string", "maxLength": 255, "pattern": "^[ -~]*$"},
)


def _command(
    path: str, name: str, summary: str, example: rest_in.Body, kind: Kind | None = None, takes: Any = None
) -> Route:
    """A command; its answer is a receipt. `kind` where the body does not say it."""
    of_call = path.startswith("/calls")
    shape = takes or type(example)
    serve = partial(rest_commands.to_call if of_call else rest_commands.to_agent, shape, kind)
    scope = "calls:write" if of_call else "agents:supervise" if kind in SUPERVISION else "agents:write"
    return Route(
        "POST", path, name, summary, scope, serve, rest_out.ReceiptNow, 201, COMMAND_PROBLEMS, shape, example, (KEY,)
    )


LATER = rest_in.CallbackTime(at="2026-12-24T18:05")


def _of_callback(what: str, name: str, summary: str, example: rest_in.Body) -> Route:
    """Somebody says something about a callback; the answer is a receipt."""
    serve = partial(rest_callbacks.change, type(example), Kind.CALLBACK)
    path, gives = f"/callbacks/{{id}}/{what}", rest_out.ReceiptNow
    return Route(
        "POST", path, name, summary, "agents:write", serve, gives, 201, COMMAND_PROBLEMS, type(example), example, (KEY,)
    )


ROUTES = (
    Route(
        "GET",
        "/agents",
        "listAgents",
        "Every agent who is logged in",
        "agents:read",
        rest.agents,
        list[rest_out.AgentNow],
        parameters=paged("the `user`", pages.LIVE, pages.LIVE),
    ),
    Route(
        "GET",
        "/agents/{user}",
        "getAgent",
        "One agent who is logged in",
        "agents:read",
        rest.agent,
        rest_out.AgentNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    _command(
        "/agents/{user}/login",
        "logInAgent",
        "Log in: the agent's phone is called, and an on_hook one is left on the hook",
        rest_in.Nothing(),
        Kind.LOGIN,
    ),
    _command(
        "/agents/{user}/pause",
        "pauseAgent",
        "Pause, at once or after the call and its disposition",
        rest_in.Pause(pause_code="LUNCH"),
        Kind.PAUSE,
    ),
    _command("/agents/{user}/resume", "resumeAgent", "Take calls again", rest_in.Nothing(), Kind.RESUME),
    _command(
        "/agents/{user}/logout",
        "logOutAgent",
        "Log out, at once or after the call and its disposition",
        rest_in.Nothing(),
        Kind.LOGOUT,
    ),
    _command(
        "/agents/{user}/ring",
        "ringAgent",
        "Ring the agent's phone again that was lost",
        rest_in.Nothing(),
        Kind.CALL_AGENT,
    ),
    _command(
        "/agents/{user}/dial",
        "dialCustomer",
        "Dial a customer for the agent, or the number that he looks at",
        rest_in.DialCustomer(number="8500"),
        Kind.DIAL,
    ),
    _command(
        "/agents/{user}/preview",
        "previewNumber",
        "Show the paused agent a number before it is dialled",
        rest_in.DialCustomer(number="8500"),
        Kind.PREVIEW,
    ),
    _command("/agents/{user}/skip", "skipPreview", "Leave that number", rest_in.Nothing(), Kind.SKIP),
    _command(
        "/agents/{user}/listen",
        "listenToAgent",
        "Call a supervisor's phone, which then hears what the agent hears and says",
        rest_in.Supervision(number="1009"),
        Kind.LISTEN,
    ),
    _command(
        "/agents/{user}/whisper",
        "whisperToAgent",
        "The same, and the agent alone hears the supervisor",
        rest_in.Supervision(number="1009"),
        Kind.WHISPER,
    ),
    _command(
        "/agents/{user}/barge",
        "bargeIn",
        "The same, and everybody in the call hears the supervisor",
        rest_in.Supervision(number="1009"),
        Kind.BARGE,
    ),
    _command("/agents/{user}/mute", "muteAgent", "Switch the agent's microphone off", rest_in.Nothing(), Kind.MUTE),
    _command("/agents/{user}/unmute", "unmuteAgent", "Switch it on again", rest_in.Nothing(), Kind.UNMUTE),
    _command(
        "/agents/{user}/disposition",
        "disposeOfCall",
        "Give the agent's last call its code",
        rest_in.Disposition(status="SALE", notes="wants an offer"),
        Kind.STATUS,
    ),
    _command(
        "/agents/{user}/transfers",
        "transferOwnCall",
        "The same as for a call, for the one that the agent is in",
        rest_in.DialWithCustomer(number="8500"),
        takes=rest_in.Transfer,
    ),
    _command("/agents/{user}/hold", "hold", "Let the customer hear music", rest_in.Nothing(), Kind.PARK_CUSTOMER),
    _command("/agents/{user}/unhold", "unhold", "Take the customer back", rest_in.Nothing(), Kind.GRAB_CUSTOMER),
    _command(
        "/agents/{user}/parking",
        "parkOrGrabOwn",
        "Put the customer or the third party of the agent's call on hold, or take them back",
        rest_in.Parking(kind="PARK_CUSTOMER"),
    ),
    _command("/agents/{user}/hangup", "hangUpOwn", "Hang up the agent's call, or its customer", rest_in.AgentHangup()),
    _command(
        "/agents/{user}/recording",
        "recordOwnCall",
        "Start, stop, mute or unmute the recording of the agent's call",
        rest_in.Recording(kind="RECORD_START"),
    ),
    _command(
        "/agents/{user}/audio",
        "playOwnAudio",
        "Play a sound file into the room of the agent's call, or change how it goes on",
        rest_in.Audio(kind="AUDIO_PLAY", message="vm-goodbye"),
    ),
    _command(
        "/agents/{user}/dtmf",
        "sendOwnDtmf",
        "Press keys for the third party, or the customer, of the agent's call",
        rest_in.Dtmf(digits="1W23#"),
        Kind.SEND_DTMF,
    ),
    Route(
        "GET",
        "/agents/{user}/dispositions",
        "listDispositions",
        "The codes that the agent may give the call he is in, or has just had",
        "agents:read",
        rest_codes.choices,
        list[rest_codes.DispositionChoice],
        problems=(*READ_PROBLEMS, 404),
    ),
    Route(
        "GET",
        "/agents/{user}/pause-codes",
        "listPauseCodes",
        "The codes that the agent may pause with",
        "agents:read",
        rest_codes.pause_choices,
        list[rest_codes.PauseChoice],
        problems=(*READ_PROBLEMS, 404),
    ),
    Route(
        "GET",
        "/calls",
        "listCalls",
        "Every live call, the oldest first",
        "calls:read",
        rest.calls,
        list[rest_out.CallNow],
        parameters=paged("the `id`", pages.LIVE, pages.LIVE),
    ),
    Route(
        "GET",
        "/calls/{id}",
        "getCall",
        "One live call with its legs",
        "calls:read",
        rest.call,
        rest_out.CallWhole,
        problems=(*READ_PROBLEMS, 404),
    ),
    _command(
        "/calls/{id}/transfers",
        "transferCall",
        "Bring a third party in, leave, or hand the customer over",
        rest_in.DialWithCustomer(number="8500"),
        takes=rest_in.Transfer,
    ),
    _command(
        "/calls/{id}/parking",
        "parkOrGrab",
        "Put the customer or the third party on hold, or take them back",
        rest_in.Parking(kind="PARK_CUSTOMER"),
    ),
    _command(
        "/calls/{id}/take",
        "takeCall",
        "Give a call that waits, or that another agent has, to one who is READY",
        rest_in.CallTaker(to_agent="1009"),
        Kind.TAKE_CALL,
    ),
    _command("/calls/{id}/hangup", "hangUp", "Hang up everybody, or one side", rest_in.Hangup(kind="END_CALL")),
    _command(
        "/calls/{id}/recording",
        "recordCall",
        "Start, stop, mute or unmute the recording",
        rest_in.Recording(kind="RECORD_START"),
    ),
    _command(
        "/calls/{id}/dtmf",
        "sendDtmf",
        "Press keys for the third party, or the customer",
        rest_in.Dtmf(digits="1W23#"),
        Kind.SEND_DTMF,
    ),
    _command(
        "/calls/{id}/vm-message",
        "setVmMessage",
        "Choose what LEAVE_VM will play",
        rest_in.VmMessage(message="vm-goodbye"),
        Kind.VM_MESSAGE,
    ),
    Route(
        "POST",
        "/calls/{id}/disposition",
        "correctDisposition",
        "Give a call another code than its agent did, also long after it is over",
        "calls:write",
        partial(rest_commands.correct, rest_in.Correction, Kind.SET_STATUS),
        rest_out.ReceiptNow,
        201,
        COMMAND_PROBLEMS,
        rest_in.Correction,
        rest_in.Correction(status="NI", notes="taken back the next day"),
        (KEY,),
    ),
    Route(
        "GET",
        "/receipts/{id}",
        "getReceipt",
        "How a command went, also long after it ended",
        "calls:read",
        rest.receipt,
        rest_out.ReceiptNow,
        problems=(*READ_PROBLEMS, 404),
    ),
    Route(
        "GET",
        "/ingroups",
        "listIngroups",
        "How each in-group served its callers",
        "calls:read",
        rest_reports.ingroups,
        list[rest_reports.IngroupServed],
        problems=READ_PROBLEMS,
        parameters=(
            Parameter("seconds", "query", "how far to look back", rest_reports.SECONDS),
            *paged("the `ingroup`", pages.ROWS),
        ),
    ),
    Route(
        "GET",
        "/history",
        "listHistory",
        "The last calls: in or out, answered, missed or failed",
        "calls:read",
        rest_history.calls,
        list[rest_history.HistoryCall],
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            Parameter("agent", "query", "whose calls; without it and number: everybody's", {"type": "string"}),
            Parameter("number", "query", "from or to this number, whoever had them", {"type": "string"}),
            *paged("the `call`", rest_history.USUAL),
        ),
    ),
    Route(
        "GET",
        "/callbacks",
        "listCallbacks",
        "Who is to be called back, the one who is due first in front",
        "calls:read",
        rest_callbacks.listed,
        list[rest_callbacks.CallbackWanted],
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            Parameter("agent", "query", "what this agent may call: his own and anybody's", {"type": "string"}),
            Parameter("state", "query", "only these; otherwise all that are still to be done", {"enum": list(STATES)}),
            *paged("the `id`"),
        ),
    ),
    Route(
        "GET",
        "/callbacks/{id}",
        "getCallback",
        "One callback",
        "calls:read",
        rest_callbacks.one,
        rest_callbacks.CallbackWanted,
        problems=(*READ_PROBLEMS, 404),
    ),
    _of_callback("take", "takeCallback", "Make it an agent's own", rest_in.CallbackTaker(agent="1000")),
    _of_callback("reschedule", "rescheduleCallback", "Put it to another time", LATER),
    _of_callback("cancel", "cancelCallback", "Nobody is to be called back any more", rest_in.Nothing()),
    *LEADS,
    *LOCKS,
    Route(
        "GET",
        "/orphans",
        "listOrphans",
        "What is in Asterisk under our name and belongs to nobody",
        "calls:read",
        rest.orphans,
        rest_out.Orphaned,
    ),
    Route(
        "GET",
        "/events",
        "followEvents",
        "What happens, as server-sent events: each line `data` is an Event",
        "events:read",
        stream.events,
        rest_out.Event,
        problems=READ_PROBLEMS,
        media="text/event-stream",
        parameters=(
            Parameter(
                "Last-Event-ID", "header", "go on behind this event; a row's number alone: behind the row", PLACE
            ),
            Parameter("after", "query", "the same, for whoever cannot set headers; 0 is the beginning", PLACE),
            Parameter("call", "query", "only this call's", {"type": "string"}),
            Parameter("agent", "query", "only this agent's", {"type": "string"}),
            Parameter("follow", "query", "false: end when there is no more", {"type": "boolean", "default": True}),
        ),
    ),
)
