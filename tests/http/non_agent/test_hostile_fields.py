"""Fields of careless and hostile programs: line ends, control characters, the last of all days, numbers in words."""

import sqlite3
from contextlib import closing

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent.vector_site import Ask
from tests.internals.non_agent import callbacks, leads

DAY_AFTER = "9999-12-31"


@pytest.mark.parametrize(
    ("function", "fields"),
    [
        ("update_campaign", {"campaign_id": "X\nSUCCESS: y"}),
        ("update_campaign", {"campaign_id": "TESTCAMP", "dial_method": "X\r\nSUCCESS: y"}),
        ("add_list", {"list_id": "777", "list_name": "é\nSUCCESS: y", "campaign_id": "X\nSUCCESS: y"}),
        ("update_lead", {"search_method": "VENDOR_LEAD_CODE", "vendor_lead_code": "X\nSUCCESS: y"}),
        ("lead_field_info", {"lead_id": "123456", "field_name": "X\nSUCCESS: y"}),
        ("check_phone_number", {"phone_number": "3125550100", "local_call_time": "X\nSUCCESS: y"}),
        ("agent_status", {"agent_user": "X\nSUCCESS: y"}),
        ("call_dispo_report", {"campaigns": "TESTCAMP", "query_date": "X\nSUCCESS: y"}),
    ],
)
def test_a_value_is_no_line_of_its_own(ask: Ask, function: str, fields: dict[str, str]) -> None:
    lines = ask(function, **fields).splitlines()
    assert lines and not any(line.startswith("SUCCESS") for line in lines), lines


def test_a_text_keeps_no_control_characters_beside_other_scripts(ask: Ask) -> None:
    text = "Zoë\0\x1b[2J\u202e!"
    ask("update_lead", lead_id="123456", custom_fields="Y", favorite_color=text, comments=text)
    assert ask("lead_field_info", lead_id="123456", field_name="favorite_color", custom_fields="Y") == "Zoë[2J!"
    assert ask("lead_field_info", lead_id="123456", field_name="comments") == "Zoë[2J!"


@pytest.mark.parametrize(
    ("function", "fields"),
    [
        ("call_dispo_report", {"campaigns": "TESTCAMP", "query_date": DAY_AFTER}),
        ("call_status_stats", {"campaigns": "TESTCAMP", "query_date": DAY_AFTER}),
        ("recording_lookup", {"agent_user": "1000", "date": DAY_AFTER}),
        ("did_log_export", {"phone_number": "8005550100", "date": DAY_AFTER}),
        ("lead_status_search", {"status": "NEW", "date": DAY_AFTER}),
        ("agent_stats_export", {"datetime_start": "0001-01-01", "datetime_end": DAY_AFTER}),
        ("add_lead", {"phone_number": "3125550188", "callback": "Y", "callback_datetime": "99999DAYS"}),
        ("lead_all_info", {"lead_id": "9" * 3999}),
        ("batch_update_lead", {"lead_ids": "9" * 18, "last_name": "x"}),
    ],
)
def test_a_value_at_the_end_of_its_range_is_answered(ask: Ask, function: str, fields: dict[str, str]) -> None:
    assert ask(function, **fields)


def test_a_number_with_letters_is_none(lead_site: JsonSite, ask: Ask) -> None:
    for number in ("312 555 0188 ext 5", "312555018,8"):
        told = ask("add_lead", list_id="101", phone_number=number)
        assert told == "ERROR: add_lead INVALID PHONE NUMBER LENGTH - |6666\n"
    told = ask("update_lead", lead_id="123456", update_phone_number="Y", phone_number="3125550188x5")
    assert leads.find(lead_site.database, 123456)["phone_number"] == "3125550100", told
    assert "HAS BEEN ADDED - 13125550188|101|" in ask("add_lead", list_id="101", phone_number="+1 (312) 555-0188")


def test_a_further_number_with_letters_is_none(ask: Ask) -> None:
    others = "3125550190x5_1_note!3125550191_1_a|b"
    told = ask("add_lead", list_id="101", phone_number="3125550189", multi_alt_phones=others)
    assert told.splitlines()[-1].startswith("3125550191|1|a b"), told


def test_a_callback_has_a_code_and_a_short_comment(lead_site: JsonSite, ask: Ask) -> None:
    of_callback = {"lead_id": "123456", "callback": "Y", "campaign_id": "TESTCAMP", "callback_datetime": "1DAYS"}
    assert "STATUS NOT VALID" in ask("update_lead", **of_callback, callback_status="TOOLONG")
    assert "COMMENTS TOO LONG" in ask("update_lead", **of_callback, callback_comments="x" * 201)
    with closing(sqlite3.connect(lead_site.database)) as db:
        assert db.execute("SELECT count(*) FROM callback").fetchone() == (0,)


def test_a_callback_gets_another_campaign_and_code(lead_site: JsonSite, ask: Ask) -> None:
    of_callback = {"lead_id": "123456", "callback": "Y", "callback_datetime": "1DAYS"}
    assert "CALLBACK ADDED" in ask("update_lead", **of_callback, campaign_id="TESTCAMP")
    more = {"campaign_id": "OUTCAMP", "callback_status": "LATER", "callback_comments": "soon"}
    assert "CALLBACK UPDATED" in ask("update_lead", **of_callback, **more)
    [found] = callbacks.of_lead(lead_site.database, 123456, 0)
    assert (found.campaign, found.status, found.comments) == ("OUTCAMP", "LATER", "soon")
