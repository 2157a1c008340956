"""Reports of recordings, and checks of their files against the recorded size and SHA-256."""

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from warmline.access.visible_agents import VisibleAgents
from warmline.core.model.recording import UNMEASURED_CAUSE as UNMEASURED_CAUSE
from warmline.core.model.recording import compute_missing_ms, describe_missing
from warmline.store.configuration.campaign_owners import as_json
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.recordings import wav_file
from warmline.store.recordings.recording_places import Places, as_places
from warmline.store.reports.call_filter import CallFilter
from warmline.store.reports.own_recordings import ALL_DAYS, OFFERED
from warmline.store.reports.recording_files import RecordingFiles, open_inside

WHOLE, MISSING, CHANGED, UNREADABLE = "whole", "missing", "changed", "unreadable"
NO_SOUND, SHORT = "no sound", "short"  # it cannot be heard; it is shorter than its time
UNMEASURED = "unmeasured"  # its server has left the settings before it was measured
WRONG = (MISSING, CHANGED, UNREADABLE, NO_SOUND, SHORT)
KEPT = "kept"  # the status of a recording that must have a file

FULL_NAME = "ifnull((SELECT full_name FROM known_agent AS known WHERE known.id = recording.agent), '') AS full_name"
CAMPAIGN = "ifnull((SELECT campaign FROM attempt WHERE attempt.call = recording.call), '') AS campaign"
ONE = f"""
    SELECT recording.*, ifnull(call.number, '') AS customer, {FULL_NAME}, {CAMPAIGN}
    FROM recording LEFT JOIN call ON call.id = recording.call WHERE recording.id = :recording
"""  # noqa: S608 - only constants of the code
RECORDINGS = """
    WITH chosen AS (SELECT id, number, arrived FROM call WHERE {where})
    SELECT recording.*, chosen.number AS customer,
        {full_name}
    FROM chosen JOIN recording ON recording.call = chosen.id
    ORDER BY chosen.arrived, recording.asked, recording.id
"""
NEWEST = f"""
    SELECT recording.*, call.number AS customer, {FULL_NAME}
    FROM call CROSS JOIN recording ON recording.call = call.id
    WHERE (recording.asked, recording.id) < (:at, :after) AND {{where}} AND (:agents = '' OR recording.agent IN (
        SELECT value FROM json_each(iif(:agents = '', '[]', :agents))
    )) AND (:campaigns = '' OR recording.agent <> '' OR NOT EXISTS (
        SELECT 1 FROM attempt WHERE attempt.call = recording.call AND attempt.campaign NOT IN (
            SELECT value FROM json_each(iif(:campaigns = '', '[]', :campaigns))
        )
    )) AND (:today = {ALL_DAYS} OR {OFFERED})
    ORDER BY recording.asked DESC, recording.id DESC LIMIT :most
"""  # noqa: S608 - only constants of the code
LATER = 1 << 62  # microseconds: later than any recording
FILES = f"""
    SELECT path, converted_path, agent, {CAMPAIGN} FROM recording
    WHERE id = :recording AND status = 'kept' AND path <> ''
"""  # noqa: S608 - only constants of the code
OF_GONE_SERVERS = """
    SELECT server, count(*) FROM recording WHERE status = 'failed' AND cause = ? GROUP BY server ORDER BY server
"""
ENDED = """
    SELECT recording.* FROM call CROSS JOIN recording ON recording.call = call.id
    WHERE call.arrived >= :since AND recording.status IN ('kept', 'failed') ORDER BY call.arrived
"""


def recordings(path: str | Path, asked: CallFilter, now: int) -> Iterator[Row]:
    """Yield the recordings of the filtered calls, with the number of the `customer`. Raises StoreError."""
    with reading(path) as db:
        sql = RECORDINGS.format(where=asked.where, full_name=FULL_NAME)
        yield from each(db, sql, **asked.values, now=now)


def newest(
    path: str | Path,
    asked: CallFilter,
    now: int,
    most: int,
    after: str = "",
    visible: VisibleAgents | None = None,
    today: int = ALL_DAYS,
) -> list[Row]:
    """Return up to `most` of the same recordings, the last one first, behind the recording `after`.

    With `visible`, only recordings of these agents, and those of no agent by the campaign of the call. With `today`,
    only those that an agent may hear who hears own ones since then. Raises NotFound (`after`), StoreError.
    """
    with reading(path) as db:
        at = _behind(db, after, visible) if after else LATER
        owners = [] if visible is None else [*visible.agents, *([""] if visible.unassigned else [])]
        agents = "" if visible is None or visible.every else json.dumps(owners)
        campaigns = as_json(visible.campaigns if visible else None)
        bound: dict[str, str | int] = {"agents": agents, "campaigns": campaigns, "today": today}
        sql = NEWEST.format(where=asked.where)
        return rows(db, sql, **asked.values, **bound, now=now, most=most, at=at, after=after)


