"""Leads from a CSV file: line by line, in short transactions, each lead once, and no line stops the others."""

import csv
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from warmline.leads import csv_columns, csv_reader, phone_numbers
from warmline.leads.lead_fields import FIELDS, checked
from warmline.options.entity import OptionError
from warmline.store.database.database import connect
from warmline.store.database.long_writes import import_interrupted
from warmline.store.leads.import_rejects import RejectedLines, RejectReason
from warmline.store.leads.leads import country_of

LEAST, MOST = 100, 2000  # leads of one transaction
HELD = 0.005  # seconds for which the database's write lock is held, about
PATIENCE = 60.0  # seconds to wait for the write lock: an import has time
PREVIEWED = 3  # leads
REST = 2.0  # times as long as it was held it is left to others

COLUMNS = ("list_id", "entry_date", "modify_date", "user", *FIELDS)
KEY = ("list_id", "vendor_lead_code", "phone_number")
# The same lead: the same vendor_lead_code in the list; without one the same number.
NEW = """
    NOT EXISTS (
        SELECT 1 FROM {table} WHERE :vendor_lead_code <> ''
        AND vendor_lead_code = :vendor_lead_code AND vendor_lead_code <> '' AND list_id = :list_id
    ) AND NOT EXISTS (
        SELECT 1 FROM {table} WHERE :vendor_lead_code = ''
        AND list_id = :list_id AND phone_number = :phone_number
    )
"""
KNOWN = """
    SELECT 1 FROM lead WHERE :vendor_lead_code <> '' AND lead_id <= :before
    AND vendor_lead_code = :vendor_lead_code AND vendor_lead_code <> '' AND list_id = :list_id
    UNION ALL SELECT 1 FROM lead WHERE :vendor_lead_code = '' AND lead_id <= :before
    AND list_id = :list_id AND phone_number = :phone_number LIMIT 1
"""
# What a dry run would have imported; SQLite keeps it in a file of its own when it grows.
SEEN = """
    CREATE TEMP TABLE seen (list_id, vendor_lead_code, phone_number);
    CREATE INDEX temp.seen_number ON seen (list_id, phone_number);
    CREATE INDEX temp.seen_vendor ON seen (vendor_lead_code) WHERE vendor_lead_code <> '';
"""


def _insert_new(into: str, columns: Sequence[str], *tables: str) -> str:
    """The statement that inserts a lead which is in none of the tables."""
    names, values = (", ".join(form.format(name) for name in columns) for form in ('"{}"', ":{}"))
    return f"INSERT INTO {into} ({names}) SELECT {values} WHERE {' AND '.join(NEW.format(table=one) for one in tables)}"


INSERT = _insert_new("lead", COLUMNS, "lead")
INSERT_DRY = _insert_new("temp.seen", KEY, "main.lead", "temp.seen")
Lead = dict[str, str | int]
EMPTY: Lead = {**dict.fromkeys(FIELDS, ""), "rank": 0, "status": "NEW"}


@dataclass
class LeadImportReport:
    """What has come of a file so far. `unknown`: its columns that mean nothing here."""

    encoding: str = ""
    unknown: tuple[str, ...] = ()
    records: int = 0
    imported: int = 0
    duplicates: int = 0
    in_database: int = 0  # of the duplicates: their lead was there before; the others are in the file twice
    columns: tuple[tuple[str, str], ...] = ()  # the file's name of each column that is used, and the field it is
    preview: tuple[dict[str, str | int], ...] = ()  # the first leads, the fields that the file has
    reasons: tuple[RejectReason, ...] = ()
    rejected: int = 0
    seconds: float = 0.0
    longest_held_ms: float = 0.0  # the write lock
    rejects: str = ""  # the file that has them


