"""A kill or a loss of power at any turn, beside a faulty disk: nothing confirmed is undone or without a receipt."""

import pytest

from tests.durability.soak import play
from tests.soak import examples, soaking


@pytest.mark.parametrize("seed", range(examples(1, by_night=2)))
def test_nothing_confirmed_is_lost_in_a_crash(seed: int) -> None:
    result = play([seed], every=3 if soaking() else 6)
    assert result.failures == []
    assert result.verdict.restarts > 10 and result.answered > 0


def test_frames_after_a_clear_that_failed_survive_a_crash() -> None:
    """The scene of a fault that was found so."""
    assert play([333], every=4).failures == []
