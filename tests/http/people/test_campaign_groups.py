"""People of a group with allowed_campaigns: at every route, another group's campaign is as one that does not exist."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1 import campaign_bounds
from ari_app.http.v1.api_route import ApiRoute
from tests.http.people.campaign_site import (
    ABSENT,
    AGENT,
    MANAGER,
    OTHER,
    OWN,
    SUPERVISOR,
    Belongings,
    CampaignSite,
    asks,
    campaign_site,
)

BOUND = [route for route in ROUTES if route.scope]
OF_CAMPAIGNS = [route for route in BOUND if campaign_bounds.OF_ROUTES[route.name] is not campaign_bounds.NO_CAMPAIGN]
PEOPLE = (MANAGER, SUPERVISOR, AGENT)
SAFE = [route for route in BOUND if route.method == "GET"]


@pytest.fixture(scope="module")
def site(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CampaignSite]:
    with campaign_site(people_database, tmp_path_factory.mktemp("campaigns")) as made:
        yield made


def alike(text: str, one: Belongings) -> str:
    """Return an answer without the names that the request had."""
    for name, value in sorted(one._asdict().items(), key=lambda item: -len(item[1])):
        text = text.replace(value, f"<{name}>")
    return text


def test_every_route_has_a_bound() -> None:
    assert {route.name for route in BOUND} == set(campaign_bounds.OF_ROUTES)


def test_a_client_learns_the_campaigns_of_the_group(site: CampaignSite) -> None:
    told = {user: site.as_user(user, "GET", "/me").body["campaigns"] for user in (MANAGER, SUPERVISOR, "mia", "ada")}
    assert told == {MANAGER: [OWN], SUPERVISOR: [OWN], "mia": None, "ada": None}


def test_a_route_without_a_bound_is_refused(site: CampaignSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign_bounds, "OF_ROUTES", {})
    told = site.as_user(MANAGER, "GET", "/leads")
    assert (told.status, told.body["code"]) == (403, "campaigns_bound")
    assert site.as_user("mia", "GET", "/leads").status == 200


@pytest.mark.parametrize("route", OF_CAMPAIGNS, ids=lambda route: route.name)
def test_a_campaign_of_others_is_as_one_that_does_not_exist(site: CampaignSite, route: ApiRoute) -> None:
    others, absent = site.things[OTHER], site.things[ABSENT]
    for user, ((path, body), (nowhere, nobody)) in product(
        PEOPLE, zip(asks(route, others), asks(route, absent), strict=True)
    ):
        told, wanted = site.told(user, route.method, path, body), site.told(user, route.method, nowhere, nobody)
        assert told[0] == wanted[0], (user, path, told, wanted)
        if path != nowhere:
            assert alike(told[1], others) == alike(wanted[1], absent), user
    assert site.board.given == []


@pytest.mark.parametrize("route", SAFE, ids=lambda route: route.name)
def test_no_answer_has_anything_of_another_campaign(site: CampaignSite, route: ApiRoute) -> None:
    for user, (path, _) in product(PEOPLE, asks(route, site.things[OWN])):
        status, text = site.told(user, "GET", path)
        others = site.things[OTHER]
        for name in (others.campaign, others.number, others.call, others.code, f"'{others.list_id}'"):
            assert name not in text, (user, path, status)