@dataclass
class LeadImport:
    """One import. `columns` maps the file's names to ours; `dry_run` leaves the database as it is."""

    path: Path
    db: str
    list_id: str
    who: str
    columns: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False

    def run(self, progress: Callable[[int], None] = lambda _bytes: None) -> LeadImportReport:
        """Import; `progress` is told how many bytes of the file have been read.

        Raises OptionError (the columns), NotFound (the list), OSError (the file), StoreError. What has been imported
        until then stays: the same import again goes on where this one stopped.
        """
        began = time.monotonic()
        report = LeadImportReport(encoding=csv_reader.encoding(self.path).removesuffix("-sig"))
        with csv_reader.opened(self.path) as file, closing(_connected(self.db, dry_run=self.dry_run)) as db:
            country = country_of(db, self.list_id)
            if country and not phone_numbers.known_country(country):
                raise OptionError(
                    "list_country_unknown",
                    "list {list}: there is no country {country!r}; to change it: warmline list set {list} country=DE",
                    list=self.list_id,
                    country=country,
                )
            with closing(RejectedLines(self.path)) as rejects:
                leads = self._leads(file, country, report, rejects)
                self._insert(db, leads, report, lambda: progress(file.buffer.tell()))
                report.rejects, report.reasons = rejects.name, rejects.reasons()
        report.seconds = time.monotonic() - began
        return report

    def _leads(self, file: TextIO, country: str, report: LeadImportReport, rejects: RejectedLines) -> Iterator[Lead]:
        """Every lead of the file that can be one."""
        head = file.readline(csv_reader.WIDEST + 1)
        if len(head) > csv_reader.WIDEST:
            raise OptionError(
                "csv_first_line_too_long",
                "the first line has more than {most} characters; it must name the columns",
                most=csv_reader.WIDEST,
            )
        between = csv_reader.delimiter(head)
        theirs = next(csv.reader([head], delimiter=between), [])
        names, report.unknown = csv_columns.columns(theirs, self.columns)
        report.columns = tuple((one, ours) for one, ours in zip(theirs, names, strict=True) if ours)
        rejects.between, rejects.head = between, theirs
        now = time.time_ns() // 1000
        base = EMPTY | {"list_id": self.list_id, "entry_date": now, "modify_date": now, "user": self.who}
        for record in csv_reader.records(file, between, len(names)):
            report.records += 1
            try:
                if record.broken:
                    raise OptionError("csv_record_broken", "{why}", why=record.broken)
                lead = _lead(names, record.fields, country)
                if len(report.preview) < PREVIEWED:
                    report.preview += ({name: lead[name] for name in names if name},)
                yield base | lead
            except OptionError as error:
                report.rejected += 1
                fields = record.fields or [record.text.rstrip("\r\n")]
                rejects.add(record.line + 1, str(error), fields)  # the head is line 1

    def _insert(
        self, db: sqlite3.Connection, leads: Iterator[Lead], report: LeadImportReport, tell: Callable[[], None]
    ) -> None:
        """Batch by batch, each as large as the lock may be held for."""
        size, before = LEAST, db.execute("SELECT ifnull(max(lead_id), 0) FROM lead").fetchone()[0]
        statement, begin = (INSERT_DRY, "BEGIN") if self.dry_run else (INSERT, "BEGIN IMMEDIATE")
        while batch := list(islice(leads, size)):
            try:
                db.execute(begin)
                locked = time.monotonic()
                made = db.executemany(statement, batch).rowcount
                db.execute("COMMIT")
            except sqlite3.Error as error:
                raise import_interrupted(self.db, error) from None
            held = time.monotonic() - locked
            report.imported += made
            if twice := len(batch) - made:
                report.duplicates += twice
                report.in_database += sum(_known(db, lead, before) for lead in batch)
            report.longest_held_ms = max(report.longest_held_ms, held * 1000)
            size = max(LEAST, min(MOST, int(size * HELD / held), size * 2))
            tell()
            if not self.dry_run:
                time.sleep(held * REST)


def _known(db: sqlite3.Connection, lead: Lead, before: int) -> bool:
    """Whether the database had that lead when the import began; `before`: the last lead_id of then."""
    return db.execute(KNOWN, lead | {"before": before}).fetchone() is not None


def _connected(path: str, *, dry_run: bool) -> sqlite3.Connection:
    db = connect(path, busy=PATIENCE)
    db.execute("PRAGMA synchronous=NORMAL")  # what a power cut takes is imported again; the lock is held less long
    db.execute("PRAGMA wal_autocheckpoint=250")  # pages: so that no commit of the app has to do this work
    if dry_run:
        db.executescript(SEEN)
    return db


def _lead(names: Sequence[str], fields: Sequence[str], country: str) -> Lead:
    """One record as a lead's fields. Raises OptionError."""
    if len(fields) != len(names):
        raise OptionError(
            "csv_field_count",
            "the record has {count} fields; required: {names}, as in the first line of the file",
            count=len(fields),
            names=len(names),
        )
    return checked({name: _typed(text) for name, text in zip(names, fields, strict=True) if name}, country)


def _typed(text: str) -> str:
    """The text without the apostrophe by which a spreadsheet says that it is no number."""
    return text[1:] if text[:1] == "'" and text[1:2] in "0123456789+-=@(" else text
