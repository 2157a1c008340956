"""The functions about leads beyond the recorded answers: duplicates, races, bounds, and hostile values."""

import asyncio
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import lead_setups, vector_site
from tests.http.non_agent.vector_site import DAY, HOUR, USUAL, Ask
from tests.internals.non_agent import (
    TAKEN,
    DialPlan,
    HoursCheck,
    callbacks_of_leads,
    config,
    dnc,
    duplicates,
    given_fields,
    lead_add,
    lead_search,
    lead_update,
    leads,
    non_agent_endpoint,
    number_checks,
    recorded_changes,
)


def _added(page: str) -> str:
    assert page.startswith("SUCCESS: add_lead LEAD HAS BEEN ADDED - "), page
    return page.split("|")[2]


@pytest.mark.parametrize(
    ("check", "given", "said"),
    [
        ("DUPLIST", {"phone_number": "3125550100"}, "PHONE NUMBER IN LIST - 3125550100|101|123456"),
        ("dupcamp", {"list_id": "102"}, "PHONE NUMBER IN CAMPAIGN LISTS - 3125550101|102|123457|101"),
        ("DUPSYS", {"list_id": "201"}, "PHONE NUMBER IN SYSTEM - 3125550101|201|123457|101"),
        ("DUPSYS3660DAY", {"list_id": "201"}, "PHONE NUMBER IN SYSTEM - 3125550101|201|123457|101"),
        ("DUPPHONEALTLIST", {}, "PHONE NUMBER IN LIST - 3125550101|101|123457|PHONE"),
        (
            "DUPPHONEALTSYS",
            {"phone_number": "3125550109", "list_id": "201"},
            "PHONE NUMBER IN SYSTEM - 3125550109|201|123457|101|ALT",
        ),
        (
            "DUPTITLEALTPHONELIST",
            {"phone_number": "3125550999", "title": "Ms", "alt_phone": "3125550109"},
            "TITLE ALT_PHONE IN LIST - Ms|3125550109|101|123457",
        ),
        (
            "DUPTITLEALTPHONECAMP",
            {"phone_number": "3125550999", "title": "Ms", "alt_phone": "3125550109", "list_id": "102"},
            "TITLE ALT_PHONE IN CAMPAIGN LISTS - Ms|3125550109|102|123457|101",
        ),
        (
            "DUPNAMEPHONESYS",
            {"first_name": "Ada", "last_name": "Byron", "list_id": "201"},
            "NAME PHONE IN SYSTEM - Ada|Byron|3125550101|201|123457|101",
        ),
        (
            "DUPLIST-DUPNAMEPHONESYS",
            {"first_name": "Ada", "last_name": "Byron", "list_id": "201"},
            "NAME PHONE IN SYSTEM - Ada|Byron|3125550101|201|123457|101",
        ),
    ],
)
def test_each_duplicate_check_names_the_known_lead(ask: Ask, check: str, given: dict[str, str], said: str) -> None:
    fields = {"phone_number": "3125550101", "list_id": "101"} | given
    assert ask("add_lead", duplicate_check=check, **fields) == f"ERROR: add_lead DUPLICATE {said}\n"


@pytest.mark.parametrize(
    ("check", "given"),
    [
        ("DUPLIST", {"list_id": "102"}),
        ("DUPCAMP", {"list_id": "201"}),
        ("DUPTITLEALTPHONESYS", {"title": "", "alt_phone": ""}),
        ("DUPTITLEALTPHONESYS", {"title": "Mr", "alt_phone": "3125550109"}),
        ("DUPNAMEPHONELIST", {"first_name": "Ada", "last_name": "Lovelace"}),
        ("NONE", {}),
    ],
)
def test_a_lead_that_is_not_the_same_is_added(ask: Ask, check: str, given: dict[str, str]) -> None:
    _added(ask("add_lead", **{"phone_number": "3125550101", "list_id": "101", "duplicate_check": check} | given))


