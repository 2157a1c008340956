"""The functions about past calls, recordings and statistics, by recorded answers and questions of their own."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import history_rows, vector_site
from tests.http.non_agent.vector_site import USUAL, Ids, SetUps
from tests.internals.non_agent import config

Shared = Callable[[list[str], SetUps], tuple[JsonSite, Ids]]

HISTORY = SetUps(rows={"history": history_rows.history}, live={"history": lambda _made: history_rows.IDS})
# Recorded answers that are others here on purpose.
DIFFERENT = {"log_entry": "entries of the log have no numbers here, so the last value is 0"}


@pytest.mark.parametrize(
    "vector",
    [one for one in vector_site.vectors("history") if one["id"] not in DIFFERENT],
    ids=lambda vector: vector["id"],
)
def test_history_functions_answer_as_recorded(vector: Mapping[str, Any], shared: Shared) -> None:
    made, ids = shared(vector.get("setup", []), HISTORY)
    vector_site.answered(made, vector, ids)


def ask(shared: Shared, function: str, **query: str) -> str:
    made, _ = shared(["history"], HISTORY)
    return vector_site.ask(made, USUAL | query | {"function": function})


def test_a_call_gets_another_disposition(replay: Callable[[Mapping[str, Any], SetUps], None]) -> None:
    [vector] = [one for one in vector_site.vectors("history") if one["id"] == "log_entry"]
    replay({**vector, "expect": vector["expect"].replace("|501|", "|0|")}, HISTORY)


def test_a_campaign_without_calls_has_zeros(shared: Shared) -> None:
    answer = ask(shared, "call_status_stats", campaigns="OUTCAMP", ingroups="SUPPORTLINE", query_date="2026-11-20")
    assert [line.split("|")[:3] for line in answer.splitlines()] == [["OUTCAMP", "0", "0"], ["SUPPORTLINE", "0", "0"]]


def test_all_campaigns_and_in_groups_have_a_row(shared: Shared) -> None:
    answer = ask(shared, "call_status_stats", campaigns="---ALL---", query_date="2026-11-20", statuses="SALE-NI")
    assert [line.split("|")[:2] for line in answer.splitlines()] == [
        *(["OUTCAMP", "0"], ["TESTCAMP", "1"]),
        *(["SALESLINE", "1"], ["SUPPORTLINE", "0"]),
    ]


def test_times_of_agents_are_in_seconds_on_request(shared: Shared) -> None:
    times = {"datetime_start": "2026-11-20+10:00:00", "datetime_end": "2026-11-20 10:01:59", "time_format": "S"}
    row = ask(shared, "agent_stats_export", agent_user="1000", **times).split("|")
    assert row[:6] == ["1000", "Ann Agent", "AGENTS", "1", "120", "120"]


def test_a_program_of_another_campaign_sees_no_call_without_an_agent(shared: Shared) -> None:
    number = {"phone_number": "3125550100", "type": "OUT"}
    assert ask(shared, "phone_number_log", **number).startswith("3125550100|2026-11-20 12:00:00|101|0|NEW|NONE|NA")
    assert ask(shared, "phone_number_log", user="7006", **number).startswith("3125550100")


def test_the_lead_of_a_call_takes_the_right_to_leads(shared: Shared) -> None:
    made, _ = shared(["history"], HISTORY)
    config.create(made.database, "user-group", "OUTSIDE", {"allowed_campaigns": "OUTCAMP"}, who="test")
    for name, more in (("calls", {"scopes": "calls:read"}), ("outside", {"scopes": "ALL", "user_group": "OUTSIDE"})):
        config.create(made.database, "api-user", name, {"pass": "1234"} | more, who="test")
    number = {"phone_number": "3125550101", "type": "IN"}
    own, bare, outside = (ask(shared, "phone_number_log", user=user, **number) for user in ("6666", "calls", "outside"))
    assert (own.split("|")[4], bare.split("|")[4]) == ("SALE", "")
    assert outside == "NOTICE: phone_number_log NO RECORDS FOUND FOR THIS PHONE NUMBER - outside|3125550101||\n"


@pytest.mark.parametrize(
    "query",
    [
        {"function": "agent_stats_export", "datetime_start": "yesterday", "datetime_end": "2026-11-20"},
        {"function": "did_log_export", "phone_number": "8005550100", "date": "2026-13-01"},
        {"function": "recording_lookup", "agent_user": "1000", "date": "20.11.2026"},
    ],
    ids=lambda query: query["function"],
)
def test_a_wrong_value_is_an_error(query: dict[str, str], shared: Shared) -> None:
    assert ask(shared, **query).startswith(f"ERROR: {query['function']} INVALID SEARCH PARAMETERS: 6666|")


def test_recordings_are_found_by_phone(shared: Shared) -> None:
    day = {"date": "2026-11-20"}
    assert ask(shared, "recording_lookup", extension="1000", **day).count("\n") == 2
    none = ask(shared, "recording_lookup", extension="1002", **day)
    assert none.startswith("ERROR: recording_lookup NO RECORDINGS FOUND")
