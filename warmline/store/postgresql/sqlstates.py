"""Errors of PostgreSQL as errors of SQLite, which the store handles: one class and one result code for each cause."""

import sqlite3

import psycopg

# The cause of an error by the first letters of its SQLSTATE; the longest match counts.
# https://www.postgresql.org/docs/15/errcodes-appendix.html
CODES = {
    "08": sqlite3.SQLITE_CANTOPEN,  # the connection is lost
    "23": sqlite3.SQLITE_CONSTRAINT,
    "25006": sqlite3.SQLITE_READONLY,  # a standby
    "28": sqlite3.SQLITE_AUTH,
    "40": sqlite3.SQLITE_BUSY,  # two transactions stood in each other's way
    "42501": sqlite3.SQLITE_AUTH,
    "53": sqlite3.SQLITE_CANTOPEN,  # no memory, or no free connection
    "53100": sqlite3.SQLITE_FULL,
    "55P03": sqlite3.SQLITE_BUSY,
    "57014": sqlite3.SQLITE_INTERRUPT,
    "57P": sqlite3.SQLITE_CANTOPEN,  # the server ends or starts
    "58": sqlite3.SQLITE_IOERR,
    "WL001": sqlite3.SQLITE_PERM,  # Warmline's own: another app leads
    "WL002": sqlite3.SQLITE_IOERR,  # and: the server has forgotten the row before
    "XX001": sqlite3.SQLITE_CORRUPT,
    "XX002": sqlite3.SQLITE_CORRUPT,
}
LOCKED = "55P03"  # the lock was not free in time: SQLite's words are plainer
IN_USE = "2BP01"  # others depend on what would be dropped; the detail names them
SHORTEST, LONGEST = 2, 5  # letters of the keys above


def translated(error: psycopg.Error) -> sqlite3.Error:
    """Return the error of SQLite that means the same, with PostgreSQL's words."""
    code = _code(error)
    kind = sqlite3.IntegrityError if code == sqlite3.SQLITE_CONSTRAINT else sqlite3.OperationalError
    made = kind(_words(error))
    made.sqlite_errorcode = code
    return made


def failed(words: str, code: int) -> sqlite3.OperationalError:
    """Make an error with a result code of SQLite, for a fault that PostgreSQL does not report."""
    made = sqlite3.OperationalError(words)
    made.sqlite_errorcode = code
    return made


def _code(error: psycopg.Error) -> int:
    state = error.sqlstate or ""
    for length in range(LONGEST, SHORTEST - 1, -1):
        if code := CODES.get(state[:length]):
            return code
    if not state and isinstance(error, psycopg.OperationalError):
        return sqlite3.SQLITE_CANTOPEN  # no answer of a server
    return sqlite3.SQLITE_ERROR


def _words(error: psycopg.Error) -> str:
    """Return the first line of the error; the others repeat the statement or its values."""
    if error.sqlstate == LOCKED:
        return "database is locked"
    words = error.diag.message_primary or str(error)
    if error.sqlstate == IN_USE and error.diag.message_detail:
        words = f"{words}: {error.diag.message_detail}"
    return words.strip().partition("\n")[0]
