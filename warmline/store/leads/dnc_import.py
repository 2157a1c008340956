"""Imports do-not-call numbers from a file with one column, or with several whose number column is named."""

import csv
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from warmline.leads import csv_columns, csv_reader, phone_numbers
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.options.option_table import ENTITIES
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config_rows
from warmline.store.database.database import connect
from warmline.store.database.long_writes import importing
from warmline.store.leads.import_rejects import RejectedLines, RejectReason

BATCH = 1000  # numbers in one transaction
PATIENCE = 60.0  # seconds to wait for the write lock
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


def import_numbers(file: Path, db: str, campaign: str, *, who: str, why: str, dry_run: bool = False) -> DncImportResult:
    """Add every number of a file to the system's list or to a campaign's. Calls in progress are not affected.

    The file is CSV whose first line names the number column, or it has one number in each line. After an error, the
    numbers imported so far stay.

    Raises:
        OptionError: no column has the numbers.
        NotFound: the campaign does not exist.
        OSError: the file cannot be read.
        StoreError: the database cannot be written.
    """
    taken = DncImportResult()
    with importing(db), csv_reader.opened(file) as text, closing(connect(db, busy=PATIENCE)) as connection:
        if campaign:
            config_rows.find(connection, ENTITIES["campaign"], campaign)
        with closing(RejectedLines(file)) as rejects:
            found, seen = numbers_in(text, taken, rejects), set[str]()
            while batch := list(islice(found, BATCH)):
                new = [one for one in batch if not connection.execute(KNOWN, (one, campaign)).fetchone()]
                new = [one for one in dict.fromkeys(new) if one not in seen]
                rows = [(one, campaign, time.time_ns() // 1000, who, why) for one in new]
                if dry_run:
                    seen.update(new)
                else:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.executemany(INSERT, rows)
                    connection.execute("COMMIT")
                taken.created += len(new)
                taken.there += len(batch) - len(new)
            taken.rejects, taken.reasons = rejects.name, rejects.reasons()
    return taken


def numbers_in(file: TextIO, taken: DncImportResult, rejects: RejectedLines) -> Iterator[str]:
    """Yield the numbers, digits only; invalid ones are rejected."""
    first = file.readline(csv_reader.WIDEST + 1)
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
        yield from _number(record.fields or [record.text.strip()], place, record.line + line, taken, rejects)


def _number(fields: list[str], place: int, line: int, taken: DncImportResult, rejects: RejectedLines) -> Iterator[str]:
    text = fields[place].strip().lstrip("'") if place < len(fields) else ""
    if not any(fields):
        return
    taken.numbers += 1
    try:
        yield phone_numbers.parted(text)[1]
    except PhoneNumberError as error:
        taken.rejected += 1
        rejects.add(line, str(error), fields)
