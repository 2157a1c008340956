"""People as a page lists and makes them: one request makes user, agent and phone, and each role sees its own part."""

from typing import Any

from ari_app.http.server import password_check
from tests.http.people.campaign_site import MANAGER, CampaignSite
from tests.http.people.people_site import PASSWORD, PeopleSite
from warmline.store.configuration import config, config_history

BEA = {
    "user": "bea",
    "full_name": "Bea Stone",
    "agent": "1010",
    "phone": "1010",
    "campaign": "TESTCAMP",
    "ingroups": ["SALESLINE", "AGENTDIRECT"],
    "user_group": "BERLIN",
}


def refusal(site: PeopleSite, user: str, body: dict[str, Any]) -> tuple[int, str]:
    told = site.as_user(user, "POST", "/people", body)
    return told.status, told.body["code"]


def test_a_manager_makes_an_agent_who_logs_in_and_chooses_a_password(people: PeopleSite) -> None:
    made = people.as_user("mia", "POST", "/people", BEA)
    assert (made.status, made.body["created"]) == (201, ["user bea", "agent 1010", "phone 1010"])
    [revision] = config_history.newest(people.database, 1)
    assert (revision.number, revision.who, len(revision.changes)) == (made.body["revision"], "user:mia", 3)
    assert made.body["password"] not in repr(revision)
    people.forget()
    session = people.log_in("bea", made.body["password"])
    assert (session.status, session.body["must_change"], session.body["agent"]) == (201, True, "1010")
    asked = {"password": made.body["password"], "new_password": "her-own-secret7"}
    assert people.ask("POST", "/me/password", asked, token=session.body["token"]).status == 200
    [bea] = people.as_user("mia", "GET", "/people?search=stone").body
    assert bea | {"ingroups": [*bea["ingroups"]]} == {
        **BEA,
        "id": "bea",
        "role": "agent",
        "active": True,
        "must_change": False,
        "second_factor": False,
        "locked": False,
        "state": "",
    }
    assert people.as_user("ada", "POST", "/config/undo", {"revision": made.body["revision"]}).status == 409
    config.set_options(people.database, "user", "bea", {"active": "N"}, who="test")


def test_a_manager_takes_back_the_login_of_an_agent_and_no_other(people: PeopleSite) -> None:
    def undo(user: str, revision: int, **how: bool) -> int:
        return people.as_user(user, "POST", "/config/undo", {"revision": revision, **how}).status

    made = people.as_user("mia", "POST", "/people", BEA).body["revision"]
    lead = people.as_user("ada", "POST", "/people", {"user": "boss", "role": "supervisor"}).body["revision"]
    config.set_options(people.database, "user", "anna", {"full_name": "Anna B"}, who="test")
    [changed] = config_history.newest(people.database, 1)
    assert [undo(user, made) for user in ("anna", "ben", "mia")] == [403, 403, 200]
    assert [undo("mia", one) for one in (lead, changed.number)] == [403, 403]
    assert undo("mia", made, dry_run=True) == 409
    assert "bea" not in config.list_names(people.database, "user")
    assert "1010" not in config.list_names(people.database, "agent")


def test_all_of_a_person_is_made_or_nothing(people: PeopleSite) -> None:
    before = config_history.newest(people.database, 1)
    assert refusal(people, "mia", BEA | {"campaign": "NOCAMP"}) == (422, "entity_unknown")
    assert refusal(people, "mia", BEA | {"user": "anna"}) == (409, "entity_exists")
    assert refusal(people, "mia", BEA | {"agent": "1000"}) == (409, "agent_of_person_exists")
    assert refusal(people, "mia", {"user": "bea", "agent": "1000"})[0] == 409, "it is anna's"
    assert refusal(people, "mia", {"user": "bea"}) == (422, "person_without_agent")
    assert refusal(people, "ada", {"user": "bea", "role": "manager", "phone": "1"}) == (422, "options_without_agent")
    assert refusal(people, "mia", BEA | {"user": "b b"})[0] == 422
    assert config_history.newest(people.database, 1) == before
    told = people.as_user("mia", "POST", "/people", {"user": "bea", "agent": "1003"})
    assert (told.status, told.body["created"]) == (201, ["user bea"]), "an agent without a user gets one"


def test_only_an_administrator_makes_leaders(people: PeopleSite) -> None:
    for role in ("supervisor", "manager", "admin"):
        body = {"user": f"new-{role}", "role": role}
        assert refusal(people, "mia", body) == (403, "role_missing")
        assert refusal(people, "ben", body) == (403, "role_missing")
        assert people.as_user("ada", "POST", "/people", body).status == 201
    assert refusal(people, "anna", BEA)[0] == 403
    for user, status in (("ben", 403), ("ada", 403), ("nobody", 404), ("anna", 200)):
        assert people.as_user("mia", "POST", f"/users/{user}/password").status == status
    for user in ("anna", "nobody"):
        told = people.as_user("ben", "POST", f"/users/{user}/password")
        assert (told.status, told.body["code"]) == (403, "role_missing"), "it would tell who exists"
    assert refusal(people, "ben", {"role": "boss"}) == (403, "role_missing")


def test_a_new_password_ends_sessions_and_works_once(people: PeopleSite) -> None:
    session = people.token_of("anna")
    assert people.api.users is not None and isinstance(people.api.users, password_check.ApiUsers)
    for _ in range(7):
        people.log_in("anna", "wrong-one")
    people.api.askers.rate.a_second = 0
    assert next(one for one in people.as_user("mia", "GET", "/people").body if one["user"] == "anna")["locked"]
    given = people.as_user("mia", "POST", "/users/anna/password").body
    assert people.ask("GET", "/me", token=session).status == 401
    people.forget()
    assert [people.log_in("anna", one).status for one in (PASSWORD, given["password"])] == [401, 201]
    [anna] = people.as_user("mia", "GET", "/people?agent=1000").body
    assert (anna["must_change"], anna["locked"]) == (True, False)


def test_each_role_sees_its_own_people(people: PeopleSite) -> None:
    def seen(user: str, asked: str = "") -> list[str]:
        return [one["id"] for one in people.as_user(user, "GET", f"/people{asked}").body]

    assert (
        seen("mia", "?limit=7") == seen("ada", "?limit=7") == ["ada", "anna", "ben", "mia", "~1001", "~1002", "~1003"]
    )
    assert seen("ben") == ["anna", "~1001"], "the agents of the group alone"
    assert seen("anna") == ["anna"]
    assert seen("mia", "?role=manager") == ["mia"] and seen("mia", "?user_group=HAMBURG") == ["~1002"]
    assert seen("mia", "?limit=2&after=anna") == ["ben", "mia"]
    assert people.as_user("mia", "GET", "/people?role=boss").status == 422


def test_a_manager_of_some_campaigns_makes_no_person(grouped_site: CampaignSite) -> None:
    assert refusal(grouped_site, MANAGER, BEA) == (403, "campaigns_bound")
    assert grouped_site.as_user(MANAGER, "POST", "/users/anna/password").body["code"] == "campaigns_bound"
