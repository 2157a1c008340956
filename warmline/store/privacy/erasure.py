"""Erases a person from the records. Events stay with their times and hashes, but no longer identify the person."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from warmline.store.configuration import config_rows
from warmline.store.configuration.config_history import PRIVACY
from warmline.store.database import long_writes
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.long_writes import Statement, patient
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.privacy import waiting_notes
from warmline.store.privacy.subject_access import SubjectRecords, checked, digits, find
from warmline.store.reports.recording_files import RecordingFiles

ERASED = "erased"  # the status of a recording whose file was deleted with a person's records

LIVE = "SELECT id FROM call WHERE ended IS NULL AND id IN (SELECT value FROM json_each(:calls))"
# The app writes the whole row again after it measured and converted the file.
UNFINISHED = """
    SELECT json_extract(body, '$.call') FROM open_state
    WHERE kind = 'recording' AND json_extract(body, '$.call') IN (SELECT value FROM json_each(:calls))
"""
PREFIXES = """
    SELECT dial_prefix AS prefix FROM campaign UNION SELECT three_way_dial_prefix FROM campaign
"""
RECORDINGS = "SELECT * FROM recording WHERE call = :call ORDER BY asked, id"
# The name may contain the number. The hash stays, because it reveals nothing about the audio.
NAMELESS = f"""
    UPDATE recording SET id = ?, path = '', converted_path = '', cause = '', status = '{ERASED}' WHERE id = ?
"""  # noqa: S608 - only constants of the code
ROWS = "SELECT seq, call, payload FROM journal WHERE payload IS NOT NULL"
BLANK = "UPDATE journal SET payload = NULL WHERE seq = ?"
# The statements for a customer's calls, in this order, so that an interrupted erasure can find the calls again.
OF_CALL = (
    "UPDATE leg SET number = '' WHERE owner = ? AND role = 'customer'",
    "UPDATE disposition_entry SET notes = '' WHERE call = ?",
    "UPDATE receipt SET notes = '', message = '', caller_id = '', request = '' WHERE call = ?",
    "UPDATE webhook SET facts = '[]' WHERE call = ?",
    "UPDATE queue_wait SET why = '' WHERE call = ?",  # a hook may have named the customer in its reason
    "UPDATE call SET number = '', why = '[]', data = '[]', lead = 0 WHERE id = ?",
)
OF_THIRD = (
    "UPDATE leg SET number = '' WHERE owner = ? AND digits(number) = ?",
    "UPDATE receipt SET number = '', request = '' WHERE call = ? AND digits(number) = ?",
)
# The last number of an agent who is logged in; a running app keeps it until the agent's next call. Up to format 3 of
# open_state, last_number was a field of the session itself.
LAST_NUMBER = """
    UPDATE open_state SET body = json_replace(body, '$.last.number', '', '$.last_number', '')
    WHERE kind = 'agent_session'
        AND digits(coalesce(json_extract(body, '$.last.number'), json_extract(body, '$.last_number'))) = ?
"""
CALLBACK = """
    UPDATE callback SET number = '', comments = '', ended = ifnull(ended, ?),
        state = iif(state = 'pending', 'cancelled', state) WHERE id = ?
