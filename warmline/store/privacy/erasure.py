"""Erases a person from the records. Events stay with their times and hashes, but no longer identify the person."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from warmline.store.configuration import config_rows
from warmline.store.configuration.config_history import PRIVACY
from warmline.store.database import long_writes
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.long_writes import Statement, patient
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.notes import note_index
from warmline.store.privacy.subject_access import SubjectRecords, checked, digits, find
from warmline.store.privacy.waiting_records import WaitingRecords
from warmline.store.recordings.recording_places import Places
from warmline.store.reports.recording_files import RecordingFiles

ERASED = "erased"  # the status of a recording whose file was deleted with a person's records

LIVE = "SELECT id FROM call WHERE ended IS NULL AND id IN (SELECT value FROM json_each(:calls))"
# The app writes the whole row again after it measured and converted the file.
UNFINISHED = """
    SELECT json_extract(body, '$.call') FROM open_state
    WHERE kind = 'recording' AND json_extract(body, '$.call') IN (SELECT value FROM json_each(:calls))
"""
# The app writes the row again, with the notes, when the code counts.
UNDOABLE = """
    SELECT json_extract(body, '$.undoable.call') FROM open_state
    WHERE kind = 'agent_session' AND json_extract(body, '$.undoable.call') IN (SELECT value FROM json_each(:calls))
"""
# The app writes the saved notes with the code, once the agent gives it.
UNCODED = """
    SELECT json_extract(body, '$.last.call') FROM open_state
    WHERE kind = 'agent_session' AND json_extract(body, '$.after_call.draft') <> ''
        AND json_extract(body, '$.last.call') IN (SELECT value FROM json_each(:calls))
"""
# The app sends it until its receiver answers, and then writes the row again.
WAITING = """
    SELECT webhook.call FROM webhook, json_each(facts) AS fact
    WHERE webhook.ended IS NULL AND webhook.call IN (SELECT value FROM json_each(:calls))
        AND digits(json_extract(fact.value, '$[1]')) = :number
"""
RECORDINGS = "SELECT * FROM recording WHERE call = :call ORDER BY asked, id"
# The name may contain the number. The hash stays, because it reveals nothing about the audio.
NAMELESS = f"""
    UPDATE recording SET id = ?, path = '', converted_path = '', cause = '', status = '{ERASED}' WHERE id = ?
"""  # noqa: S608 - only constants of the code
ROWS = "SELECT seq, call, payload FROM journal WHERE payload IS NOT NULL"
BLANK = "UPDATE journal SET payload = NULL WHERE seq = ?"
NO_COMMENTS = "DELETE FROM call_comment WHERE call = ?"
# The statements for a customer's calls, in this order, so that an interrupted erasure can find the calls again.
OF_CALL = (
    "UPDATE leg SET number = '' WHERE owner = ? AND role = 'customer'",
    "UPDATE disposition_entry SET notes = '' WHERE call = ?",
    NO_COMMENTS,
    "UPDATE receipt SET notes = '', message = '', caller_id = '', request = '' WHERE call = ?",
    "UPDATE webhook SET facts = '[]' WHERE call = ?",
    "UPDATE queue_wait SET why = '' WHERE call = ?",  # it may quote the call's data, and hooks of 0.11 their reason
    "UPDATE call SET number = '', why = '[]', data = '[]', lead = 0 WHERE id = ?",
)
OF_THIRD = (
    "UPDATE leg SET number = '' WHERE owner = ? AND digits(number) = ?",
    "UPDATE receipt SET number = '', request = '' WHERE call = ? AND digits(number) = ?",
    """
        UPDATE webhook SET facts = (
            SELECT json_group_array(json(value)) FROM json_each(facts) WHERE digits(json_extract(value, '$[1]')) <> ?2
        ) WHERE call = ?1
    """,
)
# The last number of an agent who is logged in, with the notes; a running app keeps them until the agent's next call. Up
# to format 3 of open_state, last_number and last_notes were fields of the session itself.
LAST_NUMBER = """
    UPDATE open_state SET body = json_replace(
        json_replace(body, '$.last.number', '', '$.last_number', ''), '$.last.notes', '', '$.last_notes', ''
    )
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
    places: Places,
    number: str,
    *,
    who: str,
    waiting: Sequence[WaitingRecords] = (),
    dnc: bool = False,
    dry_run: bool = False,
) -> ErasureResult:
    """Erase all records with this number, in short transactions; repeat the call after an interruption.

    Entries of the do-not-call lists protect the person, and are erased only with `dnc`. Only files at the `places` of
    recordings are deleted. The stores of `waiting` come first, so that a record which the app has just copied into the
    database is found there. A row of config_journal notes the erasure, but not the number. `dry_run` only counts.

    Raises:
        OptionError: the number cannot identify a person.
        NotFound: no record has the number.
        Conflict: the person is in a call, a recording is not finished, a code is missing or can be taken back, or the
            app copies waiting records.
        StoreError: the database cannot be written.
    """
    number = checked(number)
    with reading(path) as db:
        person = find(db, number)
        notes = sum(len(store.find(person)) for store in waiting)
        if not notes and (person.unknown or (not dnc and _only_dnc(person))):
            kept = "" if person.unknown else ", except an entry in the do-not-call list; to erase that too: --dnc"
            raise NotFound("person_unknown", "no record has the number {number}{kept}", number=number, kept=kept)
        _refuse_live(db, person, "nothing")
    if dry_run:
        return _planned(path, number, dnc=dnc, done="nothing").erased(notes)
    waited = [store.erase(person) for store in waiting]
    notes = sum(one.erased for one in waited)
    plan = _planned(path, number, dnc=dnc, done="only what waited outside the database" if notes else "nothing")
    erased = plan.erased(notes, *(file for one in waited for file in one.left))
    with patient(path) as db:
        db.create_function("digits", 1, digits, deterministic=True)
        long_writes.run(db, ((BLANK, (seq,)) for seq in plan.journal))
        note_index.erase(path, plan.person.calls)
        long_writes.run(db, _without_files(plan.recordings, RecordingFiles(places, path), erased))
        long_writes.run(db, _statements(plan.person, dnc=dnc))
        _note(db, who, erased)
        with suppress(sqlite3.OperationalError):  # a reader blocks this; the next checkpoint does it
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return erased


