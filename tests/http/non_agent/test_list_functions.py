"""The functions about lists and containers beyond the recorded answers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.http.non_agent import vector_site
from tests.http.non_agent.lead_setups import SETUPS
from tests.http.non_agent.vector_site import USUAL
from tests.internals.non_agent import config

Ask = Callable[..., str]


@pytest.fixture
def database(base: Path, tmp_path: Path) -> Path:
    """Provide a copy of the base."""
    path = tmp_path / "warmline.db"
    shutil.copy(base, path)
    return path


@pytest.fixture
def ask(database: Path, tmp_path: Path) -> Iterator[Ask]:
    """Provide a function that sends a request to a site on that copy."""
    with vector_site.site(database, tmp_path / "run", ["many"], SETUPS) as (site, _):
        yield lambda function, **fields: vector_site.ask(site, USUAL | {"function": function} | fields, post=True)


def test_a_list_gets_the_options_of_the_request(ask: Ask, database: Path) -> None:
    page = ask(
        "add_list",
        list_id="555",
        list_name="Autumn list",
        campaign_id="TESTCAMP",
        outbound_cid="3125550000",
        reset_time="0900-1730",
        local_call_time="24hours",
        am_message="8304",
    )
    assert page == (
        "SUCCESS: add_list LIST HAS BEEN ADDED - 6666|555|Autumn list|TESTCAMP\n"
        "NOTICE: add_list FIELDS ARE NOT SUPPORTED: |6666|am_message\n"
    )
    options = config.show(database, "list", "555")
    assert options["campaign_cid_override"] == "3125550000"
    assert options["reset_times"] == ("09:00", "17:30")
    assert options["local_call_time"] == "24hours"
    assert options["active"] is False or options["active"] == "N"
    emptied = ask("update_list", list_id="555", outbound_cid="--BLANK--", local_call_time="campaign")
    assert emptied == "SUCCESS: update_list LIST HAS BEEN UPDATED - 6666|555\n"
    assert config.show(database, "list", "555")["campaign_cid_override"] == ""


def test_an_invalid_value_of_a_list_is_named_and_nothing_changes(ask: Ask, database: Path) -> None:
    before = config.show(database, "list", "101")
    for field, value, said in (
        ("campaign_id", "NOCAMP", "CAMPAIGN DOES NOT EXIST"),
        ("list_name", "short", "LIST NAME MUST BE FROM 6 TO 30 CHARACTERS"),
        ("active", "U", "ACTIVE MUST BE Y OR N"),
        ("outbound_cid", "12345", "OUTBOUND CID MUST BE FROM 6 TO 18 DIGITS"),
        ("reset_time", "012", "RESET TIME IS NOT VALID"),
        ("expiration_date", "2026-13-01", "EXPIRATION DATE IS NOT VALID"),
        ("local_call_time", "never", "LOCAL CALL TIME DOES NOT EXIST"),
    ):
        page = ask("update_list", list_id="101", **{field: value})
        assert page == f"ERROR: update_list {said}, THIS IS AN OPTIONAL FIELD: |6666|{value}\n"
    assert config.show(database, "list", "101") == before
    assert ask("add_list", list_id="101", list_name="Other", campaign_id="TESTCAMP") == (
        "ERROR: add_list LIST ALREADY EXISTS: |6666|101\n"
    )
    assert ask("update_list", list_id="4711") == "ERROR: update_list LIST DOES NOT EXIST: |6666|4711\n"


def test_a_list_with_leads_goes_only_with_them(ask: Ask) -> None:
    kept = ask("update_list", list_id="101", delete_list="Y")
    assert "LIST HAS NOT BEEN DELETED, IT HAS LEADS OR IS IN USE - 6666|101|0\n" in kept
    gone = ask("update_list", list_id="101", delete_list="Y", delete_leads="Y").splitlines()
    assert gone[1:] == [
        "NOTICE: update_list LIST HAS BEEN DELETED - 6666|101|1",
        "NOTICE: update_list LEADS IN LIST HAVE BEEN DELETED - 6666|101|6",
    ]
    assert ask("lead_all_info", lead_id="123456").startswith("ERROR: lead_all_info LEAD NOT FOUND")


def test_a_bound_user_changes_only_lists_of_its_campaigns(ask: Ask, database: Path) -> None:
    bound = {"user": "7006"}
    hidden = ask("update_list", list_id="201", active="N", **bound)
    assert hidden == "ERROR: update_list NOT AN ALLOWED LIST ID - 201\n"
    assert ask("update_list", list_id="4711", insert_if_not_found="Y", **bound) == hidden.replace("201", "4711")
    assert ask("update_list", list_id="101", campaign_id="OUTCAMP", **bound).startswith(
        "ERROR: update_list CAMPAIGN DOES NOT EXIST"
    )
    assert ask("add_list", list_id="777", list_name="Mine", campaign_id="OUTCAMP", **bound).startswith(
        "ERROR: add_list CAMPAIGN DOES NOT EXIST"
    )
    assert config.show(database, "list", "201")["campaign"] == "OUTCAMP"


def test_a_container_gets_a_number_once(ask: Ask, database: Path) -> None:
    entry = {"phone_number": "3125550999", "group": "BLOCKED"}
    assert ask("add_fpg_phone", **entry).startswith("SUCCESS")
    assert ask("add_fpg_phone", **entry) == (
        "ERROR: add_fpg_phone FILTER PHONE GROUP NUMBER ALREADY EXISTS: |6666|3125550999|BLOCKED\n"
    )
    assert config.show(database, "container", "BLOCKED")["entries"] == ("3125550668", "3125550999")
    assert ask("delete_fpg_phone", **entry).startswith("SUCCESS")
    assert ask("delete_fpg_phone", **entry) == (
        "ERROR: delete_fpg_phone FILTER PHONE GROUP NUMBER DOES NOT EXIST: |6666|3125550999|BLOCKED\n"
    )


def test_leads_of_a_list_are_reset(ask: Ask) -> None:
    page = ask("update_list", list_id="101", reset_list="Y", active="N")
    assert page == (
        "SUCCESS: update_list LIST HAS BEEN UPDATED - 6666|101\n"
        "NOTICE: update_list LEADS IN LIST HAVE BEEN RESET - 6666|101|\n"
    )
