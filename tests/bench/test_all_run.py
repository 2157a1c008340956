"""Each benchmark runs to its end in its own lab, and fills every row; its speed is not checked here."""

import asyncio
import math

import pytest

from tests.soak import soaking
from tools.bench.__main__ import BENCHMARKS

# They have separate tests.
ELSEWHERE = ("pacing", "rates", "rooms")
# Many seconds each, or like one that runs here: `tools/nightly soak` runs them.
OF_THE_NIGHT = ("adopt", "connect", "flood", "leave")
SLOW = () if soaking() else OF_THE_NIGHT


@pytest.mark.parametrize("name", [name for name in BENCHMARKS if name not in (*ELSEWHERE, *SLOW)])
def test_a_benchmark_measures_both_sides(name: str) -> None:
    steps: list[None] = []
    found = asyncio.run(BENCHMARKS[name].measure(1, lambda: steps.append(None)))
    assert found.name == name
    assert len(steps) == 1
    assert {row.goal for row in found.rows} - {""}
    for row in found.rows:
        assert row.warmline.keys() == row.baseline.keys()
        assert all(math.isfinite(figure) for figure in [*row.warmline.values(), *row.baseline.values()])
