"""A program of some campaigns that names an entry of others gets the answer for one that does not exist."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import vector_site
from tests.http.non_agent.history_rows import CALL_AUTO, CALL_IN, history
from tests.http.non_agent.vector_site import USUAL, SetUps
from tests.internals.non_agent import ENTRIES, FUNCTIONS, dnc

# Each kind: the entry of another group, one that does not exist, and an own one.
NAMES = {
    "lead": ("123458", "999998", "123457"),
    "list": ("201", "no-list", "101"),
    "campaign": ("OUTCAMP", "NOCAMP", "TESTCAMP"),
    "call": (CALL_AUTO, "V0001795176000000009", CALL_IN),
}
LEG = "leg-of-{}"  # the channel of a call
DAY = {"date": "2026-11-20"}
TIMES = {"datetime_start": "2026-11-20 00:00:00", "datetime_end": "2026-11-21 00:00:00"}
NEW = {"phone_number": "3125550999", "phone_code": "1", "list_id": "101"}
LEAD = {"lead_id": "123457"}
CALLBACK = {"callback": "Y", "callback_datetime": "2099-12-01 15:00:00", "campaign_id": "TESTCAMP"}
AGENT = {
    "agent_user": "1500",
    "agent_pass": "secret",
    "agent_user_level": "1",
    "agent_full_name": "Dee",
    "agent_user_group": "AGENTS",
}
# The fields of each function that name an entry, with what the request needs beside it. A function that is not here has
# no such field, or another test asks for it.
REQUESTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("add_lead", "list_id", NEW),
    ("add_lead", "campaign_id", NEW | {"campaign_dnc_check": "Y", "phone_number": "3125550667"}),
    ("add_lead", "campaign_id", NEW | CALLBACK),
    ("update_lead", "lead_id", {"last_name": "X"}),
    ("update_lead", "lead_id", {"delete_lead": "Y"}),
    ("update_lead", "list_id", NEW | {"search_method": "PHONE_NUMBER", "search_location": "LIST"}),
    ("update_lead", "list_id", NEW | {"search_method": "PHONE_NUMBER", "insert_if_not_found": "Y"}),
    ("update_lead", "list_id_field", LEAD),
    ("update_lead", "campaign_id", LEAD | CALLBACK),
    ("batch_update_lead", "lead_ids", {"last_name": "X"}),
    ("batch_update_lead", "list_id_field", {"lead_ids": "123457"}),
    ("lead_search", "list_id", {"phone_number": "3125550100", "search_location": "LIST"}),
    ("lead_search", "list_id", {"phone_number": "3125550100", "search_location": "CAMPAIGN"}),
    ("lead_all_info", "lead_id", {}),
    ("lead_field_info", "lead_id", {"field_name": "last_name"}),
    ("lead_callback_info", "lead_id", {}),
    ("list_info", "list_id", {}),
    ("list_custom_fields", "list_id", {}),
    ("update_list", "list_id", {"list_name": "Another name"}),
    ("update_list", "campaign_id", {"list_id": "101"}),
    ("add_list", "campaign_id", {"list_id": "557", "list_name": "Another name"}),
    ("hopper_list", "campaign_id", {}),
    (
        "check_phone_number",
        "campaign_id",
        {"phone_number": "3125550667", "local_call_time": "24hours", "campaign_dnc_check": "Y"},
    ),
    ("add_dnc_phone", "campaign_id", {"phone_number": "3125550199"}),
    ("recording_lookup", "lead_id", {}),
    ("recording_lookup", "lead_id", DAY),
    ("recording_lookup", "lead_id", DAY | {"agent_user": "1000"}),
    ("recording_lookup", "uniqueid", {}),
    ("callid_info", "call_id", {}),
    ("callid_info", "call_id", {"detail": "YES"}),
    ("update_log_entry", "call_id", {"group": "TESTCAMP", "status": "SALE"}),
    ("update_log_entry", "call_id", {"group": "SALESLINE", "status": "SALE"}),
    ("update_log_entry", "group", {"call_id": CALL_IN, "status": "NI"}),
    ("call_status_stats", "campaigns", {"query_date": "2026-11-20"}),
    ("call_dispo_report", "campaigns", {"query_date": "2026-11-20"}),
    ("agent_stats_export", "campaign_id", TIMES),
    ("logged_in_agents", "campaigns", {}),
    ("update_campaign", "campaign_id", {"active": "N"}),
    ("update_user", "campaign", {"agent_user": "1001"}),
    ("add_user", "campaign", AGENT),
    ("delete_dnc_phone", "campaign_id", {"phone_number": "3125550667"}),
)
# Functions that name no lead, list, campaign or call. Programs see all agents, in-groups and containers.
OTHERS = (
    *("agent_status", "in_group_status", "user_group_status", "agent_ingroup_info", "agent_campaigns", "user_details"),
    *("campaigns_list", "ingroup_list", "add_fpg_phone", "delete_fpg_phone", "blind_monitor", "lead_status_search"),
    *("phone_number_log", "did_log_export"),
)
OTHERS_CALL = "UPDATE call SET lead = 123458, last_agent = '1002', number = '3125550100' WHERE id = 'call-auto'"


@pytest.fixture(scope="module")
def site(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonSite]:
    """Provide a site on which the call of an agent with a lead of another campaign has a recording."""
    folder = tmp_path_factory.mktemp("others")
    database = Path(shutil.copy(base, folder / "warmline.db"))
    dnc.add(database, "3125550667", "OUTCAMP", who="test")
    with vector_site.site(
        database, folder / "run", ["history"], SetUps(rows={"history": history}, agents={"history": ("1000",)})
    ) as (made, _):
        with closing(sqlite3.connect(database)) as db, db:
            db.execute("UPDATE attempt SET campaign = 'OUTCAMP', list_id = '201', agent = '1002'")
            db.execute(OTHERS_CALL)
            db.execute("UPDATE recording SET call = 'call-auto', agent = '1002' WHERE id = '5002'")
            for agc_id, call in db.execute("SELECT agc_id, id FROM call").fetchall():
                leg = {"id": LEG.format(agc_id), "owner": call, "role": "customer", "number": "", "created": 1}
                vector_site.insert(db, "leg", leg)
        yield made


def ask(site: JsonSite, function: str, field: str, name: str, more: dict[str, str]) -> str:
    value = LEG.format(name) if field == "uniqueid" else name
    fields = USUAL | {"user": "7006", "function": function} | more | {field: value}
    page = vector_site.ask(site, fields, post=True).replace(value, "NAME")
    return re.sub(r"\b1234(59|[6-9]\d)\b", "LEAD", page)  # one that the request has added


def test_the_name_of_an_entry_of_others_is_answered_as_an_unknown_one(site: JsonSite) -> None:
    different, alike = [], []
    for function, field, more in REQUESTS:
        other, unknown, own = NAMES[ENTRIES[field]]
        answers = [ask(site, function, field, name, more) for name in (other, unknown)]
        if answers[0] != answers[1]:
            different.append(f"{function} {field}: {answers[0]!r}, unknown {answers[1]!r}")
        if "delete_lead" not in more and ask(site, function, field, own, more) == answers[1]:
            alike.append(f"{function} {field} {more}: {answers[1]!r}")
    assert not different, "\n".join(different)
    assert not alike, "an own entry must be found: " + "\n".join(alike)


def test_a_recording_of_a_lead_of_others_is_not_found_by_its_agent(site: JsonSite) -> None:
    day = vector_site.ask(site, USUAL | {"user": "7006", "function": "recording_lookup", "agent_user": "1002"} | DAY)
    assert day.startswith("ERROR: recording_lookup NO RECORDINGS FOUND"), "the lead of that call belongs to others"
    assert "|123458|" in vector_site.ask(site, USUAL | {"function": "recording_lookup", "agent_user": "1002"} | DAY)


def test_each_function_is_asked_or_names_no_entry() -> None:
    asked = {function for function, *_ in REQUESTS}
    assert {*FUNCTIONS} - asked - {*OTHERS} == set() and asked.isdisjoint(OTHERS)
