"""The copy of the live state in another process: equal to the world after every turn, and after a lost connection."""

import random
from collections.abc import Iterator

import msgspec
import pytest

from ari_app.link import record_codec
from ari_app.link.messages import Changes, FromCalls, StateBegins, StateEnds, StatePart
from ari_app.link.record_feed import RecordFeed
from ari_app.link.remote_calls import RemoteCalls
from ari_app.link.replica import Replica
from ari_app.live import live_snapshot
from ari_app.live.committed_turns import CommittedTurns
from tests.http.test_live_copy import STEPS
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.engine.engine import Input
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ClockCorrected
from warmline.core.model.session import Session
from warmline.core.world.turn import Turn
from warmline.core.world.world import OpenRecord, World
from warmline.operations.live_records import iso
from warmline.store.journal import open_state
from warmline.store.journal.journal_codec import entry_of
from warmline.system.socket_messages.frame import LENGTH

HOUR = 3_600_000_000  # microseconds
DECODER = msgspec.msgpack.Decoder(FromCalls)


class Copied(Driver):
    """Sends each turn to a copy, as the switchboard does after the commit."""

    def __init__(self, seed: int = 0) -> None:
        self.row = 0
        self.chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
        self.source = RecordFeed(lambda: self.world, lambda: self.row)
        self.late: list[bytes] = []  # frames that the copy has not read yet
        super().__init__()
        self.copy = Replica()
        self.leave = self.source.follow(self.late.append)
        self.read()

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        if written := entry_of(entry, turn, base):
            frames = self.source.prepared([written])
            self.row += 1
            if self.chance.random() < 0.2:
                frames.changed()  # the disk is late
            frames.committed()

    def read(self) -> None:
        for message in self.unread():
            take(self.copy, message)
        self.late.clear()

    def unread(self) -> list[object]:
        return [*messages(b"".join(self.late))]

    def lose(self) -> None:
        """Break the connection, and lose what has not been read."""
        self.leave()
        self.late.clear()

    def connect(self) -> None:
        self.leave = self.source.follow(self.late.append, self.source.beginning, self.copy.frame)


def messages(frames: bytes) -> Iterator[object]:
    while frames:
        end = LENGTH + int.from_bytes(frames[:LENGTH], "big")
        yield DECODER.decode(frames[LENGTH:end])
        frames = frames[end:]


def take(copy: Replica, message: object) -> None:
    match message:
        case StateBegins():
            copy.begin(message)
        case StatePart():
            copy.add(message)
        case StateEnds():
            copy.end(message)
        case Changes():
            copy.apply(message)


def told(world: World) -> object:
    tables = [dict(record_codec.table_of(world, kind)) for kind in record_codec.FOLLOWED]
    return tables, live_snapshot.agents(world), live_snapshot.whole_calls(world), world.rules


def test_followers_get_everything_again_after_the_machines_clock_was_set() -> None:
    lab, calls, frames, turns = Copied(), RemoteCalls("", "test"), list[bytes](), list[CommittedTurns]()
    lab.log_in("1000")
    lab.customer()
    lab.ask(Kind.PAUSE)
    lab.source.follow(frames.append)
    calls.follow(turns.append, lambda _: None)
    lab.feed(ClockCorrected(-HOUR))
    for message in messages(b"".join(frames)):
        calls.take(message)  # type: ignore[arg-type]
    [call], [session] = lab.world.calls.values(), lab.world.sessions.values()
    assert turns[-1].calls[call.id] and turns[-1].calls[call.id].arrived == iso(call.arrived - HOUR)
    assert turns[-1].agents["1000"] and turns[-1].agents["1000"].since == iso(session.since - HOUR)
    assert turns[-1].rows[-1].correction == -HOUR and calls.world.calls[call.id].arrived == call.arrived - HOUR
    assert calls.receipt("none") is None and calls.world.machine_time(0) == 0


@pytest.mark.parametrize("seed", range(8))
def test_the_copy_is_the_world_after_each_step(seed: int) -> None:
    lab = Copied(seed)
    lab.log_in("1000")
    connected = True
    for _ in range(120):
        lab.chance.choice(STEPS)(lab)  # type: ignore[arg-type]
        chance = lab.chance.random()
        if connected and chance < 0.1:
            lab.lose()
            connected = False
        elif chance < 0.4:
            if not connected:
                lab.connect()
                connected = True
            lab.read()
            assert told(lab.copy.world) == told(lab.world)
            assert lab.copy.told_row == lab.row
            assert lab.copy.queues == lab.world.matcher.count_calls_by_queue()
    assert lab.row > 100


def test_a_copy_that_missed_too_much_gets_the_whole_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.link.record_feed.KEPT", 2000)
    lab = Copied()
    lab.log_in("1000")
    lab.read()
    lab.lose()
    for _ in range(20):
        lab.customer()
    lab.connect()
    kinds = [type(message) for message in lab.unread()]
    assert kinds[0] is StateBegins and kinds[-1] is StateEnds
    lab.read()
    assert told(lab.copy.world) == told(lab.world)


def test_the_copy_of_another_start_gets_the_whole_state() -> None:
    lab = Copied()
    lab.lose()
    lab.source.follow(lab.late.append, "another", lab.copy.frame)
    assert isinstance(lab.unread()[0], StateBegins)


def test_a_record_that_cannot_be_encoded_is_missing_and_all_others_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a bug must not end the calls, nor leave other records as they were."""
    lab = Copied()
    lab.log_in("1000")
    lab.read()
    body = open_state.body

    def broken(record: OpenRecord) -> bytes:
        if isinstance(record, Session):
            raise TypeError
        return body(record)

    monkeypatch.setattr(open_state, "body", broken)
    lab.customer()
    lab.read()
    assert not lab.copy.world.sessions and lab.world.sessions
    assert dict(lab.copy.world.calls) == dict(lab.world.calls) != {}
    assert dict(lab.copy.world.legs) == dict(lab.world.legs)
    lab.source._kept.clear()
    lab.lose()
    lab.connect()
    lab.read()
    assert not lab.copy.world.sessions and dict(lab.copy.world.calls) == dict(lab.world.calls)
    monkeypatch.setattr(open_state, "body", body)
    lab.hang_up("cust")
    lab.read()
    assert told(lab.copy.world) == told(lab.world)


def test_a_copy_that_misses_a_frame_says_so() -> None:
    lab = Copied()
    lab.log_in("1000")
    lab.read()
    lab.customer(name="one")
    lab.customer(name="two")
    *_, last = lab.unread()
    with pytest.raises(ValueError, match=r"frame \d+ came after frame \d+"):
        take(lab.copy, last)


def test_an_unread_end_of_a_command_is_known_after_the_whole_state() -> None:
    lab = Copied()
    lab.log_in("1000")
    lab.read()
    ended = dict(lab.copy.ended)
    assert lab.copy.world.sessions
    lab.ask(Kind.PAUSE)
    lab.read()
    lab.lose()
    lab.source._kept.clear()
    lab.customer()
    lab.connect()
    assert isinstance(lab.unread()[0], StateBegins)
    lab.read()
    assert lab.copy.ended.keys() > ended.keys()
