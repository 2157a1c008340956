"""Dispositions and pause codes over the JSON API: choices, refusals, and corrections."""

import os
from datetime import datetime, timedelta

import pytest

from tests.http.json_site import JsonSite
from tests.wording.said import said
from warmline.core.messages import events as ev
from warmline.core.model.call_states import AgentState
from warmline.store.calls import call_story
from warmline.store.configuration import config
from warmline.store.journal.replay import replay


def configure(site: JsonSite, kind: str, name: str, **options: str) -> None:
    config.create(site.database, kind, name, options, who="test")
    reload(site)


def reload(site: JsonSite) -> None:
    site.driver.feed(ev.ConfigurationChanged(site.driver.rules()))


def call_over(site: JsonSite) -> str:
    """Return a call whose customer has hung up, with its agent in DISPO."""
    call = site.customer()
    site.driver.hang_up("cust")
    assert site.driver.session().state is AgentState.DISPO
    return call


def dispose(site: JsonSite, **body: str | bool) -> tuple[int, str]:
    told = site.ask("POST", "/agents/1000/disposition", body)
    return told.status, told.body.get("detail", "")


def correct(site: JsonSite, call: str, **headers: str) -> tuple[int, str]:
    body = {"status": headers.pop("status", "NI"), "why": headers.pop("why", "taken back")}
    told = site.ask("POST", f"/calls/{call}/disposition", body, **headers)
    return told.status, told.body.get("detail", "")


def test_a_code_that_cannot_be_chosen_changes_nothing(site: JsonSite) -> None:
    configure(site, "disposition", "OTHERS", ingroups="SUPPORTLINE")
    configure(site, "disposition", "NOTED", notes_required="Y")
    call_over(site)
    other, hint = {"ingroup": "SALESLINE", "hint": ": did you mean OTHER?"}, ": did you mean SALE?"
    refusals = {
        "SALES": said("disposition_unknown", status="SALES", hint=hint),
        "sale": said("disposition_unknown", status="sale", hint=hint),
        "QQQQQQ": said("disposition_unknown", status="QQQQQQ", hint=""),
        "DISMX": said("disposition_not_selectable", status="DISMX", hint=""),
        "NA": said("disposition_of_other_direction", status="NA", direction="outbound", hint=""),
        "OTHERS": said("disposition_of_other_ingroups", status="OTHERS", **other),
        "NOTED": said("disposition_without_notes", status="NOTED"),
    }
    told = {code: dispose(site, status=code) for code in refusals}
    assert told == {code: (409, why) for code, why in refusals.items()}
    assert site.driver.session().state is AgentState.DISPO


def test_notes_are_kept_with_the_code(site: JsonSite) -> None:
    call = call_over(site)
    assert dispose(site, status="SALE", notes="two of them\n\tin blue")[0] == 201
    [entry] = call_story.story(site.database, call).dispositions
    assert (entry["status"], entry["notes"], entry["by"]) == ("SALE", "two of them\n\tin blue", "token:local")


@pytest.mark.parametrize(
    ("command", "body"), [("disposition", {"status": "NI"}), ("notes", {"notes": "late"}), ("hangup", {}), ("hold", {})]
)
def test_a_command_that_comes_late_does_not_reach_the_next_customer(
    site: JsonSite, command: str, body: dict[str, str]
) -> None:
    first = call_over(site)
    dispose(site, status="SALE")
    site.driver.customer(name="second")
    second = site.driver.session().call
    before, receipts = site.driver.session(), len(site.driver.world.receipts)
    for call in (first, "0" * 26):
        assert site.ask("POST", f"/agents/1000/{command}?call={call}", body).status == 409
    assert site.driver.session() == before and site.driver.world.calls[second or ""].customer
    assert len(site.driver.world.receipts) <= receipts + 1, "none in the call of somebody else"
    for no_id in ("first", ""):
        wrong = site.ask("POST", f"/agents/1000/{command}?call={no_id}", body)
        assert (wrong.status, wrong.body["errors"][0]["field"]) == (422, "call")
    assert site.ask("POST", f"/agents/1000/{command}?call={second}", body).status == 201


def test_pause_codes_are_listed_and_required(site: JsonSite) -> None:
    configure(site, "pause-code", "LUNCH", pause_code_name="Lunch break", billable="HALF", time_limit="1800")
    assert site.ask("POST", "/agents/1000/pause", {"pause_code": "ANY"}).status == 201
    config.set_options(site.database, "campaign", "TESTCAMP", {"agent_pause_codes_active": "FORCE"}, who="test")
    reload(site)
    assert site.ask("POST", "/agents/1000/pause").body["detail"] == (
        "campaign TESTCAMP wants a pause code: there are LUNCH"
    )
    assert site.ask("POST", "/agents/1000/pause", {"pause_code": "LUNHC"}).body["detail"] == (
        "there is no pause code LUNHC for campaign TESTCAMP: did you mean LUNCH?"
    )
    assert site.ask("POST", "/agents/1000/pause", {"pause_code": "LUNCH"}).status == 201
    [agent] = site.ask("GET", "/overview").body["agents"]
    assert (agent["pause_code"], agent["pause_code_name"]) == ("LUNCH", "Lunch break")
    late = datetime.fromisoformat(agent["since"]) + timedelta(seconds=1800)
    assert agent["long"] is None and datetime.fromisoformat(agent["late"]) == late
    assert site.ask("GET", "/agents/1000/screen").body["agent"]["allowed_until"] == agent["late"]
    assert site.ask("GET", "/agents/1000/pause-codes").body == [
        {"pause_code": "LUNCH", "pause_code_name": "Lunch break", "billable": "HALF", "time_limit": 1800}
    ]


