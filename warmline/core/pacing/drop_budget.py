"""Count the persons that a campaign answered and dropped, and decide whether a call may be risked.

The law limits the share of dropped calls among all calls that a person answered, in each window of time. All counts are
whole numbers, and so is every decision: a replay decides the same on every machine.

A window consists of whole days of the campaign's time zone. A PERIOD is 30 successive days; the first one begins on the
day of the campaign's first automatic call. A DAY is one day. Sources: 47 CFR 64.1200(a)(7), 16 CFR 310.4(b)(4), Ofcom's
statement of 2010.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from math import isqrt
from zoneinfo import ZoneInfo

from warmline.core.model.dialler import DROP_THOUSANDTHS, DropBudget, DropWindow, WindowCount

PERIOD_DAYS = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
# READY agents are kept for the ring below this balance, in thousandths of a person, and more for each call.
TIGHT_BALANCE_PERMILLE = 3 * DROP_THOUSANDTHS
TIGHT_BALANCE_PERMILLE_PER_CALL = DROP_THOUSANDTHS // 20


@dataclass(frozen=True, slots=True)
class DropRules:
    """The limits of a campaign.

    `limit_permille` is the number of persons that may be dropped of 1000 answered; 30 is 3 %. `zone` is an IANA name.
    `reach_us` is how long a call can be in flight at most. A call that may end in the next window must fit there.
    `correction_us` is added to `now_us`, the time of a turn, for the machine's clock, which the days of the windows
    follow.
    """

    limit_permille: int = 30
    window: DropWindow = DropWindow.PERIOD
    zone: str = "UTC"
    reach_us: int = 65_000_000
    correction_us: int = 0


def update_windows(budget: DropBudget, rules: DropRules, now_us: int) -> DropBudget:
    """Return the budget with the windows that contain `now_us` (UTC).

    A window that has ended is replaced by an empty one. One that has not begun was counted while the machine's clock
    was ahead, and its persons count now. Without a first day, the first PERIOD begins today.
    """
    machine_time_us = now_us + rules.correction_us
    if budget.windows and all(window.begins <= machine_time_us < window.ends for window in budget.windows):
        return budget
    time_zone = _find_time_zone(rules.zone)
    today = (EPOCH + timedelta(microseconds=machine_time_us)).astimezone(time_zone).date()
    first_day = date.fromisoformat(budget.first_day) if budget.first_day else today
    current_windows = {window.kind: window for window in budget.windows if machine_time_us < window.ends}
    windows = (
        _make_window(
            kind,
            first_day=first_day,
            today=today,
            time_zone=time_zone,
            previous_window=current_windows.get(kind),
            machine_time_us=machine_time_us,
        )
        for kind in (DropWindow.PERIOD, DropWindow.DAY)
    )
    return DropBudget(first_day.isoformat(), tuple(windows))


def count_person(
    budget: DropBudget, rules: DropRules, now_us: int, *, is_dropped: bool, by_fault: bool = False
) -> DropBudget:
    """Return the budget with one more person who answered, at the moment at which this is known.

    `by_fault`: the person was dropped because the app or Asterisk failed. Such a drop counts as any other.
    """
    updated_budget = update_windows(budget, rules, now_us)
    windows = (
        replace(
            window,
            answered=window.answered + 1,
            dropped=window.dropped + is_dropped,
            dropped_by_fault=window.dropped_by_fault + by_fault,
        )
        for window in updated_budget.windows
    )
    return replace(updated_budget, windows=tuple(windows))


def is_above_limit(budget: DropBudget, rules: DropRules, now_us: int) -> bool:
    """Return whether a window that contains `now_us` has dropped more than its limit."""
    return any(
        window.compute_remaining_drops(rules.limit_permille) < 0
        for window in update_windows(budget, rules, now_us).get_limited_windows(rules.window)
    )


def get_smallest_balance_permille(budget: DropBudget, rules: DropRules, now_us: int) -> int:
    """Return the smallest balance of the windows that contain `now_us`, in thousandths of a person."""
    return min(
        window.compute_remaining_drops(rules.limit_permille)
        for window in update_windows(budget, rules, now_us).get_limited_windows(rules.window)
    )


def has_tight_drop_budget(budget: DropBudget, rules: DropRules, now_us: int, calls: int) -> bool:
    """Return whether the campaign may drop so few persons that READY agents must be there for its calls.

    `calls` have no agent yet: with many, a whole team that pauses together would cost more than three drops. A call
    that is in flight when a window ends counts in the next one, which has no answered person yet.
    """
    limited_windows = update_windows(budget, rules, now_us).get_limited_windows(rules.window)
    least_balance_permille = TIGHT_BALANCE_PERMILLE + TIGHT_BALANCE_PERMILLE_PER_CALL * calls
    return any(
        window.compute_remaining_drops(rules.limit_permille) < least_balance_permille
        or window.ends - now_us - rules.correction_us <= rules.reach_us
        for window in limited_windows
    )


def can_begin_call(
    budget: DropBudget,
    rules: DropRules,
    now_us: int,
    *,
    missing_agents: int,
    expected_drops_permille: int,
    block_drops_permille: int = 0,
) -> bool:
    """Return whether one more call may begin.

    `missing_agents` is how many calls would have no agent if all calls in flight, and this one, were answered now. With
    0 or fewer the call may always begin: if the budget is tight, `missing_agents` does not count on agents who may go
    away. `expected_drops_permille` is the expected number of drops of all these calls. `block_drops_permille` is the
    same if their leads are a block that answers well.
    """
    if missing_agents <= 0:
        return True
    highest_drops_permille = max(bound_drops_permille(expected_drops_permille), block_drops_permille)
    risked_drops_permille = min(DROP_THOUSANDTHS * missing_agents, highest_drops_permille)
    limited_windows = update_windows(budget, rules, now_us).get_limited_windows(rules.window)
    if any(window.ends - now_us - rules.correction_us <= rules.reach_us for window in limited_windows):
        return False  # the next window has no answered person yet
    return all(
        risked_drops_permille <= window.compute_remaining_drops(rules.limit_permille) for window in limited_windows
    )


def bound_drops_permille(expected_drops_permille: int) -> int:
    """Return the number of drops that so many expected ones hardly ever exceed; both in thousandths.

    The prediction may be wrong by a factor of two. Four standard deviations and three drops are added.
    """
    doubled_drops_permille = 2 * expected_drops_permille
    return doubled_drops_permille + 4 * (isqrt(DROP_THOUSANDTHS * doubled_drops_permille) + 1) + 3 * DROP_THOUSANDTHS


def _make_window(
    kind: DropWindow,
    *,
    first_day: date,
    today: date,
    time_zone: tzinfo,
    previous_window: WindowCount | None,
    machine_time_us: int,
) -> WindowCount:
    """Return the window that contains this time, with the counts of `previous_window`, which has not ended."""
    if previous_window and previous_window.begins <= machine_time_us:
        return previous_window
    begin_day, days = today, 1
    if kind is DropWindow.PERIOD:
        days = PERIOD_DAYS
        begin_day = first_day + (today - first_day).days // PERIOD_DAYS * PERIOD_DAYS * ONE_DAY
    window = previous_window or WindowCount(kind, 0, 0)
    return replace(
        window,
        begins=_find_midnight_us(begin_day, time_zone),
        ends=_find_midnight_us(begin_day + days * ONE_DAY, time_zone),
    )


def _find_midnight_us(day: date, time_zone: tzinfo) -> int:
    """Return the first moment of a day; of a day whose midnight the clock leaps over, the moment of the leap."""
    return (datetime(day.year, day.month, day.day, tzinfo=time_zone) - EPOCH) // timedelta(microseconds=1)


def _find_time_zone(zone: str) -> tzinfo:
    """Return the time zone; UTC for a name that is unknown here."""
    try:
        return UTC if zone == "UTC" else ZoneInfo(zone)
    except (OSError, ValueError, KeyError):
        return UTC
