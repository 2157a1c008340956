"""Leads over HTTP: the lead of an agent's call, and the agent API's three functions."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from ari_app.http.v1 import live_leads
from tests.http.json_site import JsonSite
from tests.leads.no_numbers import NO_NUMBERS, OTHERS
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.permission import dial_facts_queries
from warmline.store.configuration import config
from warmline.store.database.database import StoreError
from warmline.store.leads import dnc, leads, list_change

CALLER = "3125550100"
ON_1000 = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000"}


def agc(site: JsonSite, function: str, **fields: str) -> str:
    """The agent API's answer."""

    async def ask() -> str:
        async with site.client.get("/agc/api.php", params=ON_1000 | {"function": function} | fields) as response:
            return str(await response.text())

    return site.do(ask())


def lead_of(site: JsonSite) -> Any:
    return leads.find(site.database, site.driver.call().lead)


def configure(site: JsonSite, kind: str, name: str, **options: str) -> None:
    """From now on."""
    config.set_options(site.database, kind, name, options, who="test")
    site.driver.feed(ev.ConfigurationChanged(site.driver.rules()))


def test_a_known_caller_has_the_existing_lead(site: JsonSite) -> None:
    known = leads.create(site.database, "998", {"phone_number": CALLER, "first_name": "Ada"}, who="test")
    call = site.customer()
    told = site.ask("GET", f"/calls/{call}/lead").body
    assert (told["lead"]["lead_id"], told["lead"]["first_name"], told["lead"]["called_count"]) == (known, "Ada", 1)
    assert (told["calls"], told["script"]) == ([], "")
    assert site.ask("GET", f"/calls/{call}").body["lead"] == known


def test_an_unknown_caller_has_a_new_lead_that_is_found_the_next_time(site: JsonSite) -> None:
    call = site.customer()
    first = lead_of(site)
    assert (first["list_id"], first["phone_number"], first["status"]) == ("999", CALLER, "INBND")
    site.driver.ask(Kind.HANGUP)
    site.driver.ask(Kind.STATUS, status="SALE")
    again = leads.find(site.database, first["lead_id"])
    assert (again["status"], again["user"], again["called_count"]) == ("SALE", "1000", 1)
    site.driver.customer(name="again")
    told = site.ask("GET", f"/calls/{site.driver.call().id}/lead").body
    assert told["lead"]["lead_id"] == first["lead_id"] and told["lead"]["called_count"] == 2
    assert [(one["id"], one["agent"], one["status"]) for one in told["calls"]] == [(call, "1000", "SALE")]


@pytest.mark.parametrize(("method", "new"), [("CIDLOOKUP", 0), ("CIDLOOKUPRL", 1), ("CID", 1), ("NONE", 0)])
def test_call_handle_method_chooses_the_lead(site: JsonSite, method: str, new: int) -> None:
    configure(site, "ingroup", "SALESLINE", call_handle_method=method)
    mine = leads.create(site.database, "998", {"phone_number": CALLER}, who="test")
    site.customer()
    assert len(leads.page(site.database)) == 1 + new
    assert site.driver.call().lead == {"CIDLOOKUP": mine, "NONE": 0}.get(method, mine + 1)


def test_no_caller_is_looked_for_in_a_list_that_is_not_active(site: JsonSite) -> None:
    leads.create(site.database, "998", {"phone_number": CALLER}, who="test")
    configure(site, "list", "998", active="N")
    site.customer()
    assert lead_of(site)["list_id"] == "999"


def test_a_customer_who_is_dialled_has_a_lead_and_the_same_one_the_next_time(site: JsonSite) -> None:
    site.ask("POST", "/agents/1000/pause")
    for count in (1, 2):
        assert site.ask("POST", "/agents/1000/dial", {"number": "8500"}).status == 201
        [made] = leads.page(site.database)
        assert site.driver.call().lead == made["lead_id"]
        assert (made["list_id"], made["phone_number"], made["status"]) == ("998", "8500", "NEW" if count == 1 else "NI")
        site.driver.wait(5)
        site.driver.ask(Kind.HANGUP)
        site.driver.ask(Kind.STATUS, status="NI")


