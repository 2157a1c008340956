"""Announcements from sound files: numbers, a place in the queue, a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core.queue import announcements

SMALL_NUMBERS = {f"digits/{number}": number for number in (*range(21), *range(30, 100, 10))}
HOLD_TIMES = {"digits/hundred": 100, "digits/thousand": 1000}


def read_files(files: tuple[str, ...]) -> int:
    """Return the number that a caller hears."""
    total = last_digit = 0
    for name in files:
        if name in HOLD_TIMES:
            total += last_digit * HOLD_TIMES[name]
            last_digit = 0
        else:
            last_digit += SMALL_NUMBERS[name]
    return total + last_digit


@given(st.integers(0, 9999))
def test_a_number_is_said_as_it_is_read(number: int) -> None:
    files = announcements.spell_number(number)
    assert read_files(files) == number
    assert len(files) <= 7 and files.count("digits/0") == (number == 0)


def test_a_number_out_of_range_is_announced_as_the_nearest() -> None:
    assert announcements.spell_number(123_456) == announcements.spell_number(9999)
    assert announcements.spell_number(-3) == ("digits/0",)


def test_a_place_in_line() -> None:
    assert announcements.announce_position(0) == ()
    assert announcements.announce_position(1) == ("queue-youarenext",)
    assert announcements.announce_position(32) == ("queue-thereare", "digits/30", "digits/2", "queue-callswaiting")


@pytest.mark.parametrize(
    ("seconds", "files"),
    [
        (10, ("queue-less-than", "digits/1", "queue-minute")),
        (59, ("queue-less-than", "digits/1", "queue-minute")),
        (60, ("digits/1", "queue-minute")),
        (61, ("digits/2", "queue-minutes")),
        (1260, ("digits/20", "digits/1", "queue-minutes")),
    ],
)
def test_a_hold_time_is_said_in_minutes_begun(seconds: int, files: tuple[str, ...]) -> None:
    assert announcements.announce_hold_time(seconds) == ("queue-holdtime", *files)
