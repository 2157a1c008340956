"""The journal, given to the core again, leads to the same records, open state and decisions."""

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from lab import configure
from tests.core.core_stage import slowly
from tests.core.engine.test_properties import Floor
from tests.soak import examples
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.engine.engine import Input
from warmline.core.messages.action_answers import ActionDone, ActionFailed
from warmline.core.messages.actions import Action
from warmline.core.messages.agent_command_types import ChangeIngroups, CorrectDisposition, Dial, Whisper
from warmline.core.messages.call_command_types import AudioPlay, AudioStop
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Ask, Command, CommandFields, Kind
from warmline.core.messages.dial_facts_messages import DialFacts
from warmline.core.messages.dialler_messages import DialLead
from warmline.core.messages.events import Event, Remedy, TurnFailed
from warmline.core.messages.process_messages import ClockCorrected, ServerWeight
from warmline.core.messages.recording_messages import StopRecording
from warmline.core.messages.values.callback import Callback
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.database.database import connect
from warmline.store.journal.hash_chain import ChainFinding
from warmline.store.journal.journal_codec import CORE_VERSION, JournalPayload, entry_of, input_of, stored_input
from warmline.store.journal.journal_entry import append, head
from warmline.store.journal.replay import replay
from warmline.store.wire_names.journal_classes import KINDS, NAMES

FOLDER = tempfile.TemporaryDirectory()


@cache
def configured(recording: str, leave: str) -> Path:
    """Provide a database with the demo configuration and these options, for copies."""
    path = Path(tempfile.mkdtemp(dir=FOLDER.name)) / "warmline.db"
    options = {"campaign_recording": recording, "leave_3way_start_recording": leave}
    configure.fill(path, [("campaign", "TESTCAMP", options)])
    return path


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Path]:
    """Provide a database with a customer handed over, an app killed and restarted, and both parties hung up."""
    path = Path(shutil.copy(configured("ALLCALLS", "ALL_CALLS"), tmp_path))
    lab = RecordedDriver(path)
    lab.log_in("1000")
    customer = lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.die()
    lab.come_back()
    lab.ask(Kind.STATUS, status="SALE")
    lab.hang_up(customer)
    lab.wait(10)
    lab.close()
    yield path


def test_a_replay_equals_the_recorded_state(played: Path) -> None:
    again = replay(played)
    assert (again.differences, again.stopped) == ([], "")
    with closing(connect(played)) as connection:
        assert again.rows == connection.execute("SELECT count(*) FROM journal").fetchone()[0] > 20


def test_a_refusal_that_only_sets_an_alarm_is_in_it(tmp_path: Path) -> None:
    path = Path(shutil.copy(configured("ALLCALLS", "ALL_CALLS"), tmp_path))
    lab = RecordedDriver(path)
    lab.log_in("1000")
    lab.customer()
    stop = next(iter(map(StopRecording, lab.asterisk.recordings)))
    with slowly(lab):
        lab.ask(Kind.RECORD_STOP)
        lab.asterisk.out = [ActionFailed(stop, 503, "too much to do")]
    asked = len(lab.asked)
    lab.wait(1)
    lab.close()
    assert stop in lab.asked[asked:], "it is asked again"
    assert replay(path).differences == []


