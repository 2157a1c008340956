"""The tables that move a call from one state to another, such as when the third party of a consultation is lost.

`EVENTS` and `COMMANDS` have the states that follow, and no other code changes the state. The rest of the core only
moves the legs to the places in `LAYOUT` of call_states.py. Rows follow "States" in
docs/reference/generated/call-states.md.

The first state of a call is not in the tables. It is WAITING, DIALING_OUT if an agent dials the customer, CALLING if
the dialler does, or TALKING if the call is adopted. A test of the source (tests/tree/test_call_moves.py) finds any
other place that names the state of a call.

What the tables cannot say, in the words of warmline/core/THEORY.md:

- **When.** A trigger is raised by a proof, never by a request: CONNECTED is not "we have asked for the join", but "both
  legs are in the bridge". A cell of EVENTS is entered immediately. A cell of COMMANDS is only the *target*: the call
  keeps its state until every leg is where the target wants it (`call_commands.complete_command`), and no trigger is
  raised then.
- **What happens while a command is pending.** The loss that it wants is no event: if the target has no third party, the
  end of the third party raises no THIRD_LOST (`leg_answer_and_loss.py`, `third_party.py`). Any other event moves the
  call by its row, and the command is looked up again in the new state: it gets a new target there, or it is abandoned
  (`call_transitions._update_pending_command`).
- **None has two meanings.** In EVENTS the call stays as it is. In COMMANDS the command is refused.
- **Who.** COMMANDS is for the agent of the call. A closer who hangs up uses the row HANGUP_XFER, because the call goes
  on without them (`transition_guards.find_transition`). Commands that move nothing, such as RECORD_START, have no row:
  they fit in all states but RINGING_AGENT and RESCUE.
- **Which bridge.** A layout may say AS_IS: in DIALING and RINGING_AGENT the customer, and in CUSTOMER_GONE and RESCUE
  the third party, are where `call.parking` says. So two calls in one state may sound different. CUSTOMER_TO and
  THIRD_TO set these places when a command begins, and a state with a place of its own records it.
- **The side effects.** They are in `call_transitions.enter_state`, by the state that is entered: WAITING releases the
  agent, RESCUE remembers the state before it (Special.BEFORE goes back there), MESSAGE chooses what is played. A
  state may be left in the turn in which it was entered: MESSAGE without a file is over immediately.
- **A guard sees the call as it is before the move**, when the trigger is raised or the command begins.
- **The end.** ENDED has no way out, and is not yet the end of the record: that is closed when its legs are gone and its
  recording is over (`converge._close_call`).
"""

from enum import StrEnum
from typing import NamedTuple

from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import LAYOUT, LegBridge, State


class Trigger(StrEnum):
    """An event in the life of a call. Several events of Asterisk can have the same trigger."""

    MATCHED = "matched"  # an agent was found for the call
    CONNECTED = "connected"  # agent and customer are both in the bridge
    CUSTOMER_ANSWERED = "customer_answered"  # the customer was dialled by the agent
    LEAD_ANSWERED = "lead_answered"  # the customer was dialled by the dialler
    THIRD_ANSWERED = "third_answered"
    CUSTOMER_LOST = "customer_lost"
    AGENT_LOST = "agent_lost"  # the agent's leg is gone without a command or hang-up
    AGENT_HUNG_UP = "agent_hung_up"  # an on_hook agent put the phone down
    THIRD_LOST = "third_lost"
    DROP_TIMEOUT = "drop_time"  # drop_call_seconds of a request for a closer, or of an answered lead, are over
    CALLER_LEAVES = "caller_leaves"  # the caller pressed a key of exit_keys while a phone rang
    LEFT_QUEUE = "left_line"  # the in-group does not serve the call: see queue_entry_and_exit.py
    AGENT_RECONNECTED = "agent_back"  # the agent's phone was called back and answered
    AGENT_GIVEN_UP = "agent_given_up"  # the agent's phone was called back and did not answer
    MACHINE_TAKEN = "machine_taken"  # a machine answered, and is taken from an agent who has not spoken
    MACHINE_SILENT = "machine_silent"  # the taken machine waits for the message
    MESSAGE_OVER = "message_over"
    OPTED_OUT = "opted_out"  # a dropped lead pressed the key safe_harbor_optout
    CALL_GIVEN_UP = (
        "given_up"  # a call that rings was given up, by its time or the pacing; or a machine was never silent
    )
    CUSTOMER_GONE_TIMEOUT = "gone_time"  # customer_3way_hangup_seconds are over
    LEFT_CALL_TIMEOUT = "left_time"  # left_max_minutes are over
    CLOSER_TOOK_CALL = "closer_has_it"  # the agent has left the call to the closer
    FOUND_AGENT_OUTSIDE = "found_left"  # a start found the agent outside, and the other two in the room
    FOUND_CUSTOMER_OUTSIDE = "found_held"  # a start found the customer outside, or alone
    FOUND_THIRD_OUTSIDE = "found_third_held"  # a start found the third party outside
    LEGS_LOST = "cut_off"  # Asterisk died, or the call failed twice: its legs are gone or leave


