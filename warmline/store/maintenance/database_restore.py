"""Puts a copy in the place of the database, and ends the sessions and links that the copy has again."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from warmline.store.database import database, leader_epoch, link_key
from warmline.store.database.database import OLDEST_SCHEMA, SCHEMA_VERSION, StoreError
from warmline.store.database.leader_lock_file import hold
from warmline.store.maintenance import backup_and_vacuum, server_database
from warmline.store.maintenance.backup_and_vacuum import Progress
from warmline.store.maintenance.file_replacement import replace
from warmline.store.notes import note_index


class RestoredCopy(NamedTuple):
    """A copy that has become the database: its schema, whether this Warmline has it, and how many sessions it had.

    `unwritten` is how many entries the spill file of the former database had, which were set aside. `epoch` is the
    number to which that of the copy was raised, 0 if it was high enough. `missing` are rows that were noted next to the
    former database and are not in the copy, in words.
    """

    schema: int
    current: bool
    sessions: int
    unwritten: int = 0
    epoch: int = 0
    missing: tuple[str, ...] = ()


def restore(
    path: str | Path, copy: str | Path, keep: Path | None = None, say: Progress | None = None, epoch: int = 0
) -> RestoredCopy:
    """Replace the database with a copy, in one transaction. The copy may have an older schema, or another commit's.

    The sessions of users end: someone may have logged out after the copy was made. So do the links to recordings,
    of which some may have been revoked. The former database, even a damaged one, is kept byte for byte in `keep`.
    The epoch is raised to that of the former database, or to `epoch`, which the gate of this machine knows.
    Otherwise the gates would refuse the app. The app must not be running. Raises StoreError; then the database is
    unchanged, or only the end of the links or of the sessions, or the epoch, is missing.
    """
    server_database.refuse(path, "restored", server_database.BRING_BACK)
    version, fingerprint = backup_and_vacuum.must_be_whole(copy, unchanged=True)
    if version > SCHEMA_VERSION:
        raise StoreError(
            "copy_newer",
            "{file} was written by a newer Warmline (schema {schema}); install that version",
            file=copy,
            schema=version,
        )
    if version < OLDEST_SCHEMA:
        raise StoreError(
            "copy_older",
            "{file} has schema {schema}, from before the first release; upgrade it with Warmline 0.9.0 first",
            file=copy,
            schema=version,
        )

    def fill(target: sqlite3.Connection) -> None:
        with closing(backup_and_vacuum.read_only(copy)) as source:
            source.backup(target, pages=backup_and_vacuum.PAGES, progress=backup_and_vacuum.progress(say))

    from warmline.store.journal import spill_contents  # imported here because the toolkit alone has no journal

    with hold(path):
        highest = max(epoch, leader_epoch.of_any(path))
        with spill_contents.kept_away(path) as unwritten:
            replace(Path(path), copy, keep, fill)
        missing = _note_heads(path)
        note_index.remove(path)  # it is of the former database
        _end_links(path)
        current = (version, fingerprint) == backup_and_vacuum.CURRENT
        sessions, raised = _end_sessions(path), highest > leader_epoch.of_any(path)
        if raised:
            leader_epoch.raise_to(path, highest)
        return RestoredCopy(version, current, sessions, len(unwritten), highest if raised else 0, missing)


def _note_heads(path: str | Path) -> tuple[str, ...]:
    """Note the last rows of the copy, and return which noted rows it does not have. Raises StoreError."""
    from warmline.store.journal import noted_heads

    noted = None
    with suppress(StoreError):  # a damaged file is replaced
        noted = noted_heads.read(path)
    try:
        with closing(database.connect(path, any_schema=True)) as db:
            heads = noted_heads.heads_of(db)
            gaps = noted_heads.gaps_in(db, noted.heads, time.time_ns() // 1000, "restore") if noted else []
    except sqlite3.Error as error:
        raise database.unreadable(path, error) from None
    noted_heads.HeadsFile(path, heads, (*noted.gaps, *gaps) if noted else ()).close()
    return tuple(f"{one.chain}: {one.text()}" for one in gaps)


def _end_links(path: str | Path) -> None:
    """End the signed links to recordings, because the copy does not know which were revoked. Raises StoreError."""
    try:
        link_key.remove(path)
    except OSError as error:
        raise StoreError(
            "links_not_ended", "the links to recordings of database {path} did not end: {why}", path=path, why=error
        ) from None


def _end_sessions(path: str | Path) -> int:
    """End the sessions of users, and return their number. Raises StoreError.

    A copy of another commit may have a trigger for this table that is not Warmline's; its sessions stay.
    """
    with closing(database.connect(path, any_schema=True)) as db:
        try:
            found = db.execute("SELECT type FROM sqlite_schema WHERE tbl_name = 'user_session' AND type <> 'index'")
            return db.execute("DELETE FROM user_session").rowcount if found.fetchall() == [("table",)] else 0
        except sqlite3.Error as error:
            raise StoreError(
                "sessions_not_ended", "the sessions in database {path} did not end: {why}", path=path, why=error
            ) from None
