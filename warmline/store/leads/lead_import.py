"""Imports leads from a CSV or NDJSON file line by line, in short transactions; a bad line does not stop the others."""

import csv
import json
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from math import inf
from pathlib import Path
from typing import NamedTuple, TextIO
from zoneinfo import ZoneInfo

from warmline.core.rules import number_text
from warmline.leads import (
    csv_columns,
    csv_reader,
    custom_fields,
    lead_history,
    lead_numbers,
    lead_places,
    more_numbers,
    ndjson_reader,
    phone_numbers,
    text_encoding,
)
from warmline.leads.csv_reader import CsvRecord
from warmline.leads.lead_fields import FIELDS, checked
from warmline.leads.lead_history import HISTORY
from warmline.options.values.entity import OptionError
from warmline.store.configuration.timezone import timezone
from warmline.store.database.long_writes import HELD, batches, importing, opened
from warmline.store.lead_changes import recorded_changes
from warmline.store.lead_changes.recorded_changes import ManyLeads
from warmline.store.leads import duplicate_leads
from warmline.store.leads.duplicate_leads import USUAL_RULE, DuplicateRule, NewLeads
from warmline.store.leads.import_rejects import RejectedLines, RejectedObjects, RejectReason
from warmline.store.leads.leads import country_of, custom_names

PHONE = "phone_number"
LEAST = 5  # leads in one transaction; each is compared with up to 2000 numbers that have the same end
PREVIEWED = 3  # leads
TOLD = 500  # known leads, after which the progress is told
MOST_NAMES = 200  # of objects in a report

COLUMNS = ("list_id", *HISTORY, *FIELDS, "jurisdictions", custom_fields.COLUMN)
NO_VALUE = ("NULL", r"\N")  # of MySQL's tables in files


