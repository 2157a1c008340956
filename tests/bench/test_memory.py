"""Calls leave no memory in the core and the writer; and the benchmark would detect it."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bench.core.memory import SECOND, HeldMemory, MemoryCentre, judge
from warmline.core.model.call_states import State

AGENTS = 15


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[MemoryCentre]:
    made = MemoryCentre(tmp_path / "warmline.db", AGENTS, every=2 * SECOND)
    yield made
    made.close()


def left(centre: MemoryCentre) -> tuple[int, int]:
    """Return the bytes of the world and the rows in the writer, when all calls have ended."""
    centre.finish()
    return len(pickle.dumps(centre.world)), len(centre.rows)


def test_after_a_hundred_calls_there_is_as_much_as_before(centre: MemoryCentre) -> None:
    centre.live(20)
    world, rows = left(centre)
    centre.live(80)
    later, rows_later = left(centre)
    assert abs(later - world) < 200 and rows_later == rows  # a byte a call would be too much


def test_the_calls_of_the_benchmark_reach_the_planned_states(centre: MemoryCentre) -> None:
    centre.live(21)
    states = [call.state for call in centre.world.calls.values()]
    assert State.TALKING in states and State.PARKED in states and State.HANDED_OFF in states
    assert len(centre.world.recordings) >= 5


def test_memory_is_judged_by_its_growth_since_the_middle() -> None:
    over = HeldMemory(1000, 50_000, 0, 300)
    moments = [HeldMemory(held, 60_000, 100, 900) for held in (500, 1400, 1400, 1420)]
    good = judge(moments, over)
    assert good.met and (good.value, good.baseline) == (1420, 1400)
    assert good.rows[1].warmline == {"KB": 4.2}
    assert not judge([*moments[:3], HeldMemory(1440, 60_000, 100, 900)], over).met
