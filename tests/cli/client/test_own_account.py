"""`warmline password` and `warmline session …` at an app, and the login with a password of an administrator."""

import json
from pathlib import Path

import pytest

from ari_app.background.pollers import ConfigurationPoller
from tests.cli.app import App, opened
from tests.cli.far_app import log_in
from tests.http.people.people_site import PASSWORD, PeopleSite
from tests.wording.said import says
from warmline.options.user_options import MUST_CHANGE
from warmline.store.configuration import config, user_sessions, users

NEW = "another-one7"


def people(app: App) -> PeopleSite:
    assert isinstance(app.site, PeopleSite)
    return app.site


def test_a_person_changes_the_own_password(app: App) -> None:
    log_in(app, "anna")
    people(app).log_in("anna")
    assert app.run_reading("password", stdin=f"{PASSWORD}\n{NEW}\n") == (
        0,
        "password changed; 1 session ended elsewhere\n",
        "",
    )
    assert json.loads(app.done("whoami", "--json"))["user"] == "anna", "this session goes on"
    code, _, err = app.run_reading("password", stdin=f"{PASSWORD}\nstill-another7\n")
    assert code == 5 and "the current password is wrong" in err
    code, out, _ = app.run_reading("password", "--json", stdin=f"{NEW}\n{PASSWORD}\n")
    assert (code, json.loads(out)) == (0, {"user": "anna", "ended": 0})


def test_a_missing_or_weak_password_changes_nothing(app: App) -> None:
    log_in(app, "anna")
    code, out, err = app.run_reading("password", stdin=f"{PASSWORD}\n")
    assert (code, out) == (1, "") and says(err, "password_not_typed", prompt="new password")
    code, out, err = app.run_reading("password", stdin=f"{PASSWORD}\nanna\n")
    assert out == "" and says(err, "new_password_weak")
    assert people(app).log_in("anna").status == 201


