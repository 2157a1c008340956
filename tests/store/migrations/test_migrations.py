"""A database of an older release is migrated to the current schema, and all rows stay."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from tests.store import left_databases
from tests.wording.said import refused
from warmline.store.configuration import config, own_sessions, user_sessions, users
from warmline.store.database import database, passwords
from warmline.store.database.database import FINGERPRINT, OLDEST_SCHEMA, StoreError
from warmline.store.journal.journal_codec import CORE_VERSION
from warmline.store.journal.replay import replay
from warmline.store.leads import leads
from warmline.store.maintenance import database_restore
from warmline.store.migrations.migration_steps import migrations
from warmline.store.migrations.rebuild import meaning
from warmline.store.migrations.schema_migration import migrate
from warmline.system.program_files import SCHEMA


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Provide a database of the first release, 0.9.0, with calls in progress."""
    return left_databases.write("0.9.0", tmp_path / "released.db")


@pytest.fixture
def migrated(released: Path) -> Iterator[sqlite3.Connection]:
    assert migrate(released) == ["fourth", "fifth", "sixth"]
    with closing(database.connect(released)) as connection:
        yield connection


def normalised(connection: sqlite3.Connection) -> dict[str, str]:
    """Return every object's SQL without comments and white space."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%_migrations%'"
    )
    return {name: meaning(sql) for name, sql in rows}


def contents(connection: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table, by its columns."""
    tables = [name for name in normalised(connection) if _is_table(connection, name)]
    return {table: _rows(connection, table) for table in tables}


def _is_table(connection: sqlite3.Connection, name: str) -> bool:
    found = connection.execute("SELECT type FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    return tuple(found) == ("table",)


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    found = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of the schema
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in sorted(found, key=str)]


