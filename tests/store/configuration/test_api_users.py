"""The HTTP server's look-up of an API user."""

from contextlib import closing
from pathlib import Path

from warmline.store.configuration import api_users, config
from warmline.store.database import database, passwords


def test_an_api_user_is_found_by_the_exact_name(db: Path) -> None:
    config.create(db, "api-user", "6666", {"pass": "1234", "functions": "park_call,recording"}, who="")
    config.create(db, "api-user", "Crm", {"pass": "x", "api_access": "N", "user_group": "CRM"}, who="")
    with closing(database.connect(db)) as connection:
        assert api_users.find(connection, "crm") is None
        found, other = api_users.find(connection, "6666"), api_users.find(connection, "Crm")
    assert found and other
    assert found.functions == frozenset({"park_call", "recording"})
    assert (found.api_access, found.user_group) == (True, "ADMIN")
    assert (other.functions, other.api_access, other.user_group) == (frozenset({"ALL_FUNCTIONS"}), False, "CRM")
    assert passwords.matches("1234", found.pass_hash)
