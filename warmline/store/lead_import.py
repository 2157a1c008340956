"""Leads from a CSV file: line by line, in short transactions, each lead once, and no line stops the others."""

import csv
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from warmline import csv_lines, numbers
from warmline.entity import OptionError
from warmline.lead import FIELDS, checked
from warmline.option_types import nearest
from warmline.store.database import StoreError, connect
from warmline.store.leads import country_of

LEAST, MOST = 100, 2000  # leads of one transaction
HELD = 0.005  # seconds for which the database's write lock is held, about
PATIENCE = 60.0  # seconds to wait for the write lock: an import has time
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
class Report:
    """What has come of a file so far. `unknown`: its columns that mean nothing here."""

    encoding: str = ""
    unknown: tuple[str, ...] = ()
    records: int = 0
    imported: int = 0
    duplicates: int = 0
    rejected: int = 0
    seconds: float = 0.0
    longest_held_ms: float = 0.0  # the write lock
    rejects: str = ""  # the file that has them


@dataclass
class Job:
    """One import. `columns` maps the file's names to ours; `dry_run` leaves the database as it is."""

    path: Path
    db: str
    list_id: str
    who: str
    columns: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False

    def run(self, progress: Callable[[int], None] = lambda _bytes: None) -> Report:
        """Import; `progress` is told how many bytes of the file have been read.

        Raises OptionError (the columns), NotFound (the list), OSError (the file), StoreError. What has been imported
        until then stays: the same import again goes on where this one stopped.
        """
        began = time.monotonic()
        report = Report(encoding=csv_lines.encoding(self.path).removesuffix("-sig"))
        with csv_lines.opened(self.path) as file, closing(_connected(self.db, dry_run=self.dry_run)) as db:
            country = country_of(db, self.list_id)
            if country and not numbers.known_country(country):
                raise OptionError(f"list {self.list_id}: there is no country {country!r}; set country to one there is")
            with closing(_Rejects(self.path)) as rejects:
                leads = self._leads(file, country, report, rejects)
                self._insert(db, leads, report, lambda: progress(file.buffer.tell()))
                report.rejects = rejects.name
        report.seconds = time.monotonic() - began
        return report

    def _leads(self, file: TextIO, country: str, report: Report, rejects: "_Rejects") -> Iterator[Lead]:
        """Every lead of the file that can be one."""
        head = file.readline(csv_lines.WIDEST + 1)
        if len(head) > csv_lines.WIDEST:
            raise OptionError(
                f"the first line, which must name the columns, has more than {csv_lines.WIDEST} characters"
            )
        between = csv_lines.delimiter(head)
        names, report.unknown = _columns(next(csv.reader([head], delimiter=between), []), self.columns)
        now = time.time_ns() // 1000
        base = EMPTY | {"list_id": self.list_id, "entry_date": now, "modify_date": now, "user": self.who}
        for record in csv_lines.records(file, between, len(names)):
            report.records += 1
            try:
                if record.broken:
                    raise OptionError(record.broken)
                yield base | _lead(names, record.fields, country)
            except OptionError as error:
                report.rejected += 1
                rejects.add(record.line + 1, str(error), record.text)  # the head is line 1

    def _insert(self, db: sqlite3.Connection, leads: Iterator[Lead], report: Report, tell: Callable[[], None]) -> None:
        """Batch by batch, each as large as the lock may be held for."""
        size = LEAST
        statement, begin = (INSERT_DRY, "BEGIN") if self.dry_run else (INSERT, "BEGIN IMMEDIATE")
        while batch := list(islice(leads, size)):
            try:
                db.execute(begin)
                locked = time.monotonic()
                made = db.executemany(statement, batch).rowcount
                db.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(f"database {self.db}: {error}; import the same file again to go on") from None
            held = time.monotonic() - locked
            report.imported += made
            report.duplicates += len(batch) - made
            report.longest_held_ms = max(report.longest_held_ms, held * 1000)
            size = max(LEAST, min(MOST, int(size * HELD / held), size * 2))
            tell()
            if not self.dry_run:
                time.sleep(held * REST)


class _Rejects:
    """The lines that could not be imported, in a file beside theirs; there is none while there are none."""

    def __init__(self, imported: Path) -> None:
        self._path = imported.with_name(f"{imported.name}.rejected.csv")
        self._path.unlink(missing_ok=True)  # that of an earlier import
        self._file: TextIO | None = None
        self.name = ""

    def add(self, line: int, why: str, text: str) -> None:
        """Write down a line. Raises OSError."""
        if self._file is None:
            self.name = str(self._path)
            own = os.open(self.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(own, "w", newline="", encoding="utf-8")
            csv.writer(self._file).writerow(("line", "why", "record"))
        csv.writer(self._file).writerow((line, why, text.rstrip("\r\n")))

    def close(self) -> None:
        """Finish the file."""
        if self._file:
            self._file.close()


def _connected(path: str, *, dry_run: bool) -> sqlite3.Connection:
    db = connect(path, busy=PATIENCE)
    db.execute("PRAGMA synchronous=NORMAL")  # what a power cut takes is imported again; the lock is held less long
    db.execute("PRAGMA wal_autocheckpoint=250")  # pages: so that no commit of the app has to do this work
    if dry_run:
        db.executescript(SEEN)
    return db


def _columns(head: Sequence[str], renamed: Mapping[str, str]) -> tuple[list[str], tuple[str, ...]]:
    """What each column of the file is of a lead, "" if nothing; and the names of those. Raises OptionError."""
    wanted = {_plain(theirs): ours for theirs, ours in renamed.items()}
    theirs = [_plain(name) for name in head]
    for name, ours in wanted.items():
        if name not in theirs:
            raise OptionError(f"the file has no column {name!r}: {nearest(name, theirs) or _named(head)}")
        if ours not in FIELDS:
            raise OptionError(f"a lead has no field {ours!r}: {nearest(ours, FIELDS) or ', '.join(FIELDS)}")
    names = [wanted.get(name, name if name in FIELDS and name not in wanted.values() else "") for name in theirs]
    if twice := next((name for name in names if name and names.count(name) > 1), ""):
        raise OptionError(f"two columns of the file are {twice}")
    if "phone_number" not in names:
        raise OptionError(f"no column of the file is phone_number: {_named(head)}; write --columns NAME=phone_number")
    return names, tuple(name for name, ours in zip(head, names, strict=True) if not ours)


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _named(head: Sequence[str]) -> str:
    return f"it has {', '.join(head)}" if any(head) else "its first line, which must name the columns, is empty"


def _lead(names: Sequence[str], fields: Sequence[str], country: str) -> Lead:
    """One record as a lead's fields. Raises OptionError."""
    if len(fields) != len(names):
        raise OptionError(f"it has {len(fields)} fields, the first line of the file names {len(names)}")
    return checked({name: text for name, text in zip(names, fields, strict=True) if name}, country)
