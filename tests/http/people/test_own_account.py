"""Users change their own password, and list and end their sessions; one with a password of an administrator must."""

import pytest
from aiohttp import WSServerHandshakeError

from ari_app.http.openapi.route_table import ROUTES
from tests.http.people.people_site import PASSWORD, USERS, PeopleSite
from tests.http.people.rights_probe import Subjects
from warmline.options.user_options import MUST_CHANGE
from warmline.store.configuration import config, config_history
from warmline.store.configuration.wallboards import WALLBOARD

NEW = "another-one7"


def change(site: PeopleSite, token: str, former: str = PASSWORD, new: str = NEW) -> tuple[int, str]:
    told = site.ask("POST", "/me/password", {"password": former, "new_password": new}, token=token)
    return told.status, str(told.body.get("code", told.body))


def set_by_administrator(site: PeopleSite, user: str) -> None:
    told = site.as_user("ada", "PATCH", f"/config/user/{user}", {"pass": NEW})
    assert (told.status, told.body["options"][MUST_CHANGE]) == (200, "Y")
    site.forget()


@pytest.mark.parametrize("user", list(USERS))
def test_a_password_is_changed_with_the_former_one(people: PeopleSite, user: str) -> None:
    token, other, of_ben = people.token_of(user), people.log_in(user).body["token"], people.log_in("ben").body["token"]
    ended = 2 if user == "ben" else 1
    assert change(people, token) == (200, f"{{'ended': {ended}}}")
    assert people.ask("GET", "/me", token=other).status == 401
    assert people.ask("GET", "/me", token=token).status == 200
    assert people.ask("GET", "/me", token=of_ben).status == (401 if user == "ben" else 200)
    assert [people.log_in(user).status, people.log_in(user, NEW).status] == [401, 201]


def test_the_history_names_the_user_and_no_password(people: PeopleSite) -> None:
    assert change(people, people.token_of("anna"))[0] == 200
    found = config_history.newest(people.database, 1)[0]
    (made,) = found.changes
    assert (found.who, made.action, made.kind, made.name) == ("user:anna", "set", "user", "anna")
    assert (made.before, made.after) == ({"pass": "changed"}, {"pass": "changed"})


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (PASSWORD, "new_password_same"),
        ("short7", "new_password_weak"),
        ("PASSWORD", "new_password_weak"),
        ("password1", "new_password_weak"),
        ("2026Warmline", "new_password_weak"),
        ("with spaces in it", "new_password_invalid"),
    ],
)
def test_a_bad_new_password_changes_nothing(people: PeopleSite, new: str, code: str) -> None:
    token, other = people.token_of("anna"), people.log_in("anna").body["token"]
    assert change(people, token, new=new) == (422, code)
    assert people.ask("GET", "/me", token=other).status == 200
    assert people.log_in("anna").status == 201


def test_a_wrong_former_password_is_delayed_as_at_a_login(people: PeopleSite) -> None:
    assert people.api.users
    people.api.users._clock = lambda: 0.0
    people.api.askers.rate.a_second = 0
    token = people.token_of("anna")
    assert [change(people, token, "wrong") for _ in range(5)] == [(403, "password_wrong")] * 5
    assert change(people, token) == (429, "login_delayed")
    assert people.log_in("anna").status == 201, "another place is not slowed by this session"
    people.api.users._clock = lambda: 2.0
    assert change(people, token)[0] == 200


def test_strangers_do_not_slow_the_change_down(people: PeopleSite) -> None:
    assert people.api.users
    people.api.users._clock = lambda: 0.0
    people.api.askers.rate.a_second = 0
    token = people.token_of("anna")
    assert [people.log_in("anna", "wrong").status for _ in range(7)][-2:] == [429, 429]
    assert change(people, token)[0] == 200


def test_a_program_has_no_password_and_no_sessions(people: PeopleSite) -> None:
    asked = [("POST", "/me/password", {"password": "x", "new_password": NEW}), ("GET", "/me/sessions", None)]
    for method, path, body in [*asked, ("DELETE", "/me/sessions", None), ("DELETE", "/me/sessions/x", None)]:
        told = people.ask(method, path, body)
        assert (told.status, told.body["code"]) == (403, "no_session")