def test_a_correction_of_an_ended_call_records_client_and_reason(site: JsonSite) -> None:
    call = call_over(site)
    assert correct(site, call) == (409, said("correction_too_early", agent="1000"))
    dispose(site, status="SALE")
    assert correct(site, call, Warmline_User="ada") == (201, "")
    story = call_story.story(site.database, call)
    assert story.call and story.call["status"] == "NI"
    assert [(one["status"], one["by"], one["notes"], one["correction"]) for one in story.dispositions] == [
        ("SALE", "token:local", "", 0),
        ("NI", f"local:ada (uid {os.getuid()})", "taken back", 1),
    ]
    assert replay(site.database).differences == []


def undo(site: JsonSite, **headers: str) -> tuple[int, str]:
    told = site.ask("POST", "/agents/1000/undo-disposition", **headers)
    return told.status, told.body.get("detail", "")


def shown(site: JsonSite) -> tuple[str, str, bool, bool]:
    """Return the agent's state and code, whether it can be undone, and whether the screen has the end of that."""
    screen = site.ask("GET", "/agents/1000/screen").body
    allowed, last = screen["commands"]["undo-disposition"]["allowed"], screen["last"]
    return screen["agent"]["state"], last["status"], allowed, last["undo_until"] is not None


def test_a_code_with_undo_is_taken_back_with_its_row_and_keeps_do_not_call(site: JsonSite) -> None:
    call = call_over(site)
    assert dispose(site, status="DNC", notes="never again", undo=True)[0] == 201
    assert site.ask("GET", "/agents/1000").body["last_status"] == "DNC"
    assert shown(site) == ("READY", "DNC", True, True)
    for _ in range(2):
        assert undo(site, Idempotency_Key="k") == (201, "")
    assert undo(site) == (409, said("disposition_undo_over"))
    assert shown(site) == ("DISPO", "", False, False)
    assert site.ask("GET", "/agents/1000/screen").body["notes"] == "never again"
    story = call_story.story(site.database, call)
    assert story.dispositions == [] and story.call and story.call["status"] == ""
    assert site.driver.journal.execute("SELECT why FROM dnc").fetchall() == [("DNC",)]
    assert dispose(site, status="SALE", undo=True)[0] == 201
    site.driver.wait(10)
    assert undo(site) == (409, said("disposition_undo_over"))
    assert shown(site) == ("READY", "SALE", False, False)
    story = call_story.story(site.database, call)
    assert [row["status"] for row in story.dispositions] == ["SALE"] and story.call and story.call["status"] == "SALE"
    assert replay(site.database).differences == []


def test_by_its_agent_api_id_and_once_by_key(site: JsonSite) -> None:
    call = call_over(site)
    dispose(site, status="SALE")
    found = call_story.story(site.database, call).call
    assert found
    for _ in range(2):
        assert correct(site, found["agc_id"], Idempotency_Key="k") == (201, "")
    assert len(call_story.story(site.database, call).dispositions) == 2


def test_a_correction_that_cannot_be(site: JsonSite) -> None:
    call = call_over(site)
    dispose(site, status="SALE")
    assert correct(site, "01JZZZ", status="NI") == (404, said("call_unknown", call="01JZZZ"))
    hint = ": did you mean SALE?"
    assert correct(site, call, status="SALES") == (409, said("disposition_unknown", status="SALES", hint=hint))
    assert correct(site, call, status="DROP") == (409, said("disposition_not_selectable", status="DROP", hint=""))
    for why in ("", " ", "two\nlines", "x" * 201):
        assert correct(site, call, why=why)[0] == 422
    assert len(call_story.story(site.database, call).dispositions) == 1


def test_only_the_local_token_may_name_the_user(site: JsonSite) -> None:
    token = "t" * 43
    config.create(site.database, "api-token", "crm", {"scopes": "calls:write", "token": token}, who="test")
    call = call_over(site)
    dispose(site, status="SALE")
    body = {"status": "NI", "why": "taken back"}
    told = site.ask("POST", f"/calls/{call}/disposition", body, token=token, Warmline_User="ada")
    assert (told.status, told.body["by"]) == (201, "token:crm")
