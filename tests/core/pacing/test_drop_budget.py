"""The drop budget: its windows at the edges of days and periods, and the guard that no interleaving passes."""

from datetime import UTC, datetime, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core.model.dialler import DropBudget, DropWindow, WindowCount
from warmline.core.pacing import drop_budget
from warmline.core.pacing.drop_budget import DropRules

BERLIN = DropRules(zone="Europe/Berlin", window=DropWindow.BOTH)
FAR_US = 10**18
WORST_DROPS = 10**9  # expects that all calls are answered at once, and that no agent becomes free
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Apia",
)


def to_us(zone: str, *moment: int) -> int:
    """Return a moment of a zone's clock in microseconds UTC."""
    utc = datetime(*moment, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type]
    return (utc - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def get_counts(budget: DropBudget) -> list[tuple[int, int]]:
    return [(window.answered, window.dropped) for window in budget.windows]


def make_budget(answered: int, dropped: int) -> DropBudget:
    """A budget in windows without an end near."""
    kinds = (DropWindow.PERIOD, DropWindow.DAY)
    return DropBudget("2026-01-01", tuple(WindowCount(kind, 0, FAR_US, answered, dropped) for kind in kinds))


def test_a_day_ends_at_midnight_of_the_zone_and_a_period_after_thirty_days() -> None:
    budget = drop_budget.count_person(DropBudget(), BERLIN, to_us("Europe/Berlin", 2026, 3, 1, 12), is_dropped=True)
    period, day = budget.windows
    assert (day.begins, day.ends) == (to_us("Europe/Berlin", 2026, 3, 1), to_us("Europe/Berlin", 2026, 3, 2))
    assert (period.begins, period.ends) == (to_us("Europe/Berlin", 2026, 3, 1), to_us("Europe/Berlin", 2026, 3, 31))
    counted = drop_budget.count_person(budget, BERLIN, day.ends - 1, is_dropped=False)
    assert get_counts(counted) == [(2, 1), (2, 1)]
    assert get_counts(drop_budget.count_person(budget, BERLIN, day.ends, is_dropped=False)) == [(2, 1), (1, 0)]
    assert get_counts(drop_budget.count_person(budget, BERLIN, period.ends, is_dropped=False)) == [(1, 0), (1, 0)]


def test_the_days_on_which_the_clock_is_changed_have_their_hours() -> None:
    hours = {}
    for month, day in ((3, 29), (10, 25)):
        window = drop_budget.update_windows(DropBudget(), BERLIN, to_us("Europe/Berlin", 2026, month, day, 12)).windows[
            1
        ]
        hours[month] = (window.ends - window.begins) // 3_600_000_000
    assert hours == {3: 23, 10: 25}


@given(
    st.sampled_from(ZONES),
    st.integers(to_us("UTC", 2011, 1, 1), to_us("UTC", 2031, 1, 1)),
    st.lists(st.integers(0, 40 * 86_400_000_000), max_size=6),
)
def test_windows_of_a_kind_follow_each_other_without_gap_and_overlap(zone: str, now_us: int, steps: list[int]) -> None:
    rules = DropRules(zone=zone)
    budget = drop_budget.update_windows(DropBudget(), rules, now_us)
    for step in steps:
        now_us += step
        previous, budget = budget, drop_budget.update_windows(budget, rules, now_us)
        for previous_window, next_window in zip(previous.windows, budget.windows, strict=True):
            assert next_window.begins <= now_us < next_window.ends
            assert next_window == previous_window or next_window.begins >= previous_window.ends
        assert budget == drop_budget.update_windows(budget, rules, now_us)
    period, day = budget.windows
    assert period.begins <= day.begins < day.ends <= period.ends
    following = drop_budget.update_windows(budget, rules, day.ends).windows[1]
    assert following.begins == day.ends


def test_an_unknown_zone_counts_by_utc() -> None:
    now_us = to_us("UTC", 2026, 5, 5, 12)
    assert drop_budget.update_windows(DropBudget(), DropRules(zone="Mars/Base"), now_us).windows[1].begins == to_us(
        "UTC", 2026, 5, 5
    )


@pytest.mark.parametrize(
    ("answered", "dropped", "limit", "above"),
    [(0, 0, 30, False), (100, 3, 30, False), (99, 3, 30, True), (1000, 10, 10, False), (999, 10, 10, True)],
)
def test_the_limit_is_exact(answered: int, dropped: int, limit: int, above: bool) -> None:
    assert drop_budget.is_above_limit(make_budget(answered, dropped), DropRules(limit_permille=limit), 1) is above


def test_the_first_calls_are_one_for_each_ready_agent() -> None:
    assert drop_budget.can_begin_call(DropBudget(), DropRules(), 1, missing_agents=0, expected_drops_permille=9000)
    assert not drop_budget.can_begin_call(DropBudget(), DropRules(), 1, missing_agents=1, expected_drops_permille=0)


def test_a_call_may_be_risked_once_the_balance_has_a_whole_drop() -> None:
    rules = DropRules()
    assert not drop_budget.can_begin_call(
        make_budget(33, 0), rules, 1, missing_agents=1, expected_drops_permille=WORST_DROPS
    )
    assert drop_budget.can_begin_call(
        make_budget(34, 0), rules, 1, missing_agents=1, expected_drops_permille=WORST_DROPS
    )
    assert not drop_budget.can_begin_call(
        make_budget(34, 0), rules, 1, missing_agents=2, expected_drops_permille=WORST_DROPS
    )


def test_the_model_takes_the_smaller_of_prediction_and_worst_case() -> None:
    model = DropRules()
    assert drop_budget.can_begin_call(make_budget(34, 0), model, 1, missing_agents=1, expected_drops_permille=50_000)
    assert drop_budget.can_begin_call(make_budget(1000, 0), model, 1, missing_agents=400, expected_drops_permille=2000)
    assert not drop_budget.can_begin_call(
        make_budget(400, 0), model, 1, missing_agents=400, expected_drops_permille=2000
    )


@given(st.integers(0, 10**7))
def test_the_margin_is_never_less_than_its_formula(expected: int) -> None:
    twice = 2 * expected / 1000
    formula = 1000 * (twice + 4 * sqrt(twice) + 3)
    assert formula - 1e-3 <= drop_budget.bound_drops_permille(expected) <= formula + 8


def test_every_window_must_bear_the_call() -> None:
    period, day = make_budget(1000, 0).windows
    spent = DropBudget("2026-01-01", (period, WindowCount(day.kind, 0, FAR_US, 10, 0)))
    for window, allowed in ((DropWindow.PERIOD, True), (DropWindow.DAY, False), (DropWindow.BOTH, False)):
        assert (
            drop_budget.can_begin_call(spent, DropRules(window=window), 1, missing_agents=1, expected_drops_permille=0)
            is allowed
        )


def test_no_call_is_risked_that_may_end_in_the_next_window() -> None:
    rules = DropRules(window=DropWindow.DAY, reach_us=65_000_000)
    budget = make_budget(1000, 0)
    assert drop_budget.can_begin_call(budget, rules, FAR_US - 65_000_001, missing_agents=1, expected_drops_permille=0)
    assert not drop_budget.can_begin_call(
        budget, rules, FAR_US - 65_000_000, missing_agents=1, expected_drops_permille=0
    )


@given(st.data())
def test_the_worst_expectation_keeps_every_window_below_its_limit(data: st.DataObject) -> None:
    """Agents who are READY take calls; none vanishes. All else happens in any order, over the edges of days."""
    rules = DropRules(limit_permille=data.draw(st.sampled_from((1, 10, 30, 300))), window=DropWindow.BOTH)
    now_us, ready, busy, waiting = to_us("UTC", 2026, 1, 1), data.draw(st.integers(1, 5)), 0, 0
    flight: list[int] = []  # when each call in flight began
    budget = DropBudget()
    answered = data.draw(st.integers(0, 2000))
    for _ in range(answered):
        budget = drop_budget.count_person(budget, rules, now_us, is_dropped=False)
    for _ in range(data.draw(st.integers(0, 40))):
        step = data.draw(st.sampled_from((0, 1_000_000, 20_000_000, 86_350_000_000)))
        while waiting and step > 2_000_000:  # a lead waits no longer for an agent
            waiting -= 1
            budget = drop_budget.count_person(budget, rules, now_us, is_dropped=True)
            assert not drop_budget.is_above_limit(budget, rules, now_us)
        now_us += step
        flight = [begun_us for begun_us in flight if now_us - begun_us < rules.reach_us]
        move = data.draw(st.sampled_from(("begin", "begin", "answer", "drop", "drop all", "free", "gone")))
        if move == "begin":
            for short in range(len(flight) + waiting + 1 - ready, 13 + waiting - ready):
                if drop_budget.can_begin_call(
                    budget, rules, now_us, missing_agents=short, expected_drops_permille=WORST_DROPS
                ):
                    flight.append(now_us)
        elif move == "answer" and flight:
            flight.pop(0)
            waiting += 1
        elif move == "gone" and flight:
            flight.pop()
        elif move == "free" and busy:
            ready, busy = ready + 1, busy - 1
        while waiting and ready:
            ready, busy, waiting = ready - 1, busy + 1, waiting - 1
            budget = drop_budget.count_person(budget, rules, now_us, is_dropped=False)
        if move == "drop all":
            waiting += max(0, len(flight) - ready)  # all are answered at once: those beyond READY find no agent
            busy, ready, flight = busy + min(ready, len(flight)), max(0, ready - len(flight)), []
        for _ in range(waiting if move in ("drop", "drop all") else 0):
            waiting -= 1
            budget = drop_budget.count_person(budget, rules, now_us, is_dropped=True)
            assert not drop_budget.is_above_limit(budget, rules, now_us)
