"""Learnt lengths: their distribution against a plain calculation, forgetting, and what survives a restart."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core.pacing import length_counts
from warmline.core.pacing.length_counts import LengthCounts

SIZE_SECONDS = 12
UNFORGETTING_HALF_LIFE = 10**9  # a half-life without forgetting


def compute_survival(ended: list[int], lasting: list[int], second: int) -> float:
    """The probability to last at least so long, after Kaplan and Meier, person by person."""
    share = 1.0
    for elapsed in range(second):
        going = [min(length, SIZE_SECONDS - 1) for length in ended if min(length, SIZE_SECONDS - 1) >= elapsed]
        still = [length for length in lasting if min(length, SIZE_SECONDS - 1) >= elapsed]
        if going or still:
            share *= 1 - going.count(elapsed) / (len(going) + len(still))
    return share


@given(st.lists(st.integers(0, 20), min_size=1, max_size=20), st.lists(st.integers(0, 20), max_size=20))
def test_the_distribution_is_that_of_a_plain_calculation(ended: list[int], lasting: list[int]) -> None:
    counts = LengthCounts([0.0] * SIZE_SECONDS, UNFORGETTING_HALF_LIFE)
    for length in ended:
        counts.add(length)
    below = counts.compute_distribution(lasting)
    assert len(below) == SIZE_SECONDS + 1 and below[0] == 0.0 and below[SIZE_SECONDS] == 1.0
    for length_seconds in range(SIZE_SECONDS):
        assert below[length_seconds] == pytest.approx(1 - compute_survival(ended, lasting, length_seconds), abs=1e-6)


def test_a_length_counts_half_after_its_half_life() -> None:
    counts = LengthCounts([0.0] * SIZE_SECONDS, 100)
    counts.add(3)
    for _ in range(100):
        counts.add(7)
    assert counts.get_weighted_counts()[3] == pytest.approx(0.5)


def test_values_between_two_seconds_lie_between_their_probabilities() -> None:
    below = [0.0, 0.2, 0.6, 1.0]
    assert [length_counts.interpolate(below, second) for second in (-1, 0, 0.5, 1.5, 2.9, 3, 99)] == pytest.approx(
        [0, 0, 0.1, 0.4, 0.96, 1, 1]
    )


def test_a_record_restores_the_counts_and_a_share_of_them() -> None:
    counts = LengthCounts([1.0] * SIZE_SECONDS, 50)
    for length in range(40):
        counts.add(length)
    record = json.loads(json.dumps(counts.as_record()))
    whole, half = LengthCounts([0.0] * SIZE_SECONDS, 50), LengthCounts([0.0] * SIZE_SECONDS, 50)
    whole.restore(record, 1.0)
    half.restore(record, 0.5)
    assert whole.compute_distribution([3.0]) == counts.compute_distribution([3.0])
    assert half.get_weighted_counts() == pytest.approx([count / 2 for count in counts.get_weighted_counts()])


def test_a_record_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="1 lengths instead of 12"):
        LengthCounts([0.0] * SIZE_SECONDS, 50).restore(LengthCounts([0.0], 50).as_record(), 1.0)