def test_of_two_equal_leads_at_once_one_is_added(lead_site: JsonSite, base: Path) -> None:
    lead_setups.restore(lead_site, base)
    fields = USUAL | {"function": "add_lead", "phone_number": "3125557001", "list_id": "101"}

    async def one(check: str) -> str:
        response = await lead_site.client.get(vector_site.PATH, params=fields | {"duplicate_check": check})
        return await response.text()

    async def both() -> list[str]:
        return await asyncio.gather(*(one("DUPLIST-DUPTITLEALTPHONESYS") for _ in range(6)))

    pages = lead_site.do(both())
    assert sorted(page.split(":")[0] for page in pages) == [*["ERROR"] * 5, "SUCCESS"]
    assert all("DUPLICATE" in page for page in pages if page.startswith("ERROR")), pages
    assert len(lead_search.with_number(lead_site.database, "3125557001")) == 1


def test_a_listed_number_is_refused_where_the_request_asks(ask: Ask) -> None:
    listed = {"phone_number": "3125550666", "list_id": "101"}
    assert ask("add_lead", dnc_check="Y", **listed) == "ERROR: add_lead PHONE NUMBER IN DNC - 3125550666|6666\n"
    own = {"phone_number": "3125550667", "list_id": "101", "campaign_id": "TESTCAMP"}
    said = "ERROR: add_lead PHONE NUMBER IN CAMPAIGN DNC - 3125550667|TESTCAMP|6666\n"
    assert ask("add_lead", campaign_dnc_check="Y", **own) == said
    _added(ask("add_lead", dnc_check="Y", **own))


def test_a_lead_needs_a_list_that_exists(ask: Ask) -> None:
    page = ask("add_lead", phone_number="3125550999", list_id="4711")
    assert page == "ERROR: add_lead NOT A DEFINED LIST ID - 3125550999|4711\n"


def test_a_field_is_emptied_by_its_word_and_others_stay(ask: Ask) -> None:
    fields = {"lead_id": "123457", "title": "--BLANK--", "gender": "--BLANK--", "rank": "7", "first_name": " "}
    assert ask("update_lead", **fields) == "SUCCESS: update_lead LEAD HAS BEEN UPDATED - 6666|123457|1|||\n"
    values = ask("lead_all_info", lead_id="123457").split("|")
    assert (values[8], values[9], values[20], values[28]) == ("", "Ada", "", "7")


def test_a_lead_gets_another_list_user_and_count(ask: Ask) -> None:
    page = ask("update_lead", lead_id="123457", list_id_field="102", user_field="1001", called_count="9")
    assert page == "SUCCESS: update_lead LEAD HAS BEEN UPDATED - 6666|123457|1|||\n"
    values = ask("lead_all_info", lead_id="123457").split("|")
    assert (values[1], values[4], values[26]) == ("1001", "102", "9")
    assert ask("update_lead", lead_id="123457", list_id_field="102").endswith("|123457|0|||\n")


def test_a_move_to_an_unknown_list_changes_nothing(ask: Ask) -> None:
    page = ask("update_lead", lead_id="123457", list_id_field="4711", last_name="X")
    assert page == "ERROR: update_lead NOT A DEFINED LIST ID - |4711\n"
    assert ask("lead_field_info", lead_id="123457", field_name="last_name") == "Byron"


@pytest.mark.parametrize(
    ("fields", "lead"),
    [
        ({"search_location": "LIST", "list_id": "101"}, "123456"),
        ({"search_location": "LIST", "list_id": "201"}, "123458"),
        ({"search_location": "CAMPAIGN", "list_id": "102"}, "123456"),
        ({}, "123456"),
    ],
)
def test_a_lead_is_found_where_the_request_looks(ask: Ask, fields: dict[str, str], lead: str) -> None:
    asked = {"search_method": "VENDOR_LEAD_CODE_PHONE_NUMBER", "phone_number": "3125550100", "no_update": "Y"}
    assert ask("update_lead", **asked, **fields).split("|")[2] == lead


