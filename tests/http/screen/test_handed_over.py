"""What an agent knew of a customer is on the screen of each agent who has the customer with or after them."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from rich.console import Console

from ari_app.http.screen.screen_views import ScreenViews
from cli.timeline import timeline_page
from tests.http.json_site import JsonSite
from warmline.core.messages.commands import Kind
from warmline.core.model.webhook import Webhook, WebhookTrigger
from warmline.store.calls import call_story
from warmline.store.configuration import config
from warmline.store.database.errors import Conflict
from warmline.store.lookups import webhook_values
from warmline.store.privacy import erasure

Told = tuple[str, str, str]
WISH = "Wants 200 EUR back, order 4711"


def brief(agents: list[dict[str, Any]]) -> list[Told]:
    """Return user, code and notes of agents."""
    return [(one["user"], one["status_name"], one["notes"]) for one in agents]


def shown(site: JsonSite, user: str) -> list[Told]:
    return brief(site.ask("GET", f"/agents/{user}/screen").body["handed_over"])


def dumped(site: JsonSite) -> str:
    """Return the whole database as text."""
    with closing(sqlite3.connect(site.database)) as db:
        return "\n".join(db.iterdump())


def page_of(site: JsonSite, call: str) -> str:
    """Return what `warmline audit call` prints."""
    console = Console(width=160, color_system=None)
    with console.capture() as printed:
        timeline_page.print_page(call_story.story(site.database, call), console)
    return printed.get()


def test_the_receiver_sees_it_in_the_consultation_after_the_leave_and_at_the_next_call(site: JsonSite) -> None:
    config.set_options(site.database, "agent", "1000", {"full_name": "Alex Agent"}, who="test")
    form = "https://crm.example/?f=--A--fronter_name--B--&n=--A--fronter_notes--B--"
    config.set_options(site.database, "campaign", "TESTCAMP", {"web_form_address": form}, who="test")
    call = site.customer()
    site.driver.log_in("1001")
    assert shown(site, "1000") == [], "the first agent of a call"
    site.ask("POST", "/agents/1000/notes", {"notes": WISH})
    site.driver.ask(Kind.PARK_CUSTOMER_DIAL, ingroup="AGENTDIRECT", to_agent="1001")
    site.driver.wait(3)
    assert shown(site, "1001") == [("1000", "", WISH)] and shown(site, "1000") == [("1001", "", "")]
    filled = [site.ask("GET", f"/agents/{one}/lead").body["web_forms"][0]["address"] for one in ("1000", "1001")]
    assert filled == [f"https://crm.example/?{text}" for text in ("f=&n=", f"f=Alex%20Agent&n={quote(WISH)}")]
    site.driver.ask(Kind.LEAVE_3WAY_CALL)
    site.driver.wait(3)
    site.ask("POST", "/agents/1000/disposition", {"status": "SALE"})
    [one] = site.ask("GET", "/agents/1001/screen").body["handed_over"]
    assert (one["full_name"], one["seconds"], one["status_name"], one["notes"]) == ("Alex Agent", 4, "Sale", WISH)
    both = [("1000", "Sale", WISH), ("1001", "", "")]
    assert brief(site.ask("GET", f"/calls/{call}").body["agents"]) == both
    site.driver.hang_up("cust")
    assert shown(site, "1001") == both[:1], "in the wrap-up"
    site.ask("POST", "/agents/1001/disposition", {"status": "NI", "notes": "calmed"})
    both[1] = ("1001", "Not interested", "calmed")
    assert brief(site.ask("GET", f"/past-calls/{call}/timeline").body["agents"]) == both
    told = site.ask("GET", f"/past-calls/{call}").body["agents"]
    assert [(one["user"], one["notes"]) for one in told] == [("1000", WISH), ("1001", "calmed")]
    wanted = Webhook(id="W", hook=WebhookTrigger.START, url="", call=call, agent="1001", facts=(), queued=0, due=0)
    names = {name: f"--A--{name}--B--" for name in webhook_values.HANDED_OVER}
    facts = webhook_values.webhook_facts(site.database, replace(wanted, url=" ".join(names.values())))
    assert [facts[name] for name in names] == ["1000", "Alex Agent", "SALE", WISH, "4"]
    line = rf"handed over +to agent 1001 at .+: agent 1000 had the call for .+; no code: {WISH}"
    assert re.search(line, page_of(site, call)), page_of(site, call)
    site.driver.ask(Kind.PAUSE)
    site.driver.customer(name="again")
    screen = site.ask("GET", "/agents/1001/screen").body
    assert [brief(one["agents"]) for one in screen["lead"]["calls"]] == [both] and screen["handed_over"] == []


def test_a_callback_has_the_notes_of_the_call_that_promised_it(site: JsonSite) -> None:
    call = site.customer()
    site.ask("POST", f"/calls/{call}/hangup")
    site.ask("POST", "/agents/1000/disposition", {"status": "CALLBK", "notes": WISH, "callback": {"at": "+1h"}})
    [promised] = site.ask("GET", "/callbacks").body
    assert (promised["notes"], promised["comments"], promised["call"]) == (WISH, "", call)
    site.driver.asterisk.far_ends[promised["number"]] = [(0.1, "up")]
    site.driver.ask(Kind.PAUSE)
    assert site.ask("POST", "/agents/1000/preview", {"callback": promised["id"]}).status == 201
    assert shown(site, "1000") == [("1000", "Call back", WISH)], "before it is dialled"
    assert site.ask("POST", "/agents/1000/dial", {}).status == 201
    site.driver.wait(5)
    called = site.driver.call().id
    assert shown(site, "1000") == [("1000", "Call back", WISH)]
    assert [one["call"] for one in site.ask("GET", f"/calls/{called}").body["agents"]] == [call, called]
    assert f"promised    by agent 1000 in call {call}; CALLBK: {WISH}" in page_of(site, called)


def test_an_open_page_keeps_the_own_notes_when_the_customer_comes_back(site: JsonSite) -> None:
    call = site.customer()

    async def follow() -> list[tuple[str, list[Told]]]:
        told = []
        with ScreenViews.of(site.api).agent("1000") as (view, _):
            await site.asking("POST", "/agents/1000/notes", {"notes": WISH})
            site.driver.ask(Kind.LOCAL_CLOSER, ingroup="SALESLINE")
            site.driver.wait(60)
            await view.read()
            await site.asking("POST", f"/calls/{call}/take", {"agent": "1000"})
            for ends in (False, True):
                if ends:
                    site.driver.hang_up("cust")
                await view.read()
                sections = {name: msgspec.json.decode(body) for name, body in view.sections().items()}
                told.append((sections["agent"]["state"], brief(sections["handed_over"])))
        return told

    own = [("1000", "", WISH)]
    assert site.do(follow()) == [("INCALL", own), ("DISPO", own)]


def test_a_customer_who_goes_leaves_the_agent_without_a_former_one(site: JsonSite) -> None:
    site.customer()
    site.ask("POST", "/agents/1000/notes", {"notes": WISH})
    site.driver.asterisk.far_ends["8502"] = [(0.1, "up")]
    site.driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8502")
    site.driver.wait(3)
    site.driver.hang_up("cust")
    screen = site.ask("GET", "/agents/1000/screen").body
    assert (screen["agent"]["state"], screen["handed_over"], screen["notes"]) == ("DEAD", [], WISH)


def test_notes_want_the_right_to_read_calls(site: JsonSite) -> None:
    config.create(site.database, "api-token", "agents", {"scopes": "agents:read", "token": "a" * 43}, who="test")
    site.customer()
    site.ask("POST", "/agents/1000/notes", {"notes": WISH})
    site.driver.hang_up("cust")
    of_call = ("notes", "typed_notes", "handed_over", "last")
    screen = site.ask("GET", "/agents/1000/screen", token="a" * 43).body
    assert screen["agent"]["state"] == "DISPO" and [screen[name] for name in of_call] == [None] * len(of_call)
    assert site.ask("GET", "/agents/1000/screen").body["notes"] == WISH


def test_an_erasure_leaves_no_notes(site: JsonSite, tmp_path: Path) -> None:
    call = site.customer()
    number = site.driver.call().number
    site.ask("POST", "/agents/1000/notes", {"notes": WISH})
    site.driver.hang_up("cust")
    with pytest.raises(Conflict, match="has not given its code; nothing was erased"):
        erasure.erase(site.database, tmp_path, number, who="test")  # the code would bring the notes back
    site.ask("POST", "/agents/1000/disposition", {"status": "CALLBK", "callback": {"at": "+1h"}})
    site.driver.wait(11)  # the code can be taken back no more
    assert WISH in dumped(site)
    erasure.erase(site.database, tmp_path, number, who="test")
    assert WISH not in dumped(site)
    assert brief(site.ask("GET", f"/past-calls/{call}/timeline").body["agents"]) == [("1000", "Call back", "")]
    assert site.ask("GET", "/callbacks?state=cancelled").body[0]["notes"] == ""
