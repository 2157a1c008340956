"""Tokens of devices that have logged in before."""

import pytest

from warmline.access import known_device
from warmline.access.known_device import AHEAD, LASTS, MOST, SEPARATOR

ID, TODAY = "a-device_of_16_l", 20_000
MADE = known_device.token(ID, "max", "hash", TODAY)


def found(token: str = MADE, user: str = "max", pass_hash: str = "hash", day: int = TODAY) -> str:  # noqa: S107 - of a test
    return known_device.device_of(known_device.split(token), user, pass_hash, day)


def test_a_device_is_known_for_its_user_and_password_alone() -> None:
    assert found() == ID
    assert [found(user="mia"), found(pass_hash="other"), found(pass_hash="")] == ["", "", ""]  # noqa: S106 - of a test


@pytest.mark.parametrize(
    "token", ["", "x", MADE[:-1] + "!", MADE.replace(str(TODAY), str(TODAY + 1)), "b" + MADE[1:], MADE + "A", "~~~"]
)
def test_a_changed_token_is_of_no_device(token: str) -> None:
    assert found(token) == ""


def test_a_token_ends_and_bears_a_clock_that_is_set_back() -> None:
    days = (TODAY - AHEAD - 1, TODAY - AHEAD, TODAY + LASTS - 1, TODAY + LASTS)
    assert [bool(found(day=day)) for day in days] == [False, True, True, False]


def test_several_users_share_a_device() -> None:
    tokens: list[str] = ["damaged"]
    for number in range(MOST + 2):
        made = known_device.token(f"device-number-{number:02}", f"user{number}", "hash", TODAY)
        tokens = known_device.with_token(tokens, made)
    shared = SEPARATOR.join(tokens)
    known = [number for number in range(MOST + 2) if found(shared, f"user{number}")]
    assert known == list(range(2, MOST + 2)), "the oldest make room"
    again = known_device.token("device-number-05", "user5", "hash", TODAY + 9)
    assert known_device.with_token(tokens, again) == [one for one in tokens if "-05." not in one] + [again]
    assert len(shared) <= known_device.LONGEST