def test_an_update_without_a_lead_says_so(ask: Ask) -> None:
    page = ask("update_lead", search_method="PHONE_NUMBER", last_name="X")
    assert page == "ERROR: update_lead NO VALID SEARCH METHOD - 6666|PHONE_NUMBER|||\n"
    page = ask(
        "update_lead",
        search_method="PHONE_NUMBER",
        phone_number="3125550888",
        insert_if_not_found="Y",
        last_name="X",
    )
    assert page.endswith("\nERROR: update_lead INVALID DATA FOR LEAD INSERTION - 6666|3125550888|||Y\n")


def test_a_user_with_a_bound_group_sees_and_changes_only_its_leads(ask: Ask) -> None:
    bound = {"user": "7006"}
    none = "ERROR: lead_all_info LEAD NOT FOUND: 7006|123458|\n"
    assert ask("lead_all_info", lead_id="123458", **bound) == none
    assert ask("lead_search", phone_number="3125550100", **bound) == "3125550100|1|123456\n"
    assert ask("lead_field_info", lead_id="123458", field_name="status", **bound).startswith("ERROR: lead_field_info")
    same = "ERROR: update_lead NO MATCHES FOUND IN THE SYSTEM: |7006|123458||\n"
    assert ask("update_lead", lead_id="123458", last_name="X", **bound) == same
    assert ask("update_lead", lead_id="123458", delete_lead="Y", **bound) == same
    assert ask("update_lead", lead_id="123456", list_id_field="201", **bound).startswith(
        "ERROR: update_lead NOT AN ALLOWED LIST ID"
    )
    added = ask("add_lead", phone_number="3125550999", list_id="201", **bound)
    assert added == "ERROR: add_lead NOT AN ALLOWED LIST ID - 3125550999|201\n"
    hidden = {"phone_number": "3125550999", "list_id": "4711"}
    assert ask("add_lead", **hidden, **bound) == added.replace("201", "4711")
    assert ask("batch_update_lead", lead_ids="123458,123456", status="VIP", **bound).endswith("|1|1|123456\n")
    assert ask("list_info", list_id="201", **bound) == "ERROR: list_info NOT AN ALLOWED LIST ID - 201\n"
    assert ask("list_custom_fields", list_id="---ALL---", **bound).count("\n") == 2
    assert "CAMPAIGN DOES NOT EXIST" in ask("add_dnc_phone", phone_number="3125550123", campaign_id="OUTCAMP", **bound)
    assert ask("hopper_list", campaign_id="OUTCAMP", **bound).startswith("ERROR: hopper_list THIS CAMPAIGN DOES NOT")
    assert ask("lead_field_info", lead_id="123458", field_name="status") == "NEW"


def test_a_duplicate_in_a_hidden_list_is_not_told(ask: Ask) -> None:
    ask("update_lead", lead_id="123457", list_id_field="201")
    fields = {"phone_number": "3125550101", "list_id": "101", "duplicate_check": "DUPSYS"}
    _added(ask("add_lead", user="7006", **fields))


@pytest.mark.parametrize("value", ["a|b", "a\nSUCCESS: b", "'\"; DROP TABLE lead", "=HYPERLINK(1)", "é" * 4000])
def test_a_hostile_value_keeps_each_row_whole(ask: Ask, value: str) -> None:
    lead = _added(ask("add_lead", phone_number="3125550999", list_id="101", comments=value, city=value[:90]))
    rows = ask("lead_all_info", lead_id=lead).splitlines()
    assert len(rows) == 1
    assert rows[0].count("|") == 31
    csv = ask("lead_all_info", lead_id=lead, stage="csv", header="YES").splitlines()
    assert len(csv) == 2
    assert csv[0].count(",") == csv[1].count(",")


def test_a_text_that_is_too_long_is_refused_and_changes_nothing(ask: Ask) -> None:
    page = ask("update_lead", lead_id="123457", comments="x" * 5000, last_name="X")
    assert page == "ERROR: update_lead comments has 4001 characters, more than 4000: 6666\n"
    assert ask("lead_field_info", lead_id="123457", field_name="last_name") == "Byron"