def external_dial(site: JsonSite, **fields: str) -> str:
    """Return the answer without its time."""
    told = agc(site, "external_dial", **{"search": "NO", "preview": "NO", "focus": "NO"} | fields)
    return re.sub(r"\|\d{10}\|", "|E|", told)


def test_a_lead_is_dialled_at_the_number_that_was_chosen(site: JsonSite) -> None:
    given = {"phone_number": "8500", "alt_phone": "8501", "address3": "8502", "phone_code": ""}
    made = leads.create(site.database, "998", given, who="test")
    lead = {"lead_id": str(made)}
    site.ask("POST", "/agents/1000/pause")
    for chosen, number, told in [
        ({}, "8500", ""),
        ({"alt_dial": "ALT"}, "8501", "ALT"),
        ({"alt_dial": "ADDR3"}, "8502", "ADDR3"),
        ({"alt_dial": "SEARCH", "value": "8501"}, "8501", "ALT"),
        ({"value": "12345"}, "8500", ""),
    ]:
        said = external_dial(site, **lead, **chosen)
        assert said == f"SUCCESS: external_dial function set - {number}|1000||NO|NO|NO||E||||{told}\n"
        assert (site.driver.call().number, site.driver.call().lead) == (number, made)
        site.driver.wait(1)
        site.driver.ask(Kind.HANGUP)
        site.driver.ask(Kind.STATUS, status="NI")
    assert len(leads.page(site.database)) == 1


def test_a_lead_that_cannot_be_dialled(site: JsonSite) -> None:
    made = str(leads.create(site.database, "998", {"phone_number": "8500"}, who="test"))
    site.ask("POST", "/agents/1000/pause")
    assert external_dial(site, lead_id="77") == "ERROR: lead_id is not valid - 1000|77\n"
    told = external_dial(site, lead_id=made, alt_dial="ALT")
    assert told == f"ERROR: phone number is not valid - 1000||{made}|ALT\n"
    odd = str(leads.create(site.database, "998", {"phone_number": "8501", "alt_phone": "030 12 ext 5"}, who="test"))
    told = external_dial(site, lead_id=odd, alt_dial="ALT")
    assert told == f"ERROR: phone number is not valid - 1000||{odd}|ALT\n", "030125 is another number"
    told = external_dial(site, lead_id=made, alt_dial="SEARCH", value="8502")
    assert told == f"ERROR: phone number lead_id search not found - 1000||{made}|\n"
    assert site.board.given[1:] == []


@pytest.mark.parametrize("impossible", ["ERROR", "SUCCESS"])
def test_leads_are_not_read_one_by_one(site: JsonSite, monkeypatch: pytest.MonkeyPatch, impossible: str) -> None:
    """Previews count against daily_limit_manual; a refusal shows no number, whatever api_impossible is."""
    monkeypatch.setattr(dial_facts_queries, "find_midnight_us", lambda now, zone: 1)
    numbers = ("5550001", "5550002", "5550003")
    made = [leads.create(site.database, "998", {"phone_number": number}, who="test") for number in numbers]
    site.ask("POST", "/agents/1000/pause")
    configure(site, "campaign", "TESTCAMP", daily_limit_manual="1")
    rules = replace(site.driver.world.rules, api_impossible=impossible)
    site.driver.feed(ev.ConfigurationChanged(rules))
    assert "5550001" in external_dial(site, lead_id=str(made[0]), preview="YES")
    for lead in made[1:]:
        for preview in ("YES", "NO"):
            said = external_dial(site, lead_id=str(lead), preview=preview)
            assert said.startswith("ERROR: external_dial 1 parties have been dialled or looked at today already")
            assert "555000" not in said