class GuardedCell(NamedTuple):
    """Two states, chosen by a test on the call. `guard` is a function in core/world/transition_guards.py."""

    guard: str
    state_if_true: State
    state_if_false: State | None  # None in COMMANDS: the command does not fit


class Special(StrEnum):
    """A state that is taken from the call's record."""

    STATE_BEFORE_RESCUE = "before"  # the state before the rescue
    BY_UNANSWERED_ACTION = "by_option"  # leave_unanswered_action, blind_unanswered_action
    BY_DROP_ACTION = "by_drop_action"  # of the campaign, for an answered lead that no agent was connected to


Cell = State | GuardedCell | Special | None

PARKED_OR_TALKING = GuardedCell("parked", State.PARKED, State.TALKING)  # without a third party: as the customer is
ENDED_OR_CUSTOMER_GONE = GuardedCell(
    "closer", State.ENDED, State.CUSTOMER_GONE
)  # a closer is released, an outside third party stays
# A lead that no agent has been connected to waits for the next agent until its drop time; any other call at home.
ANSWERED_OR_WAITING = GuardedCell("lead", State.ANSWERED, State.WAITING)
MACHINE_OR_ENDED = GuardedCell("vmx", State.MACHINE, State.ENDED)  # a machine hears am_message_exten, or is hung up
WAITING_OR_MESSAGE = GuardedCell(
    "home", State.WAITING, State.MESSAGE
)  # a dialled customer may have no in-group to wait in

# Special.BY_UNANSWERED_ACTION: the cell for each value of leave_unanswered_action and blind_unanswered_action.
UNANSWERED_ACTION_CELLS: dict[str, Cell] = {
    "INGROUP": WAITING_OR_MESSAGE,
    "HANGUP": State.ENDED,
    "MESSAGE": State.MESSAGE,
}

# Special.BY_DROP_ACTION: the cell for each value of a campaign's drop_action.
WAITING_OR_ENDED = GuardedCell("drop_group", State.WAITING, State.ENDED)
DROP_ACTION_CELLS: dict[str, Cell] = {"MESSAGE": State.MESSAGE, "IN_GROUP": WAITING_OR_ENDED, "HANGUP": State.ENDED}


def _build_row(**cells: Cell) -> dict[State, Cell]:
    return {state: cells.pop(state, None) for state in State} | {State(name): cell for name, cell in cells.items()}


_ENDED_FROM_ALL: dict[State, Cell] = {state: None if state is State.ENDED else State.ENDED for state in State}