@pytest.mark.parametrize(
    ("function", "fields", "page"),
    [
        ("lead_search", {"phone_number": "1"}, "ERROR: lead_search NO VALID SEARCH METHOD - 6666|PHONE_NUMBER|"),
        ("lead_search", {"phone_number": ",,,"}, "ERROR: lead_search NO VALID SEARCH METHOD - 6666|PHONE_NUMBER|"),
        ("lead_all_info", {}, "ERROR: lead_all_info LEAD NOT FOUND: 6666||"),
        ("lead_all_info", {"lead_id": "9" * 40}, "ERROR: lead_all_info LEAD NOT FOUND: 6666|"),
        ("lead_field_info", {"lead_id": "123456"}, "ERROR: lead_field_info INVALID SEARCH PARAMETERS: 6666|123456|"),
        (
            "lead_field_info",
            {"lead_id": "123456", "field_name": "passwd"},
            "ERROR: lead_field_info LEAD FIELD NOT FOUND: 6666|123456|passwd",
        ),
        ("lead_status_search", {"status": "SALE", "date": "2026-13-40"}, "ERROR: lead_status_search INVALID"),
        ("lead_callback_info", {}, "ERROR: lead_callback_info INVALID SEARCH PARAMETERS: 6666|"),
        ("check_phone_number", {"local_call_time": "never"}, "ERROR: check_phone_number THIS IS NOT A VALID CALL TIME"),
        (
            "batch_update_lead",
            {"lead_ids": "77,x"},
            "ERROR: batch_update_lead NO MATCHES FOUND IN THE SYSTEM: |6666|77,",
        ),
        ("delete_dnc_phone", {"phone_number": "3125550123", "campaign_id": "TESTCAMP"}, "ERROR: delete_dnc_phone DNC"),
        ("hopper_list", {"campaign_id": "NOCAMP"}, "ERROR: hopper_list THIS CAMPAIGN DOES NOT EXIST: |6666|NOCAMP"),
        ("list_info", {"list_id": "4711"}, "ERROR: list_info LIST DOES NOT EXIST: |6666|4711"),
        ("add_fpg_phone", {"phone_number": "3125550123", "group": "NONE"}, "ERROR: add_fpg_phone FILTER PHONE GROUP"),
    ],
)
def test_a_half_filled_request_gets_its_error(ask: Ask, function: str, fields: dict[str, str], page: str) -> None:
    assert ask(function, **fields).startswith(page)


def test_a_removed_number_may_be_dialled_again(ask: Ask) -> None:
    listed = {"phone_number": "3125550666", "campaign_id": "SYSTEM_INTERNAL"}
    said = "SUCCESS: delete_dnc_phone DNC NUMBER HAS BEEN DELETED - 6666|3125550666|SYSTEM_INTERNAL\n"
    assert ask("delete_dnc_phone", **listed) == said
    gone = "ERROR: delete_dnc_phone DNC NUMBER DOES NOT EXIST: |6666|3125550666|SYSTEM_INTERNAL\n"
    assert ask("delete_dnc_phone", **listed) == gone


def test_counts_of_a_list_are_behind_its_options(ask: Ask) -> None:
    page = ask("list_info", list_id="101", leads_counts="Y", header="YES").splitlines()
    assert page[0].endswith("|resets_today|all_leads_count|new_leads_count")
    assert page[1].endswith("|2099-12-31|0|2|1|")
    assert ask("list_info", list_id="102", dialable_count="Y").endswith("|0|0\n")


def test_further_numbers_are_stored_and_replaced(ask: Ask, lead_site: JsonSite) -> None:
    given = "3125550001_1_a|b!nonsense!3125550002!3125550001_1_again"
    lead = _added(ask("add_lead", phone_number="3125550999", list_id="101", alt_phone="1", multi_alt_phones=given))

    def stored() -> str:
        return str(leads.find(lead_site.database, int(lead))["more_numbers"])

    assert stored() == "+13125550001:a b|3125550002"
    changed = ask("update_lead", lead_id=lead, multi_alt_phones="3125550003__home_office")
    assert changed == f"SUCCESS: update_lead LEAD HAS BEEN UPDATED - 6666|{lead}|1|||\n"
    assert stored() == "3125550003:home_office"
    assert ask("update_lead", lead_id=lead, multi_alt_phones="nonsense") == "" and stored()