def test_a_lead_that_is_looked_at_first(site: JsonSite) -> None:
    made = leads.create(site.database, "998", {"phone_number": "500", "phone_code": "8"}, who="test")
    site.ask("POST", "/agents/1000/pause")
    configure(site, "campaign", "TESTCAMP", manual_preview_dial="PREVIEW_AND_SKIP")
    said = external_dial(site, lead_id=str(made), preview="YES")
    assert said == "SUCCESS: external_dial function set - 500|1000|8|NO|YES|NO||E||||\n"
    shown = site.driver.session().previewed
    assert shown and (shown.number, shown.lead) == ("8500", made)
    assert agc(site, "preview_dial_action", value="SKIP").startswith("SUCCESS")
    assert site.driver.session().previewed is None
    external_dial(site, lead_id=str(made), preview="YES")
    assert agc(site, "preview_dial_action", value="DIALONLY").startswith("SUCCESS")
    assert (site.driver.call().number, site.driver.call().lead) == ("8500", made)


def test_the_script_is_filled_in(site: JsonSite) -> None:
    text = "Hello --A--first_name--B--, I am --A--user--B-- for --A--group--B--. --A--nonsense--B--"
    config.create(site.database, "script", "HELLO", {"script_text": text}, who="test")
    configure(site, "campaign", "TESTCAMP", campaign_script="HELLO")
    leads.create(site.database, "998", {"phone_number": CALLER, "first_name": "Ada"}, who="test")
    call = site.customer()
    said = site.ask("GET", f"/calls/{call}/lead").body["script"]
    assert said == "Hello Ada, I am 1000 for SALESLINE. "
    configure(site, "script", "HELLO", active="N")
    assert site.ask("GET", f"/calls/{call}/lead").body["script"] == ""


def test_the_agent_sees_the_customer_until_the_disposition(site: JsonSite) -> None:
    text = "--A--first_name--B-- of --A--group--B--, --A--fullname--B-- --A--user--B--, --A--call_id--B--"
    config.create(site.database, "script", "HELLO", {"script_text": text}, who="t")
    configure(site, "campaign", "TESTCAMP", campaign_script="HELLO")
    for agent, name in (("1000", "Alex"), ("1001", "Bea")):
        site.driver.configure("agents", agent, full_name=name)
    known = leads.create(site.database, "998", {"phone_number": CALLER, "first_name": "Ada"}, who="test")
    nobody = site.ask("GET", "/agents/1000/lead")
    assert (nobody.status, nobody.body["detail"]) == (404, "agent '1000' has no customer now")
    first = site.customer()
    in_call = site.ask("GET", "/agents/1000/lead").body
    assert in_call == site.ask("GET", f"/calls/{first}/lead").body
    named = site.driver.call().agc_id
    assert (in_call["lead"]["lead_id"], in_call["script"]) == (known, f"Ada of SALESLINE, Alex 1000, {named}")
    site.driver.log_in("1001")
    site.driver.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="AGENTDIRECT", to_agent="1001")
    site.driver.wait(5)
    seen = site.ask("GET", "/agents/1001/lead").body["script"]
    assert seen == f"Ada of SALESLINE, Bea 1001, {named}", "a three-way call: the script of the second agent"
    site.driver.ask(Kind.HANGUP_XFER)
    site.driver.wait(5)
    site.driver.ask(Kind.HANGUP)
    assert site.ask("GET", f"/calls/{first}/lead").status == 404
    after = site.ask("GET", "/agents/1000/lead").body
    assert (after["lead"]["first_name"], after["calls"]) == ("Ada", [])
    assert after["script"] == f"Ada of SALESLINE, Alex 1000, {named}", "no raw name in the wrap-up"
    site.ask("POST", "/agents/1000/disposition", {"status": "NI", "notes": "has one already"})
    assert site.ask("GET", "/agents/1000/lead").status == 404
    site.driver.customer(name="again")
    [past] = site.ask("GET", "/agents/1000/lead").body["calls"]
    assert (past["id"], past["status"], past["notes"]) == (first, "NI", "has one already")
    assert site.ask("GET", "/agents/9999/lead").status == 404