# The state that follows an event; None: the state stays.
EVENTS: dict[Trigger, dict[State, Cell]] = {
    Trigger.MATCHED: _build_row(waiting=State.RINGING_AGENT, answered=State.RINGING_AGENT),
    Trigger.CONNECTED: _build_row(ringing_agent=State.TALKING),
    Trigger.CUSTOMER_ANSWERED: _build_row(dialing_out=State.TALKING),
    Trigger.LEAD_ANSWERED: _build_row(calling=State.ANSWERED),
    Trigger.THIRD_ANSWERED: _build_row(
        dialing=GuardedCell("parked", State.CONSULTING, State.THREE_WAY),
        left_ringing=State.HANDED_OFF,
        blind=State.HANDED_OFF,
    ),
    Trigger.CUSTOMER_LOST: _build_row(
        waiting=State.ENDED,
        ringing_agent=State.ENDED,
        dialing_out=State.ENDED,
        calling=State.ENDED,
        answered=State.ENDED,
        talking=State.ENDED,
        parked=State.ENDED,
        dialing=GuardedCell("keep", State.CUSTOMER_GONE, State.ENDED),
        three_way=ENDED_OR_CUSTOMER_GONE,
        consulting=ENDED_OR_CUSTOMER_GONE,
        third_parked=ENDED_OR_CUSTOMER_GONE,
        both_parked=ENDED_OR_CUSTOMER_GONE,
        left_ringing=State.ENDED,
        blind=State.ENDED,
        machine=State.ENDED,
        message=State.ENDED,
        rescue=State.ENDED,
        handed_off=State.ENDED,
    ),
    Trigger.AGENT_LOST: _build_row(
        ringing_agent=ANSWERED_OR_WAITING,
        dialing_out=State.ENDED,
        talking=State.RESCUE,
        parked=State.RESCUE,
        dialing=State.RESCUE,
        three_way=State.HANDED_OFF,
        consulting=State.RESCUE,
        third_parked=State.RESCUE,
        both_parked=State.RESCUE,
        customer_gone=State.ENDED,
    ),
    Trigger.AGENT_HUNG_UP: _build_row(
        ringing_agent=WAITING_OR_MESSAGE,
        dialing_out=State.ENDED,
        talking=State.ENDED,
        parked=State.ENDED,
        dialing=State.ENDED,
        three_way=State.HANDED_OFF,
        consulting=State.RESCUE,
        third_parked=State.RESCUE,
        both_parked=State.RESCUE,
        customer_gone=State.ENDED,
    ),
    Trigger.THIRD_LOST: _build_row(
        dialing=PARKED_OR_TALKING,
        three_way=State.TALKING,
        consulting=PARKED_OR_TALKING,
        third_parked=State.TALKING,
        both_parked=State.PARKED,
        customer_gone=State.ENDED,
        left_ringing=Special.BY_UNANSWERED_ACTION,
        blind=Special.BY_UNANSWERED_ACTION,
        handed_off=State.ENDED,
    ),
    Trigger.DROP_TIMEOUT: _build_row(
        ringing_agent=Special.BY_DROP_ACTION,
        answered=Special.BY_DROP_ACTION,
        dialing=PARKED_OR_TALKING,
    ),
    Trigger.CALLER_LEAVES: _build_row(ringing_agent=State.WAITING),
    Trigger.LEFT_QUEUE: _build_row(waiting=GuardedCell("message", State.MESSAGE, State.ENDED)),
    Trigger.AGENT_RECONNECTED: _build_row(rescue=Special.STATE_BEFORE_RESCUE),
    Trigger.AGENT_GIVEN_UP: _build_row(rescue=WAITING_OR_MESSAGE),
    Trigger.MACHINE_TAKEN: _build_row(talking=MACHINE_OR_ENDED),
    Trigger.MACHINE_SILENT: _build_row(machine=State.MESSAGE),
    Trigger.MESSAGE_OVER: _build_row(message=State.ENDED),
    Trigger.OPTED_OUT: _build_row(message=State.ENDED),
    Trigger.CALL_GIVEN_UP: _build_row(calling=State.ENDED, machine=State.ENDED),
    Trigger.CUSTOMER_GONE_TIMEOUT: _build_row(customer_gone=State.ENDED),
    Trigger.LEFT_CALL_TIMEOUT: _build_row(handed_off=State.ENDED),
    Trigger.CLOSER_TOOK_CALL: _build_row(handed_off=State.TALKING),
    Trigger.FOUND_AGENT_OUTSIDE: _build_row(
        dialing=State.LEFT_RINGING,
        three_way=State.HANDED_OFF,
        consulting=State.HANDED_OFF,
        third_parked=State.HANDED_OFF,
        both_parked=State.HANDED_OFF,
    ),
    Trigger.FOUND_CUSTOMER_OUTSIDE: _build_row(
        talking=State.PARKED,
        three_way=State.CONSULTING,
        third_parked=State.BOTH_PARKED,
    ),
    Trigger.FOUND_THIRD_OUTSIDE: _build_row(
        three_way=State.THIRD_PARKED,
        consulting=State.BOTH_PARKED,
    ),
    Trigger.LEGS_LOST: _ENDED_FROM_ALL,
}