def _insert_new(rule: DuplicateRule, into: str, columns: Sequence[str], *tables: str) -> str:
    """Return the statement that inserts a lead if none of the tables has it, and no lead has its id.

    An id, or a time of the last call, of 0 stands for none.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(f"nullif(:{name}, 0)" if name in OR_NONE else f":{name}" for name in columns)
    new = " AND ".join(f"NOT {duplicate_leads.is_known(rule, table)}" for table in tables)
    new += " AND NOT EXISTS (SELECT 1 FROM main.lead WHERE lead_id = :lead_id)"
    return f"INSERT INTO {into} ({names}) SELECT {marks} WHERE {new}"


Lead = dict[str, str | int]
EMPTY: Lead = {
    **dict.fromkeys(FIELDS, ""),
    **dict.fromkeys(HISTORY, 0),
    "rank": 0,
    "status": "NEW",
    custom_fields.COLUMN: custom_fields.NONE,
}
OR_NONE = ("lead_id", "last_call")


@dataclass
class LeadImportReport:
    """The result of an import so far. `unknown` are columns of the file that are not imported."""

    encoding: str = ""
    unknown: tuple[str, ...] = ()
    records: int = 0
    imported: int = 0
    duplicates: int = 0
    in_database: int = 0  # duplicates of leads in the database; the others are in the file twice
    columns: tuple[tuple[str, str], ...] = ()  # the name of each imported column, and its field
    preview: tuple[dict[str, str | int], ...] = ()  # the first leads, with the fields of the file
    reasons: tuple[RejectReason, ...] = ()
    rejected: int = 0
    seconds: float = 0.0
    longest_held_ms: float = 0.0  # of the write lock
    rejects: str = ""  # the file with the rejected lines
    nulls: int = 0  # values NULL, which were read as empty
    unplaced: int = 0  # valid lines whose leads have no time zone, and are not dialled automatically

    def count(self, done: "InsertedLeads") -> None:
        """Add the result of a batch."""
        self.imported += done.imported
        self.duplicates += done.duplicates
        self.in_database += done.in_database
        self.longest_held_ms = max(self.longest_held_ms, done.held)

    def count_known(self, tell: Callable[[], None]) -> None:
        """Add a duplicate of a lead in the database; `tell` is called after many of them."""
        self.duplicates += 1
        self.in_database += 1
        if self.in_database % TOLD == 0:
            tell()


@dataclass
class LeadImport:
    """One import. `columns` maps names of the file to fields; `dry_run` leaves the database unchanged.

    `duplicates` says which leads are known already. `most_rejects` is the size of the file of rejected lines, in bytes.
    `encoding` is that of a file in neither UTF-8 nor UTF-16; "" for none. Rejected lines are put next to the file
    `named`, if the imported one is a copy of it.
    """

    path: Path
    db: str
    list_id: str
    who: str
    columns: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    duplicates: DuplicateRule = USUAL_RULE
    most_rejects: float = inf
    encoding: str = ""
    named: Path | None = None

    def run(self, progress: Callable[[int], None] = lambda _bytes: None) -> LeadImportReport:
        """Import the file; `progress` is called with the number of bytes read so far.

        After an error, the leads imported so far stay. Repeating the same import continues where this one stopped.

        Raises:
            OptionError: the columns do not fit, or the encoding is unknown.
            NotFound: the list does not exist.
            OSError: the file cannot be read.
            StoreError: the database cannot be written.
        """
        began = time.monotonic()
        encoding = text_encoding.encoding_of(self.path, self.encoding)
        report = LeadImportReport(encoding=text_encoding.shown(encoding))
        with (
            importing(self.db),
            csv_reader.opened(self.path, encoding) as file,
            connected(self.db, dry_run=self.dry_run) as db,
        ):
            country = country_of(db, self.list_id)
            if country and not phone_numbers.known_country(country):
                raise OptionError(
                    "list_country_unknown",
                    "list {list}: country {country!r} is unknown; to change it: warmline list set {list} country=DE",
                    list=self.list_id,
                    country=country,
                )
            is_json = ndjson_reader.is_ndjson(self.path, encoding)
            kind = RejectedObjects if is_json else RejectedLines
            with closing(kind(self.named or self.path, self.most_rejects)) as rejects:
                leads = self._leads(file, country, report, rejects, db)
                self.insert(db, leads, report, lambda: progress(file.buffer.tell()))
                report.rejects, report.reasons = rejects.name, rejects.reasons()
        report.seconds = time.monotonic() - began
        return report

    def _leads(
        self, file: TextIO, country: str, report: LeadImportReport, rejects: RejectedLines, db: sqlite3.Connection
    ) -> Iterator[Lead]:
        """Yield every valid lead of the file."""
        custom = custom_names(db, self.list_id)
        emergency = tuple(json.loads(db.execute("SELECT emergency_numbers FROM setting").fetchone()[0]))
        now, zone = time.time_ns() // 1000, ZoneInfo(timezone(self.db) or "UTC")
        base = EMPTY | {"list_id": self.list_id, "entry_date": now, "modify_date": now, "user": self.who}
        is_json = isinstance(rejects, RejectedObjects)
        records = self._objects(file, report, custom) if is_json else self._lines(file, report, rejects, custom)
        for names, record in records:
            report.records += 1
            try:
                if record.broken:
                    raise OptionError("csv_record_broken", "{why}", why=record.broken)
                texts = _texts(names, record.fields)
                report.nulls += sum(text in NO_VALUE for text in texts.values())
                given = {name: "" if text in NO_VALUE else text for name, text in texts.items()}
                lead = checked({name: text for name, text in given.items() if name in FIELDS}, country)
                _, own = custom_fields.parted({name: text for name, text in given.items() if name in custom}, custom)
                if len(report.preview) < PREVIEWED:
                    report.preview += ({name: lead.get(name, text) for name, text in given.items()},)
                if own:
                    lead[custom_fields.COLUMN] = custom_fields.written(own)
                past = {name: text for name, text in given.items() if name in HISTORY}
                lead = base | lead | lead_history.read(past, zone, now)
                _check_id(db, lead)
                _check_emergency(lead, emergency)
                lead["status"] = lead["status"] or EMPTY["status"]
                lead |= lead_places.columns(lead, country)
                report.unplaced += not lead["time_zones"]
                yield lead | duplicate_leads.values(self.duplicates, str(lead["phone_number"]), now)
            except OptionError as error:
                report.rejected += 1
                fields = record.fields if record.fields and not is_json else [record.text.rstrip("\r\n")]
                rejects.add(record.line + 1, str(error), fields)  # the head is line 1

    def _lines(
        self, file: TextIO, report: LeadImportReport, rejects: RejectedLines, custom: Collection[str]
    ) -> Iterator[tuple[list[str], CsvRecord]]:
        """Yield the fields of the columns with each record of a CSV file. Raises OptionError for unfit columns."""
        head = csv_reader.first_line(file)
        between = csv_reader.delimiter(head)
        theirs = next(csv.reader([head], delimiter=between), [])
        names, report.unknown = csv_columns.columns(theirs, self.columns, custom)
        report.columns = tuple((one, ours) for one, ours in zip(theirs, names, strict=True) if ours)
        rejects.between, rejects.head = between, theirs
        for record in csv_reader.records(file, between, len(names)):
            yield names, record

    def _objects(
        self, file: TextIO, report: LeadImportReport, custom: Collection[str]
    ) -> Iterator[tuple[list[str], CsvRecord]]:
        """Yield the same for an NDJSON file, whose objects may have different names."""
        known: dict[str, str] = {}
        fields_of = lru_cache(100)(lambda names: csv_columns.of_object(names, self.columns, custom))
        for line, values, text, broken in ndjson_reader.records(file):
            names, why = list[str](), broken
            try:
                names = names if broken else fields_of(tuple(values))
            except OptionError as error:
                why = str(error)
            new = [pair for pair in zip(values, names, strict=False) if pair[0] not in known]
            known |= dict(new[: MOST_NAMES - len(known)])
            if new:
                report.columns = tuple((theirs, ours) for theirs, ours in known.items() if ours)
                report.unknown = tuple(theirs for theirs, ours in known.items() if not ours)
            yield names, CsvRecord(line - 1, list(values.values()), text, why)  # the first line of a CSV file is line 1

    def insert(
        self, db: sqlite3.Connection, leads: Iterator[Lead], report: LeadImportReport, tell: Callable[[], None]
    ) -> None:
        """Insert the leads in batches; `tell` is called after each."""
        done_by = None if self.dry_run else record(self.who, self.list_id, csv_reader.sha256(self.path))
        before = newest(db)
        new = NewLeads(db, self.duplicates, before)
        leads = leads if self.dry_run else new.of(leads, partial(report.count_known, tell))
        for done in inserted(db, leads, self.duplicates, before, dry_run=self.dry_run, record=done_by):
            report.count(done)
            new.learn(done.in_database, done.imported)
            tell()
        if done_by:
            done_by.end(self.db)


def record(who: str, list_id: str, sha256: str) -> ManyLeads:
    """Return the record of an import into a list; a file that is imported again continues an interrupted import."""
    return ManyLeads(who, recorded_changes.IMPORT, list_id, {"file": sha256[:8]}, sha256)


class InsertedLeads(NamedTuple):
    """How many leads of a batch were imported, were known, and were known before the import.

    `held` is how long the write lock was held, in milliseconds.
    """

    imported: int
    duplicates: int
    in_database: int
    held: float


def newest(db: sqlite3.Connection) -> int:
    """Return the largest id of a lead."""
    return int(db.execute("SELECT ifnull(max(lead_id), 0) FROM lead").fetchone()[0])


def inserted(
    db: sqlite3.Connection,
    leads: Iterable[Lead],
    rule: DuplicateRule,
    before: int,
    *,
    dry_run: bool = False,
    held_for: float = HELD,
    record: ManyLeads | None = None,
) -> Iterator[InsertedLeads]:
    """Insert the new ones of some leads in short transactions, and yield the result of each.

    Leads up to the id `before` are from before the import. `held_for` is as for long_writes.batches. Each transaction
    adds its leads to the `record`. Raises sqlite3.Error.
    """
    into, columns, tables = ("lead", COLUMNS, ["lead"])
    if dry_run:
        into, columns, tables = ("temp.seen", duplicate_leads.SEEN_COLUMNS, ["main.lead", "temp.seen"])
    statement = _insert_new(rule, into, columns, *tables)
    known = duplicate_leads.was_known(rule)

    def write(batch: list[Lead]) -> int:
        imported = db.executemany(statement, batch).rowcount
        if record:
            record.count(db, imported)
        return imported

    for done in batches(db, leads, write, least=LEAST, held_for=held_for, only_try=dry_run):
        in_database = 0
        if twice := len(done.items) - done.changed:
            in_database = sum(db.execute(known, {**lead, "before": before}).fetchone()[0] for lead in done.items)
        yield InsertedLeads(done.changed, twice, in_database, done.held * 1000)


@contextmanager
def connected(path: str, *, dry_run: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the database for an import. Raises StoreError, sqlite3.Error."""
    with opened(path, synchronous="NORMAL") as db:  # shortens the lock; an import repeats rows lost in a power cut
        duplicate_leads.prepare(db)
        if dry_run:
            db.executescript(duplicate_leads.SEEN)
        yield db