def test_without_a_login_there_is_no_password(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (("password",), ("session", "list"), ("session", "end", "--others")):
        code, out, err = app.run_reading(*words)
        assert (code, out) == (1, "") and says(err, "own_login_needed")


def test_a_password_of_an_administrator_is_changed_at_the_login(app: App) -> None:
    database = app.site.database
    config.set_options(database, "user", "anna", {MUST_CHANGE: "Y"}, who="test")
    login = ("login", app.site.url, "--user", "anna")
    code, out, err = app.run_reading(*login, stdin=f"{PASSWORD}\n{NEW}\n")
    assert (code, out) == (0, f"logged in at {app.site.url}: anna, agent, agent 1000\n")
    assert err == "an administrator has set the password of anna; choose another one now\n"
    assert config.show(database, "user", "anna")[MUST_CHANGE] == "N"
    assert "READY" in app.done("agent", "status")


def test_a_login_without_the_change_may_do_nothing_else(app: App) -> None:
    config.set_options(app.site.database, "user", "anna", {MUST_CHANGE: "Y"}, who="test")
    code, _, err = app.run_reading("login", app.site.url, "--user", "anna", stdin=f"{PASSWORD}\n")
    assert code == 1 and says(err, "password_not_typed", prompt="new password")
    code, out, err = app.run_reading("agent", "status")
    assert (code, out) == (5, "") and "choose another one first: warmline password" in err
    assert app.run_reading("password", stdin=f"{PASSWORD}\n{NEW}\n")[0] == 0
    assert "READY" in app.done("agent", "status")


def test_own_sessions_are_listed_and_ended(app: App) -> None:
    log_in(app, "anna")
    laptop = people(app).log_in("anna", program="a laptop").body["token"]
    people(app).log_in("anna", program="a tablet")
    found = json.loads(app.done("session", "list", "--json"))
    assert [(one["program"], one["current"]) for one in found] == [("a tablet", False), ("a laptop", False), ("", True)]
    table = app.done("session", "list").splitlines()
    assert table[0].split() == ["session", "program", "address", "begun", "last", "seen", "here"]
    assert table[3].endswith("yes") and table[4:] == ["times: UTC"] and "127.0.0.1" in table[1]
    assert app.done("session", "end", found[1]["id"]) == "1 session ended\n"
    assert app.site.ask("GET", "/me", token=laptop).status == 401
    code, _, err = app.run_reading("session", "end", found[1]["id"])
    assert code != 0 and "has no session" in err
    code, _, err = app.run_reading("session", "end")
    assert code == 1 and says(err, "session_not_named")
    assert app.done("session", "end", "--others") == "1 session ended\n"
    assert json.loads(app.done("session", "list", "--json"))[0]["current"]


def test_a_password_that_an_administrator_types_at_the_machine_must_be_changed(
    demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(demo_database, tmp_path, capsys) as app:
        code, out, _ = app.run_reading("user", "create", "eve", "pass=-", "role=manager", stdin=f"{NEW}\n")
        assert (code, out) == (0, "user eve created\n")
        assert json.loads(app.done("user", "show", "eve", "--json"))[MUST_CHANGE] == "Y"
        assert app.done("user", "set", "eve", f"{MUST_CHANGE}=N") == f"user eve: {MUST_CHANGE}=N\n"
        code, out, _ = app.run_reading("user", "password", "eve", stdin="still-another7\n")
        assert (code, out) == (0, f"user eve: pass changed, {MUST_CHANGE}=Y\n")


def test_an_administrator_lists_and_ends_the_sessions_of_all(app: App) -> None:
    log_in(app, "ada")
    wall = people(app).log_in("ben", program="wallboard").body["token"]
    found = json.loads(app.done("session", "list", "--all", "--json"))
    assert (found[0]["user"], found[0]["program"], found[0]["current"]) == ("ben", "wallboard", False)
    assert app.done("session", "list", "--all").splitlines()[0].split()[:2] == ["session", "user"]
    assert app.done("session", "end", found[0]["id"], "--any-user") == "1 session ended\n"
    assert app.site.ask("GET", "/me", token=wall).status == 401
    code, _, err = app.run_reading("session", "end", found[0]["id"], "--any-user")
    assert code != 0 and "it may have ended" in err


def test_an_administrator_ends_all_sessions_of_one_user(app: App) -> None:
    log_in(app, "ada")
    ended = [people(app).log_in("ben").body["token"], people(app).log_in("ben").body["token"]]
    kept = people(app).log_in("anna").body["token"]
    assert {one["user"] for one in json.loads(app.done("session", "list", "--user", "ben", "--json"))} == {"ben"}
    assert app.done("session", "end", "--user", "ben") == "2 sessions ended\n"
    assert [app.site.ask("GET", "/me", token=one).status for one in (*ended, kept)] == [401, 401, 200]
    code, _, err = app.run_reading("session", "end", "--user", "bem")
    assert code == 3 and "did you mean ben?" in err


def test_root_ends_a_wallboard_without_a_login_and_the_app_reads_the_sessions_again(
    demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(demo_database, tmp_path, capsys) as app:
        config.create(app.site.database, "user", "wall", {"pass": NEW, "role": "supervisor"}, who="test")
        made = user_sessions.begin(app.site.database, "wall", NEW, "wallboard")
        poller = ConfigurationPoller(str(app.site.database))
        poller.read()
        [one] = json.loads(app.done("session", "list", "--all", "--json"))
        assert (one["user"], one["program"], one["current"]) == ("wall", "wallboard", False)
        assert app.done("session", "end", one["id"], "--any-user") == "1 session ended\n"
        assert users.of_token(app.site.database, made.token) is None
        assert poller.changed(), "the API process then reads the sessions again"
        code, _, err = app.run_reading("session", "end", one["id"], "--any-user")
        assert code == 3 and says(err, "session_over", id=one["id"])
