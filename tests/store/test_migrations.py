"""A database of an older release is migrated to the current schema, and all rows stay."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from tests.wording.said import refused
from warmline.core.engine.engine import handle
from warmline.core.engine.recovery import restore
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import ConfigurationChanged, Reconciled, Reconciling
from warmline.core.model import ids
from warmline.core.model.call_states import State
from warmline.core.queue.matching.call_matcher import DIRECT
from warmline.store.configuration import config, configuration_snapshot
from warmline.store.database import database
from warmline.store.database.database import FINGERPRINT, SCHEMA_VERSION, StoreError
from warmline.store.journal import hash_chain, open_state
from warmline.store.journal.journal_codec import CORE_VERSION
from warmline.store.journal.replay import replay
from warmline.store.leads import leads
from warmline.store.migrations import migrate, migrations, schema
from warmline.store.migrations.rebuild import meaning
from warmline.system.program_files import SCHEMA

ROWS = Path(__file__).with_name("schema_1_rows.sql")
COUNTED_UP = "meta"


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Provide a database of the release with schema 1, with calls in progress."""
    path = tmp_path / "released.db"
    with closing(database.create(path)) as connection:
        migrations.apply(Database(connection), stop_before="second")
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.executescript("DELETE FROM meta; DELETE FROM ingroup; DELETE FROM setting;")  # ROWS has them
        connection.executescript(ROWS.read_text())
    return path


@pytest.fixture
def migrated(released: Path) -> Iterator[sqlite3.Connection]:
    assert migrate(released) == ["second", "third", "fourth"]
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


def test_a_migrated_database_has_the_current_schema(migrated: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(SCHEMA.read_text())
        assert normalised(migrated) == normalised(fresh)


def test_a_new_database_is_a_fresh_one(db: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as fresh, closing(sqlite3.connect(db)) as made:
        fresh.executescript(SCHEMA.read_text())
        assert normalised(made) == normalised(fresh)
        fresh.execute("INSERT INTO meta (key, value) VALUES ('fingerprint', ?)", [FINGERPRINT])
        assert contents(made) == contents(fresh)


def test_every_value_is_kept(released: Path) -> None:
    with closing(sqlite3.connect(released)) as connection:
        before = contents(connection)
    migrate(released)
    with closing(sqlite3.connect(released)) as connection:
        after = contents(connection)
    assert sum(len(rows) for rows in before.values()) > 100
    for table in before.keys() - {COUNTED_UP}:
        columns = before[table][0].keys() if before[table] else ()
        kept = [{column: row[column] for column in columns} for row in after[table]]
        assert sorted(kept, key=str) == sorted(before[table], key=str), table
    assert {row["key"]: row["value"] for row in after[COUNTED_UP]} == {
        "schema": str(SCHEMA_VERSION),
        "fingerprint": FINGERPRINT,
    }


def test_the_journals_are_whole_and_still_guarded(released: Path, migrated: sqlite3.Connection) -> None:
    assert hash_chain.verify(released) == []
    with pytest.raises(sqlite3.IntegrityError, match="journal is append-only"):
        migrated.execute("DELETE FROM journal WHERE seq = 1")
    config.set_options(released, "ingroup", "SALESLINE", {"drop_action": "VOICEMAIL", "voicemail_ext": "8"}, who="ada")
    assert hash_chain.verify(released) == []


def test_a_journal_of_an_older_core_is_not_replayed(released: Path) -> None:
    migrate(released)
    again = replay(released)
    assert (again.rows, again.differences) == (0, [])
    assert again.stopped == f"row 1 was written by version 1 of the core, this is {CORE_VERSION}"


def test_new_options_have_their_defaults_and_references_hold(migrated: sqlite3.Connection) -> None:
    found = migrated.execute("SELECT drop_action, queue_priority, answer_signal, call_time_id FROM ingroup").fetchall()
    assert ("MESSAGE", 5, "START", None) in found
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        migrated.execute("UPDATE ingroup SET drop_inbound_group = 'NOWHERE'")


def test_a_call_gets_its_direction_from_its_name(released: Path) -> None:
    with closing(database.create(released)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        migrations.apply(Database(connection), stop_before="third")
        for call in ("M1", "M2"):
            connection.execute(
                "INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by,"
                " status) VALUES (?, ?, 'ended', 1, '5550001', '', '', '', '1000', '', '')",
                (call, call),
            )
        connection.execute(
            "INSERT INTO callback (id, call, number, ingroup, campaign, agent, at, made, status, comments, by, state,"
            " done_in) VALUES ('B', '', '5550001', '', '', '', 1, 1, '', '', '', 'completed', 'M2')"
        )
    migrate(released)
    with closing(database.connect(released)) as connection:
        found = connection.execute(
            "SELECT substr(agc_id, 1, 2), direction, origin, count(*) FROM call GROUP BY 1, 2, 3"
        )
        assert sorted(found) == [("M1", "out", "agent", 1), ("M2", "out", "callback", 1), ("Y0", "in", "caller", 5)]


def test_a_lead_gets_its_places_and_no_id_is_used_twice(released: Path) -> None:
    with closing(database.create(released)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        migrations.apply(Database(connection), stop_before="third")
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


def test_calls_in_progress_continue_after_the_migration(migrated: sqlite3.Connection) -> None:
    world = restore(open_state.load(migrated))
    now = max(call.since for call in world.calls.values())
    events: tuple[Event, ...] = (
        ConfigurationChanged(configuration_snapshot.load_rules(migrated)),
        Reconciling(),
        Reconciled(),
    )
    for number, event in enumerate(events, 1):
        handle(world, event, now + number, ids.encode(number << 32))
    assert sorted((call.state, call.ingroup, call.direct) for call in world.calls.values()) == [
        (State.LEFT_RINGING, "SALESLINE", ""),
        (State.TALKING, "SALESLINE", ""),
        (State.TALKING, "SALESLINE", ""),
        (State.WAITING, "AGENTDIRECT", "1001"),
        (State.WAITING, "SALESLINE", ""),
    ]
    assert len(world.matcher.waiting("SALESLINE")) == len(world.matcher.waiting(DIRECT + "1001")) == 1


def test_a_failed_migration_changes_nothing(released: Path) -> None:
    with closing(sqlite3.connect(released)) as connection:
        connection.execute("UPDATE agent SET campaign = 'NOWHERE' WHERE id = '1000'")
        connection.commit()
        before = list(connection.iterdump())
    with refused(StoreError, "migrate_failed"):
        migrate(released)
    with closing(sqlite3.connect(released)) as connection:
        assert list(connection.iterdump()) == before
    with refused(StoreError, "database_schema_differs", schema=1):
        database.connect(released)


def test_each_released_schema_is_kept() -> None:
    for version in range(1, SCHEMA_VERSION + 1):
        assert f"VALUES ('schema', '{version}');" in schema(version)