"""


@dataclass(slots=True)
class ErasureResult:
    """The number of erased records of each kind, for config_journal. `left` are files that could not be deleted."""

    calls: int = 0
    third_party_in: int = 0
    recordings: int = 0
    journal: int = 0
    leads: int = 0
    callbacks: int = 0
    fallbacks: int = 0
    dnc: int = 0
    notes: int = 0
    left: tuple[str, ...] = ()


def erase(
    path: str | Path,
    folder: str | Path,
    number: str,
    *,
    who: str,
    spool: str | Path = "",
    dnc: bool = False,
    dry_run: bool = False,
) -> ErasureResult:
    """Erase all records with this number, in short transactions; repeat the call after an interruption.

    Entries of the do-not-call lists protect the person, and are erased only with `dnc`. Only files in the `folder` of
    recordings are deleted, and notes in the `spool`, which wait for a stopped app. A row of config_journal notes the
    erasure, but not the number. `dry_run` only counts.

    Raises:
        OptionError: the number cannot identify a person.
        NotFound: no record has the number.
        Conflict: the person is in a call, or one of their recordings is not finished.
        StoreError: the database cannot be written.
    """
    number = checked(number)
    notes = waiting_notes.find(spool, number) if spool else []
    with reading(path) as db:
        person = find(db, number)
        if not notes and (person.unknown or (not dnc and _only_dnc(person))):
            kept = "" if person.unknown else ", except an entry in the do-not-call list; to erase that too: --dnc"
            raise NotFound("person_unknown", "no record has the number {number}{kept}", number=number, kept=kept)
        _refuse_live(db, person)
        recordings = [row for call in (*person.calls, *person.third) for row in rows(db, RECORDINGS, call=call)]
        journal = [row["seq"] for row in _mentions(db, person)]
    erased = ErasureResult(len(person.calls), len(person.third), len(recordings), len(journal), len(person.leads))
    erased.callbacks, erased.fallbacks = len(person.callbacks), len(person.fallbacks)
    erased.dnc = len(person.dnc) if dnc else 0
    erased.notes = len(notes)
    if dry_run:
        return erased
    erased.left = waiting_notes.delete(notes)
    erased.notes -= len(erased.left)
    with patient(path) as db:
        db.create_function("digits", 1, digits, deterministic=True)
        long_writes.run(db, ((BLANK, (seq,)) for seq in journal))
        long_writes.run(db, _without_files(recordings, RecordingFiles(folder, path), erased))
        long_writes.run(db, _statements(person, dnc=dnc))
        _note(db, who, erased)
        with suppress(sqlite3.OperationalError):  # a reader blocks this; the next checkpoint does it
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return erased


def _only_dnc(person: SubjectRecords) -> bool:
    return not (person.calls or person.third or person.leads or person.callbacks or person.fallbacks)


def _refuse_live(db: sqlite3.Connection, person: SubjectRecords) -> None:
    calls = {"calls": _listed(person)}
    if live := db.execute(LIVE, calls).fetchone():
        raise Conflict(
            "person_in_call",
            "{number} is in call {call} now; nothing was erased: try again after the call",
            number=person.number,
            call=live[0],
        )
    if unfinished := db.execute(UNFINISHED, calls).fetchone():
        raise Conflict(
            "person_recording_unfinished",
            "a recording of call {call} is not finished; nothing was erased: try again in a moment, or read "
            "the app's log",
            call=unfinished[0],
        )


def _listed(person: SubjectRecords) -> str:
    return "[" + ", ".join(f'"{call}"' for call in (*person.calls, *person.third)) + "]"


def _mentions(db: sqlite3.Connection, person: SubjectRecords) -> Iterator[Row]:
    """Return the journal rows of the person's calls, and other rows with the number, even after a dial prefix."""
    prefixes = "|".join(re.escape(row["prefix"]) for row in rows(db, PREFIXES) if row["prefix"])
    between = r"[^0-9A-Za-z\"]{0,3}"  # as in (030) 123-456
    pattern = re.compile(rf"(?<![0-9])(?:{prefixes})?{between.join(person.number)}(?![0-9])")
    calls = set(person.calls)
    return (row for row in each(db, ROWS) if row["call"] in calls or pattern.search(row["payload"]))


def _without_files(recordings: list[Row], files: RecordingFiles, erased: ErasureResult) -> Iterator[Statement]:
    """Delete each file, and then yield the statement that clears its row."""
    for number, one in enumerate(recordings, 1):
        if files.delete(one):
            yield NAMELESS, (f"erased-{one['call']}-{number}", one["id"])
        else:
            erased.left += (one["path"],)
            erased.recordings -= 1


def _statements(person: SubjectRecords, *, dnc: bool) -> Iterator[Statement]:
    for call in (*person.third, *person.calls):
        yield from ((sql, (call, person.number)) for sql in OF_THIRD)
    now = config_rows.now()
    yield from ((CALLBACK, (now, row["id"])) for row in person.callbacks)
    yield from (("UPDATE fallback SET number = '' WHERE id = ?", (row["id"],)) for row in person.fallbacks)
    for call in person.calls:
        yield from ((sql, (call,)) for sql in OF_CALL)
    yield LAST_NUMBER, (person.number,)
    yield from (("DELETE FROM lead WHERE lead_id = ?", (row["lead_id"],)) for row in person.leads)
    if dnc:
        where = "phone_number = ? AND campaign = ?"
        yield from ((f"DELETE FROM dnc WHERE {where}", (r["phone_number"], r["campaign"])) for r in person.dnc)  # noqa: S608


def _note(db: sqlite3.Connection, who: str, erased: ErasureResult) -> None:
    """Write to config_journal that an erasure was done, without the erased values."""
    counts = {name: count for name, count in asdict(erased).items() if isinstance(count, int)}
    db.execute("BEGIN IMMEDIATE")
    config_rows.note(db, who, config_rows.now(), ("delete", PRIVACY, "person"), counts, {})
    db.execute("COMMIT")
