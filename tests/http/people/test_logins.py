"""POST and DELETE /api/v1/login, GET /api/v1/me: sessions of users, and their ends."""

import asyncio
import logging
import sqlite3
from contextlib import closing

import pytest

from tests.http.people.people_site import PASSWORD, PeopleSite
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config, user_sessions, users
from warmline.store.database.passwords import hashed_token


def stored(site: PeopleSite) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(site.database)) as db:
        return db.execute("SELECT user, program, token FROM user_session ORDER BY created").fetchall()


def test_a_session_has_a_token_of_which_only_the_hash_is_stored(people: PeopleSite) -> None:
    told = people.log_in("anna", program="a laptop")
    assert (told.status, told.body["user"], told.body["role"], told.body["agent"]) == (201, "anna", "agent", "1000")
    token = told.body["token"]
    assert len(token) == 43
    assert stored(people) == [("anna", "a laptop", hashed_token(token))]
    assert people.ask("GET", "/agents/1000", token=token).body["user"] == "1000"


def test_a_path_has_me_for_the_own_agent(people: PeopleSite) -> None:
    assert people.as_user("anna", "GET", "/agents/me").body["user"] == "1000"
    assert people.as_user("anna", "POST", "/agents/me/pause", {}).body["by"] == "user:anna"
    told = people.as_user("mia", "GET", "/agents/me")
    assert (told.status, told.body["code"]) == (403, "user_without_agent")
    assert people.ask("GET", "/agents/me").status == 404, "a program has no agent"


@pytest.mark.parametrize(
    ("user", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("6666", "1234"), ("anna", PASSWORD + "x")]
)
def test_a_wrong_login_is_refused_without_the_cause(people: PeopleSite, user: str, password: str) -> None:
    told = people.log_in(user, password)
    assert (told.status, told.body["code"]) == (401, "login_refused")
    assert stored(people) == []


def test_wrong_passwords_slow_user_and_address_down_for_both_apis(people: PeopleSite) -> None:
    assert people.api.users
    people.api.users._clock = lambda: 0.0
    people.api.askers.rate.a_second = 0
    assert [people.log_in("anna", "wrong").status for _ in range(5)] == [401] * 5
    told = people.log_in("anna")
    assert (told.status, told.body["code"], told.headers["Retry-After"]) == (429, "login_delayed", "1")
    assert people.log_in("ben").status == 201
    assert people.do(people.api.users.check("anna", PASSWORD, "127.0.0.1")).message == "LOCK"
    assert people.ask("POST", "/api-users/anna/unlock").body["locks"] == 1
    assert people.log_in("anna").status == 201


def test_a_logout_ends_the_session(people: PeopleSite) -> None:
    token = people.token_of("anna")
    assert people.ask("DELETE", "/login", token=token).body == {"ended": True}
    assert people.ask("GET", "/me", token=token).status == 401
    assert stored(people) == []
    told = people.ask("DELETE", "/login")
    assert (told.status, told.body["code"]) == (403, "no_session")


@pytest.mark.parametrize("change", ["pass=another-one7", "active=N", "delete"])
def test_a_change_of_the_user_ends_the_sessions(people: PeopleSite, change: str) -> None:
    token, other = people.token_of("anna"), people.token_of("ben")
    if change == "delete":
        config.delete(people.database, "user", "anna", who="test")
    else:
        config.set_options(people.database, "user", "anna", dict([change.split("=")]), who="test")
    people.forget()
    assert people.ask("GET", "/me", token=token).status == 401
    assert people.ask("GET", "/me", token=other).status == 200
    assert [user for user, _, _ in stored(people)] == ["ben"]
    assert people.log_in("anna").status == 401


def test_an_open_stream_ends_with_its_session(people: PeopleSite) -> None:
    token = people.token_of("anna")

    async def follow() -> bytes:
        headers = {"Authorization": f"Bearer {token}"}
        async with people.client.get("/api/v1/live", headers=headers) as answer:
            await answer.content.readuntil(b"data: ")
            await answer.content.readuntil(b"\n\n")
            config.set_options(people.database, "user", "anna", {"active": "N"}, who="test")
            people.api.askers.clear()
            people.driver.ask(Kind.PAUSE)
            return await asyncio.wait_for(answer.content.read(), 20)

    assert b"PAUSED" not in people.do(follow())


def test_another_role_is_in_effect_in_the_same_session(people: PeopleSite) -> None:
    assert people.as_user("anna", "GET", "/orphans").status == 403
    config.set_options(people.database, "user", "anna", {"role": "manager"}, who="test")
    people.forget()
    assert people.as_user("anna", "GET", "/orphans").status == 200


def test_a_session_ends_after_thirty_days(people: PeopleSite) -> None:
    token = people.token_of("anna")
    with closing(sqlite3.connect(people.database)) as db, db:
        ends, created = db.execute("SELECT ends, created FROM user_session").fetchone()
        assert ends - created == 30 * 86_400 * 1_000_000
        db.execute("UPDATE user_session SET ends = 1")
    people.forget()
    assert people.ask("GET", "/me", token=token).status == 401
    assert users.of_token(people.database, token) is None
    people.log_in("ben")
    assert [user for user, _, _ in stored(people)] == ["ben"], "sessions that are over are deleted"


def test_the_oldest_session_of_a_user_ends_when_there_are_too_many(people: PeopleSite) -> None:
    made = [user_sessions.begin(people.database, "anna", PASSWORD, str(count)) for count in range(3)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(user_sessions, "MOST", 3)
        user_sessions.begin(people.database, "anna", PASSWORD, "3")
    assert [program for _, program, _ in stored(people)] == ["1", "2", "3"]
    assert not user_sessions.end(people.database, made[0].token)


def test_a_user_who_logs_in_again_and_again_is_slowed_down(people: PeopleSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people.api.login_rate, "_clock", lambda: 0.0)  # a busy machine needs more than a second
    told = [people.log_in("anna").status for _ in range(12)]
    assert told[:10] == [201] * 10 and told[-1] == 429


def test_passwords_and_tokens_are_not_in_the_log(people: PeopleSite, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = people.token_of("anna")
    people.log_in("anna", "wrong-password")
    people.ask("GET", "/me", token=token)
    ticket = people.ask("POST", "/tickets", token=token).body["ticket"]
    people.ask("GET", f"/live?follow=false&ticket={ticket}", token="")
    said = [one.getMessage() for one in caplog.records if one.name != "aiohttp.access"]  # which the product turns off
    for secret in (PASSWORD, "wrong-password", token, ticket):
        assert not [one for one in said if secret in one]


def test_a_user_and_an_api_user_have_different_names(people: PeopleSite) -> None:
    for kind, name in (("user", "6666"), ("api-user", "anna")):
        with pytest.raises(config.Conflict, match="log in with the same names"):
            config.create(people.database, kind, name, {"pass": PASSWORD}, who="test")


def test_an_agent_belongs_to_one_user(people: PeopleSite) -> None:
    with pytest.raises(config.Conflict, match="belongs to user anna"):
        config.create(people.database, "user", "carl", {"pass": PASSWORD, "agent": "1000"}, who="test")
    with pytest.raises(config.Conflict, match=r"user anna \(agent\)"):
        config.delete(people.database, "agent", "1000", who="test")
