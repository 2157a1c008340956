"""Leads for other programs over HTTP: known leads, do-not-call checks, searches, moves and deletions."""

from typing import Any

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from tests.rows import check_each
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.store.lead_changes import recorded_changes
from warmline.store.leads import dnc, leads

ADA = {"list_id": "999", "phone_number": "7275551212", "first_name": "Ada", "vendor_lead_code": "V1"}


def test_a_known_lead_is_refused_with_its_address_or_updated(site: JsonSite) -> None:
    made = site.ask("POST", "/leads?on_duplicate=refuse", ADA)
    assert made.status == 201
    again = site.ask("POST", "/leads?on_duplicate=refuse", ADA)
    assert (again.status, again.body["code"]) == (409, "lead_known")
    assert again.headers["Location"] == made.headers["Location"]
    other = ADA | {"list_id": "998", "vendor_lead_code": "", "phone_number": "17275551212"}
    assert site.ask("POST", "/leads?on_duplicate=refuse&duplicates=system", other).status == 409
    updated = site.ask("POST", "/leads?on_duplicate=update&duplicates=system&days=30", other | {"city": "Rome"})
    assert (updated.status, updated.body["lead_id"], updated.body["city"]) == (200, made.body["lead_id"], "Rome")
    assert site.ask("POST", "/leads?on_duplicate=refuse&duplicates=campaign", other).status == 201
    assert site.ask("POST", "/leads", ADA).status == 201
    assert len(leads.page(site.database)) == 3


def test_a_repeated_update_has_the_same_answer_and_another_rule_is_another_request(site: JsonSite) -> None:
    crm = token(site, "leads:write")
    site.ask("POST", "/leads", ADA)
    path, key = "/leads?on_duplicate=update", {"token": crm, "Idempotency_Key": "one"}
    first = site.ask("POST", path, ADA | {"city": "Rome"}, **key)
    again = site.ask("POST", path, ADA | {"city": "Rome"}, **key)
    assert (first.status, again.status, again.body) == (200, 200, first.body)
    other = site.ask("POST", "/leads?on_duplicate=refuse", ADA | {"city": "Rome"}, **key)
    assert (other.status, other.body["code"]) == (422, "lead_key_reused")


def test_a_number_on_a_checked_list_is_refused_by_the_name_of_the_list(site: JsonSite) -> None:
    config.create(site.database, "list", "101", {"campaign": "TESTCAMP"}, who="test")
    dnc.add(site.database, "17275551212", "TESTCAMP", who="test")
    listed = ADA | {"list_id": "101"}
    assert site.ask("POST", "/leads?dnc_check=system", listed).status == 201
    for check in ("campaign", "both"):
        refused = site.ask("POST", f"/leads?dnc_check={check}", listed)
        assert (refused.status, refused.body["code"]) == (409, dnc.LEAD_LISTED)
        assert "do-not-call list of campaign TESTCAMP" in refused.body["detail"]


UNUSABLE = (
    "on_duplicate=drop",
    "on_duplicate=",
    "on_duplicate=refuse&duplicates=world",
    "on_duplicate=refuse&days=-1",
    "on_duplicate=refuse&days=3661",
    "on_duplicate=refuse&days=%D9%A3",
    "duplicates=list",
    "days=3",
    "dnc_check=all",
)


def test_an_unusable_rule_creates_nothing(site: JsonSite) -> None:
    def check(query: str) -> None:
        told = site.ask("POST", f"/leads?{query}", ADA)
        assert (told.status, told.body["code"]) == (422, "request_invalid"), told.body
        assert leads.page(site.database) == []

    check_each(check, UNUSABLE)


def add(site: JsonSite, **fields: str) -> int:
    return leads.create(site.database, "999", {"phone_number": "7275551212"} | fields, who="test")


