"""Names in rows and for clients are in a table: each class has one, each name is unique, and none is a class's name."""

import json
from typing import get_args

import pytest

from warmline.core.messages.actions import Action
from warmline.core.messages.commands import Ask
from warmline.core.messages.events import Event
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.shown_state import LOGGED_OUT, NO_PHONE, SHOWN_STATE_IN_CALL
from warmline.store.events import event_types, journal_events
from warmline.store.wire_names.action_names import ACTION_NAMES, named_now
from warmline.store.wire_names.journal_classes import ACTIONS, INPUTS, action_class, input_class
from warmline.store.wire_names.journal_kinds import GONE, JOURNAL_KINDS
from warmline.store.wire_names.name_table import WireNames

TABLES = pytest.mark.parametrize(
    "table, classes", [(JOURNAL_KINDS, INPUTS), (ACTION_NAMES, ACTIONS)], ids=["journal kinds", "actions"]
)


def test_every_input_and_every_action_has_a_name() -> None:
    assert set(JOURNAL_KINDS) == {*INPUTS, *GONE} and set(INPUTS.values()) == {Ask, *get_args(Event)}
    assert set(ACTION_NAMES) == set(ACTIONS) and set(ACTIONS.values()) == set(get_args(Action))


@TABLES
def test_no_name_stands_for_two(table: WireNames, classes: dict[str, type]) -> None:
    names = table.stored(*table)
    assert len(names) == len(set(names))
    assert len(set(classes.values())) == len(classes)


@TABLES
def test_each_name_that_was_ever_written_is_read(table: WireNames, classes: dict[str, type]) -> None:
    find = input_class if table is JOURNAL_KINDS else action_class
    for name in set(table) - {*GONE}:
        for text in table.stored(name):
            assert (table.now(text), find(text)) == (name, classes[name])


def test_each_state_has_a_type() -> None:
    shown = {*(state.value for state in AgentState), *SHOWN_STATE_IN_CALL.values(), NO_PHONE}
    assert set(event_types.AGENT_TYPES) == shown | {LOGGED_OUT}
    assert set(event_types.CALL_TYPES) == set(State)
    assert set(event_types.COMMAND_TYPES) == set(Outcome)


def test_rows_of_a_python_hook_are_still_read() -> None:
    asked = {"core": 14, "base": "01M7", "asked": [["agent.choose", {"call": "C", "question": "Q1"}]]}
    chosen = asked | {"input": {"call": "C", "question": "Q1", "agent": "1000", "by": "mine.py"}}
    [event] = journal_events.of_row(7, 1, "agent.chosen", "C", "1000", json.dumps(chosen), 0)
    assert (event.type, event.call, event.agent, event.data) == ("agent.chosen", "C", "1000", {})
    assert named_now(chosen)["asked"] == asked["asked"]


def test_a_note_of_before_is_read_without_the_name_of_a_class() -> None:
    def read(note: str, action: str, **fields: str) -> object:
        row = {"action": action, "notes": [note], "input": {"action": fields, "status": 500, "text": "no"}}
        return named_now(row)["notes"]

    printed = "Asterisk answered 500 'no' to MakeLeg(leg='one', number='8500')"
    assert read(printed, "MakeLeg", leg="one") == ["Asterisk answered 500 'no' for leg one"]
    assert read("Asterisk answered 500 'no' to OpenRoom(bridge='b')", "OpenRoom", bridge="b") == [printed[:26]]
    assert read("call two is hung up: 8500", "MakeLeg", leg="one") == ["call two is hung up: 8500"]
