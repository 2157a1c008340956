"""The session of a wallboard: begun by a supervisor, without numbers, listed and ended by an administrator."""

import asyncio
import json
import re
import sqlite3
from contextlib import closing

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.people.stream_ticket_requests import TICKETS
from ari_app.http.screen.wallboard import WallboardScreen
from tests.http.json_site import Told
from tests.http.people.people_site import PeopleSite
from tests.http.workspace.browser import Browser
from tests.http.workspace.test_feed import page
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config_history
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.configuration.wallboards import SCOPE, WALLBOARD

CUSTOMER, CALLER, THIRD = "8005551234", "8005559876", '"8500"'
FREE = {"getMe", "logOut", "logIn", "getHealth", "getOpenapi"}  # routes that need no scope


def wall(people: PeopleSite, user: str = "ben") -> str:
    """Return the token of a wallboard."""
    return str(people.log_in(user, program=WALLBOARD).body["token"])


def calls_come(people: PeopleSite) -> None:
    """Let agent 1000 talk to a customer and a third party, while another caller waits."""
    people.driver.asterisk.come_in("one", "ingroup", "SALESLINE", number=CUSTOMER)
    people.driver.pump()
    people.driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    people.driver.asterisk.come_in("two", "ingroup", "SALESLINE", number=CALLER)
    people.driver.pump()


def test_a_wallboard_shows_agents_calls_and_callers_without_a_number(people: PeopleSite) -> None:
    calls_come(people)
    whole = people.as_user("ben", "GET", "/overview").body
    assert [n for n in (CUSTOMER, CALLER, THIRD) if n not in json.dumps(whole)] == [], whole
    people.as_user("ben", "POST", "/dialling/stop", {"why": f"{CUSTOMER} complains"})
    shown = people.ask("GET", "/wallboard", token=wall(people)).body
    assert set(shown) == set(WallboardScreen.__struct_fields__)
    assert (shown["agents"][0]["user"], len(shown["calls"]), len(shown["waiting"])) == ("1000", 2, 1)
    assert shown["dialling"]["stopped"] is True
    assert not any(number in json.dumps(shown) for number in (CUSTOMER, CALLER, THIRD))


def test_the_feed_of_a_wallboard_has_no_number(people: PeopleSite) -> None:
    calls_come(people)

    async def first() -> str:
        async with asyncio.timeout(10), page(people, "?view=overview", token) as connection:
            return str((await connection.receive()).data)

    token = wall(people)
    told = people.do(first())
    assert '"waiting"' in told and "1000" in told
    assert not any(number in told for number in (CUSTOMER, CALLER, THIRD))
    assert people.ask("GET", "/agents/1000/screen", token=token).body["code"] == "wallboard_only_reads"


def test_every_other_route_is_refused(people: PeopleSite) -> None:
    """Such as history, callbacks, tickets, the events, and the whole overview."""
    token = wall(people, "ada")
    tried = 0
    for route in ROUTES:
        if route.name in FREE or route.is_open or route.scope == SCOPE:
            continue
        path = re.sub(r"{[a-z_]+}", "1", route.path.replace("{user}", "1000").replace("{kind}", "campaign"))
        told = people.ask(route.method, path, {}, token=token)
        assert told.status == 403, f"{route.method} {path}: {told.status} {told.body}"
        tried += 1
    assert tried > 90 and TICKETS in ROUTES


def test_an_agent_begins_no_wallboard(people: PeopleSite) -> None:
    """The sentence comes only after the right password."""
    for told in (people.log_in("anna", program=WALLBOARD), Browser(people).log_in("anna", program=WALLBOARD)):
        assert (told.status, told.body["code"]) == (403, "wallboard_role")
        assert "to begin a wallboard takes supervisor, manager or admin" in told.body["detail"]
    assert people.log_in("anna", "wrong-one7", WALLBOARD).status == 401
    assert people.log_in("anna").status == 201


def test_a_session_from_before_the_upgrade_shows_no_number_and_an_agents_one_nothing(people: PeopleSite) -> None:
    tokens = {user: people.token_of(user) for user in ("anna", "ben")}
    with closing(sqlite3.connect(people.database)) as database:
        database.execute("UPDATE user_session SET program = 'wallboard'")
        database.commit()
    people.forget()
    assert people.ask("GET", "/wallboard", token=tokens["ben"]).status == 200
    assert people.ask("GET", "/overview", token=tokens["ben"]).body["code"] == "wallboard_only_reads"
    for path in ("/wallboard", "/overview", "/agents/1000"):
        assert people.ask("GET", path, token=tokens["anna"]).body["code"] == "wallboard_only_reads"


def listed(people: PeopleSite, user: str) -> Told:
    return people.as_user(user, "GET", "/sessions")


def test_an_administrator_lists_and_ends_a_wallboard(people: PeopleSite) -> None:
    token = wall(people)
    [one] = [one for one in listed(people, "ada").body if one["program"] == WALLBOARD]
    assert (one["user"], one["address"], one["current"]) == ("ben", "127.0.0.1", False)
    assert [one["current"] for one in listed(people, "ada").body if one["user"] == "ada"] == [True]
    told = people.as_user("ada", "DELETE", f"/sessions/{one['id']}")
    assert (told.status, told.body) == (200, {"ended": 1})
    assert people.ask("GET", "/wallboard", token=token).status == 401
    assert people.as_user("ada", "DELETE", f"/sessions/{one['id']}").body["code"] == "session_over"
    [noted] = config_history.newest(people.database, 1, WantedRevisions(config_history.SESSION))
    [change] = noted.changes
    assert (noted.who, change.action, change.before) == ("user:ada", "delete", {"user": "ben", "program": WALLBOARD})
