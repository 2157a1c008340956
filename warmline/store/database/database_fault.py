"""Tells what SQLite reports with an error, as far as a program acts on it."""

import sqlite3
from enum import Enum


class Fault(Enum):
    """The kind of an error of SQLite."""

    LOCKED = "another program holds the lock"
    FULL = "the disk is full"
    READ_ONLY = "the file can only be read"
    UNAVAILABLE = "the file cannot be opened, read or written now"
    DAMAGED = "the file is damaged, or is not a database"
    INTERRUPTED = "the statement took too long"
    REPLACED = "another app leads, so this one may not write"
    OTHER = "a fault of the statement, of its values, or of the schema"


# A later attempt may succeed after these faults. OTHER and DAMAGED are not among them.
PASSING = frozenset({Fault.LOCKED, Fault.FULL, Fault.READ_ONLY, Fault.UNAVAILABLE})

_FAULTS = {
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Fault.LOCKED,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_IOERR: Fault.UNAVAILABLE,
    sqlite3.SQLITE_CANTOPEN: Fault.UNAVAILABLE,
    sqlite3.SQLITE_NOMEM: Fault.UNAVAILABLE,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_INTERRUPT: Fault.INTERRUPTED,
    sqlite3.SQLITE_PERM: Fault.REPLACED,  # of a server alone
}  # by the primary result code (https://www.sqlite.org/rescode.html)


def fault_of(error: BaseException | None) -> Fault | None:
    """Return what an error reports; None if it is not an error of SQLite."""
    if not isinstance(error, sqlite3.Error):
        return None
    return _FAULTS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, Fault.OTHER)
