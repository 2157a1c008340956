"""Commands by the JSON API: they are done, with receipts; a refusal has a reason."""

import json
from contextlib import closing

import pytest

from tests.http.json_site import JsonSite
from tests.rows import check_rows
from warmline.core.messages.command_classes import get_column
from warmline.core.messages.process_messages import ConfigurationChanged
from warmline.core.model.call_states import State
from warmline.store.configuration import config
from warmline.store.database.database import connect

KEYS = "4*7#1W1*"


def test_a_receipt_is_found_after_a_restart(site: JsonSite) -> None:
    receipt = site.ask("POST", "/agents/1000/pause").body
    site.driver.closed.clear()
    assert site.ask("GET", f"/receipts/{receipt['id']}").body == receipt


def test_by_agc_id(site: JsonSite) -> None:
    site.customer()
    call = site.driver.call()
    assert site.ask("GET", f"/calls/{call.agc_id}").body["id"] == call.id
    assert site.ask("POST", f"/calls/{call.agc_id}/parking", {"kind": "PARK_CUSTOMER"}).status == 201
    assert site.driver.call().state is State.PARKED


def test_an_impossible_command_is_refused_and_leaves_a_receipt(site: JsonSite) -> None:
    call = site.customer()
    told = site.ask("POST", f"/calls/{call}/transfers", {"kind": "LEAVE_3WAY_CALL"})
    assert (told.status, told.headers["Content-Type"]) == (409, "application/problem+json")
    receipt = told.body.pop("receipt")
    assert told.body == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "no third party on this call",
        "code": "third_party_missing",
    }
    kept = site.ask("GET", f"/receipts/{receipt}").body
    assert (kept["outcome"], kept["cause"], kept["call"]) == ("refused", "no third party on this call", call)


def test_a_call_without_an_agent_takes_no_agents_command(site: JsonSite) -> None:
    call = site.customer()
    site.ask("POST", f"/calls/{call}/transfers", {"kind": "LOCAL_CLOSER", "ingroup": "SUPPORTLINE"})
    told = site.ask("POST", f"/calls/{call}/parking", {"kind": "PARK_CUSTOMER"})
    assert (told.status, told.body["code"]) == (409, "no_agent_in_call")


def test_keys_are_pressed_and_never_written(site: JsonSite) -> None:
    call = site.customer()
    assert site.ask("POST", f"/calls/{call}/dtmf", {"digits": KEYS}, Idempotency_Key="k1").status == 201
    assert site.board.digits == [KEYS]
    with closing(connect(site.database)) as db:
        dump = "\n".join(db.iterdump())
    assert "SEND_DTMF" in dump
    assert KEYS not in dump


def test_an_unknown_path_or_object_is_a_problem(site: JsonSite) -> None:
    def check(method: str, path: str, status: int, code: str) -> None:
        told = site.ask(method, path)
        assert (told.status, told.body["status"], told.body["code"]) == (status, status, code)
        assert told.headers["Content-Type"] == "application/problem+json"
        assert site.board.given == []

    check_rows(
        check,
        [
            ("GET", "/calls/NONE", 404, "live_call_unknown"),
            ("POST", "/calls/NONE/hangup", 404, "live_call_unknown"),
            ("GET", "/agents/9999", 404, "not_logged_in"),
            ("POST", "/agents/9999/resume", 404, "not_logged_in"),
            ("GET", "/receipts/NONE", 404, "receipt_unknown"),
            ("GET", "/nothing", 404, "path_unknown"),
            ("DELETE", "/agents", 405, "method_not_allowed"),
        ],
    )


def test_an_invalid_body_is_a_problem(site: JsonSite) -> None:
    def check(sent: bytes, content_type: str, status: int) -> None:
        told = site.ask("POST", "/agents/1000/pause", sent, Content_Type=content_type)
        assert (told.status, told.body["status"]) == (status, status)
        assert told.headers["Content-Type"] == "application/problem+json"
        assert site.board.given == []

    check_rows(
        check,
        [
            (b"{", "application/json", 400),
            (b"\xff", "application/json", 400),
            (b'{"pause_code": "J\xfcrgen"}', "application/json", 400),
            (b"[" * 60_000, "application/json", 422),
            (b'{"x":' + b"[" * 60_000, "application/json", 422),
            (b"kind=LEAVE_VM", "application/x-www-form-urlencoded", 415),
            (b"{}", "text/plain", 415),
            (json.dumps({"pause_code": "x" * 70_000}).encode(), "application/json", 413),
        ],
    )


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ({}, ""),
        ({"caller_id": "CUSTOMER"}, "5551110001"),
        ({"caller_id": "AGENT_PHONE"}, "1000"),
        ({"group_alias": "SHOP"}, "8005550199"),
        ({"group_alias": "SHOP", "caller_id": "CUSTOMER"}, "8005550199"),
    ],
)
def test_the_caller_id_for_the_third_party_is_one_of_the_allowed(
    site: JsonSite, shown: dict[str, str], number: str
) -> None:
    config.create(site.database, "group-alias", "SHOP", {"caller_id_number": "8005550199"}, who="test")
    site.driver.feed(ConfigurationChanged(site.driver.rules()))
    site.driver.asterisk.come_in("cust", "ingroup", "SALESLINE", number="5551110001")
    site.driver.pump()
    call = site.driver.call().id
    told = site.ask("POST", f"/calls/{call}/transfers", {"kind": "DIAL_WITH_CUSTOMER", "number": "8500"} | shown)
    assert told.status == 201
    assert get_column(site.driver.receipt(told.body["id"]).command, "caller_id") == number


@pytest.mark.parametrize(
    ("shown", "status", "code"),
    [
        ({"caller_id": "5550000000"}, 422, "body_invalid"),
        ({"group_alias": "NONE"}, 409, "group_alias_inactive"),
        ({"group_alias": "OLD"}, 409, "group_alias_inactive"),
    ],
)
def test_no_other_caller_id_is_sent(site: JsonSite, shown: dict[str, str], status: int, code: str) -> None:
    options = {"caller_id_number": "8005550199", "active": "N"}
    config.create(site.database, "group-alias", "OLD", options, who="test")
    site.driver.feed(ConfigurationChanged(site.driver.rules()))
    call = site.customer()
    told = site.ask("POST", f"/calls/{call}/transfers", {"kind": "BLIND_TRANSFER", "number": "8500"} | shown)
    assert (told.status, told.body["code"]) == (status, code)
    assert site.driver.call().state is State.TALKING
