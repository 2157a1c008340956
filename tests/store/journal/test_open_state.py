"""Open records are read back unchanged, also from an older format."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store import open_state_shape
from tests.store.records import CALL, OPEN, SESSION
from tests.wording.said import refused
from warmline.core.messages.agent_command_types import ChangeIngroups, Listen, Pause
from warmline.core.messages.call_command_types import AudioPlay, BlindTransfer
from warmline.core.messages.command_classes import COMMAND_CLASSES
from warmline.core.messages.commands import Command
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import BridgeAudio, Call
from warmline.core.model.call_states import Direction, Origin
from warmline.core.model.leg import Leg, LegSupervision, Phase, Role
from warmline.core.model.receipt import Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.session import AgentInterval, Session
from warmline.core.replace import replace
from warmline.core.world.world import OpenRecord
from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.journal import open_state
from warmline.store.journal.former_fields import PARTS_3

st.register_type_strategy(int, st.integers(-(2**62), 2**62))
st.register_type_strategy(Command, st.one_of(*map(st.from_type, COMMAND_CLASSES.values())))


@given(st.one_of(*map(st.from_type, (Call, Leg, Receipt, Recording, AgentInterval, Session))))
def test_every_record_comes_back(record: OpenRecord) -> None:
    kind, name, form, body = open_state.written(record)
    assert open_state.read(kind, name, form, body) == record


def test_the_stored_shape_of_records_equals_the_current_one() -> None:
    stored = json.loads(open_state_shape.FILE.read_text())
    assert open_state_shape.shape() == stored, open_state_shape.__doc__


def store(path: Path, *records: OpenRecord, is_open: bool = True) -> None:
    with closing(database.connect(path)) as connection:
        for record in records:
            connection.execute(*open_state.row(record, open_state.body, is_open=is_open)[1:])


def load(path: Path) -> list[OpenRecord]:
    with closing(database.connect(path)) as connection:
        return open_state.load(connection)


def test_a_closed_record_is_removed(db: Path) -> None:
    store(db, *OPEN)
    assert {record.id for record in load(db)} == {record.id for record in OPEN}
    store(db, SESSION, CALL, is_open=False)
    assert {record.id for record in load(db)} == {record.id for record in OPEN} - {SESSION.id, CALL.id}


def test_changed_records_keep_the_order_of_a_start(db: Path) -> None:
    """A start decides in this order, and so does a replay. PostgreSQL gives a changed row last."""
    store(db, *OPEN)
    for record in sorted(OPEN, key=lambda one: one.id, reverse=True)[::2]:
        store(db, record)
    kinds_and_ids = [open_state.written(record)[:2] for record in load(db)]
    assert kinds_and_ids == sorted(kinds_and_ids)


def test_an_older_format_goes_through_its_steps(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(db, *OPEN)

    def first(kind: str, body: dict[str, Any]) -> dict[str, Any] | None:
        return body | {"number": body["number"] + "1"} if kind == "call" else body

    def second(kind: str, body: dict[str, Any]) -> dict[str, Any] | None:
        return body | {"number": body["number"] + "2"} if kind == "call" else None if kind == "leg" else body

    now = open_state.FORMAT
    monkeypatch.setattr(open_state, "UPGRADES", {now: first, now + 1: second})
    monkeypatch.setattr(open_state, "FORMAT", now + 2)
    loaded = {record.id: record for record in load(db)}
    assert set(loaded) == {record.id for record in OPEN if not isinstance(record, Leg)}
    call = loaded[CALL.id]
    assert isinstance(call, Call) and call.number == CALL.number + "12"


def test_a_leg_of_the_first_format_has_the_names_of_today() -> None:
    first = {"id": "L", "role": "third", "owner": "C", "created": 1, "phase": 5, "number": "8500", "held": True}
    moved = {"at": "room-C", "going": "", "silent": True, "anew": True}
    others = {"deaf": True, "beside": "other", "made": True, "hanging": True}
    leg = Leg(id="L", role=Role.THIRD, owner="C", created=1, phase=Phase.UP, number="8500", held=True)
    now = {"bridge": "room-C", "target_bridge": "", "silence_playing": True, "rejoining": True}
    asked = {"outbound_muted": True, "originated": True, "hangup_requested": True}
    read = open_state.read("leg", "L", 1, json.dumps(first | moved | others))
    assert read == replace(leg, **now, **asked, supervision=LegSupervision(peer_leg="other"))


@pytest.mark.parametrize(
    ("given", "command"),
    [
        (
            {"kind": "BLIND_TRANSFER", "number": "8500", "caller_id": "0", "dial_override": True},
            BlindTransfer("1000", number="8500", caller_id="0", dial_override=True),
        ),
        (
            {"kind": "AUDIO_PLAY", "message": "beep", "dial_override": True},
            AudioPlay("1000", file="beep", instead=True),
        ),
        ({"kind": "LISTEN", "number": "1009"}, Listen("1000", phone="1009")),
        ({"kind": "CHANGE_INGROUPS", "message": "A B"}, ChangeIngroups("1000", ingroups=("A", "B"))),
        ({"kind": "PAUSE", "message": "", "lead": 0, "to": "", "notes": ""}, Pause("1000")),
    ],
)
def test_a_receipt_of_the_second_format_has_its_command_again(given: dict[str, Any], command: Command) -> None:
    second = {"id": "R", "agent": "1000", "call": "C", "requested": 7, "told": True, "steps": [["requested", 7]]}
    read = open_state.read("receipt", "R", 2, json.dumps(second | given))
    assert read == Receipt(id="R", command=command, call="C", requested=7, told=True, steps=(("requested", 7),))


@pytest.mark.parametrize(
    ("stored", "direction", "origin"),
    [
        ({"agc_id": "Y1"}, Direction.IN, Origin.CALLER),
        ({"agc_id": "M1"}, Direction.OUT, Origin.AGENT),
        ({"agc_id": "M1", "callback": {"id": "B", "call": "", "number": "1", "at": 1}}, Direction.OUT, Origin.CALLBACK),
    ],
)
@pytest.mark.parametrize("form", [1, 2])
def test_a_call_without_direction_gets_that_of_its_name(
    form: int, stored: dict[str, Any], direction: Direction, origin: Origin
) -> None:
    body = {"id": "C", "state": "talking", "since": 1, "arrived": 1} | stored
    call = open_state.read("call", "C", form, json.dumps(body))
    assert isinstance(call, Call) and (call.direction, call.origin) == (direction, origin)


# fields that the third format did not have
LATER = (
    *("preferred", "prefer_until", "after", "page_away_since", "draft", "lead_call", "found_outside", "fallback_at"),
    *("outbound", "talked", "lost_since", "notices", "notice_playing", "noticed", "notice", "lead", "rest_until"),
    *("answered_elsewhere", "last_word", "own_priority"),
)


@given(st.one_of(*map(st.from_type, (Call, Leg, Session))))
def test_a_record_of_the_third_format_gets_its_parts(record: OpenRecord) -> None:
    if isinstance(record, Session):  # there was one server, no browser phone, no notes as they are typed, no dialler
        record = record.with_last_call(lead_call="", lead=0, outbound=False, talked=False)
        loss = replace(record.phone_loss, server=MAIN_SERVER, page_away_since=0, lost_since=0)
        record = replace(record.with_after_call(draft=""), phone_loss=loss, undoable=None)
    elif isinstance(record, Call):  # no call preferred an agent, and no dialplan had [warmline-after]
        queueing = replace(
            record.queueing, preferred="", prefer_until=None, after=False, rest_until=None, own_priority=0
        )
        parking = replace(record.parking, found_outside=(), fallback_at=None)
        recording = replace(record.recording, notices=0, notice_playing="", noticed="", notice="")
        outcome = replace(record.outcome, last_word=None)
        record = replace(record, queueing=queueing, parking=parking, recording=recording, outcome=outcome)
    elif isinstance(record, Leg):
        record = record.with_dialling(answered_elsewhere=False)
    kind, name, _, body = open_state.written(record)
    third = json.loads(body)
    for part, names in PARTS_3[kind].items():
        nested = {field: value for field, value in third.pop(part).items() if field not in LATER}
        assert sorted(nested) == sorted(names.values())
        third |= {former: nested[now] for former, now in names.items()}
    assert open_state.read(kind, name, 3, json.dumps(third)) == record


@pytest.mark.parametrize("form", [2, 3])
def test_a_call_of_a_former_format_has_parts(form: int) -> None:
    began = {"id": "C", "agc_id": "Y1", "state": "talking", "since": 1, "arrived": 1, "customer": "cust"}
    spread = {"tone": "tone-C-1", "tones": 1, "audio": "beep"}
    began |= {"direction": "in", "origin": "caller"}
    read = open_state.read("call", "C", form, json.dumps(began | spread))
    assert isinstance(read, Call) and read.customer == "cust"
    assert read.audio == BridgeAudio(tone="tone-C-1", tones=1, files="beep")


def test_a_call_that_a_python_hook_was_asked_about_keeps_its_priority_alone() -> None:
    fourth = json.loads(open_state.body(CALL))
    fourth["queueing"].pop("own_priority")
    fourth["hooks"] = {"priority": 5, "question": "Q1", "until": 7, "choice": "choose_agent: mine.py: no choice"}
    found = open_state.read("call", CALL.id, 4, json.dumps(fourth))
    assert found == CALL.with_queueing(own_priority=5)


def test_a_newer_format_is_refused(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(open_state, "FORMAT", open_state.FORMAT + 1)
        store(db, CALL)
    with refused(StoreError, "open_state_newer", kind="call", name="01CALL", form=open_state.FORMAT + 1):
        load(db)


@pytest.mark.parametrize("form", range(1, open_state.FORMAT + 1))
@pytest.mark.parametrize("text", ['{"id": 5}', "", '{"id": ', "[" * 3000, "null", "[]", "NaN"])
def test_an_unreadable_record_is_named(db: Path, form: int, text: str) -> None:
    with closing(database.connect(db)) as connection:
        connection.execute("INSERT INTO open_state VALUES ('call', '01X', ?, ?)", [form, text])
    with refused(StoreError, "open_state_unreadable", kind="call", name="01X"):
        load(db)
