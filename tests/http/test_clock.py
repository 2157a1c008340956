"""The app's clock: setting the machine's clock back does not set it back."""

import time

import pytest

from ari_app.switchboard.clock import Clock, new_ulid

HOUR = 3_600_000_000


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The machine's wall clock in microseconds; a test sets it."""
    told = [1_790_000_000_000_000]
    monkeypatch.setattr(time, "time_ns", lambda: told[0] * 1000)
    return told


@pytest.mark.fault("the wall clock is set back", "nothing", "times in order: each row is later than the previous one")
def test_set_back_while_the_app_runs(wall: list[int]) -> None:
    clock = Clock()
    before = clock.now()
    wall[0] -= HOUR
    assert before < clock.now() < before + HOUR


def test_set_back_between_two_starts(wall: list[int]) -> None:
    """It continues after the journal's last row, and so do new ids; timers fire on time."""
    last = Clock().now()
    wall[0] -= HOUR
    again = Clock(after=last)
    first, then = again.now(), again.now()
    assert last < first < then < last + HOUR
    assert new_ulid(last) < new_ulid(first + 1000)


def test_set_forward_while_the_app_is_away(wall: list[int]) -> None:
    last = Clock().now()
    wall[0] += HOUR
    assert Clock(after=last).now() > last + HOUR - 1_000_000


def test_no_two_readings_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic_ns", lambda: 5)
    assert len({clock.now() for _ in range(100)}) == 100