def test_custom_fields_that_a_list_does_not_have_are_named(ask: Ask) -> None:
    asked = {"phone_number": "3125550999", "custom_fields": "Y", "favorite_color": "red"}
    without = ask("add_lead", list_id="102", **asked)
    assert "CUSTOM FIELDS NOT ADDED, NO CUSTOM FIELDS DEFINED FOR THIS LIST - 3125550999|" in without
    none = ask("add_lead", list_id="101", phone_number="3125550998", custom_fields="Y", shoe_size="4")
    assert "CUSTOM FIELDS VALUES ADDED - 3125550998|" in none


@pytest.fixture
def own_fields(lead_site: JsonSite) -> Iterator[None]:
    """Give list 102 custom fields of its own, also with the names of fields of a request."""
    config.set_options(lead_site.database, "list", "102", {"custom_fields": "callback,records,meter"}, who="test")
    yield
    config.set_options(lead_site.database, "list", "102", {"custom_fields": ""}, who="test")


@pytest.mark.usefixtures("own_fields")
def test_a_custom_field_named_as_one_of_the_request_is_given_with_a_prefix(ask: Ask, lead_site: JsonSite) -> None:
    number = {"phone_number": "3125550999", "list_id": "102", "custom_fields": "Y", "campaign_id": "TESTCAMP"}
    own = {"custom.callback": "by; post", "custom.meter": "7", "custom.records": "2", "meter": "8"}
    page = ask("add_lead", callback="N", records="1", **number, **own)
    lead = _added(page.splitlines()[0])
    assert "CUSTOM FIELDS VALUES ADDED" in page and "CALLBACK" not in page
    stored = json.loads(leads.find(lead_site.database, int(lead))["custom_fields"])
    assert stored == {"callback": "by post", "records": "2", "meter": "7"}
    ask("update_lead", lead_id=lead, custom_fields="Y", callback="REMOVE", records="5", meter="--BLANK--")
    stored = json.loads(leads.find(lead_site.database, int(lead))["custom_fields"])
    assert stored == {"callback": "by post", "records": "2"}


def test_no_field_of_a_request_is_read_as_a_custom_field() -> None:
    """The sources of the functions say which fields they read."""
    functions = (lead_update, lead_add, callbacks_of_leads, number_checks, duplicates)
    source = "".join(inspect.getsource(module) for module in functions)
    read = set(re.findall(r'(?:asked\[|is_on\()"(\w+)"', source))
    assert len(read) > 25
    assert read - {*TAKEN} - {*given_fields.OF_REQUEST} == set(), "a list may have a custom field with this name"


