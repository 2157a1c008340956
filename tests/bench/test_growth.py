"""The benchmark of growth: its worlds are correct, each round leaves them unchanged, and it judges by the growth."""

import asyncio
from collections import Counter

import pytest

from tools.bench.core import growth
from tools.bench.core.growth import OpenCalls
from warmline.core.model.call_states import State

KINDS = 10  # of inputs


def test_each_round_leaves_the_number_of_open_calls_unchanged() -> None:
    world = OpenCalls(20)
    before = list(world.world.calls.values())
    assert Counter(call.state for call in before) == {
        State.TALKING: 12,
        State.THREE_WAY: 4,
        State.WAITING: 4,
    }
    for _ in range(3):
        took = world.live()
        assert len(took) == KINDS and all(work > 0 for work in took.values())
    assert list(world.world.calls.values()) == before


def test_the_benchmark_measures_each_kind_of_input_in_each_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "OPEN", (10, 20, 30))
    steps: list[None] = []
    found = asyncio.run(growth.measure(2, lambda: steps.append(None)))
    assert len(steps) == 2 and len(found.rows) == 2 * KINDS
    assert all(row.warmline["n"] == row.baseline["n"] == 2 for row in found.rows)


def test_the_benchmark_judges_by_the_medians_of_the_smallest_and_largest_world() -> None:
    def took(*medians: float) -> list[dict[str, list[float]]]:
        return [{"leave": [median - 1, median, 9 * median]} for median in medians]

    good, slow = growth.judge(took(10, 99, 99, 40)), growth.judge(took(10, 10, 10, 41))
    assert good.met and (good.value, good.baseline) == (40, 10)
    assert [row.met for row in slow.rows] == [False, None, None]
