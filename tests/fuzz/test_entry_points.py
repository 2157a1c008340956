"""A short search at each entry point, and the corpus that `tools/nightly soak` keeps in its longer ones."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.entry_point import Door, search
from tests.fuzz.entry_points import DOORS
from tests.fuzz.watch import watched


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_no_input_crashes_hangs_or_is_dialled_against_the_rules(door: Door) -> None:
    with door.opened() as attack:

        def timed(given: object) -> None:
            with watched():
                attack(given)

        search(door, timed, door.quick)


def test_a_failing_input_is_the_first_one_of_the_next_search(tmp_path: Path) -> None:
    corpus = DirectoryBasedExampleDatabase(tmp_path)
    tried: list[int] = []

    def attack(given: Any) -> None:
        tried.append(given)
        if given >= 1_000_000:
            raise ValueError(given)

    door = Door("numbers", st.integers(0, 2**31), lambda: nullcontext(attack), quick=100)
    with pytest.raises(ValueError, match="1000000"):
        search(door, attack, door.quick, corpus)
    tried.clear()
    with pytest.raises(ValueError, match="1000000"):
        search(door, attack, door.quick, corpus)
    assert tried[0] == 1_000_000
