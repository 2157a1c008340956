"""Writes docs/reference/generated/call-states.md from the tables of the core."""

from tools.pages.marked_text import GENERATED, rows, whole_page
from warmline.core.commands.command_refusals import find_state_refusal
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import LAYOUT, State
from warmline.core.model.receipt import Outcome, get_outcome_for_cause
from warmline.core.model.transition_tables import COMMANDS, EVENTS, Cell, GuardedCell, Special
from warmline.core.rules.reasons import CAUSES

CONDITIONS = {
    "parked": "the customer is parked",
    "third_parked": "the third party is parked",
    "closer": "the third party is a closer",
    "asking": "no closer is connected yet",
    "keep": "customer_gone_while_dialing=KEEP",
    "message": "a message is configured",
    "home": "the call has a home in-group",
    "vmx": "amd_send_to_vmx=Y",
    "lead": "an answered lead waits for its first agent",
}
DECIDES = {State.LEFT_RINGING: "leave_unanswered_action", State.BLIND: "blind_unanswered_action"}
PAGE = GENERATED / "call-states.md"
HEAD = """The states of a call, and what each event and each command leads to. [Behaviour](../behaviour.md) explains
them. `as_is` means that a leg stays where it was, and `alone` that it is in no bridge."""


def states() -> str:
    """Return a row for each state, with the place of each leg."""
    return rows(
        ("state", "customer", "agent", "third party", "state of the agent"),
        *((state, *(place or "-" for place in LAYOUT[state][:3]), LAYOUT[state].agent_state) for state in State),
    )


def events() -> str:
    """Return a row for each event, with the states that follow; in an empty cell, the call keeps its state."""
    return rows(
        ("in state", *EVENTS),
        *((state, *(_cell(EVENTS[trigger][state], state) for trigger in EVENTS)) for state in State),
    )


def _cell(cell: Cell, state: State) -> str:
    """Return the words for a cell in the row of `state`."""
    match cell:
        case None:
            return ""
        case GuardedCell(test, yes, no):
            return f"{yes} if {CONDITIONS[test]}, otherwise {no or 'refused'}"
        case Special.STATE_BEFORE_RESCUE:
            return "the state before the rescue"
        case Special.BY_UNANSWERED_ACTION:
            return f"`{DECIDES[state]}` decides"
        case Special.BY_DROP_ACTION:
            return "`drop_action` of the campaign decides"
        case State():
            return cell


def commands() -> str:
    """Return a row for each command in each state: the state that follows, or the refusal."""
    there = [state for state in State if LAYOUT[state].agent is not None]
    return rows(
        ("command", *there),
        *((kind, *(_answer(kind, state) for state in there)) for kind in COMMANDS),
    )


def _answer(kind: Kind, state: State) -> str:
    cell = COMMANDS[kind].get(state)
    return f"→ {_cell(cell, state)}" if cell else f"*{find_state_refusal(kind, state).text()}*"


def causes() -> str:
    """Return a row for each cause of Asterisk: the outcome of an unanswered dial."""
    return rows(
        ("cause", "outcome", "text of the receipt"),
        *((str(cause), get_outcome_for_cause(cause)[0], get_outcome_for_cause(cause)[1]) for cause in sorted(CAUSES)),
        ("any other", Outcome.FAILED, "cause N"),
    )


def filled(_text: str) -> str:
    """Return the page."""
    by_event = "The state that follows each event. In an empty cell the call stays in its state."
    by_command = "The state that each command leads to. Text in italics is the reason of a refusal."
    by_cause = "The outcome of a dial that fails, and the text of its receipt, by Asterisk's cause."
    return whole_page(
        "Tables of call states",
        HEAD,
        *("## States", states()),
        *("## Events", by_event, events()),
        *("## Commands", by_command, commands()),
        *("## Causes", by_cause, causes()),
    )
