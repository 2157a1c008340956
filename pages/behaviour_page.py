"""The tables of docs/reference/behaviour.md, made from the core's own."""

from pages.marked_text import PROJECT, rows, with_tables
from warmline.core.commands.command_refusals import refusal
from warmline.core.model.call_states import COMMANDS, EVENTS, LAYOUT, Cell, GuardedCell, Special, State
from warmline.core.model.commands import Kind
from warmline.core.model.receipt import CAUSE_TEXT, Outcome, outcome_of

QUESTIONS = {
    "parked": "customer parked",
    "third_parked": "third parked",
    "closer": "the third party is a closer",
    "asking": "no closer has taken the request yet",
    "keep": "customer_gone_while_dialing=KEEP",
    "message": "a message is configured",
    "home": "the call has a home in-group",
}
PAGE = PROJECT / "docs/reference/behaviour.md"


def states() -> str:
    """Where each leg is in each state."""
    return rows(
        ("state", "customer", "agent", "third", "the agent is"),
        *((state, *(place or "-" for place in LAYOUT[state][:3]), LAYOUT[state].agent_state) for state in State),
    )


def events() -> str:
    """What follows an event; an empty cell: the call stays as it is."""
    return rows(
        ("in state", *EVENTS),
        *((state, *(_cell(EVENTS[trigger][state]) for trigger in EVENTS)) for state in State),
    )


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case GuardedCell(test, yes, no):
            return f"{QUESTIONS[test]}: {yes}, else {no or 'refused'}"
        case Special.BEFORE:
            return "as before"
        case Special.BY_OPTION:
            return "as the option says"
        case State():
            return cell


def commands() -> str:
    """What a command leads to, or why it is refused: a row for each command and each state it is asked in."""
    there = [state for state in State if LAYOUT[state].agent is not None]
    return rows(
        ("command", *there),
        *((kind, *(_answer(kind, state) for state in there)) for kind in COMMANDS),
    )


def _answer(kind: Kind, state: State) -> str:
    cell = COMMANDS[kind].get(state)
    return f"→ {_cell(cell)}" if cell else f"*{refusal(kind, state)}*"


def causes() -> str:
    """What an unanswered dial came to, by the cause Asterisk gives."""
    return rows(
        ("cause", "outcome", "the receipt says"),
        *((str(cause), outcome_of(cause)[0], outcome_of(cause)[1]) for cause in sorted(CAUSE_TEXT)),
        ("any other", Outcome.FAILED, "cause N"),
    )


TABLES = {"states": states, "events": events, "commands": commands, "causes": causes}


def filled(text: str) -> str:
    """Return the page with each table made again."""
    return with_tables(text, TABLES)
