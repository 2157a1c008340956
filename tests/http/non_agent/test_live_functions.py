"""The functions about agents who are logged in, by recorded answers and in set-ups of their own."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import vector_site
from tests.http.non_agent.live_set_ups import LIVE
from tests.http.non_agent.vector_site import USUAL, Ids, SetUps
from tests.internals.non_agent import Kind

Shared = Callable[[list[str], SetUps], tuple[JsonSite, Ids]]

# Recorded answers that are others here on purpose.
DIFFERENT = {
    "wrong_password": "the password is not repeated in an answer",
    "level_too_low_agent_status": "the password is not repeated in an answer",
}


@pytest.mark.parametrize(
    "vector",
    [one for one in vector_site.vectors("live") if one["id"] not in DIFFERENT],
    ids=lambda vector: vector["id"],
)
def test_live_functions_answer_as_recorded(vector: Mapping[str, Any], shared: Shared) -> None:
    made, ids = shared([name for name in vector.get("setup", []) if name != "off"], LIVE)
    vector_site.answered(made, vector, ids)


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_different_answer_repeats_no_password(name: str, shared: Shared) -> None:
    [vector] = [one for one in vector_site.vectors("live") if one["id"] == name]
    made, _ = shared([], LIVE)
    query = vector["query"]
    assert vector_site.ask(made, query) == f"ERROR: Login incorrect, please try again: |{query['user']}||BAD|\n"


def ask(shared: Shared, setup: str, **query: str) -> str:
    made, _ = shared([setup], LIVE)
    return vector_site.ask(made, USUAL | query)


def test_an_agent_after_a_call_is_paused_with_its_lead(shared: Shared) -> None:
    assert ask(shared, "dispo", function="agent_status", agent_user="1000").startswith(
        "PAUSED||123457|TESTCAMP|1|Ann Agent|AGENTS|1||DISPO|3125550101|V-2|86"
    )
    row = ask(shared, "dispo", function="logged_in_agents", show_sub_status="YES")
    assert row.startswith("1000|TESTCAMP|86") and row.endswith("|PAUSED|123457||1|Ann Agent|AGENTS|1||DISPO\n")


def test_an_agent_who_waits_for_callers_is_a_closer(shared: Shared) -> None:
    assert ask(shared, "ready", function="agent_status", agent_user="1000").startswith(
        "CLOSER||0|TESTCAMP|0|Ann Agent|AGENTS|1|||||86"
    )


def test_a_paused_agent_has_a_pause_code(shared: Shared) -> None:
    answer = ask(shared, "paused", function="agent_status", agent_user="1000", include_ip="YES", header="YES")
    names, values = answer.splitlines()
    assert names.endswith("|session_id|computer_ip")
    assert values.startswith("PAUSED||0|TESTCAMP|0|Ann Agent|AGENTS|1|BREAK||||86")
    assert len(values.split("|")) == len(names.split("|")) - 1  # VICIdial prints no value for an unknown address


@pytest.mark.parametrize(
    ("setup", "in_group", "user_group"),
    [
        ("incall", "1|0|1|1|0|0|0|0", "0|1|1|0|0|0|0|0"),
        ("dead", "0|0|1|1|0|0|0|0", "0|1|0|0|0|1|0|0"),
        ("ready", "0|0|1|0|1|0|0|0", "0|1|0|1|0|0|0|0"),
        ("paused", "0|0|1|0|0|1|0|0", "0|1|0|0|1|0|0|0"),
        ("dispo", "0|0|1|0|0|0|1|0", "0|1|0|0|0|0|1|0"),
        ("two", "1|0|2|1|0|1|0|0", "0|2|1|0|1|0|0|0"),
        ("waiting", "1|1|0|0|0|0|0|0", "1|0|0|0|0|0|0|0"),
    ],
)
def test_sums_count_each_agent_once(setup: str, in_group: str, user_group: str, shared: Shared) -> None:
    assert ask(shared, setup, function="in_group_status", in_groups="SALESLINE") == f"SALESLINE|{in_group}\n"
    groups = "AGENTS|ADMIN"
    answer = ask(shared, setup, function="user_group_status", user_groups=groups, header="YES", stage="csv")
    assert answer.splitlines()[1] == f"AGENTS ADMIN,{user_group.replace('|', ',')}"


@pytest.mark.parametrize(("setup", "status"), [("waiting", "QUEUE"), ("incall", "INCALL"), ("dispo", "DISPO")])
def test_the_status_of_a_call_without_a_code_is_that_of_its_line(setup: str, status: str, shared: Shared) -> None:
    made, _ = shared([setup], LIVE)
    with closing(sqlite3.connect(made.database)) as db:
        [name] = db.execute("SELECT agc_id FROM call ORDER BY arrived DESC LIMIT 1").fetchone()
    row = ask(shared, setup, function="callid_info", call_id=name, detail="YES").split("|")
    assert (row[0], row[7]) == (name, status), row


def test_agents_of_other_campaigns_are_hidden_from_a_program_of_some(shared: Shared) -> None:
    answer = ask(shared, "two", function="logged_in_agents", user="7006")
    assert [line.split("|")[0] for line in answer.splitlines()] == ["1000", "1001"]


def test_a_phone_is_called_to_listen_to_an_agent(shared: Shared) -> None:
    made, _ = shared(["incall", "alone"], LIVE)  # a site of its own
    room = made.driver.session("1000").conf_exten
    query = {"function": "blind_monitor", "phone_login": "1001", "session_id": room, "server_ip": "10.0.0.1"}
    answer = vector_site.ask(made, USUAL | query | {"stage": "MONITOR"})
    assert answer == f"SUCCESS: blind_monitor HAS BEEN LAUNCHED - 1001|{room}|1001|{room}|0|6666\n"
    assert made.driver.receipt(made.board.given[-1]).kind is Kind.LISTEN
    assert vector_site.ask(made, USUAL | query | {"stage": "HIJACK"}).startswith("ERROR: blind_monitor INVALID STAGE")