def _check_emergency(lead: Lead, numbers: tuple[str, ...]) -> None:
    """Reject a lead with an emergency number, which would never be dialled. Raises OptionError."""
    further = [(more_numbers.FIELD, one.digits) for one in more_numbers.read(str(lead[more_numbers.FIELD]))]
    for name, text in (*((name, str(lead[name])) for name in (PHONE, *lead_numbers.FIELDS)), *further):
        digits = number_text.to_digits(text)
        if digits in numbers:
            raise OptionError(
                "lead_emergency_number",
                "{name} {value!r} is the emergency number {number}, which no lead may have: correct it, or empty it",
                name=name,
                value=text,
                number=digits,
            )


def _check_id(db: sqlite3.Connection, lead: Lead) -> None:
    """Raise OptionError if the id of a lead is that of one with another number, which programs know by it."""
    found = lead["lead_id"] and db.execute("SELECT phone_number FROM lead WHERE lead_id = :lead_id", lead).fetchone()
    if found and found[0] != lead["phone_number"]:
        raise OptionError(
            "lead_id_taken",
            "lead_id {lead} is the id of a lead with another number; leave the column out for new ids",
            lead=lead["lead_id"],
        )


def _texts(names: Sequence[str], fields: Sequence[str]) -> dict[str, str]:
    """Return the texts of one record by field. Raises OptionError."""
    if len(fields) != len(names):
        raise OptionError(
            "csv_field_count",
            "the record has {count} fields; required: {names}, as in the first line of the file",
            count=len(fields),
            names=len(names),
        )
    return {name: _typed(text) for name, text in zip(names, fields, strict=True) if name}


def _typed(text: str) -> str:
    """Return the text without the apostrophe that marks text in a spreadsheet."""
    return text[1:] if text[:1] == "'" and text[1:2] in "0123456789+-=@(" else text
