"""The schema of each version, as SQL: its text, its fingerprint and its single statements."""

import hashlib
import sqlite3
from functools import cache
from pathlib import Path

from warmline.store.database import database
from warmline.store.database.schema_text import meaning
from warmline.system.program_files import SCHEMA


def schema(version: int) -> str:
    """Return the whole schema of that version as SQL."""
    current = version == database.SCHEMA_VERSION
    return (SCHEMA if current else Path(__file__).with_name(f"schema_{version}.sql")).read_text()


@cache
def fingerprint(script: str) -> str:
    """Return the fingerprint of a schema: comments and white space do not change it."""
    return hashlib.sha256(meaning(script).encode()).hexdigest()[:16]


@cache
def statements(script: str) -> tuple[str, ...]:
    """Return the single statements of a script, so that they can run inside one transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return tuple(found)
