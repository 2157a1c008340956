"""The cases that are left to the night: each value of each parameter stays in a case of the day."""

from itertools import product
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.scenarios.combinations import Value, left_to_the_night


def case(world: str, **given: str) -> Mock:
    """Return a case of a scenario as pytest collects it."""
    item = Mock(spec=pytest.Function, path=Path("a"), originalname="test_a")
    item.callspec = Mock(params={"world": world, **given})
    item.iter_markers.side_effect = lambda _: iter([Mock(args=(name, [])) for name in given])
    return item


def values(item: Mock) -> set[Value]:
    return {one for one in item.callspec.params.items() if one[0] != "world"}


@pytest.mark.parametrize("sizes", [(2, 2), (2, 3), (3, 3), (1, 4)])
def test_each_value_stays_in_a_real_case_and_most_repetitions_do_not(sizes: tuple[int, int]) -> None:
    pairs = [{"who": f"{one}", "recorded": f"{other}"} for one, other in product(*map(range, sizes))]
    real, simulated = ([case(world, **pair) for pair in pairs] for world in ("real", "simulated"))
    left = left_to_the_night([*real, *simulated])
    stay = [item for item in real if item not in left]
    assert len(stay) == max(sizes) and not [item for item in left if item in simulated]
    assert set().union(*map(values, stay)) == set().union(*map(values, real))


def test_a_scenario_with_one_parameter_is_played_with_each_value() -> None:
    assert left_to_the_night([case("real", who="agent"), case("real", who="customer")]) == []
