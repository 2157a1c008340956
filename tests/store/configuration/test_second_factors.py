"""Second factors of users in the database: enrolled, used, lost, removed, reset, copied and erased."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyotp
import pytest

from tests.wording.said import refused
from warmline.access import one_time_codes
from warmline.store.configuration import config, config_history, second_factors, user_sessions
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.configuration.second_factors import FactorNow, FactorRefused
from warmline.store.configuration.user_sessions import NewSession, SentCode
from warmline.store.database.errors import Conflict
from warmline.store.database.login_refusals import CodeWrong, LoginRefused
from warmline.store.maintenance import backup_and_vacuum, database_restore

PASSWORD = "opensesame7"  # noqa: S105 - of a test
KEY = "k" * one_time_codes.SHORTEST_KEY
NOW = 1_800_000_000.0


class Mia:
    """A manager and the phone that shows the codes."""

    def __init__(self, path: Path) -> None:
        self.path, self.token = path, user_sessions.begin(path, "mia", PASSWORD, "a laptop").token
        self.secret, self.recovery = "", list[str]()

    def enrol(self, at: float = NOW) -> None:
        self.secret = second_factors.begin(self.path, KEY, self.token, PASSWORD).secret
        self.recovery = second_factors.confirm(self.path, KEY, self.token, self.code(at), at).recovery_codes

    def code(self, at: float) -> str:
        return pyotp.TOTP(self.secret).at(int(at))

    def log_in(self, code: str, at: float, key: str = KEY) -> NewSession:
        return user_sessions.begin(self.path, "mia", PASSWORD, "", code=SentCode(code, key, at))


@pytest.fixture
def mia(db: Path) -> Mia:
    config.create(db, "user", "mia", {"pass": PASSWORD, "role": "manager"}, who="test")
    return Mia(db)


def dump(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_goes_forward_and_back(mia: Mia, hours: int) -> None:
    mia.enrol()
    later = NOW + hours * 3600
    for at in (later, NOW + 30, later + 30):
        assert mia.log_in(mia.code(at), at).token
    with refused(CodeWrong, "code_wrong"):
        mia.log_in(mia.code(NOW + 60), later + 60)  # the phone has the right time, and the server has not


def test_a_recovery_code_works_once_and_without_the_key(mia: Mia) -> None:
    mia.enrol()
    typed = one_time_codes.in_groups(mia.recovery[0]).lower()
    assert mia.log_in(typed, NOW, key="").recovery_codes == 9
    with refused(CodeWrong, "code_wrong"):
        mia.log_in(typed, NOW)
    with refused(CodeWrong, "code_unchecked"):
        mia.log_in(mia.code(NOW + 30), NOW + 30, key="another key" * 4)
    assert second_factors.of_user(mia.path, "mia") == FactorNow(second_factors.of_user(mia.path, "mia").enrolled, 9)


def test_an_enrolment_needs_the_password_the_key_and_a_code(mia: Mia) -> None:
    with refused(LoginRefused, "login_refused"):
        second_factors.begin(mia.path, KEY, mia.token, "wrong")
    with refused(LoginRefused, "login_refused"):
        second_factors.begin(mia.path, KEY, "no token", PASSWORD)
    with refused(FactorRefused, "second_factor_key_missing", least=32):
        second_factors.begin(mia.path, KEY[:-1], mia.token, PASSWORD)
    with refused(FactorRefused, "second_factor_not_begun", user="mia"):
        second_factors.confirm(mia.path, KEY, mia.token, "123456", NOW)
    mia.secret = second_factors.begin(mia.path, KEY, mia.token, PASSWORD).secret
    with refused(CodeWrong, "code_wrong"):
        second_factors.confirm(mia.path, KEY, mia.token, mia.code(NOW - 60), NOW)
    assert second_factors.of_user(mia.path, "mia") == FactorNow()
    with closing(sqlite3.connect(mia.path)) as connection, connection:
        connection.execute("UPDATE second_factor SET begun = begun - 3601000000")
    with refused(FactorRefused, "second_factor_not_begun", user="mia"):
        second_factors.confirm(mia.path, KEY, mia.token, mia.code(NOW), NOW)
    mia.enrol()
    with refused(FactorRefused, "second_factor_enrolled", user="mia"):
        second_factors.begin(mia.path, KEY, mia.token, PASSWORD)


def test_the_history_has_each_change_and_no_secret(mia: Mia) -> None:
    mia.enrol()
    mia.log_in(mia.recovery[0], NOW)
    second_factors.reset(mia.path, "mia", "root")
    mia.token = mia.log_in("", NOW).token
    mia.enrol(NOW + 30)
    found = config_history.newest(mia.path, 10, WantedRevisions(config_history.SECOND_FACTOR))
    told = [(one.who, one.changes[0].action, one.changes[0].before, one.changes[0].after) for one in found]
    assert told[::-1] == [
        ("user:mia", "create", {}, {"recovery_codes": 10}),
        ("user:mia", "set", {"recovery_codes": 10}, {"recovery_codes": 9}),
        ("root", "delete", {"recovery_codes": 9}, {}),
        ("user:mia", "create", {}, {"recovery_codes": 10}),
    ]
    with refused(Conflict, "revision_not_configuration", number=found[1].number, kind="second-factor"):
        config_history.taken_back(mia.path, found[1].number)


def test_the_database_and_the_configuration_have_no_secret(mia: Mia) -> None:
    mia.enrol()
    text = dump(mia.path)
    for secret in (mia.secret, KEY, *mia.recovery):
        assert secret not in text and secret.lower() not in text.lower()
    assert "second_factor" in text and "salt" not in json.dumps(config.everything(mia.path))


def test_a_copy_has_it_and_a_deleted_user_has_none(mia: Mia, tmp_path: Path) -> None:
    mia.enrol()
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    backup_and_vacuum.backup(mia.path, copy)
    mia.log_in(mia.recovery[0], NOW)
    database_restore.restore(other, copy)
    assert backup_and_vacuum.check(other) == []
    mia.path = other
    assert mia.log_in(mia.code(NOW + 30), NOW + 30).token and mia.log_in(mia.recovery[0], NOW).recovery_codes == 9
    config.delete(other, "user", "mia", who="test")
    assert second_factors.keys(other) == {} and 'INSERT INTO "recovery_code"' not in dump(other)


def test_the_keys_of_enrolled_users_are_counted(mia: Mia) -> None:
    second_factors.begin(mia.path, KEY, mia.token, PASSWORD)
    assert second_factors.keys(mia.path) == {}
    mia.enrol()
    assert second_factors.keys(mia.path) == {one_time_codes.key_id(KEY): 1}
