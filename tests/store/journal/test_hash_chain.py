"""The hash chains: every change and removal is detected."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.records import entry
from warmline.store.configuration import config
from warmline.store.journal import hash_chain
from warmline.store.journal.journal_writer import JournalWriter


@pytest.fixture
def full(db: Path) -> Path:
    """Provide a database with five journal rows and three of configuration."""

    async def write() -> None:
        journal = JournalWriter(db)
        journal.open()
        await journal.record([entry(at) for at in range(1, 6)])
        journal.close()

    asyncio.run(write())
    config.create(db, "campaign", "TESTCAMP", {}, who="ada")
    config.set_options(db, "campaign", "TESTCAMP", {"dial_timeout": "20"}, who="ada")
    config.delete(db, "campaign", "TESTCAMP", who="ada")
    return db


def tamper(path: Path, sql: str) -> list[str]:
    """Change it without the triggers; return the findings."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER journal_stays")
        connection.execute("DROP TRIGGER journal_unchanged")
        connection.execute(sql)
        connection.commit()
    return [f"{found.journal} {found.seq}: {found.text}" for found in hash_chain.verify(path)]


def test_an_untouched_journal_is_whole(full: Path) -> None:
    assert hash_chain.verify(full) == []


def test_an_empty_journal_is_whole(db: Path) -> None:
    assert hash_chain.verify(db) == []
    assert hash_chain.heads(db) == (hash_chain.START, hash_chain.START)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET at = 99",
        "UPDATE journal SET kind = 'TimeCame'",
        "UPDATE journal SET call = 'X'",
        "UPDATE journal SET agent = 'X'",
        "UPDATE journal SET hash = payload_hash",
    ],
)
def test_a_changed_row_shows(full: Path, change: str) -> None:
    found = tamper(full, f"{change} WHERE seq = 3")
    assert "journal 3: it, or the row before it, has been changed" in found


def test_a_changed_payload_shows(full: Path) -> None:
    assert tamper(full, "UPDATE journal SET payload = '{}' WHERE seq = 3") == [
        "journal 3: its payload has been changed"
    ]


def test_a_removed_row_shows(full: Path) -> None:
    assert tamper(full, "DELETE FROM journal WHERE seq = 3") == [
        "journal 4: rows 3 to 3 are missing",
        "journal 4: it, or the row before it, has been changed",
    ]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE config_journal SET who = 'eve'",
        "UPDATE config_journal SET after = '[]'",
        "UPDATE config_journal SET at = 1",
        "UPDATE config_journal SET name = 'X'",
        "UPDATE config_journal SET action = 'set'",
    ],
)
def test_a_changed_configuration_row_shows(full: Path, change: str) -> None:
    found = tamper(full, f"{change} WHERE seq = 1")
    assert found == ["config_journal 1: it, or the row before it, has been changed"]


def test_a_kept_head_detects_rows_removed_from_the_end(full: Path) -> None:
    for head in hash_chain.heads(full):
        assert hash_chain.verify(full, expect_head=head) == []
    head, _ = hash_chain.heads(full)
    assert tamper(full, "DELETE FROM journal WHERE seq = 5") == []
    (found,) = hash_chain.verify(full, expect_head=head)
    assert found.text == f"{head} is in neither journal: rows were removed from the end"


def test_a_payload_may_be_erased_and_nothing_else(full: Path) -> None:
    with closing(sqlite3.connect(full, isolation_level=None)) as connection:
        connection.execute("UPDATE journal SET payload = NULL WHERE seq = 3")
        for forbidden in (
            "DELETE FROM journal WHERE seq = 3",
            "UPDATE journal SET payload = '{}' WHERE seq = 4",
            "UPDATE journal SET payload = NULL, agent = '' WHERE seq = 4",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(forbidden)
    assert hash_chain.verify(full) == []
