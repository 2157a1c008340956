"""Writes the tables of docs/reference/behaviour.md from the tables of the core."""

from pages.marked_text import PROJECT, rows, with_tables
from warmline.core.commands.command_refusals import refusal
from warmline.core.model.call_states import COMMANDS, EVENTS, LAYOUT, Cell, GuardedCell, Special, State
from warmline.core.model.commands import Kind
from warmline.core.model.receipt import Outcome, outcome_of
from warmline.core.rules.reasons import CAUSES

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
    """Return a row for each state, with the place of each leg."""
    return rows(
        ("state", "customer", "agent", "third", "the agent is"),
        *((state, *(place or "-" for place in LAYOUT[state][:3]), LAYOUT[state].agent_state) for state in State),
    )


def events() -> str:
    """Return a row for each event, with the states that follow; in an empty cell, the call keeps its state."""
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
    """Return a row for each command in each state: the state that follows, or the refusal."""
    there = [state for state in State if LAYOUT[state].agent is not None]
    return rows(
        ("command", *there),
        *((kind, *(_answer(kind, state) for state in there)) for kind in COMMANDS),
    )


def _answer(kind: Kind, state: State) -> str:
    cell = COMMANDS[kind].get(state)
    return f"→ {_cell(cell)}" if cell else f"*{refusal(kind, state).text()}*"


def causes() -> str:
    """Return a row for each cause of Asterisk: the outcome of an unanswered dial."""
    return rows(
        ("cause", "outcome", "the receipt says"),
        *((str(cause), outcome_of(cause)[0], outcome_of(cause)[1]) for cause in sorted(CAUSES)),
        ("any other", Outcome.FAILED, "cause N"),
    )


TABLES = {"states": states, "events": events, "commands": commands, "causes": causes}


def filled(text: str) -> str:
    """Return the page with new tables."""
    return with_tables(text, TABLES)
