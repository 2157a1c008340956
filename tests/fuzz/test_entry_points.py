"""A short search at each entry point; `make soak` searches longer."""

import pytest

from tests.fuzz.entry_point import Door, search
from tests.fuzz.entry_points import DOORS
from tests.fuzz.watch import watched


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_no_input_crashes_hangs_or_is_dialled_against_the_rules(door: Door) -> None:
    with door.opened() as attack:

        def timed(given: object) -> None:
            with watched():
                attack(given)

        search(door, timed, door.quick, number=1)