@pytest.mark.parametrize(("written", "status"), [(1, 201), (1.0, 201), (1.5, 422), (0, 422), ("1", 422), (2, 404)])
def test_a_lead_is_dialled_by_its_id(site: JsonSite, written: object, status: int) -> None:
    made = leads.create(site.database, "998", {"phone_number": "8500"}, who="test")
    assert site.ask("POST", "/agents/1000/dial", {"lead": written}).status == status
    assert [one.lead for one in site.driver.world.calls.values()] == ([made] if status == 201 else [])


def test_leads_are_found_by_number_and_id(site: JsonSite) -> None:
    configure(site, "list", "998", country="US")
    made = leads.create(site.database, "998", {"phone_number": "(312) 555-0187"}, who="test")
    for number in ("3125550187", "%2B13125550187", "13125550187"):
        assert [one["lead_id"] for one in site.ask("GET", f"/leads?number={number}").body] == [made]
    assert site.ask("GET", "/leads?number=3125550187&list=999").body == []
    assert site.ask("GET", f"/leads/{made}").body["lead"]["phone_code"] == "1"
    for wrong in ("/leads/0", "/leads/x", "/leads/" + "9" * 30):
        assert site.ask("GET", wrong).status == 404
    assert [one["lead_id"] for one in site.ask("GET", "/leads?list=998").body] == [made]
    for wrong in ("/leads?number=", "/leads?number=x", "/leads?nummer=1"):
        assert site.ask("GET", wrong).status == 422


def test_update_fields_changes_the_lead_on_the_screen(site: JsonSite) -> None:
    assert agc(site, "update_fields", agent_user="") == "ERROR: agent_user not valid - \n"
    nobody = "ERROR: agent_user does not have a lead on their screen - 1000\n"
    assert agc(site, "update_fields", city="X") == nobody
    site.customer()
    lead = site.driver.call().lead
    assert agc(site, "update_fields") == "ERROR: no fields have been defined - 1000\n"
    assert agc(site, "update_fields", last_name="O'Neil", city="New+York", address2="") == (
        f"SUCCESS: update_fields lead updated - 6666|1000|{lead}|1|1|address2,city,last_name"
        '|address2="",city="New York",last_name="O\'Neil"|\n'
    )
    assert (lead_of(site)["last_name"], lead_of(site)["city"]) == ("O'Neil", "New York")
    assert "|0|1|city|" in agc(site, "update_fields", city="New York")
    assert "phone_number '1' needs 2 to 18 digits" in agc(site, "update_fields", phone_number="1")
    site.driver.ask(Kind.HANGUP)
    assert f"|{lead}|1|1|comments|" in agc(site, "update_fields", comments="after the call")
    assert leads.find(site.database, lead)["comments"] == "after the call"


def test_letters_beyond_ascii_come_through_as_they_are(site: JsonSite) -> None:
    site.customer()
    lead = site.driver.call().lead
    assert agc(site, "update_fields", city="München", first_name="Zoë", comments="Ελλάδα\n東京") == (
        f"SUCCESS: update_fields lead updated - 6666|1000|{lead}|1|1|city,comments,first_name"
        '|city="München",comments="Ελλάδα\n東京",first_name="Zoë"|\n'
    )
    told = site.ask("GET", f"/leads/{lead}").body["lead"]
    assert (told["city"], told["first_name"], told["comments"]) == ("München", "Zoë", "Ελλάδα\n東京")
    site.driver.ask(Kind.HANGUP)
    more = {"callback_datetime": "2027-12-01 10:00:00", "callback_comments": "Rückruf bei Müller"}
    told = "SUCCESS: external_status function set - CALLBK!2027-12-01 10:00:00!ANYONE!Rückruf bei Müller!|1000\n"
    assert agc(site, "external_status", value="CALLBK", **more) == told
    assert [one["comments"] for one in site.ask("GET", "/callbacks").body] == ["Rückruf bei Müller"]
    number = agc(site, "external_add_lead", value="3125550199", phone_code="1", last_name="Łódź").split("|")[3]
    assert leads.find(site.database, int(number))["last_name"] == "Łódź"


