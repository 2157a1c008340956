"""Dialling customers by the JSON API, and refusals that depend on the database."""

import asyncio
from contextlib import closing

import pytest

from tests.http.json_site import JsonSite, Told
from tests.wording.said import said
from warmline.core.messages.process_messages import ConfigurationChanged
from warmline.core.permission import dial_facts_queries
from warmline.core.permission.dial_facts_queries import find_midnight_us
from warmline.store.configuration import config
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import connect
from warmline.store.leads import dnc


def configure(site: JsonSite, **options: str) -> None:
    """Change options of the campaign, from now on."""
    config.set_options(site.database, "campaign", "TESTCAMP", options, who="test")
    with closing(connect(site.database)) as db:
        site.driver.feed(ConfigurationChanged(load_rules(db)))


def test_the_same_dial_again_while_it_rings_is_told_the_first_ones_receipt(site: JsonSite) -> None:
    first, again = (site.ask("POST", "/agents/1000/dial", {"number": "5551234"}) for _ in range(2))
    assert (first.status, again.status, again.body["id"]) == (201, 201, first.body["id"])
    site.driver.wait(3)
    asked = {"kind": "DIAL_WITH_CUSTOMER", "number": "5550603"}
    first, again = (site.ask("POST", f"/calls/{first.body['call']}/transfers", asked) for _ in range(2))
    assert (first.status, again.status, again.body["id"]) == (201, 201, first.body["id"])


def test_an_agent_previews_a_number_before_dialling_it(site: JsonSite) -> None:
    site.ask("POST", "/agents/1000/pause")
    assert site.ask("POST", "/agents/1000/preview", {"number": "5551234"}).status == 201
    assert site.ask("GET", "/agents/1000").body["preview"] == "5551234"
    assert site.ask("POST", "/agents/1000/skip").status == 201
    told = site.ask("POST", "/agents/1000/dial")
    assert (told.status, told.body["code"]) == (409, "number_empty")
    site.ask("POST", "/agents/1000/preview", {"number": "5551234"})
    assert site.ask("POST", "/agents/1000/dial").body["number"] == "5551234"


def test_daily_limit_manual_limits_the_calls_to_a_number(site: JsonSite) -> None:
    site.driver.asterisk.now = find_midnight_us(site.driver.asterisk.now, "UTC") + 43_200_000_000
    configure(site, daily_limit_manual="1")
    first, again = (site.ask("POST", "/agents/1000/dial", {"number": "5551234"}) for _ in range(2))
    assert (first.status, again.status, again.body["id"]) == (201, 201, first.body["id"]), "the same again is the first"
    told = site.ask("POST", "/agents/1000/dial", {"number": "5551235"})
    assert (told.status, told.body["code"]) == (409, "daily_limit")
    site.driver.wait(86_400)
    told = site.ask("POST", "/agents/1000/dial", {"number": "5551235"})
    assert told.body.get("code") != "daily_limit", "the next day"


def test_when_a_day_begins() -> None:
    noon = 1_790_000_000 * 1_000_000
    assert find_midnight_us(noon, "UTC") == (1_790_000_000 - 1_790_000_000 % 86_400) * 1_000_000
    assert find_midnight_us(noon, "Europe/Berlin") == find_midnight_us(noon, "UTC") - 7_200_000_000


def test_a_number_on_a_do_not_call_list_is_not_dialled(site: JsonSite) -> None:
    dnc.add(site.database, "5551234", who="test")
    dnc.add(site.database, "5551235", "TESTCAMP", who="test")
    told = site.ask("POST", "/agents/1000/dial", {"number": "5551234"})
    assert (told.status, told.body["code"]) == (409, "do_not_call")
    told = site.ask("POST", "/agents/1000/dial", {"number": "5551235"})
    assert told.body["detail"] == said(
        "do_not_call", number="5551235", list="the do-not-call list of campaign TESTCAMP"
    )
    site.ask("POST", "/agents/1000/pause")
    assert site.ask("POST", "/agents/1000/preview", {"number": "5551234"}).status == 409
    assert site.ask("GET", "/calls").body == []


