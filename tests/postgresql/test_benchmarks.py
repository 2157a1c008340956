"""The benchmarks of PostgreSQL run to their end; their speed is not checked here."""

import asyncio
import math

import pytest

from tests.postgresql.at_night import at_night
from tools.bench.calls.connect import ConnectTimes
from tools.bench.database import commit_cost, moved_rows, server_connect
from tools.bench.database.commit_cost import FILE, SERVER, CommitTimes, judge
from tools.bench.tools.result import BenchResult


def checked(found: BenchResult) -> None:
    for row in found.rows:
        assert row.warmline.keys() == row.baseline.keys()
        assert all(math.isfinite(figure) for figure in [*row.warmline.values(), *row.baseline.values()])


@at_night
def test_commit_cost_is_measured() -> None:
    steps: list[None] = []
    found = asyncio.run(commit_cost.measure(1, lambda: steps.append(None)))
    assert (found.name, len(steps)) == ("database", 1)
    checked(found)


@at_night
def test_calls_of_both_databases_are_connected() -> None:
    steps: list[None] = []
    found = asyncio.run(server_connect.measure(2, lambda: steps.append(None)))
    assert (found.name, len(steps)) == ("serverconnect", 2)
    checked(found)


@at_night
def test_killed_move_has_same_rows() -> None:
    found = asyncio.run(moved_rows.measure(1, lambda: None, rows=5000))
    assert found.name == "move"
    checked(found)


@pytest.mark.parametrize(
    ("server", "file", "worked", "rate", "met"),
    [
        (3.8, 1.5, 0.5, 90.0, [True, True, True, None]),
        (5.1, 1.5, 0.5, 90.0, [False, True, True, None]),
        (4.1, 1.0, 0.5, 79.0, [False, True, False, None]),
        (2.0, 1.0, 0.7, 100.0, [True, False, True, None]),
    ],
)
def test_goals_of_figures_judged(server: float, file: float, worked: float, rate: float, met: list[bool]) -> None:
    took = {SERVER: CommitTimes([server] * 20, [worked] * 20), FILE: CommitTimes([file] * 20, [0.5] * 20)}
    assert [row.met for row in judge(took, {SERVER: [rate], FILE: [100.0]})] == met


@pytest.mark.parametrize(("entered", "invited", "met"), [(32.0, 72.0, [True, True]), (32.1, 72.1, [False, False])])
def test_later_connections_judged(entered: float, invited: float, met: list[bool]) -> None:
    found = server_connect.judge([ConnectTimes(entered, invited)] * 3, [ConnectTimes(20.0, 60.0)] * 3)
    assert [row.met for row in found.rows] == met
