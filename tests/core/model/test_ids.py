"""ULIDs: 128 bits in 26 letters, in order, and back."""

import pytest

from warmline.core.model import ids

HIGHEST_ID = (1 << 128) - 1
EXAMPLE = "01ARZ3NDEKTSV4RRFFQ69G5FAV"  # from the specification; created in 2016
HALF = int("0123456789ABCDEF" * 2, 16)


def test_the_next_number_is_the_next_id(subtests: pytest.Subtests) -> None:
    for number in [0, 1, 31, 32, 1023, 1024, HALF, HIGHEST_ID - 1]:
        with subtests.test(number=number):
            assert ids.add_steps(ids.encode(number), 1) == ids.encode(number + 1)
            assert ids.encode(number) < ids.encode(number + 1)


def test_letters_are_those_of_the_specification() -> None:
    assert ids.encode(HIGHEST_ID) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
    assert ids.add_steps("0" * 26, 31) == "0" * 25 + "Z"
    assert ids.to_milliseconds(EXAMPLE) == 1469922850259
    assert ids.is_ulid(EXAMPLE)


def test_after_the_highest_comes_the_lowest() -> None:
    assert ids.add_steps(ids.encode(HIGHEST_ID), 1) == "0" * 26


@pytest.mark.parametrize("text", ["", EXAMPLE[1:], EXAMPLE.lower(), "8" + EXAMPLE[1:], EXAMPLE[:-1] + "U", "I" * 26])
def test_an_invalid_text_is_no_ulid(text: str) -> None:
    assert not ids.is_ulid(text)
