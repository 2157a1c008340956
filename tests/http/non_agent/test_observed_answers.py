"""Requests beside the recorded ones, with the answers that VICIdial's own program gave to them with the same data."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import history_rows, lead_setups, vector_site
from tests.http.non_agent.live_set_ups import LIVE
from tests.http.non_agent.vector_site import Ids, SetUps

Shared = Callable[[list[str], SetUps], tuple[JsonSite, Ids]]

OBSERVED = vector_site.vectors("observed")
OF_LEADS = ("add_lead", "update_lead", "batch_update_lead", "add_dnc_phone", "delete_dnc_phone", "hopper_list")
OF_CONFIGURATION = ("add_list", "update_list", "update_campaign", "add_user", "update_user", "update_log_entry")
SETUPS = SetUps(
    rows=lead_setups.SETUPS.rows | {"history": history_rows.history},
    agents=LIVE.agents,
    live=LIVE.live | {"history": lambda _made: history_rows.IDS},
)


def _of(*functions: str) -> list[dict[str, Any]]:
    return [one for one in OBSERVED if one["function"] in functions]


@pytest.mark.parametrize("vector", _of(*OF_LEADS), ids=lambda vector: vector["id"])
def test_a_change_of_leads_is_answered_as_observed(vector: Mapping[str, Any], lead_site: JsonSite, base: Path) -> None:
    lead_setups.restore(lead_site, base, vector["setup"])
    vector_site.answered(lead_site, vector, {})


@pytest.mark.parametrize("vector", _of(*OF_CONFIGURATION), ids=lambda vector: vector["id"])
def test_a_change_of_the_configuration_is_answered_as_observed(
    vector: Mapping[str, Any], replay: Callable[[Mapping[str, Any], SetUps], None]
) -> None:
    replay(vector, SETUPS)


@pytest.mark.parametrize(
    "vector",
    [one for one in OBSERVED if one["function"] not in (*OF_LEADS, *OF_CONFIGURATION)],
    ids=lambda vector: vector["id"],
)
def test_a_question_is_answered_as_observed(vector: Mapping[str, Any], shared: Shared) -> None:
    made, ids = shared(vector["setup"], SETUPS)
    vector_site.answered(made, vector, ids)