def test_a_new_database_is_a_fresh_one(db: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as fresh, closing(sqlite3.connect(db)) as made:
        fresh.executescript(SCHEMA.read_text())
        assert normalised(made) == normalised(fresh)
        fresh.execute("INSERT INTO meta (key, value) VALUES ('fingerprint', ?)", [FINGERPRINT])
        assert contents(made) == contents(fresh)


def test_a_journal_of_an_older_core_is_not_replayed(released: Path) -> None:
    migrate(released)
    again = replay(released)
    assert (again.rows, again.differences) == (0, [])
    assert again.stopped == f"row 1 was written by version 10 of the core, this is {CORE_VERSION}"


def test_the_default_ring_time_follows_and_a_given_one_stays(released: Path) -> None:
    with closing(database.create(released)) as connection:
        connection.execute("INSERT INTO campaign (id, dial_timeout) VALUES ('USUAL', 60), ('GIVEN', 60), ('SHORT', 20)")
        connection.execute(
            "INSERT INTO config_journal (at, who, action, entity, name, before, after, hash)"
            " VALUES (1, 'ada', 'create', 'campaign', 'GIVEN', '{}', '{\"dial_timeout\": 60}', ?),"
            " (2, 'ada', 'create', 'campaign', 'USUAL', '{}', '{\"active\": \"Y\"}', ?)",
            ["0" * 64] * 2,
        )
    migrate(released)
    found = {name: options["dial_timeout"] for name, options in config.show_all(released, "campaign").items()}
    assert (found["USUAL"], found["GIVEN"], found["SHORT"]) == (0, 60, 20)


def test_a_callback_gets_the_lead_of_its_call(released: Path) -> None:
    with closing(database.create(released)) as connection:
        [call] = connection.execute("SELECT id FROM call LIMIT 1").fetchone()
        connection.execute("UPDATE call SET lead = 7 WHERE id = ?", [call])
        connection.executemany(
            "INSERT INTO callback (id, call, number, ingroup, agent, at, state)"
            " VALUES (?, ?, '', '', '', 1, 'pending')",
            [("B", call), ("C", "gone")],
        )
    migrate(released)
    with closing(database.connect(released)) as connection:
        found = connection.execute("SELECT id, lead FROM callback WHERE id IN ('B', 'C') ORDER BY id").fetchall()
    assert [tuple(row) for row in found] == [("B", 7), ("C", 0)]


def test_users_stay_logged_in_with_their_passwords(released: Path) -> None:
    """An upgrade asks no user for another password, and each session gets an id of its own."""
    with closing(database.create(released)) as connection:
        connection.execute(
            "INSERT INTO user (id, pass, role) VALUES ('anna', ?, 'manager')", [passwords.hashed("long-one7")]
        )
        for token, created in (("a" * 64, 5), ("b" * 64, 6)):
            row = [token, "anna", "a laptop", created, 2**52]
            connection.execute(
                "INSERT INTO user_session (token, user, program, created, ends) VALUES (?, ?, ?, ?, ?)", row
            )
    migrate(released)
    found = own_sessions.of_user(released, "anna")
    assert [(one.token, one.address, one.created, one.seen) for one in found] == [
        ("b" * 64, "", 6, 6),
        ("a" * 64, "", 5, 5),
    ]
    assert len({one.id for one in found}) == 2 and {len(one.id) for one in found} == {16}
    assert {user.must_change for user in users.in_session(released).values()} == {False}
    assert user_sessions.begin(released, "anna", "long-one7", "").token


def test_a_lead_gets_its_places_and_no_id_is_used_twice(released: Path) -> None:
    with closing(database.create(released)) as connection:
        for number in ("3055550123", "3055550124"):
            connection.execute(
                "INSERT INTO lead (list_id, phone_code, phone_number, entry_date, modify_date)"
                " VALUES ('998', '1', ?, 1, 1)",
                [number],
            )
        connection.execute("DELETE FROM lead WHERE phone_number = '3055550124'")
        last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'lead'").fetchone()
    migrate(released)
    lead = leads.create(released, "998", {"phone_number": "8500"}, who="test")
    assert lead == last[0] + 1
    assert leads.find(released, lead - 2)["time_zones"] == "America/New_York"


def test_a_failed_migration_changes_nothing(released: Path) -> None:
    with closing(sqlite3.connect(released)) as connection:
        connection.execute("UPDATE agent SET campaign = 'NOWHERE' WHERE id = '1000'")
        connection.commit()
        before = list(connection.iterdump())
    with refused(StoreError, "migrate_failed"):
        migrate(released)
    with closing(sqlite3.connect(released)) as connection:
        assert list(connection.iterdump()) == before
    with refused(StoreError, "database_schema_differs", schema=3):
        database.connect(released)


def test_the_chain_begins_with_the_schema_of_the_first_release(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with closing(database.create(path)) as connection:
        migrations.apply(Database(connection), stop_before="fourth")
        assert database.schema_of(connection) == (OLDEST_SCHEMA, "")
    assert migrate(path) == ["fourth", "fifth", "sixth"]
    with closing(database.connect(path)) as migrated, closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(SCHEMA.read_text())
        assert normalised(migrated) == normalised(fresh)


@pytest.mark.parametrize("version", [1, 2])
def test_a_schema_before_the_first_release_is_refused_and_unchanged(released: Path, version: int) -> None:
    """Each way to such a database names the fix, in one line."""
    with closing(sqlite3.connect(released)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [version])
        connection.commit()
        before = list(connection.iterdump())
    ways: dict[str, Callable[[], object]] = {
        "migrate_older": lambda: migrate(released, before=pytest.fail),
        "database_schema_differs": lambda: database.connect(released),
        "copy_older": lambda: database_restore.restore(released.with_name("new.db"), released),
    }
    for code, way in ways.items():
        with refused(StoreError, code, schema=version) as caught:
            way()
        assert str(caught.value).endswith("upgrade it with Warmline 0.9.0 first") and "\n" not in str(caught.value)
    with closing(sqlite3.connect(released)) as connection:
        assert list(connection.iterdump()) == before
    assert not released.with_name("new.db").exists()
