"""Estimate a caller's wait from the last answered waits and the waits of the callers ahead."""

from collections.abc import Iterable

MAX_CALLS_AHEAD = 5  # callers of each kind, at most
MIN_ESTIMATE_US = 10_000_000


def estimate_wait(answered_waits_us: Iterable[int], waits_ahead_us: Iterable[int], elapsed_us: int) -> int:
    """Return the remaining wait of a caller who has waited for `elapsed_us`.

    It is the mean of the answered waits and of the waits so far of the callers ahead, minus `elapsed_us`. It is at
    least `MIN_ESTIMATE_US`, also if nothing is known.
    """
    waits_us = [*answered_waits_us, *waits_ahead_us]
    mean_us = sum(waits_us) // len(waits_us) if waits_us else 0
    return max(MIN_ESTIMATE_US, mean_us - elapsed_us)
