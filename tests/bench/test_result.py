"""Figures, goals and their texts."""

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from tools.bench.tools.result import BenchResult, ResultRow, spread, times


def test_a_spread_tells_where_most_of_the_values_are() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert spread(values) == {"median": 50.5, "p95": 95.0, "least": 1.0, "largest": 100.0, "n": 100}


def test_a_spread_of_one_value_is_that_value() -> None:
    assert spread([4.5]) == {"median": 4.5, "p95": 4.5, "least": 4.5, "largest": 4.5, "n": 1}


@pytest.mark.parametrize(
    ("ours", "theirs", "limits", "goal", "met"),
    [
        ([6.0, 1.0, 9.0], [2.0], {"ratio": 3}, "3 or less", True),
        ([6.1], [2.0], {"ratio": 3}, "3 or less", False),
        ([121.0], [21.0], {"beyond": 100}, "baseline + 100 ms or less", True),
        ([121.5], [21.0], {"beyond": 100}, "baseline + 100 ms or less", False),
        ([-10.0], [-12.0], {"beyond": 20}, "baseline + 20 ms or less", True),
        ([9.0], [1.0], {}, "", None),
    ],
)
def test_medians_are_held_against_the_goal(
    ours: Sequence[float], theirs: Sequence[float], limits: dict[str, float], goal: str, met: bool | None
) -> None:
    row = times("request → answer", ours, theirs, **limits)
    assert (row.goal, row.met) == (goal, met)


LEFT = times("left", [2.4], [1.9], ratio=3)
LATE = times("last packet", [31.0], [10.0], beyond=20)


def test_the_last_line_of_a_goal_that_is_met() -> None:
    assert BenchResult("leave", "bare script", [LEFT]).line() == (
        "leave: 2.4 ms, baseline 1.9 ms, ratio 1.26, goal 3 or less: met"
    )


def test_one_row_that_is_short_makes_the_whole_short_and_is_named() -> None:
    found = BenchResult("leave", "bare script", [LEFT, times("answer", [9.0], [1.0]), LATE])
    assert not found.met
    assert found.line().endswith("goal 3 or less: short (last packet)")


def test_a_baseline_of_zero_gives_no_ratio() -> None:
    row = ResultRow("lost", "packets", {"lost": 2, "leaves": 100}, {"lost": 0, "leaves": 100}, "0 more", met=False)
    found = BenchResult("loss", "control", [row])
    assert found.ratio is None
    assert found.line() == "loss: 2 packets, baseline 0 packets, goal 0 more: short (lost)"


def test_as_json_it_has_the_figures_of_every_row() -> None:
    told = BenchResult("leave", "bare script", [LEFT, LATE]).as_json()
    rows = told.pop("rows")
    assert told == {
        "name": "leave",
        "value": 2.4,
        "unit": "ms",
        "baseline": 1.9,
        "ratio": 1.263,
        "goal": "3 or less",
        "met": False,
    }
    assert [(row["what"], row["met"], row["warmline"]["n"]) for row in rows] == [
        ("left", True, 1),
        ("last packet", False, 1),
    ]


def test_the_table_shows_both_sides_of_each_row_and_its_goal() -> None:
    shown = io.StringIO()
    Console(file=shown, width=120).print(BenchResult("leave", "bare script", [LEFT, LATE]).table())
    lines = [line.split() for line in shown.getvalue().splitlines()]
    assert ["median", "p95", "least", "largest", "n"] in lines
    assert ["Warmline", "2.4", "2.4", "2.4", "2.4", "1"] in lines
    assert ["bare", "script", "10", "10", "10", "10", "1"] in lines
    assert ["goal:", "3", "or", "less", "met"] in lines
    assert ["goal:", "baseline", "+", "20", "ms", "or", "less", "short"] in lines
