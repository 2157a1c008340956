"""Estimate a caller's wait from the last answered waits and the waits of the callers ahead."""

from collections.abc import Iterable

MAX_CALLS_AHEAD = 5  # callers of each kind, at most
MIN_ESTIMATE_US = 10_000_000  # microseconds: the shortest estimate


def estimate_wait(answered: Iterable[int], ahead: Iterable[int], waited: int) -> int:
    """Return the remaining wait of a caller who has waited for `waited`; all times in microseconds.

    It is the mean of the answered waits and of the waits so far of the callers ahead, minus `waited`. It is at least
    `LEAST`, also if nothing is known.
    """
    known = [*answered, *ahead]
    mean = sum(known) // len(known) if known else 0
    return max(MIN_ESTIMATE_US, mean - waited)
