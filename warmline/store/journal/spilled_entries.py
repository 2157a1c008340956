"""The text of journal entries in the spill file, and the entries in it that a database does not have."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Raw, Struct

from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.values.callback import Callback
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.world.world import OpenRecord
from warmline.store.journal import hash_chain, open_state, server_codec
from warmline.store.journal.journal_entry import ChainHead, JournalEntry
from warmline.store.journal.projections import TABLES
from warmline.store.journal.spill_file import Damage, Frame, SpillScan
from warmline.text.coded_error import CodedError

ROW = "SELECT at, kind, payload_hash FROM journal WHERE seq = ?"
QUICK = 1  # level of the compression
PLAIN: dict[str, type[FallbackTaken | DispositionEntry | Callback]] = {
    TABLES[kind].name: kind for kind in (FallbackTaken, DispositionEntry, Callback)
}  # never open, of one shape


class SpillError(CodedError):
    """The spill file belongs to another database, or cannot be read."""


class _Change(Struct, frozen=True, array_like=True):
    """A record after the entry: its kind, id, format and body as in `open_state`, and whether it is still open."""

    kind: str
    id: str
    format: int
    body: Raw
    open: bool


class _Entry(Struct, frozen=True, array_like=True):
    """A journal entry; see JournalEntry."""

    at: int
    kind: str
    call: str
    agent: str
    payload: Raw
    changes: list[_Change]
    opted_out: str
    correction: int = 0


class _Entries(Struct, frozen=True):
    """The entries of one frame, and the last row that the database had before: its number and its hash."""

    after: int
    hash: str
    entries: list[_Entry]


def frame(first: int, entries: Sequence[JournalEntry], written: ChainHead) -> Frame:
    """Return the frame of entries; `first` is the first one's number. `written` is the last row in the database."""
    found = _Entries(written.seq, written.hash, [_packed(entry) for entry in entries])
    return Frame(first, zlib.compress(msgspec.json.encode(found), QUICK), first + len(entries) - 1)


def unwritten(frames: Iterable[Frame], connection: sqlite3.Connection, last: ChainHead) -> list[JournalEntry]:
    """Return the entries of these frames that are not in the database, whose last row is `last`.

    Raises:
        SpillError: the frames belong to another database, entries before them are missing, or a text is unreadable.
    """
    found: list[JournalEntry] = []
    for one in frames:
        content = _content(one)
        _check_origin(one, content, connection)
        for seq, entry in enumerate(content.entries, one.first):
            if seq <= last.seq:
                continue
            if seq != last.seq + len(found) + 1:
                row = last.seq + len(found) + 1
                raise SpillError("spill_incomplete", "row {row} is neither in the database nor in the file", row=row)
            found.append(_unpacked(entry))
    return found


def entries(frame: Frame) -> list[JournalEntry]:
    """Return the entries of a frame, whatever the database has. Raises SpillError, StoreError."""
    return [_unpacked(entry) for entry in _content(frame).entries]


def missing(frames: Iterable[Frame], connection: sqlite3.Connection) -> Iterator[JournalEntry]:
    """Yield the entries that are in no row of the journal. Raises SpillError, StoreError, sqlite3.Error."""
    for one in frames:
        for seq, entry in enumerate(entries(one), one.first):
            row = connection.execute(ROW, (seq,)).fetchone()
            if row is None or tuple(row) != (entry.at, entry.kind, hash_chain.digest(entry.payload_json().decode())):
                yield entry


def check_origin(frames: Iterable[Frame], connection: sqlite3.Connection) -> None:
    """Raise SpillError if a frame follows a row that this database does not have."""
    for one in frames:
        _check_origin(one, _content(one), connection)


def losses(scan: SpillScan, last: int) -> list[str]:
    """Return what a file has lost of the rows behind `last`, the last row of the database."""
    found = [_lost(damage, last) for damage in scan.damages if not damage.last or damage.last > last]
    if scan.cut_to is not None:
        found.append(f"it was cut off after {scan.cut_to} bytes; entries that it had are lost")
    return found


def _lost(damage: Damage, last: int) -> str:
    first = max(damage.first, last + 1)
    confirmed = "" if damage.is_confirmed else ", if they were confirmed"
    if not damage.last:
        rows = "entries are lost"
    elif first == damage.last:
        rows = f"row {first} of the journal is lost"
    else:
        rows = f"rows {first} to {damage.last} of the journal are lost"
    return f"it is damaged at byte {damage.offset}: {rows}{confirmed}"


def _content(frame: Frame) -> _Entries:
    try:
        return msgspec.json.decode(zlib.decompress(frame.body), type=_Entries)
    except (zlib.error, msgspec.DecodeError) as error:
        raise SpillError(
            "spill_unreadable", "the entries from row {row} are unreadable: {why}", row=frame.first, why=error
        ) from None


def _check_origin(frame: Frame, content: _Entries, connection: sqlite3.Connection) -> None:
    if content.after and _hash_of(connection, content.after) != content.hash:
        raise SpillError(
            "spill_foreign",
            "the entries from row {row} follow a row that this database does not have",
            row=frame.first,
        )


def _hash_of(connection: sqlite3.Connection, row: int) -> str | None:
    """Return the hash of a row of the journal, or None if there is no such row."""
    found = connection.execute("SELECT hash FROM journal WHERE seq = ?", (row,)).fetchone()
    return str(found[0]) if found else None


def _packed(entry: JournalEntry) -> _Entry:
    payload = Raw(msgspec.json.encode(entry.payload))
    changes = [_change(record, is_open=is_open) for record, is_open in entry.changes]
    facts = entry.at, entry.kind, entry.call, entry.agent
    return _Entry(*facts, payload, changes, entry.opted_out, entry.correction)


def _change(record: OpenRecord | FallbackTaken, *, is_open: bool) -> _Change:
    if isinstance(record, FallbackTaken):
        fields = msgspec.json.encode(server_codec.stored(record))
        return _Change(TABLES[FallbackTaken].name, record.call, open_state.FORMAT, Raw(fields), is_open)
    kind, name, form, body = open_state.written(record)
    return _Change(kind, name, form, Raw(body.encode()), is_open)


def _unpacked(entry: _Entry) -> JournalEntry:
    """Return the entry. Raises SpillError, StoreError."""
    changes = tuple((_record(change), change.open) for change in entry.changes)
    facts = entry.at, entry.kind, entry.call, entry.agent
    return JournalEntry(*facts, entry.payload, changes, entry.opted_out, entry.correction)


def _record(change: _Change) -> OpenRecord | FallbackTaken:
    if kind := PLAIN.get(change.kind):
        return msgspec.json.decode(change.body, type=kind)
    record = open_state.read(change.kind, change.id, change.format, bytes(change.body).decode())
    assert record is not None, "no step of UPGRADES drops a record that is written"
    return record
