"""Names in rows and for clients are in a table: each class has one, each name is unique, and none is a class's name."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from tests import product_names
from tests.begun_drivers import BegunDriver
from warmline.core.messages.actions import Action
from warmline.core.messages.commands import Ask, Kind
from warmline.core.messages.events import Event
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.shown_state import LOGGED_OUT, NO_PHONE, SHOWN_STATE_IN_CALL
from warmline.core.model.webhook import WebhookTrigger
from warmline.store.database.database import connect
from warmline.store.events import event_types, journal_events
from warmline.store.events.event_id import EventId
from warmline.store.events.input_fields import PUBLIC
from warmline.store.wire_names.action_names import ACTION_NAMES, named_now
from warmline.store.wire_names.journal_classes import ACTIONS, INPUTS, action_class, input_class
from warmline.store.wire_names.journal_kinds import GONE, JOURNAL_KINDS, kind_of
from warmline.store.wire_names.name_table import WireNames
from warmline.text.event_names import RECORD_TYPES

NAME = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z0-9]+(_[a-z0-9]+)*")
TABLES = pytest.mark.parametrize(
    "table, classes", [(JOURNAL_KINDS, INPUTS), (ACTION_NAMES, ACTIONS)], ids=["journal kinds", "actions"]
)

# Names known to receivers of webhooks, `audit webhooks --json` and the table webhook: VICIdial's option names.
WEBHOOK_EVENTS = {"start_call_url", "dispo_call_url", "transfer_url"}


def test_every_input_and_every_action_has_a_name() -> None:
    assert set(JOURNAL_KINDS) == {*INPUTS, *GONE} and set(INPUTS.values()) == {Ask, *get_args(Event)}
    assert set(ACTION_NAMES) == set(ACTIONS) and set(ACTIONS.values()) == set(get_args(Action))


# named so from the beginning
NEW = (
    "asterisk.away",
    "asterisk.lost",
    "call.reconcile",
    "call.reconciled",
    "channel.adopt",
    "channel.detect_machine",
    "channel.detect_talking",
    "channel.originate",
    "clock.corrected",
    "dial.check",
    "dial.checked",
    "dial.halted",
    "dial.idle",
    "dial.refused",
    "lead.answered_away",
    "leg.talking",
    "pacing.decided",
    "page.away",
    "page.back",
    "servers.known",
    "turn.failed",
)


@TABLES
def test_no_name_stands_for_two(table: WireNames, classes: dict[str, type]) -> None:
    names = table.stored(*table)
    assert len(names) == len(set(names))
    assert len(set(classes.values())) == len(classes)


@TABLES
def test_names_are_in_one_style_and_are_no_names_of_classes(table: WireNames, classes: dict[str, type]) -> None:
    for name in (*table, *classes):
        assert NAME.fullmatch(name)
        assert not set(name.split(".")) & product_names.classes()


@TABLES
def test_each_name_that_was_ever_written_is_read(table: WireNames, classes: dict[str, type]) -> None:
    find = input_class if table is JOURNAL_KINDS else action_class
    for name in set(table) - {*GONE}:
        assert table.former[name] or name in NEW, "each was its class's name before it had one of its own"
        for text in table.stored(name):
            assert (table.now(text), find(text)) == (name, classes[name])


def test_all_names_of_a_kind_for_a_query() -> None:
    assert JOURNAL_KINDS.stored("app.started") == ("app.started", "Started")
    assert JOURNAL_KINDS.sql("timer.fired", "app.started") == "'timer.fired', 'TimeCame', 'app.started', 'Started'"
    with pytest.raises(KeyError):
        JOURNAL_KINDS.sql("app.begun")


def test_an_unknown_kind_stays_unchanged() -> None:
    assert kind_of("of.tomorrow") == "of.tomorrow"


def test_types_of_events_are_in_the_same_style_and_are_no_kinds_of_the_journal() -> None:
    assert not set(JOURNAL_KINDS) & set(RECORD_TYPES)
    for name in RECORD_TYPES:
        assert NAME.fullmatch(name) and not set(name.split(".")) & product_names.classes()


def test_each_state_has_a_type() -> None:
    shown = {*(state.value for state in AgentState), *SHOWN_STATE_IN_CALL.values(), NO_PHONE}
    assert set(event_types.AGENT_TYPES) == shown | {LOGGED_OUT}
    assert set(event_types.CALL_TYPES) == set(State)
    assert set(event_types.COMMAND_TYPES) == set(Outcome)


def test_public_inputs_are_known_kinds() -> None:
    assert set(PUBLIC) <= set(JOURNAL_KINDS)


def test_webhooks_have_the_names_of_their_options() -> None:
    assert {hook.value for hook in WebhookTrigger} == WEBHOOK_EVENTS


@pytest.fixture
def played(demo_database: Path, tmp_path: Path) -> Path:
    """Provide a database with a call that was handed over, an app that was killed, and two failed commands."""
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    driver.log_in("1000")
    driver.customer()
    driver.ask(Kind.DIAL_WITH_CUSTOMER, number="777")
    driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    driver.wait(1)
    driver.ask(Kind.LEAVE_3WAY_CALL)
    driver.ask(Kind.GRAB_CUSTOMER)
    driver.ask(Kind.STATUS, status="SALE")
    driver.die()
    driver.come_back()
    driver.close()
    return driver.database


def test_a_run_writes_no_name_that_is_in_no_table(played: Path) -> None:
    kinds, actions = set(JOURNAL_KINDS), set(ACTION_NAMES)
    with closing(connect(played)) as connection:
        rows = connection.execute("SELECT kind, payload FROM journal").fetchall()
    assert len(rows) > 20
    for kind, payload in rows:
        written = json.loads(payload)
        assert kind in kinds
        assert {name for name, _ in written.get("asked", ())} | {written.get("action", "")} <= actions | {""}
        assert {of for of, _ in written.get("events", ())} <= set(RECORD_TYPES)


def test_a_run_tells_no_name_of_a_class(played: Path) -> None:
    told = journal_events.after(played, EventId(0, 0), 10_000)
    types = set(JOURNAL_KINDS) | set(RECORD_TYPES)
    assert len(told) > 40 and {one.type for one in told} <= types
    words = {word for one in told for value in one.data.values() if isinstance(value, str) for word in value.split()}
    assert not words & product_names.classes()


def test_a_refused_action_is_recorded_without_the_name_of_a_class(played: Path) -> None:
    with closing(connect(played)) as connection:
        rows = connection.execute("SELECT payload FROM journal WHERE kind = 'action.failed'").fetchall()
    noted = [(written["action"], note) for [row] in rows for written in [json.loads(row)] for note in written["notes"]]
    assert [(action, note.rpartition(" ")[0]) for action, note in noted] == [
        ("channel.create", "Asterisk answered 500 'Allocation failed' for leg")
    ]
    assert not {word for _, note in noted for word in re.findall(r"\w+", note)} & product_names.classes()


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
