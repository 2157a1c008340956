"""Who reaches what: each operation of the JSON API, by the role of a person and the door of the request.

The reaches are those of docs/reference/generated/rights-tables.md. The doors are a session's token, the cookie of an
own page, the same cookie with a page of another site, and none. `v1/test_json_tokens.py` has the tokens of programs.
"""

import shutil
from collections.abc import Iterator
from http import HTTPStatus
from itertools import product
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.screen.screen_routes import AGENT_SCREEN, OVERVIEW_SCREEN
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import ApiRoute
from tests.http.json_site import Told
from tests.http.people.people_site import GROUPS, PASSWORD, USERS, PeopleSite
from tests.http.people.rights_probe import CALLBACK, OTHER, OWN, SAME, Subjects, agents_at
from tests.http.slow_answers_here import slow_answers_here
from tests.http.workspace.browser import Browser
from tools.pages import json_api_page
from warmline.access.rights import Reach, UserRole
from warmline.options.option_table import ENTITIES
from warmline.store.configuration import config
from warmline.store.database.database import connect

BOUND = [route for route in ROUTES if route.scope]
CHANGES = [route for route in ROUTES if route.method != "GET"]
READS = [route for route in ROUTES if route.method == "GET"]
FAR = "otto"  # the supervisor of another group than the agents OWN and SAME
ROLES = {name: UserRole(options["role"]) for name, options in USERS.items()} | {FAR: UserRole.SUPERVISOR}
NAME, LOGIN, GROUP = "Dora Delmenhorst", "dora", "HAMBURG"  # people of the other group
THINGS = {"agent": OTHER, "user": LOGIN, "user-group": GROUP}  # names of entries, by kind
FOREIGN = (  # a header of a page of another site, and the refusal
    ({"Origin": "https://evil.example"}, "origin_foreign"),
    ({"Origin": None}, "origin_foreign"),
    ({"X_Warmline": None}, "page_header_missing"),
)
REFUSED = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)  # they repeat a name of the request
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


class RightsSite(PeopleSite):
    """Each user has a token and a page in a browser of its own; `page` logs the user in once."""

    def __init__(self, database: Path, run: Path) -> None:
        super().__init__(database, run)
        self._pages: dict[str, Browser] = {}

    def page(self, user: str) -> Browser:
        """Return the page of a user."""
        if user not in self._pages:
            self._pages[user] = Browser(self)
            assert self._pages[user].log_in(user).status == 200
        return self._pages[user]

    def by_cookie(self, user: str, method: str, path: str, body: object = None) -> Told:
        """Send a request of the user's page."""
        return self.page(user).ask(method, f"/api/v1{path}", body)


@pytest.fixture(scope="module")
def site(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RightsSite]:
    folder = tmp_path_factory.mktemp("rights")
    database = Path(shutil.copy(people_database, folder / "warmline.db"))
    config.create(database, "user", FAR, {"pass": PASSWORD, "role": "supervisor", "user_group": GROUP}, who="test")
    config.set_options(database, "agent", OTHER, {"full_name": NAME}, who="test")
    options = {"pass": PASSWORD, "role": "agent", "agent": OTHER, "full_name": NAME}
    config.create(database, "user", LOGIN, options, who="test")
    made = RightsSite(database, folder)
    made.api.askers.rate.a_second = made.api.login_rate.a_second = 0
    try:
        with slow_answers_here():
            yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def subjects(site: RightsSite) -> Subjects:
    return Subjects(site)


# -- the table: operation x role x door --


def reached(route: ApiRoute, user: str) -> set[str]:
    """Return the agents whom the page lets a user reach."""
    reach = json_api_page.reach_at(route, ROLES[user])
    own = {OTHER} if user == FAR else {OWN, SAME}
    return {Reach.NONE: set(), Reach.OWN: {OWN}, Reach.GROUP: own, Reach.ALL: {*GROUPS}}[reach]


@pytest.mark.parametrize("door", ["token", "cookie"])
def test_each_role_reaches_as_far_as_the_page_says(site: RightsSite, subjects: Subjects, door: str) -> None:
    ask = site.as_user if door == "token" else site.by_cookie
    wrong = []
    for route, user in product(BOUND, ROLES):
        found = agents_at(ask, subjects, route, user)
        if found != reached(route, user):
            wrong.append(f"{route.name} for {user}: {sorted(found)} instead of {sorted(reached(route, user))}")
    assert wrong == []
    assert site.board.given == [], "no command was given"


