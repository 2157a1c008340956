"""Leads and do-not-call numbers are written over HTTP in the client's name, and a repeated request writes once."""

from typing import Any

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from tests.rows import check_each
from warmline.store.leads import dnc, leads

ADA = {"list_id": "999", "phone_number": "7275551212", "first_name": "Ada", "rank": 7}


def test_a_lead_is_created_once_for_a_key(site: JsonSite) -> None:
    crm = token(site, "leads:write")
    made = site.ask("POST", "/leads", ADA, token=crm, Idempotency_Key="one")
    assert (made.status, made.headers["Location"]) == (201, f"/api/v1/leads/{made.body['lead_id']}")
    assert (made.body["first_name"], made.body["rank"], made.body["user"]) == ("Ada", 7, "token:crm")
    assert site.ask("POST", "/leads", ADA, token=crm, Idempotency_Key="one").body == made.body
    assert len(leads.page(site.database)) == 1
    other = site.ask("POST", "/leads", ADA | {"rank": 8}, token=crm, Idempotency_Key="one")
    assert (other.status, other.body["code"]) == (422, "lead_key_reused")
    assert site.ask("POST", "/leads", ADA, token=crm).body["lead_id"] != made.body["lead_id"]


REFUSALS: dict[str, tuple[str, str, Any, int, str]] = {
    "an unknown list": ("POST", "/leads", ADA | {"list_id": "12345"}, 422, "entity_unknown"),
    "no list": ("POST", "/leads", {"phone_number": "7275551212"}, 422, "body_invalid"),
    "no number": ("POST", "/leads", ADA | {"phone_number": "none"}, 422, "phone_number_sign"),
    "an unknown field": ("PATCH", "/leads/1", {"frist_name": "x"}, 422, "body_invalid"),
    "a long field": ("PATCH", "/leads/1", {"state": "x" * 51}, 422, "body_invalid"),
    "a control character": ("PATCH", "/leads/1", {"comments": "a\x01"}, 422, "body_invalid"),
    "a rank": ("PATCH", "/leads/1", {"rank": 10_000}, 422, "body_invalid"),
    "an unknown lead": ("PATCH", "/leads/77777", {"rank": 1}, 404, "lead_unknown"),
    "a lead that is none": ("PATCH", "/leads/x", {"rank": 1}, 404, "lead_unknown"),
    "no number to add": ("POST", "/dnc", {"phone_number": "none"}, 422, "phone_number_sign"),
    "an unknown campaign": ("POST", "/dnc", {"phone_number": "7275551212", "campaign": "NONE"}, 422, "entity_unknown"),
    "no number to remove": ("DELETE", "/dnc", None, 422, "request_invalid"),
    "a number on no list": ("DELETE", "/dnc?number=7275551212", None, 404, "dnc_entry_unknown"),
    "a cursor": ("GET", "/dnc?after=x", None, 422, "request_invalid"),
}


def test_a_refused_request_changes_nothing(site: JsonSite) -> None:
    def check(refusal: tuple[str, str, Any, int, str]) -> None:
        method, path, body, status, code = refusal
        told = site.ask(method, path, body)
        assert (told.status, told.body["code"]) == (status, code), told.body
        assert leads.page(site.database) == [] and dnc.page(site.database) == []

    check_each(check, REFUSALS.values())


def test_numbers_are_added_found_and_removed_in_the_clients_name(site: JsonSite) -> None:
    crm = token(site, "leads:read,leads:write")
    added = site.ask("POST", "/dnc", {"phone_number": "+1 727 555-1212", "why": "by letter"}, token=crm).body
    assert (added["added"], added["entry"]["phone_number"], added["entry"]["by"], added["entry"]["why"]) == (
        True,
        "17275551212",
        "token:crm",
        "by letter",
    )
    again = site.ask("POST", "/dnc", {"phone_number": "17275551212"}, token=crm).body
    assert again == {"added": False, "entry": added["entry"]}
    site.ask("POST", "/dnc", {"phone_number": "17275551212", "campaign": "TESTCAMP"}, token=crm)
    found = site.ask("GET", "/dnc?number=7275551212", token=crm).body
    assert [one["campaign"] for one in found] == ["", "TESTCAMP"]
    assert [one["campaign"] for one in site.ask("GET", "/dnc?number=7275551212&campaign=TESTCAMP").body] == ["TESTCAMP"]
    removed = site.ask("DELETE", "/dnc?number=7275551212", token=crm)
    assert (removed.status, [row["campaign"] for row in dnc.page(site.database)]) == (200, ["TESTCAMP"])
    [noted] = site.ask("GET", "/config/changes?kind=dnc").body
    assert (noted["who"], noted["changes"][0]["name"]) == ("token:crm", "*1212")


def test_the_pages_together_are_the_lists(site: JsonSite) -> None:
    """A number can be on several lists; no page may lose one of its entries."""
    for number in ("7275550001", "7275550002"):
        for campaign in ("", "TESTCAMP"):
            dnc.add(site.database, number, campaign, who="test")
    pages: list[str] = []
    while page := site.ask("GET", "/dnc?limit=3" + (f"&after={pages[-1]}" if pages else "")).body:
        pages += [one["id"] for one in page]
    assert pages == ["7275550001@", "7275550001@TESTCAMP", "7275550002@", "7275550002@TESTCAMP"]
    system = site.ask("GET", "/dnc?campaign=").body
    assert [one["id"] for one in system] == ["7275550001@", "7275550002@"]
    assert [row["phone_number"] for row in dnc.page(site.database, "7275550001")] == ["7275550002"] * 2