def test_the_lead_of_a_crms_agent(site: JsonSite) -> None:
    configure(site, "agent", "1000", custom_three="CRM1000")
    configure(site, "agent", "1001", custom_three="CRM1001")
    function = "st_get_agent_active_lead"

    def told(value: str, vendor_id: str = "207") -> str:
        return agc(site, function, value=value, vendor_id=vendor_id)

    assert told("CRM1000", "") == f"ERROR: {function} not valid - CRM1000|\n"
    assert told("") == f"ERROR: {function} not valid - |207\n"
    assert told("CRM7") == "ERROR: no user found - CRM7\n"
    assert told("CRM1001") == "ERROR: user not logged in - 1001\n"
    assert told("CRM1000") == "ERROR: no active lead found - 1000\n"
    site.customer()
    lead = site.driver.call().lead
    agc(site, "update_fields", vendor_lead_code="V-1", province="SK", security_phrase="WILLIAMS", source_id="SRC1")
    found = f"SUCCESS: {function} lead found - 1000|{CALLER}|{lead}|V-1|SK|WILLIAMS|SRC1\n"
    assert told("CRM1000") == told("crm1000") == found
    site.driver.ask(Kind.HANGUP)
    assert told("CRM1000") == found, "until its disposition is given"
    site.driver.ask(Kind.STATUS, status="A")
    assert told("CRM1000") == "ERROR: no active lead found - 1000\n"


def test_switch_lead_changes_the_lead_of_the_call(site: JsonSite) -> None:
    other = leads.create(site.database, "998", {"phone_number": "8005551234", "vendor_lead_code": "V7"}, who="test")
    assert agc(site, "switch_lead") == "ERROR: switch_lead not valid - ||1000\n"
    assert agc(site, "switch_lead", lead_id="0") == "ERROR: switch_lead not valid - 0||1000\n"
    assert agc(site, "switch_lead", lead_id="1") == "ERROR: agent_user does not have a live call - 1000\n"
    site.customer()
    first = site.driver.call().lead
    refused = agc(site, "switch_lead", lead_id=str(other))
    assert refused == "ERROR: campaign does not allow inbound lead search - 1000|TESTCAMP\n"
    configure(site, "campaign", "TESTCAMP", agent_lead_search="LIVE_CALL_INBOUND")
    assert agc(site, "switch_lead", lead_id="999") == "ERROR: switch-to lead not found - 1000|999|\n"
    done = agc(site, "switch_lead", vendor_lead_code="V7", lead_id="999")
    assert done == f"SUCCESS: switch_lead function set - 1000|{other}|V7|TESTCAMP|{first}|\n"
    assert site.driver.call().lead == other
    assert site.driver.receipt(site.board.given[-1]).kind is Kind.SWITCH_LEAD


def test_external_add_lead(site: JsonSite) -> None:
    given = {"phone_code": "1", "value": "8005551234"}
    not_valid = "ERROR: external_add_lead not valid - 8005551234||1000|\n"
    assert agc(site, "external_add_lead", value="8005551234") == not_valid
    said = agc(site, "external_add_lead", **given, first_name="Ada", vendor_id="V9")
    [made] = leads.page(site.database)
    assert said == f"SUCCESS: lead added - 8005551234|TESTCAMP|998|{made['lead_id']}|1000\n"
    assert (made["first_name"], made["vendor_lead_code"], made["phone_code"]) == ("Ada", "V9", "1")
    assert (made["status"], made["user"]) == ("NEW", "6666")
    dnc.add(site.database, "18005551234", who="test")
    listed = "ERROR: add_lead PHONE NUMBER IN DNC - 8005551234|1000\n"
    assert agc(site, "external_add_lead", **given, dnc_check="YES") == listed
    assert agc(site, "external_add_lead", **given, campaign_dnc_check="Y").startswith("SUCCESS")
    dnc.add(site.database, "8005551234", "TESTCAMP", who="test")
    own = "ERROR: add_lead PHONE NUMBER IN CAMPAIGN DNC - 8005551234|TESTCAMP|1000\n"
    assert agc(site, "external_add_lead", **given, campaign_dnc_check="Y") == own
    assert agc(site, "external_add_lead", **given, campaign_dnc_check="Y", dnc_check="Y") == listed + own
    number = {"phone_code": "1", "phone_number": "*#12"}
    assert agc(site, "external_add_lead", **number) == "ERROR: lead insertion failed - *#12|TESTCAMP|998|1000\n"


