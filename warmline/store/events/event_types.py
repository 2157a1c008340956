"""The types of the events in `/api/v1/events` that tell of a changed record, each by the state that it names.

Beside these an event has the kind of its journal row as its type: see journal_kinds.py. Types are stable: clients match
them as text, and the journal holds them.
"""

from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import Recording
from warmline.core.model.shown_state import LOGGED_OUT, NO_PHONE

CALL_UPDATED = "call.updated"
CALL_CONNECTED = "call.connected"
CALL_TYPES = {
    State.WAITING: "call.waiting",
    State.RINGING_AGENT: "call.ringing",
    State.DIALING_OUT: "call.dialing",
    State.TALKING: "call.talking",
    State.PARKED: "call.parked",
    State.DIALING: "call.third_dialing",
    State.THREE_WAY: "call.three_way",
    State.CONSULTING: "call.consulting",
    State.THIRD_PARKED: "call.third_parked",
    State.BOTH_PARKED: "call.both_parked",
    State.CUSTOMER_GONE: "call.customer_gone",
    State.LEFT_RINGING: "call.left_ringing",
    State.BLIND: "call.blind_transfer",
    State.MESSAGE: "call.message",
    State.RESCUE: "call.rescue",
    State.HANDED_OFF: "call.handed_off",
    State.ENDED: "call.ended",
}
NOT_YET_CONNECTED = (State.WAITING, State.RINGING_AGENT, State.DIALING_OUT)

AGENT_UPDATED = "agent.updated"
AGENT_LOGGED_IN = "agent.logged_in"
AGENT_TYPES = {
    "READY": "agent.ready",
    NO_PHONE: "agent.unreachable",
    "QUEUE": "agent.connecting",
    "INCALL": "agent.in_call",
    "PARK": "agent.holding",
    "3-WAY": "agent.three_way",
    "LOST": "agent.phone_lost",
    "DEAD": "agent.customer_gone",
    "DISPO": "agent.wrap_up",
    "PAUSED": "agent.paused",
    LOGGED_OUT: "agent.logged_out",
}

COMMAND_ACCEPTED = "command.accepted"
COMMAND_UPDATED = "command.updated"
COMMAND_TYPES = {
    Outcome.COMPLETED: "command.completed",
    Outcome.BUSY: "command.failed",
    Outcome.NO_ANSWER: "command.failed",
    Outcome.NO_AGENT: "command.failed",
    Outcome.DECLINED: "command.failed",
    Outcome.FAILED: "command.failed",
    Outcome.UNKNOWN: "command.failed",
    Outcome.REFUSED: "command.refused",
    Outcome.ABANDONED: "command.abandoned",
}
STEP_TYPES = {"begun": "command.started", "dialling": "command.dialing"}  # by the step that a command has come to

RECORDING_STARTED = "recording.started"
RECORDING_FINISHED = "recording.finished"
RECORDING_UPDATED = "recording.updated"
RECORDING_TYPES = {"kept": "recording.kept", "failed": "recording.failed"}  # by the status it has come to

DISPOSITION_ENTERED = "disposition.entered"
DISPOSITION_CORRECTED = "disposition.corrected"

RECORD_TYPES = tuple(
    dict.fromkeys(
        (
            *CALL_TYPES.values(),
            CALL_CONNECTED,
            CALL_UPDATED,
            AGENT_LOGGED_IN,
            *AGENT_TYPES.values(),
            AGENT_UPDATED,
            COMMAND_ACCEPTED,
            *STEP_TYPES.values(),
            *COMMAND_TYPES.values(),
            COMMAND_UPDATED,
            RECORDING_STARTED,
            RECORDING_FINISHED,
            *RECORDING_TYPES.values(),
            RECORDING_UPDATED,
            DISPOSITION_ENTERED,
            DISPOSITION_CORRECTED,
        )
    )
)


def call_type(before: State | None, now: State) -> str:
    """Return the type for a call that was in state `before` (None: it is new) and is in `now`."""
    if before is now:
        return CALL_UPDATED
    if now is State.TALKING and (before is None or before in NOT_YET_CONNECTED):
        return CALL_CONNECTED
    return CALL_TYPES[now]


def agent_type(before: str | None, now: str) -> str:
    """Return the type for an agent whose state was shown as `before` (None: not logged in) and is shown as `now`."""
    if before is None and now != LOGGED_OUT:
        return AGENT_LOGGED_IN
    return AGENT_UPDATED if before == now else AGENT_TYPES[now]


def command_type(before: str | None, outcome: Outcome | None, step: str) -> str:
    """Return the type for a command whose last step was `before` (None: it is new) and is `step`."""
    if outcome:
        return COMMAND_TYPES[outcome]
    if step != before and step in STEP_TYPES:
        return STEP_TYPES[step]
    return COMMAND_ACCEPTED if before is None else COMMAND_UPDATED


def recording_type(before: Recording | None, now: Recording) -> str:
    """Return the type for a file that was `before` (None: it is new) and is `now`; "" until it has begun."""
    was = before.status if before else ""
    if now.status != was and now.status in RECORDING_TYPES:
        return RECORDING_TYPES[now.status]
    if now.ended is not None and (before is None or before.ended is None):
        return RECORDING_FINISHED
    if now.started is None:
        return ""
    return RECORDING_UPDATED if before and before.started else RECORDING_STARTED
