"""How a command is put to Warmline: by the agent API, or by the JSON API where only that has it."""

from typing import Any

from warmline.core.commands.command_registry import DIALS
from warmline.core.model.commands import Kind

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
# Kinds that the agent API has no word for: where below a call the JSON API takes them.
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
    Kind.LISTEN: "listen",
    Kind.WHISPER: "whisper",
    Kind.BARGE: "barge",
}

NAMES = {"to_agent": "agent"}  # what a body calls a field of its command, if not the same


def query(kind: Kind, agent: str, number: str = "", ingroup: str = "", value: str = "") -> dict[str, str]:
    """The parameters of a command to the agent API. `value`: a disposition code, or keys to press.

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
        asked |= {"consultative": "YES"} if kind in DIALS else {}
    return asked


def body(given: dict[str, str]) -> dict[str, str]:
    """The body of a command to the JSON API."""
    return {NAMES.get(name, name): value for name, value in given.items()}


def reason(answer: str, function: str) -> str:
    """Why the agent API did not do it, "" if it did."""
    if answer.startswith("SUCCESS: "):
        return ""
    return answer.removeprefix("ERROR: ").removeprefix(f"{function} ").rpartition(" - ")[0]


def problem(status: int, answer: Any) -> str:
    """Why the JSON API did not do it, "" if it did."""
    return "" if status == 201 else str(answer["detail"])
