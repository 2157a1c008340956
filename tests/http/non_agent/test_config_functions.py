"""The functions that list and change campaigns, in-groups and agents, by recorded answers and by own questions."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import vector_site
from tests.http.non_agent.live_set_ups import LIVE
from tests.http.non_agent.vector_site import USUAL, Ids, SetUps

Shared = Callable[[list[str], SetUps], tuple[JsonSite, Ids]]
Ask = Callable[..., str]

ELSEWHERE = ("hopper_none",)  # of the functions about lists and leads


@pytest.mark.parametrize(
    "vector",
    [one for one in vector_site.vectors("config") if one["id"] not in ELSEWHERE and "then" not in one],
    ids=lambda vector: vector["id"],
)
def test_config_functions_answer_as_recorded(vector: Mapping[str, Any], shared: Shared) -> None:
    made, ids = shared(vector.get("setup", []), LIVE)
    vector_site.answered(made, vector, ids)


@pytest.mark.parametrize(
    "vector", [one for one in vector_site.vectors("config") if "then" in one], ids=lambda vector: vector["id"]
)
def test_changes_of_a_campaign_answer_as_recorded(
    vector: Mapping[str, Any], replay: Callable[[Mapping[str, Any], SetUps], None]
) -> None:
    replay(vector, SetUps())


@pytest.fixture(scope="module")
def ask(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a site on which the tests may change agents of their own."""
    folder = tmp_path_factory.mktemp("config")
    database = folder / "warmline.db"
    database.write_bytes(base.read_bytes())
    with vector_site.site(database, folder / "run", [], SetUps()) as (made, _):
        yield lambda function, **query: vector_site.ask(made, USUAL | query | {"function": function})


NEW = {
    "agent_user": "1500",
    "agent_pass": "secret",
    "agent_user_level": "3",
    "agent_full_name": "Dee Agent",
    "agent_user_group": "AGENTS",
}


def test_an_agent_is_added_changed_and_deleted(ask: Ask) -> None:
    assert ask("add_user", **NEW) == "SUCCESS: add_user USER HAS BEEN ADDED - 6666|1500||3|Dee Agent|AGENTS\n"
    assert ask("add_user", **NEW) == "ERROR: add_user USER ALREADY EXISTS: |6666|1500\n"
    changed = ask("update_user", agent_user="1500", agent_full_name="Dee Two", active="N", in_groups="|SALESLINE|")
    assert changed == "SUCCESS: update_user USER HAS BEEN UPDATED - 6666|1500|\n"
    assert ask("user_details", agent_user="1500") == "1500|Dee Two|AGENTS|3|N\n"
    assert ask("agent_campaigns", agent_user="1500") == "1500|TESTCAMP|SALESLINE\n"
    assert ask("update_user", agent_user="1500", delete_user="Y").startswith("SUCCESS")
    assert ask("user_details", agent_user="1500") == "ERROR: user_details USER NOT FOUND: 6666|1500\n"


def test_a_wrong_value_is_one_line(ask: Ask) -> None:
    answer = ask("add_user", **NEW | {"agent_user_level": "77", "agent_user": "1501"})
    assert answer.startswith("ERROR: add_user user_level ")
    assert answer.count("\n") == 1


def test_a_program_of_some_campaigns_sees_no_other_one(ask: Ask) -> None:
    named = [line.split("|")[0] for line in ask("campaigns_list", user="7006").splitlines()]
    assert named == ["TESTCAMP"]
    refused = ask("update_campaign", user="7006", campaign_id="OUTCAMP", active="N")
    assert refused == "ERROR: update_campaign CAMPAIGN DOES NOT EXIST: |7006|OUTCAMP\n"


def test_an_option_that_does_not_exist_is_a_notice(ask: Ask) -> None:
    answer = ask("update_campaign", campaign_id="TESTCAMP", hopper_level="100", dial_method="ADAPT_AVERAGE")
    assert answer.endswith("NOTICE: update_campaign THIS OPTION DOES NOT EXIST HERE: |6666|hopper_level|\n")
    only = ask("update_campaign", campaign_id="OUTCAMP", hopper_level="100")
    assert only.splitlines()[-1] == "NOTICE: update_campaign NO UPDATES DEFINED: |6666|"


def test_in_groups_are_rows_of_id_and_name(ask: Ask) -> None:
    assert "SALESLINE|Sales\n" in ask("ingroup_list")


def test_a_status_is_removed_from_those_that_are_dialled(ask: Ask) -> None:
    ask("update_campaign", campaign_id="TESTCAMP", dial_status_remove="NA")
    assert "|NEW B|" in ask("campaigns_list", campaign_id="TESTCAMP")
