"""An agent's screen reads and changes over the JSON API: destinations, leads, notes, callbacks."""

import pytest

from tests.http.json_site import JsonSite
from warmline.core.messages import events as ev
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.store.configuration import config
from warmline.store.leads import dnc, leads


def configure(site: JsonSite, kind: str, name: str, **options: str) -> None:
    config.create(site.database, kind, name, options, who="test")
    site.driver.feed(ev.ConfigurationChanged(site.driver.rules()))


def test_destinations_are_presets_in_groups_and_other_agents(site: JsonSite) -> None:
    configure(site, "preset", "BILLING", campaign="TESTCAMP", preset_number="8500", preset_name="Billing")
    configure(site, "campaign", "SHOP")
    configure(site, "preset", "OTHER", campaign="SHOP", preset_number="8501")
    site.driver.log_in("1001")
    told = site.ask("GET", "/agents/1000/destinations").body
    assert told["presets"] == [{"preset": "BILLING", "name": "Billing", "number": "8500"}]
    assert [(one["user"], one["state"]) for one in told["agents"]] == [("1001", "READY")]
    named = {one["ingroup"]: one["ready"] for one in told["ingroups"]}
    assert named["SALESLINE"] == 2 and "AGENTDIRECT" not in named and "CLOSEDLINE" not in named
    assert site.ask("GET", "/agents/1009/destinations").status == 404


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["Ada", "Charles"]),
        ("BYR", ["Ada"]),
        ("charles bab", ["Charles"]),
        ("babbage ch", ["Charles"]),
        ("(312) 555-01", ["Ada", "Charles"]),
        ("0199", ["Charles"]),
        ("%", []),
        ("12", []),
    ],
)
def test_an_agent_finds_the_leads_of_the_own_campaign(site: JsonSite, search: str, found: list[str]) -> None:
    configure(site, "list", "500", campaign="TESTCAMP")
    configure(site, "list", "501", campaign="TESTCAMP", active="N")
    configure(site, "campaign", "SHOP")
    configure(site, "list", "502", campaign="SHOP")
    for in_list, first, last, number in (
        ("500", "Ada", "Byron", "3125550100"),
        ("500", "Charles", "Babbage", "3125550199"),
        ("501", "Ida", "Byron", "3125550101"),
        ("502", "Eda", "Byron", "3125550102"),
    ):
        leads.create(
            site.database, in_list, {"first_name": first, "last_name": last, "phone_number": number}, who="test"
        )
    told = site.ask("GET", f"/agents/1000/leads?search={search.replace('%', '%25').replace(' ', '+')}")
    assert [one["first_name"] for one in told.body] == found
    if len(found) > 1:
        [first] = site.ask("GET", "/agents/1000/leads?limit=1").body
        [second] = site.ask("GET", f"/agents/1000/leads?after={first['lead_id']}").body
        assert (first["first_name"], second["first_name"]) == ("Ada", "Charles")


def test_an_agent_sees_before_dialling_that_a_lead_is_on_a_do_not_call_list(site: JsonSite) -> None:
    configure(site, "list", "500", campaign="TESTCAMP")
    configure(site, "campaign", "SHOP")
    for number in ("3125550100", "3125550101", "3125550102", "3125550103"):
        leads.create(site.database, "500", {"first_name": number[-1], "phone_number": number}, who="test")
    dnc.add(site.database, "+13125550101", who="test")
    dnc.add(site.database, "3125550102", "TESTCAMP", who="test")
    dnc.add(site.database, "3125550103", "SHOP", who="test")
    told = {one["first_name"]: one["do_not_call"] for one in site.ask("GET", "/agents/1000/leads").body}
    own = "the do-not-call list of campaign TESTCAMP"
    assert told == {"0": "", "1": "the system's do-not-call list", "2": own, "3": ""}


def test_a_campaign_can_hide_its_leads(site: JsonSite) -> None:
    site.driver.configure("campaigns", "TESTCAMP", agent_lead_list="N")
    told = site.ask("GET", "/agents/1000/leads")
    assert (told.status, told.body["code"]) == (403, "leads_hidden")
    assert "warmline campaign set TESTCAMP agent_lead_list=Y" in told.body["detail"]
    site.driver.configure("campaigns", "TESTCAMP", agent_lead_list="Y")
    assert site.ask("GET", "/agents/1000/leads").status == 200


def test_an_agent_changes_the_lead_on_the_screen_and_no_other(site: JsonSite) -> None:
    other = leads.create(site.database, "998", {"phone_number": "3125550150"}, who="test")
    site.customer()
    mine = site.driver.call().lead
    told = site.ask("PATCH", "/agents/1000/lead", {"lead_id": mine, "first_name": "Ada"})
    assert (told.status, told.body["first_name"]) == (200, "Ada")
    told = site.ask("PATCH", "/agents/1000/lead", {"lead_id": other, "first_name": "Eve"})
    assert (told.status, told.body["code"]) == (409, "lead_not_on_screen")
    assert leads.find(site.database, other)["first_name"] == ""
    told = site.ask("PATCH", "/agents/1000/lead", {"lead_id": mine, "first_name": "x" * 101})
    assert told.status == 422
    site.driver.hang_up("cust")
    told = site.ask("PATCH", "/agents/1000/lead", {"lead_id": mine, "last_name": "Byron"})
    assert (told.status, told.body["last_name"]) == (200, "Byron"), "until the disposition"
    site.ask("POST", "/agents/1000/disposition", {"status": "SALE"})
    assert site.ask("PATCH", "/agents/1000/lead", {"lead_id": mine, "last_name": "Late"}).status == 409


def test_notes_are_kept_as_they_are_typed(site: JsonSite) -> None:
    site.customer()
    told = site.ask("POST", "/agents/1000/notes", {"notes": "first line\nsecond"})
    assert (told.status, told.body["outcome"]) == (201, "completed")
    assert site.driver.session().after_call.draft == "first line\nsecond"
    assert site.ask("POST", "/agents/1000/notes", {"notes": "x" * 2001}).status == 422
    site.driver.hang_up("cust")
    site.ask("POST", "/agents/1000/disposition", {"status": "SALE"})
    entries = [one for one in site.driver.closed.values() if isinstance(one, DispositionEntry)]
    assert [one.notes for one in entries] == ["first line\nsecond"]
    assert site.ask("POST", "/agents/1000/notes", {"notes": "late"}).status == 409
