"""The copy of the live state in another process: equal to the world after every turn, and after a lost connection."""

import random

import msgspec
import pytest

from ari_app.link import record_codec
from ari_app.link.messages import Changes, FromCalls, StateBegins, StateEnds, StatePart
from ari_app.link.record_feed import RecordFeed
from ari_app.link.replica import Replica
from ari_app.live import live_snapshot
from simulation.asterisk.core_driver import Driver
from tests.http.test_live_copy import STEPS
from warmline.core.engine.engine import Input
from warmline.core.state.world import Turn, World
from warmline.store.journal.journal_codec import entry_of
from warmline.system.frame import LENGTH

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
            frames = self.source.prepared([turn], [written])
            self.row += 1
            if self.chance.random() < 0.2:
                frames.changed()  # the disk is late
            frames.committed()

    def read(self) -> None:
        for text in self.late:
            take(self.copy, text)
        self.late.clear()

    def lose(self) -> None:
        """Break the connection, and lose what has not been read."""
        self.leave()
        self.late.clear()

    def connect(self) -> None:
        self.leave = self.source.follow(self.late.append, self.source.beginning, self.copy.frame)


def take(copy: Replica, text: bytes) -> None:
    match DECODER.decode(text[LENGTH:]):
        case StateBegins() as message:
            copy.begin(message)
        case StatePart() as message:
            copy.add(message)
        case StateEnds() as message:
            copy.end(message)
        case Changes() as message:
            copy.apply(message)


def told(world: World) -> object:
    tables = [dict(record_codec.table_of(world, kind)) for kind in record_codec.FOLLOWED]
    return tables, live_snapshot.agents(world), live_snapshot.whole_calls(world), world.rules


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
            assert lab.copy.queues == lab.world.matcher.sizes()
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
    kinds = [type(DECODER.decode(text[LENGTH:])) for text in lab.late]
    assert kinds[0] is StateBegins and kinds[-1] is StateEnds
    lab.read()
    assert told(lab.copy.world) == told(lab.world)


def test_a_turn_that_nobody_followed_is_missed() -> None:
    lab = Copied()
    lab.lose()
    lab.source._kept.clear()
    lab.customer()
    lab.connect()
    assert isinstance(DECODER.decode(lab.late[0][LENGTH:]), StateBegins)


def test_the_copy_of_another_start_gets_the_whole_state() -> None:
    lab = Copied()
    lab.lose()
    lab.source.follow(lab.late.append, "another", lab.copy.frame)
    assert isinstance(DECODER.decode(lab.late[0][LENGTH:]), StateBegins)