@pytest.mark.parametrize("late", [False, True])
def test_a_disposition_that_was_taken_back_is_in_no_table_and_in_the_replay(tmp_path: Path, *, late: bool) -> None:
    """One that counts later is the call's only then, also after a kill. A `late` database gets turns together."""
    path = Path(shutil.copy(configured("NEVER", "DISABLED"), tmp_path))
    lab = RecordedDriver(path)
    lab.log_in("1000")
    calls, waiting = [], []
    if late:
        lab.record = lambda entry, turn, base: waiting.append(entry_of(entry, turn, base))  # type: ignore[method-assign]

    def rows() -> list[tuple[str, str, int]]:
        append(lab.journal, head(lab.journal), [one for one in waiting if one], lab.rows) if waiting else None
        waiting.clear()
        found = """SELECT entry.status, call.status, undo_until > 0 FROM disposition_entry AS entry JOIN call
            ON call.id = entry.call WHERE entry.call = ? ORDER BY entry.id"""
        return list(map(tuple, lab.journal.execute(found, (calls[-1],))))

    for customer in ("first", "second"):
        lab.customer(name=customer)
        calls.append(lab.session().call)
        lab.hang_up(customer)
        lab.ask(Kind.STATUS, status="SALE", undo=True)
        if customer == "first":
            lab.wait(5)
            assert late or rows() == [("SALE", "", 1)]
            lab.ask(Kind.UNDO_DISPOSITION)
            assert rows() == []
            lab.ask(Kind.STATUS, status="NI", undo=True)
            assert rows() == [("NI", "", 1)]
        elif not late:
            lab.die()
            lab.come_back()
        lab.wait(10)
        assert rows() == [("NI" if customer == "first" else "SALE",) * 2 + (0,)]
    lab.close()
    assert replay(path).differences == []


def test_agents_who_are_ready_in_one_turn_get_the_same_callers_again(tmp_path: Path) -> None:
    """The timer of a login's pause fires after the pause; it changes no agent's rank in a later turn of the replay."""
    path = Path(shutil.copy(configured("NEVER", "DISABLED"), tmp_path))
    configure.fill(path, [("campaign", "TESTCAMP", {"pause_max": "5", "wrapup_seconds": "3"})])
    lab = RecordedDriver(path)
    for user in ("1001", "1000"):
        lab.log_in(user)
    lab.wait(6)
    for name in ("first", "second", "third", "fourth"):
        lab.customer(name=name)
    for user in ("1000", "1001"):
        lab.hang_up(str(lab.world.calls[lab.session(user).call or ""].customer))
        lab.ask(Kind.STATUS, user, status="SALE")
    lab.stuck = True  # so that both agents become ready in one turn
    lab.wait(4)
    lab.stuck = False
    lab.wait(1)
    matched = {user: lab.world.calls[lab.session(user).call or ""].customer for user in ("1000", "1001")}
    lab.close()
    assert matched == {"1000": "third", "1001": "fourth"}
    assert replay(path).differences == []


def test_an_empty_journal_is_the_same() -> None:
    assert replay(configured("ALLCALLS", "ALL_CALLS")).rows == 0


@pytest.mark.parametrize(
    "change, where",
    [
        ("UPDATE call SET ended_by = 'third'", "call"),
        ("DELETE FROM leg WHERE role = 'third'", "leg"),
        ("INSERT INTO disposition_entry VALUES ('x', 'y', '1000', 'SALE', 1, '', '', 0, 0)", "disposition_entry"),
        ("UPDATE receipt SET outcome = 'busy' WHERE kind = 'LEAVE_3WAY_CALL'", "receipt"),
        ("DELETE FROM open_state WHERE kind = 'agent_session'", "open_state"),
    ],
)
def test_a_table_that_was_changed_shows(played: Path, change: str, where: str) -> None:
    with closing(connect(played)) as connection:
        connection.execute(change)
    found = replay(played).differences
    assert [one.journal for one in found] == [where]


def test_a_decision_that_is_not_the_cores_shows_and_ends_the_replay(played: Path) -> None:
    seq = changed(played, "command.requested", lambda payload: payload | {"asked": []})
    again = replay(played)
    [found] = again.differences
    assert again.rows == seq - 1
    assert (found.journal, found.seq) == ("journal", seq)
    assert "dial.check" in found.text and found.text.endswith("the journal has []")


def test_an_input_without_consequence_shows(played: Path) -> None:
    seq = changed(played, "leg.answered", lambda payload: payload | {"input": {"leg": "nobody"}})
    assert replay(played).differences == [ChainFinding("journal", seq, "changes nothing and requests no action now")]