@pytest.mark.usefixtures("own_fields")
def test_leads_of_several_lists_have_a_column_for_each_custom_field(ask: Ask) -> None:
    asked = {"phone_number": "3125550101", "custom_fields": "Y"}
    ask("add_lead", list_id="102", meter="77", **asked)
    head, *rows = (line.split("|") for line in ask("lead_all_info", header="YES", **asked).splitlines())
    assert {*head[-5:]} == {"callback", "records", "meter", "favorite_color", "policy"}
    by_list = {row[head.index("list_id")]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_list["102"]["meter"] == "77" and by_list["102"]["policy"] == ""
    assert by_list["101"]["meter"] == "" and len(rows) == 2


def test_a_callback_needs_a_time_that_is_one(ask: Ask) -> None:
    fields = {"lead_id": "123457", "campaign_id": "TESTCAMP", "callback": "Y", "callback_datetime": "tomorrow"}
    assert ask("update_lead", **fields) == (
        "NOTICE: update_lead SCHEDULED CALLBACK NOT ADDED, DATETIME NOT VALID - 123457|TESTCAMP|tomorrow\n"
    )
    again = ask("update_lead", **fields | {"callback_datetime": "2DAYS"})
    assert again.startswith("NOTICE: update_lead SCHEDULED CALLBACK ADDED - 123457|TESTCAMP|")
    removed = ask("update_lead", lead_id="123457", callback="REMOVE")
    assert removed == "NOTICE: update_lead SCHEDULED CALLBACK DELETED - 6666|123457|1|1\n"
    assert "|ARCHIVE|ANYONE|INACTIVE|" in ask("lead_callback_info", lead_id="123457", search_location="ALL")


def test_the_hopper_has_the_leads_that_are_dialled_next(
    ask: Ask, lead_site: JsonSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads.update(lead_site.database, 123456, {"time_zones": "America/Chicago", "state": "TX"})
    monkeypatch.setattr(non_agent_endpoint, "now", lambda: DAY + 18 * HOUR)  # noon in Chicago
    page = ask("hopper_list", campaign_id="TESTCAMP", stage="csv", header="YES").splitlines()
    assert page[0].startswith("hopper_order,priority,lead_id,list_id,phone_number,")
    assert page[1:] == ["0,0,123456,101,3125550100,1,TX,NEW,0,-5.00,5,NONE,S,V-1,SRC1,0,18 YEARS "]


def test_each_write_is_recorded_with_its_program(ask: Ask, lead_site: JsonSite) -> None:
    lead = _added(ask("add_lead", phone_number="3125550777", list_id="101", last_name="Lovelace"))
    ask("update_lead", lead_id=lead, status="SALE", last_name="Byron")
    ask("update_lead", lead_id=lead, delete_lead="Y")
    found = [*recorded_changes.changes(lead_site.database, 0, 2**62, lead=int(lead))]
    assert [(one["who"], one["action"]) for one in found] == [("6666", "create"), ("6666", "set"), ("6666", "delete")]
    assert found[1]["what"] == {"last_name": "changed", "status": {"before": "NEW", "after": "SALE"}}


def test_a_lead_is_put_first_once_and_taken_back(ask: Ask, lead_site: JsonSite) -> None:
    lead = _added(ask("add_lead", phone_number="3125550777", list_id="101"))

    def told(**fields: str) -> str:
        return ask_again("update_lead", lead_id=lead, **fields).removeprefix("NOTICE: update_lead ").rstrip("\n")

    def ask_again(function: str, **fields: str) -> str:
        return vector_site.ask(lead_site, USUAL | {"function": function} | fields, post=True)

    who = f"|{lead}"  # the number is that of the request
    assert re.fullmatch(
        rf"ADDED TO HOPPER - {re.escape(who)}\|\d+\|6666", told(add_to_hopper="Y", hopper_priority="45")
    )
    assert told(add_to_hopper="Y") == f"NOT ADDED TO HOPPER, LEAD IS ALREADY IN THE HOPPER - {who}|6666"
    assert told(remove_from_hopper="Y") == f"REMOVED FROM HOPPER - {who}|READY|6666"
    assert told(remove_from_hopper="Y") == f"NOT REMOVED FROM HOPPER, LEAD IS NOT IN THE HOPPER - {who}|6666"
    dnc.add(lead_site.database, "3125550777", who="test")
    assert told(add_to_hopper="Y") == f"NOT ADDED TO HOPPER - {who}|0|6666"


def test_a_lead_outside_its_hours_is_not_put_first_if_the_request_checks_them(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DialPlan, "hours", lambda *_: HoursCheck(open=False, until=None, why="night"))
    page = ask(
        "add_lead", phone_number="3125550777", list_id="101", add_to_hopper="Y", hopper_local_call_time_check="Y"
    )
    assert re.search(r"NOT ADDED TO HOPPER, OUTSIDE OF LOCAL TIME - 3125550777\|\d+\|-6.00\|0\|6666\n", page), page
