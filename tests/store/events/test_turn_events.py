"""The events of a turn about changed records: public fields only, new ones only, and the previous values."""

import json
from typing import Any, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.core_stage import CUSTOMER
from tests.store.records import CALL, SESSION
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.engine.engine import Input
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.replace import replace
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.events import event_types
from warmline.store.events.event_fields import AS_ROW, Row, stored, whole
from warmline.store.events.former_changes import changes_of
from warmline.store.events.turn_events import TurnEvent, events_of
from warmline.text import event_names

ROW = Row("C", "1000", 5)


def turn(*open_ones: Any) -> Turn:
    """Return a turn in a world with these records."""
    world = World()
    for one in open_ones:
        world.keep(one)
    return Turn(world, 1, "01M7")


def types(of: Turn) -> list[str]:
    return [name for name, _ in events_of(of)]


def test_a_change_of_private_fields_is_no_event() -> None:
    here = turn(CALL, SESSION)
    here.put(CALL.with_audio(tones=CALL.audio.tones + 1).with_asked_bridges(doubtful=("room-1",)))
    here.put(replace(SESSION.with_after_call(notes="a private matter"), ready_since=9))
    assert types(here) == []


def test_a_login_on_another_phone_is_a_logout_and_a_login() -> None:
    here = turn(SESSION)
    here.close(replace(SESSION, ended=1))
    here.put(replace(SESSION, id="01OTHER", phone="1009"))
    assert types(here) == ["agent.logged_out", "agent.logged_in"]


@pytest.mark.parametrize(
    "before, now, told",
    [
        (None, State.WAITING, "call.waiting"),
        (State.WAITING, State.RINGING_AGENT, "call.ringing"),
        (State.RINGING_AGENT, State.TALKING, "call.connected"),
        (State.DIALING_OUT, State.TALKING, "call.connected"),
        (State.PARKED, State.TALKING, "call.talking"),
        (State.THREE_WAY, State.TALKING, "call.talking"),
        (State.THREE_WAY, State.THREE_WAY, "call.updated"),
        (State.HANDED_OFF, State.ENDED, "call.ended"),
    ],
)
def test_the_type_of_a_calls_event(before: State | None, now: State, told: str) -> None:
    assert event_types.call_type(before, now) == told


@pytest.mark.parametrize(
    "before, outcome, step, told",
    [
        (None, None, "requested", "command.accepted"),
        (None, None, "begun", "command.started"),
        ("requested", None, "begun", "command.started"),
        ("begun", None, "dialling", "command.dialing"),
        ("dialling", None, "redirected to 8501", "command.updated"),
        (None, Outcome.REFUSED, "", "command.refused"),
        ("begun", Outcome.COMPLETED, "", "command.completed"),
        ("dialling", Outcome.BUSY, "", "command.failed"),
        ("dialling", Outcome.ABANDONED, "", "command.abandoned"),
    ],
)
def test_the_type_of_a_commands_event(before: str | None, outcome: Outcome | None, step: str, told: str) -> None:
    assert event_types.command_type(before, outcome, step) == told


class Told(Driver):
    """Stores what each turn publishes; agent 1000 is logged in."""

    def __init__(self, **campaign: Any) -> None:
        self.published: list[TurnEvent] = []
        super().__init__(demo_rules(**campaign))
        self.log_in("1000")

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        self.published += events_of(turn)


def of(lab: Told, what: str) -> list[tuple[str, Any]]:
    return [(name, record) for name, record in lab.published if name.startswith(f"{what}.")]


def test_a_recordings_way() -> None:
    lab = Told(campaign_recording="ALLCALLS")
    lab.customer()
    lab.wait(3)
    lab.hang_up(CUSTOMER)
    lab.wait(1)
    assert [name for name, _ in of(lab, "recording")] == ["recording.started", "recording.finished", "recording.kept"]
    assert of(lab, "recording")[-1][1].bytes > 0


def test_the_supervisor_of_an_agent_is_in_the_agents_event() -> None:
    lab = Told()
    lab.customer()
    lab.published.clear()
    lab.ask(Kind.LISTEN, number="1002")
    lab.wait(2)
    [(name, heard), *_] = of(lab, "agent")
    assert (name, [(one.phone, one.kind) for one in heard.supervisors]) == ("agent.updated", [("1002", "LISTEN")])


@pytest.mark.parametrize("name", ["call", "agent", "command", "recording", "disposition"])
@given(data=st.data())
def test_a_stored_record_is_read_back_equal(name: str, data: st.DataObject) -> None:
    """Also if a field equals the row's, and if it is empty and the row's is not."""
    shape = next(one for one in AS_ROW if one.__name__.lower().endswith(name))
    record: Any = data.draw(
        st.builds(shape, **{field: st.from_type(of) for field, of in get_type_hints(shape).items()})
    )
    same = {field: getattr(ROW, column) for field, column in AS_ROW[shape].items() if data.draw(st.booleans())}
    record = msgspec.structs.replace(record, **same)
    brief = stored(record, ROW)
    assert not same.keys() & brief.keys()
    told = whole(f"{name}.updated", json.loads(msgspec.json.encode(brief)), ROW)
    assert told == {field: getattr(record, field) for field in record.__struct_fields__}


def test_each_change_that_an_older_version_wrote_has_a_type() -> None:
    became = [
        *(("call", "C", state) for state in State),
        *(("agent", "1000", state) for state in (*AgentState, "LOGGED_OUT")),
        *(("receipt", "R", state) for state in (*Outcome, "requested", "begun", "dialling", "redirected to 8501")),
        *(("recording", "F", state) for state in ("running", "kept", "failed")),
        ("disposition", "C", "SALE"),
    ]
    found = [name for name, _ in changes_of([(what, name, str(state)) for what, name, state in became])]
    assert len(found) == len(became) and set(found) <= set(event_names.RECORD_TYPES)