def test_a_database_that_cannot_be_written_is_said(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> int:
        raise StoreError("write_failed", "full")

    monkeypatch.setattr(leads, "put", broken)
    said = agc(site, "external_add_lead", phone_code="1", value="8005551234")
    assert said == "ERROR: external_add_lead leads cannot be read or written - 1000\n"


@pytest.mark.parametrize("restarted", [False, True])
def test_the_same_request_makes_one_lead(site: JsonSite, restarted: bool) -> None:
    asked = {"phone_code": "1", "value": "7275551212", "first_name": "Ada", "dnc_check": "YES", "idempotency_key": "k"}
    first = agc(site, "external_add_lead", **asked)
    assert first.startswith("SUCCESS: lead added - 7275551212|")
    if restarted:
        site.stop()
        site.start()
    dnc.add(site.database, "7275551212", "", who="test")
    assert agc(site, "external_add_lead", **asked) == first
    other = agc(site, "external_add_lead", **asked | {"first_name": "Grace"})
    assert other == "ERROR: external_add_lead idempotency_key belongs to another request - 7275551212|1000\n"
    assert len(leads.page(site.database)) == 1
    list_change.delete_one(site.database, leads.page(site.database)[0]["lead_id"], who="test")
    assert leads.page(site.database) == []


def test_the_customer_on_the_screen_comes_with_the_filled_web_forms(site: JsonSite) -> None:
    address = "https://crm.example:8443/?id=--A--lead_id--B--&n=--A--first_name--B--&q=--A--group--B--&u=--A--user--B--"
    address += "&p=--A--Plan--B--"
    given = {"web_form_address": address, "web_form_target": "PANEL", "get_call_launch": "WEBFORM"}
    config.set_options(site.database, "campaign", "TESTCAMP", given, who="test")
    config.set_options(site.database, "list", "998", {"custom_fields": "plan"}, who="test")
    fields = {"phone_number": CALLER, "first_name": 'A&"', "plan": "gold"}
    lead = leads.create(site.database, "998", fields, who="test")
    site.customer()
    form = {
        "option": "web_form_address",
        "address": f"https://crm.example:8443/?id={lead}&n=A%26%22&q=SALESLINE&u=1000&p=gold",
        "target": "PANEL",
        "opens": True,
    }
    assert site.ask("GET", "/agents/1000/lead").body["web_forms"] == [form]
    assert site.ask("GET", "/agents/1000/screen").body["web_forms"] == [form]


def test_a_caller_without_a_number_has_nobodys_lead(site: JsonSite) -> None:
    for number in OTHERS:
        leads.create(site.database, "998", {"phone_number": number.zfill(2)}, who="test")
        dnc.add(site.database, number.zfill(2), who="test")
    before = leads.page(site.database)
    for text in NO_NUMBERS:
        site.driver.asterisk.come_in(text, "ingroup", "SALESLINE", number=text)
        site.driver.pump()
        call = site.driver.call()
        shown = site.ask("GET", "/agents/1000/lead").body
        assert (call.lead, call.number, shown["lead"], shown["do_not_call"]) == (0, text, None, ""), text
        facts = live_leads.facts(call, site.driver.world, None)
        assert facts["phone_number"] == text, "as web forms and scripts have it"
        quoted = quote(text, safe="")
        for path in (f"/leads?number={quoted}", f"/dnc?number={quoted}"):
            assert site.ask("GET", path).status == 422, path
        assert site.ask("POST", "/dnc/check", {"phone_numbers": [text]}).status == 422
        assert agc(site, "external_dial", value=text, search="NO", preview="NO", focus="NO").startswith("ERROR"), text
        site.driver.ask(Kind.HANGUP)
        site.driver.ask(Kind.STATUS, status="SALE")
    assert leads.page(site.database) == before
