"""Each function of the non-agent API: by each scope and role, and with the ids of what another group has."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from tests.http.non_agent import vector_site
from tests.http.people.campaign_site import ABSENT, MANAGER, OTHER, OWN, SUPERVISOR, Belongings, CampaignSite
from tests.http.people.campaign_site import campaign_site as site_of_campaigns
from tests.http.people.people_site import PASSWORD, USERS
from warmline.access.rights import SCOPES, Reach, UserRole, reach
from warmline.options.api_access_options import NO_SCOPE
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline_contrib.vicidial_api.non_agent_endpoint import ENTRY
from warmline_contrib.vicidial_api.non_agent_functions import FUNCTIONS

PROGRAM = "crm"  # with every scope, in the group of MANAGER
AGENTS = {OWN: "1000", OTHER: "1002", ABSENT: "1999"}
DAY = "2023-11-14"  # of the calls
NEW = "phone_number=7275553333"
# The questions about what a campaign has; those about an agent are for a supervisor, who sees only some.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "add_dnc_phone": ("phone_number={number}&campaign_id={campaign}",),
    "add_fpg_phone": ("phone_number={number}&group={campaign}",),
    "add_lead": (
        f"list_id={{list_id}}&{NEW}",
        "list_id=201&phone_number={number}&duplicate_check=DUPSYS-DUPCAMP",
        "list_id=201&phone_number={listed}&campaign_dnc_check=Y&campaign_id={campaign}",
        f"list_id=201&{NEW}&callback=Y&campaign_id={{campaign}}",
    ),
    "add_list": ("list_id=777&list_name=Another&campaign_id={campaign}",),
    "add_user": (
        "agent_user=1099&agent_pass=x&agent_user_level=1&agent_full_name=X&agent_user_group=BERLIN&campaign={campaign}",
    ),
    "agent_campaigns": ("agent_user=1000&campaign_id={campaign}", "agent_user={agent}"),
    "agent_ingroup_info": ("agent_user={agent}",),
    "agent_stats_export": (
        f"datetime_start={DAY}&datetime_end=2099-01-01",
        f"datetime_start={DAY}&datetime_end=2099-01-01&campaign_id={{campaign}}",
        f"datetime_start={DAY}&datetime_end=2099-01-01&agent_user={{agent}}",
    ),
    "agent_status": ("agent_user={agent}",),
    "batch_update_lead": ("lead_ids={lead}&last_name=X", "lead_ids={own}&list_id_field={list_id}"),
    "blind_monitor": ("session_id={session}&phone_login=1000",),
    "call_dispo_report": tuple(
        f"campaigns={one}&ingroups=---ALL---&query_date={DAY}&status_breakdown=1" for one in ("{campaign}", "---ALL---")
    ),
    "call_status_stats": tuple(f"campaigns={one}&query_date={DAY}" for one in ("{campaign}", "---ALL---")),
    "callid_info": ("call_id={call}&detail=YES",),
    "campaigns_list": ("", "campaign_id={campaign}"),
    "check_phone_number": (
        "phone_number={listed}&local_call_time=24hours&campaign_dnc_check=Y&campaign_id={campaign}",
    ),
    "delete_dnc_phone": ("phone_number={listed}&campaign_id={campaign}",),
    "delete_fpg_phone": ("phone_number={number}&group={campaign}",),
    "did_log_export": (f"phone_number={{number}}&date={DAY}",),
    "hopper_list": ("campaign_id={campaign}",),
    "in_group_status": ("in_groups={campaign}",),
    "ingroup_list": ("",),
    "lead_all_info": ("lead_id={lead}&custom_fields=Y", "phone_number={number}"),
    "lead_callback_info": ("lead_id={lead}&search_location=ALL",),
    "lead_field_info": ("lead_id={lead}&field_name=vendor_lead_code",),
    "lead_search": ("phone_number={number}",),
    "lead_status_search": (f"status=NA&date={DAY}",),
    "list_custom_fields": ("list_id={list_id}", "list_id=---ALL---"),
    "list_info": ("list_id={list_id}&leads_counts=Y&dialable_count=Y",),
    "logged_in_agents": ("", "campaigns={campaign}"),
    "phone_number_log": ("phone_number={number}",),
    "recording_lookup": ("lead_id={lead}", f"agent_user={{agent}}&date={DAY}"),
    "update_campaign": (
        "campaign_id={campaign}&campaign_name=X",
        f"campaign_id={OWN}&manual_dial_list_id={{list_id}}",
    ),
    "update_lead": (
        "lead_id={lead}&last_name=X",
        "search_method=PHONE_NUMBER&phone_number={number}&last_name=X",
        "search_method=VENDOR_LEAD_CODE&vendor_lead_code={campaign}&last_name=X",
        "search_method=PHONE_NUMBER&search_location=LIST&list_id={list_id}&phone_number=7275551111&no_update=Y",
        "search_method=PHONE_NUMBER&search_location=CAMPAIGN&list_id={list_id}&phone_number=7275551111&no_update=Y",
        "lead_id={own}&list_id_field={list_id}",
        "lead_id={own}&callback=Y&campaign_id={campaign}&callback_datetime=2099-12-24 18:05:00",
        "lead_id={lead}&callback=REMOVE",
        "lead_id={lead}&delete_lead=Y",
        f"lead_id=999999&{NEW}&phone_code=1&insert_if_not_found=Y&list_id={{list_id}}",
    ),
    "update_list": (
        "list_id={list_id}&list_name=Another&reset_list=Y",
        "list_id={list_id}&delete_leads=Y&delete_list=Y",
        "list_id=201&campaign_id={campaign}",
    ),
    "update_log_entry": ("call_id={call}&group={campaign}&status=SALE",),
    "update_user": ("agent_user=1000&campaign={campaign}",),
    "user_details": ("agent_user={agent}",),
    "user_group_status": ("user_groups=BERLIN",),
}
QUESTIONS_IN_ORDER = [(function, one) for function in sorted(QUESTIONS) for one in QUESTIONS[function]]
COPY = """
    INSERT INTO api_user (id, pass, functions, scopes, active, api_access, user_group, addresses)
    SELECT ?, pass, ?, ?, ?, ?, user_group, ? FROM api_user WHERE id = 'model'
