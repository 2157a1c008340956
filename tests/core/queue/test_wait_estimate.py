"""How long a caller may have to wait."""

from hypothesis import given
from hypothesis import strategies as st

from warmline.core.queue.wait_estimate import MIN_ESTIMATE_US, estimate_wait

SECOND_US = 1_000_000
WAITS = st.lists(st.integers(0, 3600 * SECOND_US), max_size=5)


def test_the_estimate_is_the_mean_of_the_last_answered_waits() -> None:
    assert estimate_wait([100 * SECOND_US, 200 * SECOND_US], [], 0) == 150 * SECOND_US


def test_earlier_callers_count_with_their_wait_so_far() -> None:
    assert estimate_wait([100 * SECOND_US], [300 * SECOND_US, 200 * SECOND_US], 0) == 200 * SECOND_US


def test_the_callers_own_wait_is_subtracted() -> None:
    assert estimate_wait([100 * SECOND_US], [], 40 * SECOND_US) == 60 * SECOND_US


def test_an_unknown_or_negative_estimate_is_the_least() -> None:
    assert estimate_wait([], [], 0) == estimate_wait([60 * SECOND_US], [], 600 * SECOND_US) == MIN_ESTIMATE_US


@given(WAITS, WAITS, st.integers(0, 3600 * SECOND_US), st.integers(0, 3600 * SECOND_US))
def test_the_estimate_never_grows_and_never_exceeds_the_longest_wait(
    answered: list[int], ahead: list[int], elapsed_us: int, more_us: int
) -> None:
    estimate_us = estimate_wait(answered, ahead, elapsed_us)
    assert (
        MIN_ESTIMATE_US
        <= estimate_wait(answered, ahead, elapsed_us + more_us)
        <= estimate_us
        <= max([MIN_ESTIMATE_US, *answered, *ahead])
    )
