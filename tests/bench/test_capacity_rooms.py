"""The number of three-way calls is judged by what was heard in them; the calls here are fakes."""

import asyncio
import os
from pathlib import Path
from time import thread_time
from types import SimpleNamespace
from typing import cast

import pytest

from tools.bench.capacity import recorded_rooms
from tools.bench.capacity.generated_sound import Sound
from tools.bench.capacity.heard_packets import HeardPackets
from tools.bench.capacity.recorded_rooms import HeldRooms, RoomSide, climb, judge, whole
from tools.bench.tools import processor_time
from tools.bench.tools.bench_lab import BenchLab
from tools.bench.tools.result import CannotMeasureError

STEPS = (2, 6, 10)


def heard(missing: int = 0, late: int = 0, legs: int = 6) -> HeardPackets:
    return HeardPackets(legs, 10_000, 10_000 - missing, silent=0, lost=0, late=late, longest=41.5)


class StandIn:
    """Hears these packets, one after the other; all requested calls arrive."""

    def __init__(self, *told: HeardPackets) -> None:
        self.told = list(told)
        self.came = 0

    async def legs(self) -> int:
        return 3 * self.came

    async def listen(self, seconds: float) -> tuple[HeardPackets, float]:
        return self.told.pop(0), 0.05


def side(tmp_path: Path, sound: StandIn) -> RoomSide:
    async def add(count: int, number: int) -> None:
        for _ in range(count):
            sound.came += 1
            (tmp_path / f"{sound.came}.wav").write_bytes(b"RIFF")

    lab = SimpleNamespace(lab=SimpleNamespace(recordings=str(tmp_path), pids={"asterisk": os.getpid()}))
    return RoomSide("Warmline", cast(BenchLab, lab), cast(Sound, sound), os.getpid(), add)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_rooms, "SETTLE", 0)


def test_the_number_of_rooms_grows_until_the_sound_breaks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = heard(missing=2000)
    steps: list[None] = []
    told = StandIn(heard(), heard(), *[broken] * recorded_rooms.TRIES)
    held = asyncio.run(climb(side(tmp_path, told), STEPS, lambda: steps.append(None)))
    assert [one.rooms for one in held] == [2, 6]
    assert (told.came, told.told, len(steps)) == (10, [], 2)
    assert (
        "Warmline breaks at 10: the sound of 10 rooms is not whole: 20.00% missing, 0.00% late"
        in capsys.readouterr().err
    )


def test_a_pause_of_the_machine_is_not_the_end(tmp_path: Path) -> None:
    told = StandIn(heard(), heard(late=300), heard(), heard())
    held = asyncio.run(climb(side(tmp_path, told), STEPS, lambda: None))
    assert [one.rooms for one in held] == [2, 6, 10]


def test_a_broken_first_step_gives_no_measurement(tmp_path: Path) -> None:
    told = StandIn(*[heard(missing=100)] * recorded_rooms.TRIES)
    with pytest.raises(CannotMeasureError, match=r"the sound of 2 rooms is not whole: 1\.00% missing"):
        asyncio.run(climb(side(tmp_path, told), STEPS, lambda: None))


@pytest.mark.parametrize(
    ("now", "control", "is_whole"),
    [
        (heard(missing=10, late=10), None, True),
        (heard(missing=11), None, False),
        (heard(late=11), None, False),
        (heard(missing=12, late=14), heard(missing=3, late=4), True),
        (heard(missing=14), heard(missing=3, late=4), False),
    ],
)
def test_one_in_a_thousand_may_be_missing_or_late_beyond_the_first_step(
    now: HeardPackets, control: HeardPackets | None, is_whole: bool
) -> None:
    assert whole(now, control) is is_whole


def test_the_goals_compare_rooms_and_processor_time_with_the_baseline(tmp_path: Path) -> None:
    ours = [HeldRooms(20, heard(), 0.004, 0.2, 0.02), HeldRooms(180, heard(), 0.016, 1.2, 0.2)]
    theirs = [HeldRooms(50, heard(), 0.0, 0.2, 0.02), HeldRooms(200, heard(), 0.001, 1.3, 0.2)]
    most, app, *_ = judge(ours, theirs)
    assert (most.warmline["rooms"], most.baseline["rooms"], most.met) == (180, 200, True)
    assert (app.warmline["share"], app.baseline["share"], app.met) == (pytest.approx(1.0), pytest.approx(0.04), True)
    most, app, *_ = judge([HeldRooms(170, heard(), 0.05, 1.2, 0.2)], theirs)
    assert (most.met, app.met) == (False, False)


def test_the_processor_time_of_a_program_is_its_threads() -> None:
    before = processor_time.of_living(os.getpid())
    own = thread_time()
    while thread_time() < own + 0.02:
        pass
    assert processor_time.of_living(os.getpid()) - before >= 0.02
