"""The HTTP server with a real database."""

import asyncio
from pathlib import Path

import pytest

from ari_app.http.server.password_check import ApiUsers, from_store
from tests.copied_database import new_database
from tests.wording.said import refused
from warmline.options.option_table import OptionError
from warmline.store.configuration import config
from warmline.store.database.database import StoreError


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "warmline.db")
    new_database(path)
    config.create(path, "api-user", "6666", {"pass": "1234"}, who="test")
    config.create(path, "api-user", "7002", {"pass": "1234", "functions": "external_pause"}, who="test")
    config.create(path, "api-user", "7003", {"pass": "1234", "active": "N"}, who="test")
    config.create(path, "api-user", "7001", {"pass": "1234", "api_access": "N"}, who="test")
    return path


def check(users: ApiUsers, user: str, password: str) -> tuple[str, bool, frozenset[str]]:
    login = asyncio.run(users.check(user, password, "127.0.0.1"))
    return login.message, login.api_access, login.user.functions if login.user else frozenset()


def test_users_are_as_configured(db: str) -> None:
    users = from_store(db)
    everything = frozenset({"ALL_FUNCTIONS"})
    assert check(users, "6666", "1234") == ("GOOD", True, everything)
    assert check(users, "6666", "12345") == ("BAD", True, everything)
    assert check(users, "7002", "1234") == ("GOOD", True, frozenset({"external_pause"}))
    assert check(users, "7003", "1234") == ("BAD", True, everything)
    assert check(users, "7001", "1234") == ("GOOD", False, everything)
    assert check(users, "nobody", "1234") == ("BAD", False, frozenset())


def test_a_user_may_log_in_only_from_allowed_addresses(db: str) -> None:
    users = from_store(db)
    for allowed, here in (("127.0.0.0/8", "GOOD"), ("192.0.2.7,127.0.0.1", "GOOD"), ("192.0.2.0/24", "IPBLOCK")):
        config.set_options(db, "api-user", "6666", {"addresses": allowed}, who="test")
        users.clear()
        assert check(users, "6666", "1234")[0] == here
    assert check(users, "6666", "12345")[0] == "IPBLOCK", "this address does not learn whether the password is correct"
    with refused(OptionError, "options_invalid", codes=("option_invalid",)):
        config.set_options(db, "api-user", "6666", {"addresses": "300.1.1.1"}, who="test")


def test_a_new_password_counts_from_the_moment_the_old_one_is_forgotten(db: str) -> None:
    users = from_store(db)
    assert check(users, "6666", "1234")[0] == "GOOD"
    config.set_options(db, "api-user", "6666", {"pass": "5678"}, who="test")
    users.clear()
    assert check(users, "6666", "1234")[0] == "BAD"
    assert check(users, "6666", "5678")[0] == "GOOD"


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    with refused(StoreError, "database_missing"):
        check(from_store(str(tmp_path / "none.db")), "6666", "1234")