def test_leads_are_found_by_one_value_page_by_page(site: JsonSite) -> None:
    one = add(site, vendor_lead_code="A 1", email="Ada@Example.org", last_name="Byron", first_name="Ada")
    two = add(site, vendor_lead_code="A 1", email="ada@example.org", last_name="byrd", first_name="Bob")
    add(site, vendor_lead_code="A 2", email="x", last_name="Xylo")

    def found(query: str) -> list[int]:
        pages: list[int] = []
        while page := site.ask("GET", f"/leads?{query}&limit=1" + (f"&after={pages[-1]}" if pages else "")).body:
            pages += [lead["lead_id"] for lead in page]
        return pages

    assert found("vendor_lead_code=A+1") == [one, two]
    assert found("email=ADA@example.ORG") == [one, two]
    assert found("name=BYR") == [two, one], "in the order of names"
    assert found("name=Byr,+a") == [one]
    assert found("name=Byr&list=998") == []
    assert found("name=%25") == found("email=%25") == found("vendor_lead_code=a") == []


def test_an_unclear_search_is_refused(site: JsonSite) -> None:
    def check(query: str) -> None:
        assert site.ask("GET", f"/leads?{query}").status == 422

    check_each(
        check, ["email=&list=999", "name=%20,", "name=a&email=b", "number=7275551212&vendor_lead_code=V1", "mail=x"]
    )


def test_a_lead_moves_with_its_fields_and_its_places_are_those_of_the_list(site: JsonSite) -> None:
    config.create(site.database, "list", "490", {"country": "DE"}, who="test")
    lead = add(site, phone_number="03012345678", last_name="Byron")
    assert leads.find(site.database, lead)["time_zones"] == ""
    moved = site.ask("PATCH", f"/leads/{lead}", {"list_id": "490", "city": "Berlin"})
    assert moved.status == 200
    row = moved.body
    assert (row["list_id"], row["last_name"], row["city"]) == ("490", "Byron", "Berlin")
    assert leads.find(site.database, lead)["time_zones"] == "Europe/Berlin"
    missing = site.ask("PATCH", f"/leads/{lead}", {"list_id": "12345"})
    assert (missing.status, missing.body["code"]) == (422, "entity_unknown")
    assert site.ask("PATCH", "/agents/1000/lead", {"lead_id": lead, "list_id": "999"}).status == 422


def test_a_lead_is_deleted_once_and_the_deletion_is_noted(site: JsonSite) -> None:
    crm = token(site, "leads:write,leads:read")
    lead = add(site)
    told = site.ask("DELETE", f"/leads/{lead}", token=crm)
    assert (told.status, told.body) == (200, {"lead_id": lead})
    again = site.ask("DELETE", f"/leads/{lead}", token=crm)
    assert (again.status, again.body["code"]) == (404, "lead_unknown")
    [noted] = site.ask("GET", "/config/changes?kind=lead").body
    assert (noted["who"], noted["changes"][0]["name"]) == ("token:crm", str(lead))
    assert "7275551212" not in str(noted)
    made, deleted = recorded_changes.changes(site.database, 0, 2**62, lead=lead)
    assert (made["action"], deleted["action"], deleted["who"]) == ("create", "delete", "token:crm")
    assert site.ask("POST", "/config/undo", {"revision": noted["revision"]}).status == 409


def test_a_lead_in_a_call_or_on_a_screen_is_not_deleted(site: JsonSite) -> None:
    site.customer()
    lead = site.driver.call().lead

    def refused() -> Any:
        told = site.ask("DELETE", f"/leads/{lead}")
        assert (told.status, told.body["code"]) == (409, "lead_in_use"), told.body
        return told.body["detail"]

    assert "agent 1000" in refused()
    site.driver.ask(Kind.HANGUP)
    assert "screen of agent 1000" in refused(), "the call waits for its disposition"
    site.driver.ask(Kind.STATUS, status="SALE")
    assert site.ask("DELETE", f"/leads/{lead}").status == 200


def test_many_numbers_are_checked_at_once(site: JsonSite) -> None:
    for campaign in ("", "TESTCAMP"):
        dnc.add(site.database, "17275551212", campaign, who="test")
    asked = {"phone_numbers": ["+1 727 555-1212", "7275551212", "7275551213"]}
    told = site.ask("POST", "/dnc/check", asked)
    assert [one["id"] for one in told.body] == ["17275551212@", "17275551212@TESTCAMP"]
    assert site.ask("POST", "/dnc/check", {"phone_numbers": []}).body == []
    for wrong in (["none"], ["7275551212"] * 1001, ["7" * 41], [7]):
        assert site.ask("POST", "/dnc/check", {"phone_numbers": wrong}).status == 422, wrong
