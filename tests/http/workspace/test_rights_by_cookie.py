"""A browser's session of a role reaches as far as docs/reference/generated/rights-tables.md says, from an own page."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.screen.screen_routes import AGENT_SCREEN, OVERVIEW_SCREEN
from ari_app.http.v1.api_route import ApiRoute
from tests.http.json_site import Told
from tests.http.people.people_site import GROUPS, PASSWORD, USERS, PeopleSite
from tests.http.people.rights_probe import BY_ROLE, OTHER, OWN, SAME, Subjects, agents_at, reach_at
from tests.http.slow_answers_here import slow_answers_here
from tests.http.workspace.browser import Browser
from tools.pages import json_api_page
from warmline.access.rights import Reach, UserRole
from warmline.store.configuration import config

BOUND = [route for route in ROUTES if route.scope]
CHANGES = [route for route in ROUTES if route.method != "GET"]
FAR = "otto"  # the supervisor of another group than the agents OWN and SAME
REACHED_BY_FAR = {Reach.NONE: set[str](), Reach.OWN: set[str](), Reach.GROUP: {OTHER}, Reach.ALL: {OWN, SAME, OTHER}}
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


class CookieSite(PeopleSite):
    """Each user has a page in a browser of its own, and `as_user` sends what the page sends."""

    def __init__(self, database: Path, run: Path) -> None:
        super().__init__(database, run)
        self.pages: dict[str, Browser] = {}

    def page_of(self, user: str) -> Browser:
        """Return the page of a user, who logs in once."""
        if user not in self.pages:
            self.pages[user] = Browser(self)
            assert self.pages[user].log_in(user).status == 200
        return self.pages[user]

    def as_user(self, user: str, method: str, path: str, body: object = None) -> Told:
        """Send a request of the user's page."""
        return self.page_of(user).ask(method, f"/api/v1{path}", body)


@pytest.fixture(scope="module")
def site(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CookieSite]:
    folder = tmp_path_factory.mktemp("cookies")
    database = Path(shutil.copy(people_database, folder / "warmline.db"))
    config.create(database, "user", FAR, {"pass": PASSWORD, "role": "supervisor", "user_group": "HAMBURG"}, who="test")
    made = CookieSite(database, folder)
    made.api.askers.rate.a_second = made.api.login_rate.a_second = 0
    try:
        with slow_answers_here():
            yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def subjects(site: CookieSite) -> Subjects:
    return Subjects(site)


@pytest.mark.parametrize("route", BOUND, ids=lambda route: route.name)
def test_a_session_reaches_as_far_as_the_page_says(site: CookieSite, subjects: Subjects, route: ApiRoute) -> None:
    wanted = {role: json_api_page.reach_at(route, role) for role in UserRole}
    assert {role: reach_at(site, subjects, route, role) for role in UserRole} == wanted
    assert agents_at(site, subjects, route, FAR) == REACHED_BY_FAR[wanted[UserRole.SUPERVISOR]]
    assert site.board.given == [], "no command was given"


@pytest.mark.parametrize("route", BOUND, ids=lambda route: route.name)
def test_without_a_session_nothing_is_reached(site: CookieSite, subjects: Subjects, route: ApiRoute) -> None:
    told = Browser(site).ask(route.method, f"/api/v1{subjects.path(route, OWN)}", {} if route.takes else None)
    assert told.status == 401


@pytest.mark.parametrize("user", [*USERS, FAR])
def test_a_change_needs_an_own_page_for_every_user(site: CookieSite, subjects: Subjects, user: str) -> None:
    page = site.page_of(user)
    for route in CHANGES:
        path = f"/api/v1{subjects.path(route, OWN)}"
        for header, code in (("Origin", "origin_foreign"), ("X_Warmline", "page_header_missing")):
            told = page.ask(route.method, path, {}, **{header: None})
            assert (route.name, told.status, told.body["code"]) == (route.name, 403, code)
    assert page.ask("GET", "/api/v1/me").body["user"] == user
    assert site.board.given == []


@pytest.mark.parametrize("user", [*USERS, FAR])
def test_the_agent_api_knows_no_cookie(site: CookieSite, user: str) -> None:
    for function in ("external_pause", "external_hangup", "external_dial", "ra_call_control", "transfer_conference"):
        query = f"function={function}&value=PAUSE&source=test&agent_user={OWN}"
        for who in ("", f"&user={user}", f"&user={user}&pass="):
            told = site.page_of(user).ask("GET", f"/agc/api.php?{query}{who}")
            assert told.body.startswith("ERROR: Invalid Username/Password"), told.body
    assert site.board.given == []


@pytest.mark.parametrize("view, route", [("agent", AGENT_SCREEN), ("overview", OVERVIEW_SCREEN)])
def test_a_feed_opens_for_roles_that_may_read_its_screen(
    site: CookieSite, subjects: Subjects, view: str, route: ApiRoute
) -> None:
    for role in UserRole:
        page, wanted = site.page_of(BY_ROLE[role]), json_api_page.reach_at(route, role)
        for agent in GROUPS if view == "agent" else ("",):
            told = page.ask("GET", f"/workspace/feed?view={view}&agent={agent}", Origin=None, **UPGRADE)
            assert told.status == 403, "without an origin"
            about = wanted is Reach.ALL or (agent == OWN and wanted is Reach.OWN) or (wanted is Reach.GROUP)
            is_open = about and (wanted is not Reach.GROUP or agent != OTHER)
            assert (site.do(_opens(page, view, agent)) != 403) == is_open, (role, agent)
    assert site.do(_opens(Browser(site), view, OWN)) == 401


async def _opens(page: Browser, view: str, agent: str) -> int:
    """Return the status of a page's request for a feed, which ends at once."""
    headers = {"Host": page.host, "Origin": page.origin}
    headers["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in page.cookies.items())
    where = f"/workspace/feed?view={view}&agent={agent}" if agent else f"/workspace/feed?view={view}"
    upgrade = {name.replace("_", "-"): value for name, value in UPGRADE.items()}
    async with page.site.client.get(where, headers={**headers, **upgrade}) as answer:
        return answer.status
