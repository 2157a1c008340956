"""Lists of leads over HTTP."""

import pytest

from ari_app.records.large_writes import LargeWrites
from tests.http.json_site import JsonSite
from tests.http.large_writes_here import large_writes_here
from tests.http.management.test_config_entities import token
from warmline.store.lead_changes import recorded_changes
from warmline.store.leads import leads


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    large_writes_here(monkeypatch, "LEADS_OF_STEP", 2)


@pytest.mark.usefixtures("two_at_once")
def test_leads_are_changed_in_steps(site: JsonSite) -> None:
    for number in range(3):
        leads.create(site.database, "999", {"phone_number": f"727555121{number}"}, who="test")
    crm, wanted = token(site, "leads:write"), {"where": "status=NEW", "status": "NI"}
    told = site.ask("POST", "/lists/999/change", wanted | {"dry_run": True}, token=crm)
    counted = {"matching": 3, "changed": 3, "in_call": 0, "with_callback": 0, "after": None, "unsure": 0}
    assert (told.status, told.body) == (200, counted)
    assert {lead["status"] for lead in leads.page(site.database)} == {"NEW"}
    first = site.ask("POST", "/lists/999/change", wanted, token=crm).body
    assert first == counted | {"matching": 2, "changed": 2, "after": 2}
    second = site.ask("POST", "/lists/999/change", wanted | {"after": 2.0}, token=crm).body
    assert second == counted | {"matching": 1, "changed": 1}
    assert {lead["status"] for lead in leads.page(site.database)} == {"NI"}
    [noted] = recorded_changes.changes(site.database, 0, 2**62, who="token:crm")
    assert (noted["action"], noted["leads"], noted["open"]) == ("set", 3, False)


def test_leads_are_compared_with_numbers_and_with_a_list(site: JsonSite) -> None:
    for number, name in (("7275551210", "999"), ("7275551211", "999"), ("17275551211", "998")):
        leads.create(site.database, name, {"phone_number": number}, who="test")
    crm = token(site, "leads:write")
    for wanted in ({"numbers": ["+1 727 555-1211", "7275551219"]}, {"against": "998"}):
        for dry_run in (True, False):
            body = wanted | {"status": "DUP", "dry_run": dry_run}
            assert site.ask("POST", "/lists/999/change", body, token=crm).body["matching"] == 1
        assert [lead["status"] for lead in leads.page(site.database)] == ["NEW", "DUP", "NEW"]
    assert site.ask("POST", "/lists/999/change", {"status": "X", "numbers": ["x"]}, token=crm).status == 422
    told = site.ask("POST", "/lists/999/change", {"status": "X", "numbers": ["7275551212"] * 1001}, token=crm)
    assert told.body["errors"] == [{"field": "numbers", "detail": "allowed: at most 1000 entries"}]


@pytest.mark.usefixtures("two_at_once")
def test_leads_with_a_common_number_are_changed_in_steps(site: JsonSite) -> None:
    for _ in range(3):
        leads.create(site.database, "999", {"phone_number": "7275550000"}, who="test")
    crm, body = token(site, "leads:write"), {"numbers": ["7275550000"], "status": "DUP"}
    first = site.ask("POST", "/lists/999/change", body, token=crm).body
    assert (first["changed"], first["after"]) == (2, 2)
    second = site.ask("POST", "/lists/999/change", body | {"after": 2}, token=crm).body
    assert (second["changed"], second["after"]) == (1, None)


def test_a_change_can_be_made_again_after_its_program_has_ended(
    site: JsonSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LargeWrites, "_answer", lambda *_: b"")
    told = site.ask("POST", "/lists/999/change", {"status": "NI"}, token=token(site, "leads:write"))
    assert (told.status, told.body["code"], told.headers["Retry-After"]) == (503, "write_ended", "1")


REFUSALS: dict[str, tuple[str, dict[str, object], int, str]] = {
    "an unknown list": ("12345", {"delete": True}, 404, "entity_unknown"),
    "an unknown list to move to": ("999", {"to_list": "12345"}, 404, "entity_unknown"),
    "no change": ("999", {}, 422, "leads_change_unclear"),
    "no filter": ("999", {"where": "town=Wien", "delete": True}, 422, "leads_where_invalid"),
    "an unknown field": ("999", {"were": "", "delete": True}, 422, "body_invalid"),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refused_change_changes_nothing(refusal: tuple[str, dict[str, object], int, str], site: JsonSite) -> None:
    name, body, status, code = refusal
    leads.create(site.database, "999", {"phone_number": "7275551212"}, who="test")
    for dry_run in (False, True):
        told = site.ask("POST", f"/lists/{name}/change", body | {"dry_run": dry_run})
        assert (told.status, told.body["code"]) == (status, code), told.body
    assert [lead["status"] for lead in leads.page(site.database)] == ["NEW"]


def test_the_leads_of_a_list_come_in_pages(site: JsonSite) -> None:
    call = site.customer()
    lead = site.driver.call().lead
    other = leads.create(site.database, "999", {"phone_number": "7275551212", "city": "Dallas"}, who="test")
    crm = token(site, "leads:read")
    [first] = site.ask("GET", "/lists/999/leads?limit=1", token=crm).body
    assert (first["lead_id"], first["call"], first["call_number"]) == (lead, call, "3125550100")
    [second] = site.ask("GET", f"/lists/999/leads?limit=1&after={lead}", token=crm).body
    assert (second["lead_id"], second["call"], second["agent"], second["talk_time"]) == (other, "", "", None)
    assert site.ask("GET", f"/lists/999/leads?after={other}", token=crm).body == []
    found = site.ask("GET", "/lists/999/leads?where=city%3Ddallas", token=crm).body
    assert [row["lead_id"] for row in found] == [other]
    assert site.ask("GET", "/lists/999/leads?where=town%3Ddallas", token=crm).body["code"] == "leads_where_invalid"
    assert site.ask("GET", "/lists/12345/leads", token=crm).status == 404
    assert site.ask("GET", "/lists/999/leads?after=x", token=crm).status == 422
