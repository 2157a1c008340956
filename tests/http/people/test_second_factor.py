"""Second factors over the JSON API: enrolled by a user, asked for at the login, required by the site, and reset."""

import logging
import time
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from ari_app.http.openapi.route_table import ROUTES
from tests.http.people.people_site import PASSWORD, USERS, PeopleSite
from tests.http.people.rights_probe import Subjects
from warmline.access import one_time_codes
from warmline.access.login_delays import OF_SOURCE
from warmline.store.configuration import config
from warmline.store.configuration.wallboards import WALLBOARD

PATH = "/me/second-factor"


class Phone:
    """The authenticator app of a user, and the recovery codes on paper."""

    def __init__(self, site: PeopleSite, user: str) -> None:
        token = site.token_of(user)
        begun = site.ask("POST", PATH, {"password": PASSWORD}, token=token)
        assert begun.status == 201, begun.body
        self.begun = begun.body
        (secret,) = parse_qs(urlsplit(self.begun["uri"]).query)["secret"]
        self.totp = pyotp.TOTP(secret)
        made = site.ask("POST", f"{PATH}/confirm", {"code": self.code()}, token=token)
        assert made.status == 200, made.body
        self.recovery: list[str] = made.body["recovery_codes"]

    def code(self, later: int = 0) -> str:
        return self.totp.at(int(time.time()) + later)


def log_in(site: PeopleSite, user: str, code: str = "", **more: str) -> tuple[int, str]:
    told = site.log_in(user, code=code, **more)
    return told.status, str(told.body.get("code", ""))


@pytest.fixture
def site(people: PeopleSite) -> PeopleSite:
    people.api.askers.rate.a_second = people.api.login_rate.a_second = 0
    return people


@pytest.mark.parametrize("user", list(USERS))
def test_a_user_enrols_and_logs_in_with_a_code(site: PeopleSite, user: str) -> None:
    other = site.log_in(user).body["token"]
    assert site.as_user(user, "GET", PATH).body == {"enrolled": None, "recovery_codes": 0, "required": False}
    phone = Phone(site, user)
    assert site.ask("GET", "/me", token=other).status == 401, "the other session has shown no code"
    told = site.as_user(user, "GET", PATH).body
    assert told["enrolled"] and told["recovery_codes"] == 10
    assert log_in(site, user) == (401, "code_needed")
    code = phone.code(30)
    assert log_in(site, user, code) == (201, "")
    assert log_in(site, user, code) == (401, "code_wrong")
    told = site.log_in(user, code=phone.recovery[0].lower().replace(" ", "-"))
    assert (told.status, told.body["recovery_codes"]) == (201, 9)
    assert log_in(site, user, phone.recovery[0]) == (401, "code_wrong")
    assert site.log_in(user, "wrong", code=phone.recovery[1]).body["code"] == "login_refused"
    assert log_in(site, user, phone.recovery[1]) == (201, ""), "a wrong password uses no code up"


def test_the_qr_code_and_the_groups_have_the_secret(site: PeopleSite) -> None:
    phone = Phone(site, "mia")
    rows = phone.begun["qr"]
    assert {len(row) for row in rows} == {len(rows)} and set("".join(rows)) == {"0", "1"}
    assert rows[0].startswith("1111111") and rows[-1].startswith("1111111"), "two corners by which a camera finds it"
    assert phone.begun["secret"].replace(" ", "") == phone.totp.secret and len(phone.begun["secret"]) == 39
    assert phone.begun["uri"].startswith("otpauth://totp/Warmline:mia@127.0.0.1")


def test_a_known_device_needs_a_code_too(site: PeopleSite) -> None:
    device = site.log_in("mia").body["device"]
    phone = Phone(site, "mia")
    assert log_in(site, "mia", device=device) == (401, "code_needed")
    assert log_in(site, "mia", "000000", device=device) == (401, "code_wrong")
    assert log_in(site, "mia", phone.code(30), device=device) == (201, "")


def test_wrong_codes_are_delayed_as_wrong_passwords(site: PeopleSite) -> None:
    """Also for a client that knows the password. A login without a code ends no delay, and begins none."""
    phone = Phone(site, "mia")
    for _ in range(OF_SOURCE.free):
        assert log_in(site, "mia") == (401, "code_needed")
        assert log_in(site, "mia", "000000") == (401, "code_wrong")
    assert log_in(site, "mia", phone.recovery[0]) == (429, "session_delayed")
    assert site.as_user("mia", "GET", "/me").status == 200 and log_in(site, "ada") == (201, "")


def test_an_enrolment_needs_the_password_and_is_made_once(site: PeopleSite) -> None:
    told = site.as_user("mia", "POST", PATH, {"password": "wrong"})
    assert (told.status, told.body["code"]) == (403, "password_wrong")
    told = site.as_user("mia", "POST", f"{PATH}/confirm", {"code": "123456"})
    assert (told.status, told.body["code"]) == (409, "second_factor_not_begun")
    assert site.as_user("mia", "POST", PATH, {"password": PASSWORD}).status == 201
    told = site.as_user("mia", "POST", f"{PATH}/confirm", {"code": "123456"})
    assert (told.status, told.body["code"]) == (403, "code_wrong")
    assert log_in(site, "mia") == (201, ""), "not enrolled before the first code"
    Phone(site, "mia")
    told = site.as_user("mia", "POST", PATH, {"password": PASSWORD})
    assert (told.status, told.body["code"]) == (409, "second_factor_enrolled")


