"""What should have come to an end and has not, or has left nothing behind: found in the tables that reports read."""
# ruff: noqa: S608 - the statements are made of words of our own

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from warmline.store.database.reading import Row, each, reading
from warmline.store.journal.hash_chain import ChainFinding
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.recordings import KEPT, WRONG, state_of

OPEN = "SELECT id FROM open_state WHERE kind = '{}'"
# Not over, and of nothing that the app would take up again at its next start.
UNENDED = {
    "call": f"SELECT id, state AS what FROM call WHERE ended IS NULL AND id NOT IN ({OPEN.format('call')})",
    "receipt": f"""SELECT id, kind || ' of agent ' || agent AS what FROM receipt
        WHERE ended IS NULL AND id NOT IN ({OPEN.format("receipt")})""",
    "recording": f"""SELECT id, kind || ' of call ' || call AS what FROM recording
        WHERE status = 'running' AND id NOT IN ({OPEN.format("recording")})""",
    "agent_session": f"""SELECT id, 'agent ' || agent AS what FROM agent_session
        WHERE ended IS NULL AND id NOT IN ({OPEN.format("agent_session")})""",
}
# Up to format 3 of open_state, last_call and last_status were fields of the session itself.
# An agent had it, it is over, and nobody who could still give it a code has it before him.
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
FILES = f"SELECT * FROM recording WHERE status = '{KEPT}' ORDER BY asked, id"


def loose_ends(path: str | Path, files: RecordingFiles | None = None, *, read: bool = False) -> Iterator[ChainFinding]:
    """Commands, calls, recordings and sessions without an end, calls without a disposition, recordings without their
    file (`files`, if they are to be looked at; with `read` every one is read and its sha256 compared).

    Raises StoreError.
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
    return ChainFinding("call", 0, f"{call} of agent {agent} has no disposition; give it one: {way_out}")


def _files(db: sqlite3.Connection, files: RecordingFiles, *, read: bool) -> Iterator[ChainFinding]:
    for row in each(db, FILES):
        if (state := state_of(row, files, read=read)) in WRONG:
            yield ChainFinding("recording", 0, f"{row['id']}: its file {row['path']} is {state}")
