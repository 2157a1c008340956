"""The types of events in `/api/v1/events` about changed records, by the state that each type names.

Other events have the kind of their journal row as type. warmline/text/event_names.py has all types. They are stable,
because clients compare them as text and the journal stores them.
"""

from warmline.core.model.call_states import State
from warmline.core.model.dialler import Dialler
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import Recording
from warmline.core.model.shown_state import LOGGED_OUT, NO_PHONE

CALL_UPDATED = "call.updated"
CALL_CONNECTED = "call.connected"
CALL_TYPES = {
    State.WAITING: "call.waiting",
    State.RINGING_AGENT: "call.ringing",
    State.DIALING_OUT: "call.dialing",
    State.CALLING: "call.calling",
    State.ANSWERED: "call.answered",
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
    State.MACHINE: "call.machine",
    State.MESSAGE: "call.message",
    State.RESCUE: "call.rescue",
    State.HANDED_OFF: "call.handed_off",
    State.ENDED: "call.ended",
}
NOT_YET_CONNECTED = (State.WAITING, State.RINGING_AGENT, State.DIALING_OUT, State.ANSWERED)

AGENT_UPDATED = "agent.updated"
AGENT_LOGGED_IN = "agent.logged_in"
AGENT_OVERDUE = "agent.pause_overdue"
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
STEP_TYPES = {"begun": "command.started", "dialling": "command.dialing"}  # by the last step of a command

RECORDING_STARTED = "recording.started"
RECORDING_FINISHED = "recording.finished"
RECORDING_UPDATED = "recording.updated"
RECORDING_TYPES = {"kept": "recording.kept", "failed": "recording.failed"}  # by the status of a recording

DISPOSITION_ENTERED = "disposition.entered"
DISPOSITION_CORRECTED = "disposition.corrected"

HANDOVER_RECEIVED = "handover.received"

DIALLER_STARTED = "dialler.started"
DIALLER_STOPPED = "dialler.stopped"
DIALLER_HALTED = "dialler.halted"
DIALLER_ABOVE = "dialler.drop_limit_reached"
DIALLER_IDLE = "dialler.idle"
DIALLER_IDLE_OVER = "dialler.idle_over"


def call_type(before: State | None, now: State) -> str:
    """Return the type for a call that was in state `before` (None if new) and is in `now`."""
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


def dialler_type(before: Dialler | None, now: Dialler) -> str:
    """Return the type for a dialler that was `before` (None: it is new) and is `now`; "" if there is no event."""
    if now.running != (before is not None and before.running):
        return DIALLER_STARTED if now.running else DIALLER_STOPPED
    halts = before is not None and now.running and now.halted and now.begins_at != before.begins_at
    if halts:
        return DIALLER_HALTED
    if now.above and not (before and before.above):
        return DIALLER_ABOVE
    if now.running and bool(now.idle) != (before is not None and bool(before.idle)):
        return DIALLER_IDLE if now.idle else DIALLER_IDLE_OVER
    return ""


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
