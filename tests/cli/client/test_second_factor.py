"""`warmline second-factor …`, the code at `warmline login`, and the reset by an administrator."""

import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from cli.entities import second_factor
from tests.cli.app import App, opened
from tests.cli.far_app import far_app, log_in
from tests.http.json_site import FACTOR_KEY
from tests.http.people.people_site import PASSWORD, add_people
from tests.wording.said import says
from warmline.access import one_time_codes
from warmline.store.configuration import config, second_factors, user_sessions

ENROL = ("second-factor", "enrol")


class Typing(io.StringIO):
    """The input of a person: the password, and the first code of the secret that the command has printed by then."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app, self.told, self.secret = app, "", ""

    def readline(self, size: int | None = -1, /) -> str:
        if not self.told:
            self.told = "asked"
            return f"{PASSWORD}\n"
        self.told = "".join(self._app._said.readouterr())
        found = re.search("[?&]secret=([A-Z2-7]{32})", self.told)
        assert found, self.told
        self.secret = found[1]
        return f"{code(self.secret)}\n"


def code(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(time.time()) + later)


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    with far_app(demo_database, tmp_path, capsys) as made:
        made.site.api.login_rate.a_second = 0
        yield made


def enrolled(app: App, user: str) -> tuple[str, list[str]]:
    """Let a user enrol; return the secret and the recovery codes."""
    log_in(app, user)
    typing = Typing(app)
    status, out, err = app.run_reading(*ENROL, stdin=typing)
    assert (status, err) == (0, "")
    return typing.secret, re.findall(r"^  (\S+ \S+ \S+ \S+)$", out, re.MULTILINE)


def test_a_person_enrols_logs_in_and_removes_it(app: App) -> None:
    log_in(app, "mia")
    assert app.done("second-factor", "show") == "no second factor is enrolled\n"
    secret, recovery = enrolled(app, "mia")
    assert len(set(recovery)) == 10
    assert "; 10 recovery codes are left\n" in app.done("second-factor", "show")
    login = ("login", app.site.url, "--user", "mia")
    status, out, err = app.run_reading(*login, stdin=f"{PASSWORD}\n{code(secret, 30)}\n")
    assert (status, out, err) == (0, f"logged in at {app.site.url}: mia, manager\n", "")
    status, out, err = app.run_reading(*login, stdin=f"{PASSWORD}\n{recovery[0]}\n")
    assert (status, err) == (0, "a recovery code was used; 9 are left\n")
    status, out, err = app.run_reading(*login, stdin=f"{PASSWORD}\n{recovery[0]}\n")
    assert status == 5 and out == "" and says(err, "code_wrong")
    status, out, err = app.run_reading(*login, stdin=f"{PASSWORD}\n")
    assert (status, out) == (1, "") and says(err, "password_not_typed", prompt=second_factor.CODE.lower())
    status, out, err = app.run_reading("second-factor", "remove", stdin=f"{PASSWORD}\n000000\n")
    assert status == 5 and says(err, "code_wrong")
    status, out, err = app.run_reading("second-factor", "remove", stdin=f"{PASSWORD}\n{recovery[1]}\n")
    assert (status, out, err) == (0, "second factor removed; logins ask for the password only\n", "")
    assert json.loads(app.done("second-factor", "show", "--json"))["enrolled"] is None
    assert app.run_reading(*login, stdin=f"{PASSWORD}\n")[0] == 0


def test_a_site_that_requires_it_says_so_at_the_login(app: App) -> None:
    config.set_options(app.site.database, "setting", "warmline", {"second_factor_required": "Y"}, who="test")
    app.site.forget()
    status, _, err = app.run_reading("login", app.site.url, "--user", "mia", stdin=f"{PASSWORD}\n")
    assert status == 0 and err.endswith("enrol one: warmline second-factor enrol\n")
    status, _, err = app.run_reading("agent", "status")
    assert status == 5 and says(err, "second_factor_must_enrol", user="mia")
    assert app.done("second-factor", "show") == "no second factor is enrolled, and this site requires one\n"


def test_an_administrator_resets_it_from_afar(app: App) -> None:
    enrolled(app, "mia")
    status, _, err = app.run_reading("user", "reset-second-factor", "mia")
    assert status == 5 and says(err, "role_missing")
    log_in(app, "ada")
    assert app.done("user", "reset-second-factor", "mia").startswith("user mia: second factor removed, sessions ended")
    status, _, err = app.run_reading("user", "reset-second-factor", "mia")
    assert status == 5 and says(err, "second_factor_not_there", user="mia")
    told = app.done("config", "history")
    assert told.count("second-factor mia") == 2 and told.count("user:ada") == 1, told


def test_root_resets_it_at_the_machine_without_an_app(
    demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(demo_database, tmp_path, capsys) as app:
        add_people(path := app.site.database)
        token = user_sessions.begin(path, "mia", PASSWORD, "").token
        secret, now = second_factors.begin(path, FACTOR_KEY, token, PASSWORD).secret, time.time()
        second_factors.confirm(path, FACTOR_KEY, token, code(secret), now)
        assert json.loads(app.done("user", "reset-second-factor", "mia", "--json")) == {"user": "mia"}
        assert second_factors.keys(path) == {} and user_sessions.begin(path, "mia", PASSWORD, "").token
        status, _, err = app.run_reading("user", "reset-second-factor", "nobody")
        assert status == 3 and says(err, "entity_unknown")
        assert one_time_codes.key_id(FACTOR_KEY) not in app.done("audit", "config")
