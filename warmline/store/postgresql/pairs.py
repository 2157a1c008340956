"""Statements without a common form: what SQLite reads, and what PostgreSQL reads in its place."""

import re
from functools import cache

from warmline.system.program_files import SCHEMA

WRITER = 0x5741524D  # the lock of the one writer; the number is free to choose
LEADER = 0x4C454144  # the lock of the session that leads
NOTHING = "SELECT 1 WHERE false"

# Whole statements.
WHOLE = {
    "BEGIN": "BEGIN ISOLATION LEVEL REPEATABLE READ",  # all reads are of one moment
    "BEGIN IMMEDIATE": "BEGIN; SELECT begin_writing()",
    "PRAGMA schema_version": "SELECT value FROM meta WHERE key = 'fingerprint'",
    "PRAGMA defer_foreign_keys = ON": "SET CONSTRAINTS ALL DEFERRED",
    "PRAGMA user_version = 0": "SELECT pg_logical_emit_message(true, 'warmline', CAST('' AS text))",  # a write
    "SELECT 1 FROM sqlite_schema WHERE name = 'meta'": "SELECT 1 WHERE to_regclass('meta') IS NOT NULL",
    # The number of the next lead (contrib/imports, import_runs.py).
    "INSERT INTO sqlite_sequence SELECT 'lead', 0 WHERE 'lead' NOT IN (SELECT name FROM sqlite_sequence)": NOTHING,
    "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'lead'": (
        "SELECT setval('lead_lead_id_seq', ?1) FROM lead_lead_id_seq"
        " WHERE last_value < ?1 OR (last_value = ?1 AND NOT is_called)"
    ),
}
TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
BUSY = re.compile(r"PRAGMA busy_timeout = (\d+)")
# Settings of a file, which a server has in its own configuration.
FILE = re.compile(r"PRAGMA (synchronous|secure_delete|wal_autocheckpoint|wal_checkpoint|journal_mode|cache_size)\b")


def pair(sql: str) -> str | None:
    """Return what PostgreSQL reads in place of a statement; None if it reads the same one."""
    if sql in WHOLE:
        return WHOLE[sql]
    if sql == TRIGGERS:
        return _strange_triggers()
    if FILE.match(sql):
        return NOTHING
    if found := BUSY.fullmatch(sql):
        return f"SET lock_timeout = {max(1, int(found[1]))}"
    return None


@cache
def _strange_triggers() -> str:
    """Return the statement for triggers that are not in schema.sql."""
    known = ", ".join(f"'{name}'" for name in re.findall(r"CREATE TRIGGER (\w+)", SCHEMA.read_text()))
    return (
        "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"  # noqa: S608 - names of schema.sql
        f" WHERE NOT tgisinternal AND relnamespace = to_regnamespace(current_schema()) AND tgname NOT IN ({known})"
    )
