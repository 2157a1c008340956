"""The decisions that the tables of call states leave to the call."""

from collections.abc import Callable

from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import LegBridge, State
from warmline.core.model.transition_tables import (
    COMMANDS,
    DROP_ACTION_CELLS,
    EVENTS,
    UNANSWERED_ACTION_CELLS,
    Cell,
    GuardedCell,
    Special,
    Trigger,
)
from warmline.core.world.campaign_and_ingroup import get_campaign, get_waiting_ingroup
from warmline.core.world.turn import Turn

GUARDS: dict[str, Callable[[Turn, Call], bool]] = {
    "parked": lambda turn, call: (
        call.parking.customer_place is LegBridge.HOLDING and call.commands.leaving is None
    ),  # a leave brings the customer back
    "third_parked": lambda turn, call: call.parking.third_place is LegBridge.HOLDING,
    "closer": lambda turn, call: call.consultation.closer is not None,
    "asking": lambda turn, call: bool(call.consultation.asked_group),
    "keep": lambda turn, call: (
        not call.consultation.asked_group and get_campaign(turn, call).customer_gone_while_dialing == "KEEP"
    ),
    "message": lambda turn, call: bool(call.prompts.message),
    "lead": lambda turn, call: call.attempt.drop_at is not None,
    "drop_group": lambda turn, call: get_campaign(turn, call).drop_inbound_group in turn.world.rules.ingroups,
    "vmx": lambda turn, call: get_campaign(turn, call).amd_send_to_vmx == "Y",
    "home": lambda turn, call: bool(get_waiting_ingroup(turn, call)),
}


def find_transition(call: Call, kind: Kind, user: str) -> Cell:
    """Return the table's cell for a command of this agent to this call.

    A closer who hangs up leaves the call as its third party, and the call continues. ADOPT has none, as it begins one.
    """
    command_kind = kind if user == call.agent else Kind.HANGUP_XFER
    return COMMANDS.get(command_kind, {}).get(call.state)


def get_next_state(turn: Turn, call: Call, trigger: Trigger) -> State | None:
    """Return the state that follows an event of this call, or None if the state stays."""
    return resolve_target(turn, call, EVENTS[trigger][call.state])


def resolve_target(turn: Turn, call: Call, cell: Cell) -> State | None:
    """Return the state that a cell means for this call. None: the state stays, or the command does not fit."""
    match cell:
        case GuardedCell(guard, true_state, false_state):
            return true_state if GUARDS[guard](turn, call) else false_state
        case Special.STATE_BEFORE_RESCUE:
            return call.commands.before
        case Special.BY_UNANSWERED_ACTION:
            return resolve_target(turn, call, UNANSWERED_ACTION_CELLS[call.consultation.unanswered])
        case Special.BY_DROP_ACTION:
            return resolve_target(turn, call, DROP_ACTION_CELLS[get_campaign(turn, call).drop_action])
        case _:
            return cell
