"""No route of the JSON API takes a command from a page of another site, whoever is logged in."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1.api_route import ApiRoute
from tests.http.people.people_site import people_site
from tests.http.workspace.browser import Browser

CHANGES = [route for route in ROUTES if route.method != "GET"]
READS = [route for route in ROUTES if route.method == "GET"]


@pytest.fixture(scope="module")
def page(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Provide a page in which ada, who may do everything, is logged in."""
    folder = tmp_path_factory.mktemp("cross")
    with people_site(Path(shutil.copy(people_database, folder / "warmline.db")), folder) as site:
        site.api.askers.rate.a_second = 0
        browser = Browser(site)
        assert browser.log_in("ada").status == 200
        yield browser


def address(route: ApiRoute) -> str:
    return "/api/v1" + re.sub(r"\{\w+\}", "1000", route.path)


@pytest.mark.parametrize("route", CHANGES, ids=lambda route: route.name)
def test_a_change_needs_the_origin_and_the_header(page: Browser, route: ApiRoute) -> None:
    for headers, code in (
        ({"Origin": "https://evil.example"}, "origin_foreign"),
        ({"Origin": None}, "origin_foreign"),
        ({"X_Warmline": None}, "page_header_missing"),
    ):
        told = page.ask(route.method, address(route), {}, **headers)
        assert (told.status, told.body["code"]) == (403, code)
    assert page.ask("GET", "/api/v1/me").body["user"] == "ada"
    assert page.site.board.given == []


@pytest.mark.parametrize("route", READS, ids=lambda route: route.name)
def test_nothing_is_read_for_another_site(page: Browser, route: ApiRoute) -> None:
    told = page.ask("GET", address(route), Origin=None, Sec_Fetch_Site="cross-site")
    assert (told.status, told.body["code"]) == (403, "site_foreign")


def test_the_routes_are_both_kinds() -> None:
    assert len(CHANGES) > 40 and len(READS) > 40
