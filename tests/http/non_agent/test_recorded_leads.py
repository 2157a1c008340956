"""The functions about leads, lists and do-not-call numbers, by recorded answers."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import lead_setups, vector_site
from tests.http.non_agent.differences import DIFFERENCES
from tests.http.non_agent.lead_setups import SETUPS
from tests.http.non_agent.vector_site import SetUps

KINDS = ("lead", "list", "dnc")
VECTORS = [one for kind in KINDS for one in vector_site.vectors(kind)]
OF_CONFIGURATION = [
    one for one in VECTORS if one["function"] in ("add_list", "update_list") or "fpg" in one["function"]
]
OF_LEADS = [one for one in VECTORS if one not in OF_CONFIGURATION]


@pytest.mark.parametrize("vector", OF_LEADS, ids=lambda vector: vector["id"])
def test_the_answer_about_leads_is_as_recorded(vector: Mapping[str, Any], lead_site: JsonSite, base: Path) -> None:
    lead_setups.restore(lead_site, base, vector.get("setup", []))
    _compare(vector, lambda: vector_site.answered(lead_site, vector, {}))


@pytest.mark.parametrize("vector", OF_CONFIGURATION, ids=lambda vector: vector["id"])
def test_the_answer_about_the_configuration_is_as_recorded(
    vector: Mapping[str, Any], replay: Callable[[Mapping[str, Any], SetUps], None]
) -> None:
    _compare(vector, lambda: replay(vector, SETUPS))


def test_each_difference_is_of_a_recorded_answer() -> None:
    assert {one["id"] for one in VECTORS} >= set(DIFFERENCES)


def _compare(vector: Mapping[str, Any], answered: Callable[[], None]) -> None:
    if vector["id"] in DIFFERENCES:
        with pytest.raises(AssertionError):
            answered()
    else:
        answered()
