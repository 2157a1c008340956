"""The emergency stop of automatic dialling: each supervisor stops; lifting takes the same person or a manager."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import Told
from tests.http.people.people_site import PASSWORD, PeopleSite
from warmline.store.configuration import config, config_history
from warmline.store.configuration.config_history import DIAL_STOP, WantedRevisions
from warmline.store.database import database
from warmline.store.journal import hash_chain
from warmline.system import dial_stop_file

REASON = {"why": "the list is right now"}


@pytest.fixture
def sue(people: PeopleSite) -> str:
    """Return a second supervisor."""
    config.create(people.database, "user", "sue", {"pass": PASSWORD, "role": "supervisor"}, who="test")
    people.forget()
    return "sue"


def stop(people: PeopleSite, user: str, why: str = "") -> Told:
    return people.as_user(user, "POST", "/dialling/stop", {"why": why} if why else {})


def allow(people: PeopleSite, user: str) -> Told:
    return people.as_user(user, "POST", "/dialling/allow", REASON)


def refused(people: PeopleSite, user: str) -> str:
    """Return why the user may not lift the stop, which then still holds."""
    told = allow(people, user)
    assert (told.status, told.body["code"]) == (403, "dial_stop_of_another")
    assert dial_stop_file.is_set(people.api.run)
    return str(told.body["detail"])


def history(people: PeopleSite) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    found = config_history.newest(people.database, 10, WantedRevisions(DIAL_STOP))
    return [(one.who, change.action, change.before, change.after) for one in found for change in one.changes]


def test_a_supervisor_does_not_lift_the_stop_of_another(people: PeopleSite, sue: str) -> None:
    assert stop(people, "ben", "wrong list").body["new"] is True
    assert "automatic dialling was stopped by user:ben (wrong list); a manager" in refused(people, sue)
    assert allow(people, "ben").body == {"stopped": False, "new": True, "stops": []}
    assert not dial_stop_file.is_set(people.api.run)


@pytest.mark.parametrize("user", ["mia", "ada"])
def test_managers_and_administrators_lift_each_stop(people: PeopleSite, sue: str, user: str) -> None:
    stop(people, sue)
    assert allow(people, user).status == 200
    assert not dial_stop_file.is_set(people.api.run)


def test_a_second_stop_holds_when_the_first_person_changes_their_mind(people: PeopleSite, sue: str) -> None:
    stop(people, "ben", "wrong list")
    assert [one["by"] for one in stop(people, sue, "trunk is down").body["stops"]] == ["user:ben", "user:sue"]
    assert "stopped by user:sue (trunk is down)" in refused(people, "ben")
    assert allow(people, "mia").status == 200


def test_an_agent_can_stop_and_lift_nothing(people: PeopleSite) -> None:
    assert stop(people, "anna").body["code"] == "role_missing"
    stop(people, "ben")
    assert allow(people, "anna").body["code"] == "role_missing"


@pytest.mark.parametrize("made", ["", "touched by hand\n"])
def test_only_a_manager_lifts_a_file_made_by_hand(people: PeopleSite, made: str) -> None:
    """Such as an empty one that was there before an upgrade, or one that cannot be read."""
    Path(people.api.run, dial_stop_file.NAME).write_text(made)
    stop(people, "ben")
    assert "stopped by unknown; a manager" in refused(people, "ben")
    assert allow(people, "mia").status == 200


def test_a_stop_outlives_the_app(people: PeopleSite, sue: str) -> None:
    stop(people, "ben", "wrong list")
    people.stop()
    people.start()
    assert people.as_user(sue, "GET", "/overview").body["dialling"]["stops"][0]["by"] == "user:ben"
    refused(people, sue)
    assert allow(people, "ben").status == 200


def test_history_and_log_have_both_reasons(people: PeopleSite, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "warmline.dialler")
    stop(people, "ben", "wrong list")
    allow(people, "mia")
    assert history(people) == [
        ("user:mia", "delete", {"by": "user:ben", "why": "wrong list"}, REASON),
        ("user:ben", "create", {}, {"why": "wrong list"}),
    ]
    assert hash_chain.verify(people.database) == []
    assert caplog.messages == [
        "user:ben has stopped all automatic dialling: wrong list",
        "user:mia allows automatic dialling, which user:ben had stopped: the list is right now",
    ]
    shown = people.as_user("ada", "GET", "/config/changes?kind=dial-stop").body
    assert [one["who"] for one in shown] == ["user:mia", "user:ben"]


def test_a_late_database_delays_no_stop_and_nothing_is_lifted_without_a_record(
    people: PeopleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.token_of("ben")
    monkeypatch.setitem(database.connect.__kwdefaults__, "busy", 0.05)
    with closing(sqlite3.connect(people.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert stop(people, "ben").status == 200
        assert dial_stop_file.is_set(people.api.run)
        assert allow(people, "ben").status == 503
        assert dial_stop_file.is_set(people.api.run)
    assert allow(people, "ben").status == 200
    assert [one[:2] for one in history(people)] == [("user:ben", "delete")], "the stop had no time to be noted"