def test_without_a_session_nothing_is_reached(site: RightsSite, subjects: Subjects) -> None:
    page, wrong = Browser(site), []
    for route in BOUND:
        told = page.ask(route.method, f"/api/v1{subjects.path(route, OWN)}", {} if route.takes else None)
        if told.status != 401:
            wrong.append(f"{route.name}: {told.status}")
    assert wrong == []


@pytest.mark.parametrize("user", ROLES)
def test_a_page_of_another_site_changes_nothing(site: RightsSite, subjects: Subjects, user: str) -> None:
    page, wrong = site.page(user), []
    for route, (header, code) in product(CHANGES, FOREIGN):
        told = page.ask(route.method, f"/api/v1{subjects.path(route, OWN)}", {}, **header)
        if (told.status, told.body["code"]) != (403, code):
            wrong.append(f"{route.name} with {header}: {told.status} {told.body}")
    assert wrong == [] and len(CHANGES) > 40
    assert page.ask("GET", "/api/v1/me").body["user"] == user, "logIn and logOut did nothing"
    assert site.board.given == []


def test_a_page_of_another_site_reads_nothing(site: RightsSite, subjects: Subjects) -> None:
    wrong = []
    for route in READS:
        path = f"/api/v1{subjects.path(route, OWN)}"
        told = site.page("ada").ask("GET", path, Origin=None, Sec_Fetch_Site="cross-site")
        if (told.status, told.body["code"]) != (403, "site_foreign"):
            wrong.append(f"{route.name}: {told.status} {told.body}")
    assert wrong == [] and len(READS) > 40


def test_the_agent_api_knows_no_cookie(site: RightsSite) -> None:
    functions = ("external_pause", "external_hangup", "external_dial", "ra_call_control", "transfer_conference")
    for user, function in product(ROLES, functions):
        query = f"function={function}&value=PAUSE&source=test&agent_user={OWN}"
        for who in ("", f"&user={user}", f"&user={user}&pass="):
            told = site.page(user).ask("GET", f"/agc/api.php?{query}{who}")
            assert told.body.startswith("ERROR: Invalid Username/Password"), told.body
    assert site.board.given == []


def test_a_feed_opens_for_roles_that_may_read_its_screen(site: RightsSite) -> None:
    feeds = [("agent", agent, AGENT_SCREEN) for agent in GROUPS] + [("overview", "", OVERVIEW_SCREEN)]
    for user, (view, agent, route) in product(ROLES, feeds):
        page, agents = site.page(user), reached(route, user)
        told = page.ask("GET", f"/workspace/feed?view={view}&agent={agent}", Origin=None, **UPGRADE)
        assert told.status == 403, "without an origin"
        is_open = agent in agents if agent else bool(agents)
        assert (site.do(_opens(page, view, agent)) != 403) == is_open, (user, view, agent)
    for view in ("agent", "overview"):
        assert site.do(_opens(Browser(site), view, OWN)) == 401


