"""People of a group with allowed_campaigns: at every route, another group's campaign is as one that does not exist."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1 import campaign_bounds
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
from warmline.operations.operation_table import OPERATIONS

BOUND = [route for route in ROUTES if route.scope]
BY_HAND = [route for route in BOUND if route.name not in OPERATIONS]  # tests/operations tries operations
OF_CAMPAIGNS = [
    route
    for route in BY_HAND
    if (route.campaign_bound or campaign_bounds.OF_ROUTES[route.name]) is not campaign_bounds.NO_CAMPAIGN
]
PEOPLE = (MANAGER, SUPERVISOR, AGENT)
SAFE = [route for route in BY_HAND if route.method == "GET"]


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
    assert {route.name for route in BOUND if not route.campaign_bound} == set(campaign_bounds.OF_ROUTES)


def test_a_client_learns_the_campaigns_of_the_group(site: CampaignSite) -> None:
    told = {user: site.as_user(user, "GET", "/me").body["campaigns"] for user in (MANAGER, SUPERVISOR, "mia", "ada")}
    assert told == {MANAGER: [OWN], SUPERVISOR: [OWN], "mia": None, "ada": None}


def test_a_route_without_a_bound_is_refused(site: CampaignSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign_bounds, "OF_ROUTES", {})
    told = site.as_user(MANAGER, "GET", "/leads")
    assert (told.status, told.body["code"]) == (403, "campaigns_bound")
    assert site.as_user("mia", "GET", "/leads").status == 200


def test_a_campaign_of_others_is_as_one_that_does_not_exist(site: CampaignSite) -> None:
    others, absent, wrong = site.things[OTHER], site.things[ABSENT], []
    for route, user in product(OF_CAMPAIGNS, PEOPLE):
        for (path, body), (nowhere, nobody) in zip(asks(route, others), asks(route, absent), strict=True):
            status, text = site.told(user, route.method, path, body)
            expected, missing = site.told(user, route.method, nowhere, nobody)
            if status != expected or (path != nowhere and alike(text, others) != alike(missing, absent)):
                wrong.append((user, route.name, path, status, text, expected, missing))
    assert wrong == []
    assert site.board.given == []


def test_no_answer_has_anything_of_another_campaign(site: CampaignSite) -> None:
    others, wrong = site.things[OTHER], []
    names = (others.campaign, others.number, others.call, others.code, f"'{others.list_id}'")
    for route, user in product(SAFE, PEOPLE):
        for path, _ in asks(route, site.things[OWN]):
            status, text = site.told(user, "GET", path)
            wrong += [(user, path, status, name) for name in names if name in text]
    assert wrong == []
