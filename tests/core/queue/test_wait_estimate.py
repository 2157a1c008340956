"""How long a caller may have to wait."""

from hypothesis import given
from hypothesis import strategies as st

from warmline.core.queue.wait_estimate import LEAST, estimate

SECOND = 1_000_000
WAITS = st.lists(st.integers(0, 3600 * SECOND), max_size=5)


def test_it_is_the_mean_of_the_last_answered_waits() -> None:
    assert estimate([100 * SECOND, 200 * SECOND], [], 0) == 150 * SECOND


def test_those_before_him_count_with_what_they_have_waited_so_far() -> None:
    assert estimate([100 * SECOND], [300 * SECOND, 200 * SECOND], 0) == 200 * SECOND


def test_what_he_has_waited_is_less_to_wait() -> None:
    assert estimate([100 * SECOND], [], 40 * SECOND) == 60 * SECOND


def test_nothing_known_is_the_least_that_anybody_is_told() -> None:
    assert estimate([], [], 0) == estimate([60 * SECOND], [], 600 * SECOND) == LEAST


@given(WAITS, WAITS, st.integers(0, 3600 * SECOND), st.integers(0, 3600 * SECOND))
def test_it_never_grows_while_he_waits_and_nobody_is_promised_more_than_anybody_waited(
    answered: list[int], ahead: list[int], waited: int, more: int
) -> None:
    now = estimate(answered, ahead, waited)
    assert LEAST <= estimate(answered, ahead, waited + more) <= now <= max([LEAST, *answered, *ahead])
