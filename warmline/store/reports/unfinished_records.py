"""Finds records without an end, calls without a disposition, and recordings without their file."""
# ruff: noqa: S608 - only constants of the code

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from warmline.core.model.recording import describe_missing
from warmline.store.database.reading import Row, each, reading
from warmline.store.journal.hash_chain import ChainFinding
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.recordings import KEPT, NO_SOUND, SHORT, WRONG, is_said, missing_of, state_of

OPEN = "SELECT id FROM open_state WHERE kind = '{}'"
# Records without an end that the app does not load at its next start.
UNENDED = {
    "call": f"SELECT id, state AS what FROM call WHERE ended IS NULL AND id NOT IN ({OPEN.format('call')})",
    "receipt": f"""SELECT id, kind || ' of agent ' || agent AS what FROM receipt
        WHERE ended IS NULL AND id NOT IN ({OPEN.format("receipt")})""",
    "recording": f"""SELECT id, kind || ' of call ' || call AS what FROM recording
        WHERE status = 'running' AND id NOT IN ({OPEN.format("recording")})""",
    "agent_session": f"""SELECT id, 'agent ' || agent AS what FROM agent_session
        WHERE ended IS NULL AND id NOT IN ({OPEN.format("agent_session")})""",
    "disposition_entry": """SELECT id, status || ' of agent ' || agent AS what FROM disposition_entry
        WHERE undo_until > 0 AND id NOT IN (
            SELECT ifnull(json_extract(body, '$.undoable.id'), '') FROM open_state WHERE kind = 'agent_session')""",
}
# Up to format 3 of open_state, last_call and last_status were fields of the session itself.
# Ended calls of an agent without a disposition, except those that an agent can still give one.
UNCODED = """
    SELECT id, last_agent FROM call
    WHERE ended IS NOT NULL AND connected IS NOT NULL AND last_agent <> '' AND status = ''
    AND NOT EXISTS (SELECT 1 FROM disposition_entry WHERE disposition_entry.call = call.id)
    AND id NOT IN (
        SELECT coalesce(json_extract(body, '$.last.call'), json_extract(body, '$.last_call'), '')
        FROM open_state WHERE kind = 'agent_session'
        AND coalesce(json_extract(body, '$.last.status'), json_extract(body, '$.last_status'), '') = ''
    ) ORDER BY arrived
"""
STATES = {NO_SOUND: "cannot be heard: it has no wav header or no sound"}  # in words; the others are "is STATE"
FILES = f"SELECT * FROM recording WHERE status = '{KEPT}' ORDER BY asked, id"


def loose_ends(path: str | Path, files: RecordingFiles | None = None, *, read: bool = False) -> Iterator[ChainFinding]:
    """Yield commands, calls, recordings and sessions without an end, and calls without a disposition.

    With `files`, also yield recordings whose file is missing or has another size. With `read`, every file is read and
    its SHA-256 compared. Raises StoreError.
    """
    with reading(path) as db:
        for table, sql in UNENDED.items():
            yield from (ChainFinding(table, 0, f"{row['id']} ({row['what']}) has no end") for row in each(db, sql))
        yield from (_uncoded(row) for row in each(db, UNCODED))
        if files:
            yield from _files(db, files, read=read)


def _uncoded(row: Row) -> ChainFinding:
    call, agent = row["id"], row["last_agent"]
    way_out = f"warmline call set-disposition {call} CODE --why TEXT"
    return ChainFinding("call", 0, f"{call} of agent {agent} has no disposition; to give it one: {way_out}")


def _files(db: sqlite3.Connection, files: RecordingFiles, *, read: bool) -> Iterator[ChainFinding]:
    for row in each(db, FILES):
        state = state_of(row, files, read=read)
        if state == SHORT:
            if not is_said(row):
                text = f"{row['id']}: {describe_missing(missing_of(row))}, and the row does not say so"
                yield ChainFinding("recording", 0, text)
        elif state in WRONG:
            yield ChainFinding(
                "recording", 0, f"{row['id']}: its file {row['path']} {STATES.get(state, f'is {state}')}"
            )
