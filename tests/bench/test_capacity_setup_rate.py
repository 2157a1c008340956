"""The search for the highest rate, and its judgement, with made-up figures."""

import asyncio

import pytest

from tools.bench.capacity.limit_search import NEAR, TRIES, knee
from tools.bench.capacity.setup_rate import SetupSide, SetupStep, judge
from tools.bench.tools.result import CannotMeasureError


def search(limit: float) -> tuple[int, list[int]]:
    """Return the result if all rates up to `limit` work, and the rates that were tried."""
    tried: list[int] = []

    async def holds(load: int) -> bool:
        tried.append(load)
        return load <= limit

    return asyncio.run(knee(holds)), tried


@pytest.mark.parametrize("limit", [40, 41, 55, 56, 97, 150, 300, 599])
def test_the_knee_is_found_nearly(limit: int) -> None:
    found, _ = search(limit)
    assert found <= limit <= found * NEAR + 1


def test_a_failed_load_is_tried_once_more() -> None:
    _, tried = search(150)
    assert {tried.count(load) for load in tried if load > 150} == {TRIES}
    assert {tried.count(load) for load in tried if load <= 150} == {1}


def test_the_search_ends_at_both_extremes() -> None:
    assert search(39)[0] == 0
    found, tried = search(1_000_000)
    assert found == tried[-1]


def taken(rate: int, work: float, *, times: tuple[float, ...] = (5.0, 9.0), made: int = 2) -> SetupStep:
    return SetupStep(rate, list(times), made, {"calls": 0.75 * work, "agi": 0.25 * work}, asterisk=3.0)


def test_a_step_holds_if_all_callers_had_an_agent_in_time() -> None:
    assert taken(40, 1.0).holds
    assert not taken(40, 1.0, times=(5.0, 251.0)).holds
    assert not taken(40, 1.0, made=3).holds
    assert not taken(40, 1.0, times=()).holds


def test_work_is_compared_at_the_rates_that_both_held() -> None:
    ours = SetupSide([40, 56], [taken(40, 3.0), taken(56, 4.0), taken(78, 90.0, made=9)])
    theirs = SetupSide([78, 56], [taken(40, 1.0), taken(56, 1.0), taken(78, 0.1)])
    rate, work, calls, agi, _, _ = judge(ours, theirs)
    assert (rate.warmline["most"], rate.baseline["most"], rate.met) == (56, 78, False)
    assert (work.warmline["median"], work.baseline["median"], work.met) == (3.5, 1.0, True)
    assert (calls.warmline["median"], agi.warmline["median"]) == (2.625, 0.875)


def test_without_a_common_rate_nothing_is_said() -> None:
    with pytest.raises(CannotMeasureError, match="too busy"):
        judge(SetupSide([0], [taken(40, 1.0, made=9)]), SetupSide([40], [taken(40, 1.0)]))