def test_a_user_removes_it_with_password_and_code(site: PeopleSite) -> None:
    told = site.as_user("mia", "POST", f"{PATH}/remove", {"password": PASSWORD, "code": "123456"})
    assert (told.status, told.body["code"]) == (409, "second_factor_none")
    phone = Phone(site, "mia")
    for password, code, why in (
        ("wrong", phone.recovery[0], "password_wrong"),
        (PASSWORD, "000000", "code_wrong"),
        (PASSWORD, "", "code_needed"),
    ):
        told = site.as_user("mia", "POST", f"{PATH}/remove", {"password": password, "code": code})
        assert (told.status, told.body["code"]) == (403, why)
    told = site.as_user("mia", "POST", f"{PATH}/remove", {"password": PASSWORD, "code": phone.recovery[0]})
    assert (told.status, told.body) == (200, {"user": "mia"})
    assert log_in(site, "mia") == (201, "")


def test_an_administrator_resets_it(site: PeopleSite) -> None:
    phone = Phone(site, "mia")
    for user in ("anna", "ben", "mia"):
        assert site.as_user(user, "DELETE", "/users/mia/second-factor").body["code"] == "role_missing"
    assert site.as_user("ada", "DELETE", "/users/nobody/second-factor").status == 404
    assert site.as_user("ada", "DELETE", "/users/ben/second-factor").body["code"] == "second_factor_not_there"
    told = site.as_user("ada", "DELETE", "/users/mia/second-factor")
    assert (told.status, told.body) == (200, {"user": "mia"})
    assert site.as_user("mia", "GET", "/me").status == 401
    assert log_in(site, "mia", phone.recovery[0]) == (201, ""), "a code that nobody asks for is not looked at"
    rows = site.as_user("ada", "GET", "/config/changes?kind=second-factor").body
    assert [(one["who"], one["changes"][0]["action"]) for one in rows] == [
        ("user:ada", "delete"),
        ("user:mia", "create"),
    ]


def test_a_site_that_requires_it_lets_managers_only_enrol(site: PeopleSite) -> None:
    subjects = Subjects(site)
    tokens = {user: site.token_of(user) for user in USERS}
    phone = Phone(site, "ada")
    config.set_options(site.database, "setting", "warmline", {"second_factor_required": "Y"}, who="test")
    site.forget()
    told = site.log_in("mia")
    assert (told.status, told.body["must_enrol"]) == (201, True)
    me = site.ask("GET", "/me", token=tokens["mia"]).body
    assert me["must_enrol"] and set(me["rights"].values()) == {"none"}, "also a session from before"
    free = {"logIn", "logOut", "getMe", "changePassword", "getSecondFactor", "enrolSecondFactor", "confirmSecondFactor"}
    for route in (one for one in ROUTES if one.name not in free):
        told = site.ask(route.method, subjects.path(route, "1000"), token=tokens["mia"])
        assert (told.status, told.body["code"]) == (403, "second_factor_must_enrol"), route.name
    for user in ("anna", "ben", "ada"):
        assert not site.ask("GET", "/me", token=tokens[user]).body["must_enrol"], user
    assert log_in(site, "ada", phone.code(30)) == (201, "")
    assert site.ask("GET", PATH, token=tokens["mia"]).body["required"]
    Phone(site, "mia")
    assert not site.ask("GET", "/me", token=tokens["mia"]).body["must_enrol"]
    told = site.ask("POST", f"{PATH}/remove", {"password": PASSWORD, "code": "000000"}, token=tokens["mia"])
    assert told.body["code"] == "code_wrong"


def test_the_former_password_is_changed_before_the_enrolment(site: PeopleSite) -> None:
    options = {"force_change_password": "Y"}
    config.set_options(site.database, "user", "mia", options, who="test")
    config.set_options(site.database, "setting", "warmline", {"second_factor_required": "Y"}, who="test")
    told = site.as_user("mia", "POST", PATH, {"password": PASSWORD})
    assert told.body["code"] == "password_must_change"
    new = "another-one7"
    assert site.as_user("mia", "POST", "/me/password", {"password": PASSWORD, "new_password": new}).status == 200
    assert site.as_user("mia", "GET", "/agents").body["code"] == "second_factor_must_enrol"
    assert site.as_user("mia", "POST", PATH, {"password": new}).status == 201


def test_programs_and_wallboards_have_none(site: PeopleSite) -> None:
    asked = [("GET", PATH, None), ("POST", PATH, {"password": "x"}), ("POST", f"{PATH}/confirm", {"code": "123456"})]
    for method, path, body in [*asked, ("POST", f"{PATH}/remove", {"password": "x", "code": "1"})]:
        assert site.ask(method, path, body).body["code"] == "no_session"
    wall = site.log_in("ben", program=WALLBOARD).body["token"]
    assert site.ask("POST", PATH, {"password": PASSWORD}, token=wall).body["code"] == "wallboard_without_account"


def test_the_log_has_no_secret(site: PeopleSite, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        phone = Phone(site, "mia")
        codes = [phone.code(30), phone.recovery[0], phone.recovery[1]]
        assert [log_in(site, "mia", code)[0] for code in codes] == [201, 201, 201]
        site.as_user("mia", "POST", f"{PATH}/remove", {"password": PASSWORD, "code": phone.recovery[2]})
    text = caplog.text
    assert "user:mia has enrolled a second factor" in text and "user:mia has used a recovery code; 9 are left" in text
    for secret in (phone.totp.secret, phone.begun["secret"], *codes, *map(one_time_codes.plain, phone.recovery)):
        assert secret not in text
