"""The functions about leads, lists and do-not-call numbers, by recorded answers."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.http.non_agent import vector_site
from tests.http.non_agent.differences import DIFFERENCES
from tests.http.non_agent.lead_setups import SETUPS
from tests.http.non_agent.vector_site import SetUps

VECTORS = [one for kind in ("lead", "list", "dnc") for one in vector_site.vectors(kind)]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_answer_is_as_recorded(
    vector: Mapping[str, Any], replay: Callable[[Mapping[str, Any], SetUps], None]
) -> None:
    if vector["id"] in DIFFERENCES:
        with pytest.raises(AssertionError):
            replay(vector, SETUPS)
    else:
        replay(vector, SETUPS)