def test_another_version_of_the_core_is_said_and_no_difference(played: Path) -> None:
    seq = changed(played, "command.requested", lambda payload: payload | {"core": CORE_VERSION + 1})
    again = replay(played)
    assert again.differences == []
    assert again.stopped == f"row {seq} was written by version {CORE_VERSION + 1} of the core, this is {CORE_VERSION}"


def test_an_erased_payload_is_said_and_no_difference(played: Path) -> None:
    with closing(connect(played)) as connection:
        connection.execute("UPDATE journal SET payload = NULL WHERE seq = 7")
    again = replay(played)
    assert (again.rows, again.stopped, again.differences) == (6, "the payload of row 7 was erased", [])


@pytest.mark.parametrize(
    "broken", ["{}", "[]", "nonsense", "[" * 3000, json.dumps({"core": CORE_VERSION, "input": {}, "base": ""})]
)
def test_a_payload_that_cannot_be_read_shows(played: Path, broken: str) -> None:
    with closing(connect(played)) as connection:
        connection.execute("DROP TRIGGER journal_unchanged")
        connection.execute("UPDATE journal SET payload = ? WHERE kind = 'command.requested'", (broken,))
    [found] = replay(played).differences
    assert found.text.startswith("cannot be replayed: ")


def changed(path: Path, kind: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Change the payload of the first row of a kind; return its number."""
    with closing(connect(path)) as connection:
        connection.execute("DROP TRIGGER journal_unchanged")
        found = connection.execute("SELECT seq, payload FROM journal WHERE kind = ? ORDER BY seq", (kind,)).fetchone()
        seq, payload = int(found[0]), json.dumps(change(json.loads(found[1])))
        connection.execute("UPDATE journal SET payload = ? WHERE seq = ?", (payload, seq))
    return seq


SAMPLES: dict[Any, Any] = {
    str: "01M7", int: 7, int | None: 7, bool: True, bool | None: None,
    tuple[str, ...]: ("login", "1000"), Rules: demo_rules(),
    tuple[tuple[str, str], ...]: (("ticket", "4711"),),
    Command: make_command(Kind.DIAL_WITH_CUSTOMER, "1000", number="8500"),
    tuple[ServerWeight, ...]: (ServerWeight("main", 10), ServerWeight("b", 0)),
    DialFacts: DialFacts("a list", 7), tuple[DialLead, ...]: (DialLead(7, "101", "8500"),),
}  # fmt: skip


def sample(kind: type, **fields: object) -> Any:
    """Return one record of a kind, each field filled by its type."""
    types = {field.name: field.type for field in dataclasses.fields(kind) if field.name not in fields}
    return kind(**{name: SAMPLES[of] for name, of in types.items()}, **fields)


def inputs() -> Iterator[Input]:
    """Return every kind of input; those about an action with every kind of action."""
    for kind in (Ask, *get_args(Event)):
        if kind is TurnFailed:
            continue
        if kind in (ActionDone, ActionFailed):
            yield from (sample(kind, action=sample(action)) for action in get_args(Action))
        else:
            yield sample(kind)


@pytest.mark.parametrize("entry", list(inputs()), ids=lambda entry: type(getattr(entry, "action", entry)).__name__)
def test_every_input_is_read_back(entry: Input) -> None:
    action = NAMES[type(entry.action)] if isinstance(entry, ActionDone | ActionFailed) else ""
    payload = json.loads(msgspec.json.encode(JournalPayload(CORE_VERSION, "01M7", stored_input(entry), action)))
    assert input_of(KINDS[type(entry)], payload) == entry


@pytest.mark.parametrize("entry", list(inputs()), ids=lambda entry: type(getattr(entry, "action", entry)).__name__)
def test_every_input_that_failed_is_read_back(entry: Input) -> None:
    failed = TurnFailed(entry, "KeyError", "warmline/core/x.py:7 x", Remedy.RECONCILE, "s", "c", ("c", "d"), ("l",))
    written = entry_of(failed, Turn(World(), 7, "01M7"), "01M7")
    assert written and written.kind == "turn.failed" and written.call == "c"
    assert input_of(written.kind, json.loads(msgspec.json.encode(written.payload))) == failed


@pytest.mark.parametrize(
    ("flat", "command"),
    [
        ({"kind": "AUDIO_PLAY", "message": "x", "dial_override": True}, AudioPlay("1000", file="x", instead=True)),
        ({"kind": "AUDIO_STOP", "message": "x"}, AudioStop("1000")),
        ({"kind": "CHANGE_INGROUPS", "message": "A B"}, ChangeIngroups("1000", ingroups=("A", "B"))),
        ({"kind": "WHISPER", "number": "1009"}, Whisper("1000", phone="1009")),
        ({"kind": "SET_STATUS", "call": "C", "notes": "why"}, CorrectDisposition("1000", "C", why="why")),
        (
            {"kind": "DIAL", "number": "8500", "callback": {"id": "B", "call": "", "number": "8500", "at": 7}},
            Dial("1000", number="8500", callback=Callback(id="B", call="", number="8500", at=7)),
        ),
    ],
)
def test_a_flat_command_of_an_older_journal_is_read(flat: dict[str, Any], command: CommandFields) -> None:
    payload = {"core": 9, "input": {"receipt": "R", "by": "ada", "command": {"agent": "1000"} | flat}}
    assert input_of("command.requested", payload) == Ask("R", command, by="ada", checked=True)


@pytest.mark.parametrize("command", [None, [], {}, {"kind": 5}, {"kind": "DANCE"}, {"kind": "DIAL", "lead": "x"}])
def test_a_command_that_cannot_be_read_is_named(command: object) -> None:
    with pytest.raises(ValueError, match=r"command\.requested cannot be read"):
        input_of("command.requested", {"core": 9, "input": {"receipt": "R", "command": command}})


class Journalled(Floor):
    """The same steps as with the core alone, with a journal; at the end that is replayed."""

    lab: RecordedDriver

    @initialize(
        recording=st.sampled_from(["NEVER", "ALLCALLS", "ALLFORCE"]),
        leave=st.sampled_from(["DISABLED", "ALL_CALLS"]),
    )
    def open(self, recording: str, leave: str) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=FOLDER.name)
        self.lab = RecordedDriver(Path(shutil.copy(configured(recording, leave), self.folder.name)))
        self.serial = 0
        self.lab.log_in("1000")
        self.lab.customer()

    @rule(hours=st.sampled_from([0, 2, -2, 24 * 365, -24 * 365]))
    def set_the_clock(self, hours: int) -> None:
        self.lab.feed(ClockCorrected(hours * 3600_000_000))

    @rule()
    def restart(self) -> None:
        self.faulty = True
        self.lab.asterisk.out.clear()
        self.lab.die()
        self.lab.come_back()

    def teardown(self) -> None:
        if not hasattr(self, "lab"):
            return
        super().teardown()
        again = replay(self.lab.database)
        assert (again.differences, again.stopped) == ([], "")
        self.lab.close()
        self.folder.cleanup()


def test_a_rescue_that_ends_while_its_phone_rings_is_replayed() -> None:
    """A timer that fired while the phone rang does not fire later in a replay."""
    day = Journalled()
    day.open(recording="NEVER", leave="DISABLED")
    day.a_phone_is_as_its_user_is(does=[(0.1, "ringing")], user="1000")
    day.a_phone_cannot_be_reached_for_a_while(is_lost=True, seconds=0, user="1000")
    day.a_phone_cannot_be_reached_for_a_while(is_lost=False, seconds=20.5, user="1000")
    day.teardown()


TestJournalled = Journalled.TestCase
TestJournalled.settings = settings(max_examples=examples(4, by_night=30), stateful_step_count=30)
