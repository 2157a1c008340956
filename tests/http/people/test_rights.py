"""The routes and roles of docs/reference/generated/rights-tables.md: each cell is tried against an app in memory."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import ApiRoute
from tests.http.people.people_site import PeopleSite, people_site
from tests.http.people.rights_probe import CALLBACK, OTHER, OWN, SAME, Subjects, reach_at
from tests.http.slow_answers_here import slow_answers_here
from tools.pages import json_api_page
from warmline.access.rights import Reach, UserRole
from warmline.store.database.database import connect

BOUND = [route for route in ROUTES if route.scope]


@pytest.fixture(scope="module")
def site(people_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PeopleSite]:
    folder = tmp_path_factory.mktemp("rights")
    database = Path(shutil.copy(people_database, folder / "warmline.db"))
    with people_site(database, folder) as made, slow_answers_here():
        made.api.askers.rate.a_second = 0
        yield made


@pytest.fixture(scope="module")
def subjects(site: PeopleSite) -> Subjects:
    return Subjects(site)


@pytest.mark.parametrize("route", BOUND, ids=lambda route: route.name)
def test_each_role_reaches_as_far_as_the_page_says(site: PeopleSite, subjects: Subjects, route: ApiRoute) -> None:
    found = {role: reach_at(site, subjects, route, role) for role in UserRole}
    assert found == {role: json_api_page.reach_at(route, role) for role in UserRole}
    assert site.board.given == [], "no command was given"


def test_the_other_routes_are_those_of_the_own_session() -> None:
    of_login = {"logIn", "logOut", "getMe", "makeTicket"}
    of_account = {"changePassword", "listSessions", "endSession", "endOtherSessions"}  # test_own_account tries them
    of_factor = {f"{verb}SecondFactor" for verb in ("get", "enrol", "confirm", "remove")}  # test_second_factor
    assert {route.name for route in ROUTES if not route.scope} == of_login | of_account | of_factor
    assert all(route.bound is agent_bounds.OWN_SESSION for route in ROUTES if not route.scope)


def test_a_refusal_says_which_roles_it_takes(site: PeopleSite, subjects: Subjects) -> None:
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


@pytest.mark.parametrize("path", ["/history", "/callbacks", "/live", "/events"])
def test_asking_for_another_agent_is_refused(site: PeopleSite, subjects: Subjects, path: str) -> None:
    follow = "&follow=false" if path in ("/live", "/events") else ""
    assert site.as_user("anna", "GET", f"{path}?agent={OTHER}{follow}").status == 403
    assert site.as_user("ben", "GET", f"{path}?agent={OTHER}{follow}").status == 403
    assert site.as_user("anna", "GET", f"{path}?agent=me{follow}").status == 200


def test_a_supervisor_gives_calls_only_to_agents_of_the_group(site: PeopleSite, subjects: Subjects) -> None:
    take = f"/calls/{subjects.calls[SAME]}/take"
    assert site.as_user("ben", "POST", take, {"agent": OTHER}).status == 403
    told = site.as_user("ben", "POST", take, {"agent": OWN})
    assert (told.status, told.body["code"]) == (409, "target_agent_not_ready")


def test_a_callback_of_another_agent_is_out_of_reach(site: PeopleSite, subjects: Subjects) -> None:
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


def test_a_stream_of_another_call_is_empty(site: PeopleSite, subjects: Subjects) -> None:
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


def test_a_supervisor_without_a_group_sees_all_agents(site: PeopleSite, subjects: Subjects) -> None:
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


def test_only_an_admin_changes_users(site: PeopleSite) -> None:
    for kind in ("user", "api-user", "api-token", "setting"):
        told = site.as_user("mia", "PATCH", f"/config/{kind}/anna", {"role": "admin"})
        assert (told.status, told.body["code"]) == (403, "role_missing")
    told = site.as_user("mia", "POST", "/config/apply", {"configuration": {"user": {"mia": {"role": "admin"}}}})
    assert (told.status, told.body["code"]) == (403, "role_missing")
    assert site.as_user("ada", "PATCH", "/config/user/anna", {"full_name": "Anna B."}).status == 200
    who = site.as_user("ada", "GET", "/config/changes?limit=1").body[0]["who"]
    assert who == "user:ada"


def test_metrics_are_readable_only_with_the_right_to_see_all(site: PeopleSite) -> None:
    async def fetched(user: str) -> int:
        headers = {"Authorization": f"Bearer {site.token_of(user)}"}
        async with site.client.get("/metrics", headers=headers) as answer:
            return answer.status

    for user in ("anna", "ben", "mia"):
        site.token_of(user)
    assert [site.do(fetched(user)) for user in ("anna", "ben", "mia")] == [403, 403, 200]


def test_the_words_of_the_page_are_the_reaches() -> None:
    assert set(json_api_page.REACHES) == set(Reach)
