"""How long a caller may have to wait."""

from hypothesis import given
from hypothesis import strategies as st

from warmline.core.queue.wait_estimate import MIN_ESTIMATE_US, estimate_wait

SECOND = 1_000_000
WAITS = st.lists(st.integers(0, 3600 * SECOND), max_size=5)


def test_the_estimate_is_the_mean_of_the_last_answered_waits() -> None:
    assert estimate_wait([100 * SECOND, 200 * SECOND], [], 0) == 150 * SECOND


def test_earlier_callers_count_with_their_wait_so_far() -> None:
    assert estimate_wait([100 * SECOND], [300 * SECOND, 200 * SECOND], 0) == 200 * SECOND


def test_the_callers_own_wait_is_subtracted() -> None:
    assert estimate_wait([100 * SECOND], [], 40 * SECOND) == 60 * SECOND


def test_an_unknown_or_negative_estimate_is_the_least() -> None:
    assert estimate_wait([], [], 0) == estimate_wait([60 * SECOND], [], 600 * SECOND) == MIN_ESTIMATE_US


@given(WAITS, WAITS, st.integers(0, 3600 * SECOND), st.integers(0, 3600 * SECOND))
def test_the_estimate_never_grows_and_never_exceeds_the_longest_wait(
    answered: list[int], ahead: list[int], waited: int, more: int
) -> None:
    now = estimate_wait(answered, ahead, waited)
    assert (
        MIN_ESTIMATE_US
        <= estimate_wait(answered, ahead, waited + more)
        <= now
        <= max([MIN_ESTIMATE_US, *answered, *ahead])
    )
