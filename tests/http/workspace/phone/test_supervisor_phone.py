"""The browser phone of a supervisor: who may ask for it and bring it, and the end of a page that has gone."""

import asyncio
from typing import Any, cast

from ari_app.http.workspace.open_pages import OpenPage, OpenPages
from ari_app.http.workspace.phone.phone_owner import PhoneOwner, is_wanted, unwanted
from ari_app.http.workspace.phone.supervisor_presence import GRACE, SupervisorPresence
from ari_app.link.call_control import CallProcessAway
from tests.http.people.people_site import PeopleSite
from tests.http.workspace.browser import Browser
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.messages.page_messages import PageAway

PAGE, BODY = "page-b", {"phone": "browser", "page": "page-b"}
PHONE = "/workspace/phone"


def test_the_command_is_bound_to_role_and_group_and_names_the_user(people: PeopleSite) -> None:
    ben, anna = Browser(people), Browser(people)
    ben.log_in("ben")
    anna.log_in("anna")
    assert anna.ask("POST", "/api/v1/agents/1001/listen", BODY).status == 403
    assert ben.ask("POST", "/api/v1/agents/1002/listen", BODY).body["code"] == "agent_out_of_reach"
    told = ben.ask("POST", "/api/v1/agents/1000/listen", BODY)
    assert told.status == 201
    assert (told.body["by"], told.body["outcome"], told.body["number"]) == ("user:ben", None, "browser")
    told = ben.ask("POST", "/api/v1/agents/1000/listen", {"phone": "browser"})
    assert (told.status, told.body["code"]) == (409, "supervisor_page_missing")


def test_an_agent_offers_no_phone_for_a_supervision(people: PeopleSite) -> None:
    anna, ben = Browser(people), Browser(people)
    anna.log_in("anna")
    ben.log_in("ben")
    assert anna.ask("POST", f"{PHONE}?page=p&supervises=1001").status == 403
    assert anna.ask("DELETE", f"{PHONE}/p?supervises=1001").status == 403
    assert ben.ask("POST", f"{PHONE}?page=p&supervises=1000").body["code"] == "browser_phones_off"
    assert ben.ask("DELETE", f"{PHONE}/p?supervises=1000").status == 204


def supervised() -> Driver:
    """Return agent 1000 with a page of the client 6666, which supervises the agent."""
    lab = Driver()
    lab.log_in("1000")
    lab.ask(Kind.LISTEN, phone="browser", page=PAGE)
    return lab


def test_only_the_page_and_the_client_of_the_command_are_wanted() -> None:
    lab = supervised()
    for _ in ("before its leg", "after it"):
        assert is_wanted(lab.world, PhoneOwner("1000", "6666"), PAGE)
        for owner, page in (("1001", "6666"), PAGE), (("1000", "user:eve"), PAGE), (("1000", "6666"), "another"):
            assert not is_wanted(lab.world, PhoneOwner(*owner), page)
        lab.asterisk.come_in("leg", "browser", "1000", PAGE, "6666")
        lab.pump()
    refused = unwanted(PhoneOwner("1000", "6666"), "another").problem
    assert (refused.status, refused.code) == (409, "supervision_not_wanted")


class CallProcess:
    """The call process with the core, and a clock."""

    def __init__(self) -> None:
        self.lab, self.now, self.is_up = supervised(), 0.0, True
        self.lab.asterisk.come_in("leg", "browser", "1000", PAGE, "6666")
        self.lab.pump()
        self.pages = OpenPages()
        self.presence = SupervisorPresence(cast("Any", self), self.pages, cast("Any", self), lambda: self.now)

    @property
    def world(self) -> Any:
        return self.lab.world

    async def tell(self, agent: str, page: str, *, here: bool) -> None:
        if not self.is_up:
            raise CallProcessAway("call_process_away", "away")
        assert not here
        self.lab.feed(PageAway(agent, page))

    def supervises_after(self, seconds: float) -> bool:
        self.now += seconds
        asyncio.run(self.presence.compare())
        return "leg" in self.lab.asterisk.channels


def test_a_page_without_a_feed_supervises_no_more() -> None:
    calls = CallProcess()
    with calls.pages.opened("", OpenPage(PAGE, phone=False)):
        assert calls.supervises_after(100.0)
    assert calls.supervises_after(0.0) and calls.supervises_after(GRACE - 0.1)
    with calls.pages.opened("", OpenPage(PAGE, phone=False)):
        assert calls.supervises_after(0.2), "it is there again"
    assert calls.supervises_after(0.0)
    calls.is_up = False
    assert calls.supervises_after(GRACE), "nobody can be told"
    calls.is_up = True
    assert not calls.supervises_after(1.0)