def test_a_wallboard_changes_nothing(people: PeopleSite) -> None:
    token = people.log_in("ben", program=WALLBOARD).body["token"]
    assert change(people, token) == (403, "wallboard_without_account")
    assert people.ask("DELETE", "/me/sessions", token=token).body["code"] == "wallboard_without_account"


def test_a_password_of_an_administrator_admits_only_the_change(people: PeopleSite, subjects_of: Subjects) -> None:
    set_by_administrator(people, "anna")
    told = people.log_in("anna", NEW)
    token = told.body["token"]
    assert (told.status, told.body["must_change"]) == (201, True)
    me = people.ask("GET", "/me", token=token).body
    assert me["must_change"] and set(me["rights"].values()) == {"none"}
    people.api.askers.rate.a_second = 0
    for route in (one for one in ROUTES if not (one.before_own_password or one.is_open)):
        told = people.ask(route.method, subjects_of.path(route, "1000"), {} if route.takes else None, token=token)
        assert (told.status, told.body["code"]) == (403, "password_must_change"), route.name
    assert change(people, token, NEW, "my-own-secret7")[0] == 200
    me = people.ask("GET", "/me", token=token).body
    assert not me["must_change"] and me["rights"]["calls:read"] == "own"
    assert people.ask("GET", "/agents/1000", token=token).status == 200
    assert not people.log_in("anna", "my-own-secret7").body["must_change"]


@pytest.fixture
def subjects_of(people: PeopleSite) -> Subjects:
    return Subjects(people)


def test_the_feed_and_the_metrics_are_closed_before_the_change(people: PeopleSite) -> None:
    set_by_administrator(people, "mia")
    headers = {"Authorization": f"Bearer {people.log_in('mia', NEW).body['token']}"}

    async def opened() -> tuple[int, int]:
        async with people.client.get("/metrics", headers=headers) as answer:
            metrics = answer.status
        with pytest.raises(WSServerHandshakeError) as refused:
            await people.client.ws_connect("/workspace/feed?view=overview", headers=headers)
        return metrics, refused.value.status

    assert people.do(opened()) == (403, 403)


def test_an_administrator_can_keep_a_password(people: PeopleSite) -> None:
    told = people.as_user("ada", "PATCH", "/config/user/anna", {"pass": NEW, MUST_CHANGE: "N"})
    assert told.body["options"][MUST_CHANGE] == "N"
    document = {"user": {"ben": {"pass": NEW, MUST_CHANGE: "N"}, "mia": {"pass": NEW}}}
    told = people.as_user("ada", "POST", "/config/apply", {"configuration": document})
    assert told.status == 200
    shown = {user: config.show(people.database, "user", user)[MUST_CHANGE] for user in ("ben", "mia")}
    assert shown == {"ben": "N", "mia": "Y"}
    made = people.as_user("ada", "POST", "/config/user/eve", {"pass": NEW, "role": "manager"})
    assert made.body["options"][MUST_CHANGE] == "Y"


def test_one_session_or_all_others_end(people: PeopleSite) -> None:
    token, of_ben = people.token_of("anna"), people.token_of("ben")
    tokens = [people.log_in("anna", program=str(one)).body["token"] for one in range(3)]
    ids = {one["program"]: one["id"] for one in people.ask("GET", "/me/sessions", token=token).body}
    assert people.ask("DELETE", f"/me/sessions/{ids['1']}", token=token).body == {"ended": 1}
    told = people.ask("DELETE", f"/me/sessions/{ids['1']}", token=token)
    assert (told.status, told.body["code"]) == (404, "own_session_unknown")
    assert [people.ask("GET", "/me", token=one).status for one in tokens] == [200, 401, 200]
    told = people.ask("DELETE", f"/me/sessions/{ids['0']}", token=of_ben)
    assert told.status == 404, "the session of another user is none"
    assert people.ask("DELETE", "/me/sessions", token=token).body == {"ended": 2}
    assert [people.ask("GET", "/me", token=one).status for one in (*tokens, token, of_ben)] == [401, 401, 401, 200, 200]