def _behind(db: sqlite3.Connection, after: str, visible: VisibleAgents | None) -> int:
    """Return when the recording `after` was asked for. One that the reader may not see does not exist: NotFound."""
    found = find_in(db, after)
    if visible is not None and not visible.include(found["agent"], campaign=found["campaign"]):
        raise unknown_recording(after)
    return int(found["asked"])


def unmeasured(path: str | Path) -> dict[str, int]:
    """Return how many recordings have no size because their server is gone, by that server. Raises StoreError."""
    with reading(path) as db:
        return {str(server): int(count) for server, count in db.execute(OF_GONE_SERVERS, (UNMEASURED_CAUSE,))}


def ended_since(path: str | Path, since: int) -> Iterator[Row]:
    """Yield the ended recordings of calls that arrived `since` then (microseconds UTC). Raises StoreError."""
    with reading(path) as db:
        yield from each(db, ENDED, since=since)


def find(path: str | Path, recording: str) -> Row:
    """Return a recording, whether it has a file or not. Raises NotFound, StoreError."""
    with reading(path) as db:
        return find_in(db, recording)


def find_in(db: sqlite3.Connection, recording: str) -> Row:
    """Return the same from an open database. Raises NotFound."""
    found = rows(db, ONE, recording=recording)
    if not found:
        raise unknown_recording(recording)
    return found[0]


def unknown_recording(recording: str) -> NotFound:
    """Make the error for a recording that does not exist, or that the client may not know of."""
    return NotFound("recording_missing", "recording {recording!r} does not exist", recording=recording)


def file_of(path: str | Path, recording: str) -> tuple[str, str, str]:
    """Return the path of a recording's file, in the configured format if it has one, the agent, and the campaign.

    The campaign is that of a call to a lead. Raises NotFound for a recording that does not exist, is not complete or
    has been deleted; StoreError.
    """
    with reading(path) as db:
        found = rows(db, FILES, recording=recording)
    if not found:
        raise no_audio(recording)
    one = found[0]
    return str(one["converted_path"] or one["path"]), str(one["agent"]), str(one["campaign"])


def no_audio(recording: str) -> NotFound:
    """Make the error for a recording without a file, or one that the client may not know of."""
    return NotFound("recording_unknown", "there is no audio of recording {recording!r}", recording=recording)


class RecordingFile(NamedTuple):
    """A file: its name, its size in bytes, and when it changed last, in nanoseconds since 1970, UTC."""

    name: str
    size: int
    changed: int


def piece(places: Places, path: str, offset: int, most: int) -> tuple[RecordingFile, bytes]:
    """Return a file, and at most `most` of its bytes from `offset` on.

    Raises OSError, and PermissionError if the file is no ordinary file in a folder of recordings.
    """
    name = Path(path).name
    if remote := as_places(places).remote(path):
        part = remote[0].piece(remote[1], offset, most)
        return RecordingFile(name, part.size, part.changed), part.data
    with open_inside(places, path) as file:
        found = os.fstat(file.fileno())
        named = RecordingFile(name, found.st_size, found.st_mtime_ns)
        return named, os.pread(file.fileno(), most, offset)


def state_of(recording: Row, found: RecordingFiles, *, read: bool = False) -> str:
    """Return the state of a recording's files: WHOLE, UNMEASURED or one of WRONG; "" for a recording without a file.

    Files are checked by size and header; with `read`, every byte is read and compared by SHA-256. If root runs this, a
    file outside the folder of recordings is UNREADABLE, because a row could name any file.
    """
    if recording["status"] != KEPT:
        return UNMEASURED if recording["cause"] == UNMEASURED_CAUSE else ""
    files = [(recording["path"], recording["bytes"], recording["sha256"])]
    if recording["converted_path"]:
        files.append((recording["converted_path"], recording["converted_bytes"], recording["converted_sha256"]))
    for file in files:
        if (state := _state(found, *file, read=read)) != WHOLE:
            return state
    return SHORT if missing_of(recording) else WHOLE


def missing_of(recording: Row) -> int:
    """Return how many milliseconds a kept recording is shorter than its time; 0 if it is not."""
    if recording["status"] != KEPT:
        return 0
    return compute_missing_ms(recording["started"], recording["ended"], recording["length"], recording["cause"])


def is_said(recording: Row) -> bool:
    """Return whether the row of a short recording says what is missing."""
    return describe_missing(missing_of(recording)) in recording["cause"]


def _state(files: RecordingFiles, path: str, size: int, digest: str, *, read: bool) -> str:
    try:
        if not path or files.size(path) != size:
            return CHANGED if path else MISSING
        if path.endswith(".wav") and wav_file.find_fault(files.head(path, wav_file.HEAD_BYTES), size):
            return NO_SOUND
        if read and digest:
            return WHOLE if files.sha256(path) == digest else CHANGED
    except (FileNotFoundError, NotADirectoryError):
        return MISSING
    except OSError:
        return UNREADABLE
    return WHOLE