@dataclass(frozen=True, slots=True)
class _ErasurePlan:
    """The records to erase in the database: the rows of recordings, and the numbers of the journal's rows."""

    person: SubjectRecords
    recordings: list[Row]
    journal: list[int]
    dnc: int

    def erased(self, notes: int, *left: str) -> ErasureResult:
        """Return the counts, with those of the waiting records."""
        person = self.person
        return ErasureResult(
            calls=len(person.calls),
            third_party_in=len(person.third),
            recordings=len(self.recordings),
            journal=len(self.journal),
            leads=len(person.leads),
            callbacks=len(person.callbacks),
            fallbacks=len(person.fallbacks),
            dnc=self.dnc,
            notes=notes,
            left=left,
        )


def _planned(path: str | Path, number: str, *, dnc: bool, done: str) -> _ErasurePlan:
    """Return what has to be erased; `done` is what was erased before, in words. Raises Conflict, StoreError."""
    with reading(path) as db:
        person = find(db, number)
        _refuse_live(db, person, done)
        recordings = [row for call in (*person.calls, *person.third) for row in rows(db, RECORDINGS, call=call)]
        journal = [row["seq"] for row in _mentions(db, person)]
    return _ErasurePlan(person, recordings, journal, len(person.dnc) if dnc else 0)


def _only_dnc(person: SubjectRecords) -> bool:
    return not (person.calls or person.third or person.leads or person.callbacks or person.fallbacks)


def _refuse_live(db: sqlite3.Connection, person: SubjectRecords, done: str) -> None:
    """Raise Conflict while the app may still write a record of the person; `done` is what was erased, in words."""
    calls = {"calls": _listed(person)}
    if live := db.execute(LIVE, calls).fetchone():
        raise Conflict(
            "person_in_call",
            "{number} is in call {call} now; {done} was erased: try again after the call",
            number=person.number,
            done=done,
            call=live[0],
        )
    if unfinished := db.execute(UNFINISHED, calls).fetchone():
        raise Conflict(
            "person_recording_unfinished",
            "a recording of call {call} is not finished; {done} was erased: try again in a moment, or read "
            "the app's log",
            done=done,
            call=unfinished[0],
        )
    if undoable := db.execute(UNDOABLE, calls).fetchone():
        raise Conflict(
            "person_disposition_undoable",
            "the agent of call {call} can take back its code for 10 seconds; {done} was erased: try again after that",
            done=done,
            call=undoable[0],
        )
    if uncoded := db.execute(UNCODED, calls).fetchone():
        raise Conflict(
            "person_notes_uncoded",
            "the agent of call {call} has notes of it and has not given its code; {done} was erased: try again after "
            "the code",
            done=done,
            call=uncoded[0],
        )
    if waiting := db.execute(WAITING, calls | {"number": person.number}).fetchone():
        raise Conflict(
            "person_webhook_waits",
            "a webhook of call {call} waits to be sent with the number; {done} was erased: try again after it, at most "
            "four hours later",
            done=done,
            call=waiting[0],
        )


def _listed(person: SubjectRecords) -> str:
    return "[" + ", ".join(f'"{call}"' for call in (*person.calls, *person.third)) + "]"


def _mentions(db: sqlite3.Connection, person: SubjectRecords) -> Iterator[Row]:
    """Return the journal rows of the person's calls, and other rows with the number, even after a dial prefix."""
    calls = set(person.calls)
    return (row for row in each(db, ROWS) if row["call"] in calls or person.mention.search(row["payload"]))


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
    for row in person.fallbacks:
        reason = "" if person.mention.search(row["reason"]) else row["reason"]
        yield NO_COMMENTS, (row["id"],)
        yield "UPDATE fallback SET number = '', reason = ? WHERE id = ?", (reason, row["id"])
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
