"""Delays after wrong passwords: by source, user and address. Time is simulated."""

from collections.abc import Callable

import pytest

from warmline.access import login_delays
from warmline.access.login_delays import OF_ADDRESS, OF_SOURCE, OF_USER, LoginDelays, LoginSource

SHIFT = [f"agent{number}" for number in range(50)]
STRANGER = "192.0.2.1"
WITHIN = 3.0  # seconds for a login
HOURS = 3 * 3600  # seconds

Guess = Callable[[int], LoginSource]


def attacked(delays: LoginDelays, guess: Guess, seconds: float, a_second: int = 10) -> int:
    """Let a stranger send wrong passwords; return how many were checked."""
    checked = 0
    for number in range(int(seconds * a_second)):
        now = number / a_second
        if not delays.wait(guess(number), now):
            checked += 1
            delays.failed(guess(number), now)
    return checked


def slow(delays: LoginDelays, now: float, source: Callable[[str], LoginSource]) -> list[str]:
    """Return those of the shift who would not be in within 3 seconds."""
    return [user for user in SHIFT if delays.wait(source(user), now) > WITHIN]


def of_shift(number: int) -> LoginSource:
    return LoginSource(SHIFT[number % len(SHIFT)], STRANGER)


def of_one(_number: int) -> LoginSource:
    return LoginSource(SHIFT[7], STRANGER)


@pytest.mark.parametrize("guess", [of_shift, of_one])
def test_a_shift_on_known_devices_gets_in_behind_the_address_of_the_stranger(guess: Guess) -> None:
    delays = LoginDelays()
    attacked(delays, guess, 600)
    assert delays.wait(guess(6000), 600) > 0, "the stranger waits"
    assert slow(delays, 600, lambda user: LoginSource(user, STRANGER, f"device of {user}")) == []


@pytest.mark.parametrize("guess", [of_shift, of_one])
def test_a_shift_on_new_devices_gets_in_behind_a_trusted_proxy(guess: Guess) -> None:
    delays = LoginDelays()
    attacked(delays, guess, 600)
    assert slow(delays, 600, lambda user: LoginSource(user, "198.51.100.7")) == []


def test_one_name_that_is_guessed_slows_no_other_at_the_same_address() -> None:
    delays = LoginDelays()
    attacked(delays, of_one, 600)
    assert slow(delays, 600, lambda user: LoginSource(user, STRANGER)) == [SHIFT[7]]


def test_a_user_who_was_there_before_does_not_share_the_delay_of_the_address() -> None:
    delays = LoginDelays()
    for user in SHIFT:
        delays.succeeded(LoginSource(user, STRANGER))
    others = [LoginSource(f"name{number}", STRANGER) for number in range(100)]
    attacked(delays, lambda number: others[number % 100], 600)
    assert delays.wait(LoginSource("new", STRANGER), 600) > 0
    assert slow(delays, 600, lambda user: LoginSource(user, STRANGER)) == []


def test_the_guesses_of_three_hours_are_few() -> None:
    one = attacked(LoginDelays(), of_one, HOURS, 1)
    assert one <= HOURS / OF_SOURCE.longest + OF_SOURCE.most
    hosts = [LoginSource("max", f"198.51.100.{number}") for number in range(250)]
    many = attacked(LoginDelays(), lambda number: hosts[number % 250], HOURS, 1)
    assert many <= HOURS / OF_USER.longest + OF_USER.most + OF_USER.longest
    names = [LoginSource(f"name{number}", STRANGER) for number in range(1000)]
    sprayed = attacked(LoginDelays(), lambda number: names[number % 1000], HOURS, 1)
    assert sprayed <= HOURS / OF_ADDRESS.longest + OF_ADDRESS.most + OF_ADDRESS.longest
    assert one > 60 and many > 250 and sprayed > 500, "they are slowed, not shut out"


def test_typing_errors_of_a_day_cost_nothing() -> None:
    delays, source = LoginDelays(), LoginSource("max", STRANGER)
    for number in range(40):
        assert delays.failed(source, number * OF_SOURCE.fades) == 0
    assert delays.delayed(40 * OF_SOURCE.fades) == []


def test_a_clock_that_goes_back_ends_no_delay() -> None:
    delays, source = LoginDelays(), LoginSource("max", STRANGER)
    for _ in range(8):
        delays.failed(source, 1000)
    assert delays.wait(source, 900) >= delays.wait(source, 1000) == 8
    assert delays.failed(source, 900) == 16


def test_the_oldest_are_forgotten_if_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_delays, "ENTRIES", 3)
    delays = LoginDelays()
    for number in range(5):
        for _ in range(5):
            delays.failed(LoginSource(f"user{number}", f"198.51.100.{number}"), 0)
    assert [one.user for one in delays.delayed(0)] == ["user2", "user3", "user4"]
