"""PINs that are easy to guess are named, and no other PIN is."""

import pytest

from warmline.options.option_warnings import weak_secrets

WEAK = "0000 1111 7777 1234 4321 9876 5678 12345 54321 121212 4711 1001"
USABLE = "7392 1357 2468 1223 90210 7771 1002"


@pytest.mark.parametrize("pin", WEAK.split(" "))
def test_a_pin_that_is_easy_to_guess_is_named(pin: str) -> None:
    assert list(weak_secrets("1001", {"pin": pin})) == ["pin"]


@pytest.mark.parametrize("pin", [*USABLE.split(" "), ""])
def test_another_pin_is_not_named(pin: str) -> None:
    assert list(weak_secrets("1001", {"pin": pin})) == []