async def _opens(page: Browser, view: str, agent: str) -> int:
    """Return the status of a page's request for a feed, which ends at once."""
    headers = {"Host": page.host, "Origin": page.origin}
    headers["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in page.cookies.items())
    where = f"/workspace/feed?view={view}&agent={agent}" if agent else f"/workspace/feed?view={view}"
    upgrade = {name.replace("_", "-"): value for name, value in UPGRADE.items()}
    async with page.site.client.get(where, headers={**headers, **upgrade}) as answer:
        return answer.status


def paths(route: ApiRoute, subjects: Subjects) -> set[str]:
    """Return the paths of a route about the agents of two groups, and about entries of every kind."""
    if "{kind}" not in route.path:
        return {subjects.path(route, agent) for agent in (OWN, OTHER)}
    return {route.path.format(kind=kind, name=THINGS.get(kind, "TESTCAMP")) for kind in ENTITIES}


def test_no_answer_has_anything_of_another_group(site: RightsSite, subjects: Subjects) -> None:
    of_calls = (subjects.calls[OTHER], f"R{OTHER}", f"CB{OTHER}")
    secrets, wrong, seen = (NAME, f"'{LOGIN}'", GROUP, f"'{OTHER}'", *of_calls), [], ""
    for route in BOUND:
        for path in paths(route, subjects) if route.method == "GET" else ():
            told = site.as_user("ben", "GET", path)
            found = [one for one in secrets if told.status not in REFUSED and one in str(told.body)]
            wrong += [(path, told.status, found)] if found else []
            seen += str(site.as_user("mia", "GET", path).body)
    assert wrong == []
    assert all(one in seen for one in (NAME, LOGIN, GROUP, *of_calls)), "a manager sees all"


# -- single rules --


def test_the_other_routes_are_those_of_the_own_session() -> None:
    of_login = {"logIn", "logOut", "getMe", "makeTicket"}
    of_account = {"changePassword", "listSessions", "endSession", "endOtherSessions"}  # test_own_account tries them
    of_factor = {f"{verb}SecondFactor" for verb in ("get", "enrol", "confirm", "remove")}  # test_second_factor
    assert {route.name for route in ROUTES if not route.scope} == of_login | of_account | of_factor
    assert all(route.bound is agent_bounds.OWN_SESSION for route in ROUTES if not route.scope)


def test_a_refusal_says_which_roles_it_takes(site: RightsSite, subjects: Subjects) -> None:
    told = site.as_user("anna", "GET", "/orphans")
    assert told.body["detail"] == "user anna has the role agent; to list orphans takes supervisor, manager or admin"
    assert told.body["code"] == "role_missing"
    told = site.as_user("anna", "POST", f"/agents/{OTHER}/pause", {})
    assert told.body["detail"] == (
        "user anna has the role agent and may not use pauseAgent for agent 1002; "
        "other agents take supervisor, manager or admin"
    )
    told = site.as_user("ben", "POST", f"/agents/{OTHER}/pause", {})
    assert told.body["detail"].endswith("agents of other groups take manager or admin")
    assert told.body["code"] == "agent_out_of_reach"
    told = site.as_user("ben", "GET", f"/recordings/R{OTHER}")
    assert (told.status, told.body["code"]) == (403, "recording_of_other_agent")


@pytest.mark.parametrize("path", ["/history", "/live", "/events"])
def test_asking_for_another_agent_is_refused(site: RightsSite, subjects: Subjects, path: str) -> None:
    follow = "&follow=false" if path in ("/live", "/events") else ""
    assert site.as_user("anna", "GET", f"{path}?agent={OTHER}{follow}").status == 403
    assert site.as_user("ben", "GET", f"{path}?agent={OTHER}{follow}").status == 403
    assert site.as_user("anna", "GET", f"{path}?agent=me{follow}").status == 200


def test_a_supervisor_gives_calls_only_to_agents_of_the_group(site: RightsSite, subjects: Subjects) -> None:
    take = f"/calls/{subjects.calls[SAME]}/take"
    assert site.as_user("ben", "POST", take, {"agent": OTHER}).status == 403
    told = site.as_user("ben", "POST", take, {"agent": OWN})
    assert (told.status, told.body["code"]) == (409, "target_agent_not_ready")


def test_a_callback_of_another_agent_is_out_of_reach(site: RightsSite, subjects: Subjects) -> None:
    for command in ("dial", "preview"):
        told = site.as_user("anna", "POST", f"/agents/{OWN}/{command}", {"callback": f"CB{OTHER}"})
        assert (told.status, told.body["code"]) == (403, "agent_out_of_reach"), "a receipt would show its number"


def test_an_agent_takes_a_callback_of_no_agent_before_changing_it(people: PeopleSite) -> None:
    for name in ("CBX", "CBY"):
        with connect(people.database) as db:
            db.execute(CALLBACK, [name, ""])
    for what, body in (("cancel", {}), ("reschedule", {"at": "2099-12-24T18:05"})):
        told = people.as_user("anna", "POST", f"/callbacks/CBX/{what}", body)
        assert (told.status, told.body["code"]) == (403, "callback_not_taken")
    assert people.as_user("anna", "GET", "/callbacks/CBX").status == 200
    assert people.as_user("anna", "POST", "/callbacks/CBX/take", {"agent": OWN}).status == 201
    assert people.as_user("anna", "POST", "/callbacks/CBX/cancel").status == 201
    assert people.as_user("ben", "POST", "/callbacks/CBY/cancel").status == 201


def test_a_stream_of_another_call_is_empty(site: RightsSite, subjects: Subjects) -> None:
    told = site.as_user("anna", "GET", f"/live?follow=false&call={subjects.calls[OTHER]}")
    assert told.status == 200 and '"calls":[]' in told.body
    told = site.as_user("anna", "GET", f"/live?follow=false&call={subjects.calls[OWN]}")
    assert subjects.calls[OWN] in told.body
    told = site.as_user("anna", "GET", f"/events?follow=false&after=0&call={subjects.calls[OTHER]}")
    assert told.status == 200 and "data:" not in told.body


def test_events_of_ended_calls_are_those_of_their_last_agent(people: PeopleSite) -> None:
    """The first events of a call have no agent."""
    ended: dict[str, str] = {}
    people.driver.log_in(OTHER)
    for agent in (OWN, OTHER):
        people.driver.customer("agent", agent, name=f"customer-{agent}")
        people.driver.wait(1)
        ended[agent] = people.driver.session(agent).call or ""
        people.driver.hang_up(f"customer-{agent}")
    assert not set(ended.values()) & people.driver.world.calls.keys()
    whole = "/events?follow=false&after=0"
    assert f'"call":"{ended[OTHER]}","agent":""' in people.as_user("mia", "GET", whole).body
    told = people.as_user("ben", "GET", whole).body
    assert f'"call":"{ended[OWN]}","agent":""' in told and ended[OTHER] not in told
    assert f'"call":"{ended[OWN]}","agent":""' in people.as_user("anna", "GET", f"{whole}&call={ended[OWN]}").body
    assert "data:" not in people.as_user("anna", "GET", f"{whole}&call={ended[OTHER]}").body


def test_a_supervisor_without_a_group_sees_all_agents(site: RightsSite, subjects: Subjects) -> None:
    with connect(site.database) as db:
        db.execute("UPDATE user SET user_group = NULL WHERE id = 'ben'")
    site.forget()
    assert len(site.as_user("ben", "GET", "/agents").body) == 3
    with connect(site.database) as db:
        db.execute("UPDATE user_group SET agent_status_viewable_groups = '[\"HAMBURG\"]' WHERE id = 'BERLIN'")
        db.execute("UPDATE user SET user_group = 'BERLIN' WHERE id = 'ben'")
    site.forget()
    assert len(site.as_user("ben", "GET", "/agents").body) == 3, "the group may see another one"
    with connect(site.database) as db:
        db.execute("UPDATE user_group SET agent_status_viewable_groups = '[]' WHERE id = 'BERLIN'")
    site.forget()
    assert len(site.as_user("ben", "GET", "/agents").body) == 2


def test_only_an_admin_changes_users(site: RightsSite) -> None:
    for kind in ("user", "api-user", "api-token", "setting"):
        told = site.as_user("mia", "PATCH", f"/config/{kind}/anna", {"role": "admin"})
        assert (told.status, told.body["code"]) == (403, "role_missing")
    told = site.as_user("mia", "POST", "/config/apply", {"configuration": {"user": {"mia": {"role": "admin"}}}})
    assert (told.status, told.body["code"]) == (403, "role_missing")
    assert site.as_user("ada", "PATCH", "/config/user/anna", {"full_name": "Anna B."}).status == 200
    who = site.as_user("ada", "GET", "/config/changes?limit=1").body[0]["who"]
    assert who == "user:ada"


def test_metrics_are_readable_only_with_the_right_to_see_all(site: RightsSite) -> None:
    async def fetched(user: str) -> int:
        headers = {"Authorization": f"Bearer {site.token_of(user)}"}
        async with site.client.get("/metrics", headers=headers) as answer:
            return answer.status

    for user in ("anna", "ben", "mia"):
        site.token_of(user)
    assert [site.do(fetched(user)) for user in ("anna", "ben", "mia")] == [403, 403, 200]


def test_the_words_of_the_page_are_the_reaches() -> None:
    assert set(json_api_page.REACHES) == set(Reach)
