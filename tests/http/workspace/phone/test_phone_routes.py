"""The address of browser phones: who may use it, and how often."""

from typing import Any, cast

import pytest

from ari_app.http.server.problems import ProblemRaised
from ari_app.http.workspace.phone.phone_owner import PhoneOwner, server_of
from ari_app.http.workspace.phone.phone_routes import A_MINUTE, PhoneOffers
from tests.http.people.people_site import PeopleSite
from tests.http.workspace.browser import Browser
from tools.simulation.asterisk.several_servers import SeveralServers
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ServersKnown, ServerWeight
from warmline.system.settings import DEFAULTS, Settings

PHONE = "/workspace/phone"


def test_an_offer_needs_a_session_of_an_own_page(people: PeopleSite) -> None:
    page = Browser(people)
    assert page.ask("POST", f"{PHONE}?page=p").status == 401
    assert page.log_in().status == 200
    assert page.ask("POST", f"{PHONE}?page=p", Origin="https://evil.example").body["code"] == "origin_foreign"
    assert page.ask("POST", f"{PHONE}?page=p", X_Warmline=None).body["code"] == "page_header_missing"
    assert page.ask("DELETE", f"{PHONE}/p", X_Warmline=None).body["code"] == "page_header_missing"


def test_a_user_brings_the_own_phone_alone_and_names_the_page(people: PeopleSite) -> None:
    page = Browser(people)
    page.log_in()
    assert page.ask("POST", f"{PHONE}?page=p&agent=1001").body["code"] == "phone_of_another"
    for wrong in ("", "?page=", "?page=a%20b", "?page=" + "p" * 65):
        assert page.ask("POST", PHONE + wrong).status == 422
    assert page.ask("DELETE", f"{PHONE}/p").status == 204


def test_without_the_setting_browser_phones_are_off(people: PeopleSite) -> None:
    page = Browser(people)
    page.log_in()
    told = page.ask("POST", f"{PHONE}?page=p")
    assert (told.status, told.body["code"]) == (503, "browser_phones_off")


def test_a_page_reads_the_turn_servers_with_a_session(people: PeopleSite) -> None:
    page = Browser(people)
    assert page.ask("GET", f"{PHONE}/servers").status == 401
    page.log_in()
    told = page.ask("GET", f"{PHONE}/servers")
    assert (told.status, told.body["ice_servers"], told.headers["Cache-Control"]) == (200, [], "no-store")


def test_an_agent_offers_six_times_a_minute() -> None:
    offers = PhoneOffers(cast("Any", None), None, Settings(**DEFAULTS))
    for _ in range(A_MINUTE):
        offers._count(PhoneOwner("1000"), "192.0.2.1")
    with pytest.raises(ProblemRaised) as refused:
        offers._count(PhoneOwner("1000"), "192.0.2.1")
    assert refused.value.problem.code == "too_many_offers" and 0 < int(refused.value.headers["Retry-After"]) <= 11
    offers._count(PhoneOwner("1001"), "192.0.2.1")
    offers._count(PhoneOwner("1000", "user:ben"), "192.0.2.1")


def test_an_offer_goes_to_the_server_of_the_call() -> None:
    lab = SeveralServers(names=("b", "c"))
    lab.feed(ServersKnown(tuple(ServerWeight(name, 10) for name in lab.servers)))
    lab.ask(Kind.LOGIN, "1000", phone="browser")
    assert server_of(lab.world, PhoneOwner("1000")) == "main"
    lab.come_in("main", "offer-1", "browser", "1000", "page")
    lab.wait(1.5)
    lab.come_in("b", "cust", "ingroup", "SALESLINE")
    assert server_of(lab.world, PhoneOwner("1000")) == "b"
    lab.come_in("b", "offer-2", "browser", "1000", "page")
    lab.wait(0.1)
    assert lab.world.sessions["1000"].call
    assert server_of(lab.world, PhoneOwner("1000", "user:ben")) == "b"
    assert server_of(lab.world, PhoneOwner("1001")) == "main"