"""
# Active programs that may not use any function: their functions, scopes, api_access, addresses.
CLOSED = {
    "none": (["ALL_FUNCTIONS"], [NO_SCOPE], "Y", []),
    "shut": (["ALL_FUNCTIONS"], ["ALL"], "N", []),
    "other": (["version"], ["ALL"], "Y", []),
    "far": (["ALL_FUNCTIONS"], ["ALL"], "Y", ["192.0.2.1"]),
}
SAVED = ("lead", "list", "campaign", "callback", "dnc", "attempt", "call", "agent")


@pytest.fixture(scope="module")
def site(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CampaignSite]:
    with site_of_campaigns(people_database, tmp_path_factory.mktemp("functions")) as made:
        config.create(made.database, "api-user", "model", {"pass": PASSWORD}, who="test")
        group = {"pass": PASSWORD, "scopes": "ALL", "user_group": "BERLIN"}
        config.create(made.database, "api-user", PROGRAM, group, who="test")
        config.create(made.database, "user", "gone", {"pass": PASSWORD, "role": "admin", "active": "N"}, who="test")
        with connect(made.database) as db:
            for name, (functions, scopes, access, addresses) in CLOSED.items():
                texts = [json.dumps(one) for one in (functions, scopes, addresses)]
                db.execute(COPY, [name, texts[0], texts[1], "Y", access, texts[2]])
            db.execute(COPY, ["inactive", '["ALL_FUNCTIONS"]', '["ALL"]', "N", "Y", "[]"])
            for scope in SCOPES:
                db.execute(COPY, [_program(scope), '["ALL_FUNCTIONS"]', json.dumps([scope]), "Y", "Y", "[]"])
        made.driver.log_in(AGENTS[OTHER])
        made.forget()
        yield made


def _program(scope: str) -> str:
    return scope.replace(":", "-")


def ask(site: CampaignSite, user: str, function: str, question: str = "") -> str:
    """Return the answer to a question."""
    given = {"source": "test", "user": user, "pass": PASSWORD, "function": function}
    return vector_site.ask(site, given | dict(parse_qsl(question)))


def is_allowed(site: CampaignSite, user: str, function: str) -> bool:
    text = ask(site, user, function)
    return "Login incorrect" not in text and "USER DOES NOT HAVE PERMISSION" not in text


def about(site: CampaignSite, question: str, campaign: str) -> str:
    one = site.things[campaign]
    session = site.driver.world.sessions.get(AGENTS[campaign])
    more = {
        "listed": one.number[:-1] + "7",
        "own": site.things[OWN].lead,
        "agent": AGENTS[campaign],
        "session": session.conf_exten if session else "8600999",
    }
    return question.format(**one._asdict(), **more)


def alike(text: str, one: Belongings, agent: str) -> str:
    """Return an answer without the names that its question had, long numbers, and times that pass."""
    for name, value in sorted({**one._asdict(), "agent": agent}.items(), key=lambda item: -len(item[1])):
        text = re.sub(rf"\b{re.escape(value)}\b", f"<{name}>", text)
    return re.sub(r"\d{6,}|\d+(:\d\d){1,2}", "<number>", text)


def saved(site: CampaignSite) -> list[str]:
    """Return all rows that are about what the other group has."""
    one = site.things[OTHER]
    names = (one.campaign, one.list_id, one.lead, one.call, one.callback, AGENTS[OTHER])
    with connect(site.database) as db:
        found = [repr(tuple(row)) for table in SAVED for row in db.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    return [row for row in found if any(re.search(rf"\b{re.escape(name)}\b", row) for name in names)]


def test_each_function_has_questions() -> None:
    assert set(QUESTIONS) == set(FUNCTIONS)


def test_a_program_takes_the_scope_of_the_function(site: CampaignSite) -> None:
    wrong = []
    for function, row in FUNCTIONS.items():
        found = {scope for scope in SCOPES if is_allowed(site, _program(scope), function)}
        found |= {name for name in CLOSED if is_allowed(site, name, function)}
        wrong += [(function, found)] if found != {row.scope} else []
    assert wrong == []


@pytest.mark.parametrize("user", ["inactive", "gone", "stranger"])
def test_a_user_who_is_none_uses_no_function(site: CampaignSite, user: str) -> None:
    assert [function for function in ("add_lead", "ingroup_list") if is_allowed(site, user, function)] == []


def test_a_person_uses_the_functions_of_the_role(site: CampaignSite) -> None:
    wrong = []
    for function, (name, options) in product(FUNCTIONS, USERS.items()):
        role = UserRole(options["role"])
        needed = (ENTRY, FUNCTIONS[function].scope)
        expected = Reach.NONE not in [reach(role, scope) for scope in needed]
        wrong += [(function, name)] if is_allowed(site, name, function) != expected else []
    assert wrong == []


@pytest.mark.parametrize("user", [PROGRAM, MANAGER, SUPERVISOR])
def test_a_thing_of_another_group_is_as_one_that_does_not_exist(site: CampaignSite, user: str) -> None:
    before, wrong = saved(site), []
    for function, question in QUESTIONS_IN_ORDER:
        if user != SUPERVISOR and ("{agent}" in question or "{session}" in question):
            continue  # they see the agents of all groups
        told, expected = (
            alike(
                ask(site, user, function, about(site, question, one)),
                site.things[one],
                AGENTS[one] if "{agent}" in question else "-",
            )
            for one in (OTHER, ABSENT)
        )
        wrong += [(function, question, told, expected)] if told != expected else []
        wrong += [(function, question, "wrote")] if saved(site) != before else []
    assert wrong == []


@pytest.mark.parametrize("user", [PROGRAM, MANAGER, SUPERVISOR])
def test_no_page_has_anything_of_another_group(site: CampaignSite, user: str) -> None:
    others, wrong = site.things[OTHER], []
    for function, question in QUESTIONS_IN_ORDER:
        if FUNCTIONS[function].scope.endswith(":read"):
            text = ask(site, user, function, about(site, question, OWN))
            for name in (others.campaign, others.list_id, others.lead, others.call, others.code):
                wrong += [(function, question, name, text)] if re.search(rf"\b{name}\b", text) else []
    assert wrong == []
