"""The checks of the non-agent API before its functions, by recorded answers."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.http.non_agent import vector_site
from tests.http.non_agent.vector_site import SetUps
from tests.internals.non_agent import FUNCTIONS, NON_AGENT_FUNCTIONS, NOT_SUPPORTED

SETUPS = SetUps()


@pytest.mark.parametrize("vector", vector_site.vectors("door"), ids=lambda vector: vector["id"])
def test_the_door_answers_as_recorded(
    vector: Mapping[str, Any], replay: Callable[[Mapping[str, Any], SetUps], None]
) -> None:
    replay(vector, SETUPS)


def test_each_function_can_be_allowed_by_name() -> None:
    assert set(FUNCTIONS) <= set(NON_AGENT_FUNCTIONS)
    assert not set(FUNCTIONS) & set(NOT_SUPPORTED)
