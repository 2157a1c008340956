"""The screen of an agent and the overview, as programs read them."""

import msgspec

from ari_app.http.screen.screen_views import ScreenViews
from tests.http.json_site import JsonSite
from tests.wording.said import said
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.process_messages import ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.configuration import config
from warmline.store.leads import leads


def test_an_agent_who_is_logged_out_may_log_in(site: JsonSite) -> None:
    told = site.ask("GET", "/agents/1001/screen").body
    assert told["agent"]["state"] == "LOGGED OUT" and told["agent"]["since"] is None
    assert told["commands"]["login"] == {"allowed": True}
    assert told["commands"]["pause"] == {"allowed": False, "code": "agent_logged_out", "why": said("agent_logged_out")}
    assert told["call"] is None and told["hears"] == [] and told["lead"] is None and told["today"] is None
    assert told["server"] == {"connected": True, "asterisk": True, "storage": None}


def test_an_agent_in_a_call_sees_the_call_and_the_allowed_commands(site: JsonSite) -> None:
    call = site.customer()
    told = site.ask("GET", "/agents/1000/screen").body
    assert (told["agent"]["state"], told["call"]["id"], told["call"]["state"]) == ("INCALL", call, "talking")
    assert told["call"]["recording"]["why"] and told["call"]["third"] is None
    assert [(one["party"], one["hears"]) for one in told["hears"]] == [
        ("agent", ["customer"]),
        ("customer", ["agent"]),
    ]
    assert told["commands"]["hold"] == told["commands"]["BLIND_TRANSFER"] == {"allowed": True}
    assert told["commands"]["unhold"]["code"] == "customer_not_parked"
    phone = {"kind": "sip", "name": "1000", "up": True, "wanted": False, "page": None, "why": ""}
    assert told["agent"]["phone"] == phone


def test_a_phone_that_stays_on_one_of_several_servers_is_refused_on_screen_and_in_the_answer(site: JsonSite) -> None:
    assert site.ask("GET", "/agents/1001/screen").body["agent"]["phone"]["why"] == ""
    site.driver.feed(ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight("b", 10))))
    why = said("nailed_up_servers", agent="1001", campaign="TESTCAMP")
    assert site.ask("GET", "/agents/1001/screen").body["agent"]["phone"]["why"] == why
    told = site.ask("POST", "/agents/1001/login", {})
    assert (told.status, told.body["code"], told.body["detail"]) == (409, "nailed_up_servers", why)


def test_each_part_of_the_call_is_told(site: JsonSite) -> None:
    site.customer()
    site.driver.ask(Kind.PARK_CUSTOMER_DIAL, number="8500")
    site.driver.wait(1)
    told = site.ask("GET", "/agents/1000/screen").body
    third = told["call"]["third"]
    assert (told["call"]["state"], third["number"], third["phase"]) == ("consulting", "8500", "up")
    assert {one["party"]: one["music"] for one in told["hears"]} == {"agent": False, "customer": True, "third": False}
    site.driver.ask(Kind.HANGUP_XFER)
    site.driver.log_in("1001")
    site.driver.ask(Kind.PARK_CUSTOMER_DIAL, ingroup="AGENTDIRECT", to_agent="1001")
    site.driver.wait(3)
    own, other = (site.ask("GET", f"/agents/{user}/screen").body["call"]["third"] for user in ("1000", "1001"))
    assert (own["name"], own["phase"], own["has_call"]) == ("1001", "up", False)
    assert (other["name"], other["phase"], other["has_call"]) == ("1000", "up", True)
    assert own["since"] == site.ask("GET", "/agents/1001/screen").body["agent"]["since"], "not since the line is up"


def test_the_name_that_came_with_the_call_is_told(site: JsonSite) -> None:
    name = "Casey <img src=x>" + "x" * 100
    site.driver.feed(LegArrived("named", ("ingroup", "SALESLINE"), number="3125550007", caller_name=name, up=True))
    told = site.ask("GET", "/agents/1000/screen").body
    assert (told["call"]["customer"], told["call"]["customer_name"]) == ("3125550007", name[:80])


def test_the_line_of_callers_is_told_to_its_agents(site: JsonSite) -> None:
    site.driver.ask(Kind.PAUSE)
    site.driver.customer()
    [queue, *_] = site.ask("GET", "/agents/1000/screen").body["queues"]
    assert (queue["ingroup"], queue["waiting"]) == ("SALESLINE", 1)
    overview = site.ask("GET", "/overview").body
    assert [one["waiting"] for one in overview["ingroups"] if one["ingroup"] == "SALESLINE"] == [1]
    assert [one["since"] for one in overview["waiting"]] == [queue["longest_since"]]


def test_the_customers_lead_and_script_are_told(site: JsonSite) -> None:
    config.create(site.database, "list", "101", {}, who="test")
    lead = leads.create(site.database, "101", {"phone_number": "3125550100", "first_name": "Ada"}, who="test")
    config.create(site.database, "script", "HELLO", {"script_text": "Hello --A--first_name--B--"}, who="test")
    site.driver.configure("campaigns", "TESTCAMP", campaign_script="HELLO")
    site.customer()
    site.driver.ask(Kind.SWITCH_LEAD, lead=lead)
    told = site.ask("GET", "/agents/1000/screen").body
    assert told["lead"]["lead_id"] == lead and told["script"] == "Hello Ada"
    assert {"name": "first_name", "label": "first name", "longest": 100, "value": "Ada"} in told["lead"]["fields"]


def test_a_changed_lead_is_read_again(site: JsonSite) -> None:
    config.create(site.database, "list", "101", {}, who="test")
    lead = leads.create(site.database, "101", {"phone_number": "3125550100", "first_name": "Ada"}, who="test")
    site.customer()
    site.driver.ask(Kind.SWITCH_LEAD, lead=lead)

    async def read() -> list[str]:
        found = []
        with ScreenViews.of(site.api).agent("1000") as (view, _):
            for name in ("Grace", "Ada"):
                await view.read()
                fields = msgspec.json.decode(view.sections()["lead"])["fields"]
                found += [one["value"] for one in fields if one["name"] == "first_name"]
                await site.asking("PATCH", f"/leads/{lead}", {"first_name": name})
        return found

    assert site.do(read()) == ["Ada", "Grace"]


def test_the_verdict_of_machine_detection_is_told(site: JsonSite) -> None:
    lab = site.driver
    lab.configure("campaigns", "TESTCAMP", amd="MARK", dial_method="PROGRESSIVE", campaign_cid="3125550199")
    lab.configure("campaigns", "TESTCAMP", safe_harbor_audio="sorry-nobody")
    lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP")
    lab.asterisk.machines["5551234"] = (2.5, "MACHINE MAXWORDS-3-3")
    lead = DialLead(1, "998", "5551234", open_until=lab.asterisk.now + 3_600_000_000)
    lab.feed(PacingDecided("TESTCAMP", (lead,), ready=1))
    lab.wait(3)
    assert site.ask("GET", "/agents/1000/screen").body["call"]["amd"] == ""
    lab.wait(3)
    told = site.ask("GET", "/agents/1000/screen").body["call"]
    assert (told["state"], told["amd"]) == ("talking", "MACHINE")
