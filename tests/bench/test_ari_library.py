"""The benchmark of the library of ARI scripts: its interval, and how it judges."""

import pytest

from tools.bench.calls.ari_library import Cost, interval, judge


@pytest.mark.parametrize(
    ("number", "ends"),
    [(5, (0, 4)), (6, (0, 5)), (40, (13, 26))],  # ranks by the tables of the sign test
)
def test_the_interval_has_the_median_in_95_of_100_cases(number: int, ends: tuple[int, int]) -> None:
    assert interval([float(n) for n in range(number)]) == ((number - 1) / 2, *ends)


def turns(*processor: float) -> list[tuple[Cost, Cost]]:
    return [(Cost(2 * one, one), Cost(20 * one, 10 * one)) for one in processor]


def test_the_goal_is_the_median_of_the_ratios_of_pairs() -> None:
    # The medians of both sides are equal; the pairs say that Warmline is slower.
    rows = judge({"warmline": turns(13, 26, 12), "bare": turns(10, 20, 13)})
    assert [row.met for row in rows] == [False] * 4
    assert rows[0].what == "processor time of an event; ratio 1.30 (0.92 to 1.30)"
    assert [row.met for row in judge({"warmline": turns(11, 22), "bare": turns(10, 20)})] == [True] * 4


def test_the_other_library_has_no_goal() -> None:
    rows = judge({name: turns(10, 20) for name in ("warmline", "bare", "asyncari")})
    assert len(rows) == 8 and {row.goal for row in rows[4:]} == {""}
