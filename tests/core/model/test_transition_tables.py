"""The tables: each state has a cell for each event, each command moves or refuses, no row is forgotten."""

from itertools import product

import pytest

from warmline.core.commands.command_refusals import find_state_refusal
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, Handling
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import LAYOUT, AgentState, State
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
from warmline.core.rules.reasons import CALL_ENDING
from warmline.core.world.transition_guards import GUARDS


def rows_of(cell: Cell) -> set[State]:
    """Return every state that a cell leads to."""
    match cell:
        case None:
            return set()
        case GuardedCell(_, yes, no):
            return {yes} | ({no} if no else set())
        case Special.STATE_BEFORE_RESCUE:
            return {
                State.TALKING,
                State.PARKED,
                State.CONSULTING,
                State.THIRD_PARKED,
                State.BOTH_PARKED,
            }
        case Special.BY_UNANSWERED_ACTION:
            return {state for option in UNANSWERED_ACTION_CELLS.values() for state in rows_of(option)}
        case Special.BY_DROP_ACTION:
            return {state for option in DROP_ACTION_CELLS.values() for state in rows_of(option)}
        case State():
            return {cell}


def test_every_state_has_a_layout() -> None:
    assert set(LAYOUT) == set(State)


def test_every_event_has_a_cell_for_every_state(subtests: pytest.Subtests) -> None:
    for trigger in list(Trigger):
        with subtests.test(trigger=trigger):
            assert set(EVENTS[trigger]) == set(State)


def test_every_command_moves_or_refuses_with_a_reason(subtests: pytest.Subtests) -> None:
    for kind, state in product(COMMANDS, list(State)):
        with subtests.test(kind=kind, state=state):
            cell = COMMANDS[kind].get(state)
            if cell is None or (isinstance(cell, GuardedCell) and cell.state_if_false is None):
                assert find_state_refusal(kind, state)
            else:
                assert rows_of(cell)


def test_every_command_about_a_calls_legs_is_in_the_table() -> None:
    assert set(COMMANDS) == {
        kind for kind, row in REGISTERED_COMMANDS.items() if row.handling is Handling.MOVE_CALL
    } | {Kind.END_CALL}


def test_every_fork_has_its_question() -> None:
    cells = [cell for table in (EVENTS, COMMANDS) for row in table.values() for cell in row.values()]
    cells += [*UNANSWERED_ACTION_CELLS.values(), *DROP_ACTION_CELLS.values()]
    guards = {cell.guard for cell in cells if isinstance(cell, GuardedCell)}
    assert guards == set(GUARDS)


def test_every_event_means_something_somewhere() -> None:
    for trigger, row in EVENTS.items():
        assert any(cell is not None for cell in row.values()), trigger


def test_nothing_leads_out_of_the_end() -> None:
    assert all(row[State.ENDED] is None for row in EVENTS.values())
    assert all(State.ENDED not in row for row in COMMANDS.values())


def test_every_state_can_be_reached_and_left() -> None:
    steps = {(start, end) for row in EVENTS.values() for start, cell in row.items() for end in rows_of(cell)}
    steps |= {(start, end) for row in COMMANDS.values() for start, cell in row.items() for end in rows_of(cell)}
    assert {end for _, end in steps} == set(State) - {State.DIALING_OUT, State.CALLING}, "in which a call begins"
    assert {start for start, _ in steps} == set(State) - {State.ENDED}


def test_the_agent_talks_only_in_states_with_the_agent_in_the_room() -> None:
    for state, layout in LAYOUT.items():
        in_the_call = layout.agent_state in (AgentState.INCALL, AgentState.DEAD, AgentState.QUEUE)
        assert (layout.agent is not None) == in_the_call, state


def test_a_refusal_names_the_obstacle_of_its_state(subtests: pytest.Subtests) -> None:
    """Only calls in these states count as ending."""
    for kind in COMMANDS:
        with subtests.test(kind=kind):
            for state, layout in LAYOUT.items():
                if layout.agent is not None and COMMANDS[kind].get(state) is None:
                    assert find_state_refusal(kind, state) is not CALL_ENDING, state
