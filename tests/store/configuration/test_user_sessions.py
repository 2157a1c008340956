"""Sessions of users in the database: none begins with a password or a user from before a change."""

from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.store.configuration import config, user_sessions
from warmline.store.database.login_refusals import LoginRefused
from warmline.store.database.passwords import matches

PASSWORD = "opensesame7"  # noqa: S105 - of a test


@pytest.mark.parametrize("change", [{"pass": "another-good-one7"}, {"active": "N"}])
def test_a_change_after_the_password_was_compared_refuses_the_login(
    db: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    config.create(db, "user", "mia", {"pass": PASSWORD, "role": "manager"}, who="test")

    def compare_and_change(password: str, stored: str) -> bool:
        is_match = matches(password, stored)
        config.set_options(db, "user", "mia", change, who="test")
        return is_match

    monkeypatch.setattr(user_sessions, "matches", compare_and_change)
    with refused(LoginRefused, "login_refused"):
        user_sessions.begin(db, "mia", PASSWORD, "")
