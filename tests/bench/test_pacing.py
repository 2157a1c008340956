"""The benchmark of pacing: it compares both diallers, and judges by talk, drops and windows above the limit."""

import asyncio
import math

import pytest

from tools.bench import pacing
from tools.bench.pacing import campaigns, decision_time
from tools.simulation.dialling.dialling_result import DiallingResult
from warmline.core.pacing.drop_budget import DropRules


def test_the_benchmark_compares_both_diallers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "DAYS", {3: 0.3, 20: 0.05})
    monkeypatch.setattr(campaigns, "WORLDS", {})
    monkeypatch.setattr(campaigns, "NUMBER", 4)
    monkeypatch.setattr(decision_time, "AT_MOST", {3: 5.0})
    monkeypatch.setattr(decision_time, "HOURS", 0.02)
    steps: list[None] = []
    found = asyncio.run(pacing.measure(1, lambda: steps.append(None)))
    assert (found.name, len(steps), len(found.rows)) == ("pacing", 1, 4 * 3 + 2 + 1)
    assert found.rows[0].what.startswith("20 agents, limit 3 %")
    for row in found.rows:
        assert row.warmline.keys() == row.baseline.keys()
        assert all(math.isfinite(figure) for figure in [*row.warmline.values(), *row.baseline.values()])
    assert all(row.met for row in found.rows if row.unit == "persons")


def figures(talking: float, dropped: int) -> DiallingResult:
    return DiallingResult(DropRules(30), talking=talking, ready=1000 - talking, persons=1000, dropped=dropped)


@pytest.mark.parametrize(
    ("talking", "dropped", "met"), [(700.0, 20, True), (600.0, 20, False), (700.0, 31, False), (500.0, 0, False)]
)
def test_more_talk_counts_only_with_no_more_drops(talking: float, dropped: int, met: bool) -> None:
    row = campaigns._more("", figures(talking, dropped), figures(600.0, 30), fewer_drops=True)
    assert row.met is met


def test_a_person_above_the_limit_misses_the_goal() -> None:
    ours = figures(700.0, 20)
    ours.above = 1
    same = campaigns.Compared(ours, figures(500.0, 30), figures(600.0, 30))
    assert [row.met for row in campaigns._team_rows("5 agents", 30, same)] == [True, True, False]