_STATES_WITH_AGENT = tuple(state for state, layout in LAYOUT.items() if layout.agent is not None)
_HANGUP_CELLS: dict[State, Cell] = dict.fromkeys(_STATES_WITH_AGENT, State.ENDED)
_DIAL_CELLS: dict[State, Cell] = dict.fromkeys((State.TALKING, State.PARKED), State.DIALING)

# The state in which a command ends, for each state that allows it. All other states refuse the command.
COMMANDS: dict[Kind, dict[State, Cell]] = {
    Kind.DIAL_WITH_CUSTOMER: _DIAL_CELLS,
    Kind.PARK_CUSTOMER_DIAL: _DIAL_CELLS,
    Kind.LEAVE_3WAY_CALL: {
        State.THREE_WAY: State.HANDED_OFF,
        State.CONSULTING: State.HANDED_OFF,
        State.DIALING: GuardedCell("asking", State.WAITING, State.LEFT_RINGING),
    },
    Kind.HANGUP_XFER: {
        State.DIALING: PARKED_OR_TALKING,
        State.THREE_WAY: State.TALKING,
        State.THIRD_PARKED: State.TALKING,
        State.CONSULTING: State.PARKED,
        State.BOTH_PARKED: State.PARKED,
        State.CUSTOMER_GONE: State.ENDED,
    },
    Kind.HANGUP_BOTH: _HANGUP_CELLS,
    Kind.HANGUP: _HANGUP_CELLS,
    Kind.HANGUP_CUSTOMER: dict.fromkeys(
        (State.THREE_WAY, State.CONSULTING, State.THIRD_PARKED), ENDED_OR_CUSTOMER_GONE
    ),
    Kind.BLIND_TRANSFER: dict.fromkeys((State.TALKING, State.PARKED), State.BLIND),
    Kind.LEAVE_VM: dict.fromkeys((State.TALKING, State.PARKED), State.MESSAGE),
    Kind.LOCAL_CLOSER: dict.fromkeys((State.TALKING, State.PARKED), State.WAITING),
    Kind.TAKE_CALL: dict.fromkeys((State.TALKING, State.PARKED), State.WAITING),
    Kind.PARK_CUSTOMER: {
        State.TALKING: State.PARKED,
        State.THREE_WAY: State.CONSULTING,
        State.THIRD_PARKED: State.BOTH_PARKED,
    },
    Kind.GRAB_CUSTOMER: {
        State.PARKED: State.TALKING,
        State.CONSULTING: State.THREE_WAY,
        State.BOTH_PARKED: State.THIRD_PARKED,
        State.DIALING: GuardedCell("parked", State.DIALING, None),
    },
    Kind.PARK_IVR_CUSTOMER: {State.TALKING: State.PARKED},
    Kind.PARK_XFER: {State.THREE_WAY: State.THIRD_PARKED, State.CONSULTING: State.BOTH_PARKED},
    Kind.GRAB_XFER: {
        State.THIRD_PARKED: State.THREE_WAY,
        State.BOTH_PARKED: State.CONSULTING,
        State.CUSTOMER_GONE: GuardedCell("third_parked", State.CUSTOMER_GONE, None),
    },
    Kind.SWAP_PARK_CUSTOMER: {State.THIRD_PARKED: State.CONSULTING},
    Kind.SWAP_PARK_XFER: {State.CONSULTING: State.THIRD_PARKED},
    Kind.HANGUP_XFER_GRAB_CUSTOMER: {
        State.CONSULTING: State.TALKING,
        State.BOTH_PARKED: State.TALKING,
        State.DIALING: GuardedCell("parked", State.TALKING, None),
    },
    Kind.END_CALL: dict.fromkeys((state for state in State if state is not State.ENDED), State.ENDED),
}

# The places that a command sets, for the states in which the layout leaves them to the call.
CUSTOMER_PLACES: dict[Kind, LegBridge] = {
    Kind.DIAL_WITH_CUSTOMER: LegBridge.MIXING,
    Kind.PARK_CUSTOMER_DIAL: LegBridge.HOLDING,
    Kind.GRAB_CUSTOMER: LegBridge.MIXING,
    Kind.HANGUP_XFER_GRAB_CUSTOMER: LegBridge.MIXING,
}
THIRD_PLACES: dict[Kind, LegBridge] = {Kind.GRAB_XFER: LegBridge.MIXING}
