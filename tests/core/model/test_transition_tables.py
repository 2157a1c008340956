"""The tables: each state has a cell for each event, each command moves or refuses, no row is forgotten."""

import pytest

from warmline.core.commands.command_refusals import find_state_refusal
from warmline.core.model.call_states import LAYOUT, State
from warmline.core.model.transition_tables import COMMANDS, EVENTS, Trigger
from warmline.core.rules.reasons import CALL_ENDING


def test_every_state_has_a_layout() -> None:
    assert set(LAYOUT) == set(State)


def test_every_event_has_a_cell_for_every_state(subtests: pytest.Subtests) -> None:
    for trigger in list(Trigger):
        with subtests.test(trigger=trigger):
            assert set(EVENTS[trigger]) == set(State)


def test_nothing_leads_out_of_the_end() -> None:
    assert all(row[State.ENDED] is None for row in EVENTS.values())
    assert all(State.ENDED not in row for row in COMMANDS.values())


def test_a_refusal_names_the_obstacle_of_its_state(subtests: pytest.Subtests) -> None:
    """Only calls in these states count as ending."""
    for kind in COMMANDS:
        with subtests.test(kind=kind):
            for state, layout in LAYOUT.items():
                if layout.agent is not None and COMMANDS[kind].get(state) is None:
                    assert find_state_refusal(kind, state) is not CALL_ENDING, state