@pytest.mark.parametrize(
    ("number", "options"),
    [
        ("*31#00493012345678", {}),
        ("#31#3012345678", {}),
        ("3012345678#1", {}),
        ("900493012345678", {"dial_prefix": "9"}),
        ("900493012345678", {"three_way_dial_prefix": "9"}),
        ("+12003012345678", {"dial_prefix": "+1200"}),
    ],
)
def test_codes_and_prefixes_do_not_get_round_the_list(site: JsonSite, number: str, options: dict[str, str]) -> None:
    configure(site, deny_star_codes="N", **options)
    dnc.add(site.database, "3012345678", who="test")
    body = {"number": number, "dial_override": True}
    told = site.ask("POST", "/agents/1000/dial", body)
    assert (told.status, told.body["code"]) == (409, "do_not_call")
    told = site.ask("POST", f"/calls/{site.customer()}/transfers", {"kind": "BLIND_TRANSFER"} | body)
    assert told.body["code"] == "do_not_call"


def test_an_unlisted_number_may_be_dialled_with_a_feature_code(site: JsonSite) -> None:
    dnc.add(site.database, "5551234", who="test")
    site.driver.asterisk.far_ends["*31#5559876"] = [(0.1, "ringing")]
    told = site.ask("POST", "/agents/1000/dial", {"number": "*31#5559876"})
    assert (told.status, told.body["code"]) == (409, "number_star_code"), "with the default of deny_star_codes"
    configure(site, deny_star_codes="N")
    assert site.ask("POST", "/agents/1000/dial", {"number": "*31#5559876"}).status == 201


def test_a_number_on_a_do_not_call_list_is_no_third_party(site: JsonSite) -> None:
    dnc.add(site.database, "5551234", who="test")
    call = site.customer()
    told = site.ask("POST", f"/calls/{call}/transfers", {"kind": "BLIND_TRANSFER", "number": "5551234"})
    assert (told.status, told.body["code"]) == (409, "do_not_call")
    assert site.ask("GET", f"/receipts/{told.body['receipt']}").body["outcome"] == "refused"


def test_a_number_listed_during_the_preview_is_not_dialled(site: JsonSite) -> None:
    site.ask("POST", "/agents/1000/pause")
    site.ask("POST", "/agents/1000/preview", {"number": "5551234"})
    dnc.add(site.database, "5551234", who="test")
    assert site.ask("POST", "/agents/1000/dial").body["code"] == "do_not_call"


@pytest.fixture
def long_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulated calls are old, so that all count as today's."""
    monkeypatch.setattr(dial_facts_queries, "find_midnight_us", lambda now, zone: 1)


def transfer(site: JsonSite, call: str, **body: object) -> Told:
    return site.ask("POST", f"/calls/{call}/transfers", {"kind": "DIAL_WITH_CUSTOMER", "number": "8500"} | body)


@pytest.mark.usefixtures("long_day")
def test_every_party_counts_against_the_days_limit(site: JsonSite) -> None:
    """In every form: a third party, a blind transfer, a customer."""
    configure(site, daily_limit_manual="2")
    call = site.customer()
    for _ in range(2):
        assert transfer(site, call).status == 201
        site.driver.wait(3)
        assert site.ask("POST", f"/calls/{call}/transfers", {"kind": "HANGUP_XFER"}).status == 201
    for kind in ("DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL", "BLIND_TRANSFER"):
        told = transfer(site, call, kind=kind)
        assert (told.status, told.body["code"]) == (409, "daily_limit")
    told = site.ask("POST", "/agents/1000/dial", {"number": "8500"})
    assert (told.status, told.body["code"]) == (409, "daily_limit")


@pytest.mark.usefixtures("long_day")
def test_numbers_that_are_looked_at_count_once_each(site: JsonSite) -> None:
    configure(site, daily_limit_manual="2")
    site.ask("POST", "/agents/1000/pause")
    for number in ("5551235", "5551234", "5551234"):
        assert site.ask("POST", "/agents/1000/preview", {"number": number}).status < 300
        assert site.ask("POST", "/agents/1000/skip").status < 300
    told = site.ask("POST", "/agents/1000/preview", {"number": "5551236"})
    assert (told.status, told.body["code"]) == (409, "daily_limit")
    assert site.ask("POST", "/agents/1000/dial", {"number": "5551234"}).status == 201, "it has been counted"


@pytest.mark.usefixtures("long_day")
def test_looks_at_the_same_moment_are_counted_one_after_the_other(site: JsonSite) -> None:
    configure(site, daily_limit_manual="2")
    site.ask("POST", "/agents/1000/pause")

    async def all_at_once() -> list[Told]:
        numbers = (f"555123{digit}" for digit in range(8))
        return await asyncio.gather(
            *(site.asking("POST", "/agents/1000/preview", {"number": number}) for number in numbers)
        )

    answers = site.do(all_at_once())
    assert sorted(answer.status for answer in answers) == [201, 201, *[409] * 6]
