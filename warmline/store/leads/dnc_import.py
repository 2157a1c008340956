"""Imports do-not-call numbers from a file with one column, or with several whose number column is named."""

import csv
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from math import inf
from pathlib import Path
from typing import TextIO

from warmline.leads import csv_columns, csv_reader, phone_numbers, text_encoding
from warmline.leads.lead_fields import number_invalid
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.options.option_table import ENTITIES
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config_rows
from warmline.store.database.long_writes import Batch, batches, importing, opened
from warmline.store.leads import dnc
from warmline.store.leads.import_rejects import RejectedLines, RejectReason

LEAST = 100  # numbers in one transaction
TRIED = 1000  # numbers that a dry run looks up in one step
INSERT = "INSERT OR IGNORE INTO dnc VALUES (?, ?, ?, ?, ?)"
KNOWN = "SELECT 1 FROM dnc WHERE phone_number = ? AND campaign = ?"


@dataclass
class DncImportResult:
    """The result of importing a file of numbers."""

    numbers: int = 0
    created: int = 0
    there: int = 0  # numbers that were on the list before, or are in the file twice
    rejected: int = 0
    rejects: str = ""  # the file with the rejected lines
    reasons: tuple[RejectReason, ...] = ()

    def count(self, numbers: int, created: int) -> None:
        """Add the result of a batch."""
        self.created += created
        self.there += numbers - created


@dataclass
class DncImport:
    """One import into the system's list, or into a campaign's; `why` is the reason that the list stores.

    `dry_run` leaves the database unchanged. `most_rejects` is the size of the file of rejected lines, in bytes.
    `encoding` and `named` are as of LeadImport.
    """

    path: Path
    db: str
    campaign: str
    who: str
    why: str = ""
    dry_run: bool = False
    most_rejects: float = inf
    encoding: str = ""
    named: Path | None = None

    def run(self, progress: Callable[[int], None] = lambda _bytes: None) -> DncImportResult:
        """Add every number of the file; `progress` is called with the number of bytes read so far.

        The file is CSV whose first line names the number column, or it has one number in each line. Calls in progress
        are not affected. After an error, the numbers imported so far stay. Repeating the same import continues where
        this one stopped.

        Raises:
            OptionError: no column has the numbers, or the encoding is unknown.
            NotFound: the campaign does not exist.
            OSError: the file cannot be read.
            StoreError: the database cannot be written.
        """
        taken = DncImportResult()
        encoding = text_encoding.encoding_of(self.path, self.encoding)
        with importing(self.db), csv_reader.opened(self.path, encoding) as text, opened(self.db) as db:
            db.row_factory = sqlite3.Row
            check_campaign(db, self.campaign)
            with closing(RejectedLines(self.named or self.path, self.most_rejects)) as rejects:
                numbers = numbers_in(text, taken, rejects)
                self.insert(db, numbers, taken, lambda: progress(text.buffer.tell()))
                taken.rejects, taken.reasons = rejects.name, rejects.reasons()
        return taken

    def insert(
        self, db: sqlite3.Connection, numbers: Iterator[str], taken: DncImportResult, tell: Callable[[], None]
    ) -> None:
        """Insert the numbers in batches; `tell` is called after each."""
        if self.dry_run:
            self._look_up(db, numbers, taken, tell)
            return
        for done in _inserted(db, numbers, self.campaign, self.who, self.why):
            taken.count(len(done.items), done.changed)
            tell()

    def _look_up(
        self, db: sqlite3.Connection, numbers: Iterator[str], taken: DncImportResult, tell: Callable[[], None]
    ) -> None:
        seen = set[str]()
        while batch := list(islice(numbers, TRIED)):
            new = {one for one in batch if one not in seen and not db.execute(KNOWN, (one, self.campaign)).fetchone()}
            seen |= new
            taken.count(len(batch), len(new))
            tell()


def insert(path: str, numbers: Sequence[str], campaign: str, who: str, why: str) -> int:
    """Insert numbers that another process has read from a file; return how many of them are new.

    They are checked again, because that process reads what strangers send. Raises OptionError, NotFound (campaign),
    StoreError.
    """
    for number in numbers:
        try:
            digits = phone_numbers.checked(number)
        except PhoneNumberError as error:
            raise number_invalid(error) from None
        if digits != number:
            raise OptionError("dnc_number_unusable", "{number!r} has other characters than digits", number=number)
    with importing(path), opened(path) as db:
        db.row_factory = sqlite3.Row
        check_campaign(db, campaign)
        return sum(done.changed for done in _inserted(db, numbers, campaign, who, why))


def check_campaign(db: sqlite3.Connection, campaign: str) -> None:
    """Raise NotFound if a campaign does not exist; "" is for the system's list."""
    if campaign:
        config_rows.find(db, ENTITIES["campaign"], campaign)


def _inserted(
    db: sqlite3.Connection, numbers: Iterable[str], campaign: str, who: str, why: str
) -> Iterator[Batch[str]]:
    """Insert the new ones of some numbers in short transactions, and yield each. Raises sqlite3.Error."""

    def write(batch: list[str]) -> int:
        now = time.time_ns() // 1000
        new = db.executemany(INSERT, ((one, campaign, now, who, why) for one in batch)).rowcount
        db.executemany(dnc.KEEP, ((now, who, why, one, campaign) for one in batch))
        return new

    return batches(db, numbers, write, least=LEAST)


def numbers_in(file: TextIO, taken: DncImportResult, rejects: RejectedLines) -> Iterator[str]:
    """Yield the numbers, digits only; invalid ones are rejected."""
    first = csv_reader.first_line(file)
    between = csv_reader.delimiter(first)
    head = next(csv.reader([first], delimiter=between), [])
    rejects.between, rejects.head = between, head
    place, width, line = 0, max(1, len(head)), 1
    if any(sign.isalpha() for sign in first):
        names, _ = csv_columns.columns(head, {})
        place = names.index("phone_number")
    elif len(head) > 1:
        raise OptionError(
            "dnc_no_number_column",
            "the file has several columns without names; add a first line that names them, one of them phone_number",
        )
    else:
        rejects.head = ["phone_number"]
        yield from _number(head, 0, 1, taken, rejects)
    for record in csv_reader.records(file, between, width):
        if record.broken:
            taken.numbers += 1
            taken.rejected += 1
            rejects.add(record.line + line, record.broken, record.fields or [record.text.rstrip("\r\n")])
            continue
        yield from _number(record.fields, place, record.line + line, taken, rejects)


def _number(fields: list[str], place: int, line: int, taken: DncImportResult, rejects: RejectedLines) -> Iterator[str]:
    text = fields[place].strip().lstrip("'") if place < len(fields) else ""
    if not any(fields):
        return
    taken.numbers += 1
    try:
        yield phone_numbers.checked(text)
    except PhoneNumberError as error:
        taken.rejected += 1
        rejects.add(line, str(error), fields)
