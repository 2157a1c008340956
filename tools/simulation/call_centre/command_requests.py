"""Requests of commands: by the agent API, or by the JSON API for commands that only it has."""

from typing import Any

from warmline.core.commands.command_registry import DIAL_COMMANDS
from warmline.core.messages.commands import Kind

FUNCTIONS = {
    Kind.HANGUP: ("external_hangup", "1"),
    Kind.PAUSE: ("external_pause", "PAUSE"),
    Kind.RESUME: ("external_pause", "RESUME"),
    Kind.LOGOUT: ("logout", "LOGOUT"),
    Kind.RECORD_START: ("recording", "START"),
    Kind.RECORD_STOP: ("recording", "STOP"),
    Kind.CALL_AGENT: ("call_agent", "CALL"),
    Kind.SKIP: ("preview_dial_action", "SKIP"),
}
PARKS = tuple(
    kind
    for kind in Kind
    if kind.startswith(("PARK", "GRAB", "SWAP", "HANGUP_XFER_")) and kind is not Kind.PARK_CUSTOMER_DIAL
)
# Kinds that the agent API does not have, with their addresses below a call in the JSON API.
JSON = {
    Kind.HANGUP_CUSTOMER: "hangup",
    Kind.END_CALL: "hangup",
    Kind.RECORD_MUTE: "recording",
    Kind.RECORD_UNMUTE: "recording",
    Kind.TAKE_CALL: "take",
}

# The same below an agent.
OWN = {
    Kind.MUTE: "mute",
    Kind.UNMUTE: "unmute",
    Kind.ASK_HELP: "ask-help",
    Kind.END_HELP: "end-help",
    Kind.LISTEN: "listen",
    Kind.WHISPER: "whisper",
    Kind.BARGE: "barge",
    Kind.NOTES: "notes",
    Kind.CALL_AGENT: "ring",
}

NAMES = {"to_agent": "agent"}  # names of fields in a body that differ from the command's


def query(kind: Kind, agent: str, number: str = "", ingroup: str = "", value: str = "") -> dict[str, str]:
    """Return the parameters of a command to the agent API. `value`: a disposition, or keys to press.

    With an in-group, a dialling command is consultative.
    """
    function, word = FUNCTIONS.get(kind, ("transfer_conference", kind.value))
    if kind in PARKS:
        function = "park_call"
    elif kind in (Kind.STATUS, Kind.SEND_DTMF):
        function, word = ("external_status" if kind is Kind.STATUS else "send_dtmf"), value
    elif kind is Kind.DIAL:
        dial = {"value": number, "search": "NO", "preview": "NO", "focus": "NO"}
        return {"function": "external_dial", "agent_user": agent, **dial}
    asked = {"function": function, "agent_user": agent, "value": word, "phone_number": number}
    if ingroup:
        asked["ingroup_choices"] = ingroup
        asked |= {"consultative": "YES"} if kind in DIAL_COMMANDS else {}
    return asked


def body(given: dict[str, str]) -> dict[str, str]:
    """Return the body of a command to the JSON API."""
    return {NAMES.get(name, name): value for name, value in given.items()}


def reason(answer: str, function: str) -> str:
    """Return why the agent API refused the command, "" if it did it."""
    if answer.startswith("SUCCESS: "):
        return ""
    return answer.removeprefix("ERROR: ").removeprefix(f"{function} ").rpartition(" - ")[0]


def problem(status: int, answer: Any) -> str:
    """Return why the JSON API refused the command, "" if it did it."""
    return "" if status == 201 else str(answer["detail"])
